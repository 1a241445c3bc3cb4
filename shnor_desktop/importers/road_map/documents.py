"""The tables of a Word document: cells with their lines, merged cells, and numbers that Word itself counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable, Span
from shnor_desktop.importers.road_map.document_guard import open_document_file
from shnor_desktop.importers.road_map.list_numbers import ListNumbers

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_WIDTH = 60
_MAX_ROWS = 20_000
_LONGEST_HEADING = 300
_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}


def document_tables(path: Path) -> list[SourceTable]:
    """Every table of a document, those inside other tables too. KnownError road_map.* for what cannot be read."""
    from docx import Document  # loaded with the first document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError

    content = open_document_file(path)
    try:
        document = Document(content)
        numbers = ListNumbers(document)
        tables = [table for table in document.element.body.iter(f"{_W}tbl")]
        return [_table(table, at, numbers) for at, table in enumerate(tables, start=1)]
    except KnownError:
        raise
    except (OpcError, PythonDocxError, ValueError, AttributeError, TypeError, LookupError, SyntaxError) as error:
        # The reader of documents meets a part that is XML and yet no document of Word.
        raise KnownError("road_map.damaged", file=path.name) from error


@dataclass(slots=True)
class _Grid:
    """A table as it grows, row by row."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    open: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Column where a cell merged downwards begins → its first row and last column."""


def _table(table: Any, at: int, numbers: ListNumbers) -> SourceTable:
    grid = _Grid()
    for row in _rows_of(table):
        if len(grid.rows) >= _MAX_ROWS:
            break
        _add_row(grid, row, numbers)
    for column, (top, right) in grid.open.items():
        _close(grid, column, top, right, len(grid.rows) - 1)
    count = len(grid.rows)
    numbers_of_rows = tuple(range(1, count + 1))
    return SourceTable(f"таблица {at}", tuple(grid.rows), numbers_of_rows, tuple(grid.spans), _heading(table))


def _heading(table: Any) -> str:
    """The nearest paragraph with words above a table, unless another table stands between."""
    above = table.getprevious()
    while above is not None and above.tag == f"{_W}p":
        words = clean_text("".join(_pieces(above))).strip()
        if words:
            return words[:_LONGEST_HEADING]
        above = above.getprevious()
    return ""


def _rows_of(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from child.iter(f"{_W}tr")


def _cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag == f"{_W}sdt":
            yield from child.iter(f"{_W}tc")


def _add_row(grid: _Grid, row: Any, numbers: ListNumbers) -> None:
    """Place the cells; one merged with the cell above leaves its place empty and lengthens the span."""
    at, column = len(grid.rows), _before(row)
    cells = [""] * column
    still_open: dict[int, tuple[int, int]] = {}
    for cell in _cells_of(row):
        width = min(_width(cell), _MAX_WIDTH - column)
        if width < 1:
            break
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
        begun = grid.open.pop(column, None)
        if goes_on and begun is not None:
            still_open[column] = begun
            cells += [""] * width
        else:
            if begun is not None:
                _close(grid, column, *begun, at - 1)
            cells += [_words(cell, numbers), *[""] * (width - 1)]
            if merge is not None:
                still_open[column] = (at, column + width - 1)
            elif width > 1:
                grid.spans.append(Span(at, column, at, column + width - 1))
        column += width
    for begin, (top, right) in grid.open.items():
        _close(grid, begin, top, right, at - 1)
    grid.open = still_open
    grid.rows.append(tuple(cells))


def _close(grid: _Grid, column: int, top: int, right: int, bottom: int) -> None:
    if bottom > top or right > column:
        grid.spans.append(Span(top, column, bottom, right))


def _before(row: Any) -> int:
    """Places that are left out at the beginning of a row."""
    skipped = row.find(f"{_W}trPr/{_W}gridBefore")
    return min(_number(skipped), _MAX_WIDTH) if skipped is not None else 0


def _width(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return max(1, _number(span)) if span is not None else 1


def _number(element: Any) -> int:
    value = element.get(f"{_W}val", "")
    return int(value) if value.isdigit() and len(value) < 4 else 0


def _words(cell: Any, numbers: ListNumbers) -> str:
    """The words of a cell, a line a paragraph; a table inside it is a table of its own."""
    lines = []
    for paragraph in _paragraphs(cell):
        mark = numbers.mark_of(paragraph)
        words = "".join(_pieces(paragraph))
        if mark or words.strip():
            lines.append(f"{mark} {words}".strip() if mark else words)
    return clean_text("\n".join(lines)).strip()


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag != f"{_W}tbl":
            yield from _paragraphs(child)


def _pieces(element: Any) -> Iterator[str]:
    """Words as they are shown: what was struck out in a tracked change has another tag and is left out."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in (f"{_W}pPr", f"{_W}del", f"{_W}instrText", f"{_W}txbxContent"):
            yield from _pieces(child)
