"""The road map of a demo school: measures of the methodology with people and dates, and how far they are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from shnor_desktop.domain.deadlines import DeadlineKind
from shnor_desktop.domain.facts import GoalFact, IndicatorFact, MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.occurrences import Deadlines, deadlines_of, occurrences_of
from shnor_desktop.domain.positions import spread
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.quality import DocumentMark
from shnor_desktop.models.roadmap import IndicatorValue, Measure, MeasureOccurrence
from shnor_desktop.services.demo.drafting import SchoolDraft, Teacher
from shnor_desktop.services.demo.library import initials, words
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.report_dates import report_dates

_ONCE = (DeadlineKind.DATE, DeadlineKind.WINDOW)
_OVERDUE = 2
_TOLD = 3
_MEASURED = (date(2024, 5, 31), date(2024, 9, 20))
_WAYS = (("0.4", "0.75"), ("0.3", "0.35"), ("0.5", "0.8"), ("0.45", "0.7"))
"""Which part of the way from base to target the first indicators had gone on each of the days."""
_THIS_WEEK = 2
_POSITIONS = {
    "director": "director",
    "deputy": "deputy",
    "deputy_upbringing": "deputy",
    "psychologist": "psychologist",
    "social_teacher": "social_teacher",
}
"""Who of the staff stands for a role of the methodology; the others are teachers."""
_TITLES = {
    "class_teacher": "Классные руководители",
    "teacher": "Учителя-предметники",
    "partner_school": "Школа-партнёр",
}


def write_roadmap(draft: SchoolDraft, programme: str) -> None:
    """As many measures of the methodology as the profile wants, each with its task, owner and deadline."""
    facts = read_facts(draft.workspace)
    chosen = _chosen_measures(draft, facts)
    deadlines = deadlines_of(draft.pack, facts)
    once = [measure for measure, _ in chosen if deadlines.read(measure.deadline, measure.stage).reading.kind in _ONCE]
    running = [measure.id for measure in once if _runs_long(draft, measure)]
    soon = running[:_THIS_WEEK]
    for position, (measure, task) in zip(spread(len(chosen)), chosen, strict=True):
        owner = _owner(draft, measure)
        deadline, due = _deadline(measure)
        if measure.id in soon:
            due = draft.as_of + timedelta(days=1 + soon.index(measure.id) * 2)
            deadline = f"до {short_date(due)}"
        values = {
            "programme": programme,
            "position": position,
            "title": measure.title,
            "stage": measure.stage,
            "task": task.id,
            "problem": task.problem,
            "library_code": measure.id,
            "owner": owner.id,
            "owner_text": _executors(draft, measure, owner),
            "deadline": deadline,
            "starts_on": measure.start,
            "due_on": due,
            "expected": measure.expected_result,
            "evidence": _evidence(draft, measure),
            "is_optional": measure.optional,
            "state": "planned",
        }
        draft.add(Measure, values)
    draft.write("составлена дорожная карта", date(2024, 4, 12))


def _deadline(measure: LibraryMeasure) -> tuple[str, date | None]:
    """The words and the day of the methodology, or those that the school chose instead."""
    own = words("texts")["deadlines"].get(measure.id)
    return (own["words"], own["due"]) if own else (measure.deadline, measure.due)


def _runs_long(draft: SchoolDraft, measure: LibraryMeasure) -> bool:
    """Whether it is under way on the demo's today and not due soon, with the deadline of the methodology."""
    _, due = _deadline(measure)
    if measure.id in words("texts")["deadlines"] or measure.optional or measure.start is None or due is None:
        return False
    return measure.start <= draft.as_of < due - timedelta(days=10)


def _chosen_measures(draft: SchoolDraft, facts: SchoolFacts) -> list[tuple[LibraryMeasure, GoalFact]]:
    """As many measures as the profile wants, the problems taking turns; in the order of their dates."""
    tasks = [goal for goal in facts.current(facts.goals) if goal.kind == "task"]
    factors = {problem.id: problem.factors for problem in facts.problems}
    waiting = {task.id: _fitting(draft, factors.get(task.problem or "", ())) for task in tasks}
    chosen: dict[str, tuple[LibraryMeasure, GoalFact]] = {}
    while len(chosen) < draft.profile.measures and any(waiting.values()):
        for task in tasks:
            free = [measure for measure in waiting[task.id] if measure.id not in chosen]
            waiting[task.id] = free[1:]
            if free and len(chosen) < draft.profile.measures:
                chosen[free[0].id] = (free[0], task)
    return sorted(chosen.values(), key=lambda pair: (pair[0].start or date.max, pair[0].id))


def _fitting(draft: SchoolDraft, factors: tuple[str, ...]) -> list[LibraryMeasure]:
    """The measures of the factors, those that are over by the demo's today first: there is something to show."""
    found = dict.fromkeys(measure for factor in factors for measure in draft.pack.measures_for(factor))
    found = {measure: None for measure in found if measure.id not in draft.profile.left_out}
    return sorted(found, key=lambda measure: (_deadline(measure)[1] or date.max) >= draft.as_of)


def _owner(draft: SchoolDraft, measure: LibraryMeasure) -> Teacher:
    for role in measure.executors:
        found = [item for item in draft.staff if item.position == _POSITIONS.get(role)]
        if found:
            return found[-1] if role == "deputy_upbringing" else found[0]
    teachers = [item for item in draft.staff if item.position in ("teacher", "primary_teacher")]
    return draft.random.choice(teachers)


