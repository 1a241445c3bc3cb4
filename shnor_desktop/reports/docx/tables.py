"""Tables, key-value lists, stamps and signature lines as tables of Word with fixed columns."""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports import content as c
from shnor_desktop.reports.column_widths import UNBROKEN, column_widths
from shnor_desktop.reports.docx.markup import (
    MILLIMETRE,
    POINT,
    GridCell,
    GridRow,
    Look,
    change_of,
    grid,
    paragraph,
    run,
    runs,
)
from shnor_desktop.reports.docx.styles import StyleIds, StyleName
from shnor_desktop.reports.hyphenation import SOFT_HYPHEN, hyphenated
from shnor_desktop.reports.printable_text import bound, printable

HEADER_FILL = "ECECEC"
GROUP_FILL = "F6F6F6"
_DENSE_FROM = 5  # columns
_TALL_ROW = 1200  # letters in a cell: such a row may be taller than a page and is parted
_LETTER = 0.56  # the usual width of a letter of the face, in its size; capitals and bold are wider
_CELL_POINTS, _DENSE_POINTS = 12.0, 10.0
_SIDES = 9.0  # what the borders and the padding of a cell take of its width, in points
_NAME_IN_A_LINE = 24  # letters of a name beside a signature
_NARROW = 3  # stamps in a row: a blank for a date then needs smaller letters
_GUTTER = round(4 * MILLIMETRE)
_STAMP_PLACE = round(105 * MILLIMETRE)  # the height that stamps take on a title page, however many there are


def table(content: c.Table, room: int, styles: StyleIds, *, is_kept: bool = False) -> str:
    """The table over the whole width, its header repeated on every page, its rows kept whole.

    With `is_kept` the last row stays with what follows.
    """
    is_dense = content.is_dense or len(content.columns) >= _DENSE_FROM
    style = styles[StyleName.DENSE_CELL if is_dense else StyleName.CELL]
    points = _DENSE_POINTS if is_dense else _CELL_POINTS
    widths = [round(width * POINT) for width in column_widths(content, room / POINT, points, _SIDES)]
    widths[-1] += room - sum(widths)
    header = [
        GridCell(
            paragraph(
                run(_divided(column.title, width, points), bold=True), style, Look(align=c.Align.CENTER, keep_next=True)
            ),
            HEADER_FILL,
            middle=True,
        )
        for column, width in zip(content.columns, widths, strict=True)
    ]
    rows = [GridRow(tuple(header), is_header=True)]
    for row in content.rows or (c.GroupRow(content.empty),):
        if isinstance(row, c.GroupRow):
            rows.append(_group(row, len(widths), style, is_empty=not content.rows))
            continue
        stays = is_kept and row is content.rows[-1]
        looks = [
            Look(align=None if column.align is c.Align.LEFT else column.align, keep_next=stays)
            for column in content.columns
        ]
        cells = [
            GridCell(paragraph(_cell(cell, width, points), style, look))
            for cell, width, look in zip(row.cells, widths, looks, strict=True)
        ]
        rows.append(GridRow(tuple(cells), may_split=_is_tall(row)))
    return grid(rows, widths)


def key_values(content: c.KeyValueTable, room: int, styles: StyleIds) -> str:
    """Captions on grey and values beside them."""
    key_width = room * content.key_width // 100
    widths = [key_width, room - key_width]
    style = styles[StyleName.DENSE_CELL if content.is_dense else StyleName.CELL]
    rows = [
        GridRow(
            (
                GridCell(paragraph(_cell(key, widths[0], _CELL_POINTS), style), GROUP_FILL),
                GridCell(paragraph(_cell(value, widths[1], _CELL_POINTS), style)),
            ),
            may_split=_is_tall(c.Row((value,))),
        )
        for key, value in content.rows
    ]
    return grid(rows, widths)


