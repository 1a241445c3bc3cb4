"""What each column of a plan's table holds: lists to choose from over the first rows of the table itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from shnor_desktop.domain.plan_table import Column, ColumnKind, SourceTable, TableLayout
from shnor_desktop.services.plan_import import PlanFile
from shnor_desktop.services.wording import phrase
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_gaps, set_text_style
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label

_SHOWN_ROWS = 30
_FIRST_CHOICES = 60
_ROLE = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


class _SourceModel(QAbstractTableModel):
    """The first rows of a table as they stand in the file; those that are not read are pale."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table: SourceTable | None = None
        self._layout: TableLayout | None = None

    def show(self, table: SourceTable, layout: TableLayout) -> None:
        """Replace the table."""
        self.beginResetModel()
        self._table, self._layout = table, layout
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() or self._table is None else min(len(self._table.rows), _SHOWN_ROWS)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the table."""
        return 0 if parent.isValid() or self._table is None else self._table.width

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Words of a cell."""
        if self._table is None or self._layout is None:
            return None
        words = self._table.cell(index.row(), index.column())
        if role == _ROLE.DisplayRole:
            return " ".join(words[:300].split())
        if role == _ROLE.ToolTipRole:
            return words[:600] or None
        if role == _ROLE.ForegroundRole:
            is_read = index.row() >= self._layout.first and self._kind(index.column()) is not ColumnKind.IGNORED
            return look().colour("text" if is_read and self._layout.is_taken else "text_muted")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The number of a row in the file; columns have lists in place of words."""
        if self._table is None or role != _ROLE.DisplayRole:
            return None
        return str(self._table.numbers[section]) if orientation == Qt.Orientation.Vertical else ""

    def _kind(self, column: int) -> ColumnKind:
        columns = self._layout.columns if self._layout is not None else ()
        return columns[column].kind if column < len(columns) else ColumnKind.IGNORED


class _ChoiceHeader(QHeaderView):
    """A list in the heading of every column, moving with it."""

    kind_chosen = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._combos: list[QuietCombo] = []
        self.sectionResized.connect(lambda *_: self._place())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """One list a column, with what was recognised chosen."""
        if len(columns) != len(self._combos):
            for combo in self._combos:
                combo.deleteLater()
            self._combos = [self._combo(at) for at in range(len(columns))]
        for at, (combo, column) in enumerate(zip(self._combos, columns, strict=True)):
            combo.setCurrentIndex(combo.findData(column.kind.value))
            combo.setAccessibleName(f"Столбец {at + 1} «{column.heading or 'без заголовка'}»")
            combo.setToolTip(column.heading)
            combo.show()
        self._place()

    def sizeHint(self) -> QSize:
        """High enough for the lists."""
        return QSize(super().sizeHint().width(), lines(2.6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The lists stay over their columns."""
        super().resizeEvent(event)
        self._place()

    def setOffset(self, offset: int) -> None:
        """Scrolled sideways."""
        super().setOffset(offset)
        self._place()

    def updateGeometries(self) -> None:
        """After a change of sizes."""
        super().updateGeometries()
        self._place()

    def _combo(self, at: int) -> QuietCombo:
        combo = QuietCombo(self.viewport())
        combo.setMinimumContentsLength(4)
        for kind in ColumnKind:
            combo.addItem(phrase(f"plan_column.{kind}"), kind.value)
        combo.activated.connect(lambda _at, at=at, combo=combo: self.kind_chosen.emit(at, combo.currentData()))
        return combo

    def _place(self) -> None:
        gap = lines(0.2)
        for at, combo in enumerate(self._combos[: self.count()]):
            left = self.sectionViewportPosition(at)
            combo.setGeometry(left + gap, lines(0.35), max(self.sectionSize(at) - 2 * gap, 1), lines(1.9))


