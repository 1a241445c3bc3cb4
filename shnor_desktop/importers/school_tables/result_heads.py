"""What paper a report is about: year, subject and grade, from its title or its columns, else they are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.domain.results_dataset import GRADES, YEARS
from shnor_desktop.domain.school_subjects import SUBJECTS, exam_subject, recognise_subject
from shnor_desktop.importers.f1_layout import TITLE
from shnor_desktop.importers.school_tables.cells import number_of, plain, result_year, whole_of, years_in
from shnor_desktop.importers.school_tables.found import Asked
from shnor_desktop.importers.school_tables.layouts import ListLayout

_GRADE = re.compile(r"(?<!\d)(\d{1,2})\W{0,3}(?:й\W*)?класс|класс\W{0,3}(\d{1,2})(?!\d)")
_PROCEDURES = (("ege", r"\bегэ\b|ege"), ("oge", r"\bогэ\b|oge|\bгвэ\b"), ("vpr", r"\bвпр\b"))


@dataclass(frozen=True, slots=True)
class Head:
    """The paper; what is not known is empty. `subject` is a code, or the words of the file for an unknown one."""

    procedure: str = ""
    subject: str = ""
    grade: int | None = None
    year: int | None = None

    @property
    def title(self) -> str:
        """«Математика, 5 класс, 2024 г.»."""
        name = next((one.name for one in SUBJECTS if one.code == self.subject), self.subject)
        return f"{name}, {self.grade} класс, {self.year} г."


def title_head(table: SourceTable, layout: ListLayout, file: str) -> Head:
    """What stands above the table, on the tab of the sheet and in the name of the file."""
    above = [cell[:300] for row in table.rows[: max(layout.header, 0)] for cell in row[:12] if cell]
    texts = [*above, table.place, file]
    title = next((match for text in texts if (match := TITLE.search(text))), None)
    if title is not None:
        known = subject_code(title["subject"].strip(" .,;:-«»"))
        return Head("vpr", known, _grade_of(title["grade"]), _year_of(int(title["year"])))
    subject = next((code for text in texts if (code := _subject_in(text))), "")
    grade = next((int(match[1] or match[2]) for text in texts if (match := _GRADE.search(plain(text)))), None)
    year = next((years[0] for text in texts if (years := years_in(text))), None)
    procedure = procedure_in(" ".join(texts))
    subject = exam_subject(subject, procedure, " ".join(texts))
    return Head(procedure, subject, _grade_of(str(grade or "")), _year_of(year))


def row_head(table: SourceTable, layout: ListLayout, row: int, head: Head, asked: Asked) -> Head:
    """The head of one row: its own columns come before the title, the answers of a person before both."""

    def cell(meaning: str) -> str:
        at = layout.column(meaning)
        return table.cell(row, at) if at >= 0 else ""

    words = cell("subject")
    procedure = asked.procedure or procedure_in(cell("procedure")) or procedure_in(words) or head.procedure
    subject = exam_subject(subject_code(words), procedure, words) if words else head.subject
    return Head(
        procedure=procedure,
        subject=asked.subject or subject,
        grade=asked.grade or _grade_of(cell("grade")) or head.grade,
        year=asked.year or _year_of(result_year(cell("year"))) or head.year,
    )


def subject_code(words: str) -> str:
    """The code of a subject; an unknown one stays as it is written. The level and the exam are no part of it."""
    bare = re.sub(r"\b(?:ЕГЭ|ОГЭ|ВПР|ГИА)\b[-\s]*\d*|\(.*?\)", " ", words, flags=re.IGNORECASE).strip(" .,;:-«»")
    found = recognise_subject(words) or recognise_subject(bare)
    return found.code if found is not None else " ".join(words.split())[:200]


def procedure_in(words: str) -> str:
    """«ege», «oge», «vpr» or «diagnostic» if the words name one."""
    folded = plain(words)
    spaced = re.sub(r"[_.\d-]", " ", folded)
    for code, pattern in _PROCEDURES:
        if re.search(pattern, folded) or re.search(pattern, spaced):
            return code
    return "diagnostic" if "диагностич" in folded else ""


def _subject_in(text: str) -> str:
    """A subject that a title names among other words."""
    words = plain(text)
    return next((one.code for one in SUBJECTS if re.search(rf"\b{re.escape(plain(one.name))}\b", words)), "")


def _grade_of(text: str) -> int | None:
    digits = re.match(r"\D{0,8}(\d{1,2})(?!\d)", text) if text else None
    value = int(digits[1]) if digits else whole_of(text) if number_of(text) is not None else None
    return value if value in GRADES else None


def _year_of(value: int | None) -> int | None:
    return value if value in YEARS else None
