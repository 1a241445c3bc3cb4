"""Grammar of years: calendar and school ones, by number or as «текущий», and as the end of another date."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shnor_desktop.domain.deadlines.calendar import Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.grammar_following import following
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.tokens import Kind
from shnor_desktop.domain.deadlines.words import Role

YEAR_WORDS = "г|год|года|году|годом|гг|годы|годов|годах|годам"
_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class Point:
    """A span that stands before token `end`; `bare` is a number that still needs its unit."""

    end: int
    span: Span | None = None
    stretch: Stretch | None = None
    bare: int = 0
    bare_piece: Piece | None = None
    bare_season: int = 0
    is_sure: bool = True
    is_bare_year: bool = False
    """A number of a year without the word «год»."""
    each_year: bool = False


def year(line: Line, position: int) -> Point | None:
    """«2023», «2023 г.», «2023/24», «2023-2024 учебный год», «20 20 г.», «23 г.», «текущий учебный год»."""
    start = line.skip(position, "календарный|календарном|календарного")
    first, place = year_number(line, start)
    if first is None and line.sense(start, Role.SCHOOL):
        end = line.words(start + 1, "год|года|году|годом|г|годы")
        return None if end is None else Point(end, Span(Grain.SCHOOL_YEAR), is_bare_year=True)
    if first is None:
        short = _short_pair(line, start)
        if short is not None:
            return short
    if first is None:
        return _relative_year(line, start)
    pair = _year_pair(line, first, place)
    if pair:
        return pair
    end, is_school, is_named = _year_words(line, place)
    if is_school:
        return Point(end, Span(Grain.SCHOOL_YEAR, year=first), is_sure=False)
    return Point(end, Span(Grain.YEAR, year=first), is_bare_year=not is_named)


def year_number(line: Line, position: int) -> tuple[int | None, int]:
    token = line.at(position)
    if token.kind is not Kind.NUMBER or line.at(position - 1).text == "№":
        return None, position
    digits = token.text.rstrip("йягоемухыа -")
    if len(digits) == 4 and _FIRST_YEAR <= token.number <= _LAST_YEAR:
        return token.number, position + 1
    following = line.at(position + 1)
    is_split = token.text in ("20", "202", "19") and following.kind is Kind.NUMBER
    if is_split and len(token.text + following.text) == 4 and is_year_word(line, position + 2):
        return int(token.text + following.text), position + 2
    is_short = len(digits) == 2 and 10 <= token.number <= 60 and line.words(position + 1, "г|год|года|году|гг")
    return (2000 + token.number, position + 1) if is_short else (None, position)


def is_year_word(line: Line, position: int) -> bool:
    return line.words(position, YEAR_WORDS) is not None or line.sense(position, Role.SCHOOL) is not None


def _year_words(line: Line, position: int) -> tuple[int, bool, bool]:
    """Where «г.», «год», «учебный год» ends; whether it is a school year; whether there is such a word."""
    if line.sense(position, Role.SCHOOL):
        end = line.words(position + 1, YEAR_WORDS)
        if end is not None:
            return end, True, True
        if line.at(position).text in ("уч", "учеб", "учебн", "учебного", "учебный"):
            return position + 1, True, True
    start = line.skip_roles(position, Role.CALENDAR)
    end = line.words(start, YEAR_WORDS)
    if end is None:
        return position, False, False
    is_school = line.sense(end, Role.SCHOOL) is not None and line.words(end + 1, YEAR_WORDS) is not None
    return (end + 2, True, True) if is_school else (end, False, True)


def _year_pair(line: Line, first: int, position: int) -> Point | None:
    """«/2024», «-24 уч. г.»: the second year of a school year."""
    position = line.skip(position, "г|года")
    if not line.is_sign(position, "/-"):
        return None
    token = line.at(position + 1)
    if token.kind is not Kind.NUMBER:
        return None
    is_short = len(token.text) == 2
    second = first // 100 * 100 + token.number if is_short else token.number
    end, is_school, is_named = _year_words(line, position + 2)
    if not is_school and line.at(position).text == "-" and (not is_short or is_named):
        return None
    if second == first + 1:
        is_sure = is_school or line.at(position).text == "/"
        return Point(end, Span(Grain.SCHOOL_YEAR, year=first), is_sure=is_sure)
    if is_school and not is_short and first < second <= first + 30:
        first_year, last_year = (Span(Grain.SCHOOL_YEAR, year=n) for n in (first, second - 1))
        return Point(end, stretch=Stretch(first_year, last_year))
    return None


def _short_pair(line: Line, position: int) -> Point | None:
    """«23/24 учебный год»."""
    first, second = line.at(position), line.at(position + 2)
    if first.kind is not Kind.NUMBER or second.kind is not Kind.NUMBER or not line.is_sign(position + 1, "-/"):
        return None
    end, is_school, _ = _year_words(line, position + 3)
    is_pair = len(first.text) == len(second.text) == 2 and second.number == first.number + 1
    return Point(end, Span(Grain.SCHOOL_YEAR, year=2000 + first.number)) if is_pair and is_school else None


def _relative_year(line: Line, position: int) -> Point | None:
    """«текущий учебный год», «следующего года», «с.г.»."""
    if line.at(position).text == "с.г":
        return Point(position + 1, _years_away(line, 0, is_school=False))
    relative = line.sense(position, Role.RELATIVE)
    if relative is None:
        return None
    place = position + 1
    is_school = line.sense(place, Role.SCHOOL) is not None
    place = line.skip_roles(place, Role.SCHOOL, Role.CALENDAR)
    end = line.words(place, "г|год|года|году|годом")
    if end is None:
        return None
    away = {"current": 0, "next": 1, "previous": -1}[relative.name]
    return Point(end, _years_away(line, away, is_school=is_school), is_sure=_is_short(line) or away == 0)


def _years_away(line: Line, away: int, *, is_school: bool) -> Span:
    start = line.plan.start
    if is_school or line.plan.is_school_year:
        first = start.year - int(start.month < 8)
        if is_school:
            return Span(Grain.SCHOOL_YEAR, year=first + away)
    return Span(Grain.YEAR, year=start.year + away)


def _is_short(line: Line) -> bool:
    return (line.plan.end - line.plan.start).days < 370


def year_suffix(line: Line, position: int, span: Span) -> tuple[Span, int, bool, bool]:
    """The span with the year that stands behind it; where that ends, whether it is sure, and «каждого года»."""
    each = _each_year(line, position)
    if each is not None:
        return span, each, True, True
    place = _month_word(line, position)
    if line.is_sign(place, ",") and year_number(line, place + 1)[0] and span.grain is not Grain.DAY:
        number_end = year_number(line, place + 1)[1]
        is_list = line.is_sign(number_end, ",-/") or line.words(number_end, "и") is not None
        place += int(is_year_word(line, number_end) or not is_list)
    place = line.skip(place, "в")
    found = year(line, place)
    if span.grain is Grain.SEASON and found is not None and line.is_sign(found.end, "-"):
        found = _winter(line, place) or found
    if found is None or found.span is None or found.end == place:
        return span, _month_word(line, position), True, False
    relative = line.sense(place, Role.RELATIVE) or line.at(place).text == "с.г"
    is_school = found.span.grain is Grain.SCHOOL_YEAR
    if relative and not is_school and (found.span.year == line.plan.start.year or not _is_short(line)):
        return span, found.end, True, False  # «текущего года»: the one that lies in the plan
    dated = replace(span, year=found.span.year, in_school_year=is_school)
    return dated, found.end, found.is_sure or not found.is_bare_year, False


def _winter(line: Line, position: int) -> Point | None:
    """«2021-2022» of «зима 2021-2022»."""
    first, place = year_number(line, position)
    last, end = year_number(line, place + 1)
    if first is None or last != first + 1:
        return None
    return Point(line.skip(end, YEAR_WORDS), Span(Grain.SCHOOL_YEAR, year=first))


def _month_word(line: Line, position: int) -> int:
    """«октябрь месяц», «октябрь-месяц»."""
    place = line.words(position + int(line.is_sign(position, "-")), "месяца|месяце|месяц")
    return position if place is None else place


def _each_year(line: Line, position: int) -> int | None:
    behind = line.skip(position, "года")
    after = following(line, behind) if line.words(behind, "после") is None else None
    if after is not None and after[0] in (None, Grain.YEAR):  # «20 января года, следующего за отчётным»
        return after[1]
    place = line.skip(position, "в|за")
    if not line.sense(place, Role.EACH):
        return None
    return line.words(line.skip_roles(place + 1, Role.SCHOOL, Role.CALENDAR), "года|году|год|г")
