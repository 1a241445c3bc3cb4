"""Editors of values that are chosen: one of a list, a row of another list, yes or no, several of a list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.ui.forms.editors import Options, ValueEditor
from shnor_desktop.ui.theme import chars, lines, set_gaps, set_lines
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.line import CONTROL_LINES, TypedLine

NOT_CHOSEN = "не выбрано"


class QuietCombo(QComboBox):
    """A list to choose from that does not change when the page is scrolled over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        set_lines(self, CONTROL_LINES)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel belongs to the page."""
        event.ignore()

    def sizeHint(self) -> QSize:
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
        self.combo.updateGeometry()
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

    def set_value(self, value: object) -> None:
        """Show the row from the beginning of its name."""
        super().set_value(value)
        line = self.combo.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

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
