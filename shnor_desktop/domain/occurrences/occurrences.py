"""The days of one measure: each occurrence of its deadline with what is closed, late or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.deadlines import DeadlineKind, Window
from shnor_desktop.domain.facts import MeasureFact, OccurrenceFact
from shnor_desktop.domain.occurrences.readings import WAITING, Deadlines, PhraseReading

PLANNED, IN_PROGRESS, DONE, PARTLY, MOVED, CANCELLED = "planned", "in_progress", "done", "partly", "moved", "cancelled"
CLOSED = (DONE, CANCELLED)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of the times that a measure falls due; `number` counts from 1, `due` is the day that it has now.

    `planned` is the day of the plan, by which the mark of a person is found. What is closed and has no mark of its own
    was due before the day that is owed now: nobody asks for it, and nobody says that it was done (`is_lapsed`).
    """

    number: int
    start: date | None
    due: date
    is_closed: bool
    planned: date
    state: str = PLANNED
    mark: OccurrenceFact | None = None

    @property
    def is_moved(self) -> bool:
        """Whether it has another day than in the plan."""
        return self.due != self.planned

    @property
    def is_lapsed(self) -> bool:
        """Its day has passed, and nobody told of it."""
        return self.is_closed and self.state not in (DONE, PARTLY, CANCELLED)

    @property
    def reason(self) -> str:
        """Why it was moved or cancelled."""
        return (self.mark.reason or "") if self.mark is not None else ""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """All of them by the plan. `waits` says why there is none: «при необходимости», «после события: …»."""

    items: tuple[Occurrence, ...] = ()
    waits: str = ""

    @property
    def done(self) -> int:
        """How many were done."""
        return sum(1 for item in self.items if item.state == DONE)

    @property
    def total(self) -> int:
        """How many there are without the cancelled ones."""
        return sum(1 for item in self.items if item.state != CANCELLED)

    @property
    def is_marked(self) -> bool:
        """Whether a person told of any day by itself."""
        return any(item.mark is not None for item in self.items)

    def late(self, on: date) -> Occurrence | None:
        """The open one whose day has passed, the earliest first."""
        return next((item for item in self._open() if item.due < on), None)

    def nearest(self, on: date) -> Occurrence | None:
        """The late one, else the next open one."""
        return next(iter(self._open()), None)

    def of_day(self, day: date) -> Occurrence | None:
        """The one that the plan has on a day, else the one that was moved there."""
        planned = (item for item in self.items if item.planned == day)
        return next(planned, None) or next((item for item in self.items if item.due == day), None)

    def _open(self) -> list[Occurrence]:
        return sorted((item for item in self.items if not item.is_closed), key=lambda item: (item.due, item.number))


def occurrences_of(measure: MeasureFact, deadlines: Deadlines) -> Occurrences:
    """The occurrences of a measure: those of its phrase, limited by the dates that a person set, each as it was marked.

    A measure that is done or cancelled closes the days that nobody marked. Open work closes those up to `done_on` (the
    last day that was reported for the measure as a whole), and of the days that passed it owes the last one only: what
    was due before that was either done or is no use any more. A mark on a day that the plan has no more is kept as an
    occurrence of its own when it tells of work.
    """
    found = deadlines.of(measure)
    if measure.is_optional or found.is_optional:
        return Occurrences(waits="при необходимости")
    windows = _windows(measure, deadlines, found)
    if not windows:
        return Occurrences(waits=_why_undated(found))
    marks = {mark.due_on: mark for mark in (deadlines.marks or {}).get(measure.id, ()) if mark.due_on is not None}
    days = {window.end: deadlines.start_of(found, window) for window in windows}
    told = (day for day, mark in marks.items() if day not in days and mark.state in (DONE, PARTLY))
    planned = sorted({*days, *told})
    dues = [_moved_to(marks.get(day)) or day for day in planned]
    owed_from = max((at for at, due in enumerate(dues) if due < deadlines.on), default=0)
    items = []
    for at, (day, due) in enumerate(zip(planned, dues, strict=True)):
        mark = marks.get(day)
        state = _state(measure, mark, day)
        is_past_use = at < owed_from and due < deadlines.on
        is_closed = measure.state in CLOSED or state in CLOSED or is_past_use or day not in days
        items.append(Occurrence(at + 1, _start(days.get(day), due), due, is_closed, day, state, mark))
    return Occurrences(tuple(items))


def _state(measure: MeasureFact, mark: OccurrenceFact | None, day: date) -> str:
    """How a day stands: as it was marked; without a mark as the measure says."""
    if mark is not None and mark.state not in (None, PLANNED, MOVED):
        return str(mark.state)
    if measure.state in CLOSED:
        return str(measure.state)
    is_reported = mark is None and measure.done_on is not None and day <= measure.done_on
    return DONE if is_reported else MOVED if _moved_to(mark) else PLANNED


def _moved_to(mark: OccurrenceFact | None) -> date | None:
    return mark.moved_to if mark is not None else None


def _start(start: date | None, due: date) -> date | None:
    return None if start is None else min(start, due)


def _windows(measure: MeasureFact, deadlines: Deadlines, found: PhraseReading) -> list[Window]:
    starts, due = measure.starts_on, measure.due_on
    windows = sorted(found.reading.windows, key=lambda window: (window.end, window.start))
    if not windows:
        is_own_day = due is not None and not (found.reading.kind in WAITING and due == deadlines.plan.end)
        return [Window(_not_after(starts, due), due)] if due is not None and is_own_day else []
    if due is None:
        return _begun(windows, starts)
    if len(windows) == 1:
        start = starts or windows[0].start
        if due == windows[0].end and starts is None:
            return windows
        return [Window(_not_after(start, due), due)]
    kept = [window for window in windows if window.end <= due]
    if not kept or kept[-1].end < due:
        cut = next((window for window in windows if window.start <= due < window.end), None)
        kept.append(Window(cut.start if cut else due, due))
    return _begun(kept, starts)


def _begun(windows: Sequence[Window], starts: date | None) -> list[Window]:
    """Without what was over before the start that a person set."""
    if starts is None:
        return list(windows)
    own = [Window(_not_after(max(window.start, starts), window.end), window.end) for window in windows]
    return [window for window in own if window.end >= starts] or [own[-1]]


def _not_after(start: date | None, due: date) -> date:
    return due if start is None else min(start, due)


def _why_undated(found: PhraseReading) -> str:
    reading = found.reading
    match reading.kind:
        case DeadlineKind.EVENT:
            return f"ждёт события: {reading.event}" if reading.event else "ждёт события"
        case DeadlineKind.SCHEDULE:
            return "по отдельному графику"
        case _:
            return "срок не указан" if not reading.phrase else "срок не понят: укажите день"
