"""Sheets of Excel that are ready for the screen and for paper: a frozen header, widths, a filter, pages of A4."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shnor_desktop.reports.content import Align, Column, Document
from shnor_desktop.reports.printable_text import printable
from shnor_desktop.reports.xlsx.tables import Sheet, Value

_FACE = "Times New Roman"
_LETTERS_ON_A_PAGE = 130  # the width of a sheet in letters: turned A4 in 11 points
_LEAST, _WIDEST = 5, 60
_LINE_POINTS = 14.5
_LETTERS_IN_A_UNIT = 1.05  # the face is narrower than the one that widths are counted in
_MOST_LINES = 27  # Excel shows no row higher than 409 points
_FORMULA_SIGNS = tuple("=+-@\t\r'")
_THIN = Side(style="thin", color="8C8C8C")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ACROSS = Border(top=_THIN, bottom=_THIN)
_MM_IN_INCH = 25.4


def workbook_for(document: Document) -> Workbook:
    """An empty workbook; one sheet with the title stays where the document has no table."""
    workbook = Workbook()
    first = workbook.active
    first.title = "Документ"
    first["A1"] = printable(document.title)
    first["A1"].data_type = "s"
    return workbook


def write_sheet(workbook: Workbook, sheet: Sheet, document: Document) -> None:
    """Add a sheet; the first one takes the place of the empty one."""
    if len(workbook.sheetnames) == 1 and workbook.active.title == "Документ":
        workbook.remove(workbook.active)
    page = workbook.create_sheet(sheet.name)
    widths = _widths(sheet.columns)
    for at, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        _put(page, 1, at, Value(printable(column.title)), _look(Align.CENTER, is_header=True))
    page.row_dimensions[1].height = _height([column.title for column in sheet.columns], widths)
    for number, row in enumerate(sheet.rows, start=2):
        if len(row) < len(sheet.columns):
            _put_name(page, number, row[0], len(sheet.columns))
            continue
        for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True), start=1):
            _put(page, number, at, value, _look(column.align, is_header=False))
        page.row_dimensions[number].height = _height([_shown(value) for value in row], widths)
    _set_up(page, sheet, document)


def _put_name(page: Worksheet, row: int, value: Value, columns: int) -> None:
    """The name of the rows that follow: it runs over the empty cells beside it, and nothing is merged."""
    font, _alignment, _border, _fill = _look(Align.LEFT, is_header=True)
    fill = PatternFill("solid", fgColor="F6F6F6")
    look = font, Alignment(horizontal="left", vertical="center"), _ACROSS, fill
    for column in range(1, columns + 1):
        _put(page, row, column, value if column == 1 else Value(None), look)


def _shown(value: Value) -> str:
    return "" if value.value is None else "0" * 10 if isinstance(value.value, date) else str(value.value)


def _put(page: Worksheet, row: int, column: int, value: Value, look: tuple[Any, ...]) -> None:
    cell = page.cell(row, column)
    cell.font, cell.alignment, cell.border, cell.fill = look
    if value.value is None:
        return
    cell.value = value.value
    cell.number_format = value.format
    if isinstance(value.value, str):
        # A text that begins like a formula stays a text, here and when somebody edits the cell.
        cell.data_type = "s"
        cell.quotePrefix = value.value.startswith(_FORMULA_SIGNS)


@cache
def _look(align: Align, *, is_header: bool) -> tuple[Any, ...]:
    horizontal = {Align.CENTER: "center", Align.RIGHT: "right"}.get(align, "left")
    alignment = Alignment(horizontal=horizontal, vertical="center" if is_header else "top", wrap_text=True)
    fill = PatternFill("solid", fgColor="ECECEC") if is_header else PatternFill()
    return Font(name=_FACE, size=11, bold=is_header), alignment, _BORDER, fill


def _widths(columns: tuple[Column, ...]) -> list[float]:
    total = sum(column.width for column in columns)
    return [min(max(_LETTERS_ON_A_PAGE * column.width / total, _LEAST), _WIDEST) for column in columns]


def _height(texts: list[str], widths: list[float]) -> float:
    """High enough for the text as it wraps: only Excel computes that when it opens a file, other programs do not."""
    lines = max(
        (sum(-(-max(len(line), 1) // max(int(width * _LETTERS_IN_A_UNIT), 1)) for line in text.split("\n")))
        for text, width in zip(texts, widths, strict=True)
    )
    return _LINE_POINTS * min(max(lines, 1), _MOST_LINES)


def _set_up(page: Worksheet, sheet: Sheet, document: Document) -> None:
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    page.print_area = f"A1:{last}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    margins = {"left": 20, "right": 10, "top": 20, "bottom": 15, "header": 10, "footer": 7}
    for name, side in margins.items():
        setattr(page.page_margins, name, side / _MM_IN_INCH)
    # «&» begins a command in a header.
    page.oddHeader.center.text = printable(document.title).replace("\n", " ").replace("&", "&&")[:200]
    page.oddHeader.center.size = 10
    page.oddFooter.center.text = "&P из &N"
