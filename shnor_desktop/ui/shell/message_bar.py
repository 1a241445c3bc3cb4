"""The bar over a page that says what happened, what it means and what to do; it never stops the work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from shnor_desktop.ui.messages import MessageLevel, Worded, as_html, as_text
from shnor_desktop.ui.theme import Tone, lines, look, set_gaps, set_tone
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind


class MessageBar(QWidget):
    """One message at a time, with a button or two that do what the message advises."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = MessageLevel.INFO
        self._action: Callable[[], None] | None = None
        self._other: Callable[[], None] | None = None
        self._sign = QLabel(self)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = Button("", parent=self)
        self.button.clicked.connect(self._on_button_clicked)
        self.other_button = Button("", parent=self)
        self.other_button.clicked.connect(self._on_other_clicked)
        self.close_button = Button("", ButtonKind.QUIET, "x", "Скрыть сообщение", self)
        self.close_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        set_gaps(row, 0.5, (1, 0.4, 0.5, 0.4))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.other_button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_message(
        self,
        message: Worded,
        level: MessageLevel | None = None,
        action_text: str = "",
        action: Callable[[], None] | None = None,
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Replace the message that is shown; `other` is a second way on, words and action."""
        level = level or MessageLevel.INFO
        self._level = level
        self._action = action
        self.text.setText(as_html(message))
        self.setAccessibleName(f"{level.word}. {as_text(message)}")
        self.button.setText(action_text)
        self.button.setVisible(bool(action_text))
        words, self._other = other or ("", None)
        self.other_button.setText(words)
        self.other_button.setVisible(bool(words))
        self._draw_sign()
        self.show()
        self.update()

    def leave_page(self) -> None:
        """Another page comes: what was only told goes, a warning or an error stays until it is closed."""
        if self._level in (MessageLevel.INFO, MessageLevel.DONE):
            self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign anew after a change of theme or scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and not self.isHidden():
            self._draw_sign()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground of the level with its colour at the left edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour(f"{self._level.token}_soft"))
        painter.fillRect(QRectF(0, 0, lines(0.2), self.height()), look().colour(self._level.token))
        painter.end()

    def _draw_sign(self) -> None:
        side = lines(1.1)
        self._sign.setPixmap(look().icon(self._level.icon, self._level.token).pixmap(side, side))
        self._sign.setToolTip(self._level.word)
        set_tone(self.text, Tone.NORMAL)

    def _on_button_clicked(self) -> None:
        self.hide()
        if self._action is not None:
            self._action()

    def _on_other_clicked(self) -> None:
        if self._other is not None:
            self._other()
