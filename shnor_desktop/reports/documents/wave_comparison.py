"""Two waves of a form on paper: «было → стало → изменение» of each indicator and factor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    LevelCell,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, NOT_STATED, stated


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One indicator; `change` is «↗ лучше, +9,1 п. п.», `note` says what a reader must know of it."""

    number: str
    caption: str
    before: str
    after: str
    change: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One factor of risk in both waves."""

    title: str
    before: Level
    after: Level
    change: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparedForm:
    """A form with its two waves; `blocks` are titles with their lines, empty ones are left out."""

    title: str
    before: str
    after: str
    summary: str
    blocks: tuple[tuple[str, tuple[ChangeLine, ...]], ...]
    factors: tuple[LevelLine, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonFacts:
    """The forms of a school with what changed in them."""

    school: str
    as_of: date
    methodology: str
    forms: tuple[ComparedForm, ...]
    only_changes: bool = False
    signatory: str = ""


_COLUMNS = (
    Column("№", 11, Align.CENTER),
    Column("Показатель", 78),
    Column("Было", 44),
    Column("Стало", 44),
    Column("Изменение", 42),
    Column("Примечание", 48),
)
_FACTOR_COLUMNS = (
    Column("Фактор риска", 90),
    Column("Было", 34),
    Column("Стало", 34),
    Column("Изменение", 42),
    Column("Примечание", 67),
)
_HOW = (
    "«Лучше» и «хуже» определены по направленности показателя в методике; значения сравниваются до десятых. "
    "Сравнить нельзя, если в одной из волн ответа нет или посчитанное значение не было зафиксировано."
)


def comparison_document(facts: ComparisonFacts) -> Document:
    """The forms one after another on turned pages, to be signed by the director."""
    title = "Сравнение волн диагностики и мониторинга"
    blocks: list[Block] = [Heading(title, 0), _requisites(facts)]
    if not facts.forms:
        blocks.append(Paragraph("Форм, которые собираются больше одного раза, в методике нет."))
    for form in facts.forms:
        blocks += _form(form, only_changes=facts.only_changes)
    blocks += [Note(_HOW), SignatureLine("Директор", facts.signatory, BLANK_DAY)]
    return Document(title, tuple(blocks), Typeface.SANS, landscape=True, footer=facts.school)


def _requisites(facts: ComparisonFacts) -> KeyValueTable:
    rows: list[tuple[str, Cell]] = [
        ("Школа", facts.school),
        ("По состоянию на", long_date(facts.as_of)),
        ("Методика", facts.methodology),
    ]
    if facts.only_changes:
        rows.append(("Показано", "только изменения"))
    return KeyValueTable(tuple(rows), key_width=20)


def _form(form: ComparedForm, *, only_changes: bool) -> list[Block]:
    blocks: list[Block] = [
        Heading(form.title),
        Paragraph(f"Было: {form.before}. Стало: {form.after}. {form.summary}", Align.LEFT, first_line_indent=False),
    ]
    if form.warning:
        blocks.append(Note(form.warning))
    if form.factors:
        blocks.append(Table(_FACTOR_COLUMNS, tuple(map(_factor_row, form.factors))))
    rows: list[Row | GroupRow] = []
    for title, lines in form.blocks:
        if lines:
            rows += [GroupRow(title), *_rows(lines)]
    empty = "Изменений нет." if only_changes else "Показателей нет."
    blocks.append(Table(_COLUMNS, tuple(rows), empty=empty))
    return blocks


def _rows(lines: Sequence[ChangeLine]) -> list[Row]:
    return [
        Row((line.number, line.caption, stated(line.before), stated(line.after), line.change, line.note or NOT_STATED))
        for line in lines
    ]


def _factor_row(line: LevelLine) -> Row:
    return Row((line.title, LevelCell(line.before), LevelCell(line.after), line.change, line.note or NOT_STATED))
