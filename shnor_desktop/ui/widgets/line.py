"""A line of text with air around its words, which leaves the window's keys to the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from shnor_desktop.ui.theme import lines, set_lines

CONTROL_LINES = 1.85


def is_left_to_window(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Whether a field must not claim this key: Ctrl+K always, Ctrl+Z and Ctrl+Y once it has nothing to take back."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_K:
        return True
    is_undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    return is_undo or (event.matches(QKeySequence.StandardKey.Redo) and not can_redo)


class TypedLine(QLineEdit):
    """A line of text that leaves the window's keys to the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        set_lines(self, CONTROL_LINES)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if is_left_to_window(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the air around the text in proportion."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        side = lines(0.25)
        self.setTextMargins(side, 0, side, 0)
