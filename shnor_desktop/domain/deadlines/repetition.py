"""Windows of what repeats: every unit of the plan, or a place in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shnor_desktop.domain.deadlines.calendar import (
    DAY,
    Grain,
    Piece,
    decade_of,
    month_window,
    per_of,
    piece_of,
    safe_date,
    units,
    week_of,
    weekday_of,
)
from shnor_desktop.domain.deadlines.line import MONTH_AFTER, Chunk, Pick, PickOf
from shnor_desktop.domain.deadlines.reading import PlanPeriod, Times, Window


def picked(pick: Pick, unit: Grain, step: int, plan: PlanPeriod) -> list[Window]:
    """The place that is picked, in each unit of the plan; not clipped, but each window's end lies in the plan."""
    if pick.of is PickOf.WEEKDAYS and unit is Grain.WEEK:
        found = [window for day in pick.weekdays for window in _each_week(day, step, plan)]
    else:
        wide = units(unit, _wider(plan) if pick.month >= MONTH_AFTER else plan, step)
        found = [window for whole in wide for window in _in_unit(pick, unit, whole)]
    return sorted(window for window in set(found) if not pick.is_due or plan.start <= window.end <= plan.end)


def _wider(plan: PlanPeriod) -> PlanPeriod:
    year_before = safe_date(max(plan.start.year - 1, 2), plan.start.month, 1) or plan.start
    return PlanPeriod(min(year_before, plan.start), plan.end)


def _each_week(weekday: int, step: int, plan: PlanPeriod) -> list[Window]:
    last = min(plan.end, plan.start + timedelta(days=366 * 30)) if plan.start.year < 9900 else plan.end
    days = weekday_of(Window(plan.start, last), weekday, 0)
    return days[::step]


def _in_unit(pick: Pick, unit: Grain, whole: Window) -> list[Window]:
    if pick.of is PickOf.WEEKDAYS:
        found = [
            window for day in pick.weekdays for nth in (pick.nths or (0,)) for window in weekday_of(whole, day, nth)
        ]
        return [Window(whole.start, window.end) for window in found] if pick.is_due else found
    if pick.of is PickOf.PIECE:
        return _piece(pick, unit, whole)
    month = _month_of(pick, whole)
    if month is None:
        return []
    if pick.of is PickOf.MONTH:
        return [Window(whole.start, month.end) if pick.is_due else month]
    start = whole.start if 0 != pick.month < MONTH_AFTER else month.start
    if not pick.is_due:
        return [_days(days, month, None) for days in pick.days]
    chained: list[Window] = []
    for days in sorted(pick.days):
        window = _days(days, month, start)
        if window.start <= window.end:
            chained.append(window)
            start = window.end + DAY
    return chained


def _month_of(pick: Pick, whole: Window) -> Window | None:
    if pick.month >= MONTH_AFTER:
        return month_window(whole.end.year, whole.end.month + 1 + pick.month - MONTH_AFTER)
    if pick.month < 0:
        return month_window(whole.end.year, whole.end.month)
    found = month_window(whole.start.year, whole.start.month + max(pick.month, 1) - 1)
    return found if found.start <= whole.end else None


def _days(days: tuple[int, int], month: Window, start_of_work: date | None) -> Window:
    """The days of this month; a day that it does not have is its last one."""
    first, last = (month.start + timedelta(days=min(day, month.end.day) - 1) for day in days)
    return Window(first if start_of_work is None else start_of_work, last)


def _piece(pick: Pick, unit: Grain, whole: Window) -> list[Window]:
    if pick.piece is Piece.LAST_DAY:
        day = whole.end
        while pick.days and day.weekday() >= 5:
            day -= DAY
        return [Window(whole.start if pick.is_due else day, day)]
    if pick.grain is Grain.DECADE:
        month = whole if unit is Grain.MONTH else month_window(whole.end.year, whole.end.month)
        month = _month_of(pick, whole) or month if pick.month else month
        found = [decade_of(month, nth) for nth in pick.nths]
    elif pick.grain is Grain.WEEK:
        inside = (_month_of(pick, whole) or whole) if pick.month else whole
        found = [window for nth in pick.nths for window in week_of(inside, nth)]
    elif pick.is_due and pick.piece is Piece.END:
        found = [Window(whole.start, piece_of(whole, Piece.TEACHING, unit).end)]
    elif pick.is_due and pick.piece is Piece.BEGIN:
        found = [Window(whole.start, whole.start)]
    else:
        found = [piece_of(whole, pick.piece, unit)]
    return [Window(whole.start, window.end) for window in found] if pick.is_due else found


def default_unit(picks: Sequence[Pick]) -> Grain:
    """The unit of a pick that names none: a month."""
    return next((pick.unit for pick in picks if pick.unit is not None), Grain.MONTH)


def times_of_picks(picks: Sequence[Chunk]) -> Times:
    """How often the first pick comes in its unit."""
    pick = picks[0].pick
    unit = (pick.unit if pick else None) or Grain.MONTH
    count = 1
    if pick:
        count = max(len(pick.nths), 1) * max(len(pick.weekdays), 1) * max(len(pick.days), 1)
    return Times(count, count, per_of(unit, picks[0].step))


def times_of_places(times: Times | None, places: Sequence[Chunk]) -> Times:
    """«ежегодно, в апреле и октябре» is twice a year; what the phrase itself counts stays."""
    count = sum(len(chunk.elements) for chunk in places)
    is_plain_year = times is None or (times.min == times.max == 1 and times.per == "year")
    return Times(count, count, times.per if times else "year") if is_plain_year or times is None else times
