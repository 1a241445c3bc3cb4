"""A request to the founder as a letter, and all requests of the school on one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_NUMBER, by_hand, dated, stated


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the sheet of all of them prints it."""

    title: str
    kind: str
    quantity: str = ""
    cost: str = ""
    funding: str = ""
    ground: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """One letter: to whom, what, how much, why."""

    school: str
    to_whom: str
    line: RequestLine
    justification: tuple[str, ...]
    number: str = ""
    sent_on: date | None = None
    programme: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class AllRequestsFacts:
    """All requests with their sums: pairs of a caption and a sum in words."""

    school: str
    as_of: str
    lines: tuple[RequestLine, ...]
    totals: tuple[tuple[str, str], ...]
    signatory: str = ""


_ONE = (Column("Что нужно", 80), Column("Количество", 26), Column("Сумма, руб.", 32), Column("Источник", 44))
_ALL = (
    Column("№", 9, Align.CENTER),
    Column("Что нужно", 66),
    Column("Вид", 34),
    Column("Кол-во", 22),
    Column("Сумма, руб.", 28, Align.RIGHT),
    Column("Источник", 36),
    Column("Обоснование", 66),
    Column("Состояние", 30),
)
_TOTALS = (Column("Итоги", 110), Column("Сумма", 60, Align.RIGHT))


def request_document(facts: RequestFacts) -> Document:
    """The letter with its number at the left and the addressee at the right."""
    line = facts.line
    row = Row((line.title, stated(line.quantity), stated(line.cost), stated(line.funding)))
    if not line.title:
        row = Row(("\n\n", "", "", ""))
    programme = f" в ходе программы «{facts.programme}»" if facts.programme else ""
    blocks: list[Block] = [
        Paragraph((Run(facts.school, bold=True),), Align.CENTER, first_line_indent=False),
        Paragraph(f"{dated(facts.sent_on)} №{NBSP}{facts.number or BLANK_NUMBER}", Align.LEFT, first_line_indent=False),
        Paragraph(facts.to_whom or "_" * 36, Align.RIGHT, first_line_indent=False),
        Spacer(),
        Heading("ЗАЯВКА", 0),
        Paragraph((Run(f"Вид: {line.kind or '_' * 28}", bold=True),), Align.CENTER, first_line_indent=False),
        Spacer(),
        Paragraph(f"Прошу рассмотреть возможность обеспечить школу тем, что необходимо{programme}:"),
        Table(_ONE, (row,)),
        Paragraph((Run("Обоснование.", bold=True),), Align.LEFT, first_line_indent=False),
    ]
    blocks += [Paragraph(text) for text in facts.justification] or by_hand(5)
    blocks += [Paragraph("О принятом решении прошу сообщить."), Spacer(), SignatureLine("Директор", facts.signatory)]
    return Document(f"Заявка. {line.title}" if line.title else "Заявка", tuple(blocks), Typeface.SERIF)


def all_requests_document(facts: AllRequestsFacts) -> Document:
    """A turned sheet with every request, then the totals by source and by what came of them."""
    rows = tuple(
        Row(
            (
                str(n),
                item.title,
                item.kind,
                stated(item.quantity),
                stated(item.cost),
                stated(item.funding),
                stated(item.ground),
                item.state,
            )
        )
        for n, item in enumerate(facts.lines, start=1)
    )
    blocks: list[Block] = [
        Heading("Сводная заявка школы", 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(facts.as_of, Align.CENTER, first_line_indent=False),
        Table(_ALL, rows, empty="Заявок нет."),
        Spacer(),
        Table(_TOTALS, tuple(Row(pair) for pair in facts.totals), empty="Итогов нет.", is_dense=True),
        SignatureLine("Директор", facts.signatory),
    ]
    return Document("Сводная заявка школы", tuple(blocks), Typeface.SERIF, landscape=True, footer=facts.school)
