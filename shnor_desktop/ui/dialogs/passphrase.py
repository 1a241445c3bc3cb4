"""Typing a passphrase: hidden or shown, with a word about Caps Lock; and the question for the one of a store."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_MOST = 200
CAPS = "Похоже, включён Caps Lock."
DIFFERENT = "Пароли не совпадают."


def fit(dialog: QDialog, width: int, height: int) -> None:
    """The size of a dialog in signs and lines, never over the screen."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(chars(width), room.width() - lines(2)), min(lines(height), room.height() - lines(3)))


class PassphraseField(QWidget):
    """A line that hides what is typed; `changed` tells that it did, `submitted` that Enter was pressed."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(_MOST)
        self.line.setAccessibleName(caption)
        set_chars(self.line, 24, 56)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.line.returnPressed.connect(self.submitted)
        self.line.installEventFilter(self)
        self.caps = label("", TextStyle.SMALL, Tone.MEDIUM)
        self.caps.hide()
        column = QVBoxLayout(self)
        set_gaps(column, 0.25)
        column.addWidget(label(caption, TextStyle.STRONG))
        column.addWidget(self.line)
        column.addWidget(self.caps)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def show_typed(self, is_shown: bool) -> None:
        """Show what is typed, or hide it."""
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital without Shift, or a small letter with it, tells of Caps Lock."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed = event.text()
            if len(typed) == 1 and typed.isalpha():
                has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                is_caps = typed.isupper() != has_shift
                self.caps.setText(CAPS if is_caps else "")
                self.caps.setVisible(is_caps)
        return False


class NewPassphrase(QWidget):
    """A passphrase typed twice; `changed` tells that `problem()` may have another answer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseField("Новый пароль", self)
        self.second = PassphraseField("Новый пароль ещё раз", self)
        self.shown = QCheckBox("Показать пароль", self)
        self.shown.toggled.connect(self.first.show_typed)
        self.shown.toggled.connect(self.second.show_typed)
        self.hint = label("", TextStyle.SMALL, Tone.MUTED)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        for part in (self.first, self.second, self.shown, self.hint):
            column.addWidget(part)
        self.hint.hide()
        self.first.changed.connect(self._on_changed)
        self.second.changed.connect(self._on_changed)

    def text(self) -> str:
        """The passphrase; empty while the two differ."""
        return self.first.text() if self.first.text() == self.second.text() else ""

    def _on_changed(self) -> None:
        differ = bool(self.second.text()) and self.first.text() != self.second.text()
        self.hint.setText(DIFFERENT if differ else "")
        self.hint.setVisible(differ)
        self.changed.emit()


class UnlockDialog(QDialog):
    """Asks for the passphrase of a store, or for its recovery code and a new passphrase. `open()` it.

    `passphrase_given` and `code_given` tell what was typed; the answer comes by `refuse`, or the dialog is accepted.
    """

    passphrase_given = Signal(str)
    code_given = Signal(str, str)

    def __init__(self, store: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Пароль на данные")
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1, 0.75, 1, 1))
        area = ScrollColumn(gap=0.5, margins=0.5)
        area.add(label(f"Хранилище «{store}» закрыто паролем", TextStyle.SECTION))
        self.problem = SignText(self)
        self.problem_text = label("")
        set_chars(self.problem_text, 30, 60)
        for part in (self.problem, self.problem_text):
            part.hide()
            area.add(part)
        self._pages = (self._make_passphrase(), self._make_code())
        for page in self._pages:
            area.add(page)
        column.addWidget(area, 1)
        column.addLayout(self._make_buttons())
        self._show(asks_code=False)

    def refuse(self, message: Worded) -> None:
        """What was typed opens nothing."""
        self.setEnabled(True)
        self.problem.set_words(message.what, "triangle-alert", Tone.MEDIUM)
        self.problem_text.setText(" ".join(part for part in (message.means, message.do) if part))
        self.problem.show()
        self.problem_text.show()
        self._enable()
        line = self.code if self.asks_code else self.passphrase.line
        line.setFocus()
        line.selectAll()

    def show_code(self) -> None:
        """Ask for the recovery code instead."""
        self._show(asks_code=True)

    def _make_passphrase(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        set_gaps(column, 0.5)
        self.passphrase = PassphraseField("Пароль", page)
        shown = QCheckBox("Показать пароль", page)
        shown.toggled.connect(self.passphrase.show_typed)
        self.passphrase.changed.connect(self._enable)
        self.passphrase.submitted.connect(self._on_do)
        column.addWidget(self.passphrase)
        column.addWidget(shown)
        return page

    def _make_code(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        set_gaps(column, 0.5)
        column.addWidget(label("Код восстановления с листа", TextStyle.STRONG))
        self.code = QLineEdit(page)
        self.code.setAccessibleName("Код восстановления с листа")
        self.code.setPlaceholderText("пятнадцать групп знаков; пробелы и регистр не важны")
        set_chars(self.code, 40, 90)
        self.code.textChanged.connect(self._enable)
        self.renewed = NewPassphrase(page)
        self.renewed.changed.connect(self._enable)
        column.addWidget(self.code)
        column.addWidget(self.renewed)
        return page

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.75, 0, 0))
        self.other_button = Button("", ButtonKind.LINK)
        self.other_button.clicked.connect(lambda: self._show(asks_code=not self.asks_code))
        self.leave_button = Button("Не сейчас")
        self.leave_button.clicked.connect(self.reject)
        self.do_button = Button("", ButtonKind.PRIMARY)
        self.do_button.clicked.connect(self._on_do)
        row.addWidget(self.other_button)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.do_button)
        return row

    def _show(self, *, asks_code: bool) -> None:
        self.asks_code = asks_code
        self._pages[0].setHidden(asks_code)
        self._pages[1].setVisible(asks_code)
        self.problem.hide()
        self.problem_text.hide()
        self.other_button.setText("Ввести пароль" if asks_code else "Пароль забыт")
        self.do_button.setText("Открыть и сменить пароль" if asks_code else "Открыть")
        fit(self, 62, 26 if asks_code else 19)
        (self.code if asks_code else self.passphrase.line).setFocus()
        self._enable()

    def _enable(self) -> None:
        has_code = bool(self.code.text().strip() and self.renewed.text())
        self.do_button.setEnabled(has_code if self.asks_code else bool(self.passphrase.text()))

    def _on_do(self) -> None:
        if not self.do_button.isEnabled():
            return
        self.setEnabled(False)
        if self.asks_code:
            self.code_given.emit(self.code.text(), self.renewed.text())
        else:
            self.passphrase_given.emit(self.passphrase.text())
