"""«Показатели»: the indicators of the methodology for this school, a part of «Мониторинг»."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.services.indicators import IndicatorLine
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.indicator_board import BoardLine, IndicatorBoard
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.page import EmptyState

INDICATORS = "indicators"
_NONE = "В этой методике нет показателей, которые вычисляет программа. Цели школы стоят на странице «Программа»."


class IndicatorsPart(QWidget):
    """The board, or why it is empty; places are opened on the pages of the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[IndicatorLine] = ()
        self.board = IndicatorBoard()
        self.board.place_wanted.connect(lambda page, target: desk.open(page, target))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self._stack.addWidget(EmptyState("Показателей нет", _NONE))
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._stack)

    def show_lines(self, found: Sequence[IndicatorLine]) -> None:
        """Fill the board."""
        self._lines = found
        self.board.show_lines([BoardLine(line) for line in found])
        self._stack.setCurrentIndex(0 if found else 1)

    def progress(self) -> Progress | None:
        """How many figures are known or do not concern the school."""
        known = sum(1 for line in self._lines if not line.missing)
        return Progress(known, len(self._lines)) if self._lines else None
