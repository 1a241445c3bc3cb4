"""A list beside its details; where the window is narrow, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import chars, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind

_NARROW = 92


class MasterDetail(QWidget):
    """`share` is the part of the width that the list gets; a click or Enter in a list
    of the master brings the details into sight; `show_detail()` does so from code."""

    stacked_changed = Signal(bool)

    def __init__(
        self,
        master: QWidget,
        detail: QWidget,
        share: float = 0.34,
        back_text: str = "К списку",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_stacked = False
        self._share = share
        self._is_detail_shown = False
        self._is_sized = False
        self._master = master
        self.back = Button(back_text, ButtonKind.LINK, "chevron-left")
        self.back.clicked.connect(self.show_master)
        self._panel = QWidget(self)
        column = QVBoxLayout(self._panel)
        set_gaps(column, 0)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(detail, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(master)
        self.splitter.addWidget(self._panel)
        row = QHBoxLayout(self)
        set_gaps(row, 0)
        row.addWidget(self.splitter)
        for view in [master, *master.findChildren(QAbstractItemView)]:
            if isinstance(view, QAbstractItemView):
                view.clicked.connect(self.show_detail)
                view.activated.connect(self.show_detail)
        self._arrange()

    def show_detail(self) -> None:
        """In a narrow window: show the details instead of the list."""
        self._is_detail_shown = True
        self._arrange()

    def show_master(self) -> None:
        """In a narrow window: show the list again."""
        self._is_detail_shown = False
        self._arrange()
        self._master.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Of one part alone: in a narrow window only one of the two is shown."""
        shown = [part for part in (self._master, self._panel) if not part.isHidden()]
        hints = [part.minimumSizeHint() for part in shown]
        return QSize(min(lines(16), *(hint.width() for hint in hints)), max(hint.height() for hint in hints))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between beside and stacked."""
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text makes the window narrower."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._is_sized = False
            self._measure()

    def _measure(self) -> None:
        is_stacked = self.width() < chars(_NARROW)
        if is_stacked != self.is_stacked:
            self.is_stacked = is_stacked
            self._arrange()
            self.stacked_changed.emit(is_stacked)
        if not self._is_sized and self.width() > lines(10):
            self._is_sized = True
            left = round(self.width() * self._share)
            self.splitter.setSizes([left, self.width() - left])

    def _arrange(self) -> None:
        self.back.setVisible(self.is_stacked)
        self._master.setVisible(not self.is_stacked or not self._is_detail_shown)
        self._panel.setVisible(not self.is_stacked or self._is_detail_shown)
