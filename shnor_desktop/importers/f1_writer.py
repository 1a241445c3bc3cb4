"""Writes a workbook in the layout of «Ф1 Индивидуальные результаты»: for the demo school and for tests."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shnor_desktop.domain.results import PupilResult, ResultWorkbook
from shnor_desktop.importers.f1_layout import (
    DATE_LABEL,
    MAX_SCORE_LABEL,
    PARTICIPANTS_LABEL,
    SUBJECT_LABEL,
    Column,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_BEFORE_TASKS = (
    Column.SCHOOL,
    Column.MUNICIPALITY,
    Column.SCHOOL_NAME,
    Column.CODE,
    Column.CLASS,
    Column.VARIANT,
)
_AFTER_TASKS = (Column.TOTAL, Column.MARK, Column.JOURNAL_MARK)
_NO_MARK = "Х"
_FIXED_TIME = (2020, 1, 1, 0, 0, 0)
_WRITTEN_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_f1(path: Path, workbook: ResultWorkbook, municipality: str = "") -> None:
    """Write the file beside and rename it over `path`. The same results give the same bytes."""
    content = f1_bytes(workbook, municipality)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def f1_bytes(workbook: ResultWorkbook, municipality: str = "") -> bytes:
    """The bytes of the .xlsx."""
    from openpyxl import Workbook  # heavy for the start: loaded when a workbook is written

    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = "Ф1 Индивидуальные результаты"
    for row in _rows(workbook, municipality):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"  # a name that starts with «=» is a text
    buffer = BytesIO()
    book.save(buffer)
    return _with_fixed_times(buffer)


def _rows(workbook: ResultWorkbook, municipality: str) -> list[list[str | int | None]]:
    tasks = workbook.tasks
    declared = workbook.declared_participants
    participants = len(workbook.rows) if declared is None else declared
    school = f"{workbook.school_name} ({workbook.school_login})"
    head: list[list[str | int | None]] = [
        [f"ВПР {workbook.year} {workbook.subject} {workbook.grade} класс"],
        ["Индивидуальные результаты"],
        [SUBJECT_LABEL, workbook.subject],
        [MAX_SCORE_LABEL, workbook.max_score],
        [DATE_LABEL, workbook.date.strftime("%d.%m.%Y") if workbook.date else None],
        [f"{school} | {PARTICIPANTS_LABEL}: {participants}"],
        [*[None] * len(_BEFORE_TASKS), *[task.difficulty or None for task in tasks]],
        [*_BEFORE_TASKS, *[f"{task.code} ({task.max_score}б)" for task in tasks], *_AFTER_TASKS],
    ]
    before: list[str | int | None] = [workbook.school_login, municipality, workbook.school_name]
    return head + [[*before, *_pupil_cells(row)] for row in workbook.rows]


def _pupil_cells(row: PupilResult) -> list[str | int | None]:
    figures = [*row.scores, row.total, row.mark, row.journal_mark]
    return [row.code, row.class_name, row.variant, *[_NO_MARK if figure is None else figure for figure in figures]]


def _with_fixed_times(written: BytesIO) -> bytes:
    """The same zip without the time of writing in it."""
    fixed = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _WRITTEN_AT.sub(rb"\g<1>2020-01-01T00:00:00Z", content)
            part = zipfile.ZipInfo(name, _FIXED_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return fixed.getvalue()
