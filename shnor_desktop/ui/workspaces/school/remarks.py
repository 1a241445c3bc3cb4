"""The remarks of the centre and of methodists as the school works on them: read, answer, go there, send again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services import remark_feed, remark_threads
from shnor_desktop.services.calendar import Returned
from shnor_desktop.services.remark_feed import RemarkThread
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.remark_thread import ThreadView, sign_of
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState


class RemarksPanel(QWidget):
    """A list of remarks with the thread of the chosen one beside; `send_again` asks for the next package."""

    send_again = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._threads: dict[str, RemarkThread] = {}
        self.again = Button("Исправлено, отправить снова", ButtonKind.PLAIN, "package")
        self.again.clicked.connect(self.send_again)
        self.again.hide()
        self.list = CardList("Замечания центра", 2, 2)
        self.list.card_chosen.connect(lambda _: self._show_thread())
        self.talk = ThreadView(self)
        self.talk.set_read_only(desk.is_read_only)
        self.talk.move_wanted.connect(self.move)
        self.talk.said.connect(self._on_said)
        self.talk.place_wanted.connect(self.open_place)
        self.talk.flag_wanted.connect(self._on_flag)
        self.empty = EmptyState("Замечаний нет", _EMPTY, has_help=False)
        self._split = MasterDetail(self.list, self.talk, 0.42, "К списку замечаний")
        self.list.card_opened.connect(lambda _: self._split.show_detail())
        self.list.clicked.connect(lambda _: self._split.show_detail())
        column = QVBoxLayout(self)
        set_gaps(column, 0.4)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._split, 1)
        column.addWidget(self.empty, 1)

    def show_remarks(self, threads: Sequence[RemarkThread]) -> None:
        """Show the threads in the order of the feed: open ones first."""
        self._threads = {thread.line.id: thread for thread in threads}
        self.list.blockSignals(True)
        self.list.set_cards([_card(thread) for thread in threads])
        if not self.list.current_id() and threads:
            self.list.select(threads[0].line.id)
        self.list.blockSignals(False)
        self._split.setVisible(bool(threads))
        self.empty.setVisible(not threads)
        left = sum(1 for thread in threads if thread.line.waits_for_school)
        has_fixed = any(thread.line.state == "fixed" for thread in threads)
        self.again.setVisible(has_fixed and not left and not self._desk.is_read_only)
        self._show_thread()

    def show_remark(self, remark: str) -> None:
        """Choose a remark by its id."""
        self.list.select(remark)
        self._split.show_detail()

    def open_place(self) -> None:
        """Go to the field that the chosen remark speaks of, or to what took its place."""
        thread = self._threads.get(self.list.current_id())
        if thread is None or not thread.line.page:
            return
        line = thread.line
        row = thread.successor.row if thread.now.is_gone and thread.successor is not None else line.target_row
        self._desk.open(line.page, Target(line.target_entity, row, line.target_field))

    def move(self, state: str, words: str = "") -> None:
        """Move the chosen remark on, with what was typed."""
        remark, workspace = self.list.current_id(), self._desk.workspace
        if remark:
            self._desk.write(
                lambda: remark_threads.move(workspace, remark, state, words), lambda _: self.talk.clear_typed()
            )

    def _on_said(self, words: str) -> None:
        remark, workspace = self.list.current_id(), self._desk.workspace
        if remark:
            self._desk.write(lambda: remark_threads.say(workspace, remark, words), lambda _: self.talk.clear_typed())

    def _on_flag(self, on: bool) -> None:
        remark, workspace = self.list.current_id(), self._desk.workspace
        if remark:
            self._desk.write(lambda: remark_threads.flag(workspace, remark, on=on))

    def _show_thread(self) -> None:
        """At once what the list knows; what differs word by word is reckoned beside the interface."""
        shown, workspace = self._threads.get(self.list.current_id()), self._desk.workspace
        self.talk.show_thread(shown)
        if shown is None or not shown.is_changed:
            return
        wanted = shown.line.id

        def on_read(found: RemarkThread) -> None:
            if isValid(self) and self.list.current_id() == wanted:
                self.talk.show_thread(found)

        self._desk.read(lambda: remark_feed.thread(workspace, wanted), on_read)


_EMPTY = "Они появятся здесь с ответом центра на пакет или с файлом методиста: примите файл кнопкой вверху."


def returned_words(found: Returned | None, days_left: int) -> str:
    """«Пакет № 3 вернули на доработку до 20.09.2024, осталось 5 дней»; empty where nothing was returned."""
    if found is None:
        return ""
    if days_left < 0:
        left = f"срок прошёл {plural(-days_left, 'день', 'дня', 'дней')} назад"
    elif days_left == 0:
        left = "срок сегодня"
    else:
        left = f"осталось {plural(days_left, 'день', 'дня', 'дней')}"
    said = found.comment.strip() if found.comment else ""
    comment = f" {said}{'' if said[-1] in '.!?…' else '.'}" if said else ""
    return f"Пакет № {found.number} вернули на доработку до {short_date(found.due)}: {left}.{comment}"


def _card(thread: RemarkThread) -> Card:
    line = thread.line
    words = (line.place, line.due_words, "просрочено" if line.is_overdue else "")
    text = " · ".join(part for part in words if part)
    state, icon, tone = sign_of(line)
    return Card(line.id, line.body, text, state, tone, icon, tone)
