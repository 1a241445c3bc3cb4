"""Grammar of lists and ranges of points, and of how they bound the work: at, up to, from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shnor_desktop.domain.deadlines.calendar import NUMBERED, Element, Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.grammar_points import day_number, point
from shnor_desktop.domain.deadlines.grammar_years import Point
from shnor_desktop.domain.deadlines.line import Bound, Chunk, Line, Part
from shnor_desktop.domain.deadlines.tokens import Kind, days_in_month
from shnor_desktop.domain.deadlines.words import Role

_LEAD = (
    "в|во|на|за|во время|на время|в срок|в сроки|в период|на период|за период|период|срок|сроки|в месяце|в течение|"
    "в течении|в теч|на протяжении|"
    "в ходе|в дату|дата|в срок с|за период времени|в следующие сроки|"
    "по состоянию на|состоянию на|"
    "по|в днях|в течение всего|в течении всего|на протяжении всего|в теч всего|весь|всю|все|весь период|"
    "непосредственно в|в том числе в|в том числе|а также|также"
)
_ONGOING_LEAD = (
    "в течение|в течении|в теч|на протяжении|на протяжение|в ходе|в течение всего|в течении всего|"
    "на протяжении всего|в теч всего|весь|"
    "в продолжение|за весь|все|всю|в течение всей|в течение всех"
)
_DUE = (
    "до|к|ко|не позднее|не позже|не позднее чем до|не позже чем до|в срок до|в срок к|срок до|"
    "вплоть до|в срок не позднее|"
    "в срок не позже|не позднее чем к|сроком до|срок не позднее|крайний срок|не позднее чем|"
    "в период до|на срок до|ранее|раньше|"
    "не позже чем|не позднее до|с сроком до|на период до|в сроки до|заканчивая|кончая|завершить до|завершение до"
)
_UNTIL = "по|сроком по|в срок по|вплоть по"
_FROM = (
    "с|со|начиная с|начиная со|в период с|в срок с|от|период с|на период с|не ранее|не раньше|"
    "в сроки с|не ранее чем с|за период с|не раньше чем с|срок с|начиная|старт с|начало с|сроки с|"
    "в период со|в течение периода с"
)
_AFTER = "после"
_MAX_POINTS = 40
_RANGE, _LIST = "-", ",;/+&"


@dataclass(frozen=True, slots=True)
class Series:
    """Elements in a row, before token `end`."""

    elements: tuple[Element, ...]
    end: int
    is_sure: bool = True
    is_bare_year: bool = False
    each_year: bool = False


def series(line: Line, position: int, *, is_from: bool = False) -> Series | None:
    """«октябрь, март», «I–III кварталы», «16 и 17 ноября 2020», «сентябрь 2023 – май 2024»."""
    points: list[Point] = []
    signs: list[str] = []
    place = position
    while len(points) < _MAX_POINTS:
        found = point(line, place) or _bare(line, place)
        if found is None:
            break
        points.append(found)
        sign, place = _separator(line, found.end, is_from=is_from)
        if not sign:
            break
        signs.append(sign)
    while points and (points[-1].bare or points[-1].bare_piece):
        points.pop()
    if not points:
        return None
    return _completed(points, signs[: len(points) - 1])


def _bare(line: Line, position: int) -> Point | None:
    """A number whose unit comes later: «16» of «16 и 17 ноября», «I» of «I и III квартал»."""
    token = line.at(position)
    part = token.sense(Role.PART)
    if part and (line.is_sign(position + 1, ",-/") or line.words(position + 1, "и") is not None):
        return Point(position + 1, bare_piece=Piece(part.name))
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
        if found.bare or found.bare_piece:
            element = _with_unit(found, following)
            if element is None:
                return None
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
    return Series(
        elements,
        points[-1].end,
        is_sure=all(found.is_sure for found in points),
        is_bare_year=any(found.is_bare_year for found in points) and len(points) == 1,
        each_year=any(found.each_year for found in points),
    )


def _with_unit(found: Point, following: Span | None) -> Span | None:
    if following is None:
        return None
    number, grain = found.bare, following.grain
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
    return is_year and previous.year is not None and previous.grain not in (Grain.YEAR, Grain.SCHOOL_YEAR)


def _stretch(previous: Element | None, element: Element) -> list[Element] | None:
    if not isinstance(previous, Span) or not isinstance(element, Span):
        return None
    is_year = element.grain is Grain.YEAR and element.piece is Piece.WHOLE
    if is_year and previous.year is None and previous.grain not in (Grain.YEAR, Grain.SCHOOL_YEAR):
        return [replace(previous, year=element.year)]  # «сентябрь-2023»
    if _is_more_years(previous, element):  # «май 2021–2023»
        years = range(previous.year or 0, (element.year or 0) + 1)
        return [replace(previous, year=year) for year in years] if 0 < len(years) < 30 else None
    is_backwards = previous.year is not None and element.year is not None and previous.year > element.year
    if is_backwards:
        return None
    if element.grain is Grain.YEAR and previous.grain is Grain.YEAR and previous.year is None:
        return None
    return [Stretch(previous, element)]


# -------------------------------------------------------------------------------------------------------------- chunks


def spans(line: Line, position: int) -> Chunk | None:
    """A series with the words before it that say how it bounds the work, and those behind it."""
    for rule in (_each, _due, _from, _at):
        found = rule(line, position)
        if found is not None:
            return found
    return None


def _made(line: Line, begin: int, found: Series, **fields: object) -> Chunk:
    end = line.skip(found.end, "включительно|вкл|и далее|и позднее|и позже|месяц|месяца|месяцы|месяце")
    chunk = Chunk(Part.SPANS, begin, end, found.elements, is_sure=found.is_sure, each_year=found.each_year)
    return replace(chunk, **fields)  # type: ignore[arg-type]


def _each(line: Line, position: int) -> Chunk | None:
    """«каждый сентябрь», «каждую осень», «каждое 1 сентября»."""
    place = line.skip(position, "в|во|на|к|до|за")
    if not line.sense(place, Role.EACH):
        return None
    found = series(line, place + 1)
    if found is None or any(_has_year(element) for element in found.elements) or found.is_bare_year:
        return None
    is_due = line.words(position, "к|до") is not None
    return _made(line, position, found, each_year=True, bound=Bound.DUE if is_due else Bound.AT)


def _has_year(element: Element) -> bool:
    if isinstance(element, Stretch):
        return _has_year(element.first) or _has_year(element.last)
    return element.year is not None


_RESULTING = frozenset(("окончании", "окончанию", "завершении", "завершению"))
"""«по окончании учебного года» is an event, not a bound."""


def _due(line: Line, position: int) -> Chunk | None:
    place, is_until = line.words(position, _DUE), False
    if place is None:
        place, is_until = line.words(position, _UNTIL), True
    if place is None or (is_until and line.at(place).text in _RESULTING):
        return None
    lead = line.text[line.at(position).start : line.at(place - 1).end].lower()
    place = line.skip(line.skip(place, "дня|даты|срока"), "в|во|с|со")
    found = series(line, place)
    if found is None:
        return None
    is_late = line.words(found.end, "включительно|вкл") is not None
    is_inclusive, is_sure = _meaning_of_due(found.elements[-1], "поздн" in lead or "позж" in lead)
    only = found.elements[-1]
    if lead.startswith("до") and isinstance(only, Span) and only.piece is Piece.BEGIN and only.grain is not Grain.MONTH:
        is_inclusive, is_sure = False, True
        found = replace(
            found,
            is_sure=found.is_sure or _is_settled(found),
            elements=tuple(_whole(element) for element in found.elements),
        )
    if is_until or is_late:
        is_inclusive, is_sure = True, True
    return _made(
        line,
        position,
        found,
        bound=Bound.DUE,
        is_inclusive=is_inclusive,
        is_sure=is_sure and (found.is_sure or _is_settled(found)),
    )


def _whole(element: Element) -> Element:
    return replace(element, piece=Piece.WHOLE) if isinstance(element, Span) else element


_EDGES = (Piece.WHOLE, Piece.BEGIN, Piece.END)


def _is_settled(found: Series) -> bool:
    """The beginning and the end of a year are vague as times and exact as bounds."""
    edges = [
        (element.piece, element.piece) if isinstance(element, Span) else (element.first.piece, element.last.piece)
        for element in found.elements
    ]
    is_bounded = all(first in _EDGES and last in _EDGES for first, last in edges)
    return is_bounded and any(piece is not Piece.WHOLE for edge in edges for piece in edge)


def _meaning_of_due(element: Element, is_no_later: bool) -> tuple[bool, bool]:
    """Whether the span itself still belongs to the time, and whether that is sure."""
    if isinstance(element, Stretch):
        return True, False
    if element.grain in (Grain.DAY, Grain.WEEKDAY):
        return True, True
    if element.piece is Piece.END:
        return True, True
    if element.piece is not Piece.WHOLE:
        return element.piece is not Piece.BEGIN, element.piece is Piece.BEGIN and element.grain is not Grain.MONTH
    if is_no_later:
        return True, False
    return False, element.grain in (Grain.YEAR, Grain.SCHOOL_YEAR)


def _from(line: Line, position: int) -> Chunk | None:
    place = line.words(position, _FROM)
    is_after = False
    if place is None:
        place, is_after = line.words(position, _AFTER), True
    if place is None:
        return None
    place = line.skip(place, "момента|начала" if not _starts_piece(line, place) else "момента")
    found = series(line, place, is_from=True)
    if found is None:
        return None
    only = found.elements[0]
    is_range = isinstance(only, Stretch)
    if is_after:
        is_single = len(found.elements) == 1 and isinstance(only, Span) and only.grain is Grain.DAY
        return _made(line, position, found, bound=Bound.FROM, is_inclusive=False) if is_single else None
    found = replace(found, is_sure=found.is_sure or _is_settled(found))
    if is_range:
        return _made(line, position, found)
    if line.words(position, "от") is not None:
        is_document = isinstance(only, Span) and only.grain is Grain.DAY and only.year is not None
        return _made(line, position, found, is_sure=False) if is_document else None
    if len(found.elements) > 1 and isinstance(found.elements[-1], Span):
        return None
    return _made(line, position, found, bound=Bound.FROM)


def _starts_piece(line: Line, position: int) -> bool:
    return line.sense(position, Role.PART) is not None


def _at(line: Line, position: int) -> Chunk | None:
    place = line.words(position, _LEAD)
    is_ongoing = line.words(position, _ONGOING_LEAD) is not None
    options = [position] if place is None else [place, position]
    for start in options:
        found = series(line, line.skip(start, "периода|всего|срока") if start != position else start)
        if found is None:
            continue
        is_led = start != position
        if is_ongoing and is_led and found.elements[-1] == Span(Grain.SCHOOL_YEAR):
            return None  # «в течение учебного года» is no list
        if line.words(position, "по") is not None and is_led and line.words(position, "по состоянию на") is None:
            return None
        is_years = all(_is_of_years(element) for element in found.elements)
        return _made(
            line,
            position,
            found,
            is_ongoing=is_ongoing and is_years and is_led,
            is_weak=found.is_bare_year and not is_led,
        )
    return None


def _is_of_years(element: Element) -> bool:
    if isinstance(element, Stretch):
        return _is_of_years(element.first) and _is_of_years(element.last)
    return element.grain in (Grain.YEAR, Grain.SCHOOL_YEAR) and element.piece is Piece.WHOLE
