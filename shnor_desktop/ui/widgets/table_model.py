"""Rows of a table as display strings with sort keys; sorting and filtering happen here, never in a proxy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from shnor_desktop.ui.theme import Tone, look

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class RowState(StrEnum):
    """The sign before a row; the value is its icon and says its words."""

    NONE = ""
    DONE = "circle-check"
    WARNING = "triangle-alert"
    ERROR = "circle-alert"
    WAITING = "clock"
    LOCKED = "lock"

    @property
    def tone(self) -> Tone:
        """The colour of the sign."""
        tones = {RowState.DONE: Tone.LOW, RowState.WARNING: Tone.MEDIUM, RowState.ERROR: Tone.HIGH}
        return tones.get(self, Tone.MUTED)

    @property
    def word(self) -> str:
        """The state in words, for a screen reader and the tooltip."""
        words = {"": "", "circle-check": "готово", "triangle-alert": "предупреждение", "circle-alert": "ошибка"}
        return {**words, "clock": "ждёт", "lock": "только чтение"}[self.value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width counts digits; one column may stretch; numbers stand at the right.

    `least` is the width below which a stretching column is not pressed: the table scrolls sooner."""

    key: str
    title: str
    width: float = 14
    is_number: bool = False
    stretches: bool = False
    is_editable: bool = False
    hint: str = ""
    least: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: one display string a column; `sort_keys` where order is not that of the words; tones by column key."""

    id: str
    cells: tuple[str, ...]
    sort_keys: tuple[Any, ...] = ()
    state: RowState = RowState.NONE
    tones: Mapping[str, Tone] = field(default_factory=dict)
    hint: str = ""
    is_strong: bool = False
    is_heading: bool = False
    """Stands over the rows up to the next heading: they are sorted below it, and it goes when they are all hidden."""
    full: tuple[str, ...] = ()
    """The cells in full where those that are shown are shortened: they are copied, found and said in the tooltip."""

    def said(self, column: int) -> str:
        """A cell in full."""
        return self.full[column] if self.full else self.cells[column]


class RowsModel(QAbstractTableModel):
    """The rows that the filter lets through, in the order asked for."""

    cell_edited = Signal(str, str, str)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self.has_boxes = False
        self._all: list[Row] = []
        self.shown: list[Row] = []
        self._words: list[str] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self._all = list(rows)
        self._rebuild()

    def set_filter(self, text: str) -> None:
        """Keep the rows that hold every typed word in any cell."""
        self._words = text.casefold().split()
        self._rebuild()

    def total(self) -> int:
        """How many rows there are without the filter."""
        return len(self._all)

    def index_of(self, row_id: str) -> int:
        """The place of a row among those shown; -1 if it is not."""
        return next((at for at, row in enumerate(self.shown) if row.id == row_id), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order that was given."""
        self._order = (column, order) if column >= 0 else None
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self.shown[index.row()].id for index in old]
        self._arrange()
        places = {row.id: at for at, row in enumerate(self.shown)}
        moved = [self.index(places[row_id], index.column()) for row_id, index in zip(ids, old, strict=True)]
        self.changePersistentIndexList(old, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Words, colour, sign and alignment of a cell."""
        row = self.shown[index.row()]
        column = self.columns[index.column()]
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            return row.cells[index.column()]
        if role == _ROLE.TextAlignmentRole:
            side = _right if column.is_number else _left
            return side
        if role == _ROLE.ForegroundRole and column.key in row.tones:
            return look().colour(row.tones[column.key].value)
        if role == _ROLE.DecorationRole and index.column() == 0 and row.state:
            return look().icon(row.state.value, row.state.tone.value)
        if role == _ROLE.ToolTipRole:
            said = row.said(index.column())
            is_cut = said != row.cells[index.column()] or len(said) > column.width - 3
            return row.hint or (said if is_cut else None)
        if role == _ROLE.AccessibleTextRole:
            said = row.said(index.column())
            return f"{row.state.word}: {said}" if index.column() == 0 and row.state else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation == Qt.Orientation.Vertical:
            return None
        column = self.columns[section]
        if role == _ROLE.DisplayRole:
            return column.title
        if role == _ROLE.ToolTipRole:
            return column.hint or None
        if role == _ROLE.TextAlignmentRole:
            return _right if column.is_number else _left
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of editable columns can be typed in."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].is_editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        """Tell what was typed; the row changes when its owner sets the rows again."""
        row = self.shown[index.row()]
        if role != _ROLE.EditRole or str(value) == row.cells[index.column()]:
            return False
        self.cell_edited.emit(row.id, self.columns[index.column()].key, str(value))
        return True

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self.shown = []
        column, order = self._order or (-1, Qt.SortOrder.AscendingOrder)
        for heading, group in _groups(self._all):
            found = [row for row in group if self._is_wanted(row)]
            if column >= 0:
                found.sort(key=lambda row: _sort_key(row, column), reverse=order == Qt.SortOrder.DescendingOrder)
            if heading is not None and (found or not self._words):
                self.shown.append(heading)
            self.shown += found

    def _is_wanted(self, row: Row) -> bool:
        if not self._words:
            return True
        text = " ".join((*row.cells, *row.full)).casefold()
        return all(word in text for word in self._words)


_right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _groups(rows: Sequence[Row]) -> list[tuple[Row | None, list[Row]]]:
    """The headings with the rows below them; rows before the first heading have none."""
    found: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for row in rows:
        if row.is_heading:
            found.append((row, []))
        else:
            found[-1][1].append(row)
    return found


def _sort_key(row: Row, column: int) -> tuple[bool, Any]:
    key = row.sort_keys[column] if column < len(row.sort_keys) else None
    if key is None:
        key = row.cells[column].casefold()
        return (row.sort_keys != () and column < len(row.sort_keys), key)
    return (False, key)
