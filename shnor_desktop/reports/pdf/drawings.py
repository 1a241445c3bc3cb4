"""Vector pictures for print: charts, the signs of levels, and elastic space."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.charts import Anchor, Item, Line, Picture, Shape, Text, level_sign
from shnor_desktop.reports.pdf import fonts
from shnor_desktop.reports.pdf.styles import INKS


def measure(text: str, size: float) -> float:
    """Width in points of a text in the face that charts are drawn with."""
    return float(stringWidth(text, fonts.regular(fonts.SANS), size))


class Drawn(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A picture as a flowable of its own size; reportlab counts y upwards."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self.width, self.height = picture.width, picture.height

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        for item in self._picture.items:
            _draw(item, self.height, self.canv)


def sign(level: Level, size: float) -> Drawn:
    """The sign of a level as a square flowable."""
    return Drawn(Picture(size, size, (level_sign(level, 0, 0, size),)))


def _draw(item: Item, height: float, canvas: Canvas) -> None:
    ink = INKS[item.ink]
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    match item:
        case Line():
            canvas.setLineWidth(item.width)
            canvas.line(item.x1, height - item.y1, item.x2, height - item.y2)
        case Shape():
            path = canvas.beginPath()
            (x, y), *others = item.points
            path.moveTo(x, height - y)
            for x, y in others:
                path.lineTo(x, height - y)
            path.close()
            canvas.setLineWidth(item.width)
            canvas.drawPath(path, stroke=int(not item.filled), fill=int(item.filled))
        case Text():
            canvas.setFont(fonts.regular(fonts.SANS), item.size)
            draw = {
                Anchor.START: canvas.drawString,
                Anchor.MIDDLE: canvas.drawCentredString,
                Anchor.END: canvas.drawRightString,
            }[item.anchor]
            draw(item.x, height - item.y, item.text)


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
