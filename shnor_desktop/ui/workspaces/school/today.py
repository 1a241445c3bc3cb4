"""«Сегодня»: overdue, this week, waiting for an answer, and the one next step; nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.backups import copy_to_folder
from shnor_desktop.services.today import TodayItem, TodayView, mark_item_done, today_view
from shnor_desktop.ui.dialogs import choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.today_line import NextStep, TodayLine

_MOST = 10
_WIDTH = 100


class TodayPage(DeskPage):
    """The first page of the school's desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Сегодня", "Что просрочено, что на этой неделе, чего ждём и какой шаг следующий.")
        self._view: TodayView | None = None
        self._all_of: set[str] = set()
        self._make_menu()
        self.area = ScrollColumn(gap=0.75)
        self.set_body(self.area)

    def _make_menu(self) -> None:
        more = self.header.add_secondary("Ещё", "ellipsis")
        more.add_menu(
            [
                ("Скопировать всё на флешку…", self._on_copy_wanted),
                ("Пароль на данные…", self.desk.protection_requested.emit),
                ("Методика, по которой работает школа", lambda: self.desk.open(findings.METHODOLOGY)),
                ("Открыть другое рабочее место", self.desk.leave_requested.emit),
                ("Сменить тему: светлая или тёмная", self.desk.theme_requested.emit),
                ("Как работает программа", lambda: self.ask_help("program")),
            ]
        )

    def _on_copy_wanted(self) -> None:
        folder = choose_folder(self, "Куда скопировать")
        if folder is None:
            return
        workspace = self.desk.workspace

        def on_copied(made: Path) -> None:
            words = Notice("Всё скопировано и проверено.", f"Папка «{made.name}» в «{folder}».")
            self.desk.say(words, MessageLevel.DONE)

        self.run_long("Копирую…", lambda _: copy_to_folder(workspace, folder), on_copied, changes=False)

    def load(self) -> TodayView:
        """The three lists and the next step."""
        return today_view(self.desk.workspace)

    def show_data(self, snapshot: TodayView) -> None:
        """Draw the lists anew when they differ: what is being typed in a line stays."""
        if snapshot == self._view:
            return
        self._view = snapshot
        self._draw(snapshot)

    def _draw(self, view: TodayView) -> None:
        self.area.clear()
        self.next_step = NextStep(view.next_step)
        set_chars(self.next_step, 30, _WIDTH)
        self.next_step.opened.connect(lambda: self._open(view.next_step))
        self.next_step.done.connect(lambda _text: self._mark(view.next_step, ""))
        self.area.add(self.next_step)
        self._add_list("Просрочено", view.overdue, is_late=True)
        self._add_list("На этой неделе", view.this_week)
        self._add_list("Ждём ответа", view.waiting)
        if view.is_quiet:
            self.area.add(label("Ничего не просрочено, на этой неделе сроков нет.", TextStyle.BODY, Tone.MUTED))

    def _add_list(self, title: str, items: Sequence[TodayItem], is_late: bool = False) -> None:
        if not items:
            return
        group = QWidget()
        set_chars(group, 30, _WIDTH)
        column = QVBoxLayout(group)
        set_gaps(column, 0, (0, 0.5, 0, 0))
        column.addWidget(label(f"{title} · {len(items)}", TextStyle.SECTION))
        shown = items if title in self._all_of else items[:_MOST]
        for item in shown:
            column.addWidget(self._make_line(item, is_late))
        if len(shown) < len(items):
            left = plural(len(items) - len(shown), "строка", "строки", "строк")
            more = Button(f"Показать ещё {left}", ButtonKind.LINK)
            more.clicked.connect(lambda: self._show_all(title))
            column.addWidget(more)
        self.area.add(group)

    def _make_line(self, item: TodayItem, is_late: bool) -> TodayLine:
        line = TodayLine(item, asks_evidence=item.entity == Measure.log_name, is_late=is_late)
        line.opened.connect(lambda: self._open(item))
        line.done.connect(lambda text: self._mark(item, text, line.refuse))
        return line

    def _open(self, item: TodayItem) -> None:
        if item.entity == "stage_task_mark":
            page = "monitoring" if item.page == "today" else item.page
            self.desk.open(page, Target(item.entity, item.row, item.field) if page == "monitoring" else "")
        else:
            self.desk.open(item.page, Target(item.entity, item.row, item.field))

    def _mark(self, item: TodayItem, evidence: str, refused: Callable[[Worded], None] | None = None) -> None:
        self.desk.write(lambda: mark_item_done(self.desk.workspace, item, evidence), refused=refused)

    def _show_all(self, title: str) -> None:
        self._all_of.add(title)
        if self._view is not None:
            self._draw(self._view)
