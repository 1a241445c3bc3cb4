"""Grammar of one point of the calendar: a day, a month, a quarter, a half, a term, a season, a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shnor_desktop.domain.deadlines.calendar import NUMBERED, Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.grammar_years import YEAR_WORDS, Point, is_year_word, year, year_number, year_suffix
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.tokens import Kind, days_in_month
from shnor_desktop.domain.deadlines.words import Role


def point(line: Line, position: int) -> Point | None:
    """A point at the position: the longest that a rule finds."""
    place = ("point", position)
    if place not in line.memory:
        found = [result for rule in _RULES if (result := rule(line, position)) is not None]
        line.memory[place] = max(found, key=lambda result: result.end, default=None)
    known: Point | None = line.memory[place]
    return known


# ----------------------------------------------------------------------------------------------------------------- day


def _written_date(line: Line, position: int) -> Point | None:
    token = line.at(position)
    if token.kind is Kind.MONTH:
        end = line.skip(position + 1, YEAR_WORDS)
        return Point(end, Span(Grain.MONTH, token.month, token.year))
    if token.kind is not Kind.DATE:
        return None
    span = Span(Grain.DAY, token.month, token.year, day=token.day)
    end, each, is_sure = position + 1, False, True
    if token.year is None:
        span, end, is_sure, each = year_suffix(line, end, span)
    else:
        end = line.skip(end, YEAR_WORDS)
    return Point(clock_behind(line, end), span, each_year=each, is_sure=is_sure)


def clock_behind(line: Line, position: int) -> int:
    """«14.30 – 15.00», «в 10:00», «с 9.00 до 10.00 часов»: hours beside a date are read over."""
    end = position
    place = line.skip(position, "в|с|к|до")
    while _is_clock(line, place):
        end = line.skip(place + 1, "ч|час|часов|часа|мин")
        place = end + 1 if line.is_sign(end, "-") else line.skip(end, "до|по")
    return end


def _is_clock(line: Line, position: int) -> bool:
    token = line.at(position)
    if token.kind is Kind.TIME:
        return True
    if token.kind is Kind.DATE and token.year is None and token.text.count(".") == 1:
        return token.day < 24 and (line.is_sign(position + 1, "-") or line.is_sign(position - 1, "-"))
    return token.kind is Kind.NUMBER and token.number < 24 and line.words(position + 1, "ч|час|часов|часа") is not None


def _blank_date(line: Line, position: int) -> Point | None:
    """«« 08 » « 05 » 20 20 г.»: the blank of a form, filled in."""
    day, month = line.at(position), line.at(position + 1)
    if not (day.kind is month.kind is Kind.NUMBER and len(day.text) <= 2 and len(month.text) == 2):
        return None
    number, end = year_number(line, position + 2)
    if number is None or not is_year_word(line, end) or not _is_day(day.number, month.number, number):
        return None
    return Point(line.skip(end, YEAR_WORDS), Span(Grain.DAY, month.number, number, day=day.number))


def _is_day(day: int, month: int, in_year: int | None) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(month, in_year)


def is_day_of_plan(line: Line, day: int, month: int, year: int | None) -> bool:
    """There is such a day; without a year «29 февраля» is one only if the plan has it."""
    if (day, month) != (29, 2) or year is not None:
        return _is_day(day, month, year)
    years = range(line.plan.start.year, min(line.plan.end.year, line.plan.start.year + 8) + 1)
    return any(days_in_month(2, year) == 29 for year in years)


def day_number(line: Line, position: int) -> tuple[int, int] | None:
    """A day of a month in digits or words («двадцать пятого»), and the place behind it."""
    count = line.sense(position, Role.COUNT)
    order = line.sense(position + 1, Role.ORDINAL)
    if count and count.number in (20, 30) and order and 1 <= order.number <= 9:
        return count.number + order.number, position + 2
    token = line.at(position)
    if token.kind is Kind.NUMBER and 1 <= token.number <= 31 and len(token.text.split("-")[0].strip()) <= 5:
        return token.number, position + 1
    order = line.sense(position, Role.ORDINAL)
    if order and 1 <= order.number <= 31:
        return order.number, position + 1
    return None


def _day_of_month(line: Line, position: int) -> Point | None:
    found = day_number(line, position)
    if found is None:
        return None
    day, place = found
    month = line.sense(line.skip(place, "число|числа|числу"), Role.MONTH)
    place = line.skip(place, "число|числа|числу")
    if month is None or not _is_day(day, month.number, None) or _is_item_number(line, position, place):
        return None
    span, end, is_sure, each = year_suffix(line, place + 1, Span(Grain.DAY, month.number, day=day))
    if not is_day_of_plan(line, day, month.number, span.year):
        return None
    return Point(clock_behind(line, end), span, is_sure=is_sure, each_year=each)


# --------------------------------------------------------------------------------------------------------------- month


def _month(line: Line, position: int) -> Point | None:
    month = line.sense(position, Role.MONTH)
    if month is None:
        return None
    span, end, is_sure, each = year_suffix(line, position + 1, Span(Grain.MONTH, month.number))
    if _is_impossible_day(line, position - 1, month.number, span.year):
        return None
    return Point(end, span, is_sure=is_sure, each_year=each)


def _is_item_number(line: Line, position: int, month: int) -> bool:
    """«2. Октябрь» in a list of items."""
    is_genitive = line.at(month).text.endswith(("я", "а"))
    return not is_genitive and "." in line.text[line.at(position).end : line.at(month).start]


def _is_impossible_day(line: Line, position: int, month: int, year: int | None) -> bool:
    """«31» of «31 июня»: then the month alone says nothing either."""
    token = line.at(position) if position >= 0 else None
    is_number = token is not None and token.kind is Kind.NUMBER and len(token.text) <= 2
    return token is not None and is_number and not is_day_of_plan(line, token.number, month, year)


def _decade_about(line: Line, position: int, nth: int) -> Point | None:
    month = line.sense(position + 2, Role.MONTH)
    if month is None:
        return None
    span, end, _, each = year_suffix(line, position + 3, Span(Grain.DECADE, month.number, nth=nth))
    return Point(end, span, is_sure=False, each_year=each)


def _in_month(line: Line, position: int) -> Point | None:
    """«третья декада октября», «1-я неделя сентября», «последняя пятница мая», «последний рабочий день июня»."""
    nth = line.ordinal(position)
    if nth is None or nth == 0:
        return None
    if nth in (10, 20) and line.at(position + 1).text in ("числах", "числа") and line.at(position).text.endswith("х"):
        nth = nth // 10 + 1  # «в 20-х числах»: the third ten days
        return _decade_about(line, position, nth)
    place = line.skip_roles(position + 1, Role.WORKING, Role.SCHOOL)
    weekday, unit = line.sense(place, Role.WEEKDAY), line.unit(place)
    is_decade = unit is Grain.DECADE or (line.at(place).text == "дек" and line.sense(place + 1, Role.MONTH))
    is_ends = line.sense(place, Role.DAY_NUMBER) is not None and nth in (1, -1)
    if not weekday and not is_decade and not is_ends and unit not in (Grain.WEEK, Grain.DAY):
        return None
    after = place + 1
    month = line.sense(line.skip(after, "в"), Role.MONTH)
    if month is None:
        return None
    span, end, is_sure, each = year_suffix(line, line.skip(after, "в") + 1, Span(Grain.MONTH, month.number))
    grain = Grain.DECADE if is_decade or is_ends else Grain.WEEK
    if weekday:
        span = replace(span, grain=Grain.WEEKDAY, nth=nth, weekday=weekday.number)
    elif unit is Grain.DAY:
        if nth not in (1, -1):
            return None
        span = replace(span, piece=Piece.FIRST_DAY if nth == 1 else Piece.LAST_DAY)
        is_sure = is_sure and place == position + 1
    elif abs(nth) <= NUMBERED[grain]:
        span = replace(span, grain=grain, nth=nth)
    else:
        return None
    return Point(end, span, is_sure=is_sure and not is_ends, each_year=each)


# --------------------------------------------------------------------------------------------- quarters, halves, terms


def _numbered(line: Line, position: int) -> Point | None:
    """«IV квартал 2023 г.», «1-е полугодие», «вторая четверть», «квартал 2»."""
    nth, place = line.ordinal(position), position + 1
    unit = line.unit(line.skip_roles(place, Role.SCHOOL, Role.CALENDAR))
    if nth is not None and unit in _MANY_A_YEAR:
        end = line.skip_roles(place, Role.SCHOOL, Role.CALENDAR) + 1
    elif line.unit(position) in _MANY_A_YEAR and line.ordinal(place) is not None and line.number(place) != 0:
        if line.at(place).kind is Kind.NUMBER and line.at(place).number > 4:
            return None
        unit, nth, end = line.unit(position), line.ordinal(place), place + 1
    else:
        return None
    if nth is None or unit is None:
        return None
    return _of_year(line, unit, nth, end)


_MANY_A_YEAR = (Grain.QUARTER, Grain.TERM, Grain.TRIMESTER, Grain.HALF)


def _of_year(line: Line, unit: Grain, nth: int, end: int) -> Point | None:
    is_sure = True
    if nth == -1:
        nth = NUMBERED[unit]
    if nth in (11, 111):
        nth, is_sure = len(str(nth)), False
    if not 1 <= nth <= NUMBERED[unit]:
        return None
    span, end, is_sure_year, each = year_suffix(line, end, Span(unit, nth))
    if span.year is None and not each:
        end = _generic_year(line, end)
    return Point(end, span, is_sure=is_sure and is_sure_year, each_year=each)


def _generic_year(line: Line, position: int) -> int:
    """«года», «учебного года» behind a quarter: says nothing new."""
    place = line.skip_roles(position, Role.SCHOOL, Role.CALENDAR)
    end = line.words(place, "года|году|г")
    return position if end is None else end


# ------------------------------------------------------------------------------------------------ seasons and holidays


def _season(line: Line, position: int) -> Point | None:
    """«осень 2023», «летний период», «осенне-зимний период», «зимние каникулы»."""
    noun = line.sense(position, Role.SEASON)
    if noun:
        span, end, is_sure, each = year_suffix(line, position + 1, Span(Grain.SEASON, noun.number + 1))
        return Point(end, span, is_sure=is_sure and not _is_two_years(span), each_year=each)
    adjective = line.sense(position, Role.SEASON_ADJECTIVE)
    if adjective is None:
        return None
    place, last = position + 1, adjective
    while line.is_sign(place, "-"):
        following = line.sense(place + 1, Role.SEASON_ADJECTIVE)
        if following is None:
            return None
        place, last = place + 2, following
    if line.sense(place, Role.HOLIDAY):
        span = Span(Grain.HOLIDAY, last.number + 1)
        dated, end, _, each = year_suffix(line, place + 1, span)
        return Point(end, dated, is_sure=last.number == 3, each_year=each)
    if not line.sense(place, Role.SEASON_NOUN) or adjective.number < 0:
        return None
    dated, end, is_sure, each = year_suffix(line, place + 1, Span(Grain.SEASON, last.number + 1))
    if last is adjective:
        return Point(end, dated, is_sure=is_sure and not _is_two_years(dated), each_year=each)
    first = replace(dated, number=adjective.number + 1, year=dated.year if dated.in_school_year else None)
    return Point(end, stretch=Stretch(first, dated), is_sure=is_sure, each_year=each)


def _is_two_years(span: Span) -> bool:
    """The winter of one calendar year: the one that begins or the one that ends in it?"""
    return span.number == 2 and span.year is not None and not span.in_school_year


# -------------------------------------------------------------------------------------------------------------- pieces


def _piece(line: Line, position: int) -> Point | None:
    """«начало сентября», «вторая половина октября», «конец учебного года», «середина IV квартала»."""
    part, place = line.sense(position, Role.PART), position + 1
    piece = Piece(part.name) if part else None
    if piece is None:
        nth = line.ordinal(position)
        if nth not in (1, 2) or not line.sense(place, Role.HALF_OF):
            return None
        piece, place = (Piece.FIRST_HALF if nth == 1 else Piece.SECOND_HALF), place + 1
    if line.sense(place, Role.PART) or line.sense(place + 1, Role.HALF_OF):
        return None
    of_year = _piece_of_year(line, place, piece)
    if of_year and of_year.span and of_year.span.grain is Grain.HALF:
        return of_year
    inner = of_year or point(line, place)
    if inner is None or inner.span is None or inner.span.piece is not Piece.WHOLE or inner.is_bare_year:
        return None
    span = inner.span
    if span.grain in (Grain.DAY, Grain.WEEKDAY, Grain.WEEK, Grain.DECADE):
        return None
    if span.grain is Grain.YEAR and piece in (Piece.FIRST_HALF, Piece.SECOND_HALF):
        number = 1 if piece is Piece.FIRST_HALF else 2
        return replace(inner, span=Span(Grain.HALF, number, span.year, span.in_school_year))
    is_vague = piece in (Piece.BEGIN, Piece.MIDDLE, Piece.END) and span.grain is not Grain.MONTH
    return replace(inner, span=replace(span, piece=piece), is_sure=inner.is_sure and not is_vague)


def _piece_of_year(line: Line, position: int, piece: Piece) -> Point | None:
    """A year without its number, in «конец года» and the like."""
    is_school = line.sense(position, Role.SCHOOL) is not None
    is_calendar = line.sense(position, Role.CALENDAR) is not None and not is_school
    end = line.words(line.skip_roles(position, Role.SCHOOL, Role.CALENDAR), "года|году|г|год")
    if end is None:
        return None
    span, end, _, each = year_suffix(line, end, Span(Grain.SCHOOL_YEAR if is_school else Grain.YEAR, int(is_calendar)))
    if is_school and piece in (Piece.FIRST_HALF, Piece.SECOND_HALF):
        span = replace(span, grain=Grain.HALF, number=1 if piece is Piece.FIRST_HALF else 2, in_school_year=True)
        return Point(end, span)
    return Point(end, replace(span, in_school_year=False), each_year=each)


_RULES: tuple[Callable[[Line, int], Point | None], ...] = (
    _written_date,
    _blank_date,
    _day_of_month,
    _in_month,
    _month,
    _numbered,
    _season,
    _piece,
    year,
)