def _executors(draft: SchoolDraft, measure: LibraryMeasure, owner: Teacher) -> str:
    titles = dict(draft.pack.code_list("roles"))
    named = [_TITLES.get(role, titles.get(role, role)) for role in measure.executors]
    return ", ".join([initials(owner.name), *(title.lower() if place else title for place, title in enumerate(named))])


def _evidence(draft: SchoolDraft, measure: LibraryMeasure) -> str:
    captions = dict(draft.pack.code_list("evidence_kinds"))
    named = [captions.get(code, code) for code in measure.evidence]
    return ", ".join(title.lower() if place else title for place, title in enumerate(named)) or "Справка"


def write_progress(draft: SchoolDraft) -> None:
    """What is done by the demo's today: with evidence, month by month; a few rows are late."""
    facts = read_facts(draft.workspace)
    measures = facts.current(facts.measures)
    past = [item for item in measures if item.due_on and item.due_on < draft.as_of and not item.is_optional]
    deadlines = deadlines_of(draft.pack, facts)
    late = {item.id for item in sorted(past, key=lambda item: item.due_on or date.min)[-_OVERDUE:]}
    done: list[tuple[date, str, dict[str, object]]] = []
    for place, measure in enumerate(measures):
        starts, due = measure.starts_on or draft.as_of, measure.due_on or draft.as_of
        if measure.id in late or (starts <= draft.as_of <= due and not measure.is_optional):
            kept = {} if measure.id in late else _kept_days(draft, measure, deadlines)
            draft.change(Measure, measure.id, {"state": "in_progress", **kept})
        elif due < draft.as_of:
            day = min(max(starts, due + timedelta(days=draft.random.choice([-6, -3, -2, 0, 0, 4]))), draft.as_of)
            number = draft.random.randint(5, 90)
            given = f"{measure.evidence}, {short_date(day)}, № {number}; папка «Дорожная карта», лист {place + 1}"
            done.append((day, measure.id, {"state": "done", "done_on": day, "evidence_given": given}))
    draft.write("отмечено: мероприятия начаты", date(2024, 5, 6))
    for month in sorted({day.month for day, _, _ in done}):
        of_month = [item for item in done if item[0].month == month]
        for _, row, values in of_month:
            draft.change(Measure, row, values)
        draft.write("отмечено выполнение мероприятий", max(day for day, _, _ in of_month))
    _move_one(draft, [item.id for item in measures if item.starts_on and item.starts_on > draft.as_of])


def _kept_days(draft: SchoolDraft, measure: MeasureFact, deadlines: Deadlines) -> dict[str, object]:
    """Of a series, the days that have passed by the demo's today: the newest told one by one, each with its paper."""
    passed = [item.due for item in occurrences_of(measure, deadlines).items if item.due < draft.as_of]
    if not passed:
        return {}
    number = draft.random.randint(5, 90)
    for at, day in enumerate(passed[-_TOLD:]):
        told = {"state": "done", "done_on": day, "evidence_given": f"{measure.evidence}, № {number + at}"}
        draft.add(MeasureOccurrence, {"measure": measure.id, "due_on": day, **told})
    return {"done_on": passed[-_TOLD - 1]} if len(passed) > _TOLD else {}


def _move_one(draft: SchoolDraft, planned: list[str]) -> None:
    """The next day of one measure that is not begun is moved, with the reason."""
    facts = read_facts(draft.workspace)
    deadlines = deadlines_of(draft.pack, facts)
    for measure in facts.current(facts.measures):
        nearest = occurrences_of(measure, deadlines).nearest(draft.as_of) if measure.id in planned else None
        if nearest is not None:
            reason = str(words("texts")["moved_note"]).split(": ", 1)[-1]
            reason = f"{reason[:1].upper()}{reason[1:]}".rstrip(".")
            values = {"state": "moved", "moved_to": nearest.due + timedelta(days=12), "reason": reason}
            draft.add(MeasureOccurrence, {"measure": measure.id, "due_on": nearest.planned, **values})
            draft.write("перенесено мероприятие", draft.as_of - timedelta(days=3))
            return


def write_values(draft: SchoolDraft) -> None:
    """What some indicators have reached since the first monitoring, one of them behind; the first report is in."""
    facts = read_facts(draft.workspace)
    own = facts.current(facts.indicators)
    known = [item for item in own if item.base is not None and item.reached_first is not None]
    ways = zip(known, _WAYS, strict=False)
    for indicator, shares in ways:
        for day, share in zip(_MEASURED, shares, strict=True):
            if day <= draft.as_of:
                draft.add(IndicatorValue, _value(indicator, day, Decimal(share)))
    first = report_dates(draft.pack, facts)[0]
    if first.due < draft.as_of:
        handed = {"state": "handed", "handed_on": first.due - timedelta(days=2)}
        draft.add(DocumentMark, {"document": first.code, "ordinal": 1, **handed})
    draft.write("записаны значения показателей", draft.as_of - timedelta(days=2))


def _value(indicator: IndicatorFact, day: date, share: Decimal) -> dict[str, object]:
    """A part of the way from base to target."""
    base, target = indicator.base or Decimal(0), indicator.target or Decimal(0)
    value = (base + (target - base) * share).quantize(Decimal("0.1"))
    source = "внутренний мониторинг, справка" if day.month > 6 else "мониторинг, I этап"
    return {"indicator": indicator.id, "measured_on": day, "value": str(value), "source": source}
