"""The sheet of individual progress of a pupil, by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.russian import NBSP, initialed
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.prevention_plan import CODE_NOTE
from shnor_desktop.reports.documents.requisites import BLANK_DAY

TITLE = "Индивидуальный лист прогресса"
_COLUMNS = (
    Column("Дата", 26),
    Column("Диагностика", 32),
    Column("Выполнено заданий", 30, Align.CENTER),
    Column("Изменение", 34, Align.CENTER),
    Column("Что изменилось", 74),
)
_SPARE_ROWS, _ROWS_OF_A_FORM = 3, 10


@dataclass(frozen=True, slots=True)
class SubjectProgress:
    """The measurements of one subject: (day, kind, percent, change, note)."""

    title: str
    words: str
    rows: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ProgressSheetFacts:
    """What is known of one pupil."""

    code: str
    school_class: str
    curator: str
    subjects: tuple[SubjectProgress, ...]


def progress_document(school: str, sheets: Sequence[ProgressSheetFacts]) -> Document:
    """Every sheet from a new page, with empty rows to go on by hand; a form where nobody was measured."""
    blocks: list[Block] = []
    for sheet in sheets or (ProgressSheetFacts("________", "класс ______", "", ()),):
        blocks += [PageBreak()] if blocks else []
        blocks += _sheet(school, sheet)
    return Document(TITLE, tuple(blocks), Typeface.SANS)


def _sheet(school: str, sheet: ProgressSheetFacts) -> list[Block]:
    who = ", ".join(part for part in (f"Ученик {sheet.code}", sheet.school_class) if part)
    blocks: list[Block] = [
        Heading(TITLE, 0),
        Paragraph(f"{who}\n{school}", Align.CENTER, first_line_indent=False),
        Note(CODE_NOTE),
    ]
    spare = tuple(
        Row((f"{NBSP}\n{NBSP}", *("" for _ in _COLUMNS[1:])))
        for _ in range(_SPARE_ROWS if sheet.subjects else _ROWS_OF_A_FORM)
    )
    for subject in sheet.subjects or (SubjectProgress("Предмет: ____________________", "", ()),):
        blocks += [
            Heading(subject.title),
            Table(_COLUMNS, (*(Row(row) for row in subject.rows), *spare), is_dense=True),
        ]
        if subject.words:
            blocks.append(Paragraph(f"Итог: {subject.words.rstrip('.')}.", Align.LEFT, first_line_indent=False))
    return [*blocks, SignatureLine("Сопровождает", initialed(sheet.curator), BLANK_DAY)]
