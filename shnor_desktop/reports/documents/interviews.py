"""The schedule of interviews with the administrations of schools: a table to print and hand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import Block, Column, Document, GroupRow, Heading, Paragraph, Row, Table, Typeface

_COLUMNS = (Column("Время", 26), Column("Кто приглашён", 74), Column("Отметка", 34), Column("Примечание", 42))


@dataclass(frozen=True, slots=True)
class SlotFacts:
    """One conversation."""

    session: str
    mode: str
    day: date
    starts: str
    ends: str
    invited: str


def interviews_document(methodology: str, slots: Sequence[SlotFacts]) -> Document:
    """The conversations of every series by day, with room for a mark."""
    blocks: list[Block] = [Heading("График собеседований"), Paragraph(methodology, first_line_indent=False)]
    for (session, mode), found in groupby(slots, key=lambda slot: (slot.session, slot.mode)):
        blocks.append(Heading(f"{session} ({mode})" if mode else session, 2))
        rows: list[Row | GroupRow] = []
        for day, own in groupby(found, key=lambda slot: slot.day):
            rows.append(GroupRow(long_date(day)))
            rows += [Row((f"{slot.starts}–{slot.ends}", slot.invited, "", "")) for slot in own]
        blocks.append(Table(_COLUMNS, tuple(rows)))
    return Document("График собеседований", tuple(blocks), Typeface.SERIF)
