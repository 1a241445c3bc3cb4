"""A row of words of which one is chosen: the parts of a page that are looked at one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from shnor_desktop.ui.theme import lines, look, set_gaps
from shnor_desktop.ui.widgets.flow import FlowLayout


class Segment(QAbstractButton):
    """One of the words; the chosen one is underlined by the accent."""

    def __init__(self, segment_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segment_id = segment_id
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words with air around them."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + lines(1.4), lines(2.0))

    def minimumSizeHint(self) -> QSize:
        """Never cut, but where the window itself is narrower."""
        return QSize(lines(3), lines(2.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, the line under the chosen ones, the frame of the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accent" if self.isChecked() else "text" if self.underMouse() else "text_muted"
        painter.setPen(look().colour(token))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - lines(0.6))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), shown)
        if self.isChecked():
            thick = lines(0.14)
            box = QRectF(lines(0.4), self.height() - thick, self.width() - lines(0.8), thick)
            painter.fillRect(box, look().colour("accent"))
        if self.hasFocus():
            painter.setPen(look().colour("focus"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -3), lines(0.2), lines(0.2))
        painter.end()


class SegmentBar(QWidget):
    """Tells which part was chosen by a person."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments: dict[str, Segment] = {}
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self)
        set_gaps(self._flow, 0.25, (0.5, 0.1, 0.5, 0))
        self.setAccessibleName(name)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def set_segments(self, segments: Sequence[tuple[str, str]]) -> None:
        """The (id, words) to choose from; the chosen one stays chosen, else the first is."""
        if list(self._segments) != [name for name, _ in segments]:
            self._rebuild(segments)
        for name, title in segments:
            segment = self._segments[name]
            if segment.text() != title:
                segment.setText(title)
                segment.setAccessibleName(title)
                segment.updateGeometry()

    def current(self) -> str:
        """The id of the chosen part; empty while there are none."""
        return next((name for name, one in self._segments.items() if one.isChecked()), "")

    def select(self, segment_id: str) -> None:
        """Choose a part from code; nothing is told."""
        if segment_id in self._segments:
            self._segments[segment_id].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below."""
        painter = QPainter(self)
        painter.setPen(look().colour("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()

    def _rebuild(self, segments: Sequence[tuple[str, str]]) -> None:
        chosen = self.current()
        for old in self._segments.values():
            self._group.removeButton(old)
            self._flow.removeWidget(old)
            old.deleteLater()
        self._segments = {}
        for name, title in segments:
            segment = Segment(name, title, self)
            segment.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(segment)
            self._flow.addWidget(segment)
            self._segments[name] = segment
        self.select(chosen if chosen in self._segments else next(iter(self._segments), ""))
