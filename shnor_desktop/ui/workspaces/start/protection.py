"""«Пароль на данные»: what it gives and what it costs, said before; the code that must be kept, shown after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import store_secret
from shnor_desktop.services.desks import is_protected
from shnor_desktop.services.document_files import Written
from shnor_desktop.services.store_secret import Protected
from shnor_desktop.services.store_sheet import write_sheet
from shnor_desktop.services.this_computer import system_clock, user_folder
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.dialogs.passphrase import NewPassphrase, PassphraseField, fit
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

Work = Callable[[], Protected]
_GIVES = (
    "Файл хранилища и его копии шифруются: без пароля их не прочитает ни нашедший флешку, ни программа восстановления "
    "файлов. Пароль программа спросит при каждом открытии."
)
_COSTS = (
    "Если потеряны и пароль, и лист восстановления, данные потеряны навсегда: их не вернут ни центр, ни разработчики.",
    "Пароль не закрывает документы, книги и пакеты, сохранённые отдельно, снимки экрана и старые флешки.",
    "На флешках и твердотельных дисках след прежнего, открытого файла может остаться и после перезаписи.",
    "Это не сертифицированное средство защиты: если оно обязательно, нужно шифрование всего диска.",
)
_UNDERSTOOD = "Понимаю: без пароля и без листа восстановления данные не вернуть"
_GOOD = "Не меньше {shortest} знаков. Лучше четыре-пять несвязанных слов: их легко помнить и трудно подобрать."


class ProtectionDialog(QDialog):
    """What may be done with the passphrase of a store; `work_wanted` tells it as work, with the words for
    waiting and the passphrase that must be right before; a refusal comes back by `refuse`."""

    work_wanted = Signal(object, str, str)
    sheet_wanted = Signal(str)

    def __init__(self, store: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Пароль на данные")
        self._store = store
        self.taking_off: Work | None = None
        self.area = ScrollColumn(gap=0.5, margins=0.5)
        self.problem = SignText(self)
        self.problem.hide()
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1, 0.75, 1, 1))
        column.addWidget(self.area, 1)
        self._ticks = QVBoxLayout()
        set_gaps(self._ticks, 0, (0.5, 0, 0.5, 0))
        column.addLayout(self._ticks)
        column.addWidget(self.problem)
        self._row = QHBoxLayout()
        set_gaps(self._row, 0.5)
        self._row.addStretch(1)
        self.leave_button = Button("Не сейчас")
        self.leave_button.clicked.connect(self.reject)
        self._row.addWidget(self.leave_button)
        column.addLayout(self._row)
        if is_protected(store):
            self._ask_protected()
        else:
            self._ask_plain()
        fit(self, 76, 34)

    def refuse(self, message: Worded) -> None:
        """What was typed will not do."""
        self.setEnabled(True)
        self.tell(f"{message.what} {message.do}", Tone.MEDIUM)

    def tell(self, words: str, tone: Tone = Tone.LOW) -> None:
        """What became of what was asked for here."""
        self.problem.set_words(words, "check" if tone is Tone.LOW else "triangle-alert", tone)

    def _ask_plain(self) -> None:
        self._say("Закрыть данные паролем", [_GIVES])
        self.area.add(label("Чего это стоит", TextStyle.STRONG))
        for words in _COSTS:
            self.area.add(_narrow(f"• {words}"))
        self.area.add(_narrow(_GOOD.format(shortest=store_secret.SHORTEST), Tone.MUTED))
        self.new = NewPassphrase()
        self.understood = QCheckBox(_UNDERSTOOD)
        self.area.add(self.new)
        self._ticks.addWidget(self.understood)
        self.do_button = self._add_button("Закрыть паролем")
        self.new.changed.connect(self._enable)
        self.understood.toggled.connect(lambda _: self._enable())
        self.do_button.clicked.connect(self._on_protect)
        self._enable()

    def _ask_protected(self) -> None:
        self._say(
            "Данные закрыты паролем",
            ["Введите пароль и выберите, что сделать. Если пароль или лист видели посторонние, смените и ключ."],
        )
        self.old = PassphraseField("Пароль сейчас")
        self.area.add(self.old)
        self.area.add(label("Сменить пароль", TextStyle.STRONG))
        self.new = NewPassphrase()
        self.area.add(self.new)
        self.new_key = QCheckBox("Сменить и ключ: понадобится новый лист")
        self.area.add(self.new_key)
        self.do_button = self._add_button("Сменить пароль")
        self.do_button.clicked.connect(self._on_change)
        self.area.add(label("Другое", TextStyle.STRONG))
        self.sheet_button = Button("Лист восстановления ещё раз…", ButtonKind.PLAIN, "printer")
        self.sheet_button.clicked.connect(lambda: self.sheet_wanted.emit(self.old.text()))
        self.off_button = Button("Снять пароль", ButtonKind.PLAIN, "lock")
        self.off_button.clicked.connect(self._on_unprotect)
        for button in (self.sheet_button, self.off_button):
            self.area.add(button)
        self.old.changed.connect(self._enable)
        self.new.changed.connect(self._enable)
        self._enable()

    def _enable(self) -> None:
        has_new = len(self.new.text()) >= store_secret.SHORTEST
        if hasattr(self, "old"):
            has_old = bool(self.old.text())
            self.do_button.setEnabled(has_new and has_old)
            self.sheet_button.setEnabled(has_old)
            self.off_button.setEnabled(has_old)
        else:
            self.do_button.setEnabled(has_new and self.understood.isChecked())

    def _on_protect(self) -> None:
        store, passphrase = self._store, self.new.text()
        self._tell(lambda: store_secret.protect(store, passphrase, system_clock()), "Закрываю данные паролем…", "")

    def _on_change(self) -> None:
        store, old, new, with_key = self._store, self.old.text(), self.new.text(), self.new_key.isChecked()
        self._tell(
            lambda: store_secret.change_passphrase(store, old, new, system_clock(), new_key=with_key),
            "Меняю пароль…",
            old,
        )

    def _on_unprotect(self) -> None:
        store, passphrase = self._store, self.old.text()
        self.taking_off = lambda: store_secret.unprotect(store, passphrase, system_clock())
        self._tell(self.taking_off, "Снимаю пароль…", passphrase)

    def _tell(self, work: Work, words: str, right: str) -> None:
        self.setEnabled(False)
        self.work_wanted.emit(work, words, right)

    def _say(self, title: str, words: Sequence[str]) -> None:
        self.area.add(label(title, TextStyle.SECTION))
        for one in words:
            self.area.add(_narrow(one))

    def _add_button(self, words: str) -> Button:
        button = Button(words, ButtonKind.PRIMARY)
        self._row.addWidget(button)
        return button


class CodeDialog(QDialog):
    """What was done, and the recovery code until it is kept somewhere; `sheet_wanted` asks to write the sheet."""

    sheet_wanted = Signal()

    def __init__(self, done: Protected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Лист восстановления")
        area = ScrollColumn(gap=0.5, margins=0.5)
        area.add(label("Сохраните код восстановления", TextStyle.SECTION))
        area.add(_narrow("Он откроет данные, если пароль забыт или потерян файл ключа. С кодом и файлом читает любой."))
        groups = done.recovery_code.split()
        self.code = label("\n".join("  ".join(groups[at : at + 5]) for at in range(0, len(groups), 5)), wraps=False)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.code.font().pointSizeF() * 1.2)
        self.code.setFont(font)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code.setAccessibleName("Код восстановления")
        area.add(self.code)
        for words in told(done):
            area.add(_narrow(words, Tone.MUTED))
        self.sign = SignText(self)
        self.sign.hide()
        area.add(self.sign)
        self.kept = QCheckBox("Код распечатан или переписан")
        area.add(self.kept)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1, 0.75, 1, 1))
        column.addWidget(area, 1)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        self.sheet_button = Button("Сохранить лист (PDF)…", ButtonKind.PLAIN, "printer")
        self.sheet_button.clicked.connect(self.sheet_wanted)
        self.do_button = Button("Готово", ButtonKind.PRIMARY)
        self.do_button.setEnabled(False)
        self.do_button.clicked.connect(self.accept)
        self.kept.toggled.connect(self.do_button.setEnabled)
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        row.addWidget(self.do_button)
        column.addLayout(row)
        fit(self, 70, 25)

    def tell_written(self, words: str, tone: Tone = Tone.LOW) -> None:
        """The sheet was written, or not."""
        self.sign.set_words(words, "check" if tone is Tone.LOW else "triangle-alert", tone)
        self.sign.show()

    def reject(self) -> None:
        """Escape does not lose the code."""
        if self.kept.isChecked():
            super().reject()


def told(done: Protected) -> list[str]:
    """What became of the old file and of the copies, in words."""
    words = []
    if done.backups:
        words.append(f"Так же переделано: {plural(done.backups, 'копия', 'копии', 'копий')} рядом с хранилищем.")
    if done.left:
        words.append(f"Остались как были, их не удалось прочитать: {', '.join(done.left)}. Удалите их, если не нужны.")
    if not done.is_overwritten:
        words.append("Прежний файл удалён, но переписать его на этом диске нельзя: специалист может его восстановить.")
    return words


def _narrow(words: str, tone: Tone | None = None) -> QWidget:
    made = label(words, TextStyle.BODY, tone)
    set_chars(made, 30, 72)
    return made


class Protection(QObject):
    """The whole way: the question, the work on the store that its desk leaves, the code, and the opening again.

    It knows no desk: `begin` is given what leaves it and what opens the store again.
    """

    def __init__(self, store: Path, tasks: Tasks, failures: Failures, window: MainWindow) -> None:
        super().__init__(window)
        self._store = store
        self._tasks = tasks
        self._failures = failures
        self._window = window

    def begin(self, run: Callable[[Work, str, Callable[[Protected], None]], None], reopen: Callable[[], None]) -> None:
        """Ask; `run` leaves the desk and does the work, `reopen` opens the store when all is told."""
        self.dialog = ProtectionDialog(self._store, self._window)

        def on_work_wanted(work: Work, words: str, right: str) -> None:
            def go(_: object) -> None:
                self.dialog.accept()
                run(work, words, lambda done: self._on_done(done, reopen))

            new = self.dialog.new.text() if work is not self.dialog.taking_off else ""
            self._look(lambda: self._require(new, right), go)

        self.dialog.work_wanted.connect(on_work_wanted)
        self.dialog.sheet_wanted.connect(self._on_sheet_wanted)
        self.dialog.open()

    def _on_done(self, done: Protected, reopen: Callable[[], None]) -> None:
        if not done.recovery_code:
            for words in told(done):
                self._window.show_message(Notice("Пароль снят.", words), MessageLevel.DONE)
            reopen()
            return
        self.code = CodeDialog(done, self._window)
        self.code.sheet_wanted.connect(lambda: self._write_sheet(done.recovery_code, self.code.tell_written))
        self.code.accepted.connect(reopen)
        self.code.open()

    def _on_sheet_wanted(self, passphrase: str) -> None:
        store = self._store

        def on_read(code: str) -> None:
            self.dialog.setEnabled(True)
            self._write_sheet(code, self.dialog.tell)

        self.dialog.setEnabled(False)
        self._look(lambda: store_secret.recovery_code(store, passphrase), on_read)

    def _require(self, new: str, right: str) -> None:
        """KnownError where the new passphrase is none, or the present one another."""
        if new:
            store_secret.require_good(new)
        if right:
            store_secret.unlock(self._store, right)

    def _look(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Read something that a passphrase opens; a refusal is told in the dialog."""
        self._tasks.read(work, then, lambda error: self.dialog.refuse(self._failures.message(error)))

    def _write_sheet(self, code: str, tell: Callable[..., None]) -> None:
        suggested = user_folder() / "list-vosstanovleniya.pdf"
        target = choose_save(self._window, "Лист восстановления", "PDF (*.pdf)", suggested)
        if target is None:
            return
        store = self._store

        def on_written(written: Written) -> None:
            tell(f"Лист записан: {written.path.name}. Распечатайте его и удалите файл.")

        def on_refused(error: Exception) -> None:
            tell(self._failures.message(error).what, Tone.MEDIUM)

        self._tasks.read(lambda: write_sheet(target, store, code, system_clock()), on_written, on_refused)
