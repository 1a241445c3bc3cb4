"""The road map as a table, a calendar, its progress, its indicators and its reports: the same data, one page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.services.calendar import CalendarView
from shnor_desktop.services.roadmap_progress import RoadMapProgress
from shnor_desktop.ui.pages import DeskPage, Target
from shnor_desktop.ui.pages.calendar_pane import CalendarKind, CalendarPane
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.roadmap_progress import ProgressView
from shnor_desktop.ui.workspaces.school.roadmap_reports import ReportCard, ReportsView
from shnor_desktop.ui.workspaces.school.roadmap_targets import TargetCard, TargetsView

TABLE, PROGRESS, TARGETS, REPORTS = "table", "progress", "targets", "reports"
_CALENDARS = tuple(kind.value for kind in CalendarKind)
_VIEWS = (
    (TABLE, "Таблица"),
    (CalendarKind.MONTH.value, "Календарь"),
    (CalendarKind.LIST.value, "Список"),
    (CalendarKind.OWNERS.value, "Исполнители"),
    (PROGRESS, "Ход и риски"),
    (TARGETS, "Показатели"),
    (REPORTS, "Отчёты"),
)


class RoadMapViews(QWidget):
    """The switch over the table, the calendar and the rest; tells which view was chosen."""

    chosen = Signal(str)

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = SegmentBar("Как показать дорожную карту")
        self.bar.set_segments(_VIEWS)
        self.bar.chosen.connect(self.show_view)
        self.calendar = CalendarPane(self)
        self.progress = ProgressView(self)
        self.targets = TargetsView(self)
        self.reports = ReportsView(self)
        self._widgets: dict[str, QWidget] = {
            TABLE: table,
            **dict.fromkeys(_CALENDARS, self.calendar),
            PROGRESS: self.progress,
            TARGETS: self.targets,
            REPORTS: self.reports,
        }
        self._stack = QStackedWidget(self)
        for widget in dict.fromkeys(self._widgets.values()):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    @property
    def is_table(self) -> bool:
        """Whether the table is in sight."""
        return self.bar.current() == TABLE

    def show_view(self, name: str) -> None:
        """Show one of the views."""
        self.bar.select(name)
        if name in _CALENDARS:
            self.calendar.set_kind(CalendarKind(name))
        self._stack.setCurrentWidget(self._widgets[name])
        self.chosen.emit(name)

    def set_calendar(self, view: CalendarView) -> None:
        """The days of the road map and of all else."""
        self.calendar.set_view(view)


class RoadMapParts(QObject):
    """The views that have a card of their own beside them: an indicator, a report."""

    def __init__(self, page: DeskPage, views: RoadMapViews, detail: QStackedWidget) -> None:
        super().__init__(page)
        self._views, self._detail = views, detail
        self._progress: RoadMapProgress | None = None
        self.target = TargetCard(page.desk)
        self.report = ReportCard(page)
        detail.addWidget(self.target)
        detail.addWidget(self.report)
        views.targets.row_chosen.connect(lambda _row: self.show_card())
        views.reports.row_chosen.connect(lambda _row: self.show_card())
        views.targets.programme_wanted.connect(lambda: page.desk.open(findings.PROGRAMME))

    def show_progress(self, found: RoadMapProgress) -> None:
        """Fill the views."""
        self._progress = found
        self._views.progress.show_progress(found)
        self._views.targets.show_targets(found.targets)
        self._views.reports.show_reports(found.reports, found.on)

    def show_card(self) -> bool:
        """Show what is chosen in the view that is in sight; False where the view has no card."""
        found, name = self._progress, self._views.bar.current()
        if found is None or name not in (TARGETS, REPORTS):
            return False
        if name == TARGETS:
            view = next((one for one in found.targets if one.id == self._views.targets.chosen()), None)
            if view is not None:
                self.target.show_target(view, found.on)
                self._detail.setCurrentWidget(self.target)
            return view is not None
        report = next((one for one in found.reports if one.code == self._views.reports.chosen()), None)
        if report is not None:
            self.report.show_report(report, found.on)
            self._detail.setCurrentWidget(self.report)
        return report is not None

    def open(self, target: Target) -> bool:
        """Open an indicator or a report by its address; False for any other entity."""
        if target.entity in ("target_indicator", "indicator_value"):
            self._views.targets.table.select(self._indicator_of(target))
            self._views.show_view(TARGETS)
        elif target.entity == "document_mark":
            self._views.reports.table.select(target.field or self._report_of(target.row))
            self._views.show_view(REPORTS)
        else:
            return False
        return True

    def _indicator_of(self, target: Target) -> str:
        if target.entity == "target_indicator" or self._progress is None:
            return target.row
        own = (one.id for one in self._progress.targets if any(point.row == target.row for point in one.values))
        return next(own, "")

    def _report_of(self, row: str) -> str:
        reports = self._progress.reports if self._progress is not None else ()
        return next((one.code for one in reports if one.mark is not None and one.mark.id == row), "")
