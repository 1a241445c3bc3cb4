"""The transition programme: begun from the problem fields, drafted from the school's data, led through its states.

What the program begins has ids made of what it stands for (the goal of a problem, the third paragraph of a
section), so that two computers that begin the same programme make one, and a deleted draft does not come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import GoalFact, IndicatorFact, ParagraphFact, ProblemFact, ProgrammeFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.methodology import Indicator, IndicatorScope, Pack
from shnor_desktop.domain.metrics import compute
from shnor_desktop.domain.positions import between
from shnor_desktop.models.base import Entity
from shnor_desktop.models.identity import keyed_row_id
from shnor_desktop.models.programme import AntiriskProgramme, Goal, Programme, ProgrammeParagraph, TargetIndicator
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import in_order
from shnor_desktop.services.programme_drafts import (
    DraftSource,
    antirisk_values,
    draft_paragraphs,
    draft_values,
    lines_of,
    lower_first,
)
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_HUNDRED = Decimal(100)


class _UnitOfWork:
    """Rows that are begun together, and the facts as they will stand after them."""

    def __init__(self, workspace: Workspace, facts: SchoolFacts, *, revives: bool = False) -> None:
        self.workspace = workspace
        self.facts = facts
        self.requests: list[ChangeRequest] = []
        self._revives = revives
        with workspace.reading() as reader:
            self._known = frozenset(
                item.id
                for cls in (Goal, TargetIndicator, ProgrammeParagraph)
                for item in reader.rows(cls, workspace.school, hidden=True)
            )

    def begin(self, cls: type[Entity], key: Sequence[str], values: Mapping[str, WireValue]) -> str:
        """Begin a row; its id follows from the key. A row that a person deleted is left alone."""
        row = keyed_row_id(self.workspace.school, cls.log_name, key)
        if row not in self._known:
            filled = {name: value for name, value in values.items() if value is not None}
            self.requests += [Set(cls.log_name, row, name, value) for name, value in filled.items()]
        elif self._revives:
            self.requests.append(Restore(cls.log_name, row))
        return row


def draft_source(workspace: Workspace, facts: SchoolFacts) -> DraftSource:
    """What drafts of this school are made of."""
    profile = form_view_of(workspace.pack, facts).profile
    card = records.row(workspace, School, facts.school.id, facts.school.id) if facts.school else None
    return DraftSource(workspace.pack, facts, profile, card)


def ensure_programme(workspace: Workspace) -> Done:
    """Begin the programme of the project's period with goals, indicators and drafts; nothing when it is there."""
    facts = read_facts(workspace)
    pack = workspace.pack
    period = _period(pack)
    there = next((item for item in facts.programmes if item.period == period), None)
    if there is not None:
        return Done("", there.id)
    row = records.row_id_for(workspace, info_of(Programme), {"period": period})
    values = _passport(pack, facts, period)
    programme = ProgrammeFact(id=row, period=period, starts_on=pack.period_start, ends_on=pack.period_end)
    work = _UnitOfWork(workspace, replace(facts, programmes=(*facts.programmes, programme)), revives=True)
    work.requests.append(Restore(Programme.log_name, row))
    if records.row(workspace, Programme, row) is None:
        work.requests += [Set(Programme.log_name, row, name, value) for name, value in values.items() if value]
    _goals_and_indicators(work, row)
    _drafts(work, row)
    return _write(work, "начата программа перехода", row)


def supplement(workspace: Workspace) -> Done:
    """Add what came since: goals and tasks of problems taken into work, bases of indicators, drafts of sections."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    work = _UnitOfWork(workspace, facts)
    _goals_and_indicators(work, programme.id)
    _bases(work)
    _drafts(work, programme.id)
    return _write(work, "дополнена программа", programme.id)


def answer_problem(workspace: Workspace, problem: str) -> Done:
    """A goal, a task and indicators for one problem; `row` of the answer is the goal. What was deleted comes back."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    work = _UnitOfWork(workspace, facts, revives=True)
    work.facts = replace(facts, problems=tuple(item for item in facts.problems if item.id == problem))
    _goals_and_indicators(work, programme.id, asked_only=True)
    goal = keyed_row_id(workspace.school, Goal.log_name, (programme.id, "goal", problem))
    return _write(work, "составлена цель для проблемного поля", goal)


