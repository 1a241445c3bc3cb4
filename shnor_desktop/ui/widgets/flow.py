"""A layout that puts things side by side and breaks the row where the width ends, as words in a line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget


class FlowLayout(QLayout):
    """Items in reading order; each row is as high as its highest item, items are centred in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item (called by addWidget)."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at an index; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at an index."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the rows at a width."""
        return self._arrange(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(shown) - 1)
        size = QSize(sum(one.width() for one in shown) + gaps, max((one.height() for one in shown), default=0))
        return size.grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest single item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, rect: QRect, only_measure: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        gap = max(0, self.spacing())
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, inner.width()), 100_000)).expandedTo(item.minimumSize())
            if rows[-1] and used + gap + size.width() > inner.width():
                rows.append([])
                used = 0
            used += size.width() + (gap if rows[-1] else 0)
            rows[-1].append((item, size))
        top = inner.y()
        for row in rows:
            height = self._place_row(row, inner, top, gap, only_measure)
            top += height + (max(1, gap // 2) if row is not rows[-1] else 0)
        return top - rect.y() + margins.bottom()

    def _place_row(
        self, row: list[tuple[QLayoutItem, QSize]], inner: QRect, top: int, gap: int, only_measure: bool
    ) -> int:
        measured = []
        for item, size in row:
            height = item.heightForWidth(size.width()) if item.hasHeightForWidth() else size.height()
            measured.append((item, QSize(size.width(), height)))
        tallest = max((size.height() for _, size in measured), default=0)
        left = inner.x()
        for item, size in measured:
            if not only_measure:
                item.setGeometry(QRect(QPoint(left, top + (tallest - size.height()) // 2), size))
            left += size.width() + gap
        return tallest


class BoundedColumn(QVBoxLayout):
    """A column of a widget with a greatest width: its height is told for the width that it gets.

    Qt asks at the width of whatever holds the widget, wider than the widget becomes, and then gives too little room.
    """

    def heightForWidth(self, width: int) -> int:
        """Height at the width, or at the greatest that the widget takes."""
        return super().heightForWidth(self._bounded(width))

    def minimumHeightForWidth(self, width: int) -> int:
        """The same of the least height."""
        return super().minimumHeightForWidth(self._bounded(width))

    def _bounded(self, width: int) -> int:
        holder = self.parentWidget()
        return width if holder is None else min(width, holder.maximumWidth())
