"""The quiet line at the bottom: when it was saved, what can be undone, where the stage stands."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps, set_text_style, set_tone


class StatusLine(QWidget):
    """«Сохранено в 14:02 · [Отменить: изменена доля педагогов]     этап II · 24 дня»."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saved = self._label("Состояние сохранения")
        self.undo = QPushButton(self)
        self.undo.setFlat(True)
        self.undo.setProperty("look_button", "quiet")
        set_text_style(self.undo, TextStyle.SMALL)
        set_tone(self.undo, Tone.ACCENT)
        self.undo.clicked.connect(self.undo_requested)
        self.undo.hide()
        self.right = self._label("Этап и срок")
        row = QHBoxLayout(self)
        set_gaps(row, 0.5, (0.75, 0.12, 0.75, 0.12))
        row.addWidget(self.saved)
        row.addWidget(self.undo)
        row.addStretch(1)
        row.addWidget(self.right)

    def set_state(self, saved: str, undo: str, right: str) -> None:
        """Words for the three parts; an empty `undo` hides its button."""
        self.undo.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)  # else the focus of a button that goes comes here
        self.saved.setText(saved)
        self.undo.setText(f"Отменить: {undo}")
        self.undo.setVisible(bool(undo))
        self.undo.setToolTip(f"Отменить: {undo} (Ctrl+Z)")
        self.right.setText(right)

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setAccessibleName(name)
        set_text_style(label, TextStyle.SMALL)
        set_tone(label, Tone.MUTED)
        return label
