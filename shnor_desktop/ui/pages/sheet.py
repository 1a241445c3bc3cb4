"""A raised sheet with a quiet border: a factor, a problem, a measure, as the cards of questions are."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shnor_desktop.ui.theme import Level, lines, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.flow import BoundedColumn

SHEET_CHARS = 100


class Sheet(QWidget):
    """Holds a column of widgets; the colour of a level stands at its left edge."""

    def __init__(self, parent: QWidget | None = None, gap: float = 0.35) -> None:
        super().__init__(parent)
        self._level: Level | None = None
        self.column = BoundedColumn(self)
        set_gaps(self.column, gap, (0.9, 0.6, 0.75, 0.65))
        set_chars(self, maximum=SHEET_CHARS)

    def set_level(self, level: Level | None) -> None:
        """The level whose colour is drawn; None draws none."""
        self._level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, its border, the bar of its level."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("border"))
        painter.setBrush(look().colour("surface_raised"))
        radius = lines(0.25)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._level not in (None, Level.UNKNOWN):
            inset = lines(0.35)
            bar = QRectF(lines(0.3), inset, lines(0.16), self.height() - 2 * inset)
            painter.setPen(look().colour(self._level.value))
            painter.setBrush(look().colour(self._level.value))
            painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        painter.end()
