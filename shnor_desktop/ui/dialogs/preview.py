"""«Что уходит»: a list to look through before it leaves or is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One thing: what it is, how much of it, and a note («персональные данные», «изменится»)."""

    what: str
    amount: str = ""
    note: str = ""
    tone: Tone = Tone.MUTED


class PreviewDialog(QDialog):
    """A table of what will happen, one button that does it and one that leaves everything as it is. `open()` it."""

    def __init__(
        self,
        title: str,
        purpose: str,
        lines_: Sequence[PreviewLine],
        do_text: str,
        leave_text: str = "Вернуться",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        columns = [
            Column("what", "Что", 34, stretches=True),
            Column("amount", "Сколько", 14),
            Column("note", "Примечание", 30),
        ]
        self.table = RecordTable(columns, title)
        self.set_lines(lines_)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label(title, TextStyle.SECTION))
        body = ScrollColumn(self, 0.5, 0)
        body.add(label(purpose, TextStyle.BODY, Tone.MUTED))
        self.table.setMinimumHeight(lines(8))
        body.column.insertWidget(1, self.table, 1)
        body.column.setStretch(2, 0)  # a high table instead of an empty foot
        self.choices = QVBoxLayout()
        """Between the table and the buttons: what can be chosen about it, none in most dialogs."""
        set_gaps(self.choices, 0.25)
        body.column.addLayout(self.choices)
        column.addWidget(body, 1)
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.5, 0, 0))
        row.addStretch(1)
        self.leave_button = Button(leave_text)
        self.do_button = Button(do_text, ButtonKind.PRIMARY)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self.accept)
        row.addWidget(self.leave_button)
        row.addWidget(self.do_button)
        column.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(chars(96), room.width() - lines(2)), min(lines(30), room.height() - lines(3)))

    def set_lines(self, lines_: Sequence[PreviewLine]) -> None:
        """Show other lines: a choice changes what will happen."""
        rows = [
            Row(str(at), (line.what, line.amount, line.note), tones={"note": line.tone})
            for at, line in enumerate(lines_)
        ]
        self.table.set_rows(rows)
