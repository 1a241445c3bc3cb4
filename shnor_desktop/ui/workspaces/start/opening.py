"""Opening a desk: finds the store, opens or makes it off the interface thread, offers what mends a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.services import desks
from shnor_desktop.services.backups import GoodBackup, bring_back, newest_good_backup
from shnor_desktop.services.methodology import PackChoice, pack_choices
from shnor_desktop.services.this_computer import system_clock, user_folder
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.ui.dialogs import choose_file
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.shell import MainWindow, PageSpec
from shnor_desktop.ui.tasks import Task, Tasks
from shnor_desktop.ui.workspaces.start.beginning import (
    SUFFIX,
    Beginning,
    begin_centre,
    begin_computer,
    begin_methodist,
    begin_school,
    demo_store,
    make_start_page,
    only_store,
)
from shnor_desktop.ui.workspaces.start.page import DEMO_CENTRE, DEMO_METHODIST, DEMO_SCHOOL, OPEN, RESTORE, StartPage
from shnor_desktop.ui.workspaces.start.wizard import LISTS

if TYPE_CHECKING:
    from shnor_desktop.services.store_secret import Protected

PART_SUFFIX, CLOSED_PART_SUFFIX = ".shnor", ".shnor.age"
PATTERN = f"Хранилища и части работы ШНОР-Десктоп (*{SUFFIX} *.db *{PART_SUFFIX} *{CLOSED_PART_SUFFIX});;Все файлы (*)"
_AGAIN, _READ_ONLY, _ANYWAY, _BACKUP, _OTHER = "again", "read_only", "anyway", "backup", OPEN
_UNLOCK = "unlock"
_WORDS = {
    _AGAIN: "Попробовать ещё раз",
    _READ_ONLY: "Открыть только для чтения",
    _ANYWAY: "Всё равно открыть",
    _OTHER: "Выбрать другой файл",
    _UNLOCK: "Ввести пароль",
}
_MENDED_BY: dict[str, tuple[str, ...]] = {
    "store.in_use": (_AGAIN, _READ_ONLY),
    "store.locked_elsewhere": (_READ_ONLY, _ANYWAY, _AGAIN),
    "store.locked": (_AGAIN,),
    "store.missing": (_AGAIN, _OTHER),
    "store.closed": (_UNLOCK, _OTHER),
}
_HURT = {"store.damaged", "store.log_damaged", "store.not_a_store", "store.cannot_open", "store.missing"}


class Opening(QObject):
    """The first minutes of the program; tells `opened` with a workspace."""

    opened = Signal(object)

    def __init__(self, window: MainWindow, tasks: Tasks, failures: Failures, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        self._tasks = tasks
        self._failures = failures
        self._page: StartPage | None = None
        self._store: Path | None = None
        self._backup: GoodBackup | None = None
        self._key: StoreKey | None = None
        """Of the closed store that is being opened; forgotten when it is open."""
        self._how: tuple[bool, bool] = (False, False)
        self._lists: list[Path] = []

    def take_lists(self) -> list[Path]:
        """The tables that were chosen for a new school, once: they are shown when its desk is open."""
        lists, self._lists = self._lists, []
        return lists

    def begin(self, store: str = "", demo_role: str = "", last_store: str = "") -> None:
        """Open what was asked for, or what was open last, or show the choices."""
        if demo_role:
            self._open_demo(StoreKind(demo_role))
            return
        named = store or last_store
        path = Path(named) if named else only_store()
        if path is None:
            self.show_page()
        else:
            self.open_store(path)

    def open_store(self, path: Path, *, read_only: bool = False, break_lock: bool = False) -> None:
        """Open a store, or a part of the work that a school gave; a refusal is explained on the first screen."""
        if path.name.lower().endswith((PART_SUFFIX, CLOSED_PART_SUFFIX)):
            self._store = None
            folder = user_folder() / "stores"

            def open_part(_: Task) -> Workspace:
                from shnor_desktop.services.team_opening import open_part_here  # all of the exchange: only for a part

                return open_part_here(path, folder, system_clock(), SUFFIX)

            self._run("Открываю часть работы…", open_part)
            return
        key = self._key if path == self._store else None
        self._store, self._key, self._how = path, key, (read_only, break_lock)
        self._run(
            "Открываю хранилище…",
            lambda _: desks.open_desk(path, system_clock(), read_only=read_only, break_lock=break_lock, key=key),
        )

    def convert(
        self, store: Path, work: Callable[[], Protected], words: str, done: Callable[[Protected], None]
    ) -> None:
        """Do work on a store that was just left, under the strip of the first screen; a refusal is explained there."""
        page = self.show_page(anew=True)
        self._store, self._key, self._how = store, None, (False, False)
        page.strip.begin(words)

        def on_refused(error: Exception) -> None:
            actions = {_AGAIN: "Открыть хранилище", _OTHER: _WORDS[_OTHER]}
            page.show_problem(self._failures.message(error), actions)

        task = self._tasks.long(lambda _: work(), done, on_refused)
        task.finished.connect(page.strip.end)

    def show_page(self, *, anew: bool = False) -> StartPage:
        """The first screen with its three choices; `anew` after a desk was left."""
        if self._page is None or anew:
            self._window.set_pages([PageSpec("start", "Начало", "house", self._make_page)], "ШНОР-Десктоп")
        assert self._page is not None
        return self._page

    def _make_page(self) -> StartPage:
        self._page = make_start_page()
        self._tasks.read(pack_choices, self._on_packs_read)
        self._page.chosen.connect(self._on_chosen)
        self._page.school_wanted.connect(self._on_school_wanted)
        self._page.centre_wanted.connect(lambda values: self._begin(begin_centre(values)))
        self._page.methodist_wanted.connect(lambda values: self._begin(begin_methodist(values)))
        self._page.joining_wanted.connect(lambda values: self._begin(begin_computer(values)))
        self._page.action_chosen.connect(self._on_action_chosen)
        return self._page

    def _on_packs_read(self, packs: Sequence[PackChoice]) -> None:
        if self._page is not None and isValid(self._page):
            self._page.set_methodologies(packs)

    def _run(self, words: str, work: Callable[[Task], Workspace]) -> None:
        task = self._tasks.long(work, self._on_opened, self._on_refused)
        if self._page is None:
            self._window.show_waiting(words)
            return
        self._page.hide_problem()
        strip = self._page.strip
        strip.begin(words)
        strip.stop_requested.connect(task.stop)
        task.progressed.connect(strip.set_progress)
        task.finished.connect(strip.end)

    def _open_demo(self, kind: StoreKind) -> None:
        path = demo_store(kind)
        self._store = path
        if not path.exists():
            self.show_page()

        def work(task: Task) -> Workspace:
            if path.exists():
                return desks.open_desk(path, system_clock())
            from shnor_desktop.services import demo  # the generator is wanted once

            return demo.make_demo(kind, path, system_clock(), progress=task.report)

        self._run("Готовлю учебные данные. Это делается один раз…", work)

    def _on_chosen(self, name: str) -> None:
        if name == DEMO_SCHOOL:
            self._open_demo(StoreKind.SCHOOL)
        elif name == DEMO_CENTRE:
            self._open_demo(StoreKind.MUNICIPAL)
        elif name == DEMO_METHODIST:
            self._open_demo(StoreKind.METHODIST)
        elif name == RESTORE:
            found = choose_file(self._window, "Копия данных или хранилище", PATTERN, user_folder())
            if found is not None:
                self.bring_keys_back(found)
        elif name == OPEN:
            found = choose_file(self._window, "Открыть хранилище", PATTERN, user_folder())
            if found is not None:
                self.open_store(found)

    def bring_keys_back(self, store: Path) -> None:
        """Ask for the code of the recovery sheet, then open the store; a closed one is unlocked first."""
        from shnor_desktop.ui.workspaces.start.restoring import Restoring  # asked for once in the life of a computer
        from shnor_desktop.ui.workspaces.start.unlocking import Unlocking

        def ask(key: StoreKey | None = None) -> None:
            asking = Restoring(store, key, self._tasks, self._failures, self._window)
            asking.restored.connect(lambda found: self.open_store(found))
            asking.ask()

        if not desks.is_protected(store):
            ask()
            return
        unlocking = Unlocking(store, self._tasks, self._failures, self._window)
        unlocking.unlocked.connect(ask)
        unlocking.ask()

    def _on_school_wanted(self, values: dict[str, object]) -> None:
        lists = values.get(LISTS)
        self._lists = list(lists) if isinstance(lists, list) else []
        self._begin(begin_school(values))

    def _begin(self, beginning: Beginning) -> None:
        self._store = beginning.store
        self._run(beginning.words, lambda _: beginning.work())

    def _on_action_chosen(self, name: str) -> None:
        store = self._store
        if name == _OTHER or store is None:
            self._on_chosen(OPEN)
        elif name == _BACKUP and self._backup is not None:
            self._restore(self._backup, store)
        elif name == _UNLOCK:
            self._unlock(store)
        else:
            self.open_store(store, read_only=name == _READ_ONLY, break_lock=name == _ANYWAY)

    def _unlock(self, store: Path) -> None:
        """Ask for the passphrase of a closed store, then open it as it was to be opened."""
        from shnor_desktop.ui.workspaces.start.unlocking import Unlocking  # a store without a passphrase needs none

        asking = Unlocking(store, self._tasks, self._failures, self._window)
        asking.unlocked.connect(lambda key: self._on_unlocked(store, key))
        asking.hurt.connect(lambda error, passphrase: self._on_hurt(store, error, passphrase))
        asking.ask()

    def _on_unlocked(self, store: Path, key: StoreKey) -> None:
        self._store, self._key = store, key
        self.open_store(store, read_only=self._how[0], break_lock=self._how[1])

    def _on_hurt(self, store: Path, error: Exception, passphrase: str) -> None:
        """The passphrase is right, the store is not: one of its copies may open with it."""
        message = self._failures.message(error)
        actions = {name: _WORDS[name] for name in (_UNLOCK, _OTHER)}
        self.show_page().show_problem(message, actions)

        def find() -> tuple[GoodBackup | None, StoreKey | None]:
            from shnor_desktop.services import store_secret  # as above

            key = store_secret.key_of_copies(store, passphrase)
            return (newest_good_backup(store, key) if key is not None else None), key

        def on_found(found: tuple[GoodBackup | None, StoreKey | None]) -> None:
            self._key = found[1]
            self._offer(found[0], message, actions)

        self._tasks.read(find, on_found)

    def _restore(self, backup: GoodBackup, store: Path) -> None:
        key = self._key

        def work(_: Task) -> Workspace:
            bring_back(backup, store, system_clock(), key)
            return desks.open_desk(store, system_clock(), key=key)

        self._run("Возвращаю копию…", work)

    def _on_opened(self, workspace: Workspace) -> None:
        self._page = self._key = None
        self.opened.emit(workspace)

    def _on_refused(self, error: Exception) -> None:
        page = self.show_page()
        message = self._failures.message(error)
        code = error.code if isinstance(error, KnownError) else ""
        actions = {name: _WORDS[name] for name in _MENDED_BY.get(code, (_OTHER,))}
        page.show_problem(message, actions)
        if code == "store.closed" and self._store is not None:
            self._unlock(self._store)
        if code in _HURT and self._store is not None:
            store, key = self._store, self._key
            self._tasks.read(lambda: newest_good_backup(store, key), lambda found: self._offer(found, message, actions))

    def _offer(self, backup: GoodBackup | None, message: Worded, actions: dict[str, str]) -> None:
        self._backup = backup
        if backup is not None and self._page is not None:
            self._page.show_problem(message, {_BACKUP: f"Вернуть копию от {backup.when}", **actions})
