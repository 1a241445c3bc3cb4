"""What cannot be is not replaced by what stands near it: «31 июня», «4-я декада мая», «5–4 раза в год»."""

from __future__ import annotations

from shnor_desktop.domain.deadlines.calendar import NUMBERED, Grain, Span, occurrences
from shnor_desktop.domain.deadlines.grammar_frequency import per_unit
from shnor_desktop.domain.deadlines.grammar_points import is_day_of_plan, point
from shnor_desktop.domain.deadlines.grammar_years import year_suffix
from shnor_desktop.domain.deadlines.line import Chunk, Line, Part
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role


def impossible_end(line: Line, chunk: Chunk) -> int | None:
    """Where a chunk ends that names days which no calendar has."""
    if chunk.part is not Part.SPANS or all(occurrences(element, line.plan) for element in chunk.elements):
        return None
    return chunk.end


def impossible(line: Line, position: int) -> int | None:
    """Where something ends that has the form of a deadline and cannot be one."""
    if line.ordinal(position) is None:
        return None
    end = _day(line, position) or _part(line, position) or _count(line, position)
    if end is None:
        return None
    joint = end + 1 if line.is_sign(end, "-") else line.words(end, "по|до")
    behind = point(line, joint) if joint is not None else None
    return end if behind is None else behind.end


def _day(line: Line, position: int) -> int | None:
    """«31 июня», «29 февраля 2023 года», «35 числа каждого месяца»."""
    token = line.at(position)
    if token.kind is not Kind.NUMBER or len(token.text) > 4:
        return None
    place = line.skip(position + 1, "числа|число|числу")
    month = line.sense(place, Role.MONTH)
    if month is not None and len(token.text) <= 2:
        span, end, _, _ = year_suffix(line, place + 1, Span(Grain.MONTH, month.number))
        return None if is_day_of_plan(line, token.number, month.number, span.year) else end
    if place > position + 1 and not 1 <= token.number <= 31:
        return line.skip(line.skip_roles(place, Role.EACH, Role.RELATIVE), "месяца")
    return None


def _part(line: Line, position: int) -> int | None:
    """«4-я декада мая», «6-я неделя октября», «5 квартал 2023 года»."""
    place = line.skip_roles(position + 1, Role.SCHOOL, Role.CALENDAR)
    grain, nth = line.unit(place), line.ordinal(position)
    if grain not in NUMBERED or nth is None or (-1 <= nth <= NUMBERED[grain] and nth != 0):
        return None
    is_inside_month = grain in (Grain.DECADE, Grain.WEEK)
    month = line.sense(place + 1, Role.MONTH)
    if is_inside_month and month is None:
        return None
    end = place + 1 + int(is_inside_month)
    return year_suffix(line, end, Span(Grain.MONTH, 1))[1]


def _count(line: Line, position: int) -> int | None:
    """«0 раз в год», «5–4 раза в год»."""
    low, place = line.number(position), position + 1
    if low and line.is_sign(place, "-"):
        high = line.number(place + 1)
        if high is None or high >= low:
            return None
        place += 2
    elif low != 0:
        return None
    if not line.sense(place, Role.TIMES):
        return None
    unit = per_unit(line, place + 1)
    return place + 1 if unit is None else unit.end
