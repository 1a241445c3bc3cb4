"""The history of what a page shows, in a drawer at its right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from shnor_desktop.services.history import HistoryStep, history_steps
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import HistoryEntry, HistoryPanel
from shnor_desktop.ui.widgets.labels import label


class HistoryDrawer(QWidget):
    """«История изменений» of an entity or a row, newest first."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._ticket = 0
        self.list = HistoryPanel()
        self.nothing = label("Изменений пока не было.", TextStyle.BODY, Tone.MUTED)
        close = Button("", ButtonKind.QUIET, "x", "Скрыть историю изменений")
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        set_gaps(top, 0.5, (0.75, 0.4, 0.4, 0.25))
        top.addWidget(label("История изменений", TextStyle.STRONG), 1)
        top.addWidget(close)
        notes = QVBoxLayout()
        set_gaps(notes, 0, (0.75, 0, 0.75, 0))
        notes.addWidget(self.nothing)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(top)
        column.addLayout(notes)
        column.addWidget(self.list, 1)
        self.hide()

    def show_of(self, entity: str, row: str = "") -> None:
        """Read and show the history; an older reading that comes later is dropped."""
        self._ticket += 1
        ticket, desk = self._ticket, self.desk

        def on_read(steps: Sequence[HistoryStep]) -> None:
            if ticket == self._ticket and isValid(self):
                self._fill(steps)

        desk.read(lambda: history_steps(desk.workspace, entity, row, desk.school), on_read)

    def _fill(self, steps: Sequence[HistoryStep]) -> None:
        self.list.set_entries([HistoryEntry(one.when, one.who, one.what, one.old, one.new) for one in steps])
        self.nothing.setVisible(not steps)
