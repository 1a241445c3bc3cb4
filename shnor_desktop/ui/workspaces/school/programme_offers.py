"""Measures of the methodology for a task of the programme: added as they are, or with the school's own terms."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services.roadmap import add_from_library
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData
from shnor_desktop.ui.workspaces.school.roadmap_offer import MeasureOffers

_NONE = "В методике больше нет мероприятий для этой проблемы: добавьте своё."


class TaskOffers(QWidget):
    """Folded where the task has measures already; opened by a button or by the gap of the tree."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._task = ""
        self._problem = ""
        self._data: ProgrammeData | None = None
        self.more = Button("Подобрать из методики", ButtonKind.LINK, "plus")
        self.more.clicked.connect(self.open)
        self.sheet = Sheet(gap=0.4)
        self.title = label("Мероприятия методики для этой задачи", TextStyle.STRONG)
        self.nothing = label(_NONE, TextStyle.SMALL, Tone.MUTED)
        self.offers = MeasureOffers(parent=self, desk=desk)
        self.offers.chosen.connect(self._on_chosen)
        for widget in (self.title, self.nothing, self.offers):
            self.sheet.column.addWidget(widget)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3)
        column.addWidget(self.more)
        column.addWidget(self.sheet)

    def show_task(self, task: str, problem: str, data: ProgrammeData) -> None:
        """What the methodology has for a task; shown at once where nothing serves the task yet."""
        is_other = task != self._task
        self._task, self._problem, self._data = task, problem, data
        node = data.node("goal", task)
        is_unserved = node is not None and node.is_hanging
        if is_other:
            self.sheet.setVisible(is_unserved)
            self.more.setVisible(not is_unserved)
        if not self.sheet.isHidden():
            self._fill()

    def open(self) -> None:
        """Show the measures."""
        self.sheet.show()
        self.more.hide()
        self._fill()

    def _fill(self) -> None:
        if self._data is None:
            return
        found = self._data.offers.get(self._problem, ())
        owners = self._data.rows.options.get("staff_member", ())
        self.nothing.setVisible(not found)
        self.offers.setVisible(bool(found))
        self.offers.show_measures(found, self.desk.workspace.pack, owners, self._data.deadlines)

    def _on_chosen(self, measure: str, terms: Mapping[str, str]) -> None:
        workspace, task, problem = self.desk.workspace, self._task, self._problem
        self.desk.write(
            lambda: add_from_library(
                workspace,
                measure,
                owner=terms.get("owner", ""),
                deadline=terms.get("deadline", ""),
                due=terms.get("due") or None,
                problem=problem,
                task=task,
            )
        )
