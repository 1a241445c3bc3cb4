"""The days of one measure: each occurrence of its deadline with what is closed, late or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.deadlines import DeadlineKind, Window
from shnor_desktop.domain.facts import MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences.readings import WAITING, Deadlines, PhraseReading, deadlines_of

_CLOSED = ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of the times that a measure falls due; `number` counts from 1."""

    number: int
    start: date | None
    due: date
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Occurrences:
    """All of them by their days. `waits` says why there is none: «при необходимости», «после события: …»."""

    items: tuple[Occurrence, ...] = ()
    waits: str = ""

    def late(self, on: date) -> Occurrence | None:
        """The open one whose day has passed."""
        return next((item for item in self.items if not item.is_closed and item.due < on), None)

    def nearest(self, on: date) -> Occurrence | None:
        """The late one, else the next open one."""
        return self.late(on) or next((item for item in self.items if not item.is_closed), None)


def occurrences_of(measure: MeasureFact, deadlines: Deadlines) -> Occurrences:
    """The occurrences of a measure: those of its phrase, limited by the dates that a person set.

    Done closes them all. Open work closes those up to `done_on` (the last day that was reported), and of the days that
    passed it owes the last one only: what was due before that was either done or is no use any more.
    """
    found = deadlines.of(measure)
    if measure.is_optional or found.is_optional:
        return Occurrences(waits="при необходимости")
    windows = _windows(measure, deadlines, found)
    if not windows:
        return Occurrences(waits=_why_undated(found))
    passed = [at for at, window in enumerate(windows) if window.end < deadlines.on]
    owed_from = passed[-1] if passed else 0
    items = []
    for at, window in enumerate(windows):
        is_reported = measure.done_on is not None and window.end <= measure.done_on
        is_closed = measure.state in _CLOSED or is_reported or at < owed_from
        items.append(Occurrence(at + 1, deadlines.start_of(found, window), window.end, is_closed))
    return Occurrences(tuple(items))


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


def late_days(pack: Pack, facts: SchoolFacts) -> dict[str, date]:
    """The day that each late measure of the current road map owes, by the id of the measure."""
    deadlines = deadlines_of(pack, facts)
    late = (
        (measure.id, occurrences_of(measure, deadlines).late(facts.as_of)) for measure in facts.current(facts.measures)
    )
    return {row: occurrence.due for row, occurrence in late if occurrence is not None}
