"""The programme of a demo school: problems that its own figures show, goals, indicators, text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts import IndicatorFact
from shnor_desktop.domain.methodology import Indicator, Polarity
from shnor_desktop.domain.programme_difference import content_bytes
from shnor_desktop.domain.scoring import Figure
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.programme import (
    AntiriskProgramme,
    Programme,
    ProgrammeParagraph,
    ProgrammeVersion,
    TargetIndicator,
)
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.demo.drafting import SchoolDraft, Teacher
from shnor_desktop.services.demo.library import words
from shnor_desktop.services.demo.roadmap import write_roadmap
from shnor_desktop.services.diagnosis import form_view
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import in_order, suggest
from shnor_desktop.services.programme import draft_source, ensure_programme, refresh_drafts
from shnor_desktop.services.programme_content import content_of_facts
from shnor_desktop.services.programme_drafts import antirisk_values, lines_of
from shnor_desktop.services.programme_versions import KIND

FEWEST_PROBLEMS = 4
_BASE_DAY = date(2024, 4, 10)
_BEGUN_BY_PROGRAMME = frozenset({"partner_events", "teachers_with_plan", "plans_completed"})
_FROM_MAP = {
    "low_motivation": "environment.low_motivation",
    "absence": "environment.absence",
    "families_consulted": "parents.consulted",
}
"""Indicators that no metric computes, with the question of the map that asks the same."""


def write_problems(draft: SchoolDraft) -> None:
    """Those of the factors that weigh on the school most, and a few more where these are no handful."""
    offered = suggest(draft.workspace)
    main = [item for item in offered if item.factor in draft.profile.high]
    others = [item for item in offered if item not in main]
    chosen = [*main, *others[: max(0, FEWEST_PROBLEMS - len(main))]]
    for rank, item in enumerate(chosen, start=1):
        values = {
            "title": item.title,
            "factors": [item.factor],
            "causes": "\n".join(item.causes),
            "facts": item.facts,
            "rank": rank,
            "is_active": True,
        }
        draft.add(ProblemField, values)
    draft.write("определены проблемные поля", date(2024, 4, 2))


def write_programme(draft: SchoolDraft) -> None:
    """The programme as the program begins it, then what people add: figures, road map, stamps, read text."""
    draft.clock.move_to(date(2024, 4, 8))
    programme = ensure_programme(draft.workspace).row
    _indicators(draft, programme)
    draft.write("заполнены целевые показатели", date(2024, 4, 10))
    write_roadmap(draft, programme)
    _antirisks(draft, programme)
    draft.clock.move_to(date(2024, 4, 17))
    refresh_drafts(draft.workspace)
    _read_text(draft)
    draft.write("прочитан текст программы", date(2024, 4, 18))
    _lead_through_states(draft, programme)


def _lead_through_states(draft: SchoolDraft, programme: str) -> None:
    """The steps that the state of the profile needs, each with its papers and the text that it was made with."""
    random, centre = draft.random, str(words("schools")["centre_name"])
    developers = "\n".join(f"{item.name}, {_post(item)}" for item in draft.staff[:3])
    draft.change(Programme, programme, {"developers": developers})
    _keep(draft, programme, "draft", "роздан на педсовет", date(2024, 4, 18))
    adopted = {"council_protocol": str(random.randint(4, 9)), "council_date": date(2024, 4, 19)}
    agreed = {"agreed_by": f"Муниципальный координатор, {centre}", "agreed_on": date(2024, 4, 24)}
    approved = {"order_number": f"{random.randint(40, 99)}-од", "order_date": date(2024, 4, 26)}
    steps: tuple[tuple[str, str, Mapping[str, object], date], ...] = (
        ("adopted", "педсовет добавил отчёт перед родителями", adopted, date(2024, 4, 19)),
        ("agreed", "", agreed, date(2024, 4, 24)),
        ("approved", "", approved, date(2024, 4, 26)),
    )
    last = {"adopted": 1, "under_review": 1, "returned": 1, "agreed": 2, "approved": 3, "running": 3}
    taken = steps[: last.get(draft.profile.state, 0)]
    for state, note, values, day in taken:
        if state == "adopted":
            _amend(draft)
        draft.change(Programme, programme, {**values, "state": state})
        _keep(draft, programme, state, note, day)
    if draft.profile.state not in {state for state, *_ in taken}:
        draft.change(Programme, programme, {"state": draft.profile.state})
        _keep(draft, programme, draft.profile.state, "", date(2024, 4, 29))


def _amend(draft: SchoolDraft) -> None:
    """What the council added to the text that it was given."""
    facts = read_facts(draft.workspace)
    own = [item for item in facts.current(facts.paragraphs) if item.section == "control" and item.body]
    first = min(own, key=lambda item: (item.position or "", item.id), default=None)
    if first is not None:
        body = f"{first.body} Раз в полугодие школа отчитывается перед родителями на общем собрании."
        draft.change(ProgrammeParagraph, first.id, {"body": body})


def _keep(draft: SchoolDraft, programme: str, state: str, note: str, day: date) -> None:
    """Write what is waiting, then keep the text as it stands."""
    draft.write("программа: следующий шаг", day)
    workspace = draft.workspace
    with workspace.reading() as reader:
        number = 1 + len(reader.rows(ProgrammeVersion, workspace.school))
    data = content_bytes(content_of_facts(workspace.pack, read_facts(workspace)))
    with workspace.writing() as transaction:
        digest = transaction.records.put_blob(workspace.school, KIND, data)
    values = {"programme": programme, "number": number, "state": state, "made_on": day, "note": note}
    draft.add(ProgrammeVersion, {**values, "content": digest})
    draft.write(f"сохранена редакция {number}", day)


def _indicators(draft: SchoolDraft, programme: str) -> None:
    """The base of April, a target, and what the first stage reached."""
    facts = read_facts(draft.workspace)
    figures = _figures(draft)
    for indicator in facts.current(facts.indicators):
        known = next(item for item in draft.pack.indicators if item.id == indicator.code)
        step = Decimal("0.1") if indicator.unit == "%" else Decimal(1)
        base = _base(indicator, figures).quantize(step)
        target = _target(known, base).quantize(step)
        values: dict[str, object] = {"base": str(base), "base_date": _BASE_DAY, "target": str(target)}
        if indicator.code not in _BEGUN_BY_PROGRAMME:
            values["reached_first"] = str(base + ((target - base) * Decimal("0.6")).quantize(step))
        draft.change(TargetIndicator, indicator.id, values)
    judged = {indicator.goal for indicator in facts.current(facts.indicators)}
    factors = {problem.id: problem.factors for problem in facts.problems}
    for goal in facts.current(facts.goals):
        if goal.kind == "goal" and goal.id not in judged:
            _own_indicator(draft, programme, goal.id, factors.get(goal.problem or "", ()), figures)


def _own_indicator(
    draft: SchoolDraft, programme: str, goal: str, factors: tuple[str, ...], figures: Mapping[str, Decimal]
) -> None:
    """A goal that no indicator of the methodology judges gets one from the map, as a school would choose it."""
    asked = [item.question for factor in draft.pack.factors if factor.code in factors for item in factor.indicators]
    question = next(filter(None, (draft.pack.question(code) for code in asked if code in figures)), None)
    if question is None:
        return
    base = figures[question.code].quantize(Decimal("0.1"))
    target = min(base + 10, Decimal(100)) if question.polarity is Polarity.HIGHER_BETTER else base / 2
    values = {
        "programme": programme,
        "goal": goal,
        "title": question.caption,
        "unit": question.unit,
        "base": str(base),
        "base_date": _BASE_DAY,
        "target": str(target.quantize(Decimal("0.1"))),
    }
    draft.add(TargetIndicator, values)


def _figures(draft: SchoolDraft) -> dict[str, Decimal]:
    """The numbers of the diagnostic map by the codes of their questions."""
    return {
        view.question.code: view.answer.value
        for view in form_view(draft.workspace).questions
        if isinstance(view.answer, Figure) and view.answer.value is not None
    }


def _base(indicator: IndicatorFact, figures: Mapping[str, Decimal]) -> Decimal:
    """What is computed, else what the map says; what the programme itself begins starts from nothing."""
    code = indicator.code or ""
    if code in _BEGUN_BY_PROGRAMME:
        return Decimal(0)
    if indicator.base is not None:
        return indicator.base
    return figures.get(_FROM_MAP.get(code, ""), Decimal(50))


def _target(indicator: Indicator, base: Decimal) -> Decimal:
    """The change that the methodology proposes, within what is possible and in the right direction."""
    target = base + (indicator.suggested_change or Decimal(5))
    if target >= 0 and (indicator.unit != "%" or target <= 100):
        return target
    return Decimal(100) if indicator.polarity is Polarity.HIGHER_BETTER else base / 2


def _antirisks(draft: SchoolDraft, programme: str) -> None:
    """A programme against each of the two most important factors, with the measures of its task."""
    facts = read_facts(draft.workspace)
    source = draft_source(draft.workspace, facts)
    for problem in in_order(facts.problems)[:2]:
        factor = problem.factors[0]
        values = antirisk_values(source, factor)
        period, school = values["period"], draft.profile.short_name
        row = draft.add(
            AntiriskProgramme,
            {
                "programme": programme,
                "factor": factor,
                "title": f"Антирисковая программа «{values['factor']}»",
                "aim": f"Снизить значимость фактора «{values['factor']}» в {school} за период: {period}",
                "tasks": "\n".join(
                    [values["tasks"], *(f"Устранить причину: {cause}" for cause in lines_of(problem.causes))]
                ),
                "expected": f"Достигнуты целевые значения показателей: {values['indicators']}",
            },
        )
        for measure in facts.current(facts.measures):
            if measure.problem == problem.id:
                draft.change(Measure, measure.id, {"antirisk": row})
    draft.write("составлены антирисковые программы", date(2024, 4, 16))


def _read_text(draft: SchoolDraft) -> None:
    """Every draft is read; the one of the antirisk programmes is put right: two were needed."""
    facts = read_facts(draft.workspace)
    titles = {factor.code: factor.title for factor in draft.pack.factors}
    named = ", ".join(f"«{titles.get(item.factor or '', '')}»" for item in facts.current(facts.antirisks))
    for paragraph in facts.current(facts.paragraphs):
        values: dict[str, object] = {"generated": False}
        if paragraph.section == "antirisk" and named:
            values["body"] = f"Отдельной работы требуют факторы {named}: по ним разработаны антирисковые программы."
        draft.change(ProgrammeParagraph, paragraph.id, values)


def _post(teacher: Teacher) -> str:
    return {"director": "директор", "deputy": "заместитель директора"}.get(teacher.position, "учитель")
