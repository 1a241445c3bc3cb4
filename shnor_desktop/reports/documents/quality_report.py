"""The analytical note (справка) of a control, with the decisions that were taken on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import short_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Document,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Run,
    SignatureLine,
    Spacer,
    Typeface,
)
from shnor_desktop.reports.documents.protocol import DecidedFacts
from shnor_desktop.reports.documents.requisites import BLANK_NUMBER, by_hand, dated


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What a note says; the texts come as lines. `is_draft` prints that nobody has read it yet."""

    school: str
    title: str
    author: str
    position: str
    number: str = ""
    made_on: date | None = None
    control: str = ""
    held_on: date | None = None
    looked_at: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    decided: tuple[DecidedFacts, ...] = ()
    is_draft: bool = False


def note_document(facts: NoteFacts) -> Document:
    """The note in the order in which it is read: what was studied, found, concluded, advised, decided."""
    blocks: list[Block] = []
    if facts.is_draft:
        blocks.append(Note("Черновик составила программа по данным школы. До подписи прочтите и поправьте."))
    blocks += [
        Paragraph((Run(facts.school, bold=True),), Align.CENTER, first_line_indent=False),
        Spacer(),
        Heading(f"СПРАВКА № {facts.number or BLANK_NUMBER}", 0),
        *(
            [Paragraph((Run(facts.title, bold=True),), Align.CENTER, first_line_indent=False)]
            if facts.title
            else by_hand()
        ),
        Paragraph(dated(facts.made_on), Align.CENTER, first_line_indent=False),
        Spacer(),
    ]
    if facts.control:
        held = f", проведён {short_date(facts.held_on)}" if facts.held_on else ""
        blocks.append(Paragraph(f"Контроль по плану ВСОКО: {facts.control}{held}."))
    parts = (
        ("Что изучено", facts.looked_at),
        ("Что установлено", facts.found),
        ("Выводы", facts.conclusions),
        ("Рекомендации", facts.advice),
    )
    is_form = not facts.title and not any(lines for _head, lines in parts)
    for head, lines in parts:
        if lines or is_form:
            blocks += [Heading(head), *([Paragraph(line) for line in lines] or by_hand(4))]
    if facts.decided:
        blocks += [Heading("Управленческое решение"), ListBlock(tuple(map(_sentence, facts.decided)), numbered=True)]
    blocks += [Spacer(), SignatureLine(facts.position or "Составил", facts.author)]
    return Document(
        f"Справка. {facts.title}" if facts.title else "Справка по итогам контроля", tuple(blocks), Typeface.SERIF
    )


def _sentence(item: DecidedFacts) -> str:
    owner = f" Ответственный: {item.owner}." if item.owner else ""
    due = f" Срок: до {short_date(item.due)}." if item.due else ""
    state = f" Исполнение: {item.state}." if item.state else ""
    return f"{item.title.rstrip('.')}.{owner}{due}{state}"
