"""Charts with their numbers beside them, the same numbers as a table, and the picture to copy or to save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from shnor_desktop.domain.drawing import Drawing
from shnor_desktop.domain.drawing.charts import ChartBar, titled
from shnor_desktop.domain.drawing.charts import bars as bar_drawing
from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import BoundedColumn
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.pictures import PictureView, png_of, save_picture
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.words import cut_to_lines

_TWO_COLUMNS = (Column("label", "Показатель", 30, stretches=True), Column("words", "Значение", 26))
_MOST_ROWS = 12
_LEVELS = {Tone.HIGH: Level.HIGH, Tone.MEDIUM: Level.MEDIUM, Tone.LOW: Level.LOW}
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
    """A chart with its caption (what is counted, of how many) and the same numbers as a table.

    It holds bars, or any drawing; both are copied and saved as a picture under their title.
    """

    def __init__(self, title: str, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = BarChart(self)
        self.picture: PictureView | None = None
        self._drawing: Drawing | None = None
        self._bars: tuple[Sequence[Bar], float | None] = ((), None)
        self._table = RecordTable(_TWO_COLUMNS, title)
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
        self.menu_button = Button("", ButtonKind.QUIET, "ellipsis", f"Картинка: {title}")
        self.menu_button.add_menu([("Копировать", self.copy), ("Сохранить как картинку…", self.save)])
        self.said = label("", TextStyle.SMALL, Tone.MUTED)
        self.said.hide()
        tools = QHBoxLayout()
        set_gaps(tools, 0.5)
        tools.addWidget(self._switch)
        tools.addWidget(self.menu_button)
        tools.addWidget(self.said, 1)
        tools.addStretch(0)
        column = BoundedColumn(self)
        set_gaps(column, 0.3)
        column.addWidget(self._title)
        column.addWidget(self._caption)
        column.addWidget(self._stack)
        column.addLayout(tools)

    def set_bars(self, bars: Sequence[Bar], most: float | None = None, caption: str = "") -> None:
        """Replace the bars and, if given, the caption."""
        self._bars, self._drawing = (tuple(bars), most), None
        self.chart.set_bars(bars, most)
        self._table.set_rows([Row(str(at), (bar.label, bar.words)) for at, bar in enumerate(bars)])
        self._stack.setFixedHeight(max(lines(4), self.chart.sizeHint().height()))
        self._say_caption(caption)

    def set_drawing(
        self, drawing: Drawing, columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str = ""
    ) -> None:
        """Draw anything; `columns` and `rows` are the same numbers as a table."""
        self._drawing = drawing
        if self.picture is None:
            self.picture = PictureView(self)
            self._stack.insertWidget(1, self.picture)
            self._stack.setCurrentWidget(self.picture)
            self.chart.hide()
        old = self._table
        made = [Column(str(at), words, 30 if at == 0 else 12, stretches=at == 0) for at, words in enumerate(columns)]
        self._table = RecordTable(made, self._title.text())
        self._table.set_rows([Row(str(at), tuple(row)) for at, row in enumerate(rows)])
        was_table = self._stack.currentWidget() is old
        self._stack.removeWidget(old)
        old.deleteLater()
        self._stack.addWidget(self._table)
        self._table.setFixedHeight(lines(1.9) + min(len(rows), _MOST_ROWS) * lines(1.75) + lines(0.4))
        self.picture.set_drawing(drawing, "; ".join(": ".join(row) for row in rows))
        self._show(self._table if was_table else self.picture)
        self._say_caption(caption)

    def drawing(self) -> Drawing:
        """The chart under its title and caption, for paper."""
        bars, most = self._bars
        plain = self._drawing or bar_drawing([_paper_bar(bar) for bar in bars], most)
        return titled(plain, self._title.text(), self._caption.text())

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        QGuiApplication.clipboard().setImage(png_of(self.drawing(), self.font()))
        self._say("Картинка скопирована.")

    def save(self) -> None:
        """Ask where, and write a PNG or SVG."""
        suggested = f"{_file_name(self._title.text())}.png"
        patterns = "Картинка PNG (*.png);;Векторная картинка SVG (*.svg)"
        name, chosen = QFileDialog.getSaveFileName(self, "Сохранить как картинку", suggested, patterns)
        if name:
            self.save_as(Path(name), ".svg" if "svg" in chosen.lower() else ".png")

    def save_as(self, target: Path, usual: str = ".png") -> bool:
        """Write the picture; a name without a known ending gets the usual one. Says what came of it."""
        if target.suffix.lower() not in (".png", ".svg"):
            target = target.with_name(f"{target.name}{usual}")
        is_done = save_picture(self.drawing(), self.font(), target, self._title.text())
        failed = "Картинка не сохранена: нет доступа к папке или места на диске. Выберите другое место."
        self._say(f"Сохранено: {target.name}" if is_done else failed)
        return is_done

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu under the right button."""
        menu = self.menu_button.menu()
        if menu is not None:
            menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A drawing has another height at another width."""
        super().resizeEvent(event)
        self._fit()

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self._switch.setText("Показать картинкой" if widget is self._table else "Показать таблицей")
        self._fit()

    def _fit(self) -> None:
        if self.picture is not None:
            shown = self._stack.currentWidget()
            height = self._table.height() if shown is self._table else self.picture.sizeHint().height()
            self._stack.setFixedHeight(height)

    def _say_caption(self, caption: str) -> None:
        if caption:
            self._caption.setText(caption)
            self._caption.show()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _on_switch_clicked(self) -> None:
        chart = self.picture or self.chart
        self._show(self._table if self._stack.currentWidget() is chart else chart)


def _paper_bar(bar: Bar) -> ChartBar:
    return ChartBar(bar.label, bar.value, bar.words, _LEVELS.get(bar.tone) if bar.tone else None, bar.mark)


def _file_name(title: str) -> str:
    """A title without the signs that a file name may not have."""
    plain = "".join(sign if sign.isalnum() or sign in " -_«»," else " " for sign in title)
    return " ".join(plain.split())[:80] or "Диаграмма"
