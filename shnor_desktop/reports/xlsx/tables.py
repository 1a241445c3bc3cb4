"""The tables of a document as sheets of plain values: a number, a date or a text in each cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.russian import MINUS, NBSP
from shnor_desktop.reports import content as c
from shnor_desktop.reports.printable_text import printable

GENERAL, TEXT, DAY = "General", "@", "DD.MM.YYYY"
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_000  # a cell of Excel holds 32 767 letters
_SHORT_TEXT = 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_NUMBER = re.compile(
    rf"([{MINUS}-]?)(0|[1-9]\d{{0,2}}(?:[{NBSP} ]\d{{3}})+|[1-9]\d{{0,14}})(?:,(\d{{1,9}}))?([{NBSP} ]?%)?"
)
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds and how it is shown."""

    value: str | Decimal | date | None
    format: str = GENERAL


@dataclass(slots=True)
class Sheet:
    """A sheet with its columns and rows; a row of one value alone names the rows after it."""

    name: str
    columns: tuple[c.Column, ...]
    rows: list[tuple[Value, ...]] = field(default_factory=list)


def sheets_of(document: c.Document) -> tuple[Sheet, ...]:
    """The sheets in the order of the document, their names legal and different."""
    found: list[_Found] = []
    heading = ""
    for block in document.blocks:
        if isinstance(block, c.Heading):
            heading = block.text
        elif isinstance(block, c.Table):
            same = next((one for one in found if one.columns == block.columns), None)
            if same is None:
                found.append(_Found(heading, block.columns, [(heading, block)]))
            else:
                same.tables.append((heading, block))
        elif isinstance(block, c.KeyValueTable) and block.rows:
            found.append(_Found(heading, (), [(heading, block)]))
    sheets = [_sheet(one, document) for one in found]
    _name_apart(sheets)
    return tuple(sheets)


def value_of(text: str) -> Value:
    """A text as what it says: «1 234,5» and «18,2 %» are numbers, «01.03.2024» is a date, all else stays text.

    What is written like a code («007», «1.10», «+7 900», 16 digits) stays as it stands.
    """
    shown = printable(text)
    if match := _NUMBER.fullmatch(shown):
        return _number(*match.groups())
    if match := _DAY.fullmatch(shown):
        day, month, year = map(int, match.groups())
        try:
            return Value(date(year, month, day), DAY) if year >= 1900 else Value(shown, TEXT)
        except ValueError:
            return Value(shown, TEXT)
    return _text(shown)


@dataclass(slots=True)
class _Found:
    heading: str
    columns: tuple[c.Column, ...]
    tables: list[tuple[str, c.Table | c.KeyValueTable]]


def _sheet(found: _Found, document: c.Document) -> Sheet:
    tables = [(heading, table) for heading, table in found.tables if isinstance(table, c.Table)]
    if not tables:
        return _captions(found, document)
    is_joined = len(tables) > 1
    sheet = Sheet(document.title if is_joined else found.heading or document.title, found.columns)
    for heading, table in tables:
        if is_joined and heading:
            sheet.rows.append((_text(heading),))
        sheet.rows += _rows(table)
    return sheet


def _rows(table: c.Table) -> Iterable[tuple[Value, ...]]:
    for row in table.rows or (c.GroupRow(table.empty),):
        if isinstance(row, c.GroupRow):
            yield (_text(row.text),)
        else:
            yield tuple(value_of(c.cell_text(cell)) for cell in row.cells)


def _captions(found: _Found, document: c.Document) -> Sheet:
    columns = (c.Column("Сведения", 36), c.Column("Значение", 64))
    rows: list[tuple[Value, ...]] = [
        (_text(key), value_of(c.cell_text(value)))
        for _heading, table in found.tables
        if isinstance(table, c.KeyValueTable)
        for key, value in table.rows
    ]
    return Sheet(found.heading or document.title, columns, rows)


def _text(text: str) -> Value:
    """A text; a short one keeps its look when it is edited («1.10» becomes no date), a long one Excel shows as «##»."""
    shown = printable(text)
    if len(shown) > _LONGEST_TEXT:
        shown = shown[:_LONGEST_TEXT] + "…"
    return Value(shown, TEXT if len(shown) <= _SHORT_TEXT else GENERAL) if shown else Value(None)


def _number(sign: str, whole: str, fraction: str | None, percent: str | None) -> Value:
    digits = whole.replace(NBSP, "").replace(" ", "")
    value = Decimal(f"{'-' if sign else ''}{digits}.{fraction or '0'}")
    places = len(fraction or "")
    form = "#,##0" if len(digits) > 3 and digits != whole else "0"
    if places:
        form += "." + "0" * places
    if percent:
        return Value(value.scaleb(-2), f"{form}%" if percent == "%" else f'{form}" "%')
    return Value(value, form)


def _name_apart(sheets: Sequence[Sheet]) -> None:
    """Give every sheet a name of at most 31 letters that Excel takes and that no other has."""
    taken: set[str] = set()
    for sheet in sheets:
        clean = " ".join(_FORBIDDEN.sub(" ", printable(sheet.name)).split()).strip("' ") or "Таблица"
        name, number = _cut(clean, _LONGEST_NAME), 1
        while name.casefold() in taken or name.casefold() == "history":
            number += 1
            ending = f" ({number})"
            name = _cut(clean, _LONGEST_NAME - len(ending)) + ending
        taken.add(name.casefold())
        sheet.name = name


def _cut(text: str, length: int) -> str:
    """The text cut at a word where that leaves most of it."""
    if len(text) <= length:
        return text
    words = text[: length + 1].rsplit(" ", 1)[0]
    return (words if length // 2 <= len(words) <= length else text[:length]).rstrip(" .,:;–—-'")
