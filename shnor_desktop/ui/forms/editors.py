"""Editors of values that are typed: a line, a number, a date, a longer text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QWidget,
)

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms.typed_text import shown_text
from shnor_desktop.ui.theme import TextStyle, lines, set_chars, set_gaps, set_text_style
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.line import TypedLine, is_left_to_window

Options = Sequence[tuple[str, str]]
PAUSE_MS = 3000
"""A paragraph is kept after such a pause, so that a power cut takes a sentence and not a page."""


class ValueEditor(QWidget):
    """Base of the editors. `typed` carries text that is still to be read, `chosen` a value; `paused` a text that is
    still being typed, to be kept as it stands."""

    typed = Signal(str)
    paused = Signal(str)
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
        """Whether there is text that was not left yet; another window may have the focus meanwhile."""
        return False

    def leave(self) -> None:
        """Tell what is being typed: the record is left without the focus having moved."""


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
        """Whether the line was changed and not left."""
        return self.line.isModified()

    def leave(self) -> None:
        """Tell what is being typed."""
        self._on_line_left()

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
    """Several lines of plain text, as high as the text is long (3 to 14 lines); `paused` while it is being typed."""

    left = Signal()
    paused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textChanged.connect(self._pause.start)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self._set_margin()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._fit)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if is_left_to_window(event, self.document().isUndoAvailable(), self.document().isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the frame of the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The text is complete for now."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the height in lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_margin()
            self._fit()

    def _set_margin(self) -> None:
        """A margin is no change of the text, but Qt marks the document as modified by it."""
        was_modified = self.document().isModified()
        self.document().setDocumentMargin(lines(0.3))
        self.document().setModified(was_modified)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower lines are more lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def text_height(self) -> float:
        """Pixels that the text takes at this width; asking for it lays the text out."""
        block = self.document().firstBlock()
        height = 0.0
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return height

    def _on_pause(self) -> None:
        if self.document().isModified():
            self.paused.emit()

    def _fit(self) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        shown = max(3 * line, min(14 * line, self.text_height()))
        self.setFixedHeight(round(shown + 2 * self.document().documentMargin() + 2 * self.frameWidth() + 1))


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
        self.text.paused.connect(lambda: self.paused.emit(self.text.toPlainText()))

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
        """Whether the text was changed and not left."""
        return self.text.document().isModified()

    def leave(self) -> None:
        """Tell what is being typed."""
        self._on_text_left()

    def _on_text_left(self) -> None:
        if self.text.document().isModified():
            self.text.document().setModified(False)
            self.typed.emit(self.text.toPlainText())
