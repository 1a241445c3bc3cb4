"""Buttons: one primary action a page, plain ones beside it, quiet ones inside text."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_icon, set_text_style, set_tone


class ButtonKind(StrEnum):
    """What a button looks like; PRIMARY stands once on a page or dialog."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"


class Button(QPushButton):
    """A button with a verb, sized by its words; an icon alone needs a `hint`."""

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.PLAIN,
        icon: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        flat = kind in (ButtonKind.QUIET, ButtonKind.LINK)
        self.setProperty("look_button", ButtonKind.QUIET.value if flat else kind.value)
        self.setAutoDefault(False)
        tones = {ButtonKind.PRIMARY: Tone.ON_ACCENT, ButtonKind.LINK: Tone.ACCENT}
        tone = tones.get(kind, Tone.NORMAL)
        if kind is not ButtonKind.PLAIN:
            set_tone(self, tone)
        if icon:
            set_icon(self, icon, Tone.MUTED if kind is ButtonKind.QUIET else tone)
        self.set_hint(hint)

    def set_hint(self, hint: str) -> None:
        """The tooltip; it is the accessible name too when the button has no words."""
        self.setToolTip(hint)
        self.setAccessibleName(self.text() or hint)

    def set_small(self) -> None:
        """Smaller text, for a button inside a field's notes."""
        set_text_style(self, TextStyle.SMALL)

    def add_menu(self, entries: list[tuple[str, Callable[[], None]]]) -> QMenu:
        """Give the button a menu of (words, action); the button then opens it."""
        menu = QMenu(self)
        for text, action in entries:
            entry = QAction(text, menu)
            entry.triggered.connect(action)
            menu.addAction(entry)
        self.setMenu(menu)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that the cursor stands at; of itself Qt does so in dialogs only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Words, icon and the air around them."""
        em = self.fontMetrics().height()
        text = self.fontMetrics().size(0x0800, self.text()).width() if self.text() else 0
        icon = 0 if self.icon().isNull() else self.iconSize().width() + (round(em * 0.4) if text else 0)
        flat = self._kind in (ButtonKind.QUIET, ButtonKind.LINK)
        air = round(em * (0.7 if flat or not text else 1.5)) + (round(em * 0.9) if self.menu() else 0)
        return QSize(text + icon + air, lines(1.4) if flat else lines(1.85))

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()
