"""An order of the school, to be signed: requisites, preamble, numbered points, annexes, «ознакомлены»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_NUMBER, by_hand, dated


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """A list behind an order: its title, the heads of its columns, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Нет записей."


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """`made_on` and `number` are blanks to be filled by hand while they are not known."""

    school: str
    title: str
    preamble: str
    points: tuple[str, ...]
    founder: str = ""
    place: str = ""
    number: str = ""
    made_on: date | None = None
    basis: str = ""
    annexes: tuple[AnnexFacts, ...] = ()
    other_annexes: tuple[str, ...] = ()
    signatory: str = ""
    control: str = ""
    readers: tuple[str, ...] = ()
    draft_mark: str = ""


_MOST_READERS = 12


def order_document(facts: OrderFacts) -> Document:
    """One order with its annexes, each from a new page."""
    blocks: list[Block] = []
    if facts.draft_mark:
        blocks.append(Paragraph(facts.draft_mark, Align.RIGHT, first_line_indent=False))
    if facts.founder:
        blocks.append(Paragraph(facts.founder, Align.CENTER, first_line_indent=False))
    blocks += [
        Paragraph((Run(facts.school, bold=True),), Align.CENTER, first_line_indent=False),
        Spacer(),
        Heading("ПРИКАЗ", 0),
        Paragraph(
            f"{dated(facts.made_on)}{NBSP * 24}№{NBSP}{facts.number or BLANK_NUMBER}",
            Align.CENTER,
            first_line_indent=False,
        ),
        Paragraph(facts.place, Align.CENTER, first_line_indent=False),
        Spacer(),
    ]
    blocks += [Paragraph((Run(facts.title, bold=True),), Align.LEFT, first_line_indent=False)] if facts.title else []
    blocks += [Spacer()] if facts.title else by_hand(1)
    preamble = facts.preamble.rstrip(" .:,")
    blocks += [Paragraph(preamble)] if preamble else by_hand()
    blocks.append(Paragraph((Run("ПРИКАЗЫВАЮ:", bold=True),), Align.LEFT, first_line_indent=False))
    blocks += [ListBlock(facts.points, numbered=True)] if facts.points else by_hand(6)
    if facts.control:
        blocks.append(Paragraph(f"Контроль исполнения: {facts.control}."))
    if facts.basis:
        blocks.append(Paragraph(f"Основание: {facts.basis.rstrip('.')}.", first_line_indent=False))
    titles = [annex.title for annex in facts.annexes] + list(facts.other_annexes)
    if titles:
        numbered = [f"{place}. {title}" for place, title in enumerate(titles, start=1)] if len(titles) > 1 else titles
        words = "Приложение" if len(titles) == 1 else "Приложения"
        blocks.append(Paragraph(f"{words}: {'; '.join(numbered)}.", first_line_indent=False))
    blocks += [Spacer(), SignatureLine("Директор", facts.signatory)]
    blocks += _readers(facts.readers)
    for place, annex in enumerate(facts.annexes, start=1):
        blocks += _annex(facts, annex, place if len(titles) > 1 else 0)
    return Document(f"Приказ. {facts.title}" if facts.title else "Приказ", tuple(blocks), Typeface.SERIF)


def _readers(names: Sequence[str]) -> list[Block]:
    """«С приказом ознакомлены», a line for each; the last lines stay empty for others."""
    blocks: list[Block] = [Spacer(), Paragraph("С приказом ознакомлены:", Align.LEFT, first_line_indent=False)]
    shown = list(names[:_MOST_READERS]) or ["", "", ""]
    rows = tuple(Row((name, "", "")) for name in shown)
    columns = (Column("Фамилия, имя, отчество", 90), Column("Дата", 35), Column("Подпись", 45))
    return [*blocks, Table(columns, rows, is_dense=True)]


def _annex(facts: OrderFacts, annex: AnnexFacts, place: int) -> list[Block]:
    number = f" {place}" if place else ""
    of_order = f"к приказу от {dated(facts.made_on)} №{NBSP}{facts.number or BLANK_NUMBER}"
    columns = (Column("№", 10, Align.CENTER), *(Column(title, 50) for title in annex.columns))
    rows = tuple(Row((str(n), *cells)) for n, cells in enumerate(annex.rows, start=1))
    return [
        PageBreak(),
        Paragraph(f"Приложение{number}", Align.RIGHT, first_line_indent=False),
        Paragraph(of_order, Align.RIGHT, first_line_indent=False),
        Spacer(),
        Paragraph((Run(annex.title, bold=True),), Align.CENTER, first_line_indent=False),
        Table(columns, rows, empty=annex.empty),
    ]
