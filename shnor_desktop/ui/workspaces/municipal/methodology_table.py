"""One table of the draft: its rows, the form of the chosen row, and what can be done with rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.services.pack_structure import Shape, forms_of
from shnor_desktop.services.pack_tables import Options, PackRow, PackTable
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState

ADD, COPY, UP, DOWN, REMOVE = "add", "copy", "up", "down", "remove"
_AROUND = "around"
_TOOLS = (
    (COPY, "copy", "Скопировать строку"),
    (UP, "arrow-up", "Переставить выше"),
    (DOWN, "arrow-down", "Переставить ниже"),
    (REMOVE, "trash-2", "Удалить строку; вернуть можно по Ctrl+Z"),
)
_NUMERIC = (Shape.INTEGER, Shape.NUMBER)
_WIDTHS = {Shape.INTEGER: 9, Shape.NUMBER: 9, Shape.NUMBERS: 10}


class PackTablePanel(QWidget):
    """Tells `edited(row, field, value)` and `asked(command, row)`; a part with one row is a form alone."""

    edited = Signal(str, str, object)
    asked = Signal(str, str)

    def __init__(self, table: PackTable, is_read_only: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = ""
        self.data = table
        self._why_read_only = is_read_only
        self._options: Options = {}
        self.form = RecordForm(list(table.fields.values()), parse)
        self.form.field_edited.connect(lambda name, value: self.edited.emit(self.current, name, value))
        self.title = label("", TextStyle.SECTION)
        self.problem = SignText(self)
        self.problem.hide()
        self.table: RecordTable | None = None
        self.body: MasterDetail | None = None
        self.tools: dict[str, Button] = {}
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        if table.form.is_list:
            self.body = MasterDetail(self._make_list(table), self._make_record(), 0.44)
            column.addWidget(self.body)
        else:
            column.addWidget(self._make_single())
            column.addWidget(self._make_record(), 1)

    def show_table(self, data: PackTable) -> None:
        """Show the rows as they are now; the chosen one stays chosen."""
        self.data = data
        if data.row(self.current) is None:
            self.current = data.rows[0].id if data.rows else ""
        if self.table is not None:
            self.table.set_rows([self._row(one) for one in data.rows])
            self.table.select(self.current)
        self._fill()

    def select(self, row: str, field: str = "") -> None:
        """Choose a row, with the cursor in a field of it."""
        if self.data.row(row) is None:
            return
        self.form.forget()
        self.current = row
        if self.table is not None:
            self.table.select(row)
        self._fill()
        if self.body is not None:
            self.body.show_detail()
        if field:
            self.form.focus_field(field)

    def refuse(self, row: str, field: str, message: Worded) -> None:
        """Say at a field, or over the form, why something was not done."""
        words = f"{message.what} {message.means if not field else ''} {message.do}"
        if field and row == self.current and field in self.form.editors:
            self.form.editors[field].set_error(f"{message.what} {message.do}")
        else:
            self.problem.set_words(" ".join(words.split()), "circle-alert", Tone.HIGH)
            self.problem.show()

    def _make_list(self, table: PackTable) -> QWidget:
        self.table = RecordTable(_columns(table), table.title)
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self._on_row_selected)
        self.table.delete_requested.connect(lambda row: self.asked.emit(REMOVE, row))
        panel = TablePanel(self.table)
        add = Button("Добавить", ButtonKind.PLAIN, "plus")
        add.clicked.connect(lambda: self.asked.emit(ADD, self.current))
        self.tools[ADD] = add
        panel.add_tool(add)
        add.setVisible(not self._why_read_only)
        return panel

    def _make_tools(self) -> QHBoxLayout:
        """What can be done with the chosen row, beside its name."""
        top = QHBoxLayout()
        set_gaps(top, 0.25)
        top.addWidget(self.title, 1)
        for name, icon, hint in _TOOLS if self.data.form.is_list and not self._why_read_only else ():
            tool = Button("", ButtonKind.QUIET, icon, hint)
            tool.clicked.connect(lambda _=False, name=name: self.asked.emit(name, self.current))
            self.tools[name] = tool
            top.addWidget(tool)
        return top

    def _make_single(self) -> QWidget:
        """What begins a part that the methodology lacks, and takes it out."""
        box = QWidget(self)
        row = QHBoxLayout(box)
        set_gaps(row, 0.5, (1, 0.4, 1, 0))
        begin = Button("Добавить раздел", ButtonKind.PLAIN, "plus")
        begin.clicked.connect(lambda: self.asked.emit(ADD, ""))
        remove = Button("Убрать раздел", ButtonKind.QUIET, "trash-2")
        remove.clicked.connect(lambda: self.asked.emit(REMOVE, self.current))
        self.tools = {ADD: begin, REMOVE: remove}
        for tool in self.tools.values():
            row.addWidget(tool)
        row.addStretch(1)
        return box

    def _make_record(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        set_gaps(column, 0.25, (0, 0.5, 0, 0))
        top = QVBoxLayout()
        set_gaps(top, 0.25, (1, 0, 1, 0))
        top.addLayout(self._make_tools())
        top.addWidget(self.problem)
        column.addLayout(top)
        self.area = ScrollColumn(margins=1.0)
        self.area.add(self.form)
        column.addWidget(self.area, 1)
        return box

    def _fill(self) -> None:
        row = self.data.row(self.current)
        self.form.setVisible(row is not None)
        self._show_tools(row)
        if row is None:
            self.title.setText("Строк пока нет." if self.data.form.is_list else "Этого раздела в методике нет.")
            return
        for name, options in self.data.options.items():
            if self._options.get(name) != options:
                self.form.set_options(name, options)
        self._options = self.data.options
        self.title.setText(row.title or self.data.title)
        self.form.set_record(row.values, row.faults, self._why_read_only)
        if not self.data.form.path:
            self.form.set_field_read_only("version", self._why_read_only or "Номер задаётся при публикации.")
        self.problem.set_words(row.faults.get("", ""), "circle-alert", Tone.HIGH)
        self.problem.setVisible(bool(row.faults.get("")))

    def _show_tools(self, row: PackRow | None) -> None:
        if self.data.form.is_list:
            for name, tool in self.tools.items():
                tool.setEnabled(name == ADD or row is not None)
            return
        outer = tuple(self.data.form.path)
        can_lack = len(outer) == 1 and not forms_of(_pack())[outer[0]].is_obligatory and not self._why_read_only
        self.tools[ADD].setVisible(can_lack and row is None)
        self.tools[REMOVE].setVisible(can_lack and row is not None)

    def _on_row_selected(self, row: str) -> None:
        if row and row != self.current:
            self.form.leave()
            self.form.forget()
            self.current = row
            self._fill()
            self.area.verticalScrollBar().setValue(0)

    def _row(self, row: PackRow) -> Row:
        cells = [self.data.cell(row, name) for name in self.data.columns]
        if _has_around(self.data):
            cells.insert(1, row.around)
        state = RowState.ERROR if row.faults else RowState.NONE
        return Row(row.id, tuple(cells), (), state, hint="\n".join(row.faults.values()))


def _pack() -> type:
    from shnor_desktop.domain.methodology import Pack  # the class itself describes the parts

    return Pack


def _has_around(table: PackTable) -> bool:
    return len(table.form.path) > 1


def _columns(table: PackTable) -> list[Column]:
    """What names a row stretches; numbers stand at the right."""
    forms = forms_of(table.form.cls)
    widest = next((name for name in ("title", "caption", "text", "question") if name in table.columns), "")
    columns = []
    for name in table.columns:
        form = forms[name]
        is_number = form.shape in _NUMERIC
        width = 24 if name == widest else 8 if name == "number" else _WIDTHS.get(form.shape, 13)
        columns.append(Column(name, table.fields[name].caption, width, is_number, stretches=name == widest))
    if _has_around(table):
        columns.insert(1, Column(_AROUND, "Где", 12))
    return columns
