"""The road map: alone as a sheet to be signed, or as a section of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.russian import plural
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
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, StampFacts, stamp_row, stated


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One row. `deadline` is the phrase of the school, printed as it was written."""

    title: str
    deadline: str
    responsible: str
    expected: str = ""
    evidence: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class RoadMapGroup:
    """The measures of one stage, or of one direction."""

    title: str
    measures: tuple[MeasureFacts, ...]


@dataclass(frozen=True, slots=True)
class RoadMapFacts:
    """`with_status` adds the column of fulfilment: for work and for the coordinator, not for approval."""

    title: str
    school: str
    period: str
    groups: tuple[RoadMapGroup, ...]
    stamps: tuple[StampFacts, ...] = ()
    signatory_position: str = "Директор"
    signatory: str = ""
    with_status: bool = False


_COLUMNS = (
    Column("№", 9, Align.CENTER),
    Column("Мероприятия", 66),
    Column("Сроки", 34),
    Column("Ответственные", 44),
    Column("Предполагаемый результат", 56),
    Column("Чем подтверждается", 46),
)
_STATUS = Column("Отметка о выполнении", 34)


def road_map_table(groups: Sequence[RoadMapGroup], *, with_status: bool = False) -> Table:
    """The table of measures under the names of their groups, numbered through."""
    rows: list[Row | GroupRow] = []
    number = 0
    for group in groups:
        if group.title and group.measures:
            rows.append(GroupRow(group.title))
        for measure in group.measures:
            number += 1
            rows.append(_row(number, measure, with_status=with_status))
    columns = (*_COLUMNS, _STATUS) if with_status else _COLUMNS
    return Table(columns, tuple(rows), empty="Мероприятия не внесены.")


def road_map_document(facts: RoadMapFacts) -> Document:
    """The road map on turned pages, with stamps above and the director's signature below."""
    total = sum(len(group.measures) for group in facts.groups)
    count = f"Всего: {plural(total, 'мероприятие', 'мероприятия', 'мероприятий')}."
    heads = "\n".join(line for line in (facts.school, facts.period) if line)
    blocks: tuple[Block, ...] = (
        stamp_row(facts.stamps),
        Spacer(),
        Heading(facts.title, 0),
        Paragraph(heads, Align.CENTER, first_line_indent=False),
        Spacer(),
        road_map_table(facts.groups, with_status=facts.with_status),
        Paragraph(count, Align.LEFT, first_line_indent=False),
        SignatureLine(facts.signatory_position, facts.signatory, BLANK_DAY),
    )
    return Document(f"{facts.title}. {facts.period}".strip(". "), blocks, Typeface.SERIF, landscape=True)


def _row(number: int, measure: MeasureFacts, *, with_status: bool) -> Row:
    cells = (
        str(number),
        measure.title,
        stated(measure.deadline),
        stated(measure.responsible),
        stated(measure.expected),
        stated(measure.evidence),
    )
    return Row((*cells, measure.status) if with_status else cells)
