"""What the printed forms hold, taken from the store: the same figures and words as on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from shnor_desktop.domain.facts import AntiriskFact, GoalFact, IndicatorFact, ProblemFact
from shnor_desktop.domain.methodology import ProgrammeSection as PackSection
from shnor_desktop.domain.methodology import Question, QuestionKind, SectionContent
from shnor_desktop.domain.russian import number, short_date
from shnor_desktop.reports.documents.diagnostic_map import AnswerBlock, AnswerFacts, DiagnosticMapFacts, FactorFacts
from shnor_desktop.reports.documents.problem_fields import ProblemFieldFacts
from shnor_desktop.reports.documents.programme import (
    AntiriskFacts,
    GoalFacts,
    IndicatorFacts,
    ProgrammeFacts,
    ProgrammeSection,
    RiskFacts,
)
from shnor_desktop.reports.documents.programme import SectionContent as Printed
from shnor_desktop.reports.documents.requisites import StampFacts
from shnor_desktop.reports.documents.road_map import MeasureFacts, RoadMapFacts, RoadMapGroup
from shnor_desktop.services.diagnosis import FormView, QuestionView
from shnor_desktop.services.diagnosis_documents import cause_facts, expert_words, wave_title
from shnor_desktop.services.problems import in_order, measures_of
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import (
    DraftSource,
    draft_values,
    indicators_in_order,
    lines_of,
)
from shnor_desktop.services.programme_stamps import stamps_of
from shnor_desktop.services.programme_text import paragraphs_of
from shnor_desktop.services.roadmap import Grouping, MeasureRow, road_map_of

_APPROVED = ("approved", "running", "finished")
_PRINTED = {
    SectionContent.PASSPORT: Printed.PASSPORT,
    SectionContent.ANALYSIS: Printed.PROBLEM_FIELDS,
    SectionContent.GOALS: Printed.GOALS,
    SectionContent.INDICATORS: Printed.INDICATORS,
    SectionContent.ROADMAP: Printed.ROAD_MAP,
    SectionContent.ANTIRISK: Printed.ANTIRISK,
    SectionContent.RISKS: Printed.RISKS,
}


def programme_facts(source: DraftSource) -> ProgrammeFacts:
    """The whole programme; KnownError programme.not_begun."""
    pack, facts = source.pack, source.facts
    programme = current_of(facts)
    school = facts.school
    values = draft_values(source)
    printed = [_section(source, section) for section in pack.programme_sections]
    return ProgrammeFacts(
        title=programme.title or "Программа перехода в эффективный режим работы",
        school=full_name(source),
        period=values["period"],
        place=(school and school.locality) or "",
        year=values["year"],
        stamps=stamp_facts(source),
        passport=passport_lines(source),
        sections=tuple(section for section in printed if section is not None),
        problem_fields=problem_facts(source),
        goals=goal_facts(source),
        indicators=indicator_facts(source),
        road_map=road_map_groups(source),
        antirisk=tuple(_antirisk(source, item) for item in facts.current(facts.antirisks)),
        risks=tuple(RiskFacts(risk.title, risk.answer) for risk in pack.programme_risks),
        founder=values["founder"],
        draft_mark="" if programme.state in _APPROVED else "ПРОЕКТ",
    )


def road_map_facts(source: DraftSource, *, with_status: bool = False) -> RoadMapFacts:
    """The road map as a sheet of its own; KnownError programme.not_begun."""
    current_of(source.facts)
    values = draft_values(source)
    return RoadMapFacts(
        title="Дорожная карта по реализации программы перехода в эффективный режим работы",
        school=full_name(source),
        period=values["period"],
        groups=road_map_groups(source),
        stamps=stamp_facts(source),
        signatory=values["director_name"],
        with_status=with_status,
    )


def diagnostic_map_facts(source: DraftSource, view: FormView) -> DiagnosticMapFacts:
    """The diagnostic map of one wave with risk profile and problem fields."""
    facts, pack = source.facts, source.pack
    values = draft_values(source)
    answered = sum(1 for question in view.questions if question.is_answered)
    factors = {factor.code: factor for factor in pack.factors}
    return DiagnosticMapFacts(
        title=view.form.title,
        school=full_name(source),
        period=wave_title(pack, view),
        as_of=facts.as_of,
        methodology=f"{pack.title}, версия {pack.version}",
        blocks=tuple(
            AnswerBlock(
                str(place),
                block.block.title,
                tuple(_answer(f"{place}.{n}", q) for n, q in enumerate(block.questions, 1)),
            )
            for place, block in enumerate(view.blocks, start=1)
        ),
        factors=tuple(
            FactorFacts(
                factors[item.factor].title,
                item.level,
                item.shown_score,
                item.summary,
            )
            for item in view.profile
        ),
        causes=cause_facts(source, view),
        problem_fields=problem_facts(source),
        completeness=f"{number(answered)} из {number(len(view.questions))}",
        signatory=values["director_name"],
    )


def passport_lines(source: DraftSource) -> tuple[tuple[str, str], ...]:
    """The passport of the programme, as pairs of caption and text."""
    facts = source.facts
    programme = current_of(facts)
    values = draft_values(source)
    goals = facts.current(facts.goals)
    tasks = [goal.label for goal in _placed(goals) if goal.kind == "task"]
    captions: tuple[tuple[str, str], ...] = (
        ("Наименование программы", programme.title or ""),
        ("Основание для разработки", programme.basis or ""),
        ("Разработчики", programme.developers or ""),
        ("Сроки реализации", values["period"]),
        ("Цель программы", values["goal"][:1].upper() + values["goal"][1:]),
        ("Задачи программы", "\n".join(f"{place}. {title}" for place, title in enumerate(tasks, start=1))),
        ("Целевые показатели", "\n".join(item.label for item in indicators_in_order(source.pack, facts))),
        ("Ожидаемые результаты", programme.expected or ""),
    )
    return captions


def full_name(source: DraftSource) -> str:
    """The school as a title page names it."""
    school = source.facts.school
    return (school and (school.full_name or school.short_name)) or ""


def stamp_facts(source: DraftSource) -> tuple[StampFacts, ...]:
    """The stamps of the title page, none to four."""
    return tuple(StampFacts(stamp.title, stamp.lines) for stamp in stamps_of(source.pack, source.facts))


def problem_facts(source: DraftSource) -> tuple[ProblemFieldFacts, ...]:
    """The problem fields in work with their grounds, causes and measures."""
    titles = {factor.code: factor.title for factor in source.pack.factors}

    def filled(problem: ProblemFact) -> ProblemFieldFacts:
        return ProblemFieldFacts(
            title=problem.label,
            facts=problem.facts or "",
            causes=lines_of(problem.causes),
            factors=tuple(titles.get(code, code) for code in problem.factors),
            measures=tuple(measure.label for measure in measures_of(source.facts, problem)),
        )

    return tuple(filled(problem) for problem in in_order(source.facts.problems) if problem.is_active)


def goal_facts(source: DraftSource) -> tuple[GoalFacts, ...]:
    """The goals with their tasks; tasks of no goal stand under a goal without a name."""
    facts = source.facts
    placed = _placed(facts.current(facts.goals))
    problems = {problem.id: problem.label for problem in facts.problems}
    goals = [item for item in placed if item.kind != "task"]
    found = [
        GoalFacts(
            goal.label,
            tuple(task.label for task in placed if task.kind == "task" and task.goal == goal.id),
            problems.get(goal.problem or "", ""),
        )
        for goal in goals
    ]
    known = {goal.id for goal in goals}
    loose = tuple(task.label for task in placed if task.kind == "task" and task.goal not in known)
    return (*found, GoalFacts("не названа", loose)) if loose else tuple(found)


def indicator_facts(source: DraftSource) -> tuple[IndicatorFacts, ...]:
    """The target indicators with base, target and what was reached."""
    return tuple(_indicator(item) for item in indicators_in_order(source.pack, source.facts))


def road_map_groups(source: DraftSource, grouping: Grouping | None = None) -> tuple[RoadMapGroup, ...]:
    """The measures as they are printed: by section where the plan must have some, else by stage; no cancelled ones."""
    if grouping is None:
        has_sections = any(direction.required for direction in source.pack.directions)
        grouping = Grouping.DIRECTION if has_sections else Grouping.STAGE
    view = road_map_of(source.pack, source.facts, grouping)
    groups = (
        RoadMapGroup(group.title, tuple(_measure(row) for row in group.rows if row.measure.state != "cancelled"))
        for group in view.groups
    )
    return tuple(group for group in groups if group.measures)


def _section(source: DraftSource, section: PackSection) -> ProgrammeSection | None:
    """A section with its paragraphs; one that is not obligatory and holds nothing is not printed."""
    bodies = tuple(item.body for item in paragraphs_of(source.facts, section.code) if item.body)
    has_antirisks = bool(source.facts.current(source.facts.antirisks))
    is_needed = section.required or bodies or (section.content is SectionContent.ANTIRISK and has_antirisks)
    if not is_needed:
        return None
    content = _PRINTED.get(section.content, Printed.TEXT)
    return ProgrammeSection(section.number, section.title, bodies, content, 2 if section.parent else 1)


def _indicator(item: IndicatorFact) -> IndicatorFacts:
    def shown(value: Decimal | None) -> str:
        return "" if value is None else number(value)

    return IndicatorFacts(
        title=item.label,
        unit=item.unit or "",
        base=shown(item.base),
        target=shown(item.target),
        base_day=short_date(item.base_date) if item.base_date else "",
        reached_first=shown(item.reached_first),
        reached_second=shown(item.reached_second),
    )


def _measure(row: MeasureRow) -> MeasureFacts:
    measure = row.measure
    status = row.state
    if measure.state == "done":
        status = ", ".join(part for part in (row.state, measure.evidence_given or "") if part)
    elif row.is_overdue:
        status = f"{row.state}, срок прошёл"
    parts = (status, row.kept_words if row.days.done else "", *row.changes)
    status = "; ".join(part for part in parts if part)
    return MeasureFacts(
        title=measure.label,
        deadline=measure.deadline or "",
        responsible=_responsible(row),
        expected=measure.expected or "",
        evidence=measure.evidence or "",
        status=status,
    )


def _responsible(row: MeasureRow) -> str:
    """Who is printed: the words of the map, and before them the owner where those do not name the person."""
    words = row.measure.owner_text or ""
    surname = row.owner.split(" ")[0]
    if not words or surname in words:
        return words or row.owner
    return f"{row.owner}\n{words}"


def _antirisk(source: DraftSource, item: AntiriskFact) -> AntiriskFacts:
    facts = source.facts
    factor = source.pack.factor(item.factor or "")
    return AntiriskFacts(
        factor=factor.title if factor else item.factor or "",
        title=item.label,
        aim=item.aim or "",
        tasks=lines_of(item.tasks),
        expected=lines_of(item.expected),
        measures=tuple(measure.label for measure in facts.current(facts.measures) if measure.antirisk == item.id),
    )


def _answer(place: str, view: QuestionView) -> AnswerFacts:
    question, typed = view.question, view.typed
    shown = "не применимо" if typed and typed.not_applicable else view.shown
    return AnswerFacts(
        number=place,
        question=question.caption,
        value=shown,
        previous=view.last_year,
        origin=view.origin.split(" · ")[-1] or ("введено школой" if shown else ""),
        level=view.step.level if _is_judged(question) else None,
        comment=(typed and typed.comment) or "",
        evidence=(typed and typed.evidence) or "",
        unconfirmed=question.unconfirmed,
        expert=expert_words(view),
    )


def _is_judged(question: Question) -> bool:
    """Whether answers to a question have a level."""
    by_choice = any(choice.level for choice in question.choices)
    return bool(question.thresholds) or by_choice or question.kind is QuestionKind.YES_NO


def _placed(goals: Sequence[GoalFact]) -> list[GoalFact]:
    return sorted(goals, key=lambda item: (item.position or "", item.id))
