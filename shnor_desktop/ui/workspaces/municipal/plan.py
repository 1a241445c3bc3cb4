"""«План»: what the methodology asks for — measures, tasks, reports, interviews, curators — and its days."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.calendar import ItemKind
from shnor_desktop.services.documents import Written
from shnor_desktop.services.plan import PlanView, plan_view
from shnor_desktop.services.plan_print import plan_file_name, write_interviews, write_plan_calendar
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.calendar_item import CalendarItemCard
from shnor_desktop.ui.pages.calendar_pane import CalendarKind, CalendarPane, save_calendar
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.cards import CardList
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.municipal.plan_measures import PlanMeasures
from shnor_desktop.ui.workspaces.municipal.plan_parts import ReportList, SlotTable, curator_cards, task_cards

MEASURES, TASKS, REPORTS, INTERVIEWS, CURATORS, CALENDAR, LIST = (
    "measures", "tasks", "reports", "interviews", "curators", "calendar", "list",
)  # fmt: skip
_PURPOSE = "Что, кому и к какому сроку нужно сделать по плану методики."


class PlanPage(DeskPage):
    """The plan on the centre's desk; `desk` is the centre's own, which its corrections and dates belong to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "План", _PURPOSE, parent)
        self._view: PlanView | None = None
        self.parts = SegmentBar("Части плана")
        self.parts.chosen.connect(self.show_part)
        self.measures = PlanMeasures(desk)
        self.tasks = CardList("Задачи участников", 4, 1)
        self.reports = ReportList(desk)
        self.slots = SlotTable()
        self.slots.print_requested.connect(self.print_page)
        self.curators = CardList("Кураторы территорий", 2, 4)
        self.calendar = CalendarPane()
        self.calendar.item_opened.connect(self._on_item_opened)
        self.calendar.export_requested.connect(self.export_calendar)
        self.card = CalendarItemCard()
        self.days = MasterDetail(self.calendar, self.card, 0.66)
        self.stack = QStackedWidget()
        self._places: dict[str, QWidget] = {
            MEASURES: self.measures,
            TASKS: self.tasks,
            REPORTS: self.reports,
            INTERVIEWS: self.slots,
            CURATORS: self.curators,
            CALENDAR: self.days,
            LIST: self.days,
        }
        for widget in dict.fromkeys(self._places.values()):
            self.stack.addWidget(widget)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self.stack, 1)
        self.set_body(body)

    def load(self) -> PlanView:
        """The plan with its deadlines read."""
        return plan_view(self.desk.workspace)

    def show_data(self, snapshot: PlanView) -> None:
        """Show the parts that this plan has."""
        self._view = snapshot
        self.header.set_title("План", f"{snapshot.title}. {_PURPOSE}")
        segments = _segments(snapshot)
        if not segments:
            self.show_empty(EmptyState("В методике нет плана", "Выберите методику с планом мероприятий или задач."))
            return
        self.show_body()
        self.parts.set_segments(segments)
        self.measures.show_plan(snapshot)
        self.tasks.set_cards(task_cards(snapshot.lanes))
        self.reports.show_reports(snapshot.reports)
        self.slots.show_slots(snapshot.slots)
        self.curators.set_cards(curator_cards(snapshot.curators, snapshot.uncovered))
        self.calendar.set_view(snapshot.calendar)
        self.show_part(self.parts.current())

    def show_part(self, part: str) -> None:
        """Show one part of the plan."""
        self.parts.select(part)
        if part in (CALENDAR, LIST):
            self.calendar.set_kind(CalendarKind.MONTH if part == CALENDAR else CalendarKind.LIST)
        self.stack.setCurrentWidget(self._places[part])

    def show_target(self, target: Target) -> None:
        """Open at a measure of the plan."""
        if self._view is not None and self._view.line(target.row) is not None:
            self.show_part(MEASURES)
            self.measures.select(target.row)

    def print_page(self) -> None:
        """Ctrl+P: the schedule of interviews."""
        workspace = self.desk.workspace
        self._save(
            "Сохранить график собеседований", "sobesedovaniya", lambda target: write_interviews(workspace, target)
        )

    def export_calendar(self, with_names: bool) -> None:
        """Write the days of the plan as a file that other calendars read."""
        workspace = self.desk.workspace
        name = plan_file_name(workspace, "plan", ".ics")
        save_calendar(self, name, lambda target: write_plan_calendar(workspace, target, with_names=with_names))

    def _save(self, title: str, name: str, work: Callable[[Path], Written]) -> None:
        suggested = Path.home() / plan_file_name(self.desk.workspace, name, ".pdf")
        target = choose_save(self.window(), title, "Документ PDF (*.pdf)", suggested)
        if target is None:
            return

        def on_written(written: Written) -> None:
            words = Notice(f"Документ сохранён: {written.path.name}.", f"Папка: {written.path.parent}.")
            self.desk.say(words, MessageLevel.DONE)

        self.run_long("Готовлю документ", lambda _task: work(target), on_written, changes=False)

    def _on_item_opened(self, item_id: str) -> None:
        item = self._view.calendar.item(item_id) if self._view is not None else None
        if item is None:
            return
        if item.kind is ItemKind.MEASURE:
            self.show_part(MEASURES)
            self.measures.select(item.row)
            return
        self.card.show_item(item)
        self.days.show_detail()


def _segments(view: PlanView) -> list[tuple[str, str]]:
    """The parts that are there, with how much stands in each."""
    measures = sum(len(group.lines) for group in view.groups)
    unassigned = sum(len(lane.tasks) for lane in view.lanes if lane.is_unassigned)
    parts = [
        (MEASURES, plural(measures, "мероприятие", "мероприятия", "мероприятий"), bool(measures)),
        (TASKS, f"Задачи, без исполнителя {unassigned}" if unassigned else "Задачи", bool(view.lanes)),
        (REPORTS, f"Отчёты · {len(view.reports)}", bool(view.reports)),
        (INTERVIEWS, f"Собеседования · {len(view.slots)}", bool(view.slots)),
        (
            CURATORS,
            f"Кураторы, не охвачено {len(view.uncovered)}" if view.uncovered else "Кураторы",
            bool(view.curators),
        ),
    ]
    found = [(code, words) for code, words, is_there in parts if is_there]
    return [*found, (CALENDAR, "Календарь"), (LIST, "Список")] if found else []
