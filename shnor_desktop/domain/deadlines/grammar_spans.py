"""Grammar of how lists and ranges bound the work: at them, up to them, from them, in each year."""

from __future__ import annotations

from dataclasses import replace

from shnor_desktop.domain.deadlines.calendar import Element, Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.grammar_points import day_number
from shnor_desktop.domain.deadlines.grammar_series import Series, series
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


def spans(line: Line, position: int) -> Chunk | None:
    """A series with the words before it that say how it bounds the work, and those behind it."""
    place = ("spans", position)
    if place not in line.memory:
        found = (rule(line, position) for rule in (_each, _between, _day_behind, _due, _from, _at))
        line.memory[place] = next((chunk for chunk in found if chunk is not None), None)
    known: Chunk | None = line.memory[place]
    return known


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


def _between(line: Line, position: int) -> Chunk | None:
    """«между 16 и 20 октября», «не ранее 1 и не позднее 15 октября»."""
    place = line.words(position, "между|в промежутке между")
    found = series(line, place) if place is not None else None
    if found is not None and len(found.elements) == 2:
        first, last = found.elements
        if isinstance(first, Span) and isinstance(last, Span):
            return _made(line, position, found, elements=(Stretch(first, last),))
        return None
    place = line.words(position, "не ранее|не раньше")
    day = day_number(line, place) if place is not None else None
    end = line.words(day[1], "и не позднее|но не позднее|и не позже|но не позже|и") if day is not None else None
    found = series(line, end) if end is not None else None
    if found is None or day is None or not isinstance(found.elements[0], Span):
        return None
    last = found.elements[0]
    if last.grain is not Grain.DAY or len(found.elements) > 1 or day[0] >= last.day:
        return None
    return _made(line, position, found, elements=(Stretch(replace(last, day=day[0]), last),))


def _day_behind(line: Line, position: int) -> Chunk | None:
    """«апрель, до 20-го», «в мае не позднее 15-го»."""
    found = series(line, line.skip(position, "в|во"))
    only = found.elements[0] if found is not None and len(found.elements) == 1 else None
    if found is None or not isinstance(only, Span) or only.grain is not Grain.MONTH or only.piece is not Piece.WHOLE:
        return None
    place = found.end + int(line.is_sign(found.end, ",("))
    due = line.words(place, "до|не позднее|не позже|к")
    day = day_number(line, due) if due is not None else None
    if day is None or not 1 <= day[0] <= days_in_month(only.number, only.year):
        return None
    is_more = any(
        line.sense(day[1], role) for role in (Role.MONTH, Role.UNIT, Role.EACH, Role.RELATIVE, Role.DAY_NUMBER)
    )
    if is_more or not line.at(day[1] - 1).is_ordinal or line.at(day[1]).kind is Kind.NUMBER:
        return None
    first, last = (replace(only, grain=Grain.DAY, day=number) for number in (1, day[0]))
    return replace(_made(line, position, found, elements=(Stretch(first, last),)), end=day[1])


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
    lead = " ".join(token.text for token in line.tokens[position:place])
    place = line.skip(line.skip(place, "дня|даты|срока"), "в|во|с|со")
    found = series(line, place, is_due=True)
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
