"""The parts of «Результаты»: procedures, their analysis, difficulties, graduates, checks of functional literacy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.models.education import Graduation, LiteracyCheck
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.results_difficulties import DIFFICULTIES, DifficultyPanel
from shnor_desktop.ui.workspaces.school.results_identification import WhyInProjectPane
from shnor_desktop.ui.workspaces.school.results_reading import ReadingPane

PROCEDURES = "procedures"
GRADUATIONS = RecordSpec(
    cls=Graduation,
    columns=("year", "level", "graduates", "passed_both", "certificates"),
    add="Добавить выпуск",
    empty_title="Выпускники",
    empty_text=(
        "Сколько было выпускников, сколько преодолели порог по русскому языку и математике, сколько получили аттестат. "
        "Из этого программа посчитает показатели по выпускникам."
    ),
    titles={"year": "Год", "level": "Класс", "graduates": "Всего", "passed_both": "Порог", "certificates": "Аттестаты"},
    widths={"year": 8, "level": 9, "graduates": 8, "passed_both": 8, "certificates": 10},
    stretching=("level",),
    newest_first="year",
)
LITERACY = RecordSpec(
    cls=LiteracyCheck,
    columns=("kind", "grade", "year", "participants", "below_base"),
    add="Добавить оценку",
    empty_title="Функциональная грамотность",
    empty_text="Итоги оценки по видам грамотности: сколько учеников участвовали и сколько не достигли базового уровня.",
    titles={"participants": "Участников", "below_base": "Ниже базового"},
    widths={"kind": 20, "grade": 7, "year": 7, "participants": 11, "below_base": 13},
    stretching=("kind",),
    newest_first="year",
)
LISTS = {spec.log_name: spec for spec in (DIFFICULTIES, GRADUATIONS, LITERACY)}
READING, WHY = "reading", "why_in_project"
_PANES: Mapping[str, tuple[str, Callable[[Desk], QWidget]]] = {
    READING: ("Анализ", ReadingPane),
    WHY: ("Почему школа в проекте", WhyInProjectPane),
}
_TITLES = [
    (PROCEDURES, "Процедуры"),
    (READING, _PANES[READING][0]),
    *((name, spec.cls.plural) for name, spec in LISTS.items()),
    (WHY, _PANES[WHY][0]),
]


class ResultsParts(QWidget):
    """One part at a time; the lists are made when they are first opened."""

    part_chosen = Signal()
    help_requested = Signal(str)

    def __init__(self, desk: Desk, procedures: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.panels: dict[str, RecordPanel] = {}
        self.panes: dict[str, QWidget] = {}
        self._rows: Mapping[str, RecordRows] = {}
        self.bar = SegmentBar("Части страницы")
        self.bar.set_segments(_TITLES)
        self.bar.chosen.connect(self.show_part)
        self._procedures = QStackedWidget()
        self._procedures.addWidget(procedures)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._procedures)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    def show_rows(self, rows: Mapping[str, RecordRows]) -> None:
        """Fill the lists that are open."""
        self._rows = rows
        for name, panel in self.panels.items():
            panel.show_rows(rows[name])

    def show_part(self, part: str) -> None:
        """Open a part."""
        self.bar.select(part)
        self._stack.setCurrentWidget(self._part(part))
        self.part_chosen.emit()

    def current(self) -> tuple[str, str]:
        """The entity and row that are shown; empty for the procedures."""
        part = self.bar.current()
        return (part, self.panels[part].current) if part in self.panels else ("", "")

    def show_target(self, target: Target) -> None:
        """Open a list at a row, or ask for a new one."""
        self.show_part(target.entity)
        panel = self.panels[target.entity]
        if target.row:
            panel.select(target.row, target.field)
        elif not self._desk.is_read_only:
            panel.begin_draft()

    def show_empty(self, empty: EmptyState) -> None:
        """Say what to do first instead of the procedures."""
        while self._procedures.count() > 1:
            old = self._procedures.widget(1)
            self._procedures.removeWidget(old)
            old.deleteLater()
        self._procedures.addWidget(empty)
        self._procedures.setCurrentWidget(empty)

    def show_procedures(self) -> None:
        """Show the procedures again."""
        self._procedures.setCurrentIndex(0)

    def _part(self, name: str) -> QWidget:
        if name == PROCEDURES:
            return self._procedures
        return self._pane(name) if name in _PANES else self._panel(name)

    def _pane(self, name: str) -> QWidget:
        """A part that reads its own data when it is shown."""
        if name not in self.panes:
            pane = _PANES[name][1](self._desk)
            if isinstance(pane, ReadingPane):
                pane.register_wanted.connect(lambda: self.show_part(DIFFICULTIES.log_name))
            self.panes[name] = pane
            self._stack.addWidget(pane)
        return self.panes[name]

    def _panel(self, name: str) -> RecordPanel:
        if name not in self.panels:
            is_register = name == DIFFICULTIES.log_name
            made = DifficultyPanel if is_register else RecordPanel
            panel = made(self._desk, LISTS[name], 0.56 if is_register else 0.5, has_add=True)
            panel.help_requested.connect(lambda: self.help_requested.emit(findings.RESULTS))
            panel.row_chosen.connect(lambda _row: self.part_chosen.emit())
            self.panels[name] = panel
            self._stack.addWidget(panel)
            if self._rows:
                panel.show_rows(self._rows[name])
        return self.panels[name]
