"""Text in the face of the printed page, laid out by its width; its colours follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shnor_desktop.ui.theme import TextStyle, chars, lines, look, set_text_style


class PrintedText(QLabel):
    """Rich text that `html` writes; who inherits calls `draw` when there is something else to show."""

    least_lines = 1.2
    """How high it is at least, in lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look().load_print_face()
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = self.sizePolicy()  # kept: it says that the height depends on the width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        set_text_style(self, TextStyle.PRINT)

    def html(self) -> str:
        """What is to be shown, in the colours of now."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show it."""
        self._heights = {}
        self.setText(self.html())

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of the new theme and the sizes of the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights = {}
        elif event.type() == QEvent.Type.PaletteChange and self.text():
            self.draw()

    def heightForWidth(self, width: int) -> int:
        """Measured once a width: layouts ask many times, and each answer lays the whole text out."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As wide as the sheet; the height follows from the width."""
        return QSize(chars(60), lines(max(1.5, self.least_lines)))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a large text."""
        return QSize(chars(24), lines(self.least_lines))
