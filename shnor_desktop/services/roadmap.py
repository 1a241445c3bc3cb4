"""The road map: measures from the library or of the school's own; done with evidence, moved with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import MeasureFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import (
    Deadlines,
    Occurrence,
    Occurrences,
    PhraseReading,
    change_words,
    deadlines_of,
    occurrences_of,
)
from shnor_desktop.domain.positions import position_at
from shnor_desktop.models.roadmap import MEASURE_STATES, Measure
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import lower_first
from shnor_desktop.services.programme_tree import measure_gaps
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap_days import days_of, mark_day, move_day, reopen_requests
from shnor_desktop.services.workspace import Workspace

_LOG_NAME = Measure.log_name
_STATES = dict(MEASURE_STATES)
_CLOSED = ("done", "cancelled")


class Grouping(StrEnum):
    """By what the rows of the road map are gathered."""

    STAGE = "stage"
    OWNER = "owner"
    PROBLEM = "problem"
    DIRECTION = "direction"
    """By the sections of the school plan, in their order."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as a table shows it. `number` runs through the whole map; `gaps` say what it misses."""

    measure: MeasureFact
    number: int
    stage: str
    owner: str
    task: str
    problem: str
    state: str
    is_overdue: bool
    days_left: int | None
    """Until the nearest deadline, negative after it; None while open work has none, and for closed work."""
    gaps: tuple[str, ...]
    reading: PhraseReading
    nearest: Occurrence | None = None
    """The occurrence that is late, else the next one."""
    occurrences: int = 0
    waits: str = ""
    """Why there is no day: «при необходимости», «по отдельному графику»."""
    days: Occurrences = field(default_factory=Occurrences)

    @property
    def kept_words(self) -> str:
        """«3 из 7» of a series that a person told of; empty for what has one day."""
        return f"{self.days.done} из {self.days.total}" if self.occurrences > 1 else ""

    @property
    def changes(self) -> tuple[str, ...]:
        """«перенесено с 12.03.2025 на 20.03.2025: карантин», day by day."""
        return tuple(words for words in map(change_words, self.days.items) if words)


@dataclass(frozen=True, slots=True)
class RoadMapGroup:
    """The measures of one stage, owner or problem."""

    code: str
    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class RoadMapCounts:
    """Cancelled rows are in none of the counts but their own."""

    total: int = 0
    done: int = 0
    in_progress: int = 0
    overdue: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class RoadMapView:
    """The road map of the current programme."""

    groups: tuple[RoadMapGroup, ...]
    counts: RoadMapCounts

    @property
    def rows(self) -> tuple[MeasureRow, ...]:
        """All rows in the order of the groups."""
        return tuple(row for group in self.groups for row in group.rows)


def road_map(workspace: Workspace, grouping: Grouping = Grouping.STAGE, school: str | None = None) -> RoadMapView:
    """The rows of the road map, gathered; «при необходимости» is never overdue."""
    return road_map_of(workspace.pack_of(school), read_facts(workspace, school), grouping)


def road_map_of(pack: Pack, facts: SchoolFacts, grouping: Grouping = Grouping.STAGE) -> RoadMapView:
    """The same from facts that were read already."""
    order = {stage.id: index for index, stage in enumerate(pack.stages)}
    measures = sorted(
        facts.current(facts.measures),
        key=lambda item: (order.get(item.stage or "", len(order)), item.position or "", item.id),
    )
    stages = dict(pack.code_list("stages"))
    deadlines = deadlines_of(pack, facts)
    labels = {item.id: item.label for item in (*facts.staff, *facts.goals, *facts.problems)}
    rows = [_row(stages, labels, deadlines, number, item) for number, item in enumerate(measures, start=1)]
    groups: dict[tuple[str, str], list[MeasureRow]] = {}
    for row in rows:
        groups.setdefault(_group(row, grouping), []).append(row)
    found = [RoadMapGroup(code, title, tuple(own)) for (code, title), own in groups.items()]
    if grouping is Grouping.OWNER:
        found.sort(key=lambda group: (not group.code, group.title.casefold()))
    if grouping is Grouping.DIRECTION:
        codes = [item.code for item in pack.directions]
        found = [replace(group, title=direction_title(pack, group.code)) for group in found]
        found.sort(key=lambda group: codes.index(group.code) if group.code in codes else len(codes))
    return RoadMapView(tuple(found), _counts(rows))


