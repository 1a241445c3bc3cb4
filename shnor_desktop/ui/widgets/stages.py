"""The stages of the year as a strip: what is over, where we are, what comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shnor_desktop.ui.theme import chars, lines, look


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its dates in words; `share` of what is done in it, 0 to 1."""

    id: str
    title: str
    dates: str
    share: float = 0.0
    is_current: bool = False


class StageStrip(QWidget):
    """Stages side by side, each with a line that fills as its work is done."""

    stage_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: list[Stage] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Replace the stages."""
        self._stages = list(stages)
        parts = [f"{one.title}, {one.dates}{', сейчас' if one.is_current else ''}" for one in stages]
        self.setAccessibleName("Этапы: " + "; ".join(parts))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words and the line of progress."""
        return QSize(chars(60), lines(3.0))

    def minimumSizeHint(self) -> QSize:
        """The words are cut where it is narrow."""
        return QSize(chars(20), lines(3.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which stage was pressed."""
        if self._stages:
            at = min(int(event.position().x() / self.width() * len(self._stages)), len(self._stages) - 1)
            self.stage_chosen.emit(self._stages[at].id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words over the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(1, len(self._stages))
        for at, stage in enumerate(self._stages):
            self._paint_stage(painter, stage, QRectF(at * step, 0, step - lines(0.5), self.height()))
        painter.end()

    def _paint_stage(self, painter: QPainter, stage: Stage, rect: QRectF) -> None:
        thick = lines(0.28)
        track = QRectF(rect.x(), 0, rect.width(), thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("border"))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if stage.share > 0:
            painter.setBrush(look().colour("accent" if stage.is_current else "text_muted"))
            track.setWidth(max(thick, track.width() * min(1.0, stage.share)))
            painter.drawRoundedRect(track, thick / 2, thick / 2)
        font = QFont(self.font())
        font.setWeight(font.Weight.Medium if stage.is_current else font.Weight.Normal)
        self._words(painter, font, stage.title, "text", QRectF(rect.x(), lines(0.55), rect.width(), lines(1.15)))
        font.setWeight(font.Weight.Normal)
        font.setPointSizeF(self.font().pointSizeF() * 0.9)
        self._words(painter, font, stage.dates, "text_muted", QRectF(rect.x(), lines(1.7), rect.width(), lines(1.1)))

    def _words(self, painter: QPainter, font: QFont, text: str, token: str, rect: QRectF) -> None:
        painter.setFont(font)
        painter.setPen(look().colour(token))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
