"""The road map: every row has an owner, a deadline, a result and a proof, and what is done is proven."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import MeasureFact, ProgrammeFact
from shnor_desktop.domain.findings import ROADMAP, CheckCode, Finding, about
from shnor_desktop.domain.russian import long_date


def roadmap_findings(case: Case) -> Iterator[Finding]:
    """Row by row of the current road map; of cancelled rows only the reason is asked."""
    programme = case.facts.programme
    if programme is None:
        return
    if not case.measures:
        yield Finding(CheckCode.ROADMAP_ABSENT, ROADMAP, "measure")
    else:
        yield from _empty_sections(case)
    people = frozenset(person.id for person in case.facts.staff)
    tasks = frozenset(goal.id for goal in case.goals)
    for measure in case.measures:
        yield from _completeness(measure, people, tasks)
        yield from _dates(measure, programme)
        yield from _progress(measure, case)
    yield from _moved_days(case, programme)
    for measure in case.facts.current(case.facts.measures):
        if measure.state in ("moved", "cancelled") and is_blank(measure.note):
            state = "перенесено" if measure.state == "moved" else "отменено"
            yield about(measure, CheckCode.MEASURE_CHANGED_WITHOUT_NOTE, ROADMAP, "note", state=state)


def _empty_sections(case: Case) -> Iterator[Finding]:
    """Sections that the plan of a school must have and that hold no measure."""
    filled = {measure.direction for measure in case.measures}
    for direction in case.pack.directions:
        if direction.required and direction.code not in filled:
            section = f"{direction.number}. {direction.title}" if direction.number else direction.title
            yield Finding(
                CheckCode.PLAN_SECTION_EMPTY, ROADMAP, "measure", field=direction.code, params={"section": section}
            )


def _completeness(measure: MeasureFact, people: frozenset[str], tasks: frozenset[str]) -> Iterator[Finding]:
    if measure.owner not in people and is_blank(measure.owner_text):
        yield about(measure, CheckCode.MEASURE_WITHOUT_OWNER, ROADMAP, "owner")
    if measure.due_on is None and not measure.is_optional:
        yield about(measure, CheckCode.MEASURE_WITHOUT_DEADLINE, ROADMAP, "due_on")
    if is_blank(measure.evidence):
        yield about(measure, CheckCode.MEASURE_WITHOUT_EVIDENCE, ROADMAP, "evidence")
    if is_blank(measure.expected):
        yield about(measure, CheckCode.MEASURE_WITHOUT_EXPECTED, ROADMAP, "expected")
    if measure.task not in tasks:
        yield about(measure, CheckCode.MEASURE_WITHOUT_TASK, ROADMAP, "task")


def _dates(measure: MeasureFact, programme: ProgrammeFact) -> Iterator[Finding]:
    if measure.due_on is None:
        return
    if measure.starts_on is not None and measure.due_on < measure.starts_on:
        yield about(measure, CheckCode.MEASURE_DATES_REVERSED, ROADMAP, "due_on")
    starts, ends = programme.starts_on, programme.ends_on
    if starts is not None and ends is not None and starts <= ends and not starts <= measure.due_on <= ends:
        period = f"{long_date(starts)} — {long_date(ends)}"
        due = long_date(measure.due_on)
        yield about(measure, CheckCode.MEASURE_OUTSIDE_PROGRAMME, ROADMAP, "due_on", due=due, period=period)


def _moved_days(case: Case, programme: ProgrammeFact) -> Iterator[Finding]:
    """Days that were moved out of the programme, or without a reason."""
    starts, ends = programme.starts_on, programme.ends_on
    own = {measure.id: measure for measure in case.measures if measure.state != "done"}
    for mark in case.facts.occurrences:
        measure = own.get(mark.measure or "")
        if measure is None:
            continue
        if mark.state in ("moved", "cancelled") and is_blank(mark.reason):
            state = "перенесено" if mark.state == "moved" else "отменено"
            yield about(measure, CheckCode.MEASURE_CHANGED_WITHOUT_NOTE, ROADMAP, "note", state=state)
        day = mark.moved_to
        if day is not None and starts is not None and ends is not None and starts <= ends and not starts <= day <= ends:
            period = f"{long_date(starts)} — {long_date(ends)}"
            yield about(
                measure, CheckCode.MEASURE_OUTSIDE_PROGRAMME, ROADMAP, "due_on", due=long_date(day), period=period
            )


def _progress(measure: MeasureFact, case: Case) -> Iterator[Finding]:
    if measure.state == "done":
        if is_blank(measure.evidence_given):
            yield about(measure, CheckCode.MEASURE_DONE_WITHOUT_EVIDENCE, ROADMAP, "evidence_given")
        if measure.done_on is None:
            yield about(measure, CheckCode.MEASURE_DONE_WITHOUT_DATE, ROADMAP, "done_on")
        elif measure.done_on > case.as_of:
            yield about(measure, CheckCode.MEASURE_DONE_AHEAD, ROADMAP, "done_on")
    elif (late := case.facts.late_day(measure)) is not None:
        yield about(measure, CheckCode.MEASURE_OVERDUE, ROADMAP, "state", due=long_date(late))
