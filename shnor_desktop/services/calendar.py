"""The calendar of a school: every occurrence of every measure, and all else that has a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain import findings
from shnor_desktop.domain.facts import MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import Deadlines, Occurrence, change_words, deadlines_of, occurrences_of
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.development_plans import ACTIVITY_STATES
from shnor_desktop.models.review import ReviewDecision
from shnor_desktop.models.roadmap import MEASURE_STATES
from shnor_desktop.services import records
from shnor_desktop.services.calendar_items import CalendarItem, CalendarView, ItemKind
from shnor_desktop.services.calendar_registers import paper_items, register_items
from shnor_desktop.services.development import is_overdue
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.stages import StagesView, stages_of
from shnor_desktop.services.workspace import Workspace

__all__ = [
    "CalendarItem",
    "CalendarView",
    "ItemKind",
    "Returned",
    "calendar_from",
    "calendar_of",
    "returned_of",
    "until_words",
]


@dataclass(frozen=True, slots=True)
class Returned:
    """A package that the centre returned, with the day until which it is to be mended."""

    row: str
    due: date
    comment: str
    number: int


def calendar_of(workspace: Workspace, school: str | None = None, *, until: date | None = None) -> CalendarView:
    """The calendar of a school as of today; `until` leaves out what is due later."""
    facts = read_facts(workspace, school)
    view = calendar_from(workspace.pack, facts, returned=returned_of(workspace, school))
    if until is None:
        return view
    return CalendarView(tuple(item for item in view.items if item.due and item.due <= until), view.undated, view.on)


def calendar_from(
    pack: Pack, facts: SchoolFacts, deadlines: Deadlines | None = None, returned: Returned | None = None
) -> CalendarView:
    """The same from facts that were read already."""
    made = [
        *_measures(facts, deadlines or deadlines_of(pack, facts)),
        *_tasks(stages_of(pack, facts), facts.as_of),
        *_waves(pack, facts),
        *_steps(facts),
        *_events(facts),
        *paper_items(pack, facts),
        *register_items(pack, facts),
        *_appointments(pack, facts),
    ]
    if returned is not None:
        made.append(_returned(returned, facts.as_of))
    dated = sorted((item for item in made if item.due is not None), key=lambda item: (item.due, item.title, item.id))
    undated = sorted((item for item in made if item.due is None), key=lambda item: (item.waits, item.title, item.id))
    return CalendarView(tuple(dated), tuple(undated), facts.as_of)


def returned_of(workspace: Workspace, school: str | None = None) -> Returned | None:
    """The newest decision, where it is a return with a date; a package that was sent after it closes it."""
    owner = school or workspace.school
    decisions = records.rows(workspace, ReviewDecision, owner)
    newest = max(decisions, key=lambda row: (row.package_number or 0, row.received_on or "", row.id), default=None)
    if newest is None or newest.decision != "returned" or not newest.due_on:
        return None
    with workspace.reading() as reader:
        sent = [item.number for item in reader.records.packages(owner) if item.kind == "school"]
    if newest.package_number is not None and max(sent, default=0) > newest.package_number:
        return None
    try:
        due = date.fromisoformat(newest.due_on)
    except ValueError:
        return None
    return Returned(newest.id, due, newest.comment or "", newest.package_number or 0)


def until_words(due: date) -> str:
    """«до 31.12.2024»."""
    return f"до {short_date(due)}"


def _measures(facts: SchoolFacts, deadlines: Deadlines) -> Iterator[CalendarItem]:
    people = {person.id: person.label for person in facts.staff}
    states = dict(MEASURE_STATES)
    for measure in facts.current(facts.measures):
        if measure.state == "cancelled":
            continue
        owner = people.get(measure.owner or "") or measure.owner_text or ""
        state = states.get(measure.state or "", measure.state or "")
        found = occurrences_of(measure, deadlines)
        for occurrence in found.items:
            if occurrence.state == "cancelled":
                continue
            yield _occurrence(measure, occurrence, len(found.items), owner, state, facts.as_of)
        if not found.items:
            yield _measure(measure, "0", owner, state, waits=found.waits, is_closed=measure.state == "done")


def _occurrence(
    measure: MeasureFact, occurrence: Occurrence, total: int, owner: str, state: str, on: date
) -> CalendarItem:
    return _measure(
        measure,
        str(occurrence.number),
        owner,
        _day_state(occurrence, state),
        due=occurrence.due,
        start=occurrence.start,
        is_closed=occurrence.is_closed,
        is_overdue=not occurrence.is_closed and occurrence.due < on,
        part=f"срок {occurrence.number} из {total}" if total > 1 else "",
        note=change_words(occurrence),
    )


def _day_state(occurrence: Occurrence, state: str) -> str:
    """The state of the day where it has one of its own, else that of the measure."""
    if occurrence.is_lapsed:
        return "срок закрыт"
    return dict(MEASURE_STATES)[occurrence.state] if occurrence.state not in ("planned", "moved") else state


def _measure(
    measure: MeasureFact,
    number: str,
    owner: str,
    state: str,
    *,
    due: date | None = None,
    start: date | None = None,
    is_closed: bool = False,
    is_overdue: bool = False,
    part: str = "",
    waits: str = "",
    note: str = "",
) -> CalendarItem:
    return CalendarItem(
        id=f"{measure.id}-{number}",
        kind=ItemKind.MEASURE,
        title=measure.label or "мероприятие без названия",
        due=due,
        start=start,
        owner=owner,
        state=state,
        is_closed=is_closed,
        is_overdue=is_overdue,
        page=findings.ROADMAP,
        entity=measure.entity,
        row=measure.id,
        field="state",
        part=part,
        phrase=measure.deadline or "",
        evidence=measure.evidence or "",
        note=note,
        waits=waits,
    )


def _tasks(stages: StagesView, on: date) -> Iterator[CalendarItem]:
    for stage in stages.stages:
        for view in stage.own_tasks:
            is_optional = view.task.optional
            due = None if is_optional else stage.stage.end
            yield CalendarItem(
                id=f"task-{view.task.id}",
                kind=ItemKind.TASK,
                title=view.task.text,
                due=due,
                start=stage.stage.start if due else None,
                state=view.state_caption,
                is_closed=not view.is_open,
                is_overdue=due is not None and view.is_open and due < on,
                page=view.page or findings.TODAY,
                entity="stage_task_mark",
                row=view.row,
                field=view.task.id,
                phrase=stage.stage.phrase,
                note=f"этап {stage.stage.number}",
                waits=(view.task.condition or "при необходимости") if is_optional else "",
            )


def _waves(pack: Pack, facts: SchoolFacts) -> Iterator[CalendarItem]:
    begun = {(answer.form, answer.wave) for answer in facts.answers}
    for wave in pack.monitoring_waves:
        is_begun = (wave.form, wave.id) in begun
        yield CalendarItem(
            id=f"wave-{wave.id}",
            kind=ItemKind.WAVE,
            title=wave.title,
            due=wave.due,
            start=min(wave.start, wave.due),
            state="заполняется" if is_begun else "не начат",
            is_closed=is_begun,
            is_overdue=not is_begun and wave.due < facts.as_of,
            page=findings.MONITORING,
            entity="diagnostic_answer",
            field=wave.id,
        )


def _steps(facts: SchoolFacts) -> Iterator[CalendarItem]:
    people = {person.id: person.label for person in facts.staff}
    teachers = {plan.id: people.get(plan.teacher or "", "") for plan in facts.plans}
    states = dict(ACTIVITY_STATES)
    for activity in facts.activities:
        if activity.due_on is None or activity.state == "cancelled":
            continue
        yield CalendarItem(
            id=activity.id,
            kind=ItemKind.STEP,
            title=activity.label or "шаг плана",
            due=activity.due_on,
            owner=teachers.get(activity.plan or "", ""),
            state=states.get(activity.state or "", activity.state or ""),
            is_closed=activity.state == "done",
            is_overdue=is_overdue(activity, facts.as_of),
            page=findings.DEVELOPMENT,
            entity=activity.entity,
            row=activity.id,
            field="state",
            note=activity.expected or "",
        )


def _events(facts: SchoolFacts) -> Iterator[CalendarItem]:
    partners = {partner.id: partner.label for partner in facts.partners}
    for event in facts.events:
        if event.held_on is None:
            continue
        is_past = event.held_on < facts.as_of
        yield CalendarItem(
            id=event.id,
            kind=ItemKind.EVENT,
            title=event.label or "встреча с партнёром",
            due=event.held_on,
            owner=partners.get(event.partner or "", ""),
            state="состоялось" if is_past else "предстоит",
            is_closed=is_past,
            page=findings.PARTNERS,
            entity=event.entity,
            row=event.id,
        )


def _appointments(pack: Pack, facts: SchoolFacts) -> Iterator[CalendarItem]:
    roles = dict(pack.code_list("roles"))
    people = {person.id: person.label for person in facts.staff}
    for assignment in facts.assignments:
        if assignment.until is not None:
            is_past = assignment.until < facts.as_of
            yield CalendarItem(
                id=assignment.id,
                kind=ItemKind.APPOINTMENT,
                title=f"Заканчивается назначение: {roles.get(assignment.role or '', assignment.role or 'роль')}",
                due=assignment.until,
                owner=people.get(assignment.staff or "") or assignment.label,
                state="срок прошёл" if is_past else "действует",
                is_closed=is_past,
                entity=assignment.entity,
                row=assignment.id,
            )


def _returned(returned: Returned, on: date) -> CalendarItem:
    return CalendarItem(
        id=f"returned-{returned.row}",
        kind=ItemKind.RETURNED,
        title=f"Доработать по замечаниям центра: пакет № {returned.number}",
        due=returned.due,
        state="на доработке",
        is_overdue=returned.due < on,
        page=findings.EXCHANGE,
        note=returned.comment,
    )
