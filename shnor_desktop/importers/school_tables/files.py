"""The sheets of a workbook, or a text file with separators, as tables of words; never a formula computed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable, Span
from shnor_desktop.domain.russian import short_date
from shnor_desktop.importers.school_tables.cell_errors import marked_cells
from shnor_desktop.importers.workbook_guard import open_workbook_file

PATTERNS = "Таблицы (*.xlsx *.xlsm *.csv);;Все файлы (*)"
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".csv", ".ods", ".xlsb")
_MAX_SHEETS = 60
_MAX_WIDTH = 600
_MAX_CELL = 4_000
_MAX_TEXT_FILE = 16 * 1024 * 1024


def read_tables(path: Path) -> tuple[SourceTable, ...]:
    """One table a sheet with anything on it. KnownError table.* for a file that cannot be read."""
    is_text = path.suffix.lower() in (".csv", ".txt", ".tsv") and not _begins_like_a_workbook(path)
    try:
        tables = tuple(table for table in (_text_table(path) if is_text else _sheets(path)) if table.rows)
    except KnownError as error:
        if error.code.startswith("results."):
            raise KnownError(f"table.{error.code.removeprefix('results.')}", **dict(error.params)) from error
        raise
    if not tables:
        raise KnownError("table.nothing_in_it", file=path.name)
    return tables


def _begins_like_a_workbook(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4).startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    except OSError:
        return False


def _sheets(path: Path) -> Iterator[SourceTable]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # loaded with the first workbook

    content = open_workbook_file(path)
    try:
        marked = marked_cells(content)
        content.seek(0)
        workbook = CalamineWorkbook.from_filelike(content)
        names = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if len(names) > _MAX_SHEETS:
            raise KnownError("table.too_large", file=path.name, limit=f"в книге больше {_MAX_SHEETS} листов")
        for name in names:
            sheet = workbook.get_sheet_by_name(name)
            yield _table(name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges, marked.get(name, {}))
    except KnownError:
        raise
    except BaseException as error:
        if _is_of_reader(error):
            raise KnownError("table.damaged", file=path.name) from error
        raise


def _is_of_reader(error: BaseException) -> bool:
    """A failure inside the reader. A Rust panic arrives as pyo3's PanicException, which cannot be imported."""
    from xml.parsers.expat import ExpatError

    from python_calamine import CalamineError

    known = (CalamineError, ExpatError, ValueError, OSError, KeyError)
    return isinstance(error, known) or type(error).__name__ == "PanicException"


def _table(
    name: str,
    values: Sequence[Sequence[object]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]] | None,
    marked: dict[tuple[int, int], str],
) -> SourceTable:
    rows = [[_words(value) for value in row[:_MAX_WIDTH]] for row in values]
    for (at, column), words in marked.items():
        if at < len(rows) and column < len(rows[at]) and not rows[at][column]:
            rows[at][column] = words
    spans = tuple(
        Span(top, left, min(bottom, len(rows) - 1), min(right, _MAX_WIDTH - 1))
        for (top, left), (bottom, right) in (merged or ())[:20_000]
        if top < len(rows) and left < _MAX_WIDTH
    )
    cells = tuple(tuple(row) for row in rows)
    return SourceTable(f"лист «{clean_text(name)[:60]}»", _without_tail(cells), tuple(range(1, len(cells) + 1)), spans)


def _without_tail(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Without the empty rows at the end."""
    last = next((at for at in range(len(rows) - 1, -1, -1) if any(rows[at])), -1)
    return rows[: last + 1]


def _text_table(path: Path) -> Iterator[SourceTable]:
    text = _decoded(path)
    lines = text.splitlines()
    head = "\n".join(lines[:30])
    separator = max(";\t,", key=head.count)
    try:
        rows = [
            tuple(clean_text(cell).strip()[:_MAX_CELL] for cell in row[:_MAX_WIDTH])
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise KnownError("table.damaged", file=path.name) from error
    if len(rows) > 50_000:
        raise KnownError("table.too_large", file=path.name, limit="в файле больше 50 000 строк")
    yield SourceTable("файл", _without_tail(tuple(rows)), tuple(range(1, len(rows) + 1)))


def _decoded(path: Path) -> str:
    """Text in UTF-8, UTF-16 with its mark, or Windows-1251, in which 1С writes."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_TEXT_FILE + 1)
    except OSError as error:
        raise KnownError("table.cannot_open", file=path.name) from error
    if not data.strip():
        raise KnownError("table.empty_file", file=path.name)
    if len(data) > _MAX_TEXT_FILE:
        raise KnownError("table.too_large", file=path.name, limit="файл больше 16 МБ")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise KnownError("table.not_a_table", file=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _words(value: object) -> str:
    """A cell as it is read; a number without the zeros of a float, a day as people write it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return short_date(value.date())
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return clean_text(str(value)).strip()[:_MAX_CELL]
