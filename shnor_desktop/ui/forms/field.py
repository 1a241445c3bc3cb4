"""A field of a form: caption, help, editor, unit, where the value came from, last year, level, error under it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms.choices import BooleanEditor, ChoiceEditor, ChoicesEditor, ReferenceEditor
from shnor_desktop.ui.forms.editors import DateEditor, LineEditor, LongTextEditor, Options, ValueEditor
from shnor_desktop.ui.forms.typed_text import BadInput, Parse, parse_typed, wire_of
from shnor_desktop.ui.theme import Level, TextStyle, Tone, chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LevelBadge, LinkText, SignText, label

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
_BESIDE = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.DATE, FieldKind.CHOICE, FieldKind.BOOLEAN)


@dataclass(frozen=True, slots=True)
class FieldNotes:
    """What is known about a value besides the value itself.

    `origin` is shown muted («4 из 22 · из списка педагогов») and is a link when `origin_target` is given;
    `last_year` are the words («2023: 13,6») of `last_value`, which the ↺ button takes over; where more than a value is
    taken over, `last_action` is told as an action instead, and `last_hint` says where it stands;
    `actions` are buttons (name, words) after the level: («why», «почему»), («add_measure», «добавить мероприятие»).
    """

    origin: str = ""
    origin_target: str = ""
    last_year: str = ""
    last_value: object = None
    last_action: str = ""
    last_hint: str = ""
    level: Level | None = None
    level_text: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    error: str = ""
    warning: str = ""


class FieldEditor(QWidget):
    """Shows a value, tells when a new one was typed or chosen, keeps bad input with the reason under it."""

    edited = Signal(str, object)
    action_requested = Signal(str, str)
    origin_opened = Signal(str)
    next_requested = Signal()

    def __init__(
        self, field: FieldInfo, parse: Parse = parse_typed, parent: QWidget | None = None, caption: str = ""
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._parse = parse
        self._value: object = None
        self._bad_reason = ""
        self._notes = FieldNotes()
        self._is_read_only = False
        self._level_row: QWidget | None = None
        self._notes_row: FlowLayout | None = None
        self.note_widgets: list[QWidget] = []
        self.caption = label(caption or field.caption, TextStyle.BODY)
        self.editor = _EDITORS[field.kind](field, self)
        self.problem = SignText(self)
        self.problem.hide()
        self._build()
        self.setProperty("help_topic", f"field:{field.name}")
        self.editor.typed.connect(self._on_text_typed)
        self.editor.paused.connect(self._on_text_paused)
        self.editor.chosen.connect(self._on_value_chosen)

    def value(self) -> object:
        """The last value shown or told, on the wire."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show a stored value; text that is being typed or that could not be read is not overwritten by the same."""
        value = wire_of(value)
        same = value == self._value
        self._value = value
        if self.editor.is_being_typed() or (same and self._bad_reason):
            return
        self._bad_reason = ""
        self.editor.set_value(value)
        self._show_problem()

    def forget(self) -> None:
        """Another record comes: what was typed and could not be read does not belong to it."""
        self._bad_reason = ""
        self._value = None
        self.editor.set_value(None)
        self._notes = replace(self._notes, error="", warning="")
        self._show_problem()

    def has_bad_input(self) -> bool:
        """Whether the field holds text that could not be read."""
        return bool(self._bad_reason)

    def set_notes(self, notes: FieldNotes) -> None:
        """Show origin, last year, level with its actions, and the error or warning under the field."""
        if notes == self._notes:
            return
        self._notes = notes
        self._fill_notes_row()
        self._fill_level_row()
        self._show_problem()

    def set_error(self, text: str) -> None:
        """Show a finding of the check under the field; an empty text removes it."""
        self._set_problems(text, self._notes.warning)

    def set_warning(self, text: str) -> None:
        """Show a warning under the field; an empty text removes it."""
        self._set_problems(self._notes.error, text)

    def set_read_only(self, reason: str) -> None:
        """Let the value be read only, the reason as tooltip; an empty reason lets it be changed again."""
        self._is_read_only = bool(reason)
        self.editor.set_read_only(bool(reason))
        self.editor.setToolTip(reason)

    def set_options(self, options: Options) -> None:
        """The choices of a list that the pack or another entity supplies."""
        self.editor.set_options(options)
        self.editor.set_value(self._value)

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.editor.input().setFocus(Qt.FocusReason.OtherFocusReason)

    def problem_text(self) -> str:
        """The error or warning that is shown."""
        return "" if self.problem.isHidden() else self.problem.words.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_requested.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        field = self.field
        column = QVBoxLayout(self)
        set_gaps(column, 0.2)
        self.caption.setBuddy(self.editor.input())
        self.editor.input().setAccessibleName(field.caption + (f", {field.unit}" if field.unit else ""))
        self.editor.input().setAccessibleDescription(field.help)
        column.addWidget(self.caption)
        if field.help:
            column.addWidget(label(field.help, TextStyle.SMALL, Tone.MUTED))
        row = FlowLayout()
        set_gaps(row, 0.5)
        if field.kind in _BESIDE:
            row.addWidget(self.editor)
            if field.unit:
                row.addWidget(label(field.unit, wraps=False))
        else:
            column.addWidget(self.editor)
        self._notes_row = row
        column.addLayout(row)
        column.addWidget(self.problem)
        self._column = column

    def _fill_notes_row(self) -> None:
        row = self._notes_row
        assert row is not None
        for old in self.note_widgets:
            row.removeWidget(old)
            old.deleteLater()
        self.note_widgets = []
        notes = self._notes
        if notes.origin:
            self._add_note(self._origin_note(notes))
        if notes.last_year:
            hint = notes.last_hint or "Взять прошлогоднее значение"
            take = Button(notes.last_year, ButtonKind.QUIET, "rotate-ccw", hint, self)
            take.setAccessibleName(f"Взять прошлогоднее значение, {notes.last_year}")
            take.set_small()
            take.clicked.connect(self._on_last_year_taken)
            has_value = notes.last_value is not None or bool(notes.last_action)
            take.setEnabled(not self._is_read_only and has_value)
            self._add_note(take)

    def _origin_note(self, notes: FieldNotes) -> QWidget:
        if not notes.origin_target:
            return label(notes.origin, TextStyle.SMALL, Tone.MUTED, wraps=False)
        link = LinkText(self)
        link.set_parts([(notes.origin, notes.origin_target)])
        link.setToolTip("Открыть, откуда взято значение")
        link.link_chosen.connect(self.origin_opened)
        return link

    def _add_note(self, widget: QWidget) -> None:
        if isinstance(widget, QLabel) and widget.sizeHint().width() > chars(80):
            widget.setWordWrap(True)
        assert self._notes_row is not None
        self._notes_row.addWidget(widget)
        self.note_widgets.append(widget)

    def _fill_level_row(self) -> None:
        if self._level_row is not None:
            self._column.removeWidget(self._level_row)
            self._level_row.deleteLater()
            self._level_row = None
        notes = self._notes
        if notes.level is None and not notes.actions:
            return
        self._level_row = QWidget(self)
        flow = FlowLayout(self._level_row)
        set_gaps(flow, 0.4)
        if notes.level is not None:
            flow.addWidget(LevelBadge(notes.level, f"значимость {notes.level.word}"))
        if notes.level_text:
            flow.addWidget(label(notes.level_text, TextStyle.SMALL, wraps=False))
        for name, words in notes.actions:
            button = Button(words, ButtonKind.LINK)
            button.set_small()
            button.setAccessibleName(f"{words}: {self.field.caption}")
            button.clicked.connect(lambda _=False, name=name: self.action_requested.emit(self.field.name, name))
            flow.addWidget(button)
        self._column.insertWidget(self._column.indexOf(self.problem), self._level_row)

    def _set_problems(self, error: str, warning: str) -> None:
        self._notes = replace(self._notes, error=error, warning=warning)
        self._show_problem()

    def _show_problem(self) -> None:
        error = self._bad_reason or self._notes.error
        if error:
            self.problem.set_words(error, "circle-alert", Tone.HIGH)
        else:
            self.problem.set_words(self._notes.warning, "triangle-alert", Tone.MEDIUM)
        self.editor.input().setAccessibleDescription(self.problem_text() or self.field.help)

    def _on_text_typed(self, text: str) -> None:
        try:
            if self.field.kind is FieldKind.REFERENCE:
                raise BadInput("Такого нет в списке. Выберите из списка или оставьте поле пустым.")
            value = self._parse(self.field, text)
        except BadInput as bad:
            self._bad_reason = bad.message
            self._show_problem()
            return
        self._bad_reason = ""
        self._show_problem()
        self.editor.set_value(value)
        self._tell(value)

    def _on_text_paused(self, text: str) -> None:
        """Keep what is readable; the text under the cursor stays as it is."""
        try:
            value = self._parse(self.field, text)
        except BadInput:
            return
        self._tell(value)

    def _on_value_chosen(self, value: object) -> None:
        self._bad_reason = ""
        self._show_problem()
        self._tell(value)

    def _on_last_year_taken(self) -> None:
        if self._notes.last_action:
            self.action_requested.emit(self.field.name, self._notes.last_action)
            return
        value = wire_of(self._notes.last_value)
        self.editor.set_value(value)
        self._on_value_chosen(value)

    def _tell(self, value: object) -> None:
        if value == self._value and type(value) is type(self._value):
            return
        self._value = value
        self.edited.emit(self.field.name, value)
