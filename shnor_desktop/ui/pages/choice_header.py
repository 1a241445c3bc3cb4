"""The first rows of a foreign table as they stand in the file, with a list to choose from over every column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.theme import lines, look

SHOWN_ROWS = 30
SHOWN_COLUMNS = 60
_ROLE = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
Options = Sequence[tuple[str, str]]


class SourceModel(QAbstractTableModel):
    """The first rows of a table; what is not read is pale."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table: SourceTable | None = None
        self._first = 0
        self._read: frozenset[int] = frozenset()

    def show(self, table: SourceTable, first: int, read: frozenset[int]) -> None:
        """Replace the table; `first` is its first row of data, `read` the columns that are read."""
        self.beginResetModel()
        self._table, self._first, self._read = table, first, read
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows shown."""
        return 0 if parent.isValid() or self._table is None else min(len(self._table.rows), SHOWN_ROWS)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns shown."""
        return 0 if parent.isValid() or self._table is None else min(self._table.width, SHOWN_COLUMNS)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Words of a cell."""
        if self._table is None:
            return None
        words = self._table.cell(index.row(), index.column())
        if role == _ROLE.DisplayRole:
            return " ".join(words[:300].split())
        if role == _ROLE.ToolTipRole:
            return words[:600] or None
        if role == _ROLE.ForegroundRole:
            is_read = index.row() >= self._first and index.column() in self._read
            return look().colour("text" if is_read else "text_muted")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """The number of a row in the file; columns have lists in place of words."""
        if self._table is None or role != _ROLE.DisplayRole:
            return None
        return str(self._table.numbers[section]) if orientation == Qt.Orientation.Vertical else ""


class ChoiceHeader(QHeaderView):
    """A list in the heading of every column, moving with it."""

    choice_made = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._combos: list[QuietCombo] = []
        self._options: Options = ()
        self.sectionResized.connect(lambda *_: self._place())

    def set_columns(self, chosen: Sequence[str], headings: Sequence[str], options: Options) -> None:
        """One list a column with what was recognised chosen."""
        if len(chosen) != len(self._combos) or tuple(options) != tuple(self._options):
            for combo in self._combos:
                combo.hide()
                combo.deleteLater()
            self._options = options
            self._combos = [self._combo(at) for at in range(len(chosen))]
        for at, (combo, code, heading) in enumerate(zip(self._combos, chosen, headings, strict=True)):
            combo.setCurrentIndex(combo.findData(code))
            combo.setAccessibleName(f"Столбец {at + 1} «{heading[:80] or 'без заголовка'}»")
            combo.setToolTip(heading[:300])
            combo.show()
        self._place()

    @property
    def combos(self) -> tuple[QuietCombo, ...]:
        """The lists, from the left."""
        return tuple(self._combos)

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
        for code, words in self._options:
            combo.addItem(words, code)
        combo.activated.connect(lambda _at, at=at, combo=combo: self.choice_made.emit(at, combo.currentData()))
        return combo

    def _place(self) -> None:
        gap = lines(0.2)
        for at, combo in enumerate(self._combos[: self.count()]):
            left = self.sectionViewportPosition(at)
            combo.setGeometry(left + gap, lines(0.35), max(self.sectionSize(at) - 2 * gap, 1), lines(1.9))
