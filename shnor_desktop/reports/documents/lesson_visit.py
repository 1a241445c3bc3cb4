"""A visited lesson on paper: the card, filled or blank, and the feedback sheet that the teacher is given at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    Paragraph,
    Row,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, by_hand, stated

_BLANK = "______________"
_COLUMNS = (
    Column("№", 12, Align.CENTER),
    Column("На что смотрим", 92),
    Column("Отметка", 34, Align.CENTER),
    Column("Что увидели", 56),
)
_LONGEST_IN_CELL = 26
_LINES_FOR_TEXT = 3


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """A criterion as it is printed; `score` are words of the scale."""

    text: str
    obligatory: bool = False
    score: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LessonCardFacts:
    """A card; `scale` are codes with words, `sections` titles with criteria and the summary in words.

    `requisites` and `outcome` are captions with values; a blank card has them without values.
    """

    title: str
    school: str
    requisites: tuple[tuple[str, str], ...]
    scale: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, tuple[CriterionFacts, ...], str], ...]
    outcome: tuple[tuple[str, str], ...]
    visitor: str = ""
    teacher: str = ""
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackSheetFacts:
    """What the teacher is given: the lesson, the text, when to meet again."""

    school: str
    requisites: tuple[tuple[str, str], ...]
    text: str
    again: str = ""
    visitor: str = ""
    teacher: str = ""


def lesson_card_document(cards: Sequence[LessonCardFacts]) -> Document:
    """One card; without any it is said that no lesson was visited."""
    if not cards:
        title = "Карта посещения урока"
        empty: tuple[Block, ...] = (Heading(title, 0), Paragraph("Посещённых уроков ещё нет.", Align.CENTER))
        return Document(title, empty, Typeface.SANS)
    card = cards[0]
    blocks: list[Block] = [
        Heading(card.title, 0),
        Paragraph(card.school, Align.CENTER, first_line_indent=False),
        KeyValueTable(tuple((key, _value(value, card.is_blank)) for key, value in card.requisites), key_width=32),
        Paragraph(_legend(card), Align.LEFT, first_line_indent=False, small=True),
        Table(_COLUMNS, tuple(_rows(card)), "Критериев в карте нет."),
    ]
    room = "\n".join([_BLANK * 4] * _LINES_FOR_TEXT)
    outcome = tuple((key, room if card.is_blank else stated(value)) for key, value in card.outcome)
    blocks += [Heading("Выводы"), KeyValueTable(outcome, key_width=26)]
    blocks += [SignatureLine("Посетил", card.visitor, BLANK_DAY), SignatureLine("Учитель", card.teacher, BLANK_DAY)]
    return Document(card.title, tuple(blocks), Typeface.SANS, footer=card.school)


def feedback_sheet_document(sheets: Sequence[FeedbackSheetFacts]) -> Document:
    """The sheet of one lesson; without any it is said that no lesson was visited."""
    title = "Лист обратной связи по уроку"
    if not sheets:
        empty: tuple[Block, ...] = (Heading(title, 0), Paragraph("Посещённых уроков ещё нет.", Align.CENTER))
        return Document(title, empty, Typeface.SANS)
    sheet = sheets[0]
    blocks: list[Block] = [
        Heading(title, 0),
        Paragraph(sheet.school, Align.CENTER, first_line_indent=False),
        KeyValueTable(tuple((key, _value(value, not sheet.text)) for key, value in sheet.requisites), key_width=32),
        Spacer(),
    ]
    if not sheet.text:
        for words in ("Что получилось:", "Над чем стоит поработать:", "О чём договорились:"):
            blocks += [Paragraph(words, Align.LEFT, first_line_indent=False), *by_hand(4)]
    for part in sheet.text.split("\n\n"):
        blocks.append(Paragraph(part.strip(), Align.LEFT, first_line_indent=False))
    if sheet.again:
        blocks.append(Paragraph(f"Вернёмся к разговору: {sheet.again}.", Align.LEFT, first_line_indent=False))
    own = "Мысли учителя об уроке: " + _BLANK * 4
    blocks += [Spacer(), Paragraph(own, Align.LEFT, first_line_indent=False), Spacer()]
    blocks += [SignatureLine("Посетил", sheet.visitor, BLANK_DAY), SignatureLine("Учитель", sheet.teacher, BLANK_DAY)]
    return Document(title, tuple(blocks), Typeface.SANS, footer=sheet.school)


def _value(value: str, is_blank: bool) -> str:
    return value.strip() or (_BLANK * 2 if is_blank else stated(value))


def _legend(card: LessonCardFacts) -> str:
    is_short = not card.is_blank or all(code == words for code, words in card.scale)
    words = ", ".join(words if is_short else f"{code} — {words}" for code, words in card.scale)
    what = "Обведите отметку у каждого пункта" if card.is_blank else "Отметки"
    return f"{what}: {words}. Звёздочка (*) — обязательный пункт. Карта помогает разговору, сумма не считается."


def _rows(card: LessonCardFacts) -> list[Row | GroupRow]:
    made: list[Row | GroupRow] = []
    number = 0
    between = NBSP * 3
    captions = between.join(words for _, words in card.scale)
    choice = captions if len(captions) <= _LONGEST_IN_CELL else between.join(code for code, _ in card.scale)
    for title, criteria, words in card.sections:
        made.append(GroupRow(title if card.is_blank or not words else f"{title} — {words}"))
        for item in criteria:
            number += 1
            score = choice if card.is_blank else stated(item.score)
            made.append(Row((str(number), f"{item.text}{f'{NBSP}*' if item.obligatory else ''}", score, item.note)))
    return made
