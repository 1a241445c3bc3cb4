"""The layout of the ФИС ОКО report «Ф1 Индивидуальные результаты» (field notes 2.5): titles, headings, task codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SHEET_MARK = "индивидуальные результаты"
SUBJECT_LABEL = "Предмет"
MAX_SCORE_LABEL = "Максимальный первичный балл"
DATE_LABEL = "Дата"
PARTICIPANTS_LABEL = "Кол-во участников"

TITLE = re.compile(r"впр\W+(?P<year>\d{4})(?P<subject>.*?)\W(?P<grade>\d{1,2})\W*класс", re.IGNORECASE)
LOGIN = re.compile(r"\(?\b(edu\w{1,40})\b\)?", re.IGNORECASE)
PARTICIPANTS = re.compile(r"кол-во\s+участников\s*:?\s*(\d{1,6})", re.IGNORECASE)
_TASK = re.compile(
    r"(?P<code>\d{1,3}(?:[.,]\d{1,3})*(?:\s*[КкKk]\s*\d{1,2})?(?:[.,]\d{1,3})?)"
    r"\s*\(\s*(?P<max>\d{1,3})\s*б(?:\.|алл\w*\.?)?\s*\)",
    re.IGNORECASE,
)
_NO_MARK = {"", "х", "-", "нет отметки"}
_DASHES = str.maketrans("–—−‐‑", "-----")
# Letters that look alike: a heading typed with Latin ones means the same.
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")


class Column(StrEnum):
    """The columns that are not tasks, by their headings."""

    SCHOOL = "ОО"
    MUNICIPALITY = "Муниципалитет"
    SCHOOL_NAME = "Название ОО"
    CODE = "Код участника"
    CLASS = "Класс"
    VARIANT = "Вариант"
    TOTAL = "Первичный балл"
    MARK = "Отметка"
    JOURNAL_MARK = "Отметка по журналу"


REQUIRED = (Column.CODE, Column.CLASS, Column.TOTAL, Column.MARK)
EXPECTED = (Column.VARIANT, Column.JOURNAL_MARK)
"""Their lack is a warning: the rest can be read without them."""


@dataclass(frozen=True, slots=True)
class TaskHeading:
    """A heading of a task: «9.1 (1б)», «1К1 (4б)». `had_latin` says that К was typed in Latin."""

    code: str
    max_score: int
    had_latin: bool


def folded(text: str) -> str:
    """A heading or label in the form in which they are compared."""
    plain = " ".join(text.casefold().replace("ё", "е").translate(_DASHES).split())
    return plain.translate(_LOOK_ALIKE)


_COLUMNS = {folded(column.value): column for column in Column}


def column_of(heading: str) -> Column | None:
    """The column with this heading, or None."""
    return _COLUMNS.get(folded(heading))


def task_heading(heading: str) -> TaskHeading | None:
    """The task that a heading names, or None."""
    match = _TASK.fullmatch(heading.strip())
    if match is None:
        return None
    typed = "".join(match["code"].split()).replace(",", ".")
    code = typed.upper().replace("K", "К")
    return TaskHeading(code, int(match["max"]), had_latin="K" in typed.upper())


def difficulty(text: str) -> str:
    """Б, П or В of the row above the header; empty for anything else."""
    letter = text.strip().upper().replace("B", "В")
    return letter if letter in {"Б", "П", "В"} else ""


def is_no_mark(text: str) -> bool:
    """Whether a cell says that there is no mark or score: empty, X or Х, a dash, «НЕТ ОТМЕТКИ»."""
    return folded(text) in _NO_MARK


def is_individual_results(sheet_name: str) -> bool:
    """Whether a sheet's name says that it is this report."""
    return folded(SHEET_MARK) in folded(sheet_name)
