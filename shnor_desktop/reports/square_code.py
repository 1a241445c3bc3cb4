"""A QR code as a display list; its quiet zone is left out, the page around it being white."""

from __future__ import annotations

from shnor_desktop.reports.charts import Ink, Picture, Shape

_MILLIMETRE = 72 / 25.4


def square_code(payload: str, size_mm: int) -> Picture:
    """The code as dark squares, `size_mm` wide."""
    import segno  # loaded when a code is printed

    matrix = segno.make(payload, error="m", micro=False).matrix
    side = size_mm * _MILLIMETRE
    cell = side / len(matrix)
    squares = [
        _square(column * cell, row * cell, cell)
        for row, line in enumerate(matrix)
        for column, is_dark in enumerate(line)
        if is_dark
    ]
    return Picture(side, side, tuple(squares))


def _square(x: float, y: float, side: float) -> Shape:
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    return Shape(corners, Ink.TEXT)
