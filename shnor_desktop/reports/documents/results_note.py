"""An analytical note on the results of assessment: marks by procedure, how they changed, what is below the minimum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import long_date, plural
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    GroupRow,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


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
class ResultsNoteFacts:
    """`subjects` are the subjects with their lines, the newest first; `findings` the conclusions in sentences."""

    school: str
    as_of: date
    years: str
    subjects: tuple[tuple[str, tuple[ResultLine, ...]], ...]
    findings: tuple[str, ...] = ()
    small_below: int = 10
    signatory: str = ""


_COLUMNS = (
    Column("Процедура", 62),
    Column("Участников", 24, Align.CENTER),
    Column("«2» / «3» / «4» / «5»", 38, Align.CENTER),
    Column("Не достигли минимума", 44),
    Column("Получили «4» и «5»", 44),
    Column("Доля ниже минимума к прошлому году", 44),
)


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
    blocks.append(SignatureLine("Заместитель директора", facts.signatory, BLANK_DAY))
    return Document(f"{title}. {facts.years}", tuple(blocks), landscape=True)


def _row(line: ResultLine) -> Row:
    mark = "*" if line.is_small else ""
    cells = (line.participants + mark, stated(line.marks), stated(line.below), stated(line.quality))
    return Row((line.procedure, *cells, stated(line.change)))
