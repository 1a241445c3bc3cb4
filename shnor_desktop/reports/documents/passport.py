"""The passport of the school: what it is, whom it teaches, what it has; by the groups of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class PassportGroup:
    """One group of fields: captions with what stands in them."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassportFacts:
    """What the passport prints; a building is name, address and pupils, a class is name, pupils and building."""

    school: str
    as_of: date
    groups: tuple[PassportGroup, ...]
    buildings: tuple[tuple[str, str, str], ...] = ()
    classes: tuple[tuple[str, str, str], ...] = ()
    signatory: str = ""


_BUILDINGS = (Column("Здание или филиал", 60), Column("Адрес", 70), Column("Обучающихся", 26, Align.CENTER))
_CLASSES = (Column("Класс", 30), Column("Обучающихся", 30, Align.CENTER), Column("Здание", 60))


def passport_document(facts: PassportFacts) -> Document:
    """The passport, to be signed by the director."""
    day = f"По состоянию на {long_date(facts.as_of)}"
    blocks: list[Block] = [
        Heading("Паспорт школы", 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(day, Align.CENTER, first_line_indent=False),
    ]
    for group in facts.groups:
        rows = tuple((caption, stated(value)) for caption, value in group.rows)
        blocks += [Heading(group.title), KeyValueTable(rows, key_width=46)]
    if facts.buildings:
        rows_of = tuple(Row(cells) for cells in facts.buildings)
        blocks += [Heading("Здания и филиалы"), Table(_BUILDINGS, rows_of)]
    if facts.classes:
        blocks += [Heading("Классы"), Table(_CLASSES, tuple(Row(cells) for cells in facts.classes))]
    blocks.append(SignatureLine("Директор", facts.signatory, BLANK_DAY))
    return Document(f"Паспорт школы. {facts.school}".strip(". "), tuple(blocks), Typeface.SANS)
