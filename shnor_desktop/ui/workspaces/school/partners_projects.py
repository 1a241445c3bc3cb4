"""Network projects that the methodology names: members, plan, events and what they gave."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shnor_desktop.domain import findings
from shnor_desktop.services import roadmap
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.partners_projects import ProjectMeasure, ProjectView, projects
from shnor_desktop.services.records import Done
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn

_MOST_RESULTS = 5


class ProjectSheet(Sheet):
    """One project; a measure of its plan is opened or taken into the road map."""

    def __init__(self, desk: Desk, view: ProjectView) -> None:
        super().__init__()
        self.desk = desk
        self.buttons: list[Button] = []
        self.column.addWidget(label(view.project.title, TextStyle.SECTION))
        self.column.addWidget(label(view.project.purpose))
        self.column.addWidget(label(f"Участники: {view.project.members}", TextStyle.SMALL, Tone.MUTED))
        self.column.addWidget(label(f"{view.words}.", TextStyle.SMALL, Tone.MUTED))
        for item in view.measures:
            self.column.addLayout(self._line(item))
        if view.results:
            self.column.addWidget(label("Что взяли в работу", TextStyle.SMALL, Tone.MUTED))
            self.column.addWidget(label("\n".join(f"– {words}" for words in view.results[:_MOST_RESULTS])))

    def _line(self, item: ProjectMeasure) -> QHBoxLayout:
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        state = f" ({item.state})" if item.state else ""
        row.addWidget(label(f"{item.title}{state}"), 1)
        if item.row:
            button = Button("Открыть", ButtonKind.QUIET, "list-checks", f"Открыть в дорожной карте: {item.title}")
            target = Target("measure", item.row)
            button.clicked.connect(partial(self._on_open_clicked, target))
        elif item.may_be_taken and not self.desk.is_read_only:
            button = Button("В дорожную карту", ButtonKind.QUIET, "plus", f"Добавить: {item.title}")
            button.clicked.connect(partial(self._on_take_clicked, item.code))
        else:
            return row
        self.buttons.append(button)
        row.addWidget(button)
        return row

    def _on_open_clicked(self, target: Target, _checked: bool = False) -> None:
        self.desk.open(findings.ROADMAP, target)

    def _on_take_clicked(self, code: str, _checked: bool = False) -> None:
        desk = self.desk

        def on_added(_done: Done) -> None:
            words = Notice("Мероприятие проекта добавлено в дорожную карту.", "", "Впишите срок и ответственного.")
            desk.say(words, MessageLevel.DONE)

        desk.write(lambda: roadmap.add_from_library(desk.workspace, code), on_added)


class ProjectsPane(PartPane):
    """All projects under one another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheets: list[ProjectSheet] = []
        self._area = ScrollColumn(margins=1.0)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._area)

    def load(self, found: CheckResult) -> tuple[ProjectView, ...]:
        """The projects of the methodology of the school."""
        return projects(self.desk.workspace, self.desk.school)

    def show_data(self, snapshot: tuple[ProjectView, ...]) -> None:
        """A sheet a project."""
        self._area.clear()
        self.sheets = [ProjectSheet(self.desk, view) for view in snapshot]
        for sheet in self.sheets:
            self._area.add(sheet)

    def count(self, snapshot: tuple[ProjectView, ...]) -> int | None:
        """How many projects there are."""
        return len(snapshot)
