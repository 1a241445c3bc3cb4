"""The plan of the school by sections: the measures of the road map under their sections, empty sections said so."""

from __future__ import annotations

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
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stamp_row, stated
from shnor_desktop.reports.documents.road_map import RoadMapFacts, RoadMapGroup

NOTHING_PLANNED = "Мероприятия этого раздела не запланированы."
_COLUMNS = (
    Column("№", 9, Align.CENTER),
    Column("Наименование мероприятия", 78),
    Column("Сроки исполнения", 40),
    Column("Ответственные", 52),
    Column("Ожидаемый результат", 62),
)


def school_plan_document(facts: RoadMapFacts) -> Document:
    """The plan on turned pages; every section of the methodology stands in it."""
    total = sum(len(group.measures) for group in facts.groups)
    empty = sum(1 for group in facts.groups if not group.measures)
    count = f"Всего: {plural(total, 'мероприятие', 'мероприятия', 'мероприятий')}."
    if empty:
        count += f" Без мероприятий: {plural(empty, 'раздел', 'раздела', 'разделов')}."
    heads = "\n".join(line for line in (facts.school, facts.period) if line)
    blocks: tuple[Block, ...] = (
        stamp_row(facts.stamps),
        Spacer(),
        Heading(facts.title, 0),
        Paragraph(heads, Align.CENTER, first_line_indent=False),
        Spacer(),
        Table(_COLUMNS, tuple(row for group in facts.groups for row in _section(group)), "Разделы не определены."),
        Paragraph(count, Align.LEFT, first_line_indent=False),
        SignatureLine(facts.signatory_position, facts.signatory, BLANK_DAY),
    )
    return Document(f"{facts.title}. {facts.period}".strip(". "), blocks, landscape=True)


def _section(group: RoadMapGroup) -> list[Row | GroupRow]:
    """The rows of a section, numbered within it."""
    if not group.measures:
        return [GroupRow(group.title), Row(("—", NOTHING_PLANNED, "—", "—", "—"))]
    rows = [
        Row((str(number), one.title, stated(one.deadline), stated(one.responsible), stated(one.expected)))
        for number, one in enumerate(group.measures, start=1)
    ]
    return [GroupRow(group.title), *rows]
