"""Facts on spans that decide how they bound the work: a day or longer, its year, a scope or an occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shnor_desktop.domain.deadlines.calendar import DAY, LENGTHS, Element, Grain, Piece, Span, Stretch
from shnor_desktop.domain.deadlines.line import Bound, Chunk
from shnor_desktop.domain.deadlines.reading import Window


def under_year(chunks: Sequence[Chunk]) -> list[Chunk]:
    """«2023-2024 учебный год, сентябрь–май»: the year is the year of what follows."""
    elements = [element for chunk in chunks for element in chunk.elements]
    if len(elements) < 2:
        return list(chunks)
    if _is_named_year(chunks[0], elements[0]) and all(map(_is_yearless_part, elements[1:])):
        year, rest = elements[0], [replace(chunks[0], elements=chunks[0].elements[1:]), *chunks[1:]]
    elif _is_named_year(chunks[-1], elements[-1]) and all(map(_is_yearless_part, elements[:-1])):
        year, rest = elements[-1], [*chunks[:-1], replace(chunks[-1], elements=chunks[-1].elements[:-1])]
    else:
        return list(chunks)
    if not isinstance(year, Span):
        return list(chunks)
    return [
        replace(chunk, elements=tuple(_in_year(element, year) for element in chunk.elements), is_ongoing=False)
        for chunk in rest
        if chunk.elements
    ]


def _is_named_year(chunk: Chunk, element: Element) -> bool:
    is_at = chunk.bound is Bound.AT and isinstance(element, Span) and element.year is not None
    return is_at and isinstance(element, Span) and element.piece is Piece.WHOLE and _is_of_year(element)


def _is_of_year(span: Span) -> bool:
    return span.grain in (Grain.YEAR, Grain.SCHOOL_YEAR)


def _is_yearless_part(element: Element) -> bool:
    spans = (element,) if isinstance(element, Span) else (element.first, element.last)
    return all(span.year is None and not _is_of_year(span) for span in spans)


def _in_year(element: Element, year: Span) -> Element:
    is_school = year.grain is Grain.SCHOOL_YEAR
    if isinstance(element, Span):
        return replace(element, year=year.year, in_school_year=is_school)
    first = replace(element.first, year=year.year, in_school_year=is_school)
    last = replace(element.last, year=year.year, in_school_year=is_school)
    is_over_new_year = not is_school and (first.number, first.day) > (last.number, last.day)
    return Stretch(first, replace(last, year=(year.year or 0) + 1) if is_over_new_year else last)


def is_day(element: Element) -> bool:
    if isinstance(element, Stretch):
        return False
    is_single_day = element.piece in (Piece.FIRST_DAY, Piece.LAST_DAY)
    return element.grain in (Grain.DAY, Grain.WEEKDAY) or is_single_day


def has_year(element: Element) -> bool:
    if isinstance(element, Stretch):
        return has_year(element.first) or has_year(element.last)
    return element.year is not None


def due_day(window: Window, element: Element, is_inclusive: bool) -> date:
    if is_inclusive:
        return window.end
    if isinstance(element, Span) and element.piece is Piece.BEGIN and element.grain is Grain.SCHOOL_YEAR:
        return window.start
    return window.start - DAY if window.start.toordinal() > 1 else window.start


def is_scope(chunk: Chunk, length: int) -> bool:
    if chunk.bound is Bound.FROM:
        return True
    if chunk.bound is Bound.DUE:
        is_end = length <= 92 or has_year(chunk.elements[0])
        return len(chunk.elements) == 1 and is_end and not chunk.each_year
    return all(_length(element) > length for element in chunk.elements)


def is_long(chunk: Chunk) -> bool:
    return chunk.bound is not Bound.DUE and all(_length(element) > 60 for element in chunk.elements)


def _length(element: Element) -> int:
    if isinstance(element, Span):
        whole = LENGTHS[element.grain]
        return whole if element.piece in (Piece.WHOLE, Piece.TEACHING) else max(whole // 3, 1)
    first, last = element.first, element.last
    if first.grain is last.grain is Grain.DAY:
        days = (last.number - first.number) * 30 + last.day - first.day + 1
        years = (last.year or 0) - (first.year or 0) if first.year and last.year else int(days <= 0)
        return days + 365 * years
    if first.grain is last.grain and first.grain not in (Grain.YEAR, Grain.SCHOOL_YEAR):
        return LENGTHS[first.grain] * max((last.number - first.number) % 12 + 1, 2)
    return LENGTHS[first.grain] + LENGTHS[last.grain]
