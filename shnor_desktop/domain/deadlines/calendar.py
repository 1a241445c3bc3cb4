"""Parts of the calendar and of the school year, and the days that they take in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shnor_desktop.domain.deadlines.reading import PlanPeriod, Window

DAY = timedelta(days=1)
_MAX_YEARS = 30


class Grain(StrEnum):
    """What part of the calendar a span is; the values are also the units of repetition."""

    DAY = "day"
    WEEKDAY = "weekday"
    """The n-th such weekday of a month."""
    WEEK = "week"
    """The n-th week of a month."""
    DECADE = "decade"
    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    TRIMESTER = "trimester"
    HALF = "half_year"
    SEASON = "season"
    HOLIDAY = "holiday"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    PLAN = "plan"


CALENDAR_YEAR = 1
"""The number of a span of years that is calendar in any plan: «календарный год»."""
LENGTHS = {
    Grain.DAY: 1, Grain.WEEKDAY: 1, Grain.WEEK: 7, Grain.DECADE: 10, Grain.MONTH: 30, Grain.HOLIDAY: 10, Grain.TERM: 60,
    Grain.QUARTER: 90, Grain.TRIMESTER: 91, Grain.SEASON: 90, Grain.HALF: 180, Grain.YEAR: 365, Grain.SCHOOL_YEAR: 365,
    Grain.PLAN: 9999,
}  # fmt: skip
NUMBERED = {Grain.QUARTER: 4, Grain.TERM: 4, Grain.TRIMESTER: 3, Grain.HALF: 2, Grain.DECADE: 3, Grain.WEEK: 5}
"""Grains of which there are several in a year or a month, and how many."""


_PER = {(Grain.MONTH, 3): Grain.QUARTER, (Grain.MONTH, 6): Grain.HALF, (Grain.MONTH, 12): Grain.YEAR,
        (Grain.QUARTER, 2): Grain.HALF, (Grain.HALF, 2): Grain.YEAR}  # fmt: skip


def per_of(grain: Grain, step: int) -> str:
    """The `per` of Times: «раз в 6 месяцев» is once in a half-year, a school year is a year."""
    grain, step = (_PER[grain, step], 1) if (grain, step) in _PER else (grain, step)
    grain = Grain.YEAR if grain is Grain.SCHOOL_YEAR else grain
    return grain.value if step == 1 else f"{step} {grain.value}s"


class Piece(StrEnum):
    """A piece of a span."""

    WHOLE = ""
    BEGIN = "begin"
    MIDDLE = "middle"
    END = "end"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    TEACHING = "teaching"
    """The school year up to the end of lessons."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the calendar: of one year, of every year, of a school year."""

    grain: Grain
    number: int = 0
    """Which month, quarter, half …; 0 is any."""
    year: int | None = None
    in_school_year: bool = False
    """`year` is the one in which the school year begins."""
    day: int = 0
    nth: int = 0
    """Which week, decade or weekday of the month; -1 is the last."""
    weekday: int = 0
    piece: Piece = Piece.WHOLE


@dataclass(frozen=True, slots=True)
class Stretch:
    """Everything from one span to another."""

    first: Span
    last: Span


Element = Span | Stretch


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or nothing when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_window(year: int, month: int, months: int = 1) -> Window:
    """`months` whole months from this one; a month above 12 belongs to the years after."""
    first = _first_of(year, month)
    return Window(first, _first_of(year, month + months) - DAY)


