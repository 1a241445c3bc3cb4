"""Reads the ФИС ОКО workbook «Ф1 Индивидуальные результаты» (field notes 2.5).

Columns are found by their headings, not by position. What can be read without a guess is read and remarked on by a
warning; a figure that cannot be true, and anything that looks like a pupil's name, refuses the whole file.

Version history: the layout of 2021–2026, with «Отметка по журналу» as the last column.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.results import ResultWarning, ResultWorkbook, Task
from shnor_desktop.importers.f1_layout import (
    EXPECTED,
    REQUIRED,
    Column,
    column_of,
    difficulty,
    is_individual_results,
    task_heading,
)
from shnor_desktop.importers.f1_meta import F1Meta, read_meta
from shnor_desktop.importers.f1_pupils import PupilTable, read_pupils
from shnor_desktop.importers.workbook_rows import Cell, Sheet, read_sheets, text_of

MAX_TASKS = 500
_SEARCHED_ROWS = 60
"""The header of the table stands within the first so many rows."""


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the table starts and what its columns are; `row` is counted from 0."""

    row: int
    columns: dict[Column, int]
    tasks: tuple[Task, ...]
    task_columns: tuple[int, ...]
    warnings: tuple[ResultWarning, ...]


def read_f1(path: Path) -> tuple[ResultWorkbook, ...]:
    """The results in a workbook file, one per sheet «Индивидуальные результаты».

    Raises KnownError results.* with the file's name: not a workbook, protected, too large, not this report, a column
    missing, a figure out of range (with its row), pupils under their names.
    """
    found = tuple(
        workbook for sheet in read_sheets(path, is_individual_results) if (workbook := _read_sheet(sheet, path.name))
    )
    if not found:
        raise KnownError("results.not_f1", file=path.name)
    return found


def _read_sheet(sheet: Sheet, file: str) -> ResultWorkbook | None:
    """One sheet, or None if it does not resemble the report at all."""
    row = _header_row(sheet)
    if row is None:
        if is_individual_results(sheet.name):
            missing = ", ".join(f"«{column.value}»" for column in REQUIRED)
            raise KnownError("results.no_columns", file=file, columns=missing)
        return None
    header = _read_header(sheet, row, file)
    meta = read_meta(sheet.rows[:row], file)
    max_score = meta.max_score or sum(task.max_score for task in header.tasks)
    table = PupilTable(file, header.columns, header.tasks, header.task_columns, max_score)
    pupils = read_pupils(sheet.rows[row + 1 :], row + 2, table)
    warnings = (
        *_meta_warnings(meta, header.tasks, len(pupils.rows)),
        *header.warnings,
        *pupils.warnings,
    )
    return ResultWorkbook(
        subject=meta.subject,
        subject_code=meta.subject_code,
        grade=meta.grade,
        year=meta.year,
        date=meta.date,
        max_score=max_score,
        school_name=pupils.school_name or meta.school_name,
        school_login=meta.school_login or pupils.school_login,
        declared_participants=meta.declared_participants,
        tasks=header.tasks,
        rows=pupils.rows,
        warnings=warnings,
    )


def _header_row(sheet: Sheet) -> int | None:
    """The first row with at least two of the headings that must be there."""
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        headings = {column_of(text_of(cell)) for cell in row}
        if len(headings.intersection(REQUIRED)) >= 2:
            return number
    return None


def _read_header(sheet: Sheet, row: int, file: str) -> _Header:
    above: tuple[Cell, ...] = sheet.rows[row - 1] if row else ()
    columns: dict[Column, int] = {}
    tasks: dict[str, tuple[Task, int]] = {}
    ignored: list[str] = []
    had_latin = False
    for place, cell in enumerate(sheet.rows[row]):
        text = text_of(cell)
        column, task = column_of(text), task_heading(text)
        if column is not None:
            if columns.setdefault(column, place) != place:
                raise KnownError("results.twin_column", file=file, column=text[:80])
        elif task is not None:
            level = difficulty(text_of(above[place])) if place < len(above) else ""
            known = Task(task.code, task.max_score, level)
            if tasks.setdefault(task.code, (known, place))[1] != place:
                raise KnownError("results.twin_column", file=file, column=text[:80])
            if task.max_score == 0:
                raise KnownError("results.no_tasks", file=file)
            had_latin = had_latin or task.had_latin
        elif text:
            ignored.append(text[:40])
    _require_columns(columns, len(tasks), file)
    return _Header(
        row=row,
        columns=columns,
        tasks=tuple(task for task, _place in tasks.values()),
        task_columns=tuple(place for _task, place in tasks.values()),
        warnings=_header_warnings(columns, ignored, had_latin=had_latin),
    )


def _require_columns(columns: dict[Column, int], tasks: int, file: str) -> None:
    missing = [f"«{column.value}»" for column in REQUIRED if column not in columns]
    if missing:
        raise KnownError("results.no_columns", file=file, columns=", ".join(missing))
    if not 0 < tasks <= MAX_TASKS:
        raise KnownError("results.no_tasks", file=file)


def _header_warnings(columns: dict[Column, int], ignored: list[str], *, had_latin: bool) -> tuple[ResultWarning, ...]:
    warnings = [
        ResultWarning("results.column_missing", {"column": column.value})
        for column in EXPECTED
        if column not in columns
    ]
    if ignored:
        named = ", ".join(f"«{heading}»" for heading in ignored[:5])
        warnings.append(ResultWarning("results.columns_ignored", {"columns": named, "count": len(ignored)}))
    if had_latin:
        warnings.append(ResultWarning("results.latin_letters", {}))
    return tuple(warnings)


def _meta_warnings(meta: F1Meta, tasks: tuple[Task, ...], rows: int) -> tuple[ResultWarning, ...]:
    warnings = []
    if not meta.subject_code:
        warnings.append(ResultWarning("results.unknown_subject", {"subject": meta.subject}))
    if meta.declared_participants is not None and meta.declared_participants != rows:
        params: dict[str, str | int] = {"declared": meta.declared_participants, "rows": rows}
        warnings.append(ResultWarning("results.declared_differs", params))
    points = sum(task.max_score for task in tasks)
    if meta.max_score is not None and meta.max_score != points:
        warnings.append(ResultWarning("results.max_differs", {"declared": meta.max_score, "sum": points}))
    return tuple(warnings)
