"""The report on the road map for a period: what was done, moved, not done and why, indicators, events, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import long_date, short_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Row,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A measure of the period: its days, who, and the paper that proves it or the reason why it was not done."""

    title: str
    days: str
    owner: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReachedLine:
    """An indicator: base, what it has reached by the end of the period, target, how that stands."""

    title: str
    base: str
    reached: str
    target: str
    judged: str


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """All of a report. `summary` and `conclusions` are drafted sentences that a person edits before signing."""

    title: str
    school: str
    to: str
    starts: date
    ends: date
    as_of: date
    summary: tuple[str, ...]
    done: tuple[WorkLine, ...] = ()
    open: tuple[WorkLine, ...] = ()
    indicators: tuple[ReachedLine, ...] = ()
    events: tuple[tuple[str, str, str, str], ...] = ()
    """Day, form with topic, participants of both schools, what came of it."""
    courses: tuple[tuple[str, str, str, str], ...] = ()
    """Teacher, topic, hours, days."""
    decisions: tuple[tuple[str, str, str, str], ...] = ()
    """What, who, until when, how it stands."""
    conclusions: tuple[str, ...] = ()
    signatory: str = ""


_DONE = (Column("№", 9, Align.CENTER), Column("Мероприятие", 62), Column("Срок", 24), Column("Ответственный", 34),
         Column("Подтверждение", 46))  # fmt: skip
_OPEN = (Column("№", 9, Align.CENTER), Column("Мероприятие", 56), Column("Срок", 24), Column("Как обстоит дело", 36),
         Column("Причина", 50))  # fmt: skip
_REACHED = (Column("Показатель", 70), Column("Было", 20, Align.CENTER), Column("Достигнуто", 24, Align.CENTER),
            Column("Цель", 20, Align.CENTER), Column("Оценка", 41))  # fmt: skip
_EVENTS = (Column("Дата", 22), Column("Форма и тема", 70), Column("Участников: наших, партнёра", 30, Align.CENTER),
           Column("Итог", 53))  # fmt: skip
_COURSES = (Column("Педагог", 44), Column("Тема", 76), Column("Часов", 18, Align.CENTER), Column("Сроки", 37))
_DECISIONS = (Column("Решение", 78), Column("Кому поручено", 42), Column("Срок", 22), Column("Исполнение", 33))


def period_document(facts: PeriodFacts) -> Document:
    """The report in the order in which it is read; parts without anything to tell are left out but the first two."""
    period = f"{short_date(facts.starts)} — {short_date(facts.ends)}"
    blocks: list[Block] = [
        Note("Черновик собран программой по данным школы. До подписи прочтите и поправьте его в Word."),
        Heading("ОТЧЁТ", 0),
        Paragraph((Run("о реализации дорожной карты", bold=True),), Align.CENTER, first_line_indent=False),
        *((Paragraph(facts.title, Align.CENTER, first_line_indent=False),) if facts.title else ()),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(f"за период {period}", Align.CENTER, first_line_indent=False),
    ]
    if facts.to:
        blocks.append(Paragraph(f"Кому: {facts.to}", Align.CENTER, first_line_indent=False, small=True))
    blocks += [Spacer(), Heading("1. Общие итоги"), *(Paragraph(words) for words in facts.summary)]
    blocks.append(Heading("2. Выполнено"))
    if facts.done:
        blocks += [_lead("Мероприятий", len(facts.done)), _work(_DONE, facts.done)]
    else:
        blocks.append(Paragraph("Выполненных мероприятий в этом периоде нет."))
    number = 3
    for heading, lead, table in _parts(facts):
        blocks += [Heading(f"{number}. {heading}"), lead, table]
        number += 1
    blocks += [Heading(f"{number}. Выводы и предложения"), *_conclusions(facts)]
    dated = f"По состоянию на {long_date(facts.as_of)}"
    blocks += [Paragraph(dated, Align.LEFT, first_line_indent=False, small=True), Spacer()]
    blocks.append(SignatureLine("Директор", facts.signatory, BLANK_DAY))
    return Document(f"Отчёт о реализации дорожной карты, {period}", tuple(blocks), Typeface.SERIF)


def _parts(facts: PeriodFacts) -> list[tuple[str, Block, Block]]:
    found: list[tuple[str, Block, Block]] = []
    if facts.open:
        heading = "Выполнено частично, перенесено, снято, не выполнено"
        found.append((heading, _lead("Мероприятий", len(facts.open)), _work(_OPEN, facts.open)))
    if facts.indicators:
        rows = (Row((one.title, one.base, one.reached, one.target, one.judged)) for one in facts.indicators)
        lead = _lead("Показателей", len(facts.indicators))
        found.append(("Целевые показатели", lead, Table(_REACHED, tuple(rows))))
    for heading, noun, columns, lines in (
        ("Работа со школами-партнёрами", "Событий", _EVENTS, facts.events),
        ("Повышение квалификации", "Завершено обучение педагогов", _COURSES, facts.courses),
        ("Управленческие решения", "Решений со сроком в этом периоде", _DECISIONS, facts.decisions),
    ):
        if lines:
            found.append(
                (heading, _lead(noun, len(lines)), Table(columns, tuple(Row(line) for line in lines), is_dense=True))
            )
    return found


def _lead(noun: str, count: int) -> Paragraph:
    """A line between a heading and its table: a heading keeps to it, and the table may go on to the next page."""
    return Paragraph(f"{noun}: {count}.", Align.LEFT, first_line_indent=False)


def _work(columns: tuple[Column, ...], lines: tuple[WorkLine, ...]) -> Table:
    is_open = columns is _OPEN
    rows = [
        Row((str(at), one.title, one.days, one.state if is_open else stated(one.owner), stated(one.words)))
        for at, one in enumerate(lines, 1)
    ]
    return Table(columns, tuple(rows))


def _conclusions(facts: PeriodFacts) -> list[Block]:
    blank = "Предложения школы: " + "_" * 60
    found: list[Block] = [ListBlock(facts.conclusions)] if facts.conclusions else []
    return [*found, Paragraph(blank, Align.LEFT, first_line_indent=False)]
