"""Horizontal bars with their numbers beside them, and the same numbers as a table one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.words import cut_to_lines

_WRAP = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: label, length, the number as words («18,2 % · 4 из 22»), colour by meaning or by series.

    `mark` is the number of a thin line across the bar: a threshold, or last year.
    """

    label: str
    value: float
    words: str
    tone: Tone | None = None
    series: int = 0
    mark: float | None = None


class BarChart(QWidget):
    """Bars under one another on one scale from zero to `most`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []
        self._most = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[Bar], most: float | None = None) -> None:
        """Replace the bars; `most` is the end of the scale, the longest bar unless given."""
        self._bars = list(bars)
        longest = max((max(bar.value, bar.mark or 0) for bar in bars), default=1.0)
        self._most = most or longest or 1.0
        self.setAccessibleName("; ".join(f"{bar.label}: {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines a bar."""
        return QSize(chars(60), len(self._bars) * lines(2.0))

    def minimumSizeHint(self) -> QSize:
        """Never lower: a bar is not cut."""
        return QSize(chars(30), len(self._bars) * lines(2.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label, bar, words; the mark across."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        left = min(longest, round(self.width() * 0.34)) + lines(0.5)
        words = max((metrics.horizontalAdvance(bar.words) for bar in self._bars), default=0) + lines(0.6)
        room = max(lines(2), self.width() - left - words - lines(0.2))
        for at, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, at * lines(2.0), left, room, metrics)
        painter.setPen(look().colour("border_strong"))
        painter.drawLine(left, 0, left, len(self._bars) * lines(2.0))
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: Bar, top: int, left: int, room: int, metrics: QFontMetrics) -> None:
        height = lines(2.0)
        painter.setPen(look().colour("text"))
        place = QRect(0, top, left - lines(0.5), height)
        painter.drawText(place, _WRAP, cut_to_lines(metrics, bar.label, place.width(), 2))
        length = room * min(1.0, max(0.0, bar.value) / self._most)
        box = QRectF(left, top + height * 0.25, max(1.0, length), height * 0.5)
        painter.fillRect(box, self._colour(bar))
        if bar.mark is not None:
            across = left + room * min(1.0, bar.mark / self._most)
            painter.fillRect(QRectF(across - 1, top + height * 0.12, 2, height * 0.76), look().colour("text"))
        start = (
            max(box.right(), left + room * min(1.0, (bar.mark or 0) / self._most))
            if _near(bar, self._most)
            else box.right()
        )
        painter.setPen(look().colour("text"))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(start + lines(0.35), top, self.width() - start, height), flags, bar.words)

    def _colour(self, bar: Bar) -> QColor:
        if bar.tone is not None:
            return look().colour(bar.tone.value)
        series = look().tokens.series
        return QColor(series[bar.series % len(series)])


def _near(bar: Bar, most: float) -> bool:
    """Whether the mark stands where the words would be written."""
    return bar.mark is not None and bar.mark > bar.value


class ChartPanel(QWidget):
    """A chart with its caption (what is counted, of how many) and the same numbers as a table."""

    def __init__(self, title: str, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = BarChart(self)
        self._table = RecordTable(
            [Column("label", "Показатель", 30, stretches=True), Column("words", "Значение", 26)], title
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self._table)
        self._title = label(title, TextStyle.SECTION)
        self._caption = label(caption, TextStyle.SMALL, Tone.MUTED)
        if not caption:
            self._caption.hide()
        self._switch = Button("Показать таблицей", ButtonKind.LINK, "table")
        self._switch.set_small()
        self._switch.clicked.connect(self._on_switch_clicked)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3)
        column.addWidget(self._title)
        column.addWidget(self._caption)
        column.addWidget(self._stack)
        column.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft)

    def set_bars(self, bars: Sequence[Bar], most: float | None = None, caption: str = "") -> None:
        """Replace the bars and, if given, the caption."""
        self.chart.set_bars(bars, most)
        self._table.set_rows([Row(str(at), (bar.label, bar.words)) for at, bar in enumerate(bars)])
        self._stack.setFixedHeight(max(lines(4), self.chart.sizeHint().height()))
        if caption:
            self._caption.setText(caption)
            self._caption.show()

    def _on_switch_clicked(self) -> None:
        is_chart = self._stack.currentWidget() is self.chart
        self._stack.setCurrentWidget(self._table if is_chart else self.chart)
        self._switch.setText("Показать картинкой" if is_chart else "Показать таблицей")
