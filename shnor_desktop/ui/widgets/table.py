"""A table of records that works by keyboard: choose, open, copy, paste a block, type in a cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_chars, set_gaps, set_text_style
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.line import TypedLine
from shnor_desktop.ui.widgets.table_model import Column, Index, Row, RowsModel, RowState
from shnor_desktop.ui.widgets.words import cut_to_lines

__all__ = ["Column", "RecordTable", "Row", "RowState", "TablePanel"]


_BOX = 1.25
_LEAST = 0.55  # a stretching column gives up to this part of its width before the table scrolls


class _CellDelegate(QStyledItemDelegate):
    """Cells with air at their sides and a quiet line below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowsModel)
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_soft"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(lines(0.4), 1, -lines(0.4), -1)
        row = model.shown[index.row()]
        if index.column() == 0 and model.has_boxes:
            if not row.is_heading:
                _paint_box(painter, box_of(rect), bool(option.state & QStyle.StateFlag.State_Selected))
            inner.setLeft(inner.left() + lines(_BOX))
        if index.column() == 0 and row.state:
            side = lines(0.95)
            icon = look().icon(row.state.value, row.state.tone.value)
            icon.paint(painter, QRect(inner.left(), inner.center().y() - side // 2, side, side))
            inner.setLeft(inner.left() + side + lines(0.35))
        column = model.columns[index.column()]
        font = option.font
        if row.is_strong:
            font.setWeight(font.Weight.Medium)
        painter.setFont(font)
        painter.setPen(look().colour(row.tones[column.key].value if column.key in row.tones else "text"))
        self._draw_words(painter, inner, row.cells[index.column()], column, option)
        if option.state & QStyle.StateFlag.State_HasFocus and column.is_editable:
            painter.setPen(look().colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _draw_words(
        self, painter: QPainter, inner: QRect, text: str, column: Column, option: QStyleOptionViewItem
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        rows = max(1, inner.height() // metrics.lineSpacing())
        if rows == 1 or metrics.horizontalAdvance(text) <= inner.width():
            shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
            return
        shown = cut_to_lines(metrics, text, inner.width(), rows)
        flags = int(side | Qt.AlignmentFlag.AlignVCenter)
        if shown == text:  # lines that were cut are broken already; another break would push one out of the cell
            flags |= int(Qt.TextFlag.TextWordWrap if " " in text else Qt.TextFlag.TextWrapAnywhere)
        painter.drawText(inner, flags, shown)


def box_of(rect: QRect) -> QRect:
    """Where the check box of a row stands in its first cell."""
    side = lines(0.8)
    return QRect(rect.left() + lines(0.4), rect.center().y() - side // 2, side, side)


def _paint_box(painter: QPainter, box: QRect, is_checked: bool) -> None:
    painter.setPen(look().colour("accent" if is_checked else "border_strong"))
    painter.setBrush(look().colour("accent") if is_checked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, lines(0.12), lines(0.12))
    if is_checked:
        look().icon("check", "surface").paint(painter, box.adjusted(1, 1, -1, -1))
    painter.setBrush(Qt.BrushStyle.NoBrush)


class RecordTable(QTableView):
    """Rows of display strings; tells which row is chosen or opened, what was typed or pasted."""

    row_selected = Signal(str)
    row_activated = Signal(str)
    cell_edited = Signal(str, str, str)
    block_pasted = Signal(str, str, list)
    delete_requested = Signal(str)
    rows_chosen = Signal(list)

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self._row_lines = 1
        self._is_filling = False
        self._is_box_pressed = False
        self.rows_model = RowsModel(columns, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        set_text_style(self, TextStyle.FIGURES)
        self._fit()
        self.rows_model.cell_edited.connect(self.cell_edited)
        self.doubleClicked.connect(self._on_row_opened)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows, keeping the chosen row with its column, the other chosen rows and the scroll bar."""
        chosen, several = self.current_id(), self.chosen_ids()
        column = max(0, self.currentIndex().column())
        place = self.verticalScrollBar().value()
        self._is_filling = True
        self.rows_model.set_rows(rows)
        if chosen:
            self._choose(chosen, column)
        if len(several) > 1:
            self.choose_rows(several)
        self._is_filling = False
        self.verticalScrollBar().setValue(place)
        if len(several) > 1:
            self.rows_chosen.emit(self.chosen_ids())

    def show_boxes(self) -> None:
        """A check box before each row: what is checked is chosen, so that several are chosen without keys."""
        self.rows_model.has_boxes = True

    def chosen_ids(self) -> list[str]:
        """The ids of all chosen rows without the headings, from above."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        shown = self.rows_model.shown
        return [shown[row].id for row in rows if row < len(shown) and not shown[row].is_heading]

    def choose_rows(self, row_ids: Sequence[str]) -> None:
        """Choose several rows; the cursor stays where it is."""
        wanted = set(row_ids)
        chosen = QItemSelection()
        for at, row in enumerate(self.rows_model.shown):
            if row.id in wanted:
                chosen.select(self.rows_model.index(at, 0), self.rows_model.index(at, len(self._columns) - 1))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    def choose_current_only(self) -> None:
        """Leave the row with the cursor chosen, and no other."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(self.currentIndex(), flags)

    def set_filter(self, text: str) -> None:
        """Show only the rows with these words."""
        chosen = self.current_id()
        self.rows_model.set_filter(text)
        self._choose(chosen, 0)

    def set_row_lines(self, count: int) -> None:
        """Height of the rows in lines of text; longer words are cut with a tooltip."""
        self._row_lines = count
        self._fit()

    def header_height(self) -> int:
        """How high the titles of the columns are."""
        header = self.horizontalHeader()
        return max(header.sizeHint().height(), header.minimumHeight())

    def current_id(self) -> str:
        """The id of the row with the cursor; empty if there is none."""
        row = self.currentIndex().row()
        return self.rows_model.shown[row].id if 0 <= row < len(self.rows_model.shown) else ""

    def selected_ids(self) -> list[str]:
        """The ids of all chosen rows, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows_model.shown[row].id for row in rows]

    def select(self, row_id: str) -> None:
        """Choose a row and bring it into sight; tells by `row_selected`."""
        if self._choose(row_id, 0):
            self.row_selected.emit(row_id)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell of another row."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_selected.emit(self.rows_model.shown[current.row()].id)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell of all that are chosen now."""
        super().selectionChanged(selected, deselected)
        if not self._is_filling:
            self.rows_chosen.emit(self.chosen_ids())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a check box chooses its row beside the others, or leaves it out."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if not self.rows_model.has_boxes or index.column() != 0 or self.rows_model.shown[index.row()].is_heading:
            super().mousePressEvent(event)
            return
        if event.button() != Qt.MouseButton.LeftButton or place.x() > box_of(self.visualRect(index)).right() + lines(
            0.3
        ):
            super().mousePressEvent(event)
            return
        flags = QItemSelectionModel.SelectionFlag
        self._is_box_pressed = True
        self.selectionModel().setCurrentIndex(index, flags.Toggle | flags.Rows)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a press on a check box is no click on the row."""
        if not self._is_box_pressed:
            super().mouseReleaseEvent(event)
        self._is_box_pressed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, open, delete; Space with Ctrl chooses a row beside the others."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and self.current_id():
            self.delete_requested.emit(self.current_id())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self._on_row_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as Excel takes them."""
        chosen = [self.rows_model.shown[index.row()] for index in self.selectionModel().selectedRows()]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row.full or row.cells) for row in chosen))

    def paste(self) -> None:
        """Tell the block on the clipboard with the row and column where it would begin."""
        block = parse_block(QGuiApplication.clipboard().text())
        if block:
            column = self._columns[max(0, self.currentIndex().column())].key
            self.block_pasted.emit(self.current_id(), column, block)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the stretching column."""
        super().resizeEvent(event)
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _choose(self, row_id: str, column: int) -> bool:
        at = self.rows_model.index_of(row_id)
        if at < 0:
            return False
        was = self.blockSignals(True)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = self.rows_model.index(at, column)
        self.selectionModel().setCurrentIndex(index, flags)
        self.blockSignals(was)
        self.scrollTo(index)
        return True

    def _fit(self) -> None:
        header = self.verticalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)  # a greater least size would keep rows from following the default
        header.setDefaultSectionSize(lines(self._row_lines + 0.75))
        self.horizontalHeader().setMinimumHeight(lines(1.7))
        self.horizontalHeader().setMinimumSectionSize(chars(4))
        self._fit_columns()

    def _fit_columns(self) -> None:
        widths = [chars(column.width) + lines(0.8) for column in self._columns]
        spare = self.viewport().width() - sum(widths)
        stretching = [at for at, column in enumerate(self._columns) if column.stretches]
        if stretching:
            for at in stretching:
                column = self._columns[at]
                least = chars(column.least) + lines(0.8) if column.least else round(widths[at] * _LEAST)
                widths[at] = max(least, widths[at] + spare // len(stretching))
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)

    def _on_row_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_activated.emit(self.rows_model.shown[index.row()].id)


def parse_block(text: str) -> list[list[str]]:
    """The cells of a block copied from Excel: rows by line ends, cells by tabs, quotes around line breaks."""
    import csv
    import io

    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return [[cell.strip() for cell in row] for row in rows]


class TablePanel(QWidget):
    """A table under a line to filter it by words, with the count of what is shown.

    `whole_rows` leaves no row cut in half at the foot of a long list."""

    def __init__(
        self,
        table: RecordTable,
        hint: str = "Найти в списке",
        parent: QWidget | None = None,
        *,
        whole_rows: bool = False,
    ) -> None:
        super().__init__(parent)
        self._has_whole_rows = whole_rows
        self.table = table
        self.field = TypedLine(self)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setClearButtonEnabled(True)
        self.field.addAction(look().icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        set_chars(self.field, max(20, min(len(hint) + 5, 30)), 44)
        self.count = label("", TextStyle.SMALL, Tone.MUTED, wraps=False)
        self.tools = QHBoxLayout()
        set_gaps(self.tools, 0.5, (1, 0.5, 1, 0.5))
        self.tools.addWidget(self.field)
        self.tools.addWidget(self.count)
        self.tools.addStretch(1)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(self.tools)
        column.addWidget(table, 1)
        self.field.textChanged.connect(table.set_filter)
        table.rows_model.modelReset.connect(self._on_rows_changed)
        table.horizontalScrollBar().rangeChanged.connect(self._fit_rows)
        self._on_rows_changed()

    def set_bar(self, bar: QWidget) -> None:
        """A bar between the tools and the table: what can be done with the chosen rows."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, bar)

    def add_tool(self, widget: QWidget) -> None:
        """A button or a list at the right of the filter line."""
        self.tools.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height has room for another number of rows."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        if not self._has_whole_rows:
            return
        row = self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        room = self.height() - self.tools.sizeHint().height() - self.table.header_height() - below
        is_long = room >= row and self.table.rows_model.rowCount() * row > room
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, room % row if is_long else 0)

    def _on_rows_changed(self) -> None:
        self._fit_rows()
        shown, total = self.table.rows_model.rowCount(), self.table.rows_model.total()
        self.count.setText(f"{shown} из {total}" if shown != total else f"всего {total}")
