"""What an import would change: ticks at the left, the chosen row with its fields, old and new, at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shnor_desktop.services.table_import import ImportPlan, PlannedCell, PlannedRow
from shnor_desktop.ui.pages.plan_measures import TickTable
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, Row, TablePanel

_COLUMNS = (
    Column("take", "", 3, hint="Загрузить"),
    Column("title", "Что загрузится", 34, stretches=True),
    Column("words", "Что изменится", 30),
    Column("said", "Проверьте", 22),
)


class TableChanges(QWidget):
    """`chosen_changed` tells that another set of rows and fields is ticked; `chosen` is that set."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Mapping[str, PlannedRow] = {}
        self._chosen: dict[str, set[str]] = {}
        self.table = TickTable("Что загрузится", None, _COLUMNS)
        self.table.set_row_lines(2)
        self.table.ticked.connect(self._on_ticked)
        self.table.row_selected.connect(lambda _row: self._show_card())
        self.panel = TablePanel(self.table, "Найти")
        self.all_button = Button("Отметить всё", icon="check")
        self.all_button.set_hint("Кроме того, что ждёт вашего подтверждения")
        self.all_button.clicked.connect(self._on_all_clicked)
        self.panel.add_tool(self.all_button)
        self.card = ChangesCard()
        self.card.field_clicked.connect(self._on_field_clicked)
        self.card.row_clicked.connect(self._on_ticked)
        self.split = MasterDetail(self.panel, self.card, 0.62)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.split)

    @property
    def chosen(self) -> dict[str, set[str]]:
        """The ticked rows with their ticked fields."""
        return {key: set(fields) for key, fields in self._chosen.items()}

    def show_plan(self, plan: ImportPlan, chosen: Mapping[str, set[str]]) -> None:
        """Replace the rows and the ticks."""
        self._rows = {row.key: row for row in plan.rows}
        self._chosen = {key: set(fields) for key, fields in chosen.items()}
        self.table.chosen = set(self._chosen)
        self.table.set_rows([_row(row) for row in plan.rows])
        if plan.rows and self.table.current_id() not in self._rows:
            self.table.select(plan.rows[0].key)
        self._show_card()

    def _show_card(self) -> None:
        row = self._rows.get(self.table.current_id())
        if row is None:
            self.card.clear()
        else:
            self.card.show_row(row, self._chosen.get(row.key))

    def _on_ticked(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None or not row.changes:
            return
        if key in self._chosen:
            del self._chosen[key]
        else:
            offered = {cell.field for cell in row.cells if cell.is_offered}
            self._chosen[key] = offered or {cell.field for cell in row.cells}
        self._tell()

    def _on_field_clicked(self, key: str, field: str, is_on: bool) -> None:
        fields = self._chosen.setdefault(key, set())
        fields.add(field) if is_on else fields.discard(field)
        row = self._rows[key]
        if not fields and not row.is_new and not row.extra:
            del self._chosen[key]
        self._tell()

    def _on_all_clicked(self) -> None:
        for row in self._rows.values():
            if row.changes and not row.stops:
                self._chosen[row.key] = {cell.field for cell in row.cells}
        self._tell()

    def _tell(self) -> None:
        self.table.chosen = set(self._chosen)
        self.table.viewport().update()
        self._show_card()
        self.chosen_changed.emit()


class ChangesCard(ScrollColumn):
    """One row: what is doubted, then a tick for each of its fields."""

    field_clicked = Signal(str, str, bool)
    row_clicked = Signal(str)

    def show_row(self, row: PlannedRow, fields: set[str] | None) -> None:
        """Replace what is shown; `fields` are the ticked ones, None while the row itself is not ticked."""
        self.clear()
        self.add(label(row.title[:300], TextStyle.STRONG))
        self.add(label(row.place, TextStyle.SMALL, Tone.MUTED))
        if row.changes:
            words = "Всё верно, загрузить" if row.stops else "Загрузить"
            take = QCheckBox(words, self)
            take.setChecked(fields is not None)
            take.clicked.connect(lambda: self.row_clicked.emit(row.key))
            self.add(take)
        if row.stops:
            self._add_sign(row.stops, "circle-alert", Tone.HIGH)
        for note in row.notes:
            self._add_sign(note, "triangle-alert", Tone.MEDIUM)
        if not row.changes:
            self._add_sign("Это уже есть, ничего не изменится.", "info", Tone.MUTED)
        keys = [cell for cell in row.cells if cell.is_key and cell.new.casefold() not in row.title.casefold()]
        if keys:
            words = "; ".join(f"{cell.caption}: {cell.new[:120]}" for cell in keys)
            self.add(label(words, TextStyle.BODY, Tone.MUTED))
        for cell in row.cells:
            if not cell.is_key:
                self.add(self._field(row, cell, fields))
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return QSize(chars(36), lines(16))

    def _add_sign(self, words: str, icon: str, tone: Tone) -> None:
        sign = SignText()
        sign.set_words(words, icon, tone)
        self.add(sign)

    def _field(self, row: PlannedRow, cell: PlannedCell, fields: set[str] | None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        set_gaps(column, 0.1)
        tick = QCheckBox(cell.caption, box)
        tick.setObjectName(f"field-{cell.field}")
        tick.setChecked(fields is not None and cell.field in fields)
        tick.clicked.connect(lambda on: self.field_clicked.emit(row.key, cell.field, on))
        column.addWidget(tick)
        shown = f"{cell.old[:200]} → {cell.new[:200]}" if cell.replaces else cell.new[:300]
        column.addWidget(label(shown))
        if cell.note:
            column.addWidget(label(cell.note, TextStyle.SMALL, Tone.MUTED))
        return box


def _row(row: PlannedRow) -> Row:
    replaced = [cell for cell in row.cells if cell.replaces]
    words = row.words
    if replaced:
        words += ": " + "; ".join(f"{cell.caption.lower()} {cell.old} → {cell.new}" for cell in replaced[:3])
    elif row.changes and not row.is_new:
        words += ": " + ", ".join(cell.caption.lower() for cell in row.cells[:4])
    notes = [*([row.stops] if row.stops else []), *row.notes, *[cell.note for cell in row.cells if cell.note]]
    tone = Tone.HIGH if row.stops else Tone.MEDIUM
    said = notes[0] if notes else ""
    said += f" И ещё: {len(notes) - 1}." if len(notes) > 1 else ""
    return Row(
        row.key, ("", row.title[:300], words, said), tones={"said": tone}, hint=f"{row.title[:200]}\n{row.place}"
    )
