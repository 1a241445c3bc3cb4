"""Plans of preventing failure by the codes of pupils, and the risk group of a class; no name of a pupil anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.russian import initialed
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    Note,
    PageBreak,
    Paragraph,
    Row,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, empty_rows, filled, stated

TITLE = "План профилактики учебной неуспешности"
CODE_NOTE = "Ученик назван кодом. Список кодов школа хранит отдельно, на бумаге."
REQUISITES = ("В чём риск", "Предметы", "На учёте с", "Сопровождает", "Родители извещены", "Состояние")
_CAUSES = (Column("Причина", 46), Column("В чём видно", 66), Column("Рекомендация", 82))
_STEPS = (
    Column("№", 8, Align.CENTER),
    Column("Что делаем", 62),
    Column("Предмет", 30),
    Column("Кто", 40),
    Column("Срок", 28),
    Column("Отметка, результат", 42),
)
_CLASS = (
    Column("Код", 18),
    Column("В чём риск", 46),
    Column("Предметы", 40),
    Column("Причины", 54),
    Column("Что делаем, кто и когда", 84),
    Column("Родители извещены", 28),
)


@dataclass(frozen=True, slots=True)
class PupilPlanFacts:
    """The plan of one pupil: causes are (cause, seen in, advice), steps (what, subject, who, when, mark)."""

    code: str
    school_class: str
    requisites: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, str, str], ...] = ()
    steps: tuple[tuple[str, str, str, str, str], ...] = ()
    progress: tuple[tuple[str, str], ...] = ()
    curator: str = ""


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A pupil in the plan of a class; several steps stand in lines."""

    code: str
    risks: str
    subjects: str
    causes: str
    steps: str
    informed: str


@dataclass(frozen=True, slots=True)
class ClassPlanFacts:
    """The risk group of one class."""

    school_class: str
    lines: tuple[ClassLine, ...]


@dataclass(frozen=True, slots=True)
class RiskGroupFacts:
    """The risk group in numbers that name nobody; a table is None where the group is too small to be broken down."""

    school: str
    as_of: str
    words: str
    totals: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    history: tuple[tuple[str, str], ...]
    note: str
    signatory: str = ""


def prevention_document(school: str, plans: Sequence[PupilPlanFacts], signatory: str = "") -> Document:
    """Every pupil's plan from a new page, signed by the curator, a parent and the director; a form without any."""
    blocks: list[Block] = []
    form = PupilPlanFacts("________", "класс ______", tuple((key, "") for key in REQUISITES))
    for plan in plans or (form,):
        blocks += [PageBreak()] if blocks else []
        blocks += _plan(school, plan, signatory, is_form=not plans)
    return Document(TITLE, tuple(blocks), Typeface.SANS)


def class_plans_document(school: str, classes: Sequence[ClassPlanFacts], signatory: str = "") -> Document:
    """The pupils of the risk group class by class, on turned pages."""
    rows: list[Row | GroupRow] = []
    for one in classes:
        rows.append(GroupRow(one.school_class))
        rows += [
            Row(
                (
                    line.code,
                    stated(line.risks),
                    stated(line.subjects),
                    stated(line.causes),
                    stated(line.steps),
                    stated(line.informed),
                )
            )
            for line in one.lines
        ]
    blocks: tuple[Block, ...] = (
        Heading(f"{TITLE}: по классам", 0),
        Paragraph(school, Align.CENTER, first_line_indent=False),
        Note(CODE_NOTE),
        Table(_CLASS, tuple(rows), "В группе риска учеников нет.", is_dense=True),
        SignatureLine("Директор", initialed(signatory), BLANK_DAY),
    )
    return Document(f"{TITLE}: по классам", blocks, Typeface.SANS, landscape=True)


def risk_group_document(facts: RiskGroupFacts) -> Document:
    """The risk group in numbers: for the pedagogical council."""
    blocks: list[Block] = [
        Heading("Группа риска учебной неуспешности: сводка", 0),
        Paragraph(f"{facts.school}\n{facts.as_of}", Align.CENTER, first_line_indent=False),
        Paragraph(facts.words),
        KeyValueTable(facts.totals, key_width=60),
    ]
    for title, rows in facts.tables:
        blocks += [
            Spacer(),
            Table(
                (Column(title, 130), Column("Учеников", 30, Align.CENTER)),
                tuple(Row(row) for row in rows),
                is_dense=True,
            ),
        ]
    if facts.history:
        blocks += [
            Spacer(),
            Table(
                (Column("Как меняется группа: на дату", 130), Column("Учеников", 30, Align.CENTER)),
                tuple(Row(row) for row in facts.history),
                is_dense=True,
            ),
        ]
    blocks += [Note(facts.note), SignatureLine("Директор", initialed(facts.signatory), BLANK_DAY)]
    return Document("Группа риска учебной неуспешности: сводка", tuple(blocks), Typeface.SANS)


def _plan(school: str, plan: PupilPlanFacts, signatory: str, *, is_form: bool) -> list[Block]:
    shown = filled if is_form else stated
    causes = tuple(Row(cause) for cause in plan.causes)
    steps = tuple(
        Row((str(number), what, stated(subject), stated(who), stated(due), mark))
        for number, (what, subject, who, due, mark) in enumerate(plan.steps, start=1)
    )
    progress: list[Block] = []
    if plan.progress:
        rows = tuple((subject, words) for subject, words in plan.progress)
        progress = [Heading("Продвижение"), KeyValueTable(rows, key_width=30, is_dense=True)]
    if is_form:
        causes, steps = empty_rows(len(_CAUSES), 3), empty_rows(len(_STEPS), 5, is_numbered=True)
    return [
        Heading(TITLE, 0),
        Paragraph(
            f"Ученик {plan.code}, {plan.school_class}\n{school}".replace(", \n", "\n"),
            Align.CENTER,
            first_line_indent=False,
        ),
        Note(CODE_NOTE),
        KeyValueTable(tuple((key, shown(value)) for key, value in plan.requisites), key_width=30, is_dense=True),
        Heading("Причины и рекомендации"),
        Table(_CAUSES, causes, "Причины не отмечены.", is_dense=True),
        Heading("План"),
        Table(_STEPS, steps, "Шаги плана не внесены.", is_dense=True),
        *progress,
        SignatureLine("Сопровождает", initialed(plan.curator), BLANK_DAY),
        SignatureLine("Родитель (законный представитель)", "", BLANK_DAY),
        SignatureLine("Директор", initialed(signatory), BLANK_DAY),
    ]
