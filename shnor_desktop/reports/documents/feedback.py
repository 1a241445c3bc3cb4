"""The personal card of one teacher: printed one at a time, for the talk; it stays in the school."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.reports.content import (
    Align,
    Document,
    Heading,
    KeyValueTable,
    Note,
    Paragraph,
    SignatureLine,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, filled, stated

TITLE = "Личная карточка обратной связи"
STAYS = (
    "Карточка остаётся в школе: её нет в пакете для центра, в сводках и отчётах. "
    "Карточки разных педагогов не сравнивают и вместе не печатают."
)


@dataclass(frozen=True, slots=True)
class FeedbackCardFacts:
    """One card, every value as it is printed."""

    school: str
    rows: tuple[tuple[str, str], ...]
    teacher: str
    given_by: str


def feedback_card_document(card: FeedbackCardFacts | None) -> Document:
    """The card; without one it is said where to open it."""
    if card is None:
        words = "Карточка печатается по одной: откройте её на странице «Педагоги», часть «Личные карточки»."
        return Document(TITLE, (Heading(TITLE, 0), Paragraph(words, Align.CENTER)), Typeface.SANS)
    shown = stated if any(value for _key, value in card.rows) else filled
    blocks = (
        Heading(TITLE, 0),
        Paragraph(card.school, Align.CENTER, first_line_indent=False),
        Note(STAYS),
        KeyValueTable(tuple((key, shown(value)) for key, value in card.rows), key_width=30),
        SignatureLine("Беседу провёл", card.given_by, BLANK_DAY),
        SignatureLine("Педагог", card.teacher, BLANK_DAY),
    )
    return Document(TITLE, blocks, Typeface.SANS)
