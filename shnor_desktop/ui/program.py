"""The window's life: first paint, then the libraries, then a store, then its desk; and leaving all in order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.ui.errors import Explain, Failures
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.theme import look

if TYPE_CHECKING:
    from shnor_desktop.services.workspace import Workspace
    from shnor_desktop.ui.pages import Desk, DeskState
    from shnor_desktop.ui.pages.guide_window import GuideWindow
    from shnor_desktop.ui.shell.pages import PageSpec, SearchEntry
    from shnor_desktop.ui.workspaces.start.opening import Opening

_BACKUP_AFTER_MS = 20_000
_IDLE_CHECK_MS = 50
_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the program was started for: a store, a demo of a role, else what was open last."""

    store: str = ""
    demo_role: str = ""
    last_store: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a workspace brings: its pages, what waits on them, what Ctrl+K finds, who takes dropped files."""

    title: str
    pages: Callable[[Desk], list[PageSpec]]
    state: Callable[[Desk], DeskState]
    entries: Callable[[Desk], list[SearchEntry]]
    page_of_files: Callable[[Sequence[Path]], str]
    load_pages: Callable[[], None] = lambda: None


def school_role() -> Role:
    """The desk of a school."""
    from shnor_desktop.ui.workspaces.school import desk as school  # only the role that is opened is loaded

    return Role(
        "Школа", school.make_pages, school.read_state, school.read_entries, school.page_of_files, school.load_pages
    )


def municipal_role() -> Role:
    """The desk of a municipal centre."""
    from shnor_desktop.ui.workspaces.municipal import pages as municipal  # only the role that is opened is loaded

    return Role(
        "Муниципальный центр",
        municipal.municipal_pages,
        municipal.municipal_state,
        lambda _: [],
        lambda _: municipal.FILES_PAGE,
    )


def methodist_role() -> Role:
    """The desk of a methodist or curator."""
    from shnor_desktop.ui.workspaces.methodist import pages as methodist  # only the role that is opened is loaded

    return Role(
        "Методист",
        methodist.methodist_pages,
        methodist.methodist_state,
        lambda _: [],
        lambda _: methodist.FILES_PAGE,
    )


def waiting_role() -> Role:
    """A desk that has asked a centre for its place and has no answer yet."""
    from shnor_desktop.ui.pages import DeskState, joining_page  # only the role that is opened is loaded

    return Role(
        "Подключение", joining_page.joining_pages, lambda _: DeskState(), lambda _: [], lambda _: joining_page.JOINING
    )


def role_of(workspace: Workspace) -> Role:
    """What an open store brings."""
    if workspace.is_waiting:
        return waiting_role()
    kind = workspace.kind
    return {"school": school_role, "municipal": municipal_role, "methodist": methodist_role}[kind.value]()


class Program(QObject):
    """Holds what lives as long as the window: the lanes of work, the words of failures, the open desk.

    `remember(name=value, …)` keeps settings of this user.
    """

    def __init__(
        self, app: QApplication, window: MainWindow, explain: Explain, remember: Callable[..., None], wanted: Wanted
    ) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._remember = remember
        self._wanted = wanted
        self._entries: list[SearchEntry] = []
        self._opening: Opening | None = None
        self._role: Role | None = None
        self._guide: GuideWindow | None = None
        self.desk: Desk | None = None
        self.failures = Failures(explain, self)
        self.failures.worded.connect(self._on_failure_worded)
        self.failures.install()
        self.tasks = Tasks(self.failures.report, parent=self)

    def begin(self) -> None:
        """After the first paint: load the libraries beside it, then open a desk."""
        self.tasks.read(_load_parts, self._on_parts_loaded)

    def end(self) -> None:
        """Let every write reach the disk, then close the store."""
        self.tasks.wait()
        if self.desk is not None:
            self.desk.workspace.close()

    def _on_parts_loaded(self, _: object) -> None:
        from shnor_desktop.ui.workspaces.start.opening import Opening  # loaded by now

        self._bind_window()
        self._opening = Opening(self._window, self.tasks, self.failures)
        self._opening.opened.connect(self._on_opened)
        self._opening.begin(self._wanted.store, self._wanted.demo_role, self._wanted.last_store)

    def _bind_window(self) -> None:
        translator = QTranslator(self)
        if translator.load("qtbase_ru", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._app.installTranslator(translator)
        window = self._window
        window.undo_requested.connect(self._on_undo_requested)
        window.redo_requested.connect(self._on_redo_requested)
        window.help_requested.connect(self._on_help_requested)
        window.print_requested.connect(self._on_print_requested)
        window.files_dropped.connect(self._on_files_dropped)
        window.set_search(self._find)
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.activated.connect(lambda step=step: self._scale(step))

    def _on_opened(self, workspace: Workspace) -> None:
        from shnor_desktop.services.workspace import StoreKind  # loaded by now
        from shnor_desktop.ui.pages import Desk

        role = role_of(workspace)
        self._role = role
        has_own = workspace.kind is StoreKind.SCHOOL and not workspace.is_waiting
        own = workspace.school if has_own else ""
        why = "Хранилище открыто только для чтения." if workspace.store.read_only else ""
        who = "Чтобы вносить правки, откройте его там, где в него можно писать." if why else ""
        desk = Desk(self._window, workspace, self.tasks, self.failures, own, (why, who))
        self.desk = desk
        desk.leave_requested.connect(lambda: self._on_leave_requested())
        desk.theme_requested.connect(self._on_theme_requested)
        desk.protection_requested.connect(self._on_protection_requested)
        desk.place_given.connect(self._on_place_given)
        if not workspace.is_demo:
            self._remember(store=str(workspace.store.path))
            QTimer.singleShot(_BACKUP_AFTER_MS, desk, self._back_up)
        self._window.set_pages(role.pages(desk), role.title)
        desk.set_state_reader(lambda: role.state(desk))
        desk.changed.connect(self._read_entries)
        self._read_entries()
        self.tasks.read(role.load_pages, lambda _: gc.freeze())  # modules stay: no look for garbage passes over them
        lists = self._opening.take_lists() if self._opening is not None else []
        if lists:
            self._on_files_dropped([str(path) for path in lists])

    def _on_leave_requested(self, then: Callable[[], None] = lambda: None, store: str = "") -> None:
        """Back to the first screen; the store is closed when the last reading of it is over."""
        left, self.desk, self._role, self._entries = self.desk, None, None, []
        if left is None or self._opening is None:
            return
        self._remember(store=store)
        self._opening.show_page(anew=True)
        self._window.set_status()
        left.deleteLater()
        gc.unfreeze()  # the pages of the desk do not stay
        self._close_when_idle(left.workspace, then)

    def _close_when_idle(self, workspace: Workspace, then: Callable[[], None] = lambda: None) -> None:
        if self.tasks.is_busy():
            QTimer.singleShot(_IDLE_CHECK_MS, self, lambda: self._close_when_idle(workspace, then))
        else:
            self.tasks.write(workspace.close, lambda _: then())

    def _on_protection_requested(self) -> None:
        """«Пароль на данные»: the store is left, closed with a key or without, and opened again."""
        from shnor_desktop.ui.workspaces.start.protection import (  # asked for once in the life of a store
            Protection,
            Work,
        )

        desk, opening = self.desk, self._opening
        if desk is None or opening is None:
            return
        if desk.workspace.store.read_only:
            self.failures.report(KnownError("store.read_only", path=desk.workspace.store.path.name))
            return
        store = desk.workspace.store.path

        def run(work: Work, words: str, done: Callable[[Any], None]) -> None:
            self._on_leave_requested(lambda: opening.convert(store, work, words, done), store=str(store))

        Protection(store, self.tasks, self.failures, self._window).begin(run, lambda: opening.open_store(store))

    def _on_place_given(self) -> None:
        """The centre has answered: the desk is opened again, with its own pages."""
        desk, opening = self.desk, self._opening
        if desk is not None and opening is not None:
            store = desk.workspace.store.path
            self._on_leave_requested(lambda: opening.open_store(store), store=str(store))

    def _on_theme_requested(self) -> None:
        theme = "light" if look().theme == "dark" else "dark"
        look().set_theme(theme)
        self._remember(theme=theme)

    def _read_entries(self) -> None:
        role, desk = self._role, self.desk
        if role is not None and desk is not None:
            self.tasks.read(lambda: role.entries(desk), self._on_entries_read)

    def _on_entries_read(self, entries: list[SearchEntry]) -> None:
        self._entries = entries

    def _find(self, typed: str) -> Sequence[SearchEntry]:
        words = typed.casefold().split()
        return [entry for entry in self._entries if entry.matches(words)] if words else self._entries

    def _back_up(self) -> None:
        from shnor_desktop.services.backups import back_up_today  # not needed before the first minute is over

        if self.desk is not None:
            workspace = self.desk.workspace
            self.tasks.read(lambda: back_up_today(workspace))

    def _scale(self, step: int) -> None:
        """Ctrl++ and Ctrl+-: a larger or smaller text."""
        now = min(range(len(_SCALES)), key=lambda at: abs(_SCALES[at] - look().scale))
        chosen = _SCALES[max(0, min(len(_SCALES) - 1, now + step))]
        look().set_scale(chosen)
        self._remember(scale=str(chosen))

    def _on_failure_worded(self, message: Worded) -> None:
        self._window.show_message(message, MessageLevel.ERROR)

    def _on_undo_requested(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def _on_redo_requested(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def _on_help_requested(self, topic: str) -> None:
        """In a field what the field is, with the way to the guide; on a page the guide itself."""
        from shnor_desktop.ui.pages.guidance import guidance  # loaded by now

        page = self._window.current_page_id()
        if topic.startswith("field:"):
            words = guidance(topic, self._app.focusWidget())
            self._window.show_message(words, MessageLevel.INFO, "Открыть руководство", lambda: self._show_guide(page))
        else:
            self._show_guide(topic or page)

    def _show_guide(self, topic: str) -> None:
        from shnor_desktop.ui.pages.guide_window import GuideWindow  # not before it is asked for

        if self._guide is None:
            self._guide = GuideWindow(self._write_guide, self._window)
        self._guide.show_topic(topic)

    def _write_guide(self, target: Path) -> None:
        from shnor_desktop.services.guide import write_guide  # not before it is printed

        def on_written(_written: object) -> None:
            words = Notice(f"Руководство сохранено: {target.name}.", f"Папка: {target.parent}.")
            self._window.show_message(words, MessageLevel.DONE)

        self.tasks.read(lambda: write_guide(target), on_written)

    def _on_print_requested(self, page_id: str) -> None:
        print_page = getattr(self._window.page(page_id), "print_page", None)
        if callable(print_page):
            print_page()
        else:
            self._window.show_message(
                Notice("У этой страницы нет печатной формы.", "Печатаются карта, программа и дорожная карта.")
            )

    def _on_files_dropped(self, names: list[str]) -> None:
        if self._role is None:
            if self._opening is not None:
                self._opening.open_store(Path(names[0]))
            return
        paths = [Path(name) for name in names]
        page_id = self._role.page_of_files(paths)
        self._window.open_page(page_id)
        take: Any = getattr(self._window.page(page_id), "take_files", None)
        if callable(take):
            take(paths)


def _load_parts() -> None:
    """Import what the first page needs; on a worker's thread, so that the frame stays alive."""
    from shnor_desktop.services.this_computer import begin_log

    begin_log()
