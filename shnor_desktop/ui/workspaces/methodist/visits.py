"""«Посещения»: the lesson visits of a methodist in one school at a time, by touch and by keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.methodist import CuratedSchool, curated_schools
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.visits import VisitsPane
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import EmptyState

_PURPOSE = (
    "Карта урока, выводы словами и лист обратной связи, который готов к звонку. "
    "Баллы не складываются, учителей никто не сравнивает."
)
_NO_SCHOOLS = "Посещение записывается в школу, чей пакет принят: из него берутся учителя и классы."
_NO_CHECK = CheckResult((), (), ())


@dataclass(frozen=True, slots=True)
class VisitsPageData:
    """The schools to choose from, and the visits of the chosen one."""

    schools: tuple[CuratedSchool, ...]
    school: str
    visits: Any


class VisitsPage(DeskPage):
    """The pane of the school's own desk over a school that is chosen above it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Посещения уроков", _PURPOSE, parent)
        self._asked = ""
        self.school = QComboBox(self)
        self.school.setAccessibleName("Школа")
        self.school.activated.connect(lambda _: self._on_school_chosen())
        self.pane = VisitsPane(desk)
        self.pane.wants_reading.connect(self.refresh)
        self.pane.help_requested.connect(lambda: self.ask_help("methodist"))
        self.header.set_primary(self.pane.add_words, "plus")
        self.header.primary_clicked.connect(self.pane.begin)
        self.set_body(self._lay_out())
        self.show_reading("Читаем посещения…")

    def load(self) -> VisitsPageData:
        """The schools, and the visits of the chosen one."""
        schools = tuple(curated_schools(self.desk.workspace))
        known = [one.line.id for one in schools]
        school = self._asked if self._asked in known else known[0] if known else ""
        if not school:
            return VisitsPageData(schools, "", None)
        if school != self.desk.school:
            self.pane.current = ""
            self.desk.school = school
        return VisitsPageData(schools, school, self.pane.load(_NO_CHECK))

    def show_data(self, snapshot: VisitsPageData) -> None:
        """Show the visits, or say that there is no school yet."""
        if self.header.primary is not None:
            self.header.primary.setEnabled(bool(snapshot.school))
        if not snapshot.school:
            empty = EmptyState("Сначала примите пакет школы", _NO_SCHOOLS, "К школам", "school")
            empty.begin_requested.connect(lambda: self.desk.open("schools"))
            empty.help_requested.connect(lambda: self.ask_help("methodist"))
            self.show_empty(empty)
            return
        self.show_body()
        self._asked = snapshot.school
        self.school.blockSignals(True)
        self.school.clear()
        for one in snapshot.schools:
            self.school.addItem(one.line.name or one.line.code, one.line.id)
        self.school.setCurrentIndex(self.school.findData(snapshot.school))
        self.school.blockSignals(False)
        self.pane.show_data(snapshot.visits)

    def open_target(self, target: str) -> None:
        """A school by its id, or a visit of the school that is shown."""
        if ":" in target:
            super().open_target(target)
        else:
            self._choose(target)

    def show_target(self, target: Target) -> None:
        """A visit at a field."""
        if self.pane.holds(target.entity):
            self.pane.show_target(target)

    def _on_school_chosen(self) -> None:
        self._choose(str(self.school.currentData()))

    def _choose(self, school: str) -> None:
        if school and school != self._asked:
            self.pane.visit.leave()
            self.pane.visit.forget()
            self._asked = school
        self.refresh()

    def _lay_out(self) -> QWidget:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        row = QHBoxLayout()
        set_gaps(row, 0.5, (1, 0.5, 1, 0.5))
        row.addWidget(label("Школа", TextStyle.BODY, Tone.MUTED, wraps=False))
        row.addWidget(self.school)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.pane, 1)
        return whole
