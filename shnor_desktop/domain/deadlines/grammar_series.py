"""Grammar of lists and ranges of points, and of how they bound the work: at, up to, from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shnor_desktop.domain.deadlines.calendar import NUMBERED, Element, Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.grammar_points import day_number, point
from shnor_desktop.domain.deadlines.grammar_years import Point
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.tokens import Kind, days_in_month
from shnor_desktop.domain.deadlines.words import Role

_MAX_POINTS = 40
_RANGE, _LIST = "-", ",;/+&"
_YEARS = (Grain.YEAR, Grain.SCHOOL_YEAR)


@dataclass(frozen=True, slots=True)
class Series:
    """Elements in a row, before token `end`."""

    elements: tuple[Element, ...]
    end: int
    is_sure: bool = True
    is_bare_year: bool = False
    each_year: bool = False


def series(line: Line, position: int, *, is_from: bool = False, is_due: bool = False) -> Series | None:
    """«октябрь, март», «I–III кварталы», «16 и 17 ноября 2020», «сентябрь 2023 – май 2024»; one of dates ends there."""
    part = line.sense(position, Role.PART)
    if part and point(line, position) is None and line.ordinal(position + 1) is not None:
        return _edges(line, position + 1, Piece(part.name))
    points: list[Point] = []
    signs: list[str] = []
    place = position
    while len(points) < _MAX_POINTS:
        found = point(line, place) or _bare(line, place)
        if found is None:
            break
        found = _with_day(line, place, found, points[-1] if points else None)
        if points and signs[-1] == "," and _is_list_over(line, points[-1], found, is_due=is_due):
            signs.pop()
            break
        points.append(found)
        sign, place = _separator(line, found.end, is_from=is_from)
        if not sign:
            break
        signs.append(sign)
    while points and (points[-1].span or points[-1].stretch) is None:
        points.pop()
    if not points:
        return None
    return _completed(points, signs[: len(points) - 1])


def _is_list_over(line: Line, previous: Point, found: Point, *, is_due: bool) -> bool:
    """«март 2024» behind «до 15.10.2023» is no due date; «2023 год» behind «октябрь 2021» is a year of its own."""
    if previous.span is None:
        return False
    if found.span is not None and found.span.grain is Grain.YEAR and line.at(found.end - 1).text == "год":
        return previous.span.grain not in _YEARS
    if not is_due or found.bare or found.is_bare_year:
        return False
    if found.span is None or _separator(line, found.end, is_from=False)[0] == "-":
        return True
    return _kind(previous.span) != _kind(found.span)


def _kind(span: Span) -> tuple[bool, bool]:
    return span.grain is Grain.DAY, span.piece is Piece.WHOLE


def _edges(line: Line, position: int, piece: Piece) -> Series | None:
    """«в конце I и II полугодия»."""
    found = series(line, position)
    if found is None or not all(isinstance(e, Span) and e.grain in NUMBERED for e in found.elements):
        return None
    edges = tuple(replace(element, piece=piece) for element in found.elements if isinstance(element, Span))
    return replace(found, elements=edges, is_sure=False)


def _with_day(line: Line, position: int, found: Point, previous: Point | None) -> Point:
    """«апреля» of «10 января, апреля, июля», of «вторая среда января, апреля»: the same day of another month."""
    if previous is None or previous.span is None or found.span is None:
        return found
    is_genitive = line.at(position).text.endswith(("я", "а"))
    is_same = found.span.grain is previous.span.grain and found.span.piece is Piece.WHOLE
    is_edge = previous.span.piece is not Piece.WHOLE and not line.is_sign(position - 1, "-")
    if is_same and is_edge and (is_genitive or found.span.grain is not Grain.MONTH):
        return replace(found, span=replace(found.span, piece=previous.span.piece))
    if previous.span.grain not in _INSIDE_MONTHS:
        return found
    if found.span.grain is not Grain.MONTH or not is_genitive or line.is_sign(position - 1, "-"):
        return found
    return replace(found, span=replace(previous.span, number=found.span.number, year=found.span.year))


_INSIDE_MONTHS = (Grain.DAY, Grain.WEEKDAY, Grain.WEEK, Grain.DECADE)


def _bare(line: Line, position: int) -> Point | None:
    """A number whose unit comes later: «16» of «16 и 17 ноября», «I» of «I и III квартал»."""
    token = line.at(position)
    part = token.sense(Role.PART)
    if part and (line.is_sign(position + 1, ",-/") or line.words(position + 1, "и") is not None):
        return Point(position + 1, bare_piece=Piece(part.name))
    season = token.sense(Role.SEASON_ADJECTIVE)
    if season and season.number >= 0 and (line.is_sign(position + 1, ",") or line.words(position + 1, "и") is not None):
        return Point(position + 1, bare_season=season.number + 1)
    if token.kind is Kind.WORD and token.roman and not token.sense(Role.PREPOSITION):
        return Point(position + 1, bare=token.roman, is_sure=not token.is_guess)
    day = day_number(line, position)
    if day is None:
        return None
    return Point(line.skip(day[1], "числа|число"), bare=day[0])


def _separator(line: Line, position: int, *, is_from: bool) -> tuple[str, int]:
    """What joins this point to the next one, and where the next one begins; nothing when none follows."""
    sign, place = "", position
    if line.is_sign(place, _RANGE):
        sign, place = "-", line.skip(place + 1, "по|до|в")
        while line.is_sign(place, _RANGE):
            place += 1
    elif line.is_sign(place, _LIST):
        sign, place = ",", line.skip(place + 1, "и|а также")
    elif line.words(place, "и|или|а также|либо") is not None:
        sign, place = ",", line.skip(place, "и|или|а также|либо")
    elif line.words(place, "по") is not None or (is_from and line.words(place, "до") is not None):
        sign, place = "-", line.skip(place + 1, "включительно")
    elif line.sense(place, Role.MONTH) or line.at(place).kind is Kind.DATE:
        return ",", place
    if not sign:
        return "", position
    place = line.skip(place, "в|во|на") if sign == "," else place
    follows = _follows(line, place)
    return (sign, place) if follows else ("", position)


def _follows(line: Line, position: int) -> bool:
    return (point(line, position) or _bare(line, position)) is not None


def _completed(points: Sequence[Point], signs: Sequence[str]) -> Series | None:
    """Numbers get their unit and months their year from what follows; the longest beginning that makes sense."""
    spans: list[Span | Stretch | None] = []
    following: Span | None = None
    for found in reversed(points):
        element: Span | Stretch | None = found.span or found.stretch
        if element is None:
            element = _with_unit(found, following)
            if element is None:
                return None if found.bare == 0 else _before(points, signs, found)
        if isinstance(element, Span):
            element = _with_year(element, following)
            following = element
        elif isinstance(element, Stretch):
            following = element.first
        spans.append(element)
    spans.reverse()
    elements = _joined([span for span in spans if span is not None], signs)
    if elements is None:
        return None
    turned = [_is_turned(element, points) for element in elements]
    elements = tuple(_as_it_stands(e) if is_turned else e for e, is_turned in zip(elements, turned, strict=True))
    return Series(
        elements,
        points[-1].end,
        is_sure=all(found.is_sure for found in points) and not any(turned),
        is_bare_year=any(found.is_bare_year for found in points) and len(points) == 1,
        each_year=any(found.each_year for found in points),
    )


def _before(points: Sequence[Point], signs: Sequence[str], bare: Point) -> Series | None:
    """What stands before a number that gets no unit: «март» of «март, II – сентябрь»."""
    last = next(place for place, found in enumerate(points) if found is bare)
    kept = list(points[:last])
    while kept and (kept[-1].span or kept[-1].stretch) is None:
        kept.pop()
    return _completed(kept, signs[: len(kept) - 1]) if kept else None


def _is_turned(element: Element, points: Sequence[Point]) -> bool:
    """«с 30 мая по 15 мая 2024»: rather a slip than a year."""
    if isinstance(element, Span) or not element.first.grain is element.last.grain is Grain.DAY:
        return False
    is_said = all(found.span is not None and found.span.year is not None for found in points)
    return element.first.number == element.last.number and element.first.day > element.last.day and not is_said


def _as_it_stands(element: Element) -> Element:
    """The range within its one year, where it is empty."""
    if isinstance(element, Span) or element.last.year is None:
        return element
    return replace(element, first=replace(element.first, year=element.last.year))


def _with_unit(found: Point, following: Span | None) -> Span | None:
    if following is None:
        return None
    number, grain = found.bare, following.grain
    if found.bare_season:
        is_season = grain in (Grain.SEASON, Grain.HOLIDAY)
        return replace(following, number=found.bare_season) if is_season else None
    if found.bare_piece:
        return replace(following, piece=found.bare_piece) if following.piece is not Piece.WHOLE else None
    if grain is Grain.DAY:
        is_day = 1 <= number <= days_in_month(following.number, None)
        return replace(following, day=number) if is_day else None
    if grain in (Grain.WEEK, Grain.DECADE, Grain.WEEKDAY) and 1 <= number <= 5:
        return replace(following, nth=number)
    if grain in NUMBERED and 1 <= number <= NUMBERED[grain] and following.piece is Piece.WHOLE:
        return replace(following, number=number)
    return None


def _order(span: Span) -> tuple[int, int]:
    return (span.number, span.day)


def _with_year(span: Span, following: Span | None) -> Span:
    """A span without a year before one that has it: the nearest before it."""
    if following is None or span.year is not None or following.year is None or span.number == 0:
        return span
    if following.grain in (Grain.YEAR, Grain.SCHOOL_YEAR, Grain.SEASON, Grain.HOLIDAY) or span.grain is Grain.SEASON:
        return span
    if following.in_school_year:
        return replace(span, year=following.year, in_school_year=True)
    is_later = span.grain is following.grain and _order(span) > _order(following)
    is_of_months = Grain.MONTH in (span.grain, following.grain) and span.number > following.number
    return replace(span, year=following.year - int(is_later or is_of_months))


def _joined(elements: Sequence[Element], signs: Sequence[str]) -> tuple[Element, ...] | None:
    found: list[Element] = []
    is_open = False
    for element, sign in zip(elements, (*signs, ","), strict=True):
        previous = found[-1] if found else None
        if is_open:
            stretch = _stretch(previous, element)
            if stretch is None:
                return None
            found[-1:] = stretch
        elif isinstance(previous, Stretch) and _is_more_of(previous, element):
            found.append(_in_another_year(previous, element))
        elif isinstance(element, Span) and isinstance(previous, Span) and _is_more_years(previous, element):
            found.append(replace(previous, year=element.year))
        else:
            found.append(element)
        is_open = sign == "-"
    if any(isinstance(element, Span) and element.grain is Grain.SCHOOL_YEAR for element in found):
        return tuple(_as_school_year(element) for element in found)
    return tuple(found)


def _as_school_year(element: Element) -> Element:
    """«2021-2022» of «2021-2022, 2022-2023 учебные годы»."""
    if isinstance(element, Span) or element.first.grain is not Grain.YEAR or element.last.grain is not Grain.YEAR:
        return element
    is_pair = (element.last.year or 0) - (element.first.year or 0) == 1
    return Span(Grain.SCHOOL_YEAR, year=element.first.year) if is_pair else element


def _is_more_years(previous: Span, element: Span) -> bool:
    """«май 2021, 2022»: the same month of another year."""
    is_year = element.grain is Grain.YEAR and element.piece is Piece.WHOLE
    return is_year and previous.year is not None and previous.grain not in _YEARS


def _is_more_of(previous: Stretch, element: Element) -> bool:
    """«апрель–май 2021, 2022», «май–июнь 2021–2023»: the same months of other years."""
    if not isinstance(element, Span) or not _is_more_years(previous.last, element) or previous.first.year is None:
        return False
    return (element.year or 0) > (previous.last.year or 0) and previous.first.grain not in _YEARS


def _in_another_year(previous: Stretch, element: Element) -> Stretch:
    away = (element.year or 0) - (previous.last.year or 0) if isinstance(element, Span) else 0
    first, last = previous.first, previous.last
    return Stretch(replace(first, year=(first.year or 0) + away), replace(last, year=(last.year or 0) + away))


def _stretch(previous: Element | None, element: Element) -> list[Element] | None:
    if isinstance(previous, Stretch) and isinstance(element, Span) and _is_more_of(previous, element):
        years = range(previous.last.year or 0, min((element.year or 0) + 1, (previous.last.year or 0) + 30))
        return [_in_another_year(previous, replace(element, year=year)) for year in years]
    if not isinstance(previous, Span) or not isinstance(element, Span):
        return None
    is_year = element.grain is Grain.YEAR and element.piece is Piece.WHOLE
    if is_year and previous.year is None and previous.grain not in (Grain.YEAR, Grain.SCHOOL_YEAR):
        return [replace(previous, year=element.year)]  # «сентябрь-2023»
    if _is_more_years(previous, element):  # «май 2021–2023»
        years = range(previous.year or 0, (element.year or 0) + 1)
        return [replace(previous, year=year) for year in years] if 0 < len(years) < 30 else None
    if element.grain is Grain.YEAR and previous.grain is Grain.YEAR and previous.year is None:
        return None
    return [Stretch(previous, element)]
