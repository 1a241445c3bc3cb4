"""The recovery sheet: said what it is, written where the person prints it, opened, and to be deleted then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shnor_desktop.services import recovery_sheets
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage

_WORDS = (
    "Программа запишет PDF с кодом. Напечатайте лист, уберите в сейф, а файл удалите: кто прочтёт лист и достанет "
    "копию данных, сможет заверять пакеты за вас. Прежний лист больше не откроет новых копий."
)


class SheetDialog(ConfirmDialog):
    """Asks before an older sheet loses its force."""

    def __init__(self, page: DeskPage, done: Callable[[], None]) -> None:
        super().__init__("Новый лист восстановления?", _WORDS, "Сохранить лист", "Не сейчас", page.window())
        self._page = page
        self._done = done
        self.accepted.connect(self._choose)

    @classmethod
    def ask(cls, page: DeskPage, done: Callable[[], None]) -> SheetDialog:
        """Open the question; `done` is called once a sheet was written."""
        dialog = cls(page, done)
        dialog.open()
        return dialog

    def _choose(self) -> None:
        suggested = Path.home() / "Лист восстановления.pdf"
        path = choose_save(self._page, "Куда сохранить лист: лучше на флешку", "Документ PDF (*.pdf)", suggested)
        if path is not None:
            write_sheet(self._page, path, self._done)


def write_sheet(page: DeskPage, path: Path, done: Callable[[], None]) -> None:
    """Write the sheet and say what to do with it."""
    workspace = page.desk.workspace

    def on_written(written: Path) -> None:
        words = Notice(
            f"Лист восстановления сохранён: {written.name}.",
            "Это единственный экземпляр: на компьютере кода больше нет.",
            "Напечатайте лист, уберите в сейф, а файл удалите.",
        )
        page.desk.say(words, MessageLevel.DONE, "Открыть лист", lambda: _open(written))
        done()

    page.run_long("Готовим лист", lambda _task: recovery_sheets.write_new_sheet(workspace, path), on_written)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
