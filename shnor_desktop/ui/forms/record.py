"""The form of one record: its fields in groups, in one column, saved field by field without a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.forms.field import FieldEditor, FieldNotes
from shnor_desktop.ui.forms.typed_text import Parse, parse_typed
from shnor_desktop.ui.theme import TextStyle, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.labels import label

FORM_CHARS = 96
_NOTHING: Mapping[str, str] = {}


class RecordForm(QWidget):
    """A column of fields at most about 90 characters wide; put it into a ScrollColumn when it is long."""

    field_edited = Signal(str, object)
    action_requested = Signal(str, str)
    origin_opened = Signal(str)

    def __init__(self, fields: Sequence[FieldInfo], parse: Parse = parse_typed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editors: dict[str, FieldEditor] = {}
        column = QVBoxLayout(self)
        set_gaps(column, 0.9)
        set_chars(self, maximum=FORM_CHARS)
        group = ""
        for field in fields:
            if field.group and field.group != group:
                heading = label(field.group, TextStyle.SECTION)
                column.addWidget(heading)
            group = field.group
            editor = FieldEditor(field, parse, self)
            editor.edited.connect(self.field_edited)
            editor.action_requested.connect(self.action_requested)
            editor.origin_opened.connect(self.origin_opened)
            editor.next_requested.connect(self._on_next_requested)
            self.editors[field.name] = editor
            column.addWidget(editor)
        column.addStretch(1)

    def set_record(
        self,
        values: Mapping[str, object],
        errors: Mapping[str, str] = _NOTHING,
        read_only: str = "",
        *,
        warnings: Mapping[str, str] = _NOTHING,
        notes: Mapping[str, FieldNotes] | None = None,
    ) -> None:
        """Show a record; `read_only` is the reason why nothing may be changed, empty if it may."""
        for name, editor in self.editors.items():
            editor.set_read_only(read_only)
            editor.set_value(values.get(name))
            note = (notes or {}).get(name, FieldNotes())
            error, warning = errors.get(name) or note.error, warnings.get(name) or note.warning
            editor.set_notes(replace(note, error=error, warning=warning))

    def leave(self) -> list[str]:
        """Tell what is being typed, as when the field is left; the captions of fields with text that cannot be read."""
        for editor in self.editors.values():
            editor.editor.leave()
        return [editor.field.caption for editor in self.editors.values() if editor.has_bad_input()]

    def forget(self) -> None:
        """Another record comes: nothing typed for the one before stays in the fields."""
        for editor in self.editors.values():
            editor.forget()

    def set_options(self, name: str, options: Options) -> None:
        """The choices of a reference or of a list that the pack supplies."""
        self.editors[name].set_options(options)

    def set_field_read_only(self, name: str, reason: str) -> None:
        """Lock one field, with the reason; an empty reason unlocks it."""
        self.editors[name].set_read_only(reason)

    def focus_field(self, name: str) -> None:
        """Bring a field into sight and put the cursor into it."""
        if name not in self.editors:
            return
        editor = self.editors[name]
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(editor, 0, lines(2))
        editor.focus()

    def _on_next_requested(self) -> None:
        names = list(self.editors)
        sender = self.sender()
        at = next((i for i, name in enumerate(names) if self.editors[name] is sender), -1)
        for name in names[at + 1 :]:
            if self.editors[name].editor.input().focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.focus_field(name)
                return