def add_from_library(
    workspace: Workspace,
    measure: str,
    *,
    owner: str = "",
    deadline: str = "",
    due: date | str | None = None,
    starts: date | str | None = None,
    problem: str = "",
    task: str = "",
    antirisk: str = "",
) -> Done:
    """Add a measure of the methodology, with the school's own owner and dates where they are given.

    `owner` is a staff member's id. Without `problem` the first one in work that shares a factor is answered, and
    without `task` the task of that problem. KnownError roadmap.already_there, programme.not_begun.
    """
    facts = read_facts(workspace)
    found = workspace.pack.measure(measure)
    if found is None:
        raise BugError(f"no measure {measure!r}")
    if any(item.library_code == measure for item in facts.current(facts.measures)):
        raise KnownError("roadmap.already_there", measure=found.title)
    answered = problem or _problem_of(facts, found)
    phrase = deadline or workspace.pack.deadline_of(found)
    values: dict[str, object] = {
        "title": found.title,
        "stage": found.stage,
        "direction": found.direction,
        "task": task or _task_of(facts, answered),
        "problem": answered,
        "antirisk": antirisk,
        "library_code": found.id,
        "owner": owner,
        "owner_text": executors(workspace.pack, found),
        "deadline": phrase,
        "starts_on": starts or (None if deadline and not due else found.start),
        "due_on": due or (None if deadline else found.due),
        "expected": found.expected_result,
        "evidence": evidence(workspace.pack, found),
        "is_optional": found.optional,
    }
    return _begin(workspace, facts, with_dates_read(values, deadlines_of(workspace.pack, facts)))


def add_own(workspace: Workspace, values: Mapping[str, object]) -> Done:
    """Add a measure that the school words itself; what is left out is asked for by the check."""
    facts = read_facts(workspace)
    return _begin(workspace, facts, with_dates_read(values, deadlines_of(workspace.pack, facts)))


def with_dates_read(values: Mapping[str, object], deadlines: Deadlines) -> dict[str, object]:
    """The values with the dates that the phrase gives, where none were set."""
    found = deadlines.read(str(values.get("deadline") or ""), str(values.get("stage") or ""))
    starts, due = deadlines.span(found)
    own = dict(values)
    if not own.get("due_on"):
        own["due_on"] = due
        own["starts_on"] = own.get("starts_on") or starts
    if found.is_optional:
        own["is_optional"] = True
    return own


def mark_occurrence(workspace: Workspace, row: str, due: date, given: str) -> Done:
    """One of the days of a measure was kept: each has a state of its own, and that of the measure follows from them."""
    found = days_of(workspace, row)
    item = found.of_day(due)
    if item is None or (len(found.items) == 1 and not found.is_marked):
        return mark_done(workspace, row, given)
    return mark_day(workspace, row, item.planned, given)


def mark_done(workspace: Workspace, row: str, given: str, done_on: date | str | None = None) -> Done:
    """Mark as done: only the evidence is asked for; the day is today unless another is given."""
    if not given.strip():
        raise KnownError("roadmap.evidence_needed")
    values = {"state": "done", "evidence_given": given, "done_on": done_on or today(workspace)}
    return records.edit_many(workspace, _LOG_NAME, row, values)


def start(workspace: Workspace, row: str) -> Done:
    """Work on it has begun."""
    return records.edit(workspace, _LOG_NAME, row, "state", "in_progress")


def reopen(workspace: Workspace, row: str) -> Done:
    """It is planned again; what was given as evidence stays, and no day of it counts as kept."""
    requests = reopen_requests(workspace, days_of(workspace, row), row)
    own: list[ChangeRequest] = [Set(_LOG_NAME, row, "state", "planned"), Set(_LOG_NAME, row, "done_on", None)]
    operation = "возвращено в план: Мероприятие"
    batch = workspace.write([*own, *requests], operation)
    return Done(operation, row, batch.name if batch else "")


def put_off(workspace: Workspace, row: str, due: date | str, reason: str, deadline: str = "") -> Done:
    """Move the nearest day, with the reason; that of the plan stays in sight.

    What has no day yet gets one; `deadline` is the phrase that is printed for it, else the day itself.
    """
    found = days_of(workspace, row)
    nearest = found.nearest(today(workspace)) or next(reversed(found.items), None)
    if nearest is not None:
        return move_day(workspace, row, nearest.planned, due, reason)
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    day = due if isinstance(due, date) else None
    phrase = deadline or (f"до {day.strftime('%d.%m.%Y')}" if day else f"до {due}")
    values = {"state": "moved", "due_on": due, "deadline": phrase, "note": reason}
    return records.edit_many(workspace, _LOG_NAME, row, values)


def cancel(workspace: Workspace, row: str, reason: str) -> Done:
    """Take out of the plan, with the reason; the row stays in sight."""
    if not reason.strip():
        raise KnownError("roadmap.reason_needed")
    return records.edit_many(workspace, _LOG_NAME, row, {"state": "cancelled", "note": reason})


