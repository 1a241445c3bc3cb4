"""One change to many measures of the road map: done, begun, taken out, put back, moved; each is one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import MeasureFact
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.occurrences import Occurrences, deadlines_of, occurrences_of
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.bulk_edit import MOST_DAYS
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap_days import reopen_requests, shift_requests
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

_NAME = Measure.log_name
_INFO = info_of(Measure)
_CLOSED = ("done", "cancelled")


def can_be_closed(measure: MeasureFact) -> bool:
    """Whether it is still open: it can be done, or taken out of the plan."""
    return measure.state not in _CLOSED


def can_be_started(measure: MeasureFact) -> bool:
    """Whether nobody began it."""
    return measure.state in (None, "planned", "moved")


def can_be_reopened(measure: MeasureFact) -> bool:
    """Whether it is anything else than planned."""
    return measure.state not in (None, "planned", "moved")


def can_be_moved(found: Occurrences) -> bool:
    """Whether it has a day that is open."""
    return any(not item.is_closed and item.state != "partly" for item in found.items)


def start_all(workspace: Workspace, rows: Sequence[str]) -> Done:
    """Work has begun on all of them."""
    return _state_all(workspace, rows, can_be_started, {"state": "in_progress"}, "начато")


def done_all(workspace: Workspace, rows: Sequence[str], given: str) -> Done:
    """All of them are done, by the same paper; KnownError roadmap.evidence_needed."""
    if not given.strip():
        raise KnownError("roadmap.evidence_needed")
    values = {"state": "done", "evidence_given": given.strip(), "done_on": today(workspace)}
    return _state_all(workspace, rows, can_be_closed, values, "выполнено")


def cancel_all(workspace: Workspace, rows: Sequence[str], reason: str) -> Done:
    """All of them leave the plan for the same reason; KnownError roadmap.reason_needed."""
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    return _state_all(workspace, rows, can_be_closed, {"state": "cancelled", "note": reason.strip()}, "снято с плана")


def plan_all(workspace: Workspace, rows: Sequence[str]) -> Done:
    """All of them are planned again, and no day of them counts as kept; moved days stay moved."""
    facts = read_facts(workspace)
    deadlines = deadlines_of(workspace.pack, facts)
    requests: list[ChangeRequest] = []
    count = 0
    for measure in _of(facts.measures, rows):
        if can_be_reopened(measure):
            count += 1
            requests += [Set(_NAME, measure.id, "state", "planned"), Set(_NAME, measure.id, "done_on", None)]
            requests += reopen_requests(workspace, occurrences_of(measure, deadlines), measure.id)
    return _write(workspace, requests, f"возвращено в план: {_counted(count)}")


def shift_all(workspace: Workspace, rows: Sequence[str], days: int, reason: str) -> Done:
    """Move every open day of the measures by so many days, on or back, with the reason.

    KnownError roadmap.reason_needed, roadmap.nothing_to_shift, bulk.too_far.
    """
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    if not days or not -MOST_DAYS <= days <= MOST_DAYS:
        raise KnownError("bulk.too_far", days=MOST_DAYS)
    facts = read_facts(workspace)
    deadlines = deadlines_of(workspace.pack, facts)
    requests: list[ChangeRequest] = []
    count = 0
    for measure in _of(facts.measures, rows):
        own, moved = shift_requests(workspace, occurrences_of(measure, deadlines), measure.id, days, reason.strip())
        requests += own
        count += bool(moved)
    if not requests:
        raise KnownError("roadmap.nothing_to_shift")
    return _write(workspace, requests, f"сроки сдвинуты на {days} дн.: {_counted(count)}")


def _state_all(
    workspace: Workspace,
    rows: Sequence[str],
    suits: Callable[[MeasureFact], bool],
    values: Mapping[str, object],
    words: str,
) -> Done:
    parsed = {name: parse_value(_INFO.fields[name], value) for name, value in values.items()}
    suited = [item.id for item in _of(read_facts(workspace).measures, rows) if suits(item)]
    requests: list[ChangeRequest] = [Set(_NAME, row, name, value) for row in suited for name, value in parsed.items()]
    return _write(workspace, requests, f"{words}: {_counted(len(suited))}")


def _of(measures: Sequence[MeasureFact], rows: Sequence[str]) -> list[MeasureFact]:
    wanted = set(rows)
    return [item for item in measures if item.id in wanted]


def _counted(count: int) -> str:
    return plural(count, "мероприятие", "мероприятия", "мероприятий")


def _write(workspace: Workspace, requests: list[ChangeRequest], operation: str) -> Done:
    batch = workspace.write(requests, operation) if requests else None
    return Done(operation, "", batch.name if batch else "")
