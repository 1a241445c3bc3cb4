"""Vector pictures for print: charts, the signs of levels, square codes, and elastic space."""

from __future__ import annotations

import segno
from reportlab.graphics.shapes import Drawing, Polygon, Rect, String
from reportlab.graphics.shapes import Line as DrawnLine
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.charts import Item, Line, Picture, Shape, Text, level_sign
from shnor_desktop.reports.pdf import fonts
from shnor_desktop.reports.pdf.styles import INKS


def measure(text: str, size: float) -> float:
    """Width in points of a text in the face that charts are drawn with."""
    return float(stringWidth(text, fonts.regular(fonts.SANS), size))


def drawing(picture: Picture) -> Drawing:
    """The picture as a flowable of its own size; reportlab counts y upwards."""
    drawn = Drawing(picture.width, picture.height)
    for item in picture.items:
        drawn.add(_drawn(item, picture.height))
    return drawn


def sign(level: Level, size: float) -> Drawing:
    """The sign of a level as a square flowable."""
    return drawing(Picture(size, size, (level_sign(level, 0, 0, size),)))


def square_code(payload: str, size_mm: int) -> Drawing:
    """A QR code with its quiet zone left out: the page around it is white."""
    matrix = segno.make(payload, error="m", micro=False).matrix
    side = size_mm * mm
    cell = side / len(matrix)
    drawn = Drawing(side, side)
    for row, line in enumerate(matrix):
        for column, is_dark in enumerate(line):
            if is_dark:
                top = side - (row + 1) * cell
                drawn.add(Rect(column * cell, top, cell, cell, strokeWidth=0, strokeColor=None))
    return drawn


def _drawn(item: Item, height: float) -> DrawnLine | Polygon | String:
    ink = INKS[item.ink]
    match item:
        case Line():
            return DrawnLine(
                item.x1, height - item.y1, item.x2, height - item.y2, strokeColor=ink, strokeWidth=item.width
            )
        case Shape():
            flat = [value for x, y in item.points for value in (x, height - y)]
            if item.filled:
                return Polygon(flat, fillColor=ink, strokeColor=None, strokeWidth=0)
            return Polygon(flat, fillColor=None, strokeColor=ink, strokeWidth=item.width)
        case Text():
            return String(
                item.x,
                height - item.y,
                item.text,
                fontName=fonts.regular(fonts.SANS),
                fontSize=item.size,
                fillColor=ink,
                textAnchor=item.anchor.value,
            )


class ElasticSpace(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Takes a part of what is left of the page, so that a title page fills its sheet."""

    def __init__(self, percent: int, keep: float) -> None:
        super().__init__()
        self._percent = percent
        self._keep = keep

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, max(0.0, height - self._keep) * self._percent / 100

    def draw(self) -> None:
        """Nothing is drawn: it is only space."""
