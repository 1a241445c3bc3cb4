"""«Дорожная карта»: measures by stage or by owner at the left, the chosen one or the library at the right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.programme import Goal
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.calendar import ItemKind
from shnor_desktop.services.calendar_export import suggested_calendar_name, write_calendar
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.services.roadmap import Grouping
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.calendar_item import CalendarItemCard
from shnor_desktop.ui.pages.calendar_pane import save_calendar
from shnor_desktop.ui.pages.plan_import import PlanImport
from shnor_desktop.ui.pages.printing import print_document, print_menu
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import RecordTable, TablePanel
from shnor_desktop.ui.workspaces.school.roadmap_adding import AddingPage
from shnor_desktop.ui.workspaces.school.roadmap_bulk import measures_bulk
from shnor_desktop.ui.workspaces.school.roadmap_measure import MeasurePage
from shnor_desktop.ui.workspaces.school.roadmap_rows import (
    COLUMNS,
    GROUP,
    SPEC,
    Kept,
    RoadMapData,
    read_road_map,
    table_rows,
)
from shnor_desktop.ui.workspaces.school.roadmap_views import TABLE, RoadMapParts, RoadMapViews

_PRINTED = (
    DocumentKind.ROAD_MAP,
    DocumentKind.ROAD_MAP_STATUS,
    DocumentKind.SCHOOL_PLAN,
    DocumentKind.REPORT_PERIOD,
)
_GROUPINGS = (
    (Grouping.STAGE, "По этапам"),
    (Grouping.OWNER, "По ответственным"),
    (Grouping.PROBLEM, "По проблемным полям"),
    (Grouping.DIRECTION, "По разделам плана"),
)


class RoadmapPage(DeskPage):
    """The plan of the year; done needs only the evidence, moving and cancelling a reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Дорожная карта", "Кто, что, к какому сроку делает и чем это подтвердится.")
        self._data: RoadMapData | None = None
        self._wanted = ""
        self._current = ""
        self._item = ""
        self.table = RecordTable(COLUMNS, "Мероприятия дорожной карты")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self._on_row_selected)
        self.grouping = _combo("Как собраны мероприятия", [(one.value, words) for one, words in _GROUPINGS])
        self.grouping.activated.connect(lambda _at: self.refresh())
        self.kept = _combo("Какие мероприятия показать", [(one.value, one.words) for one in Kept])
        self.kept.activated.connect(lambda _at: self._show_rows())
        self.panel = TablePanel(self.table, "Найти")
        self.panel.add_tool(self.kept)
        self.panel.add_tool(self.grouping)
        self.measure = MeasurePage(desk)
        self.adding = AddingPage(desk)
        self.adding.begun.connect(self._on_begun)
        self.adding.left.connect(self._show_chosen)
        self.importing = PlanImport(self)
        self.stack = QStackedWidget()
        self.card = CalendarItemCard()
        self.card.opened.connect(self._on_card_opened)
        for widget in (self._make_hint(), self.measure, self.adding, self.card):
            self.stack.addWidget(widget)
        self.views = RoadMapViews(self.panel)
        self.views.calendar.item_opened.connect(self._on_item_opened)
        if not desk.is_read_only:
            self.views.calendar.movable = frozenset({ItemKind.MEASURE})
        self.views.calendar.item_moved.connect(self._on_item_moved)
        self.views.calendar.export_requested.connect(self.export_calendar)
        self.bulk = measures_bulk(desk, self.panel, self.stack, lambda: self._data)
        self.parts = RoadMapParts(self, self.views, self.stack)
        self.views.chosen.connect(lambda _name: self._show_chosen())
        self.views.progress.place_wanted.connect(self._on_place_wanted)
        self.body = MasterDetail(self.views, self.stack, 0.6)
        if not desk.is_read_only:
            self.header.set_primary("Добавить мероприятие", "plus")
            self.header.primary_clicked.connect(self.begin_adding)
            self.header.add_secondary("Загрузить файл…", "upload", self.importing.choose)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(print_menu(self, _PRINTED, printing))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self.body))

    def load(self) -> RoadMapData:
        """The rows in the chosen grouping."""
        return read_road_map(self.desk.workspace, self.desk.school, Grouping(self.grouping.currentData()))

    def show_data(self, snapshot: RoadMapData) -> None:
        """Fill the table and what is open beside it."""
        self._data = snapshot
        self._show_progress(snapshot)
        self.views.set_calendar(snapshot.calendar)
        self.parts.show_progress(snapshot.progress)
        is_empty = not snapshot.view.rows and self.views.is_table
        if is_empty and self.stack.currentWidget() is not self.adding:
            self._show_beginning(snapshot)
            return
        self.show_body()
        self._show_rows()
        if self.stack.currentWidget() is self.adding:
            self.adding.show_library(snapshot)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.select(wanted)
        elif self.stack.currentWidget() is not self.adding and not self.bulk.is_open:
            self._show_chosen()

    def show_target(self, target: Target) -> None:
        """A measure with a field; a task of the programme asks for a measure that serves it."""
        if target.entity == Measure.log_name and target.row:
            self.select(target.row, target.field)
        elif target.entity == Goal.log_name:
            self.begin_adding(target.row)
        elif self.parts.open(target):
            self.show_body()
            self.body.show_detail()

    def select(self, row: str, field: str = "") -> None:
        """Choose a measure, with the cursor in a field of it."""
        if self._data is None or self._data.row(row) is None:
            return
        if self.table.rows_model.index_of(row) < 0:
            self.kept.setCurrentIndex(0)
            self.panel.field.clear()
            self._show_rows()
        self._current = row
        self.table.select(row)
        self._show_chosen()
        self.body.show_detail()
        if field:
            self.measure.focus_field(field)

    def begin_adding(self, task: str = "") -> None:
        """Open the library; the programme, which the road map belongs to, is begun if there is none."""
        data = self._data
        if data is None or self.desk.is_read_only:
            return
        self.stack.setCurrentWidget(self.adding)
        self.show_body()
        self.body.show_detail()
        self.adding.show_library(data)
        self.adding.begin(task)
        if data.programme is None:
            workspace = self.desk.workspace
            self.desk.write(lambda: ensure_programme(workspace))

    def take_files(self, paths: Sequence[Path]) -> None:
        """A plan in a table of Word or Excel, dropped on the window."""
        self.importing.take_files(paths)

    def history_of(self) -> tuple[str, str]:
        """The chosen measure, or all of them."""
        return Measure.log_name, self._current

    def print_page(self) -> None:
        """Ctrl+P: the road map as a document."""
        print_document(self, DocumentKind.ROAD_MAP)

    def _show_rows(self) -> None:
        if self._data is None:
            return
        self.table.set_rows(table_rows(self._data, Kept(self.kept.currentData())))
        counts = self._data.view.counts
        self.panel.count.setText(f"всего {counts.total}")

    def _show_progress(self, data: RoadMapData) -> None:
        counts, lines = data.view.counts, data.findings
        errors = sum(1 for line in lines if line.is_error)
        if not data.view.rows:
            self.header.set_progress(None)
            return
        wrong = sum(1 for row in data.view.rows if data.errors.get(row.measure.id))
        full = len(data.view.rows) - wrong
        parts = [f"выполнено {counts.done} из {counts.total}"]
        if counts.overdue:
            parts.append(f"просрочено {plural(counts.overdue, 'мероприятие', 'мероприятия', 'мероприятий')}")
        self.header.set_progress(Progress(full, len(data.view.rows), errors, len(lines) - errors, " · ".join(parts)))

    def _show_beginning(self, data: RoadMapData) -> None:
        text = SPEC.empty_text
        if data.programme is None:
            text += " Вместе с первым мероприятием программа начнёт и проект программы перехода."
        if not self.desk.is_read_only:
            text += " Готовый план в таблице Word или Excel можно загрузить из файла или перетащить сюда."
        button = "" if self.desk.is_read_only else SPEC.add
        empty = EmptyState(SPEC.empty_title, text, button)
        empty.begin_requested.connect(self.begin_adding)
        self.show_empty(empty)

    def _show_chosen(self) -> None:
        data = self._data
        if self.parts.show_card():
            return
        item = data.calendar.item(self._item) if data is not None else None
        if data is not None and self._current and self.measure.show_measure(self._current, data):
            self.stack.setCurrentWidget(self.measure)
        elif item is not None:
            self.card.show_item(item)
            self.stack.setCurrentWidget(self.card)
        else:
            self._current = ""
            self.stack.setCurrentIndex(0)
            if data is not None and not data.view.rows and self.views.is_table:
                self._show_beginning(data)
        self.refresh_history()

    def _make_hint(self) -> QWidget:
        hint = QWidget(self)
        column = QVBoxLayout(hint)
        set_gaps(column, 0.5, 1)
        column.addWidget(label("Выберите мероприятие слева: здесь откроются его поля.", TextStyle.BODY, Tone.MUTED))
        column.addStretch(1)
        return hint

    def _on_row_selected(self, row: str) -> None:
        if row.startswith(GROUP) or not row:
            return
        self._current = row
        if not self.bulk.is_open:
            self._show_chosen()

    def export_calendar(self, with_names: bool) -> None:
        """Write the days as a file that other calendars read."""
        workspace, school = self.desk.workspace, self.desk.school
        self.desk.read(
            lambda: suggested_calendar_name(workspace, school),
            lambda name: save_calendar(
                self, name, lambda target: write_calendar(workspace, target, school, with_names=with_names)
            ),
        )

    def _on_item_opened(self, item_id: str) -> None:
        item = self._data.calendar.item(item_id) if self._data is not None else None
        if item is None:
            return
        if item.kind is ItemKind.MEASURE:
            self._item = ""
            self.select(item.row)
            return
        self._current, self._item = "", item.id
        self._show_chosen()
        self.body.show_detail()

    def _on_item_moved(self, item_id: str, to: date | None) -> None:
        """A day of a measure was taken to another one: only the reason is asked for."""
        found = self._data.day_of(item_id) if self._data is not None else None
        if found is not None:
            self._item = ""
            self.select(found[0])
            self.measure.begin_move(found[1], to)

    def _on_place_wanted(self, page: str, entity: str, row: str) -> None:
        if entity == Measure.log_name:
            self.views.show_view(TABLE)
        self.show_target(Target(entity, row))

    def _on_card_opened(self) -> None:
        item = self._data.calendar.item(self._item) if self._data is not None else None
        if item is not None:
            self.desk.open(item.page, Target(item.entity, item.row, item.field if item.row else ""))

    def _on_begun(self, row: str) -> None:
        self._wanted = row
        self.stack.setCurrentIndex(0)

    def _on_progress_chosen(self, part: str) -> None:
        data = self._data
        if data is None:
            return
        if part == "extra":
            wanted = Kept.OVERDUE if data.view.counts.overdue else Kept.ALL
            self.kept.setCurrentIndex(self.kept.findData(wanted.value))
            self._show_rows()
            return
        lines = [line for line in data.findings if line.is_error != (part == "warnings")]
        if lines:
            self.show_target(Target(lines[0].entity, lines[0].row, lines[0].field))


def _combo(name: str, options: list[tuple[str, str]]) -> QuietCombo:
    made = QuietCombo()
    made.setAccessibleName(name)
    for code, words in options:
        made.addItem(words, code)
    return made
