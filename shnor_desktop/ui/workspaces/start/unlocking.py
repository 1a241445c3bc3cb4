"""Asking for the passphrase of a store until its key is there; the key is derived off the interface thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.services import store_secret
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.ui.dialogs.passphrase import UnlockDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.tasks import Tasks


class Unlocking(QObject):
    """One question for one store. `unlocked` tells its key; `hurt` that the passphrase is right and the file is not."""

    unlocked = Signal(object)
    hurt = Signal(object, str)

    def __init__(self, store: Path, tasks: Tasks, failures: Failures, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._failures = failures
        self.dialog = UnlockDialog(store.name, parent)
        self.dialog.passphrase_given.connect(self._on_passphrase_given)
        self.dialog.code_given.connect(self._on_code_given)
        self.dialog.finished.connect(self.deleteLater)

    def ask(self) -> None:
        """Show the dialog."""
        self.dialog.open()

    def _on_passphrase_given(self, passphrase: str) -> None:
        store = self._store
        self._try(lambda: store_secret.unlock(store, passphrase), passphrase)

    def _on_code_given(self, code: str, passphrase: str) -> None:
        store = self._store

        def work() -> StoreKey:
            store_secret.reset_passphrase(store, code, passphrase, system_clock())
            return store_secret.unlock(store, passphrase)

        self._try(work, "")

    def _try(self, work: Callable[[], StoreKey], passphrase: str) -> None:
        def on_refused(error: Exception) -> None:
            if not isValid(self) or not isValid(self.dialog):
                return
            if isinstance(error, KnownError) and error.code == "store.key_not_of_store" and passphrase:
                self.dialog.reject()
                self.hurt.emit(error, passphrase)
            else:
                self.dialog.refuse(self._failures.message(error))

        self._tasks.read(work, self._on_unlocked, on_refused)

    def _on_unlocked(self, key: StoreKey) -> None:
        if isValid(self) and isValid(self.dialog):
            self.dialog.accept()
            self.unlocked.emit(key)
