"""The list of papers that a school hands in for review (опись), with what is there and what is not."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    GroupRow,
    Heading,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper with its requisites, every value as it is printed."""

    title: str
    number: str = ""
    made_on: str = ""
    due: str = ""
    state: str = ""
    handed_on: str = ""


@dataclass(frozen=True, slots=True)
class DocumentListFacts:
    """Groups of papers; `complete` says «4 из 5»."""

    school: str
    methodology: str
    as_of: str
    complete: str
    groups: tuple[tuple[str, tuple[PaperLine, ...]], ...]
    signatory: str = ""


_COLUMNS = (
    Column("№", 9, Align.CENTER),
    Column("Документ", 76),
    Column("№ и дата", 38),
    Column("Срок", 36),
    Column("Состояние", 32),
    Column("Сдан", 30),
)


def document_list(facts: DocumentListFacts) -> Document:
    """The list to be signed by who hands in and who takes."""
    rows: list[Row | GroupRow] = []
    place = 0
    for title, papers in facts.groups:
        rows.append(GroupRow(title))
        for item in papers:
            place += 1
            requisites = ", ".join(part for part in (f"№ {item.number}" if item.number else "", item.made_on) if part)
            cells = (str(place), item.title, requisites, stated(item.due), item.state, item.handed_on)
            rows.append(Row(cells))
    blocks: list[Block] = [
        Heading("Опись документов", 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(f"{facts.methodology}; {facts.as_of}", Align.CENTER, first_line_indent=False, small=True),
        Paragraph(facts.complete, Align.CENTER, first_line_indent=False),
        Table(_COLUMNS, tuple(rows), empty="Методика документов не называет."),
        SignatureLine("Сдал. Директор", facts.signatory, BLANK_DAY),
        SignatureLine("Принял", "", BLANK_DAY),
    ]
    return Document("Опись документов", tuple(blocks), Typeface.SERIF, footer=facts.school)
