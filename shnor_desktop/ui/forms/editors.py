"""One editor per kind of field; each gives either typed text to be read or a value that was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms.typed_text import shown_text
from shnor_desktop.ui.theme import TextStyle, chars, lines, set_chars, set_gaps, set_lines, set_text_style
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout

Options = Sequence[tuple[str, str]]
_HEIGHT = 1.85
NOT_CHOSEN = "не выбрано"


class ValueEditor(QWidget):
    """Base of the editors. `typed` carries text that is still to be read, `chosen` a value."""

    typed = Signal(str)
    chosen = Signal(object)

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field

    def input(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value."""
        raise NotImplementedError

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read but not changed."""
        self.input().setEnabled(not is_read_only)

    def set_options(self, options: Options) -> None:
        """The (code, caption) pairs to choose from, where there are such."""

    def is_being_typed(self) -> bool:
        """Whether the field has the focus and text that was not left yet."""
        return False


class TypedLine(QLineEdit):
    """A line of text that leaves the window's keys to the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        set_lines(self, _HEIGHT)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+K belongs to «Найти»; Ctrl+Z to the program once nothing is left to take back here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_find = event.keyCombination().toCombined() == (Qt.Modifier.CTRL | Qt.Key.Key_K).toCombined()
            is_undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            is_redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if is_find or is_undo or is_redo:
                event.ignore()
                return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the air around the text in proportion."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        side = lines(0.25)
        self.setTextMargins(side, 0, side, 0)


class LineEditor(ValueEditor):
    """Text, whole and decimal numbers: one line, as wide as its values are long."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = TypedLine(self)
        row = QHBoxLayout(self)
        set_gaps(row, 0.25)
        row.addWidget(self.line)
        if field.kind is not FieldKind.TEXT:
            set_chars(self, 11, 15)
            set_text_style(self.line, TextStyle.FIGURES)
        elif field.max_length <= 40:
            set_chars(self, 12, max(14, field.max_length))
        else:
            set_chars(self, 20, 92)
        self.line.editingFinished.connect(self._on_line_left)

    def input(self) -> QWidget:
        """The line."""
        return self.line

    def set_value(self, value: object) -> None:
        """Show a value as people write it."""
        self.line.setText(shown_text(self.field, value))
        self.line.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """The text can still be selected and copied."""
        self.line.setReadOnly(is_read_only)

    def is_being_typed(self) -> bool:
        """Whether the line has the focus and was changed."""
        return self.line.hasFocus() and self.line.isModified()

    def _on_line_left(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.typed.emit(self.line.text())


class DateEditor(LineEditor):
    """A date typed as 01.03.2024 or picked in a calendar."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        set_chars(self, 17, 19)
        self.line.setPlaceholderText("дд.мм.гггг")
        self.pick = Button("", ButtonKind.QUIET, "calendar", "Выбрать день в календаре", self)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.pick)
        self.pick.clicked.connect(self._on_pick_clicked)

    def set_read_only(self, is_read_only: bool) -> None:
        """No picking either."""
        super().set_read_only(is_read_only)
        self.pick.setVisible(not is_read_only)

    def _on_pick_clicked(self) -> None:
        from shnor_desktop.ui.forms.calendar import pick_day  # a calendar is made only when asked for

        pick_day(self.pick, self.line.text(), self._on_day_picked)

    def _on_day_picked(self, text: str) -> None:
        self.line.setText(text)
        self.typed.emit(text)


class GrowingText(QPlainTextEdit):
    """Several lines of plain text, as high as the text is long (3 to 14 lines)."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(lines(0.3))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the program once nothing is left to take back here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
                event.ignore()
                return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Draw the frame of the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The text is complete for now."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Keep the height in lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.document().setDocumentMargin(lines(0.3))
            self._fit()

    def _fit(self) -> None:
        rows = max(3.0, min(14.0, self.document().size().height()))
        line = QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(round(rows * line + 2 * self.document().documentMargin() + 2 * self.frameWidth() + 1))


class LongTextEditor(ValueEditor):
    """A paragraph or more."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = GrowingText(self)
        row = QHBoxLayout(self)
        set_gaps(row, 0)
        row.addWidget(self.text)
        set_chars(self, 24, 92)
        self.text.left.connect(self._on_text_left)

    def input(self) -> QWidget:
        """The text."""
        return self.text

    def set_value(self, value: object) -> None:
        """Show a text."""
        self.text.setPlainText(shown_text(self.field, value))
        self.text.document().setModified(False)

    def set_read_only(self, is_read_only: bool) -> None:
        """The text can still be selected and copied."""
        self.text.setReadOnly(is_read_only)

    def is_being_typed(self) -> bool:
        """Whether the text has the focus and was changed."""
        return self.text.hasFocus() and self.text.document().isModified()

    def _on_text_left(self) -> None:
        if self.text.document().isModified():
            self.text.document().setModified(False)
            self.typed.emit(self.text.toPlainText())


