"""«Ход и риски»: how far the road map is, in two charts, and what is going to be late with the step that helps."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.drawing.courses import CoursePoint, course
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services.forecast import Threat
from shnor_desktop.services.roadmap_progress import RoadMapProgress, StageProgress
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.labels import LinkText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_WIDTH, _MOST = 110, 10


class ProgressView(ScrollColumn):
    """Tells which place a threat leads to: page, entity, row."""

    place_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=1.0)
        self._shown: RoadMapProgress | None = None
        self._is_stale = False
        self.threats_title = label("", TextStyle.SECTION)
        self._threats = QWidget()
        self._lines = QVBoxLayout(self._threats)
        set_gaps(self._lines, 0.5)
        self.stages = ChartPanel("Выполнение по частям плана", "Сколько мероприятий выполнено; снятые не считаются.")
        self.months = ChartPanel("Сроки и выполнение по месяцам", "Нарастающим итогом, по каждому сроку мероприятий.")
        for widget in (self.threats_title, self._threats, self.stages, self.months):
            set_chars(widget, 30, _WIDTH)
            self.add(widget)

    def show_progress(self, found: RoadMapProgress) -> None:
        """Fill the charts and the list, or wait with it until they are in sight."""
        if found != self._shown:
            self._shown, self._is_stale = found, True
            if self.isVisible():
                self._draw(found)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while it was out of sight."""
        super().showEvent(event)
        if self._is_stale and self._shown is not None:
            self._draw(self._shown)

    def _draw(self, found: RoadMapProgress) -> None:
        self._is_stale = False
        self._show_threats(found.threats)
        self.stages.set_bars([_bar(one) for one in found.stages], max((one.total for one in found.stages), default=1))
        planned = [CoursePoint(one.end, one.due, str(one.due)) for one in found.months]
        actual = [
            CoursePoint(min(one.end, found.on), one.done, str(one.done)) for one in found.months if one.done is not None
        ]
        rows = [(short_date(one.end), str(one.due), "—" if one.done is None else str(one.done)) for one in found.months]
        drawing = course(planned, actual, found.on, from_zero=True)
        self.months.set_drawing(drawing, ("К концу месяца", "Сроков", "Выполнено"), rows)

    def _show_threats(self, threats: tuple[Threat, ...]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        count = len(threats)
        none = "Из ближайших сроков под угрозой ничего нет; просроченное отмечено в таблице"
        self.threats_title.setText(f"Под угрозой · {count}" if count else none)
        self._threats.setVisible(bool(count))
        for kind, own in groupby(threats, key=lambda one: one.kind):
            self._lines.addWidget(label(kind.words, TextStyle.STRONG))
            lines = list(own)
            for threat in lines[:_MOST]:
                self._lines.addWidget(self._line(threat))
            if len(lines) > _MOST:
                self._lines.addWidget(label(f"И ещё {len(lines) - _MOST}.", TextStyle.SMALL, Tone.MUTED))

    def _line(self, threat: Threat) -> QWidget:
        line = QWidget(self._threats)
        link = LinkText(line, wraps=True)
        link.set_parts([("▲ ", ""), (threat.title, "open")], "")
        link.link_chosen.connect(lambda _name: self.place_wanted.emit(threat.page, threat.entity, threat.row))
        column = QVBoxLayout(line)
        set_gaps(column, 0.1)
        column.addWidget(link)
        column.addWidget(label(f"{threat.why} {threat.do}", TextStyle.SMALL, Tone.MUTED))
        return line


def _bar(one: StageProgress) -> Bar:
    words = [f"{one.done} из {one.total}"]
    if one.begun:
        words.append(f"в работе {one.begun}")
    if one.late:
        words.append(f"▲ {plural(one.late, 'просрочено', 'просрочено', 'просрочено')}")
    return Bar(one.title, one.done, ", ".join(words), mark=one.total)
