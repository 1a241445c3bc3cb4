"""Two people changed one field: their versions side by side, and the choice of which one stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services.conflicts import Conflict, Version
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label

_SHORT = 40


class ConflictPanel(QWidget):
    """The versions as sheets side by side; `kept` tells the place of the one that stays."""

    kept = Signal(int)

    def __init__(self, conflict: Conflict, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        words = "Два человека изменили это поле, не зная друг о друге. Выберите, какое значение оставить."
        column.addWidget(label(words))
        sheets = QWidget(self)
        flow = FlowLayout(sheets)
        set_gaps(flow, 0.75)
        for at, version in enumerate(conflict.versions):
            flow.addWidget(self._sheet(at, version, read_only))
        column.addWidget(sheets)

    def _sheet(self, at: int, version: Version, read_only: bool) -> QWidget:
        sheet = Sheet(self)
        shown = ", сейчас показано" if version.is_shown else ""
        if version.who:
            sheet.column.addWidget(label(version.who[:1].upper() + version.who[1:], TextStyle.STRONG))
        sheet.column.addWidget(label(f"{version.when}{shown}", TextStyle.SMALL, Tone.MUTED))
        text = label(version.words)
        set_chars(text, _SHORT)
        sheet.column.addWidget(text)
        short = version.words if len(version.words) <= _SHORT else f"{version.words[:_SHORT].rstrip()}…"
        keep = Button(f"Оставить «{short}»", icon="check")
        keep.clicked.connect(lambda: self.kept.emit(at))
        if read_only:
            keep.hide()
        self.buttons.append(keep)
        sheet.column.addWidget(keep)
        return sheet
