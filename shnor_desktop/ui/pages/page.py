"""The page over a desk: it reads a snapshot off the interface thread, shows it, and opens at a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from shiboken6 import isValid

from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.history import HistoryDrawer
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import chars
from shnor_desktop.ui.widgets.page import Page
from shnor_desktop.ui.widgets.progress import ProgressStrip

_HISTORY_CHARS = 34
_BODY_CHARS = 66


class DeskPage(Page):
    """Base of the pages of all workspaces.

    A subclass gives `load()` (runs on a reader's thread: only services, no widgets) and `show_data(snapshot)` (on the
    interface thread). `refresh()` is called by the window when the page is shown, and after every change while it is.
    `open_target("entity:row:field")` waits until data are there and then calls `show_target(Target)`.
    """

    loaded = Signal()

    def __init__(self, desk: Desk, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(title, purpose, parent)
        self.desk = desk
        self._ticket = 0
        self._target: Target | None = None
        self.history: HistoryDrawer | None = None
        self.strip = ProgressStrip(self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self.strip)
        if desk.is_read_only:
            self.set_read_only(desk.why_read_only, desk.who_may_change)
        desk.changed.connect(self._on_desk_changed)

    def load(self) -> Any:
        """Read what the page shows; called off the interface thread."""
        raise NotImplementedError

    def show_data(self, snapshot: Any) -> None:
        """Show what `load` gave."""
        raise NotImplementedError

    def show_target(self, target: Target) -> None:
        """Go to a row or field; data are shown already."""

    def ask_help(self, topic: str) -> None:
        """«Как это сделать»: the guidance of a page, in the bar over it."""
        self.desk.window.help_requested.emit(topic)

    def history_of(self) -> tuple[str, str]:
        """The entity and row whose history the drawer shows; an empty row means all rows."""
        return "", ""

    def add_history(self, body: QWidget) -> QWidget:
        """The body with the drawer of the history at its right, and the button that opens it in the header."""
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        self.history = HistoryDrawer(self.desk, split)
        self.history.closed.connect(self.toggle_history)
        split.addWidget(body)
        split.addWidget(self.history)
        split.setStretchFactor(0, 1)
        self.header.add_secondary("История", "history", self.toggle_history)
        return split

    def toggle_history(self) -> None:
        """Show the history beside the page, or hide it."""
        if self.history is not None:
            is_shown = self.history.isHidden()
            self.history.setVisible(is_shown)
            self._make_room(is_shown)
            self.refresh_history()

    def _make_room(self, is_history_shown: bool) -> None:
        """A quarter of the width for the history; all of it where the window is too narrow for both."""
        split = self.history.parentWidget() if self.history is not None else None
        if not isinstance(split, QSplitter):
            return
        whole = split.width()
        wanted = max(chars(_HISTORY_CHARS), whole // 4)
        split.widget(0).setVisible(not is_history_shown or whole - wanted >= chars(_BODY_CHARS))
        split.setSizes([whole - wanted, wanted])

    def refresh_history(self) -> None:
        """Read the history anew if it is shown: another row was chosen, or something was changed."""
        if self.history is not None and not self.history.isHidden():
            self.history.show_of(*self.history_of())

    def refresh(self) -> None:
        """Read and show anew; an older reading that comes later is dropped."""
        self._ticket += 1
        ticket = self._ticket
        failed = self._on_first_reading_failed if self.is_reading else None
        self.desk.read(self.load, lambda snapshot: self._on_loaded(ticket, snapshot), failed)

    def open_target(self, target: str) -> None:
        """Open the page at a place once its data are shown."""
        self._target = Target.of(target)
        self.refresh()

    def run_long(
        self,
        words: str,
        work: Callable[[Task], Any],
        done: Callable[[Any], None] | None = None,
        *,
        changes: bool = True,
    ) -> Task:
        """Do long work, with its progress and «Прервать» under the header; `changes` when it writes data."""
        task = self.desk.long(work, done) if changes else self.desk.tasks.long(work, done)
        self.strip.begin(words)
        self.strip.stop_requested.connect(task.stop)
        task.progressed.connect(self.strip.set_progress)
        task.finished.connect(self.strip.end)
        return task

    def _on_loaded(self, ticket: int, snapshot: Any) -> None:
        if ticket != self._ticket or not isValid(self):
            return
        self.show_data(snapshot)
        self.refresh_history()
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)
        self.loaded.emit()

    def _on_first_reading_failed(self, error: Exception) -> None:
        self.desk.failures.report(error)
        if isValid(self) and self.is_reading:
            self.show_body()

    def _on_desk_changed(self) -> None:
        if self.isVisible():
            self.refresh()
