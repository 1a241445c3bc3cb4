"""Display lists on the screen in the colours of the theme, and as pictures in the colours of paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSaveFile, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from shnor_desktop.domain.drawing import PRINT_INKS, Anchor, Drawing, Ink, Item, Line, Picture, Shape, Text
from shnor_desktop.domain.drawing.svg import svg_of
from shnor_desktop.ui.theme import chars, lines, look

Colours = Callable[[Ink], QColor]
_PICTURE_WIDTH = 640.0
_PICTURE_TEXT = 11.0
_PICTURE_SCALE = 2.0


class PictureView(QWidget):
    """A drawing as wide as there is room; its height follows. `words` say the same to who cannot see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._picture = Picture(0, 0, ())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_drawing(self, drawing: Drawing, words: str = "") -> None:
        """Replace what is drawn."""
        self._drawing = drawing
        self.setAccessibleName(words)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """The present height; the width is what it gets."""
        return QSize(chars(60), max(lines(2), round(self._picture.height) + 2))

    def minimumSizeHint(self) -> QSize:
        """Never lower than its picture."""
        return QSize(chars(24), max(lines(2), round(self._picture.height) + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another picture."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the display list."""
        painter = QPainter(self)
        paint(painter, self._picture, self.font(), lambda ink: look().colour(ink.value.replace("-", "_")))
        painter.end()

    def _lay_out(self) -> None:
        if self._drawing is None:
            return
        size = float(self.fontInfo().pixelSize())
        self._picture = self._drawing(max(40.0, self.width() - 2.0), _measure(self.font()), size)
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()


def paint(painter: QPainter, picture: Picture, font: QFont, colours: Colours) -> None:
    """Draw a display list in the units of the painter."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in picture.items:
        _paint_item(painter, item, font, colours)


def png_of(drawing: Drawing, font: QFont) -> QImage:
    """The drawing on white paper, large enough for print."""
    picture = drawing(_PICTURE_WIDTH, _measure(font), _PICTURE_TEXT)
    size = QSize(round(picture.width * _PICTURE_SCALE), max(1, round(picture.height * _PICTURE_SCALE)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(_PICTURE_SCALE, _PICTURE_SCALE)
    paint(painter, picture, font, lambda ink: QColor(PRINT_INKS[ink]))
    painter.end()
    return image


def save_picture(drawing: Drawing, font: QFont, target: Path, title: str) -> bool:
    """Write a PNG or, by the ending of the name, an SVG beside the old file and rename it over; False if it failed."""
    if target.suffix.lower() == ".svg":
        data = QByteArray(svg_of(drawing(_PICTURE_WIDTH, _measure(font), _PICTURE_TEXT), title).encode("utf-8"))
    else:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(png_of(drawing, font))
        buffer.close()
    file = QSaveFile(str(target))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        return False
    return file.write(data) == data.size() and file.commit()


def _measure(font: QFont) -> Callable[[str, float], float]:
    """Widths of texts; measured once at a large size, so that small sizes do not round."""
    large = QFont(font)
    large.setPixelSize(100)
    metrics = QFontMetricsF(large)
    return lambda text, size: metrics.horizontalAdvance(text) * size / 100


def _paint_item(painter: QPainter, item: Item, font: QFont, colours: Colours) -> None:
    colour = colours(item.ink)
    match item:
        case Line():
            painter.setPen(QPen(colour, item.width))
            painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
        case Shape():
            painter.setPen(Qt.PenStyle.NoPen if item.filled else QPen(colour, item.width))
            painter.setBrush(colour if item.filled else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in item.points]))
        case Text():
            own = QFont(font)
            own.setPixelSize(max(1, round(item.size)))
            painter.setFont(own)
            painter.setPen(colour)
            width = QFontMetricsF(own).horizontalAdvance(item.text) + 2
            left = {Anchor.START: item.x, Anchor.MIDDLE: item.x - width / 2, Anchor.END: item.x - width}[item.anchor]
            ascent = QFontMetricsF(own).ascent()
            flag = {
                Anchor.START: Qt.AlignmentFlag.AlignLeft,
                Anchor.MIDDLE: Qt.AlignmentFlag.AlignHCenter,
                Anchor.END: Qt.AlignmentFlag.AlignRight,
            }[item.anchor]
            place = QRectF(left, item.y - ascent, width, QFontMetricsF(own).height())
            painter.drawText(place, flag | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip, item.text)