class ColumnsView(QWidget):
    """Tells by `layouts_changed` how a person wants the tables to be read."""

    layouts_changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: PlanFile | None = None
        self.tables = QuietCombo(self)
        self.tables.setAccessibleName("Таблица файла")
        self.tables.activated.connect(lambda _at: self._show_table())
        self.taken = QCheckBox("Читать эту таблицу", self)
        self.taken.clicked.connect(self._on_taken_clicked)
        self.first = QuietCombo(self)
        self.first.setAccessibleName("Первая строка с мероприятиями")
        self.first.activated.connect(self._on_first_chosen)
        self.said = SignText(self)
        self.view = QTableView(self)
        self.view.setAccessibleName("Начало таблицы, как она записана в файле")
        self.model = _SourceModel(self)
        self.heading = _ChoiceHeader(self.view)
        self.view.setHorizontalHeader(self.heading)
        self.view.setModel(self.model)
        self.view.setWordWrap(True)
        self.view.viewport().installEventFilter(self)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        set_text_style(self.view, TextStyle.FIGURES)
        self.heading.kind_chosen.connect(self._on_kind_chosen)
        self._lay_out()

    def show_file(self, file: PlanFile) -> None:
        """Show the tables; the one that was looked at stays."""
        is_other = self._file is None or self._file.tables is not file.tables
        self._file = file
        chosen = 0 if is_other else self.tables.currentIndex()
        if is_other:
            chosen = next((at for at, layout in enumerate(file.layouts) if layout.is_taken), 0)
        self.tables.clear()
        for table, layout in zip(file.tables, file.layouts, strict=True):
            state = "читается" if layout.is_taken else "не читается"
            self.tables.addItem(f"{table.place}: строк {len(table.rows)}, {state}")
        self.tables.setCurrentIndex(chosen)
        self.tables.setVisible(len(file.tables) > 1)
        self._show_table()

    def _lay_out(self) -> None:
        tools = QWidget(self)
        flow = FlowLayout(tools)
        set_gaps(flow, 0.6)
        flow.addWidget(self.tables)
        flow.addWidget(self.taken)
        flow.addWidget(label("План начинается со строки", TextStyle.BODY, Tone.MUTED, wraps=False))
        flow.addWidget(self.first)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (0, 0.5, 0, 0))
        column.addWidget(tools)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)

    def _show_table(self) -> None:
        if self._file is None or not self._file.tables:
            return
        at = max(0, self.tables.currentIndex())
        table, layout = self._file.tables[at], self._file.layouts[at]
        self.taken.setChecked(layout.is_taken)
        self.first.clear()
        for row in range(min(len(table.rows), _FIRST_CHOICES)):
            words = " ".join(" ".join(table.rows[row]).split())
            self.first.addItem(f"{table.numbers[row]}: {words[:40]}" if words else f"{table.numbers[row]}: пусто", row)
        self.first.setCurrentIndex(self.first.findData(layout.first))
        self._say(layout)
        self.model.show(table, layout)
        self.heading.set_columns(layout.columns)
        self.view.clearSpans()
        for span in table.spans:
            if span.bottom < self.model.rowCount() and span.right < table.width:
                self.view.setSpan(span.top, span.left, span.bottom - span.top + 1, span.right - span.left + 1)
        self._size_columns(table, layout)

    def _say(self, layout: TableLayout) -> None:
        has_title = bool({ColumnKind.TITLE, ColumnKind.LANE} & layout.kinds)
        if layout.is_taken and not has_title:
            words = "Укажите столбец с мероприятиями: без него строки не прочитать."
            self.said.set_words(words, "circle-alert", Tone.HIGH)
        elif self._file is not None and self._file.is_remembered:
            self.said.set_words("Столбцы расставлены так, как вы исправляли раньше.", "info", Tone.MUTED)
        else:
            self.said.set_words("", "", Tone.NORMAL)

    def _size_columns(self, table: SourceTable, layout: TableLayout) -> None:
        wide = {ColumnKind.TITLE: 44.0, ColumnKind.LANE: 28.0, ColumnKind.NUMBER: 12.0, ColumnKind.MARK: 14.0}
        widths = [chars(wide.get(column.kind, 22.0)) for column in layout.columns]
        spare = self.view.viewport().width() - sum(widths)
        stretching = [at for at, one in enumerate(layout.columns) if one.kind in (ColumnKind.TITLE, ColumnKind.LANE)]
        for at, width in enumerate(widths):
            share = spare // len(stretching) if at in stretching and spare > 0 else 0
            self.view.setColumnWidth(at, width + share)
        self.view.verticalHeader().setDefaultSectionSize(lines(2.6))
        self.view.verticalHeader().setMinimumWidth(chars(4))
        if 0 <= layout.header < table.width + _SHOWN_ROWS:
            self.view.scrollTo(self.model.index(min(max(layout.header, 0), self.model.rowCount() - 1), 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The widest column takes what room is left."""
        if event.type() == QEvent.Type.Resize and self._file is not None and self._file.tables:
            at = max(0, self.tables.currentIndex())
            self._size_columns(self._file.tables[at], self._file.layouts[at])
        return super().eventFilter(watched, event)

    def _change(self, change: TableLayout) -> None:
        assert self._file is not None
        at = max(0, self.tables.currentIndex())
        layouts = list(self._file.layouts)
        old = layouts[at]
        # One plan cut into several tables of one shape is mended as a whole.
        for other, layout in enumerate(layouts):
            if other != at and layout.columns == old.columns and change.columns != old.columns:
                layouts[other] = replace(layout, columns=change.columns)
        layouts[at] = change
        self.layouts_changed.emit(layouts)

    def _current(self) -> TableLayout:
        assert self._file is not None
        return self._file.layouts[max(0, self.tables.currentIndex())]

    def _on_kind_chosen(self, at: int, kind: str) -> None:
        layout = self._current()
        columns = list(layout.columns)
        chosen = ColumnKind(kind)
        if chosen in (ColumnKind.NUMBER, ColumnKind.TITLE):
            columns = [Column(ColumnKind.IGNORED, one.heading) if one.kind is chosen else one for one in columns]
        columns[at] = Column(chosen, columns[at].heading)
        self._change(replace(layout, columns=tuple(columns)))

    def _on_taken_clicked(self, is_taken: bool) -> None:
        self._change(replace(self._current(), is_taken=is_taken))

    def _on_first_chosen(self, _at: int) -> None:
        self._change(replace(self._current(), first=int(self.first.currentData())))
