"""The recovery sheet: said what it is, written where the person prints it, opened, and to be deleted then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shnor_desktop.services import recovery_sheets
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_save
from shnor_desktop.ui.dialogs.passphrase import PassphraseField
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import TextStyle, Tone
from shnor_desktop.ui.widgets.labels import label

_WORDS = (
    "Программа запишет PDF с кодом. Напечатайте лист, уберите в сейф, а файл удалите: кто прочтёт лист и достанет "
    "копию данных, сможет заверять пакеты за вас. Прежний лист больше не откроет новых копий."
)

_WHY_PHRASE = "С ней лист вернёт и ключ центра, даже если фраза будет забыта."


class SheetDialog(ConfirmDialog):
    """Asks before an older sheet loses its force."""

    def __init__(self, page: DeskPage, done: Callable[[], None], *, asks_phrase: bool, phrase: str) -> None:
        super().__init__("Новый лист восстановления?", _WORDS, "Сохранить лист", "Не сейчас", page.window())
        self._page = page
        self._done = done
        self._phrase = phrase
        self.phrase = PassphraseField("Кодовая фраза ключа центра", self) if asks_phrase and not phrase else None
        if self.phrase is not None:
            self.extra.addWidget(self.phrase)
            self.extra.addWidget(label(_WHY_PHRASE, TextStyle.SMALL, Tone.MUTED))
            self.phrase.changed.connect(self._enable)
            self._enable()
        self.accepted.connect(self._choose)

    def _enable(self) -> None:
        self.do_button.setEnabled(self.phrase is None or bool(self.phrase.text()))

    @classmethod
    def ask(
        cls, page: DeskPage, done: Callable[[], None], *, asks_phrase: bool = False, phrase: str = ""
    ) -> SheetDialog:
        """Open the question; `done` is called once a sheet was written. A centre's phrase is asked for, or given."""
        dialog = cls(page, done, asks_phrase=asks_phrase, phrase=phrase)
        dialog.open()
        return dialog

    def _choose(self) -> None:
        suggested = Path.home() / "Лист восстановления ключей.pdf"
        path = choose_save(self._page, "Куда сохранить лист: лучше на флешку", "Документ PDF (*.pdf)", suggested)
        if path is not None:
            phrase = self.phrase.text() if self.phrase is not None else self._phrase
            write_sheet(self._page, path, self._done, phrase)


def write_sheet(page: DeskPage, path: Path, done: Callable[[], None], phrase: str = "") -> None:
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

    page.run_long("Готовим лист", lambda _task: recovery_sheets.write_new_sheet(workspace, path, phrase), on_written)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
