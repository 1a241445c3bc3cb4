"""An empty form on paper: every question with a place to write, choices to be underlined."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY

_BLANK = "______________"
_LINES_FOR_TEXT = 5
_COLUMNS = (
    Column("№", 11, Align.CENTER),
    Column("Показатель", 84),
    Column("Ответ", 66),
    Column("Чем подтверждается", 50),
    Column("Комментарий", 46),
)


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """A question; `choices` are underlined, of a share the counts have captions."""

    caption: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    parts: tuple[str, str] = ("", "")
    needs_evidence: bool = False
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class BlankForm:
    title: str
    school: str
    period: str
    methodology: str
    blocks: tuple[tuple[str, tuple[BlankQuestion, ...]], ...]


def blank_document(form: BlankForm) -> Document:
    """The form to be filled by hand, on turned pages."""
    title = f"{form.title}: бланк"
    requisites = KeyValueTable(
        (
            ("Школа", form.school or _BLANK * 3),
            ("Период", form.period),
            ("Методика", form.methodology),
            ("Заполнил (должность, фамилия)", _BLANK * 2),
            ("По состоянию на", BLANK_DAY),
        ),
        key_width=26,
    )
    blocks: list[Block] = [Heading(title, 0), requisites]
    hint = "Число пишите на черте, из нескольких ответов подчеркните один. Чего в школе нет, отметьте прочерком."
    blocks.append(Paragraph(hint, Align.LEFT, first_line_indent=False, small=True))
    for place, (name, questions) in enumerate(form.blocks, start=1):
        rows = tuple(_row(f"{place}.{number}", question) for number, question in enumerate(questions, start=1))
        blocks += [Heading(f"{place} {name}"), Table(_COLUMNS, rows, empty="Вопросов нет.")]
    blocks.append(SignatureLine("Директор", "", BLANK_DAY))
    return Document(title, tuple(blocks), Typeface.SANS, landscape=True)


def _row(number: str, question: BlankQuestion) -> Row:
    if question.choices:
        answer = "\n".join(f"– {choice}" for choice in question.choices)
    elif question.is_text:
        answer = "\n".join([_BLANK * 2] * _LINES_FOR_TEXT)
    elif all(question.parts):
        answer = f"{question.parts[0]}: {_BLANK}\n{question.parts[1]}: {_BLANK}"
    else:
        answer = f"{_BLANK} {question.unit}".strip()
    return Row((number, question.caption, answer, "нужен документ:" if question.needs_evidence else "", ""))
