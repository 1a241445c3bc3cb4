"""The road map as a table or as a calendar: the same data, one page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.services.calendar import CalendarView
from shnor_desktop.ui.pages.calendar_pane import CalendarKind, CalendarPane
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar

TABLE = "table"
_VIEWS = (
    (TABLE, "Таблица"),
    (CalendarKind.MONTH.value, "Календарь"),
    (CalendarKind.LIST.value, "Список"),
    (CalendarKind.OWNERS.value, "По исполнителям"),
)


class RoadMapViews(QWidget):
    """The switch over the table and the calendar; tells which view was chosen."""

    chosen = Signal(str)

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = SegmentBar("Как показать дорожную карту")
        self.bar.set_segments(_VIEWS)
        self.bar.chosen.connect(self.show_view)
        self.calendar = CalendarPane(self)
        self._table = table
        self._stack = QStackedWidget(self)
        self._stack.addWidget(table)
        self._stack.addWidget(self.calendar)
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
        if name == TABLE:
            self._stack.setCurrentWidget(self._table)
        else:
            self.calendar.set_kind(CalendarKind(name))
            self._stack.setCurrentWidget(self.calendar)
        self.chosen.emit(name)

    def set_calendar(self, view: CalendarView) -> None:
        """The days of the road map and of all else."""
        self.calendar.set_view(view)
