"""Chooses the reader by what a file is, never by its name, and keeps what it gives within limits."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.road_map.document_guard import FileKind, file_kind
from shnor_desktop.importers.road_map.documents import document_tables
from shnor_desktop.importers.road_map.workbooks import workbook_tables

MAX_TABLES = 60
MAX_TABLE_ROWS = 2_000
"""Rows of all tables together; the longest plan that was seen has 60."""
MAX_CELL = 100_000
PATTERNS = "Таблицы Excel и Word (*.xlsx *.xlsm *.docx);;Все файлы (*)"


def read_tables(path: Path) -> tuple[SourceTable, ...]:
    """The tables of a file, in their order. KnownError road_map.* says why there are none."""
    kind = file_kind(path)
    tables = workbook_tables(path) if kind is FileKind.WORKBOOK else document_tables(path)
    found = [table for table in (_trimmed(table) for table in tables) if table.rows]
    _require_modest(found, path.name)
    if not found:
        code = "road_map.no_cells" if kind is FileKind.WORKBOOK else _why_no_tables(path)
        raise KnownError(code, file=path.name)
    return tuple(found)


def _trimmed(table: SourceTable) -> SourceTable:
    """Without the empty rows below and the empty columns at the right."""
    last = max((at for at, row in enumerate(table.rows) if any(cell.strip() for cell in row)), default=-1)
    rows = table.rows[: last + 1]
    width = max((at + 1 for row in rows for at, cell in enumerate(row) if cell.strip()), default=0)
    spans = tuple(span for span in table.spans if span.top <= last and span.left < width)
    return SourceTable(table.place, tuple(row[:width] for row in rows), table.numbers[: last + 1], spans, table.heading)


def _require_modest(tables: Sequence[SourceTable], name: str) -> None:
    if len(tables) > MAX_TABLES:
        raise KnownError("road_map.too_many_tables", file=name, count=len(tables), limit=MAX_TABLES)
    rows = sum(1 for table in tables for row in table.rows if any(cell.strip() for cell in row))
    if rows > MAX_TABLE_ROWS:
        raise KnownError("road_map.too_many_rows", file=name, count=rows, limit=MAX_TABLE_ROWS)


def _why_no_tables(path: Path) -> str:
    """A scan is a document of pictures; it asks for another step than a text without a table."""
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as source:
        has_pictures = any(part.filename.lower().startswith("word/media/") for part in source.infolist())
    return "road_map.only_pictures" if has_pictures else "road_map.no_tables"
