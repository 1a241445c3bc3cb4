"""A line of «Сегодня»: what and until when; opened at its field, or done in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.services.today import Action, TodayItem
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, Tone, lines, look, set_chars, set_gaps, set_text_style
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import LinkText, SignText, label
from shnor_desktop.ui.widgets.line import TypedLine


class TodayLine(QWidget):
    """Tells `opened` when its words are chosen, and `done` with the evidence when it was marked."""

    opened = Signal()
    done = Signal(str)

    def __init__(
        self, item: TodayItem, asks_evidence: bool = False, is_late: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._asks_evidence = asks_evidence
        self.link = LinkText(self)
        self.link.setWordWrap(True)
        self.link.set_parts([(item.text, "open")])
        self.link.link_chosen.connect(lambda _name: self.opened.emit())
        self.detail = label(item.detail, TextStyle.SMALL, Tone.HIGH if is_late else Tone.MUTED)
        self.mark = Button("Отметить", ButtonKind.PLAIN, "check", f"Отметить выполненным: {item.text}")
        self.mark.clicked.connect(self._on_mark_clicked)
        if item.action is not Action.MARK_DONE:
            self.mark.hide()
        words = QVBoxLayout()
        set_gaps(words, 0.1)
        words.addWidget(self.link)
        words.addWidget(self.detail)
        row = QHBoxLayout()
        set_gaps(row, 1)
        row.addLayout(words, 1)
        row.addWidget(self.mark)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0, 0.45, 0, 0.45))
        column.addLayout(row)
        column.addWidget(self._make_evidence())

    def refuse(self, message: Worded) -> None:
        """Say under the line why it could not be marked."""
        self.problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)
        self._evidence_box.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below."""
        painter = QPainter(self)
        painter.setPen(look().colour("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()

    def _make_evidence(self) -> QWidget:
        self._evidence_box = QWidget(self)
        self.evidence = TypedLine(self._evidence_box)
        self.evidence.setPlaceholderText("Чем подтверждается: документ, дата, номер")
        self.evidence.setAccessibleName(f"Подтверждение: {self.item.text}")
        set_chars(self.evidence, 24, 70)
        self.ready = Button("Готово", ButtonKind.PRIMARY)
        self.ready.clicked.connect(self._on_ready)
        self.evidence.returnPressed.connect(self._on_ready)
        self.problem = SignText(self._evidence_box)
        self.problem.hide()
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.evidence, 1)
        row.addWidget(self.ready)
        row.addStretch(1)
        column = QVBoxLayout(self._evidence_box)
        set_gaps(column, 0.25)
        column.addLayout(row)
        column.addWidget(self.problem)
        self._evidence_box.hide()
        return self._evidence_box

    def _on_mark_clicked(self) -> None:
        if not self._asks_evidence:
            self.done.emit("")
            return
        self._evidence_box.show()
        self.mark.hide()
        self.evidence.setFocus()

    def _on_ready(self) -> None:
        self.done.emit(self.evidence.text().strip())


class NextStep(QWidget):
    """The one next step, larger than the rest."""

    opened = Signal()
    done = Signal(str)

    def __init__(self, item: TodayItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        title = label(item.text, TextStyle.SECTION)
        set_text_style(title, TextStyle.SECTION)
        self.open_button = Button("Открыть", ButtonKind.PRIMARY, "arrow-right")
        self.open_button.clicked.connect(self.opened)
        self.mark = Button("Отметить", ButtonKind.PLAIN, "check", f"Отметить выполненным: {item.text}")
        self.mark.clicked.connect(lambda: self.done.emit(""))
        if item.action is not Action.MARK_DONE:
            self.mark.hide()
        buttons = QHBoxLayout()
        set_gaps(buttons, 0.5, (0, 0.4, 0, 0))
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.mark)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2, (1.1, 0.8, 1, 0.9))
        column.addWidget(label("Следующий шаг", TextStyle.SMALL, Tone.MUTED))
        column.addWidget(title)
        column.addWidget(label(item.detail, TextStyle.BODY, Tone.MUTED))
        column.addLayout(buttons)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet with the accent at its left edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = lines(0.25)
        painter.setPen(look().colour("border"))
        painter.setBrush(look().colour("surface_raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillRect(
            QRectF(lines(0.35), lines(0.7), lines(0.18), self.height() - lines(1.4)), look().colour("accent")
        )
        painter.end()
