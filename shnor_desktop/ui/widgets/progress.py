"""A line that shows what is being done when it takes longer than half a second, with «Прервать»."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from shnor_desktop.ui.theme import set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label

_DELAY_MS = 500


class ProgressStrip(QWidget):
    """Hidden until a task lasts; one task at a time."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", wraps=False)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Ход работы")
        set_lines(self.bar, 0.4, 0.5)
        self.stop = Button("Прервать", ButtonKind.QUIET, "ban")
        self.stop.clicked.connect(self._on_stop_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.show)
        row = QHBoxLayout(self)
        set_gaps(row, 0.75, (1, 0.25, 0.5, 0.25))
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()

    def begin(self, words: str, can_stop: bool = True) -> None:
        """A task has begun: «Проверяю пакет 3 из 20»."""
        self.words.setText(words)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.stop.setVisible(can_stop)
        self._timer.start()

    def set_progress(self, done: int, total: int, words: str = "") -> None:
        """How far it is; zero `total` means unknown."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def end(self) -> None:
        """The task is over."""
        self._timer.stop()
        self.hide()

    def _on_stop_clicked(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("Прерываю…")
        self.stop_requested.emit()