def refresh_drafts(workspace: Workspace) -> Done:
    """Fill the drafts anew from the data; only paragraphs that nobody has read or changed are touched."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    work = _UnitOfWork(workspace, facts)
    _drafts(work, programme.id)
    return _write(work, "обновлены черновики программы", programme.id)


def current_of(facts: SchoolFacts) -> ProgrammeFact:
    """The programme of today; KnownError programme.not_begun."""
    if facts.programme is None:
        raise KnownError("programme.not_begun")
    return facts.programme


def begin_antirisk(workspace: Workspace, factor: str) -> Done:
    """Begin a programme against one factor, drafted from its problem; refused where there is one."""
    facts = read_facts(workspace)
    programme = current_of(facts)
    found = workspace.pack.factor(factor)
    if found is None:
        raise BugError(f"no factor {factor!r}")
    if any(item.factor == factor for item in facts.current(facts.antirisks)):
        raise KnownError("programme.antirisk_exists", factor=found.title)
    values = antirisk_values(draft_source(workspace, facts), factor)
    school = (facts.school and facts.school.short_name) or "школе"
    causes = [line for item in facts.problems if factor in item.factors for line in lines_of(item.causes)]
    tasks = [values["tasks"], *(f"Устранить причину: {lower_first(cause)}" for cause in causes[:3])]
    indicators = _judging(workspace.pack, facts, factor)
    return records.begin(
        workspace,
        AntiriskProgramme,
        {
            "programme": programme.id,
            "factor": factor,
            "title": f"Антирисковая программа «{found.title}»",
            "aim": f"Снизить значимость фактора «{found.title}» в {school} за период {values['period']}",
            "tasks": "\n".join(task for task in tasks if task),
            "expected": "\n".join(f"Улучшен показатель: {lower_first(title)}" for title in indicators) or None,
        },
    )


def _judging(pack: Pack, facts: SchoolFacts, factor: str) -> list[str]:
    """The indicators of a factor that the programme has; without any, those of the methodology for a school."""
    of_factor = [item for item in pack.indicators if factor in item.factors]
    chosen = {item.code for item in facts.current(facts.indicators)}
    own = [item for item in of_factor if item.id in chosen]
    return [item.title for item in own or [one for one in of_factor if is_for_school(one, facts)]]


def _period(pack: Pack) -> str:
    first, last = pack.period_start.year, pack.period_end.year
    return str(last) if first == last else f"{first}–{last}"


def _passport(pack: Pack, facts: SchoolFacts, period: str) -> dict[str, WireValue]:
    term = pack.term("programme")
    title = term.full if term else "программа перехода школы в эффективный режим работы"
    basis = [f"{item.title} от {item.date} № {item.number}" for item in pack.legal_basis]
    team = [item.person for item in facts.assignments if item.role in ("school_team", "director") and item.person]
    director = (facts.school and facts.school.director) or ""
    developers = "\n".join(team) or (f"Управленческая команда школы. Директор: {director}" if director else None)
    expected = "\n".join(item.title for item in pack.indicators if item.required)
    return {
        "title": title[:1].upper() + title[1:],
        "period": period,
        "starts_on": pack.period_start.isoformat(),
        "ends_on": pack.period_end.isoformat(),
        "state": "draft",
        "basis": "\n".join([*basis, "Диагностическая карта школы"]),
        "developers": developers,
        "expected": f"К концу программы достигнуты целевые значения показателей:\n{expected}",
    }


def _goals_and_indicators(work: _UnitOfWork, programme: str, *, asked_only: bool = False) -> None:
    """A goal and a task for each problem in work that has none, and the indicators that they are judged by.

    `asked_only` leaves out what the methodology requires of every school.
    """
    pack, facts = work.workspace.pack, work.facts
    goals = [item for item in facts.goals if item.programme == programme]
    last = max((item.position or "" for item in goals), default="") or None
    goal_of: dict[str, str] = {item.problem: item.id for item in goals if item.kind == "goal" and item.problem}
    for problem in in_order(facts.problems):
        if not problem.is_active or problem.id in goal_of:
            continue
        for kind, title in (("goal", _goal_title(pack, problem)), ("task", _task_title(pack, problem))):
            last = between(last, None)
            goal = GoalFact(
                programme=programme,
                kind=kind,
                title=title,
                problem=problem.id,
                goal=goal_of.get(problem.id),
                position=last,
            )
            values = {
                name: getattr(goal, name) for name in ("programme", "kind", "title", "problem", "goal", "position")
            }
            row = work.begin(Goal, (programme, kind, problem.id), values)
            goals.append(replace(goal, id=row))
            goal_of.setdefault(problem.id, row)
    indicators = _indicators(work, programme, goal_of, asked_only=asked_only)
    work.facts = replace(facts, goals=tuple(goals), indicators=(*facts.indicators, *indicators))


def _indicators(
    work: _UnitOfWork, programme: str, goal_of: Mapping[str, str], *, asked_only: bool
) -> list[IndicatorFact]:
    pack, facts = work.workspace.pack, work.facts
    chosen = {item.code for item in facts.indicators if item.programme == programme}
    added = []
    for indicator in pack.indicators:
        answered = _answered(pack, facts, indicator)
        goal = next((goal_of[item.id] for item in answered if item.id in goal_of), "")
        is_asked = bool(goal) or (indicator.required and not asked_only)
        if indicator.id in chosen or not is_asked or not is_for_school(indicator, facts):
            continue
        goal = goal or next(iter(goal_of.values()), "")
        row = work.begin(
            TargetIndicator, (programme, indicator.id), indicator_values(indicator, facts, programme, goal)
        )
        added.append(IndicatorFact(id=row, programme=programme, code=indicator.id, title=indicator.title))
    return added


def is_for_school(indicator: Indicator, facts: SchoolFacts) -> bool:
    """Whether a school can have the indicator: not those of a municipality, nor what does not apply to it."""
    if indicator.scope is not IndicatorScope.SCHOOL:
        return False
    return not (indicator.metric and compute(indicator.metric, facts).not_applicable)


def _goal_title(pack: Pack, problem: ProblemFact) -> str:
    titles = [f"«{factor.title}»" for factor in pack.factors if factor.code in problem.factors]
    if not titles:
        return f"Решить проблему: {problem.label}"
    return f"Снизить значимость {'факторов' if len(titles) > 1 else 'фактора'} {', '.join(titles)}"


def _task_title(pack: Pack, problem: ProblemFact) -> str:
    templates = [item for item in pack.problem_fields if item.factor in problem.factors]
    same = [item for item in templates if item.title == problem.title]
    found = next(iter([*same, *templates]), None)
    return found.task if found else f"Устранить причины: {problem.label}"


def _bases(work: _UnitOfWork) -> None:
    """The base of an indicator whose figure could not be computed when it was begun, and its first target."""
    of_model = {item.id: item for item in work.workspace.pack.indicators}
    for item in work.facts.current(work.facts.indicators):
        model = of_model.get(item.code or "")
        if model is None or item.base is not None or not item.title:
            continue
        values = indicator_values(model, work.facts, item.programme or "", item.goal or "")
        filled = {name: values[name] for name in ("base", "base_date", "target") if values[name] is not None}
        if item.target is not None:
            filled.pop("target", None)
        work.requests += [Set(TargetIndicator.log_name, item.id, name, value) for name, value in filled.items()]


def _answered(pack: Pack, facts: SchoolFacts, indicator: Indicator) -> list[ProblemFact]:
    """The problems that an indicator judges: those whose template names it, then those of its factors."""
    active = [item for item in in_order(facts.problems) if item.is_active]
    naming = {item.factor for item in pack.problem_fields if indicator.id in item.indicators}
    named = [item for item in active if naming.intersection(item.factors)]
    if named or not indicator.required:
        return named
    return [item for item in active if set(indicator.factors).intersection(item.factors)]


def indicator_values(indicator: Indicator, facts: SchoolFacts, programme: str, goal: str) -> dict[str, WireValue]:
    """An indicator of the methodology with its base from the data of today and a first target."""
    base = compute(indicator.metric, facts).value if indicator.metric else None
    target = suggested_target(indicator, base)
    return {
        "programme": programme,
        "goal": goal or None,
        "code": indicator.id,
        "title": indicator.title,
        "unit": indicator.unit,
        "base": decimal_text(base) if base is not None else None,
        "base_date": facts.as_of.isoformat() if base is not None else None,
        "target": decimal_text(target) if target is not None else None,
    }


def suggested_target(indicator: Indicator, base: Decimal | None) -> Decimal | None:
    """The base moved by what the methodology proposes, within what is possible; None where either is unknown."""
    if base is None or indicator.suggested_change is None:
        return None
    target = max(base + indicator.suggested_change, Decimal(0))
    return min(target, _HUNDRED) if indicator.unit == "%" else target


def _drafts(work: _UnitOfWork, programme: str) -> None:
    """The drafts of all sections: new ones where there is none yet, unread ones anew."""
    source = draft_source(work.workspace, work.facts)
    filled = draft_values(source)
    there: dict[str, ParagraphFact] = {item.id: item for item in work.facts.current(work.facts.paragraphs)}
    for section in work.workspace.pack.programme_sections:
        position: str | None = None
        for index, body in enumerate(draft_paragraphs(source, section, filled)):
            position = between(position, None)
            values: dict[str, WireValue] = {
                "programme": programme,
                "section": section.code,
                "position": position,
                "body": body,
                "generated": True,
                "drafted": body,
            }
            row = work.begin(ProgrammeParagraph, (programme, section.code, str(index)), values)
            known = there.get(row)
            if known is not None and known.generated and known.body != body:
                work.requests += [Set(ProgrammeParagraph.log_name, row, name, body) for name in ("body", "drafted")]


def _write(work: _UnitOfWork, operation: str, row: str) -> Done:
    batch = work.workspace.write(work.requests, operation)
    return Done(operation, row, batch.name if batch else "")
