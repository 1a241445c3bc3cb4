"""A quiet strip over a part of the page: what the program found, with the buttons that act on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, look, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import label


class OfferStrip(QWidget):
    """Words with the buttons at their right; without words and buttons it is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        set_gaps(buttons, 0.5)
        row = QHBoxLayout(self)
        set_gaps(row, 0.75, (1, 0.35, 1, 0.35))
        row.addWidget(self.words, 1)
        row.addWidget(self._buttons)
        self.buttons: list[Button] = []
        self.hide()

    def add_button(self, text: str, icon: str = "", action: Callable[[], None] | None = None) -> Button:
        """A button of the strip; hide it with `show_buttons` while there is nothing for it to do."""
        button = Button(text, icon=icon)
        if action is not None:
            button.clicked.connect(lambda _=False: action())
        row = self._buttons.layout()
        assert row is not None
        row.addWidget(button)
        self.buttons.append(button)
        return button

    def show_offer(self, words: str, shown: tuple[Button, ...] = ()) -> None:
        """Replace the words and say which of the buttons have something to do."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        for button in self.buttons:
            button.setVisible(button in shown)
        self._buttons.setVisible(bool(shown))
        self.setVisible(bool(words or shown))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground apart from the list below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface_sunken"))
        painter.end()
