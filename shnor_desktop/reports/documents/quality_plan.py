"""The plan of ВСОКО for a school year, with the marks of what was carried out."""

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
from shnor_desktop.reports.documents.requisites import BLANK_DAY, StampFacts, stamp_row, stated


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control as the plan prints it; `marks` says what has come of it."""

    title: str
    method: str
    classes: str
    due: str
    owner: str
    reviewed_at: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class QualityPlanFacts:
    """The controls by their areas."""

    school: str
    year: str
    areas: tuple[tuple[str, tuple[ControlRow, ...]], ...]
    stamps: tuple[StampFacts, ...] = ()
    signatory: str = ""


_COLUMNS = (
    Column("№", 9, Align.CENTER),
    Column("Что проверяется", 70),
    Column("Способ", 36),
    Column("Классы", 30),
    Column("Срок", 24),
    Column("Кто проводит", 40),
    Column("Где рассматривается", 40),
    Column("Отметка", 40),
)


def quality_plan_document(facts: QualityPlanFacts) -> Document:
    """A turned sheet with the stamps of approval over the table."""
    rows: list[Row | GroupRow] = []
    number = 0
    for area, controls in facts.areas:
        rows.append(GroupRow(area[:1].upper() + area[1:]))
        for item in controls:
            number += 1
            cells = (
                str(number),
                item.title,
                stated(item.method),
                stated(item.classes),
                stated(item.due),
                stated(item.owner),
                stated(item.reviewed_at),
                item.marks,
            )
            rows.append(Row(cells))
    title = f"План внутренней системы оценки качества образования на {facts.year} учебный год"
    blocks: list[Block] = [stamp_row(facts.stamps)] if facts.stamps else []
    blocks += [
        Heading(title, 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Table(_COLUMNS, tuple(rows), empty="Контроли ещё не внесены."),
        SignatureLine("Директор", facts.signatory, BLANK_DAY),
    ]
    return Document(title, tuple(blocks), Typeface.SERIF, landscape=True, footer=facts.school)
