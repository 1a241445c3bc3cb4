"""The report on a wave of monitoring: the form against the wave before, stage tasks, indicators, measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A question of the form: what was answered in the wave before and in this one, and what that means."""

    number: str
    question: str
    before: str
    now: str
    change: str
    note: str


@dataclass(frozen=True, slots=True)
class WaveBlock:
    """A block of the form."""

    title: str
    lines: tuple[WaveLine, ...]


@dataclass(frozen=True, slots=True)
class MonitoringFacts:
    """Everything of the report; a form without an earlier wave has no column for it."""

    title: str
    school: str
    wave: str
    before: str
    as_of: date
    methodology: str
    answered: str
    blocks: tuple[WaveBlock, ...]
    tasks: tuple[tuple[str, str, str], ...]
    indicators: tuple[tuple[str, str, str, str], ...]
    measures: tuple[tuple[str, str], ...]
    conclusion: str
    signatory: str


_INDICATORS = (Column("Показатель", 110), Column("Было", 40), Column("Сейчас", 40), Column("К цели", 60))
_MEASURES = (Column("Выполнение мероприятий дорожной карты", 120), Column("Сколько", 30, Align.CENTER))
_TASKS = (Column("Задача этапа", 150), Column("Состояние", 40), Column("Дата", 60))


def monitoring_document(facts: MonitoringFacts) -> Document:
    """The report on turned pages, to be signed by the director."""
    requisites = [
        ("Школа", facts.school),
        ("Волна", facts.wave),
        ("Сравнивается с", facts.before or "первая волна, сравнивать не с чем"),
        ("По состоянию на", long_date(facts.as_of)),
        ("Методика", facts.methodology),
        ("Заполнено", facts.answered),
    ]
    blocks: list[Block] = [Heading(facts.title, 0), KeyValueTable(tuple(requisites), key_width=20)]
    for block in facts.blocks:
        blocks += [Heading(block.title), _answers(block, bool(facts.before))]
    for title, columns, rows in (
        ("Показатели", _INDICATORS, facts.indicators),
        ("Дорожная карта", _MEASURES, facts.measures),
        ("Задачи этапа", _TASKS, facts.tasks),
    ):
        if rows:
            blocks += [Heading(title), Table(columns, tuple(Row(line) for line in rows))]
    blocks += [Heading("Вывод"), Paragraph(facts.conclusion, Align.LEFT, first_line_indent=False)]
    blocks += [Note("Место для вывода школы: __________________________________________________________________")]
    blocks.append(SignatureLine("Директор", facts.signatory, BLANK_DAY))
    return Document(f"{facts.title}. {facts.wave}", tuple(blocks), Typeface.SANS, landscape=True, footer=facts.school)


def _answers(block: WaveBlock, has_before: bool) -> Table:
    columns = [Column("№", 11, Align.CENTER), Column("Показатель", 90)]
    if has_before:
        columns.append(Column("Прошлая волна", 36))
    columns.append(Column("Эта волна", 36))
    if has_before:
        columns.append(Column("Изменение", 36))
    columns.append(Column("Подтверждение, комментарий", 60))
    return Table(tuple(columns), tuple(_row(line, has_before) for line in block.lines), empty="Вопросов нет.")


def _row(line: WaveLine, has_before: bool) -> Row:
    if has_before:
        return Row((line.number, line.question, stated(line.before), stated(line.now), line.change, line.note))
    return Row((line.number, line.question, stated(line.now), line.note))
