"""A register or a journal as a table: title, period, rows, a count, a signature; with room to sign in each row."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.russian import plural
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A column with its relative width; numbers stand in the middle."""

    title: str
    width: int
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What is printed of a register; `signed` adds an empty column to sign in, `blank_rows` rows to fill by hand."""

    title: str
    school: str
    as_of: str
    columns: tuple[RegisterColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    signatory_position: str = ""
    signatory: str = ""
    signed: bool = False
    blank_rows: int = 0


def register_document(facts: RegisterFacts) -> Document:
    """The register on turned pages."""
    columns = [Column("№", 8, Align.CENTER)]
    columns += [Column(one.title, one.width, Align.CENTER if one.is_number else Align.LEFT) for one in facts.columns]
    if facts.signed:
        columns.append(Column("Подпись", 24))
    tail = ("",) if facts.signed else ()
    rows = [Row((str(number), *cells, *tail)) for number, cells in enumerate(facts.rows, start=1)]
    rows += [Row(("", *("" for _ in facts.columns), *tail)) for _ in range(facts.blank_rows)]
    blocks: tuple[Block, ...] = (
        Heading(facts.title, 0),
        Paragraph("\n".join(filter(None, (facts.school, facts.as_of))), Align.CENTER, first_line_indent=False),
        Spacer(),
        Table(tuple(columns), tuple(rows), "Записей нет."),
        Paragraph(
            f"Всего: {plural(len(facts.rows), 'запись', 'записи', 'записей')}.", Align.LEFT, first_line_indent=False
        ),
        SignatureLine(facts.signatory_position, facts.signatory),
    )
    return Document(f"{facts.title}. {facts.school}".strip(". "), blocks, Typeface.SANS, landscape=True)
