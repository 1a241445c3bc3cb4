"""Two people changed one field: their versions side by side, and the choice of which one stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from shnor_desktop.services import conflicts
from shnor_desktop.services.conflicts import Conflict, Version
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn

_SHORT = 40


class ConflictPanel(QWidget):
    """The versions as sheets side by side; `kept` tells the place of the one that stays."""

    kept = Signal(int)

    def __init__(self, conflict: Conflict, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        words = "Два человека изменили это поле, не зная друг о друге."
        words += "" if read_only else " Выберите, какое значение оставить."
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


class ConflictsDialog(QDialog):
    """The fields of a school that two people changed, for a desk that has no page of the check: centre, methodist."""

    def __init__(self, desk: Desk, school: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Расхождения")
        self._desk = desk
        self._school = school
        self.panels: dict[str, ConflictPanel] = {}
        self.area = ScrollColumn(margins=0)
        self.area.setMinimumSize(chars(50), lines(8))
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        set_chars(self.words, 40, 68)
        close = Button("Закрыть")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label("Поля, которые изменили два человека", TextStyle.SECTION))
        column.addWidget(self.words)
        column.addWidget(self.area, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        screen = self.screen().availableGeometry()
        self.resize(min(screen.width(), chars(104)), min(screen.height() - lines(3), lines(26)))

    def read(self) -> None:
        """Read them anew."""
        workspace, school = self._desk.workspace, self._school
        self._desk.read(lambda: conflicts.undecided(workspace, school), self.show_conflicts)

    def show_conflicts(self, found: dict[str, Conflict]) -> None:
        """Fill the dialog."""
        self.area.clear()
        self.panels = {}
        for key, conflict in found.items():
            self.area.add(label(conflict.place, TextStyle.STRONG))
            panel = ConflictPanel(conflict, not conflict.may_decide or self._desk.workspace.store.read_only)
            panel.kept.connect(lambda at, one=conflict: self._keep(one, at))
            self.panels[key] = panel
            self.area.add(panel)
        others = sum(1 for one in found.values() if not one.may_decide)
        theirs = f" Полей, которые решает школа: {others}." if others else ""
        self.words.setText(
            f"Обе записи сохранены, показана более поздняя.{theirs}" if found else "Расхождений нет: решать нечего."
        )

    def _keep(self, conflict: Conflict, at: int) -> None:
        workspace, school = self._desk.workspace, self._school
        self._desk.write(lambda: conflicts.keep_version(workspace, conflict, at, school), lambda _done: self.read())
