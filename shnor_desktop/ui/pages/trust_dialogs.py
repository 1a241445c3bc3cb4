"""Questions of trust: who answers for a computer, the code phrase of the centre's key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.dialogs.passphrase import PassphraseField
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label

_LONGEST_NAME = 200
SHORTEST_PHRASE = 10


class PersonDialog(ConfirmDialog):
    """Asks for the name of a person; `named` gives it."""

    named = Signal(str)

    def __init__(self, title: str, consequence: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(title, consequence, "Сохранить запрос", "Не сейчас", parent)
        self.line = QLineEdit(self)
        self.line.setMaxLength(_LONGEST_NAME)
        self.line.setAccessibleName(question)
        self.line.setPlaceholderText("фамилия, имя, отчество")
        set_chars(self.line, 30, 60)
        self.extra.addWidget(label(question, TextStyle.STRONG))
        self.extra.addWidget(self.line)
        self.do_button.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.do_button.setEnabled(bool(text.strip())))
        self.line.returnPressed.connect(self._on_entered)
        self.accepted.connect(lambda: self.named.emit(self.line.text().strip()))
        self.line.setFocus()

    def _on_entered(self) -> None:
        if self.do_button.isEnabled():
            self.accept()


class PhraseDialog(ConfirmDialog):
    """Asks for the code phrase of the centre's key before one deed; `given` gives it."""

    given = Signal(str)

    def __init__(self, question: str, consequence: str, do_text: str, parent: QWidget | None = None) -> None:
        super().__init__(question, consequence, do_text, "Не сейчас", parent)
        self.phrase = PassphraseField("Кодовая фраза ключа центра", self)
        self.extra.addWidget(self.phrase)
        self.do_button.setEnabled(False)
        self.phrase.changed.connect(self._enable)
        self.phrase.submitted.connect(self._on_submitted)
        self.accepted.connect(lambda: self.given.emit(self.phrase.text()))
        self.phrase.line.setFocus()

    def _enable(self) -> None:
        self.do_button.setEnabled(bool(self.phrase.text()))

    def _on_submitted(self) -> None:
        if self.do_button.isEnabled():
            self.accept()


class NewPhraseDialog(ConfirmDialog):
    """The code phrase of a new key of the centre, typed twice; `given` gives the old one, if asked for, and the new."""

    given = Signal(str, str)

    def __init__(self, question: str, consequence: str, *, asks_old: bool, parent: QWidget | None = None) -> None:
        super().__init__(question, consequence, "Создать ключ" if not asks_old else "Сменить", "Не сейчас", parent)
        self.old = PassphraseField("Прежняя кодовая фраза", self) if asks_old else None
        self.first = PassphraseField("Новая кодовая фраза", self)
        self.second = PassphraseField("Новая кодовая фраза ещё раз", self)
        self.hint = label(_GOOD, TextStyle.SMALL, Tone.MUTED)
        self.shown = QCheckBox("Показать", self)
        fields = [field for field in (self.old, self.first, self.second) if field is not None]
        for field in fields:
            self.extra.addWidget(field)
            field.changed.connect(self._enable)
            self.shown.toggled.connect(field.show_typed)
        self.extra.addWidget(self.shown)
        self.extra.addWidget(self.hint)
        self.accepted.connect(lambda: self.given.emit(self.old.text() if self.old else "", self.first.text()))
        self._enable()
        fields[0].line.setFocus()

    def _enable(self) -> None:
        first, second = self.first.text(), self.second.text()
        differ = bool(second) and first != second
        self.hint.setText("Фразы не совпадают." if differ else _GOOD)
        has_old = self.old is None or bool(self.old.text())
        self.do_button.setEnabled(has_old and first == second and len(first) >= SHORTEST_PHRASE)


class ForgottenPhraseDialog(NewPhraseDialog):
    """A new code phrase by the code of the recovery sheet; `given` gives the code and the new phrase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.code: QLineEdit | None = None
        super().__init__("Задать новую кодовую фразу по листу?", _FORGOTTEN, asks_old=False, parent=parent)
        self.do_button.setText("Задать фразу")
        self.code = QLineEdit(self)
        self.code.setAccessibleName("Код с листа восстановления")
        self.code.setPlaceholderText("пятнадцать групп знаков; пробелы и регистр не важны")
        set_chars(self.code, 40, 90)
        self.extra.insertWidget(0, self.code)
        self.extra.insertWidget(0, label("Код с листа восстановления", TextStyle.STRONG))
        self.code.textChanged.connect(lambda _: self._enable())
        self.accepted.disconnect()
        self.accepted.connect(lambda: self.given.emit(self._typed_code(), self.first.text()))
        self._enable()
        self.code.setFocus()

    def _typed_code(self) -> str:
        return self.code.text() if self.code is not None else ""

    def _enable(self) -> None:
        super()._enable()
        self.do_button.setEnabled(self.do_button.isEnabled() and bool(self._typed_code().strip()))


_FORGOTTEN = "Ключ центра останется прежним, школам звонить не нужно. Нужен последний напечатанный лист."
_GOOD = (
    "Не меньше десяти знаков; лучше четыре-пять несвязанных слов. Фразу спрашивают, только когда подключают и отзывают "
    "компьютеры. Если она забыта, новую задают по листу восстановления."
)


def flow_of(*widgets: QWidget) -> QWidget:
    """Widgets side by side, in as many rows as they need."""
    holder = QWidget()
    row = FlowLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget)
    return holder


def open_folder(folder: Path) -> None:
    """Show a folder in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
