"""Bringing the keys back by the recovery sheet: a copy of the data, the code of the sheet, then the desk opens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.services import recovery
from shnor_desktop.services.recovery import Restored
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import Profile
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars
from shnor_desktop.ui.widgets.labels import SignText, label

_WORDS = (
    "Копия данных лежит перед вами, код – на листе из сейфа. Ключи вернутся на этот компьютер: он снова заверяет "
    "пакеты и открывает зашифрованные. Сами данные не меняются."
)
_CODE = "Код с листа восстановления"


class SheetCodeDialog(ConfirmDialog):
    """Asks for the code; it stays open until the code is right."""

    typed = Signal(str)

    def __init__(self, store: Path, parent: QWidget) -> None:
        super().__init__(f"Вернуть ключи для «{store.stem}»", _WORDS, "Вернуть ключи", "Не сейчас", parent)
        self.code = QLineEdit(self)
        self.code.setAccessibleName(_CODE)
        self.code.setPlaceholderText("пятнадцать групп знаков; пробелы и регистр не важны")
        set_chars(self.code, 40, 90)
        self.problem = SignText(self)
        self.problem.hide()
        for part in (label(_CODE, TextStyle.STRONG), self.code, self.problem):
            self.extra.addWidget(part)
        self.do_button.setEnabled(False)
        self.code.textChanged.connect(lambda text: self.do_button.setEnabled(bool(text.strip())))
        self.code.setFocus()

    def accept(self) -> None:
        """Not before the code has proved right."""
        self.setEnabled(False)
        self.typed.emit(self.code.text())

    def refuse(self, words: str) -> None:
        """The code opens nothing."""
        self.setEnabled(True)
        self.problem.set_words(words, "triangle-alert", Tone.MEDIUM)
        self.code.setFocus()

    def finish(self) -> None:
        """The keys are back."""
        super().accept()


class Restoring(QObject):
    """One question for one store; `restored` tells that its keys are back."""

    restored = Signal(object)

    def __init__(self, store: Path, key: StoreKey | None, tasks: Tasks, failures: Failures, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._key = key
        self._tasks = tasks
        self._failures = failures
        self.dialog = SheetCodeDialog(store, parent)
        self.dialog.typed.connect(self._on_typed)
        self.dialog.finished.connect(self.deleteLater)

    def ask(self) -> None:
        """Show the dialog."""
        self.dialog.open()

    def _on_typed(self, code: str) -> None:
        store, key = self._store, self._key

        def work() -> Restored:
            return recovery.restore(store, code, Profile.default(), system_clock(), key=key)

        self._tasks.read(work, self._on_restored, self._on_refused)

    def _on_restored(self, _found: Restored) -> None:
        if isValid(self.dialog):
            self.dialog.finish()
        self.restored.emit(self._store)

    def _on_refused(self, error: Exception) -> None:
        if isValid(self.dialog):
            message = self._failures.message(error)
            self.dialog.refuse(f"{message.what} {message.do}")
