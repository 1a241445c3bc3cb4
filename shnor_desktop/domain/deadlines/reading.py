"""What a deadline says, once it is read: its kind, its windows in the plan, how often, after what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class DeadlineKind(StrEnum):
    """The nine kinds of deadlines; a composite phrase has the kind of its repeating part."""

    DATE = "date"
    WINDOW = "window"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    SCHEDULE = "schedule"
    EVENT = "event"
    ON_DEMAND = "on_demand"
    STAGE = "stage"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Days from `start` to `end`, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """The days of a plan from `start` to `end`, both included; ValueError when they are the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a plan cannot end before it begins")

    @property
    def is_school_year(self) -> bool:
        """The plan counts in school years: it begins at the start of one, or ends at the end of one."""
        if self.start.month in (8, 9):
            return (self.end.month, self.end.day) != (12, 31) or self.end.year == self.start.year
        ends_with_school = self.end.month in (5, 6, 7, 8)
        if self.start.month > 9:
            return ends_with_school and self.end.year > self.start.year
        is_spring = self.end.year == self.start.year and self.end.month in (5, 8) and self.start.month < 6
        return is_spring and (self.start.month, self.start.day) != (1, 1)


@dataclass(frozen=True, slots=True)
class Times:
    """How many times in each `per`: a unit («week», «month», «half_year»), several («2 months»), or «plan»."""

    min: int | None
    max: int | None
    per: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of `phrase`; what was not is in `unparsed`, and nothing is guessed in silence."""

    phrase: str
    kind: DeadlineKind
    windows: tuple[Window, ...] = ()
    times: Times | None = None
    event: str = ""
    confident: bool = True
    unparsed: tuple[str, ...] = ()
    stage: str = ""
    is_optional: bool = False

    @property
    def recognised(self) -> bool:
        """Something of the phrase was understood."""
        return self.kind is not DeadlineKind.UNKNOWN

    def due_dates(self) -> tuple[date, ...]:
        """The last day of every window, without repetition."""
        return tuple(sorted({window.end for window in self.windows}))

    def next_due(self, on: date) -> date | None:
        """The nearest due date that is not before `on`."""
        return next((day for day in self.due_dates() if day >= on), None)


def reading_to_plain(reading: Reading) -> dict[str, Any]:
    """The reading as values that JSON can hold."""
    times = reading.times
    return {
        "phrase": reading.phrase,
        "recognised": reading.recognised,
        "kind": reading.kind.value,
        "windows": [{"start": window.start.isoformat(), "end": window.end.isoformat()} for window in reading.windows],
        "times": None if times is None else {"min": times.min, "max": times.max, "per": times.per},
        "event": reading.event or None,
        "confident": reading.confident,
        "unparsed": list(reading.unparsed),
        "stage": reading.stage or None,
        "is_optional": reading.is_optional,
    }


def reading_from_plain(plain: Mapping[str, Any]) -> Reading:
    """The reading that `reading_to_plain` wrote; KeyError, TypeError or ValueError for anything else."""
    times = plain["times"]
    return Reading(
        phrase=str(plain["phrase"]),
        kind=DeadlineKind(plain["kind"]),
        windows=_windows(plain["windows"]),
        times=None if times is None else Times(_count(times["min"]), _count(times["max"]), str(times["per"])),
        event=str(plain["event"] or ""),
        confident=bool(plain["confident"]),
        unparsed=tuple(str(part) for part in plain["unparsed"]),
        stage=str(plain.get("stage") or ""),
        is_optional=bool(plain.get("is_optional", False)),
    )


def _windows(plain: Sequence[Mapping[str, str]]) -> tuple[Window, ...]:
    return tuple(Window(date.fromisoformat(item["start"]), date.fromisoformat(item["end"])) for item in plain)


def _count(value: Any) -> int | None:
    return None if value is None else int(value)
