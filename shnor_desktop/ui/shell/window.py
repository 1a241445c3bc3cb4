"""The main window: pages beside their list, messages above, the state of things below, keys for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.ui.shell.rule import rule
from shnor_desktop.ui.shell.sidebar import Sidebar
from shnor_desktop.ui.shell.status_line import StatusLine
from shnor_desktop.ui.theme import Tone, look, set_gaps, set_tone

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent

    from shnor_desktop.ui.messages import MessageLevel, Worded
    from shnor_desktop.ui.shell.message_bar import MessageBar
    from shnor_desktop.ui.shell.pages import PageSpec, SearchEntry

TITLE = "ШНОР-Десктоп"
SearchProvider = Callable[[str], "Sequence[SearchEntry]"]
HELP_TOPIC = "help_topic"


class MainWindow(QMainWindow):
    """The frame; it knows no page and no data, only how to show what it is given."""

    page_opened = Signal(str)
    undo_requested = Signal()
    redo_requested = Signal()
    help_requested = Signal(str)
    print_requested = Signal(str)
    files_dropped = Signal(list)
    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, PageSpec] = {}
        self._pages: dict[str, QWidget] = {}
        self._visited: list[tuple[str, str | None]] = []
        self._search: SearchProvider | None = None
        self.sidebar = Sidebar(self)
        self._messages: MessageBar | None = None
        self._has_keys = False
        self.stack = QStackedWidget(self)
        self.status = StatusLine(self)
        self._build()
        self.sidebar.page_chosen.connect(self.open_page)
        self.status.undo_requested.connect(self.undo_requested)
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.resize(1366, 768)
        self.show_waiting("Открываю данные школы…")

    def show_waiting(self, text: str) -> None:
        """Show one quiet sentence instead of pages, as at the start."""
        words = QLabel(text, self.stack)
        set_tone(words, Tone.MUTED)
        waiting = QWidget(self.stack)
        middle = QHBoxLayout(waiting)
        middle.addStretch(1)
        middle.addWidget(words)
        middle.addStretch(1)
        self.stack.setCurrentIndex(self.stack.addWidget(waiting))

    def set_pages(self, pages: Sequence[PageSpec], role: str = "") -> None:
        """Replace the pages of the sidebar and open the first; `role` is the word over the list."""
        look().complete()
        if not self._has_keys:
            self._bind_keys()
        while self.stack.count():
            old = self.stack.widget(0)
            self.stack.removeWidget(old)
            old.deleteLater()
        self._specs = {spec.id: spec for spec in pages}
        self._pages = {}
        self._visited = []
        self.sidebar.set_role(role)
        self.sidebar.set_pages(pages)
        if pages:
            self.open_page(pages[0].id)

    def open_page(self, page_id: str, target: str | None = None) -> None:
        """Show a page, made now if it is the first time, at a field or row if `target` names one."""
        place = (page_id, target)
        if not self._visited or self._visited[-1] != place:
            self._visited.append(place)
        self._show(page_id, target)

    def back(self) -> None:
        """Return to the page, and the place on it, that was shown before."""
        if len(self._visited) > 1:
            self._visited.pop()
            self._show(*self._visited[-1])

    def current_page_id(self) -> str:
        """The id of the page that is shown; empty before pages are given."""
        return self._visited[-1][0] if self._visited else ""

    def page(self, page_id: str) -> QWidget | None:
        """The page if it has been opened already."""
        return self._pages.get(page_id)

    def set_badge(self, page_id: str, number: int) -> None:
        """Change the number of things that wait on a page."""
        self.sidebar.set_badge(page_id, number)

    def set_status(self, saved: str = "", undo: str = "", right: str = "") -> None:
        """Words of the status line: when saved, the step that can be undone, the stage at the right."""
        self.status.set_state(saved, undo, right)

    def set_search(self, provider: SearchProvider) -> None:
        """Who answers Ctrl+K: called with what was typed, it gives the entries, best first."""
        self._search = provider

    @property
    def messages(self) -> MessageBar:
        """The bar over the page; made when the first message needs it."""
        if self._messages is None:
            from shnor_desktop.ui.shell.message_bar import MessageBar  # not needed for the first paint

            look().complete()
            self._messages = MessageBar(self)
            self._right.insertWidget(0, self._messages)
        return self._messages

    def show_message(
        self,
        message: Worded,
        level: MessageLevel | None = None,
        action_text: str = "",
        action: Callable[[], None] | None = None,
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show what happened over the page (INFO if no level is given), with the button that does what it advises."""
        self.messages.show_message(message, level, action_text, action, other)

    def open_search(self) -> None:
        """Open the «Найти» palette."""
        if self._search is None:
            return
        from shnor_desktop.ui.shell.palette import FindPalette  # not needed for the first paint

        palette = FindPalette(self._search, self)
        palette.entry_chosen.connect(self._on_entry_chosen)
        palette.open_over(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the sidebar choose between nouns and icons."""
        super().resizeEvent(event)
        self.sidebar.fit(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the field that is being typed in, so that its value is kept, and tell."""
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere over the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which files were dropped, as paths."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _build(self) -> None:
        right = self._right = QVBoxLayout()
        right.addWidget(self.stack, 1)
        set_gaps(right, 0)
        upper = QHBoxLayout()
        upper.addWidget(self.sidebar)
        upper.addWidget(rule(self, is_upright=True))
        upper.addLayout(right, 1)
        set_gaps(upper, 0)
        frame = QWidget(self)
        whole = QVBoxLayout(frame)
        whole.addLayout(upper, 1)
        whole.addWidget(rule(self, is_upright=False))
        whole.addWidget(self.status)
        set_gaps(whole, 0)
        self.setCentralWidget(frame)

    def _bind_keys(self) -> None:
        self._has_keys = True
        from PySide6.QtGui import QKeySequence, QShortcut  # not needed for the first paint

        bindings: list[tuple[str | QKeySequence.StandardKey, Callable[[], None]]] = [
            ("Ctrl+K", self.open_search),
            ("Alt+Left", self.back),
            ("Ctrl+Z", self.undo_requested.emit),
            ("Ctrl+Y", self.redo_requested.emit),
            ("Ctrl+Shift+Z", self.redo_requested.emit),
            ("F1", self._on_help_pressed),
            ("Ctrl+P", lambda: self.print_requested.emit(self.current_page_id())),
        ]
        for number in range(1, 10):
            bindings.append((f"Ctrl+{number}", partial(self._open_number, number - 1)))
        for keys, slot in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)

    def _open_number(self, index: int) -> None:
        ids = list(self._specs)
        if index < len(ids):
            self.open_page(ids[index])

    def _show(self, page_id: str, target: str | None) -> None:
        if self._messages is not None and self.stack.currentWidget() is not self._pages.get(page_id):
            self._messages.leave_page()
        if page_id not in self._pages:
            page = self._specs[page_id].make()
            self.stack.addWidget(page)
            self._pages[page_id] = page
        page = self._pages[page_id]
        self.stack.setCurrentWidget(page)
        self.sidebar.set_current(page_id)
        refresh = getattr(page, "refresh", None)
        if callable(refresh):
            refresh()
        open_target = getattr(page, "open_target", None)
        if target is not None and callable(open_target):
            open_target(target)
        self.page_opened.emit(page_id)

    def _on_entry_chosen(self, entry: SearchEntry) -> None:
        self.open_page(entry.page, entry.target)

    def _on_help_pressed(self) -> None:
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not widget.property(HELP_TOPIC):
            widget = widget.parentWidget()
        topic = widget.property(HELP_TOPIC) if widget is not None else ""
        self.help_requested.emit(str(topic or self.current_page_id()))
