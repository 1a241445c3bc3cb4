"""Under the printed text: the fields of the passport, the indicators typed in a table, the antirisk programmes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.programme import AntiriskProgramme, Programme, TargetIndicator
from shnor_desktop.services import programme, records
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import LinkText, label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData

_WIDE = 110
_MOST_ROWS = 12
PASSPORT_FIELDS = ("title", "starts_on", "ends_on", "basis", "developers", "expected")
_TYPED = ("base", "base_date", "target", "reached_first", "reached_second")


class PassportForm(RecordForm):
    """The fields that the passport of the programme is printed from."""

    def __init__(self, desk: Desk, fields: Mapping[str, FieldInfo], parent: QWidget | None = None) -> None:
        super().__init__([fields[name] for name in PASSPORT_FIELDS], parse, parent)
        self.desk = desk
        self._row = ""
        self.field_edited.connect(self._on_field_edited)

    def show_programme(self, data: ProgrammeData) -> None:
        """Fill the form."""
        if data.programme is None:
            return
        name, self._row = Programme.log_name, data.programme.id
        errors = data.words(name, self._row, is_error=True)
        warnings = data.words(name, self._row, is_error=False)
        values = data.rows.values.get((name, self._row), {})
        self.set_record(values, errors, self.desk.why_read_only, warnings=warnings)

    def _on_field_edited(self, name: str, value: object) -> None:
        workspace, row = self.desk.workspace, self._row

        def on_refused(message: Worded) -> None:
            self.editors[name].set_error(f"{message.what} {message.do}")

        self.desk.write(lambda: records.edit(workspace, Programme.log_name, row, name, value), refused=on_refused)


class IndicatorTable(QWidget):
    """Base, target and reached values typed in the cells; Enter on the name opens the whole form."""

    row_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table: RecordTable | None = None
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.3)
        set_chars(self, 30, _WIDE)
        words = "Исходные и целевые значения можно вписать прямо в таблицу; двойной щелчок по названию открывает всё."
        self._column.addWidget(label("Значения показателей", TextStyle.SECTION))
        self._column.addWidget(label(words, TextStyle.SMALL, Tone.MUTED))

    def show_rows(self, data: ProgrammeData) -> None:
        """Fill the table."""
        fields = data.rows.fields[TargetIndicator.log_name]
        if self.table is None:
            columns = [Column("title", "Показатель", 30, stretches=True), Column("unit", "Ед.", 6)]
            editable = not self.desk.is_read_only
            titles = {"base_date": "На дату", "base": "Исходное", "target": "Целевое"}
            titles |= {"reached_first": "I этап", "reached_second": "II этап"}
            columns += [Column(name, titles[name], 9, name != "base_date", is_editable=editable) for name in _TYPED]
            self.table = RecordTable(columns, "Целевые показатели")
            self.table.set_row_lines(2)
            self.table.cell_edited.connect(self._on_cell_edited)
            self.table.row_activated.connect(self.row_opened)
            self._column.addWidget(self.table)
        rows = []
        for row, values in data.rows.of(TargetIndicator.log_name):
            cells = [str(values.get("title") or "без названия"), str(values.get("unit") or "")]
            cells += [records.shown(fields[name], values.get(name)) for name in _TYPED]
            lacks = values.get("base") is None or values.get("target") is None
            rows.append(Row(row, tuple(cells), (), RowState.WARNING if lacks else RowState.NONE))
        self.table.set_rows(rows)
        self.table.setFixedHeight(lines(2.2) + min(max(len(rows), 1), _MOST_ROWS) * lines(2.75))

    def _on_cell_edited(self, row: str, name: str, typed: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: records.edit(workspace, TargetIndicator.log_name, row, name, typed))


class AntiriskTools(QWidget):
    """The antirisk programmes there are, and the factors that may need one."""

    row_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._shown: object = None
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.5)
        set_chars(self, 30, _WIDE)

    def show_rows(self, data: ProgrammeData) -> None:
        """A link for each programme, a button for each factor of high or medium significance without one."""
        there = [(row, str(values.get("title") or "")) for row, values in data.rows.of(AntiriskProgramme.log_name)]
        shown = (tuple(there), data.antirisk_factors)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if there:
            self._column.addWidget(self._links(there))
        if data.antirisk_factors and not self.desk.is_read_only:
            self._column.addWidget(self._offers(data.antirisk_factors))

    def _links(self, there: list[tuple[str, str]]) -> QWidget:
        sheet = Sheet()
        sheet.column.addWidget(label("Изменить антирисковую программу", TextStyle.STRONG))
        for row, title in there:
            link = LinkText(sheet)
            link.setWordWrap(True)
            link.set_parts([(title or "без названия", row)])
            link.link_chosen.connect(self.row_opened)
            sheet.column.addWidget(link)
        return sheet

    def _offers(self, factors: tuple[tuple[str, str], ...]) -> QWidget:
        sheet = Sheet()
        sheet.column.addWidget(label("Где она может понадобиться", TextStyle.STRONG))
        words = "Антирисковая программа нужна не всегда: её составляют, если так решили школа и координатор."
        sheet.column.addWidget(label(words, TextStyle.SMALL, Tone.MUTED))
        for code, title in factors:
            button = Button(f"Начать: {title}", ButtonKind.LINK, "plus")
            button.clicked.connect(lambda _=False, code=code: self._begin(code))
            sheet.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return sheet

    def _begin(self, factor: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme.begin_antirisk(workspace, factor))