def _first_of(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(min(max(year, 1), 9999), month, 1)


def years_of(plan: PlanPeriod) -> range:
    """The years that can touch the plan."""
    return range(max(plan.start.year - 1, 2), min(plan.end.year + 1, plan.start.year + _MAX_YEARS, 9990) + 1)


def clipped(windows: Iterable[Window], plan: PlanPeriod) -> tuple[Window, ...]:
    """What lies inside the plan, sorted, each once."""
    inside = {Window(max(window.start, plan.start), min(window.end, plan.end)) for window in windows}
    return tuple(sorted(window for window in inside if window.start <= window.end))


def without(windows: Iterable[Window], left_out: Sequence[Window]) -> list[Window]:
    """The windows without the days of others."""
    rest = list(windows)
    for gap in _merged(left_out):
        pieces: list[Window] = []
        for window in rest:
            if window.end < gap.start or window.start > gap.end:
                pieces.append(window)
                continue
            if window.start < gap.start:
                pieces.append(Window(window.start, gap.start - DAY))
            if window.end > gap.end:
                pieces.append(Window(gap.end + DAY, window.end))
        rest = pieces
    return rest


def _merged(windows: Iterable[Window]) -> list[Window]:
    found: list[Window] = []
    for window in sorted(set(windows)):
        if found and window.start <= found[-1].end + DAY:
            found[-1] = Window(found[-1].start, max(window.end, found[-1].end))
        else:
            found.append(window)
    return found


def occurrences(element: Element, plan: PlanPeriod) -> list[Window]:
    """Where the element lies, sorted: in its own year, or in every year that can touch the plan; not clipped."""
    if isinstance(element, Stretch):
        return _stretched(element, plan)
    years = years_of(plan) if element.year is None else [min(max(element.year, 2), 9990)]
    windows = {window for year in years for window in _in_year(element, year, plan)}
    return sorted(_piece(window, element) for window in windows)


def _stretched(element: Stretch, plan: PlanPeriod) -> list[Window]:
    firsts, lasts = occurrences(element.first, plan), occurrences(element.last, plan)
    if element.first.year is not None and element.last.year is None and firsts:
        lasts = occurrences_from(element.last, firsts[0].start.year, plan)
    if element.last.year is not None and element.first.year is None and lasts:
        firsts = occurrences_from(element.first, lasts[0].end.year - 1, plan)
        before = [window for window in firsts if window.start <= lasts[0].end]
        return [Window(before[-1].start, lasts[0].end)] if before else []
    found = []
    for first in firsts:
        last = next((window for window in lasts if window.end >= first.start and window.start >= first.start), None)
        if last is not None:
            found.append(Window(first.start, last.end))
    return found


def occurrences_from(span: Span, year: int, plan: PlanPeriod) -> list[Window]:
    """Where a span without a year lies in this year and the two around it."""
    windows = {w for y in (year - 1, year, year + 1) for w in _in_year(span, min(max(y, 2), 9990), plan)}
    return sorted(_piece(window, span) for window in windows)


_TERMS = ((9, 2), (11, 2), (13, 3), (16, 2))
_TRIMESTERS = ((9, 3), (12, 3), (15, 3))
_SEASONS = ((9, 3), (12, 3), (15, 3), (18, 3))
_HOLIDAYS = (((10, 26), (11, 5)), ((12, 29), (13, 8)), ((15, 23), (16, 1)), ((18, 1), (20, 31)))


def _in_year(span: Span, year: int, plan: PlanPeriod) -> list[Window]:
    if span.number == 0 and span.grain in _MANY:
        return [w for n in range(1, _MANY[span.grain] + 1) for w in _one_in_year(span, n, year, plan)]
    return _one_in_year(span, span.number, year, plan)


_MANY = {Grain.QUARTER: 4, Grain.TERM: 4, Grain.TRIMESTER: 3, Grain.HALF: 2, Grain.SEASON: 4, Grain.HOLIDAY: 4,
         Grain.MONTH: 12, Grain.WEEKDAY: 12, Grain.WEEK: 12, Grain.DECADE: 12}  # fmt: skip


def _one_in_year(span: Span, number: int, year: int, plan: PlanPeriod) -> list[Window]:
    grain = span.grain
    if grain is Grain.YEAR:
        if span.year is None and plan.is_school_year and number != CALENDAR_YEAR:
            return [month_window(year, 9, 12)]
        return [month_window(year, 1, 12)]
    if grain is Grain.SCHOOL_YEAR:
        return [month_window(year, 9, 12)]
    if grain is Grain.PLAN:
        return [Window(plan.start, plan.end)]
    if grain in (Grain.TERM, Grain.TRIMESTER, Grain.SEASON, Grain.HOLIDAY):
        return [_of_school(span, number, year)]
    if grain is Grain.HALF:
        is_of_school = span.in_school_year or (span.year is None and plan.is_school_year)
        if is_of_school:
            return [month_window(year, 9, 4) if number == 1 else month_window(year, 13, 8)]
        return [month_window(year, 6 * number - 5, 6)]
    if grain is Grain.QUARTER:
        return [month_window(year + int(span.in_school_year and number < 4), 3 * number - 2, 3)]
    return _inside_month(span, number, year + int(span.in_school_year and number < 9))


def _of_school(span: Span, number: int, year: int) -> Window:
    """Terms, seasons and holidays count from September; with a calendar year those after New Year lie in it."""
    is_calendar = span.year is not None and not span.in_school_year
    if span.grain is Grain.HOLIDAY:
        (month, day), (last_month, last_day) = _HOLIDAYS[number - 1]
        year -= int(is_calendar and month > 12)
        start, end = month_window(year, month).start, month_window(year, last_month).start
        return Window(start.replace(day=day), end.replace(day=last_day))
    table = {Grain.TERM: _TERMS, Grain.TRIMESTER: _TRIMESTERS, Grain.SEASON: _SEASONS}[span.grain]
    first, months = table[number - 1]
    return month_window(year - int(is_calendar and first > 12), first, months)


def _inside_month(span: Span, month: int, year: int) -> list[Window]:
    whole = month_window(year, month)
    if span.grain is Grain.MONTH:
        return [whole]
    if span.grain is Grain.DAY:
        day = safe_date(year, month, span.day)
        return [Window(day, day)] if day else []
    if span.grain is Grain.DECADE:
        return [decade_of(whole, span.nth)]
    if span.grain is Grain.WEEK:
        return week_of(whole, span.nth)
    return weekday_of(whole, span.weekday, span.nth)


def decade_of(month: Window, nth: int) -> Window:
    """The first, second or third ten days; -1 is the third."""
    nth = 3 if nth < 0 else nth
    start = month.start + timedelta(days=10 * (nth - 1))
    return Window(start, month.end if nth == 3 else start + timedelta(days=9))


def week_of(month: Window, nth: int) -> list[Window]:
    """The n-th week of a month as schools count: days 1–7 are the first; -1 is the last seven days."""
    if nth < 0:
        return [Window(month.end - timedelta(days=6), month.end)]
    start = month.start + timedelta(days=7 * (nth - 1))
    return [Window(start, min(start + timedelta(days=6), month.end))] if start <= month.end else []


def weekday_of(window: Window, weekday: int, nth: int) -> list[Window]:
    """The n-th such weekday (0 is Monday) of a month or a longer unit; -1 is the last, 0 is each."""
    first = window.start + timedelta(days=(weekday - window.start.weekday()) % 7)
    days = [first + timedelta(days=7 * n) for n in range(((window.end - first).days // 7) + 1)]
    if nth:
        index = nth - 1 if nth > 0 else len(days) + nth
        days = days[index : index + 1] if index >= 0 else []
    return [Window(day, day) for day in days]


def _piece(window: Window, span: Span) -> Window:
    piece = span.piece
    if piece is Piece.WHOLE:
        return window
    return piece_of(window, piece, span.grain)


def piece_of(window: Window, piece: Piece, grain: Grain) -> Window:
    """The beginning, the middle, a half … of a window."""
    if piece is Piece.FIRST_DAY:
        return Window(window.start, window.start)
    if piece is Piece.LAST_DAY:
        return Window(window.end, window.end)
    if grain in (Grain.SCHOOL_YEAR, Grain.YEAR) and window.end.month == 8:  # lessons end in May
        window = Window(window.start, window.end.replace(month=5, day=31))
    if piece is Piece.TEACHING:
        return window
    length = (window.end - window.start).days + 1
    if piece in (Piece.FIRST_HALF, Piece.SECOND_HALF):
        return _half(window, piece, grain, length)
    if grain is Grain.MONTH:
        return decade_of(window, {Piece.BEGIN: 1, Piece.MIDDLE: 2, Piece.END: 3}[piece])
    if length < 32:
        third = max(length // 3, 1)
        starts = {Piece.BEGIN: 0, Piece.MIDDLE: (length - third) // 2, Piece.END: length - third}
        start = window.start + timedelta(days=starts[piece])
        return Window(start, start + timedelta(days=third - 1))
    if piece is Piece.BEGIN:
        return month_window(window.start.year, window.start.month)
    if piece is Piece.END:
        return month_window(window.end.year, window.end.month)
    months = round(length / 30.4)
    return month_window(window.start.year, window.start.month + (months - 1) // 2, 2 - months % 2)


def _half(window: Window, piece: Piece, grain: Grain, length: int) -> Window:
    middle = window.start + timedelta(days=14 if grain is Grain.MONTH else length // 2 - 1)
    if grain is Grain.YEAR and window.start.month == 1:
        middle = window.start.replace(month=6, day=30)
    elif window.start.month == 9 and length > 250:
        middle = window.start.replace(month=12, day=31)
    return Window(window.start, middle) if piece is Piece.FIRST_HALF else Window(middle + DAY, window.end)


def units(grain: Grain, plan: PlanPeriod, step: int = 1) -> list[Window]:
    """The calendar units that touch the plan, not clipped; with a step, blocks of so many."""
    end = min(plan.end, safe_date(min(plan.start.year + _MAX_YEARS, 9990), 12, 31) or plan.end)
    if grain is Grain.PLAN:
        return [Window(plan.start, plan.end)]
    if grain in (Grain.DAY, Grain.WEEK):
        length = timedelta(days=step if grain is Grain.DAY else 7 * step)
        first = plan.start
        if grain is Grain.WEEK and first.toordinal() > 7:
            first -= timedelta(days=plan.start.weekday())
        count = ((end - first) // length) + 1
        return [Window(first + n * length, first + (n + 1) * length - DAY) for n in range(count)]
    if step > 1 and grain is Grain.MONTH:
        start = plan.start
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        return [month_window(start.year, start.month + n, step) for n in range(0, months, step)]
    if grain is Grain.DECADE:
        whole = [decade_of(month, nth) for month in units(Grain.MONTH, plan) for nth in (1, 2, 3)]
    else:
        whole = occurrences(Span(grain), plan)
    touching = [window for window in whole if window.end >= plan.start and window.start <= end]
    return [Window(block[0].start, block[-1].end) for block in _blocks(touching, step)]


def _blocks(windows: Sequence[Window], step: int) -> Iterable[Sequence[Window]]:
    return (windows[start : start + step] for start in range(0, len(windows), step))
