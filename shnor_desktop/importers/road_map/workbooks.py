"""The sheets of a workbook as tables: what the cells show, never a formula computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable, Span
from shnor_desktop.domain.russian import short_date
from shnor_desktop.importers.road_map.formulas import uncounted_formula
from shnor_desktop.importers.workbook_guard import open_workbook_file

_MAX_SHEETS = 60
_MAX_WIDTH = 60
"""Columns of a plan; what stands farther to the right is no part of it."""


def workbook_tables(path: Path) -> list[SourceTable]:
    """One table a sheet that is not hidden. KnownError road_map.* for a file that cannot be read."""
    try:
        return list(_tables(path))
    except KnownError as error:
        if error.code.startswith("results."):
            raise KnownError(f"road_map.{error.code.removeprefix('results.')}", **dict(error.params)) from error
        raise


def _tables(path: Path) -> Iterator[SourceTable]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # loaded with the first workbook

    content = open_workbook_file(path)
    uncounted = uncounted_formula(content)
    if uncounted:
        raise KnownError("road_map.formula_without_value", file=path.name, cell=uncounted)
    content.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(content)
        sheets = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if len(sheets) > _MAX_SHEETS:
            raise KnownError("road_map.too_many_tables", file=path.name, count=len(sheets), limit=_MAX_SHEETS)
        for name in sheets:
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            spans = tuple(
                Span(top, left, bottom, right)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                if top < len(rows) and left < _MAX_WIDTH
            )
            cells = tuple(tuple(_words(value) for value in row[:_MAX_WIDTH]) for row in rows)
            yield SourceTable(f"лист «{clean_text(name)}»", cells, tuple(range(1, len(cells) + 1)), spans)
    except KnownError:
        raise
    except BaseException as error:
        if _is_of_calamine(error):
            raise KnownError("road_map.damaged", file=path.name) from error
        raise


def _is_of_calamine(error: BaseException) -> bool:
    """A failure inside the reader. A Rust panic arrives as pyo3's PanicException, which cannot be imported."""
    from python_calamine import CalamineError

    return isinstance(error, CalamineError | ValueError | OSError) or type(error).__name__ == "PanicException"


def _words(value: object) -> str:
    """A cell as it is read; a number without the zeros of a float, a day as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return short_date(value.date())
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return clean_text(str(value)).strip()
