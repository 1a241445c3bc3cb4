"""An analytical note on the results of assessment: marks by procedure, how they changed, what is below the minimum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from shnor_desktop.domain.drawing.charts import HeatRow, heat_map
from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.domain.russian import long_date, plural
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    DrawnChart,
    GroupRow,
    Heading,
    LevelCell,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated

T = TypeVar("T")
_ROWS_IN_A_PICTURE = 14
"""More would not stand on a turned page."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One procedure in a grade: shares as «4 из 22 (18,2 %)», `change` against the year before where there is one."""

    procedure: str
    participants: str
    marks: str
    below: str
    quality: str
    change: str = ""
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """What the analysis says of one procedure, with how far it carries."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill that was done insufficiently or on the border."""

    skill: str
    done: str
    failed: str
    level: Level


@dataclass(frozen=True, slots=True)
class DifficultyLine:
    """A line of the register of difficulties."""

    skill: str
    done: str
    action: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True)
class ResultsNoteFacts:
    """`subjects` are the subjects with their lines, the newest first; `findings` the conclusions in sentences.

    `analysis`, `skills` and `difficulties` are lines under the titles of procedures or classes.
    """

    school: str
    as_of: date
    years: str
    subjects: tuple[tuple[str, tuple[ResultLine, ...]], ...]
    findings: tuple[str, ...] = ()
    small_below: int = 10
    signatory: str = ""
    analysis: tuple[tuple[str, tuple[AnalysisLine, ...]], ...] = ()
    skills: tuple[tuple[str, tuple[SkillLine, ...]], ...] = ()
    difficulties: tuple[tuple[str, tuple[DifficultyLine, ...]], ...] = ()
    overview: tuple[tuple[str, ...], tuple[HeatRow, ...]] = ((), ())
    """Grades and subjects of the heat map of what needs action; empty without one."""
    overview_caption: str = ""
    comparable: str = ""
    """When years may be compared; empty where nothing is compared."""


_COLUMNS = (
    Column("Процедура", 62),
    Column("Участников", 24, Align.CENTER),
    Column("«2» / «3» / «4» / «5»", 38, Align.CENTER),
    Column("Не достигли минимума", 44),
    Column("Получили «4» и «5»", 44),
    Column("Доля ниже минимума к прошлому году", 44),
)


_ANALYSIS = (Column("Вывод", 40), Column("Что видно", 216))
_SKILLS = (
    Column("Умение, задания", 140),
    Column("Выполнение", 34, Align.CENTER),
    Column("Не справились", 40, Align.CENTER),
    Column("Вывод", 42),
)
_DIFFICULTIES = (
    Column("Умение, задания", 78),
    Column("Выполнение", 26, Align.CENTER),
    Column("Что делается", 70),
    Column("Ответственный", 34),
    Column("Проверить до", 24, Align.CENTER),
    Column("Состояние", 24),
)
_ANALYSIS_WORDS = {
    Level.HIGH: "нужны меры",
    Level.MEDIUM: "обратить внимание",
    Level.LOW: "без замечаний",
    Level.UNKNOWN: "вывод не делается",
}
_SKILL_WORDS = {
    Level.HIGH: "недостаточно",
    Level.MEDIUM: "на границе",
    Level.LOW: "достаточно",
    Level.UNKNOWN: "вывод не делается",
}


def results_note(facts: ResultsNoteFacts) -> Document:
    """The note on turned pages; it speaks of classes and subjects, never of a teacher."""
    title = "Аналитическая справка о результатах оценочных процедур"
    rows: list[Row | GroupRow] = []
    for subject, lines in facts.subjects:
        rows.append(GroupRow(subject))
        rows += [_row(line) for line in lines]
    total = sum(len(lines) for _subject, lines in facts.subjects)
    counted = plural(total, "результат", "результата", "результатов")
    blocks: list[Block] = [
        Heading(title, 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(f"{facts.years}; по состоянию на {long_date(facts.as_of)}", Align.CENTER, first_line_indent=False),
        Heading("Выводы"),
        ListBlock(facts.findings) if facts.findings else Paragraph("Данных для выводов нет: результаты не внесены."),
        Heading("Результаты по предметам"),
        Table(_COLUMNS, tuple(rows), empty="Результаты не внесены."),
        Paragraph(f"Всего: {counted}.", Align.LEFT, first_line_indent=False),
    ]
    if any(line.is_small for _subject, lines in facts.subjects for line in lines):
        words = f"* Участников меньше {facts.small_below}: доля меняется от одного ученика, судить по ней рано."
        blocks.append(Note(words))
    blocks += _analysis(facts)
    blocks.append(SignatureLine("Заместитель директора", facts.signatory, BLANK_DAY))
    return Document(f"{title}. {facts.years}", tuple(blocks), landscape=True)


def _analysis(facts: ResultsNoteFacts) -> list[Block]:
    """What the procedures say, the skills that were not done well, and the register; nothing of what is not there."""
    found: list[Block] = []
    columns, rows = facts.overview
    for at in range(0, len(rows), _ROWS_IN_A_PICTURE):
        part = rows[at : at + _ROWS_IN_A_PICTURE]
        words = tuple(f"{row.label}: {', '.join(cell.words for cell in row.cells if cell.words)}" for row in part)
        found += [Heading("Где нужны меры")] if not at else []
        found.append(DrawnChart(heat_map(columns, part), words, facts.overview_caption))
    if facts.analysis:
        found += [Heading("Что показывает анализ"), _table(_ANALYSIS, facts.analysis, _analysis_row)]
        found += [Note(facts.comparable)] if facts.comparable else []
    if facts.skills:
        found += [Heading("Умения и задания, выполненные недостаточно"), _table(_SKILLS, facts.skills, _skill_row)]
        found.append(Note("Не справились — набрали меньше половины баллов за эти задания."))
    if facts.difficulties:
        found += [Heading("Реестр затруднений"), _table(_DIFFICULTIES, facts.difficulties, _difficulty_row)]
    if found:
        found.append(Note("Результаты говорят о работе школы с предметом; работу учителей по ним не оценивают."))
    return found


def _table(columns: tuple[Column, ...], groups: Sequence[tuple[str, Sequence[T]]], row: Callable[[T], Row]) -> Table:
    rows: list[Row | GroupRow] = []
    for title, lines in groups:
        rows.append(GroupRow(title))
        rows += [row(line) for line in lines]
    return Table(columns, tuple(rows))


def _analysis_row(line: AnalysisLine) -> Row:
    return Row((LevelCell(line.level, _ANALYSIS_WORDS[line.level]), line.text))


def _skill_row(line: SkillLine) -> Row:
    return Row((line.skill, stated(line.done), stated(line.failed), LevelCell(line.level, _SKILL_WORDS[line.level])))


def _difficulty_row(line: DifficultyLine) -> Row:
    cells = (line.done, line.action, line.owner, line.due, line.state)
    return Row((line.skill, *(stated(cell) for cell in cells)))


def _row(line: ResultLine) -> Row:
    mark = "*" if line.is_small else ""
    cells = (line.participants + mark, stated(line.marks), stated(line.below), stated(line.quality))
    return Row((line.procedure, *cells, stated(line.change)))
