"""What the rehearsals of exams showed: a sheet for a meeting of parents, without codes and names."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.russian import initialed
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated

TITLE = "Репетиционные экзамены: что показали и что делать"
_COLUMNS = (
    Column("Дата", 24),
    Column("Экзамен, предмет, класс", 66),
    Column("Участвовали", 28, Align.CENTER),
    Column("Ниже минимума", 44, Align.CENTER),
)


@dataclass(frozen=True, slots=True)
class RehearsalLine:
    """One rehearsal as it is printed; a handful of pupils is not broken down."""

    day: str
    title: str
    participants: str
    below: str
    analysis: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class RehearsalsFacts:
    """All rehearsals of the school year, newest first."""

    school: str
    period: str
    lines: tuple[RehearsalLine, ...]
    note: str
    signatory: str = ""


def rehearsals_document(facts: RehearsalsFacts) -> Document:
    """A table, then what the analysis showed and what changes in the preparation."""
    rows = tuple(Row((one.day, one.title, one.participants, one.below)) for one in facts.lines)
    blocks: list[Block] = [
        Heading(TITLE, 0),
        Paragraph(f"{facts.school}\n{facts.period}", Align.CENTER, first_line_indent=False),
        Table(_COLUMNS, rows, "Репетиционные экзамены не внесены.", is_dense=True),
    ]
    for one in facts.lines:
        blocks += [
            Heading(f"{one.title}, {one.day}", 2),
            Paragraph(f"Что показал анализ: {stated(one.analysis)}", first_line_indent=False),
            Paragraph(f"Что изменили в подготовке: {stated(one.correction)}", first_line_indent=False),
        ]
    blocks += [Note(facts.note), SignatureLine("Директор", initialed(facts.signatory), BLANK_DAY)]
    return Document(TITLE, tuple(blocks), Typeface.SANS)
