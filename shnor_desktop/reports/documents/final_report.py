"""The final report of a cycle: goals, indicators, measures, partners, courses, what remains, what to correct."""

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
from shnor_desktop.reports.documents.period_report import ReachedLine
from shnor_desktop.reports.documents.programme import GoalFacts
from shnor_desktop.reports.documents.requisites import BLANK_DAY, by_hand


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage or a section of the road map with its counts; cancelled measures are in none of them."""

    title: str
    total: int
    done: int
    in_progress: int
    overdue: int


@dataclass(frozen=True, slots=True)
class FinalReportFacts:
    """All of the report. `proposals` are drafted sentences that a person edits before signing."""

    school: str
    period: str
    as_of: date
    is_over: bool
    goals: tuple[GoalFacts, ...]
    indicators: tuple[ReachedLine, ...]
    indicator_words: str
    measure_words: str
    stages: tuple[StageLine, ...]
    partners: tuple[tuple[str, str, str, str], ...]
    """School, events promised, held, what was taken into work."""
    teacher_words: tuple[str, ...]
    courses: tuple[tuple[str, str, str, str], ...]
    """Teacher, topic, hours, days."""
    remains: tuple[tuple[str, str, str, str], ...]
    """Measure, deadline, who, how it stands."""
    problems: tuple[str, ...]
    proposals: tuple[str, ...]
    signatory: str = ""


_REACHED = (
    Column("Показатель", 70),
    Column("Было", 20, Align.CENTER),
    Column("Цель", 20, Align.CENTER),
    Column("Достигнуто", 25, Align.CENTER),
    Column("Оценка", 40),
)
_STAGES = (
    Column("Этап, раздел", 75),
    Column("Всего", 20, Align.CENTER),
    Column("Выполнено", 27, Align.CENTER),
    Column("Выполняется", 28, Align.CENTER),
    Column("Просрочено", 25, Align.CENTER),
)
_PARTNERS = (
    Column("Школа-партнёр", 55),
    Column("Обещано встреч за год", 25, Align.CENTER),
    Column("Проведено всего", 25, Align.CENTER),
    Column("Что взято в работу", 70),
)
_COURSES = (
    Column("Педагог", 45),
    Column("Тема", 72),
    Column("Часов", 18, Align.CENTER),
    Column("Сроки", 40),
)
_REMAINS = (
    Column("Мероприятие", 75),
    Column("Срок", 32),
    Column("Ответственный", 38),
    Column("Состояние", 30),
)


def final_report_document(facts: FinalReportFacts) -> Document:
    """The report in the order in which it is read; a part without data says so and stays."""
    blocks: list[Block] = [
        Note("Черновик собран программой по данным школы. До подписи прочтите и поправьте его в Word."),
        Heading("ИТОГОВЫЙ ОТЧЁТ", 0),
        Paragraph((Run("о реализации программы перехода", bold=True),), Align.CENTER, first_line_indent=False),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(f"за {facts.period}", Align.CENTER, first_line_indent=False),
    ]
    if not facts.is_over:
        words = f"Срок программы ещё не закончился: данные на {long_date(facts.as_of)}."
        blocks.append(Paragraph(words, Align.CENTER, first_line_indent=False, small=True))
    blocks += [Heading("1. Цели программы"), *_goals(facts.goals)]
    blocks += [Heading("2. Целевые показатели"), _line(facts.indicator_words)]
    rows = tuple(Row((one.title, one.base, one.target, one.reached, one.judged)) for one in facts.indicators)
    blocks.append(Table(_REACHED, rows, empty="Показатели не внесены."))
    blocks += [Heading("3. Мероприятия дорожной карты"), _line(facts.measure_words), _stages(facts.stages)]
    blocks += [Heading("4. Работа со школами-партнёрами")]
    blocks.append(Table(_PARTNERS, tuple(map(Row, facts.partners)), "Школ-партнёров в программе нет.", is_dense=True))
    blocks += [Heading("5. Развитие педагогов"), *map(_line, facts.teacher_words)]
    blocks.append(
        Table(_COURSES, tuple(map(Row, facts.courses)), "Завершённых курсов за это время нет.", is_dense=True)
    )
    blocks += [Heading("6. Что осталось"), _line(f"Мероприятий не завершено: {len(facts.remains)}.")]
    blocks.append(Table(_REMAINS, tuple(map(Row, facts.remains)), "Все мероприятия завершены.", is_dense=True))
    if facts.problems:
        blocks += [_line("Проблемные поля, которые остаются в работе:"), ListBlock(facts.problems)]
    blocks.append(Heading("7. Предложения по корректировке программы"))
    blocks += [ListBlock(facts.proposals, numbered=True)] if facts.proposals else []
    blocks += [_line("Дополнения школы:"), *by_hand(3)]
    blocks += [Spacer(), SignatureLine("Директор", facts.signatory, BLANK_DAY)]
    return Document(f"Итоговый отчёт о реализации программы, {facts.period}", tuple(blocks), Typeface.SERIF)


def _goals(goals: tuple[GoalFacts, ...]) -> list[Block]:
    found: list[Block] = []
    for goal in goals:
        found.append(_line(f"Цель: {goal.title}"))
        if goal.tasks:
            found.append(ListBlock(goal.tasks))
    return found or [_line("Цели в программе не названы.")]


def _stages(stages: tuple[StageLine, ...]) -> Table:
    rows = tuple(
        Row((one.title, str(one.total), str(one.done), str(one.in_progress), str(one.overdue))) for one in stages
    )
    return Table(_STAGES, rows, empty="Мероприятия не внесены.")


def _line(words: str) -> Paragraph:
    return Paragraph(words, Align.LEFT, first_line_indent=False)
