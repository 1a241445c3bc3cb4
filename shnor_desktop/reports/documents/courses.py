"""The request for courses, and the list of mentors: who is taught, by whom, why somebody is not."""

from __future__ import annotations

from dataclasses import dataclass

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
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated

_COLUMNS = (
    Column("№", 12, Align.CENTER),
    Column("Педагог", 46),
    Column("Должность, предмет", 44),
    Column("Тема курсов", 66),
    Column("Объём, ч", 16, Align.CENTER),
    Column("Желательно до", 24),
    Column("Основание", 46),
)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One row of the request, every value as it is printed."""

    teacher: str
    position: str
    title: str
    hours: str = ""
    wanted_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CourseRequestFacts:
    """The request: rows by whom the courses are meant for."""

    school: str
    to_whom: str
    groups: tuple[tuple[str, tuple[CourseLine, ...]], ...]
    signatory: str = ""


def course_request_document(facts: CourseRequestFacts) -> Document:
    """The list for the organiser of the courses, on turned pages."""
    title = "Заявка на курсы повышения квалификации"
    rows: list[Row | GroupRow] = []
    number = 0
    for audience, lines in facts.groups:
        rows.append(GroupRow(audience))
        for line in lines:
            number += 1
            cells = (line.teacher, stated(line.position), line.title)
            rows.append(Row((str(number), *cells, stated(line.hours), stated(line.wanted_by), stated(line.reason))))
    head: list[Block] = [Heading(title, 0), Paragraph(facts.school, Align.CENTER, first_line_indent=False)]
    if facts.to_whom:
        head.append(Paragraph(f"Организатор: {facts.to_whom}", Align.CENTER, first_line_indent=False))
    words = "Курсы никому не нужны: строк со словами «нужны» и «заявка отправлена» нет."
    blocks = (
        *head,
        Spacer(),
        Table(_COLUMNS, tuple(rows), words),
        SignatureLine("Директор", facts.signatory, BLANK_DAY),
    )
    return Document(title, blocks, Typeface.SANS, landscape=True, footer=facts.school)


_MENTORS = (
    Column("№", 12, Align.CENTER),
    Column("Педагог", 50),
    Column("Предметы", 40),
    Column("Наставник или причина, почему его нет", 70),
    Column("Встречи", 34),
)


@dataclass(frozen=True, slots=True)
class MentorsFacts:
    """Groups of rows: teacher, subjects, mentor or reason, meetings; the rule of the methodology above."""

    school: str
    rule: str
    summary: str
    groups: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...]
    signatory: str = ""


def mentors_document(facts: MentorsFacts) -> Document:
    """Who helps whom: an enclosure of an order, or a page for the meeting."""
    title = "Наставники педагогов"
    rows: list[Row | GroupRow] = []
    number = 0
    for heading, lines in facts.groups:
        rows.append(GroupRow(heading))
        for line in lines:
            number += 1
            rows.append(Row((str(number), *(stated(cell) for cell in line))))
    said = [Paragraph(words, Align.LEFT, first_line_indent=False) for words in (facts.rule, facts.summary) if words]
    table = Table(_MENTORS, tuple(rows), "Учителей, которым методика предлагает наставника, в списке нет.")
    head = (Heading(title, 0), Paragraph(facts.school, Align.CENTER, first_line_indent=False))
    signature = SignatureLine("Директор", facts.signatory, BLANK_DAY)
    return Document(title, (*head, *said, Spacer(), table, signature), Typeface.SANS, footer=facts.school)
