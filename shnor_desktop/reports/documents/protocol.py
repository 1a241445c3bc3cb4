"""The protocol of a meeting: who sat, what was heard, what was decided, with a line to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP, long_date, plural, short_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, BLANK_NUMBER, by_hand, dated, empty_rows, stated


@dataclass(frozen=True, slots=True)
class DecidedFacts:
    """What was decided: the charge, who, until when, how it stands."""

    title: str
    owner: str = ""
    due: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class ProtocolFacts:
    """What the protocol says; `present` is a count, names of guests stand as they were typed."""

    school: str
    kind: str
    agenda: tuple[str, ...]
    heard: tuple[str, ...]
    decided: tuple[DecidedFacts, ...]
    number: str = ""
    held_on: date | None = None
    present: int | None = None
    invited: str = ""
    chair: str = ""
    secretary: str = ""


_COLUMNS = (
    Column("№", 10, Align.CENTER),
    Column("Поручение", 95),
    Column("Кому", 50),
    Column("Срок", 28),
    Column("Отметка", 32),
)


def protocol_document(facts: ProtocolFacts) -> Document:
    """The whole protocol."""
    present = plural(facts.present, "человек", "человека", "человек") if facts.present else "____"
    lines = [("Председатель", facts.chair), ("Секретарь", facts.secretary), ("Присутствовали", present)]
    if facts.invited:
        lines.append(("Приглашены", facts.invited))
    blocks: list[Block] = [
        Paragraph((Run(facts.school, bold=True),), Align.CENTER, first_line_indent=False),
        Spacer(),
        Heading(f"ПРОТОКОЛ № {facts.number or BLANK_NUMBER}", 0),
        Paragraph(f"Вид: {facts.kind}", Align.CENTER, first_line_indent=False),
        Paragraph(dated(facts.held_on), Align.CENTER, first_line_indent=False),
        Spacer(),
    ]
    blocks += [
        Paragraph(f"{caption}: {value or '_' * 28}", Align.LEFT, first_line_indent=False) for caption, value in lines
    ]
    blocks += [_head("Повестка дня:"), *_numbered(facts.agenda)]
    blocks += [_head("СЛУШАЛИ:"), *([Paragraph(line) for line in facts.heard] or by_hand(4))]
    blocks += [_head("РЕШИЛИ:"), *_numbered(tuple(_sentence(item) for item in facts.decided), 4)]
    blocks += [Spacer(), SignatureLine("Председатель", facts.chair), SignatureLine("Секретарь", facts.secretary)]
    return Document(f"Протокол. {facts.kind}", tuple(blocks), Typeface.SERIF)


def extract_document(facts: ProtocolFacts) -> Document:
    """The extract: the decisions of a protocol as charges, for those who carry them out."""
    rows = tuple(
        Row((str(n), item.title, stated(item.owner), short_date(item.due) if item.due else "—", stated(item.state)))
        for n, item in enumerate(facts.decided, start=1)
    )
    when = long_date(facts.held_on) if facts.held_on else f"от{NBSP}{BLANK_DAY}"
    blocks: list[Block] = [
        Paragraph((Run(facts.school, bold=True),), Align.CENTER, first_line_indent=False),
        Heading("Выписка из протокола", 0),
        Paragraph(
            f"{facts.kind}, {when}, протокол № {facts.number or BLANK_NUMBER}", Align.CENTER, first_line_indent=False
        ),
        _head("Вопросы:"),
        *_numbered(facts.agenda),
        _head("Поручено:"),
        Table(_COLUMNS, rows or _empty_rows(facts), empty="Решений в протоколе нет."),
        Spacer(),
        SignatureLine("Выписка верна. Секретарь", facts.secretary),
    ]
    return Document(f"Выписка из протокола. {facts.kind}", tuple(blocks), Typeface.SERIF)


def _head(words: str) -> Paragraph:
    return Paragraph((Run(words, bold=True),), Align.LEFT, first_line_indent=False)


def _numbered(items: tuple[str, ...], lines: int = 2) -> list[Block]:
    return [ListBlock(items, numbered=True)] if items else [*by_hand(lines)]


def _empty_rows(facts: ProtocolFacts) -> tuple[Row, ...]:
    """Rows to write on in the form of a meeting that is not in the store."""
    return () if facts.agenda else empty_rows(len(_COLUMNS), 5, is_numbered=True)


def _sentence(item: DecidedFacts) -> str:
    owner = f" Ответственный: {item.owner}." if item.owner else ""
    due = f" Срок: до {short_date(item.due)}." if item.due else ""
    return f"{item.title.rstrip('.')}.{owner}{due}"
