"""What a new record is named by: asked for first, so that two computers that enter the same begin one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.ui.forms import FieldEditor, RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn


class RecordDraft(ScrollColumn):
    """A short form with «Добавить»; nothing is kept until it is pressed."""

    submitted = Signal(dict)
    left = Signal()

    def __init__(
        self,
        title: str,
        fields: Sequence[FieldInfo],
        do_text: str,
        purpose: str = "Остальное заполняется после добавления.",
        parent: QWidget | None = None,
        icon: str = "plus",
    ) -> None:
        super().__init__(parent, gap=0.75)
        self._fields = [replace(field, group="") for field in fields]
        self._values: dict[str, object] = {}
        self.form = RecordForm(self._fields, parse, self)
        self.form.field_edited.connect(self._on_field_edited)
        self.problem = SignText(self)
        self.do_button = Button(do_text, ButtonKind.PRIMARY, icon)
        self.do_button.clicked.connect(self.submit)
        self.leave = Button("Не добавлять")
        self.leave.clicked.connect(self._on_leave_clicked)
        buttons = QWidget(self)
        row = FlowLayout(buttons)
        set_gaps(row, 0.5)
        row.addWidget(self.do_button)
        row.addWidget(self.leave)
        head = (label(title, TextStyle.SECTION), label(purpose, TextStyle.BODY, Tone.MUTED))
        for widget in (*head, self.form, self.problem, buttons):
            self.column.insertWidget(self.column.count() - 1, widget)
        self.problem.hide()
        self.form.editors[self._fields[-1].name].next_requested.connect(self.submit)

    def begin(self, options: Mapping[str, Options]) -> None:
        """Empty the form and put the cursor into its first field."""
        self.end()
        for name, found in options.items():
            if name in self.form.editors:
                self.form.set_options(name, found)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.form.focus_field(self._fields[0].name)

    def fill(self, values: Mapping[str, object]) -> None:
        """Put in what is known already; the cursor goes to the first field that is empty."""
        self._values.update(values)
        self.form.set_record(self._values)
        empty = next((field.name for field in self._fields if self._values.get(field.name) in (None, "")), "")
        self.form.focus_field(empty or self._fields[0].name)

    def end(self) -> None:
        """Forget what was typed."""
        self._values = {}
        self.form.forget()
        self.form.set_record({})
        self.problem.hide()

    def submit(self) -> None:
        """Tell the values if the required ones are there."""
        self.form.leave()
        wanting = [editor for editor in map(self._wanting, self._fields) if editor is not None]
        if wanting:
            wanting[0].focus()
        else:
            self.submitted.emit(dict(self._values))

    def refuse(self, message: Worded) -> None:
        """Show why the row was not begun; what was typed stays."""
        self.problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)

    def _wanting(self, field: FieldInfo) -> FieldEditor | None:
        """The editor of a field that is empty or unreadable, and says so; None where all is well."""
        editor = self.form.editors[field.name]
        if editor.has_bad_input():
            return editor
        if field.required and self._values.get(field.name) in (None, ""):
            editor.set_error("Заполните это поле.")
            return editor
        return None

    def _on_field_edited(self, name: str, value: object) -> None:
        self._values[name] = value
        self.form.editors[name].set_error("")
        self.problem.hide()

    def _on_leave_clicked(self) -> None:
        self.end()
        self.left.emit()
