"""The days of a measure, each told of by itself: done with its paper, partly, moved or cancelled with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import MeasureFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.occurrences import Occurrence, Occurrences, deadlines_of, occurrences_of
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure, MeasureOccurrence
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

_INFO = info_of(MeasureOccurrence)
_CLOSED = ("done", "cancelled")
_TOLD = ("done", "partly", "cancelled")


def days_of(workspace: Workspace, row: str) -> Occurrences:
    """The days of a measure as they stand now; BugError for an unknown measure."""
    facts = read_facts(workspace)
    return occurrences_of(_measure(facts, row), deadlines_of(workspace.pack, facts))


def mark_day(
    workspace: Workspace, row: str, day: date, given: str, *, is_whole: bool = True, done_on: date | str | None = None
) -> Done:
    """A day of a measure was kept, wholly or partly, with its paper; KnownError roadmap.evidence_needed."""
    if not given.strip():
        raise KnownError("roadmap.evidence_needed")
    state = "done" if is_whole else "partly"
    values = {"state": state, "evidence_given": given.strip(), "done_on": done_on or today(workspace)}
    words = "выполнено" if is_whole else "выполнено частично"
    return _tell(workspace, row, day, values, f"срок {short_date(day)}: {words}")


def move_day(workspace: Workspace, row: str, day: date, to: date | str, reason: str) -> Done:
    """Another day with the reason; that of the plan stays in sight. KnownError roadmap.reason_needed, .same_day."""
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    wanted = parse_value(_INFO.fields["moved_to"], to)
    if not isinstance(wanted, str):
        raise KnownError("roadmap.day_needed")
    if date.fromisoformat(wanted) == day:
        raise KnownError("roadmap.same_day", day=short_date(day))
    values = {"state": "moved", "moved_to": wanted, "reason": reason.strip(), "done_on": None}
    return _tell(
        workspace, row, day, values, f"срок {short_date(day)} перенесён на {short_date(date.fromisoformat(wanted))}"
    )


def cancel_day(workspace: Workspace, row: str, day: date, reason: str) -> Done:
    """This day will not be, with the reason; KnownError roadmap.reason_needed."""
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    values = {"state": "cancelled", "reason": reason.strip(), "done_on": None}
    return _tell(workspace, row, day, values, f"срок {short_date(day)} снят")


def reopen_day(workspace: Workspace, row: str, day: date) -> Done:
    """The day is open again; one that was only moved goes back to the day of the plan. Its paper stays."""
    facts = read_facts(workspace)
    measure = _measure(facts, row)
    item = occurrences_of(measure, deadlines_of(workspace.pack, facts)).of_day(day)
    if item is None:
        raise BugError(f"measure {row!r} has no day {day}")
    requests: list[ChangeRequest] = day_requests(workspace, row, item.planned, _opened(item))
    if measure.state in _CLOSED:
        requests.append(Set(Measure.log_name, row, "state", "in_progress"))
    operation = f"срок {short_date(day)} снова открыт"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def reopen_requests(workspace: Workspace, found: Occurrences, row: str) -> list[ChangeRequest]:
    """What opens every day of a measure again; moved days stay moved."""
    requests: list[ChangeRequest] = []
    for item in found.items:
        if item.mark is not None and item.mark.state in _TOLD:
            requests += day_requests(workspace, row, item.planned, _opened(item))
    return requests


def shift_requests(
    workspace: Workspace, found: Occurrences, row: str, days: int, reason: str
) -> tuple[list[ChangeRequest], int]:
    """What moves every open day of a measure by so many days, and how many there are."""
    requests: list[ChangeRequest] = []
    moved = 0
    for item in found.items:
        if item.is_closed or item.state == "partly":
            continue
        to = item.due + timedelta(days=days)
        values = {"state": "moved" if to != item.planned else "planned", "moved_to": to.isoformat(), "reason": reason}
        if to == item.planned:
            values["moved_to"] = ""
        requests += day_requests(workspace, row, item.planned, values)
        moved += 1
    return requests, moved


def day_requests(workspace: Workspace, row: str, day: date, values: Mapping[str, object]) -> list[ChangeRequest]:
    """The changes that tell of one day; two computers that tell of the same day mean one row."""
    key: dict[str, WireValue] = {"measure": row, "due_on": day.isoformat()}
    parsed = {**key, **{name: parse_value(_INFO.fields[name], value) for name, value in values.items()}}
    mark = records.row_id_for(workspace, _INFO, key)
    sets: Sequence[ChangeRequest] = [Set(_INFO.log_name, mark, name, value) for name, value in parsed.items()]
    return [Restore(_INFO.log_name, mark), *sets]


def _tell(workspace: Workspace, row: str, day: date, values: Mapping[str, object], operation: str) -> Done:
    facts = read_facts(workspace)
    item = occurrences_of(_measure(facts, row), deadlines_of(workspace.pack, facts)).of_day(day)
    if item is None:
        raise KnownError("roadmap.day_gone", day=short_date(day))
    batch = workspace.write(day_requests(workspace, row, item.planned, values), operation)
    return Done(operation, row, batch.name if batch else "")


def _opened(item: Occurrence) -> dict[str, object]:
    """The values of a day that is open again."""
    told = item.mark is not None and item.mark.state in _TOLD
    if told and item.is_moved:
        return {"state": "moved", "done_on": None}
    return {"state": "planned", "moved_to": None, "reason": None, "done_on": None}


def _measure(facts: SchoolFacts, row: str) -> MeasureFact:
    found = next((item for item in facts.measures if item.id == row), None)
    if found is None:
        raise BugError(f"no measure {row!r}")
    return found