def signature_line(content: c.SignatureLine, room: int, styles: StyleIds, *, is_kept: bool = False) -> str:
    """«Директор ____________ И. О. Фамилия», the lines explained under them; `is_kept` with what follows."""
    widths = [room * percent // 100 for percent in (44, 20, 3, 33)]
    day = f"\n{content.day}" if content.day else ""
    small, cell = styles[StyleName.UNDER_LINE], styles[StyleName.CELL]
    left = Look(align=c.Align.LEFT, keep_next=True, before=14)
    name = printable(content.name)
    name = name.replace(" ", NBSP) if len(name) <= _NAME_IN_A_LINE else name
    signed = (
        GridCell(paragraph(runs(content.position + day), cell, left), bottom=True),
        GridCell(paragraph("", cell, left), under=True, bottom=True),
        GridCell(paragraph("", cell, left)),
        GridCell(paragraph(run(name), cell, left), under=True, bottom=True),
    )
    words = ("", "подпись", "", "расшифровка подписи")
    below = Look(keep_next=is_kept)
    explained = tuple(GridCell(paragraph(run(word), small, below)) for word in words)
    return grid([GridRow(signed), GridRow(explained)], widths, lined=False)


def stamps(content: c.StampRow, room: int, styles: StyleIds, *, fills_place: bool = False) -> str:
    """The stamps side by side, four two by two; with `fills_place` the table is as high as if there were four.

    The title below then stands in the same place with none as with three.
    """
    shown = content.stamps[:4]
    if not shown:
        return ""
    columns = {1: 2, 2: 2, 3: 3, 4: 2}[len(shown)]
    widths = [room * 56 // 100, room * 44 // 100] if len(shown) == 1 else [room // columns] * columns
    style = styles[StyleName.DENSE_STAMP if columns == _NARROW else StyleName.STAMP]
    cells = [GridCell(_stamp(stamp, widths[-1], style)) for stamp in shown]
    if len(shown) == 1:
        cells.insert(0, GridCell(paragraph("", style)))
    lines = [tuple(cells[at : at + columns]) for at in range(0, len(cells), columns)]
    least = _STAMP_PLACE // len(lines) if fills_place else 0
    return grid([GridRow(line, least_height=least) for line in lines], widths, lined=False, gutter=_GUTTER)


def stamp_place(styles: StyleIds) -> str:
    """What stands on a title page without any stamp: the same empty height."""
    return paragraph("", styles[StyleName.STAMP], Look(after=_STAMP_PLACE / POINT))


def _stamp(stamp: c.Stamp, width: int, style: str) -> str:
    inner = width - round(6 * MILLIMETRE)
    parts = [paragraph(run(_divided(stamp.title, inner, _CELL_POINTS), bold=True), style)]
    parts += [paragraph(run(_divided(bound(line), inner, _CELL_POINTS)), style) for line in stamp.lines]
    if stamp.signature is not None:
        if stamp.signature.position:
            parts.append(paragraph(run(_divided(stamp.signature.position, inner, _CELL_POINTS)), style))
        parts.append(_stamp_signature(stamp.signature, inner, style))
    if stamp.date_line:
        parts.append(paragraph(runs(stamp.date_line), style, Look(before=4)))
    elif stamp.signature is not None:
        parts.append(paragraph("", style))  # a cell may not end with a table
    return "".join(parts)


def _stamp_signature(signature: c.SignatureLine, width: int, style: str) -> str:
    name = printable(signature.name).replace(" ", NBSP)
    line = width * 36 // 100
    low = Look(before=8)
    cells = (
        GridCell(paragraph("", style, low), under=True),
        GridCell(paragraph(run(f"{NBSP}{name}" if name else ""), style, low), under=not name, bottom=True),
    )
    return grid([GridRow(cells)], [line, width - line], lined=False)


def _group(row: c.GroupRow, columns: int, style: str, *, is_empty: bool) -> GridRow:
    look = Look(keep_next=not is_empty)
    inner = paragraph(run(printable(row.text), bold=not is_empty), style, look)
    return GridRow((GridCell(inner, "" if is_empty else GROUP_FILL, span=columns),))


def _is_tall(row: c.Row) -> bool:
    return any(len(c.cell_text(cell)) > _TALL_ROW for cell in row.cells)


def _cell(cell: c.Cell, width: int, points: float) -> str:
    if isinstance(cell, c.LevelCell):
        return run(_divided(c.cell_text(cell), width, points))
    if isinstance(cell, str):
        return run(_divided(cell, width, points))
    return "".join(
        run(_divided(one.text, width, points), bold=one.bold, italic=one.italic, change=change_of(one)) for one in cell
    )


def _divided(text: str, width: int, points: float) -> str:
    """The text with places to divide only those words that are wider than their column: the rest Word divides."""
    shown = printable(text)
    longest = int((width / POINT - 8) / (points * _LETTER))
    if max(map(len, shown.split()), default=0) <= longest:
        return shown
    return " ".join(_parted(word, longest) for word in shown.split(" "))


def _parted(word: str, longest: int) -> str:
    """A word cut where spelling allows it, and where that does not help anywhere."""
    if UNBROKEN.fullmatch(word):
        return word
    if len(word) <= longest or "\n" in word:
        return "\n".join(_parted(line, longest) for line in word.split("\n")) if "\n" in word else word
    parts = hyphenated(word).split(SOFT_HYPHEN)
    size = max(longest - 1, 4)
    return SOFT_HYPHEN.join(
        SOFT_HYPHEN.join(part[at : at + size] for at in range(0, len(part), size)) for part in parts
    )


def widths_of(shares: Sequence[int], room: int) -> list[int]:
    """Widths that fill the room, in these shares."""
    widths = [room * share // sum(shares) for share in shares]
    widths[-1] += room - sum(widths)
    return widths
