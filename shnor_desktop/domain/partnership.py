"""What a partner school promised by its words («не реже 1 раза в четверть») against the events that were held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shnor_desktop.domain.deadlines import DeadlineKind, PlanPeriod, Window, read_deadline
from shnor_desktop.domain.facts import EventFact, PartnerFact
from shnor_desktop.domain.russian import short_date

YEAR = timedelta(days=365)
SOON = timedelta(days=60)
"""How long before its end an agreement is said to end soon."""
_SHORTEST = timedelta(days=20)
"""A piece of a period that the agreement cuts off is not counted when it is shorter."""
_TERMS = {9: "I", 11: "II", 1: "III", 4: "IV"}
_MONTHS = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


@dataclass(frozen=True, slots=True)
class PromisedPeriod:
    """A quarter, a month …: how many events were promised in it and how many were held; `is_over` on the day."""

    window: Window
    title: str
    needed: int
    held: int
    is_over: bool

    @property
    def is_lacking(self) -> bool:
        """Over, with fewer events than promised."""
        return self.is_over and self.held < self.needed


@dataclass(frozen=True, slots=True)
class Promise:
    """The words of a promise as they are read; without `periods` they say nothing that can be counted."""

    words: str
    is_understood: bool
    periods: tuple[PromisedPeriod, ...] = ()

    @property
    def lacking(self) -> tuple[PromisedPeriod, ...]:
        """Periods that are over and lack an event."""
        return tuple(period for period in self.periods if period.is_lacking)


def promise_of(partner: PartnerFact, events: Sequence[EventFact], as_of: date) -> Promise:
    """The promise of a partner over the last year of its agreement; `events` are those of the partner."""
    words = (partner.frequency or "").strip()
    if not words or partner.agreement_date is None or partner.agreement_date > as_of:
        return Promise(words, is_understood=not words)
    since = max(partner.agreement_date, as_of - YEAR)
    until = min(max(as_of, partner.agreement_until or since + YEAR), as_of + YEAR)
    reading = read_deadline(words, PlanPeriod(since, until))
    if reading.kind is not DeadlineKind.RECURRING or reading.times is None or not reading.windows:
        return Promise(words, is_understood=False)
    needed = reading.times.min or reading.times.max or 1
    held = [event.held_on for event in events if event.is_held(as_of) and event.held_on is not None]
    last = min(partner.agreement_until or as_of, as_of)
    periods = []
    for window in reading.windows:
        is_piece = window.start == since or window.end == until
        is_short = is_piece and window.end - window.start < _SHORTEST
        if window.start > last or is_short or _is_of_holidays(window):
            continue
        count = sum(1 for day in held if window.start <= day <= window.end)
        title = _title(window, reading.times.per)
        periods.append(PromisedPeriod(window, title, needed, count, window.end < as_of))
    return Promise(words, True, tuple(periods))


def ends_soon(partner: PartnerFact, as_of: date) -> bool:
    """Whether the agreement holds today and ends within two months."""
    until = partner.agreement_until
    return until is not None and as_of <= until <= as_of + SOON


def _is_of_holidays(window: Window) -> bool:
    """July and August: no school meets then."""
    return window.start.year == window.end.year and window.start.month >= 7 and window.end.month <= 8


def _title(window: Window, per: str) -> str:
    start = window.start
    if per == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if per == "term":
        first = max((month for month in _TERMS if month <= start.month), default=1)
        year = start.year if first >= 9 else start.year - 1
        return f"{_TERMS[first]} четверть {year}/{(year + 1) % 100:02}"
    if per == "quarter":
        return f"{('I', 'II', 'III', 'IV')[(start.month - 1) // 3]} квартал {start.year}"
    return f"{short_date(start)}–{short_date(window.end)}"