class QuietCombo(QComboBox):
    """A list to choose from that does not change when the page is scrolled over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        set_lines(self, _HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel belongs to the page."""
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as its longest choice, within reason."""
        longest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        width = min(max(longest + lines(2.4), chars(22)), chars(60))
        return QSize(width, super().sizeHint().height())


class ChoiceEditor(ValueEditor):
    """One of a list, or nothing; a code that the list does not know is kept and shown."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = QuietCombo(self)
        row = QHBoxLayout(self)
        set_gaps(row, 0)
        row.addWidget(self.combo)
        row.addStretch(1)
        self.set_options(field.choices)
        self.combo.activated.connect(self._on_combo_activated)

    def input(self) -> QWidget:
        """The list."""
        return self.combo

    def set_options(self, options: Options) -> None:
        """Replace the choices, keeping what is chosen."""
        value = self.combo.currentData()
        self.combo.clear()
        self.combo.addItem(NOT_CHOSEN, None)
        for code, caption in options:
            self.combo.addItem(caption, code)
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Show the choice of a code."""
        at = 0 if value in (None, "") else self.combo.findData(value)
        if at < 0:
            self.combo.addItem(str(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)
        self._mark_unset()

    def _mark_unset(self) -> None:
        self.combo.setProperty("look_unset", self.combo.currentIndex() == 0)

    def _on_combo_activated(self, index: int) -> None:
        self._mark_unset()
        self.chosen.emit(self.combo.itemData(index))


class ReferenceEditor(ChoiceEditor):
    """A row of another list, found by typing a part of its name."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo.setEditable(True)
        line = TypedLine(self.combo)
        line.setProperty("look_lines", None)
        line.setMinimumHeight(0)
        line.setFrame(False)
        self.combo.setLineEdit(line)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.combo.model(), self.combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.combo.setCompleter(completer)
        line.editingFinished.connect(self._on_line_left)

    def _on_line_left(self) -> None:
        text = self.combo.currentText().strip()
        exact = self.combo.findText(text, Qt.MatchFlag.MatchFixedString)
        if not text:
            exact = 0
        elif exact < 0:
            near = [i for i in range(1, self.combo.count()) if text.casefold() in self.combo.itemText(i).casefold()]
            exact = near[0] if len(near) == 1 else -1
        if exact < 0:
            self.typed.emit(text)
            return
        self.combo.setCurrentIndex(exact)
        self.chosen.emit(self.combo.itemData(exact))


class BooleanEditor(ValueEditor):
    """«Да» or «Нет»; neither until it is answered."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.yes = QRadioButton("Да", self)
        self.no = QRadioButton("Нет", self)
        self._group = QButtonGroup(self)
        self._group.addButton(self.yes)
        self._group.addButton(self.no)
        row = QHBoxLayout(self)
        set_gaps(row, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        for button in (self.yes, self.no):
            set_lines(button, 1.5)
            button.setAccessibleName(f"{field.caption}: {button.text()}")
            button.clicked.connect(self._on_button_clicked)

    def input(self) -> QWidget:
        """The answer that is given, else «Да»."""
        return self.no if self.no.isChecked() else self.yes

    def set_value(self, value: object) -> None:
        """Show the answer."""
        self._group.setExclusive(False)
        self.yes.setChecked(value is True)
        self.no.setChecked(value is False)
        self._group.setExclusive(True)

    def set_read_only(self, is_read_only: bool) -> None:
        """Both are shown, neither can be pressed."""
        self.yes.setEnabled(not is_read_only)
        self.no.setEnabled(not is_read_only)

    def _on_button_clicked(self) -> None:
        self.chosen.emit(self.yes.isChecked())


class ChoicesEditor(ValueEditor):
    """Several of a list."""

    def __init__(self, field: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._is_read_only = False
        long = any(len(caption) > 40 for _, caption in field.choices)
        self._flow = QVBoxLayout(self) if long else FlowLayout(self)
        set_gaps(self._flow, 0.15 if long else 1.0)
        self.set_options(field.choices)

    def input(self) -> QWidget:
        """The first box."""
        return next(iter(self._boxes.values()), self)

    def set_options(self, options: Options) -> None:
        """Replace the choices, keeping what is chosen."""
        value = self._value()
        for box in self._boxes.values():
            self._flow.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for code, caption in options:
            self._add(code, caption)
        self.set_value(value)

    def set_value(self, value: object) -> None:
        """Tick the codes; unknown ones get a box of their own."""
        codes = [str(code) for code in value] if isinstance(value, (list, tuple)) else []
        for code in codes:
            if code not in self._boxes:
                self._add(code, code)
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    def set_read_only(self, is_read_only: bool) -> None:
        """All are shown, none can be changed."""
        self._is_read_only = is_read_only
        for box in self._boxes.values():
            box.setEnabled(not is_read_only)

    def _add(self, code: str, caption: str) -> None:
        box = QCheckBox(caption, self)
        box.setEnabled(not self._is_read_only)
        box.clicked.connect(self._on_box_clicked)
        set_lines(box, 1.3)
        self._boxes[code] = box
        self._flow.addWidget(box)

    def _value(self) -> list[str]:
        return [code for code, box in self._boxes.items() if box.isChecked()]

    def _on_box_clicked(self) -> None:
        self.chosen.emit(self._value())


_EDITORS: dict[FieldKind, type[ValueEditor]] = {
    FieldKind.TEXT: LineEditor,
    FieldKind.INTEGER: LineEditor,
    FieldKind.DECIMAL: LineEditor,
    FieldKind.LONG_TEXT: LongTextEditor,
    FieldKind.DATE: DateEditor,
    FieldKind.BOOLEAN: BooleanEditor,
    FieldKind.CHOICE: ChoiceEditor,
    FieldKind.CHOICES: ChoicesEditor,
    FieldKind.REFERENCE: ReferenceEditor,
}


def editor_for(field: FieldInfo, parent: QWidget | None = None) -> ValueEditor:
    """The editor of a field's kind."""
    return _EDITORS[field.kind](field, parent)
