"""The outcome of surveys of parents: shares with n, compared only where the wording is the same."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.russian import initialed
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY

TITLE = "Итоги опросов родителей"
_COLUMNS = (
    Column("Дата", 30),
    Column("Ответили", 30, Align.CENTER),
    Column("Удовлетворены", 60, Align.CENTER),
    Column("Как читать", 80),
)


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """The surveys with one wording: (day, asked, satisfied, warning)."""

    question: str
    rows: tuple[tuple[str, str, str, str], ...]
    change: str


@dataclass(frozen=True, slots=True)
class SurveysFacts:
    """All surveys of a school."""

    school: str
    as_of: str
    surveys: tuple[SurveyFacts, ...]
    signatory: str = ""


def surveys_document(facts: SurveysFacts) -> Document:
    """A table for each question, with what changed."""
    blocks: list[Block] = [
        Heading(TITLE, 0),
        Paragraph(f"{facts.school}\n{facts.as_of}", Align.CENTER, first_line_indent=False),
    ]
    for one in facts.surveys:
        blocks += [Heading(one.question), Table(_COLUMNS, tuple(Row(row) for row in one.rows), is_dense=True)]
        if one.change:
            blocks.append(Paragraph(f"По сравнению с прошлым опросом: {one.change}.", first_line_indent=False))
    if not facts.surveys:
        blocks.append(Paragraph("Опросы родителей не внесены.", Align.CENTER))
    note = "Опросы с разными вопросами не сравниваются. Доля считается от тех, кто ответил."
    blocks += [Note(note), SignatureLine("Директор", initialed(facts.signatory), BLANK_DAY)]
    return Document(TITLE, tuple(blocks), Typeface.SANS)
