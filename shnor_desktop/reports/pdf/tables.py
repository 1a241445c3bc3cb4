"""Tables, key-value lists, stamps and signature lines as reportlab tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph
from reportlab.platypus import Table as Grid

from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.charts import Ink
from shnor_desktop.reports.column_widths import column_widths
from shnor_desktop.reports.content import (
    Align,
    Cell,
    GroupRow,
    KeyValueTable,
    LevelCell,
    Row,
    SignatureLine,
    Stamp,
    StampRow,
    Table,
)
from shnor_desktop.reports.pdf import fonts
from shnor_desktop.reports.pdf.drawings import sign
from shnor_desktop.reports.pdf.paragraphs import paragraph
from shnor_desktop.reports.pdf.styles import GROUP_FILL, HEADER_FILL, INKS, Styles
from shnor_desktop.reports.printable_text import pieces

Command = tuple[object, ...]

_BORDER = INKS[Ink.BORDER]
_NO_PADDING: tuple[Command, ...] = (
    ("FONTNAME", (0, 0), (-1, -1), fonts.regular(fonts.SANS)),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
)
_CELL_PADDING: tuple[Command, ...] = (
    ("FONTNAME", (0, 0), (-1, -1), fonts.regular(fonts.SANS)),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
)
_DENSE_PADDING: tuple[Command, ...] = (("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2))
_SIDES = 10.0  # what the borders and the padding of a cell take of its width
_NAME_IN_A_LINE = 20  # letters of a name beside a signature
_LONGEST_PIECE = 1500
_SURELY_ON_A_PAGE = 500
_LEAST_ROW_PART = 24.0  # points of a row that may stand alone when a row is taller than a page


def table(content: Table, width: float, styles: Styles) -> LongTable:
    """The table over the whole width, its header repeated on every page it runs over."""
    widths = column_widths(content, width, styles.cell().fontSize, _SIDES)
    header = [
        paragraph(column.title, styles.cell(Align.CENTER, strong=True), divide_words=True) for column in content.columns
    ]
    grid: list[list[object]] = [header]
    commands: list[Command] = [
        *_CELL_PADDING,
        *(_DENSE_PADDING if content.is_dense else ()),
        ("BOX", (0, 0), (-1, -1), 0.5, _BORDER),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, _BORDER),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, _BORDER),
        ("BACKGROUND", (0, 0), (-1, 0), HEADER_FILL),
        ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
    ]
    rows = content.rows or (GroupRow(content.empty),)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        number = len(grid)
        commands.append(("LINEABOVE", (0, number), (-1, number), 0.5, _BORDER))
        if isinstance(row, GroupRow):
            commands += _group_commands(number, following, is_empty=not content.rows)
            grid.append(_group_cells(row, content, styles))
        else:
            grid += [_row_cells(part, content, widths, styles) for part in _parts(row)]
    return LongTable(
        grid,
        colWidths=widths,
        repeatRows=1,
        splitByRow=1,
        splitInRow=_LEAST_ROW_PART,
        style=commands,
    )


def _parts(row: Row) -> list[Row]:
    """The row, or where a cell is very long several rows that are printed as one."""
    columns = [pieces(cell, _LONGEST_PIECE) if isinstance(cell, str) else [cell] for cell in row.cells]
    return [Row(cells) for cells in zip_longest(*columns, fillvalue="")]


def _group_commands(number: int, following: Row | GroupRow | None, *, is_empty: bool) -> list[Command]:
    commands: list[Command] = [("SPAN", (0, number), (-1, number))]
    if not is_empty:
        commands.append(("BACKGROUND", (0, number), (-1, number), GROUP_FILL))
    if isinstance(following, Row) and _is_surely_on_one_page(following):
        commands.append(("NOSPLIT", (0, number), (0, number + 1)))
    return commands


def _is_surely_on_one_page(row: Row) -> bool:
    """A name is kept with its row only where both fit: reportlab refuses to print what cannot be kept."""
    return all(len(cell) <= _SURELY_ON_A_PAGE for cell in row.cells if isinstance(cell, str))


def _group_cells(row: GroupRow, content: Table, styles: Styles) -> list[object]:
    style = styles.cell(strong=bool(content.rows))
    return [paragraph(row.text, style), *[""] * (len(content.columns) - 1)]


def _row_cells(row: Row, content: Table, widths: Sequence[float], styles: Styles) -> list[object]:
    return [
        _cell(cell, column.align, width, styles)
        for cell, column, width in zip(row.cells, content.columns, widths, strict=True)
    ]


def _cell(cell: Cell, align: Align, width: float, styles: Styles, *, divide_words: bool = True) -> object:
    style = styles.cell(align)
    if not isinstance(cell, LevelCell):
        return paragraph(cell, style, divide_words=divide_words)
    side = style.fontSize * 0.85
    word = paragraph(cell.shown, styles.cell(), divide_words=True)
    inner = Grid(
        [[sign(cell.level, side), word]],
        colWidths=[side + 3, max(width - side - 11, side)],
        style=[*_NO_PADDING, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (0, 0), 1.6)],
    )
    inner.hAlign = "LEFT"
    return inner


def key_values(content: KeyValueTable, width: float, styles: Styles) -> LongTable:
    """Captions and values with quiet lines between them."""
    key_width = width * content.key_width / 100
    value_width = width - key_width
    grid: list[list[object]] = []
    lines: list[Command] = []
    for key, value in content.rows:
        lines.append(("LINEABOVE", (0, len(grid)), (-1, len(grid)), 0.5, _BORDER))
        for part in _parts(Row((key, value))):
            caption, shown = (
                _cell(cell, Align.LEFT, cell_width, styles, divide_words=False)
                for cell, cell_width in zip(part.cells, (key_width, value_width), strict=True)
            )
            grid.append([caption, shown])
    padding = (*_CELL_PADDING, *(_DENSE_PADDING if content.is_dense else ()))
    commands = [*padding, ("GRID", (0, 0), (-1, -1), 0.5, _BORDER), ("BACKGROUND", (0, 0), (0, -1), GROUP_FILL)]
    return LongTable(grid, colWidths=[key_width, value_width], splitByRow=1, splitInRow=_LEAST_ROW_PART, style=commands)


def signature_line(content: SignatureLine, width: float, styles: Styles) -> Grid:
    """«Директор ____________ И. О. Фамилия», the line explained under it."""
    body = styles.body(Align.LEFT, indent=False, small=False)
    day = f"\n{content.day}" if content.day else ""
    signed, spelled = (paragraph(text, styles.under_line()) for text in ("подпись", "расшифровка подписи"))
    name = content.name.replace(" ", NBSP) if len(content.name) <= _NAME_IN_A_LINE else content.name
    cells = [
        [paragraph(content.position + day, body), "", "", paragraph(name, body)],
        ["", signed, "", spelled],
    ]
    grid = Grid(
        cells,
        colWidths=[width * 0.44, width * 0.2, width * 0.03, width * 0.33],
        style=[
            *_NO_PADDING,
            ("RIGHTPADDING", (0, 0), (0, -1), 8),
            ("LINEBELOW", (1, 0), (1, 0), 0.6, INKS[Ink.TEXT]),
            ("LINEBELOW", (3, 0), (3, 0), 0.6, INKS[Ink.TEXT]),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("TOPPADDING", (0, 0), (-1, 0), 14),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 1),
            ("TOPPADDING", (0, 1), (-1, 1), 1),
        ],
    )
    return grid


def stamps(content: StampRow, width: float, styles: Styles) -> Grid | None:
    """The stamps side by side; None where there is none."""
    shown = content.stamps[:4]
    if not shown:
        return None
    columns = {1: 2, 2: 2, 3: 3, 4: 2}[len(shown)]
    widths = [width * 0.56, width * 0.44] if len(shown) == 1 else [width / columns] * columns
    cells: list[object] = [_stamp(stamp, widths[-1] - 6 * mm, styles) for stamp in shown]
    if len(shown) == 1:
        cells.insert(0, "")
    grid = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    commands = [*_NO_PADDING, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (-1, -1), 6 * mm)]
    if len(grid) > 1:
        commands.append(("TOPPADDING", (0, 1), (-1, -1), 7 * mm))
    return Grid(grid, colWidths=widths, style=commands)


def _stamp(stamp: Stamp, width: float, styles: Styles) -> list[object]:
    style = styles.stamp()
    parts: list[object] = [paragraph(stamp.title, styles.stamp(strong=True))]
    parts += [paragraph(line, style) for line in stamp.lines]
    if stamp.signature is not None:
        parts += _stamp_signature(stamp.signature, width, styles)
    if stamp.date_line:
        parts.append(paragraph(stamp.date_line, style))
    return parts


def _stamp_signature(signature: SignatureLine, width: float, styles: Styles) -> list[object]:
    style = styles.stamp()
    position: list[Paragraph] = [paragraph(signature.position, style)] if signature.position else []
    line_width = width * 0.36
    grid = Grid(
        [["", paragraph(signature.name.replace(" ", NBSP), style)]],
        colWidths=[line_width, width - line_width],
        style=[
            *_NO_PADDING,
            ("LINEBELOW", (0, 0), (0, 0), 0.6, INKS[Ink.TEXT]),
            *((("LINEBELOW", (1, 0), (1, 0), 0.6, INKS[Ink.TEXT]),) if not signature.name else ()),
            ("LEFTPADDING", (1, 0), (1, 0), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ],
    )
    grid.hAlign = "LEFT"
    grid.spaceAfter = 4
    return [*position, grid]
