"""Many rows at once: a bar over a table while several are chosen, and the form that asks what is to change in all.

Any table of records gets it from the metadata of its fields (`field_changes`); a page adds steps of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.russian import number, plural
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import bulk_edit
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import RecordTable, TablePanel

Typed = Mapping[str, object]
_KINDS = (FieldKind.CHOICE, FieldKind.REFERENCE, FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.TEXT, FieldKind.INTEGER)
_DAYS = FieldInfo("days", FieldKind.INTEGER, "На сколько дней", "Со знаком минус — раньше.", unit="дн.", minimum=None)
_ROWS = ("запись", "записи", "записей")


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One thing that can be done with all chosen rows: what it asks for, which rows it concerns, the step itself.

    `concerns` gives the rows that would change for what was typed; it runs on the interface thread and is quick.
    """

    name: str
    caption: str
    fields: tuple[FieldInfo, ...]
    concerns: Callable[[Sequence[str], Typed], Sequence[str]]
    work: Callable[[Workspace, Sequence[str], Typed], Done]
    do_text: str = "Изменить"


class BulkBar(QWidget):
    """«Выбрано: 12», shown while more than one row is."""

    change_wanted = Signal()
    delete_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = label("", TextStyle.STRONG, wraps=False)
        self.change = Button("Изменить у всех…", ButtonKind.PLAIN, "pencil")
        self.change.clicked.connect(self.change_wanted)
        self.delete = Button("Удалить", ButtonKind.QUIET, "trash-2", "Удалить выбранные; вернуть можно по Ctrl+Z")
        self.delete.clicked.connect(self.delete_wanted)
        self.leave = Button("Снять выбор", ButtonKind.QUIET, "x")
        self.leave.clicked.connect(self.left)
        flow = FlowLayout(self)
        set_gaps(flow, 0.5, (1, 0, 1, 0.5))
        for widget in (self.count, self.change, self.delete, self.leave):
            flow.addWidget(widget)
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many are chosen; fewer than two need no bar."""
        self.count.setText(f"Выбрано: {number(count)}")
        self.setVisible(count > 1)


class BulkForm(ScrollColumn):
    """What is to change, to what, and in how many rows: nothing is written before the button is pressed."""

    submitted = Signal(str, dict)
    left = Signal()

    def __init__(self, nouns: tuple[str, str, str] = _ROWS, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.75)
        self._nouns = nouns
        self._changes: dict[str, BulkChange] = {}
        self._options: Mapping[str, Options] = {}
        self._rows: Sequence[str] = ()
        self._values: dict[str, object] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.title = label("", TextStyle.SECTION)
        self.what = QuietCombo()
        self.what.setAccessibleName("Что изменить у всех выбранных")
        self.what.activated.connect(lambda _at: self._show_fields())
        self._fields = QWidget(self)
        self._column = QVBoxLayout(self._fields)
        set_gaps(self._column, 0.5)
        self.preview = SignText(self)
        self.problem = SignText(self)
        self.do = Button("Изменить", ButtonKind.PRIMARY, "check")
        self.do.clicked.connect(self.submit)
        leave = Button("Не сейчас", ButtonKind.QUIET)
        leave.clicked.connect(self.left)
        buttons = QWidget(self)
        flow = FlowLayout(buttons)
        set_gaps(flow, 0.5)
        flow.addWidget(self.do)
        flow.addWidget(leave)
        note = label("Все изменения — один шаг: Ctrl+Z вернёт их вместе.", TextStyle.SMALL, Tone.MUTED)
        for widget in (self.title, self.what, self._fields, self.preview, self.problem, buttons, note):
            self.add(widget)
        self.problem.hide()

    def begin(self, changes: Sequence[BulkChange], options: Mapping[str, Options], rows: Sequence[str]) -> None:
        """Offer what can be changed in the rows."""
        known = [one.name for one in changes]
        if known != list(self._changes):
            self.what.clear()
            for one in changes:
                self.what.addItem(one.caption, one.name)
        self._changes = {one.name: one for one in changes}
        self._options = options
        self.set_rows(rows)
        self._show_fields()
        self.verticalScrollBar().setValue(0)

    def set_rows(self, rows: Sequence[str]) -> None:
        """Other rows were chosen; what was typed stays."""
        self._rows = tuple(rows)
        self.title.setText(f"Изменить сразу: {plural(len(rows), *self._nouns)}")
        self._show_preview()

    def submit(self) -> None:
        """Tell the change with what was typed; a field that is empty and needed is asked for."""
        change = self._change()
        if change is None:
            return
        self.do.setFocus()
        for name, editor in self.editors.items():
            if editor.has_bad_input():
                editor.focus()
                return
            if editor.field.required and self._values.get(name) in (None, ""):
                editor.set_error("Заполните это поле.")
                editor.focus()
                return
        self.submitted.emit(change.name, dict(self._values))

    def refuse(self, message: Worded) -> None:
        """Say why nothing was changed."""
        self.problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)

    def change(self, name: str) -> BulkChange:
        """A change by its name."""
        return self._changes[name]

    def _change(self) -> BulkChange | None:
        return self._changes.get(str(self.what.currentData()))

    def _show_fields(self) -> None:
        self.problem.hide()
        self._values = {}
        for editor in self.editors.values():
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        self.editors = {}
        change = self._change()
        for one in change.fields if change is not None else ():
            editor = FieldEditor(one, parse, self._fields)
            if one.name in self._options:
                editor.set_options(self._options[one.name])
            editor.edited.connect(self._on_edited)
            self._column.addWidget(editor)
            self.editors[one.name] = editor
        made = list(self.editors.values())
        for editor, following in pairwise(made):
            editor.next_requested.connect(following.focus)
        if made:
            made[-1].next_requested.connect(self.submit)
        if change is not None:
            self.do.setText(change.do_text)
        self._show_preview()

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = value
        self.editors[name].set_error("")
        self.problem.hide()
        self._show_preview()

    def _show_preview(self) -> None:
        change = self._change()
        if change is None:
            return
        concerned, total = len(change.concerns(self._rows, self._values)), len(self._rows)
        _, few, many = self._nouns
        words = f"изменится у {plural(concerned, few, many, many)}"
        if concerned == total:
            self.preview.set_words(f"{words[:1].upper()}{words[1:]}.", "info", Tone.MUTED)
        elif concerned:
            rest = f"остальные {number(total - concerned)} останутся как есть"
            self.preview.set_words(f"{words[:1].upper()}{words[1:]} из {number(total)}; {rest}.", "info", Tone.MUTED)
        else:
            self.preview.set_words("У выбранных менять нечего: так уже есть.", "info", Tone.MUTED)
        self.do.setEnabled(bool(concerned))


class BulkEdit:
    """Ties the bar, the form and the table of a page together. `changes` gives what can be done with the rows now."""

    def __init__(
        self,
        desk: Desk,
        panel: TablePanel,
        detail: QStackedWidget,
        log_name: str,
        changes: Callable[[], tuple[Sequence[BulkChange], Mapping[str, Options]]],
        nouns: tuple[str, str, str] = _ROWS,
    ) -> None:
        self._desk, self._detail, self._log_name, self._changes = desk, detail, log_name, changes
        self.table: RecordTable = panel.table
        self.bar = BulkBar(panel)
        self.form = BulkForm(nouns)
        self._behind: QWidget | None = None
        if desk.is_read_only:
            return
        self.table.show_boxes()
        panel.set_bar(self.bar)
        detail.addWidget(self.form)
        self.table.rows_chosen.connect(self._on_rows_chosen)
        self.bar.change_wanted.connect(self.begin)
        self.bar.delete_wanted.connect(self._on_delete_wanted)
        self.bar.left.connect(self.table.choose_current_only)
        self.form.left.connect(self.leave)
        self.form.submitted.connect(self._on_submitted)

    @property
    def is_open(self) -> bool:
        """Whether the form is in sight: the page then shows no single row."""
        return self._detail.currentWidget() is self.form

    def begin(self) -> None:
        """Open the form for the chosen rows."""
        if not self.is_open:
            self._behind = self._detail.currentWidget()
        changes, options = self._changes()
        self.form.begin(changes, options, self.table.chosen_ids())
        self._detail.setCurrentWidget(self.form)
        above: QObject | None = self._detail
        while above is not None and not isinstance(above, MasterDetail):
            above = above.parent()
        if isinstance(above, MasterDetail):
            above.show_detail()
        self.form.what.setFocus()

    def leave(self) -> None:
        """Show again what stood beside the table."""
        if self.is_open and self._behind is not None:
            self._detail.setCurrentWidget(self._behind)

    def _on_rows_chosen(self, rows: list[str]) -> None:
        self.bar.show_count(len(rows))
        if not self.is_open:
            return
        if len(rows) > 1:
            self.form.set_rows(rows)
        else:
            self.leave()

    def _on_submitted(self, name: str, values: dict[str, object]) -> None:
        change, rows, workspace = self.form.change(name), self.table.chosen_ids(), self._desk.workspace

        def on_done(_done: Any) -> None:
            self.leave()
            self.table.choose_current_only()

        self._desk.write(lambda: change.work(workspace, rows, values), on_done, self.form.refuse)

    def _on_delete_wanted(self) -> None:
        rows, desk = self.table.chosen_ids(), self._desk
        self.leave()
        desk.write(lambda: bulk_edit.remove_all(desk.workspace, self._log_name, rows, desk.school))


def field_changes(
    spec: RecordSpec, read: Callable[[], RecordRows | None], school: str, names: Sequence[str] = ()
) -> list[BulkChange]:
    """What the metadata of an entity offers: every field that many rows may share, and its days shifted.

    `names` keeps to some of the fields, in their order; without it the title, the key and the fixed values are left
    out: they name a row and are not shared.
    """
    rows = read()
    if rows is None:
        return []
    info = info_of(spec.cls)
    own = {*info.natural_key, *spec.fixed, info.title_field, info.parent}
    wanted = names or [one.name for one in spec.form_fields(rows.fields) if one.name not in own]
    fields = [rows.fields[name] for name in wanted if rows.fields[name].kind in _KINDS]
    made = [_set(spec.log_name, one, read, school) for one in fields]
    return made + [_shift(spec.log_name, one, read, school) for one in fields if one.kind is FieldKind.DATE]


def _set(log_name: str, one: FieldInfo, read: Callable[[], RecordRows | None], school: str) -> BulkChange:
    def concerns(rows: Sequence[str], typed: Typed) -> Sequence[str]:
        value, stored = _wire(typed.get(one.name)), _stored(read(), one.name)
        return [row for row in rows if stored.get(row) != value]

    def work(workspace: Workspace, rows: Sequence[str], typed: Typed) -> Done:
        return bulk_edit.set_for_all(workspace, log_name, rows, one.name, typed.get(one.name), school)

    return BulkChange(f"set:{one.name}", one.caption, (replace(one, group=""),), concerns, work)


def _shift(log_name: str, one: FieldInfo, read: Callable[[], RecordRows | None], school: str) -> BulkChange:
    def concerns(rows: Sequence[str], typed: Typed) -> Sequence[str]:
        stored = _stored(read(), one.name)
        return [row for row in rows if stored.get(row)] if typed.get("days") else []

    def work(workspace: Workspace, rows: Sequence[str], typed: Typed) -> Done:
        return bulk_edit.shift_all(workspace, log_name, rows, one.name, days_of(typed), school)

    caption = f"{one.caption}: сдвинуть на несколько дней"
    return BulkChange(f"shift:{one.name}", caption, (shift_field(),), concerns, work, "Сдвинуть")


def shift_field() -> FieldInfo:
    """By how many days."""
    return replace(_DAYS, required=True)


def days_of(typed: Typed) -> int:
    """The number of days that was typed."""
    value = typed.get("days")
    return int(str(value)) if value not in (None, "") else 0


def records_bulk(
    desk: Desk, panel: TablePanel, detail: QStackedWidget, spec: RecordSpec, read: Callable[[], RecordRows | None]
) -> BulkEdit:
    """What a plain table of records gets; `read` gives the rows that it shows now."""

    def changes() -> tuple[Sequence[BulkChange], Mapping[str, Options]]:
        rows = read()
        return field_changes(spec, read, desk.school), rows.options if rows is not None else {}

    return BulkEdit(desk, panel, detail, spec.log_name, changes)


def _stored(rows: RecordRows | None, name: str) -> dict[str, WireValue]:
    """The values of a field by row."""
    return {row.id: row.values.get(name) for row in rows.rows} if rows is not None else {}


def _wire(value: object) -> object:
    return None if value == "" else value