def put_at(workspace: Workspace, row: str, index: int) -> Done:
    """Put a measure at another place among those of its stage."""
    facts = read_facts(workspace)
    found = next((item for item in facts.measures if item.id == row), None)
    if found is None:
        raise BugError(f"no measure {row!r}")
    others = [item for item in _in_order(facts, found.stage) if item.id != row]
    position = position_at([item.position or "" for item in others], min(max(index, 0), len(others)))
    return records.edit(workspace, _LOG_NAME, row, "position", position)


def library(workspace: Workspace) -> tuple[LibraryMeasure, ...]:
    """Measures of the methodology that the road map does not hold yet."""
    facts = read_facts(workspace)
    there = {item.library_code for item in facts.current(facts.measures)}
    return tuple(item for item in workspace.pack.school_measures() if item.id not in there)


def executors(pack: Pack, measure: LibraryMeasure) -> str:
    """The roles that carry a measure out, as the map prints them."""
    titles = {role.id: role.title for role in pack.roles}
    first, *others = [titles.get(code, code) for code in pack.executors_of(measure)] or [""]
    return ", ".join([first, *(lower_first(title) for title in others)])


def evidence(pack: Pack, measure: LibraryMeasure) -> str:
    """What proves a measure, as the map prints it."""
    captions = dict(pack.code_list("evidence_kinds"))
    words = ", ".join(captions.get(code, code) for code in measure.evidence)
    return words[:1] + words[1:].lower() if words else ""


def _begin(workspace: Workspace, facts: SchoolFacts, values: Mapping[str, object]) -> Done:
    programme = current_of(facts)
    stage = values.get("stage")
    positions = [item.position or "" for item in _in_order(facts, str(stage) if stage else None)]
    position = position_at(positions, len(positions))
    own = {"programme": programme.id, "position": position, "state": "planned"}
    return records.begin(workspace, Measure, {**own, **{name: value for name, value in values.items() if value}})


def _in_order(facts: SchoolFacts, stage: str | None) -> list[MeasureFact]:
    own = [item for item in facts.current(facts.measures) if item.stage == stage]
    return sorted(own, key=lambda item: (item.position or "", item.id))


def _problem_of(facts: SchoolFacts, measure: LibraryMeasure) -> str:
    active = sorted((item for item in facts.problems if item.is_active), key=lambda item: item.rank or 99)
    by_factor = (item.id for factor in measure.factors for item in active if factor in item.factors)
    return next(by_factor, "")


def _task_of(facts: SchoolFacts, problem: str) -> str:
    tasks = [goal for goal in facts.current(facts.goals) if goal.kind == "task"]
    return next((goal.id for goal in tasks if goal.problem == problem and problem), "")


def _row(
    stages: Mapping[str, str], labels: Mapping[str, str], deadlines: Deadlines, number: int, measure: MeasureFact
) -> MeasureRow:
    is_open = measure.state not in _CLOSED
    found = occurrences_of(measure, deadlines)
    nearest = found.nearest(deadlines.on) if is_open else None
    return MeasureRow(
        measure=measure,
        number=number,
        stage=stages.get(measure.stage or "", measure.stage or ""),
        owner=labels.get(measure.owner or "") or measure.owner_text or "",
        task=labels.get(measure.task or "", ""),
        problem=labels.get(measure.problem or "", ""),
        state=_STATES.get(measure.state or "", measure.state or ""),
        is_overdue=nearest is not None and nearest.due < deadlines.on,
        days_left=(nearest.due - deadlines.on).days if nearest else None,
        gaps=measure_gaps(measure) if measure.state != "cancelled" else (),
        reading=deadlines.of(measure),
        nearest=nearest,
        occurrences=len(found.items),
        waits=found.waits if is_open else "",
        days=found,
    )


def _group(row: MeasureRow, grouping: Grouping) -> tuple[str, str]:
    """Code and title of the group that a row belongs to."""
    match grouping:
        case Grouping.STAGE:
            return row.measure.stage or "", row.stage or "Без этапа"
        case Grouping.OWNER:
            return row.owner, row.owner or "Без ответственного"
        case Grouping.PROBLEM:
            return row.measure.problem or "", row.problem or "Без проблемного поля"
        case Grouping.DIRECTION:
            return row.measure.direction or "", ""


def direction_title(pack: Pack, code: str) -> str:
    """«3. Районные методические объединения»; what belongs to no section is said so."""
    found = next((item for item in pack.directions if item.code == code), None)
    if found is None:
        return code or "Вне разделов плана"
    return f"{found.number}. {found.title}" if found.number else found.title


def _counts(rows: Sequence[MeasureRow]) -> RoadMapCounts:
    planned = [row for row in rows if row.measure.state != "cancelled"]
    return RoadMapCounts(
        total=len(planned),
        done=sum(1 for row in planned if row.measure.state == "done"),
        in_progress=sum(1 for row in planned if row.measure.state in ("in_progress", "partly")),
        overdue=sum(1 for row in planned if row.is_overdue),
        cancelled=len(rows) - len(planned),
    )
