"""«Найти» (Ctrl+K): type a part of a name, press Enter, be there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from shnor_desktop.ui.shell.pages import SearchEntry
from shnor_desktop.ui.theme import Tone, chars, lines, look, set_gaps, set_lines, set_tone
from shnor_desktop.ui.widgets.line import TypedLine

_SHOWN = 60
_Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """The entries found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[SearchEntry] = []

    def set_entries(self, entries: Sequence[SearchEntry]) -> None:
        """Replace what was found."""
        self.beginResetModel()
        self.entries = list(entries[:_SHOWN])
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many entries are shown."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title; with the kind for a screen reader."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {entry.kind}"
        return None


class EntryDelegate(QStyledItemDelegate):
    """Title at the left, kind at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One line of the palette."""
        model = index.model()
        assert isinstance(model, EntryModel)
        entry = model.entries[index.row()]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look().colour("accent_soft"))
        inner = option.rect.adjusted(lines(0.5), 0, -lines(0.5), 0)
        side = lines(1.0)
        if entry.icon:
            icon = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            look().icon(entry.icon, "text_muted").paint(painter, icon)
        kind = option.fontMetrics.horizontalAdvance(entry.kind)
        painter.setPen(look().colour("text_muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.kind)
        title = inner.adjusted(side + lines(0.5), 0, -kind - lines(0.75), 0)
        painter.setPen(look().colour("text"))
        shown = option.fontMetrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Less than two lines high."""
        return QSize(chars(20), lines(1.7))


class FindPalette(QFrame):
    """A field over a list; the field keeps the focus, the arrows move in the list."""

    entry_chosen = Signal(object)

    def __init__(self, provider: Callable[[str], Sequence[SearchEntry]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._provider = provider
        self.field = TypedLine(self)
        self.field.setPlaceholderText("Страница, поле, педагог, мероприятие, пакет…")
        self.field.setAccessibleName("Найти")
        set_lines(self.field, 2.0)
        self.model = EntryModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Найденное")
        self.nothing = QLabel("Ничего не нашлось. Попробуйте часть слова.", self)
        set_tone(self.nothing, Tone.MUTED)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, 0.5)
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_text_changed)
        self.list.clicked.connect(self._choose)
        self.setFocusProxy(self.field)

    def open_over(self, window: QWidget) -> None:
        """Show the palette in the upper middle of the window."""
        width = min(chars(84), window.width() - lines(2))
        height = min(lines(22), window.height() - lines(5))
        corner = window.mapToGlobal(window.rect().topLeft())
        self.setGeometry(corner.x() + (window.width() - width) // 2, corner.y() + lines(2), width, height)
        self._on_text_changed("")
        self.show()
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Enter goes there, Escape closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            row = min(max(self.list.currentIndex().row() + step, 0), self.model.rowCount() - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self.model.set_entries(self._provider(text.strip()))
        found = self.model.rowCount() > 0
        self.nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self.model.entries[index.row()]
            self.close()
            self.entry_chosen.emit(entry)
