"""A table of records with the form of the chosen one beside it: any entity, by its metadata."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.records import Done
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.forms.field import FieldNotes
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.pages.bulk_edit import records_bulk
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.erasing import add_erase_button
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.pages.record_paste import RecordPaste
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, columns_of
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState, ScrollColumn
from shnor_desktop.ui.widgets.table import RecordTable, TablePanel, parse_block


class RecordPanel(QWidget):
    """Rows at the left, the form at the right; every field is saved when it is left."""

    row_chosen = Signal(str)
    help_requested = Signal()

    def __init__(
        self, desk: Desk, spec: RecordSpec, share: float = 0.5, parent: QWidget | None = None, *, has_add: bool = False
    ) -> None:
        """`has_add` puts the button for a new row over the list: for a page whose head does not have it."""
        super().__init__(parent)
        self._has_add = has_add and not desk.is_read_only
        self.desk = desk
        self.spec = spec
        self.table: RecordTable | None = None
        self.form: RecordForm | None = None
        self.draft: RecordDraft | None = None
        self.files: AttachmentStrip | None = None
        self.rows: RecordRows | None = None
        self.current = ""
        self.marks_missing = False
        self._share = share
        self._next_field = ""
        self._options: Mapping[str, Options] = {}
        self._stack = QStackedWidget(self)
        self._detail = QStackedWidget(self)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._stack)

    def show_rows(self, rows: RecordRows) -> None:
        """Show what was read; the chosen row stays chosen."""
        if self.table is None:
            self._build(rows)
        assert self.table is not None
        self.rows = rows
        self.table.set_rows(rows.table_rows())
        if rows.row(self.current) is None and not self._next_field:
            self.current = rows.rows[0].id if rows.rows else ""
            self.table.select(self.current)
        self._fill_form()
        self._stack.setCurrentWidget(self._body if rows.rows or self.is_drafting() else self._empty)
        if self._next_field and self.current:
            self._focus_after_begin()

    def begin_draft(self) -> None:
        """Ask for what a new row is named by; the row is there after «Добавить»."""
        if self.rows is None or self.desk.is_read_only:
            return
        if self.draft is None:
            self._make_draft(self.rows)
        assert self.draft is not None
        self.draft.begin(self.rows.options)
        self._detail.setCurrentWidget(self.draft)
        self._stack.setCurrentWidget(self._body)
        self._body.show_detail()

    def select(self, row_id: str, field: str = "") -> None:
        """Choose a row, with the cursor in a field of it."""
        if self.table is None or self.rows is None or self.rows.row(row_id) is None:
            return
        self.table.select(row_id)
        self._body.show_detail()
        if field and self.form is not None:
            self.form.focus_field(field)

    def mark_missing(self) -> None:
        """Say from now on under each required field that it is empty."""
        self.marks_missing = True
        if self.rows is not None:
            self._fill_form()

    def show_first(self, part: str) -> bool:
        """Go to the first field that is «missing», or has «errors» or «warnings»; False if there is none."""
        self.mark_missing()
        found = self.rows.problems.first(part) if self.rows is not None else None
        if found is not None:
            self.select(*found)
        return found is not None

    def remove_current(self) -> None:
        """Delete the chosen row; Ctrl+Z brings it back."""
        row, self.current = self.current, ""
        if row and not self.desk.is_read_only:
            self.desk.write(lambda: records.remove(self.desk.workspace, self.spec.log_name, row, self.desk.school))

    def _build(self, rows: RecordRows) -> None:
        spec = self.spec
        info = info_of(spec.cls)
        self.table = RecordTable(columns_of(spec, rows.fields), info.plural)
        self.table.set_row_lines(spec.row_lines)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.delete_requested.connect(lambda _row: self.remove_current())
        self.paste = RecordPaste(self.desk, spec, self)
        self.table.block_pasted.connect(lambda _row, column, block: self.paste.take(column, block))
        self.panel = TablePanel(self.table)
        if self._has_add:
            self.add = Button(spec.add, ButtonKind.PLAIN, "plus")
            self.add.clicked.connect(self.begin_draft)
            self.panel.add_tool(self.add)
        self.form = RecordForm(spec.form_fields(rows.fields), parse)
        self.form.field_edited.connect(self._on_field_edited)
        self._detail.addWidget(self._make_hint())
        self._detail.addWidget(self._make_record())
        self.bulk = records_bulk(self.desk, self.panel, self._detail, spec, lambda: self.rows)
        self._body = MasterDetail(self.panel, self._detail, self._share)
        button = "" if self.desk.is_read_only else spec.add
        self._empty = EmptyState(spec.empty_title, spec.empty_text, button)
        self._empty.begin_requested.connect(self.begin_draft)
        self._empty.help_requested.connect(self.help_requested)
        paste = QKeySequence(QKeySequence.StandardKey.Paste)
        QShortcut(paste, self._empty, self._on_empty_pasted)  # lives while it is shown
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body)

    def _on_empty_pasted(self) -> None:
        block = parse_block(QGuiApplication.clipboard().text())
        if block:
            self.paste.take("", block)

    def _make_draft(self, rows: RecordRows) -> None:
        fields = [rows.fields[name] for name in self.spec.asked_first]
        self.draft = RecordDraft(f"Новая запись: {info_of(self.spec.cls).caption.lower()}", fields, self.spec.add)
        self.draft.submitted.connect(self._on_draft_submitted)
        self.draft.left.connect(self._on_draft_left)
        self._detail.addWidget(self.draft)

    def _make_hint(self) -> QWidget:
        hint = QWidget(self)
        column = QVBoxLayout(hint)
        set_gaps(column, 0.5, (1, 1, 1, 1))
        column.addWidget(label("Выберите строку слева: здесь откроется запись.", TextStyle.BODY, Tone.MUTED))
        column.addStretch(1)
        return hint

    def _make_record(self) -> QWidget:
        self._record = QWidget(self)
        self.title = label("", TextStyle.SECTION)
        self.remove = Button("Удалить", ButtonKind.QUIET, "trash-2", "Удалить запись; вернуть можно по Ctrl+Z")
        self.remove.clicked.connect(self.remove_current)
        top = QHBoxLayout()
        set_gaps(top, 0.5, (1, 0.5, 0.5, 0.25))
        top.addWidget(self.title, 1)
        self.erase = add_erase_button(top, self.desk, self.spec.log_name, lambda: self.current)
        top.addWidget(self.remove)
        self.area = ScrollColumn(margins=1.0)
        assert self.form is not None
        self.area.add(self.form)
        if self.spec.takes_files:
            self.files = AttachmentStrip(self.desk, self._record)
            self.area.add(self.files)
        column = QVBoxLayout(self._record)
        set_gaps(column, 0)
        column.addLayout(top)
        self.remove.setHidden(self.desk.is_read_only)  # not before it has a parent: it would be a window
        column.addWidget(self._around_form(self.area), 1)
        return self._record

    def _around_form(self, area: QWidget) -> QWidget:
        """What stands under the title of the record; a panel with more than the form puts the form into it."""
        return area

    def _fill_form(self) -> None:
        assert self.form is not None
        assert self.rows is not None
        if self.is_drafting():
            return
        row = self.rows.row(self.current)
        if row is None:
            self._detail.setCurrentIndex(0)
            return
        for name, options in self.rows.options.items():
            if name in self.form.editors and self._options.get(name) != options:
                self.form.set_options(name, options)
        self._options = self.rows.options
        problems = self.rows.problems
        self.form.set_record(
            row.values,
            problems.shown_errors(row.id, self.marks_missing),
            self.desk.why_read_only,
            warnings=problems.warnings.get(row.id, {}),
            notes={name: FieldNotes(origin=words) for name, words in self.rows.origins.get(row.id, {}).items()},
        )
        self.title.setText(self._title_of(row.id))
        if self.files is not None:
            self.files.set_owner(Owner(self.spec.log_name, row.id))
        self._detail.setCurrentWidget(self._record)

    def _title_of(self, row_id: str) -> str:
        row = self.rows.row(row_id) if self.rows else None
        info = info_of(self.spec.cls)
        value = row.values.get(info.title_field) if row and info.title_field else None
        title = records.shown(self.rows.fields[info.title_field], value) if self.rows and value is not None else ""
        return title if title and not title.isdigit() else info.caption

    def is_drafting(self) -> bool:
        """Whether a new row is being asked for."""
        return self.draft is not None and self._detail.currentWidget() is self.draft

    def _on_row_selected(self, row_id: str) -> None:
        if row_id == self.current and not self.is_drafting():
            return
        self.desk.leave_form(self.form)
        self.current = row_id
        self._detail.setCurrentWidget(self._record)
        if self.form is not None:
            self.form.forget()
        self._fill_form()
        self.area.verticalScrollBar().setValue(0)
        self.row_chosen.emit(row_id)

    def _on_field_edited(self, name: str, value: object) -> None:
        row, log_name = self.current, self.spec.log_name
        desk = self.desk

        def on_refused(message: Worded) -> None:
            if self.form is not None and self.current == row:
                self.form.editors[name].set_error(f"{message.what} {message.do}")

        desk.write(lambda: records.edit(desk.workspace, log_name, row, name, value, desk.school), refused=on_refused)

    def _on_draft_submitted(self, values: dict[str, object]) -> None:
        desk, spec = self.desk, self.spec
        whole = {**spec.fixed, **spec.begun_with, **values}

        def on_begun(done: Done) -> None:
            assert self.draft is not None
            self.draft.end()
            self._detail.setCurrentWidget(self._record)
            self.current = done.row
            if self.form is not None:
                self.form.forget()
            names = [one for one in self.form.editors if one not in whole] if self.form else []
            self._next_field = names[0] if names else ""

        assert self.draft is not None
        desk.write(lambda: spec.begin(desk.workspace, whole, desk.school), on_begun, self.draft.refuse)

    def _on_draft_left(self) -> None:
        self._detail.setCurrentIndex(0)
        self._fill_form()
        if self.rows is not None and not self.rows.rows:
            self._stack.setCurrentWidget(self._empty)

    def _focus_after_begin(self) -> None:
        name, self._next_field = self._next_field, ""
        assert self.table is not None
        assert self.form is not None
        self.table.select(self.current)
        self.form.focus_field(name)
