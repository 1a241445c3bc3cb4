"""A question before something that cannot be undone, and a message with its details."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, set_chars, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label


class ConfirmDialog(QDialog):
    """Asks in words; both buttons are verbs, the careful one («Оставить») has the focus. `open()` it."""

    def __init__(
        self,
        question: str,
        consequence: str,
        do_text: str,
        leave_text: str = "Не сейчас",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(do_text)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label(question, TextStyle.SECTION))
        words = label(consequence)
        set_chars(words, 40, 64)
        column.addWidget(words)
        self.extra = QVBoxLayout()
        set_gaps(self.extra, 0.5)
        column.addLayout(self.extra)
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.75, 0, 0))
        row.addStretch(1)
        self.leave_button = Button(leave_text)
        self.do_button = Button(do_text, ButtonKind.PRIMARY)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self.accept)
        row.addWidget(self.leave_button)
        row.addWidget(self.do_button)
        column.addLayout(row)
        self.leave_button.setFocus()


class MessageDialog(QDialog):
    """A message in full, with details that can be copied: for the support, never needed to go on."""

    def __init__(self, message: Worded, details: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Подробности")
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label(message.what, TextStyle.SECTION))
        for part in (message.means, message.do):
            if part:
                words = label(part)
                set_chars(words, 40, 64)
                column.addWidget(words)
        if details:
            text = QPlainTextEdit(details, self)
            text.setReadOnly(True)
            text.setAccessibleName("Подробности")
            set_lines(text, 6, 14)
            column.addWidget(text)
        close = Button("Закрыть", ButtonKind.PRIMARY)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
