"""The sheets of a workbook file as plain rows of values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.workbook_guard import open_workbook_file

MAX_SHEETS = 200
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: `rows[0]` is row 1 of the file; columns start at the first used one."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(path: Path, wanted: Callable[[str], bool]) -> Iterator[Sheet]:
    """The sheets of an .xlsx or .xlsm whose names are `wanted`, or all if none is, one at a time.

    KnownError results.* for a file that cannot be read.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # not needed at start: loaded with the first workbook

    content = open_workbook_file(path)
    try:
        workbook = CalamineWorkbook.from_filelike(content)
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if len(names) > MAX_SHEETS:
            raise KnownError("results.too_large", file=path.name, limit=f"в книге больше {MAX_SHEETS} листов")
        for name in [name for name in names if wanted(name)] or names:
            rows = workbook.get_sheet_by_name(name).iter_rows()
            yield Sheet(clean_text(name), tuple(tuple(_cell(value) for value in row) for row in rows))
    except KnownError:
        raise
    except BaseException as error:
        if _is_of_calamine(error):
            raise KnownError("results.damaged", file=path.name) from error
        raise


def _is_of_calamine(error: BaseException) -> bool:
    """A failure inside the reader. A Rust panic arrives as pyo3's PanicException, which cannot be imported."""
    from python_calamine import CalamineError

    return isinstance(error, CalamineError | ValueError | OSError) or type(error).__name__ == "PanicException"


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return clean_text(value).strip() or None
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | date):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return None if value is None else str(value)


def text_of(cell: Cell) -> str:
    """The cell as one line of text."""
    return "" if cell is None else " ".join(str(cell).split())
