"""The stamps of the title page as printed, changed in place: heading, lines with words to fill in, hidden or added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from shnor_desktop.services import programme_stamps
from shnor_desktop.services.programme_stamps import MOST_STAMPS, PLACEHOLDER_WORDS, StampView
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label

_IN_A_ROW = 3


class StampsPanel(QWidget):
    """All stamps with what can be done with them; one at a time is being changed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stamps: tuple[StampView, ...] = ()
        self.cards: dict[int, StampCard] = {}
        self._grid = QGridLayout()
        set_gaps(self._grid, 1)
        self.editor = StampEditor(self)
        self.editor.hide()
        self.editor.done.connect(self._on_done)
        self.editor.left.connect(self.editor.hide)
        self.add = Button("Добавить гриф", ButtonKind.LINK, "plus")
        self.add.clicked.connect(lambda: self._write_new())
        self.reset = Button("Вернуть грифы методики", ButtonKind.LINK, "rotate-ccw")
        self.reset.clicked.connect(self._on_reset)
        self._actions = QWidget(self)
        row = FlowLayout(self._actions)
        set_gaps(row, 0.5)
        for button in (self.add, self.reset):
            row.addWidget(button)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        column.addLayout(self._grid)
        column.addWidget(self.editor)
        column.addWidget(self._actions)

    def show_stamps(self, stamps: tuple[StampView, ...]) -> None:
        """Draw the stamps anew where they changed; what is being typed in the editor stays."""
        editable = not self.desk.is_read_only
        self._actions.setVisible(editable)
        self.add.setVisible(len(stamps) < MOST_STAMPS)
        self.reset.setVisible(any(stamp.row for stamp in stamps))
        if stamps == self._stamps and self.cards:
            return
        self._stamps = stamps
        for card in self.cards.values():
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        shown = [stamp for stamp in stamps if editable or not stamp.is_hidden]
        across = 2 if len(shown) > _IN_A_ROW else _IN_A_ROW
        for at, stamp in enumerate(shown):
            card = StampCard(stamp, editable, self)
            card.change_wanted.connect(self.open_editor)
            card.hidden_changed.connect(self._on_hidden)
            card.removal_wanted.connect(self._on_removed)
            self.cards[stamp.position] = card
            self._grid.addWidget(card, at // across, at % across, Qt.AlignmentFlag.AlignTop)
            card.show()

    def open_editor(self, position: int) -> None:
        """Change a stamp."""
        stamp = next((one for one in self._stamps if one.position == position), None)
        if stamp is not None:
            self.editor.begin(stamp)

    def _on_done(self, position: int, heading: str, lines: str) -> None:
        workspace = self.desk.workspace

        def on_refused(message: Worded) -> None:
            self.editor.problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)

        self.desk.write(
            lambda: programme_stamps.edit_stamp(workspace, position, heading=heading, lines=lines),
            lambda _done: self.editor.hide(),
            on_refused,
        )

    def _on_hidden(self, position: int, is_hidden: bool) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_stamps.hide_stamp(workspace, position, is_hidden=is_hidden))

    def _on_removed(self, position: int) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_stamps.remove_stamp(workspace, position))

    def _on_reset(self) -> None:
        workspace = self.desk.workspace
        self.editor.hide()
        self.desk.write(lambda: programme_stamps.reset_stamps(workspace))

    def _write_new(self) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_stamps.add_stamp(workspace))


class StampCard(QWidget):
    """One stamp as it will be printed."""

    change_wanted = Signal(int)
    hidden_changed = Signal(int, bool)
    removal_wanted = Signal(int)

    def __init__(self, stamp: StampView, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        set_gaps(column, 0.1)
        muted = None if stamp.is_filled and not stamp.is_hidden else Tone.MUTED
        column.addWidget(label(stamp.title, TextStyle.STRONG, muted))
        for line in stamp.lines:
            column.addWidget(label(line, TextStyle.PRINT, muted))
        sign = SignText(self)
        sign.set_words(*_sign(stamp))
        column.addWidget(sign)
        if editable:
            column.addWidget(self._actions(stamp))

    def _actions(self, stamp: StampView) -> QWidget:
        made = QWidget(self)
        row = FlowLayout(made)
        set_gaps(row, 0.2)
        place = stamp.position
        is_own = stamp.code.startswith("own_")
        hide = "Печатать" if stamp.is_hidden else "Не печатать"
        entries = [("Изменить", lambda: self.change_wanted.emit(place))]
        if is_own:
            entries.append(("Убрать", lambda: self.removal_wanted.emit(place)))
        else:
            entries.append((hide, lambda: self.hidden_changed.emit(place, not stamp.is_hidden)))
            if stamp.row and not stamp.is_hidden:
                entries.append(("Как в методике", lambda: self.removal_wanted.emit(place)))
        for words, action in entries:
            button = Button(words, ButtonKind.LINK)
            button.set_small()
            button.setAccessibleName(f"{words}: гриф {place} «{stamp.title}»")
            button.clicked.connect(action)
            row.addWidget(button)
        return made


class StampEditor(QWidget):
    """Heading and lines of one stamp; words to fill in are put at the cursor by buttons."""

    done = Signal(int, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = 0
        self.title = label("", TextStyle.STRONG)
        self.heading = QLineEdit()
        self.heading.setMaxLength(60)
        self.heading.setAccessibleName("Заголовок грифа")
        set_lines(self.heading, 1.7)
        self.lines = GrowingText()
        self.lines.setAccessibleName("Строки грифа")
        self.problem = SignText(self)
        self.words = QWidget(self)
        words = FlowLayout(self.words)
        set_gaps(words, 0.2)
        for name, caption in PLACEHOLDER_WORDS.items():
            button = Button(caption, ButtonKind.LINK)
            button.set_small()
            button.setAccessibleName(f"Вставить: {caption}")
            button.clicked.connect(partial(self._insert, name))
            words.addWidget(button)
        keep = Button("Записать гриф", icon="check")
        keep.clicked.connect(self._on_done)
        leave = Button("Не сейчас", ButtonKind.QUIET)
        leave.clicked.connect(self.left)
        answers = QWidget(self)
        row = FlowLayout(answers)
        set_gaps(row, 0.5)
        row.addWidget(keep)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3)
        hint = "Вместо слов в фигурных скобках печатаются сведения школы. Чего программа не знает, остаётся чертой."
        for widget in (
            self.title,
            self.heading,
            self.lines,
            label(hint, TextStyle.SMALL, Tone.MUTED),
            label("Вставить в строку:", TextStyle.SMALL),
            self.words,
            self.problem,
            answers,
        ):
            column.addWidget(widget)
        set_chars(self, 30)

    def begin(self, stamp: StampView) -> None:
        """Change this stamp."""
        self._position = stamp.position
        self.title.setText(f"Гриф {stamp.position}")
        self.heading.setText(stamp.title)
        self.lines.setPlainText(stamp.template)
        self.problem.set_words("", "circle-alert", Tone.HIGH)
        self.show()
        self.heading.setFocus()

    def _insert(self, name: str, _checked: bool = False) -> None:
        self.lines.insertPlainText(f"{{{name}}}")
        self.lines.setFocus()

    def _on_done(self) -> None:
        self.done.emit(self._position, self.heading.text(), self.lines.toPlainText())


def _sign(stamp: StampView) -> tuple[str, str, Tone]:
    if stamp.is_hidden:
        return "не печатается", "eye", Tone.MUTED
    if stamp.is_filled:
        return "заполнен", "circle-check", Tone.LOW
    return "заполняется при смене состояния", "circle", Tone.MUTED
