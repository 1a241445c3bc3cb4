"""The list of pages at the left: icon, noun and the number of things that wait there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps, set_text_style, set_tone

if TYPE_CHECKING:
    from shnor_desktop.ui.shell.navigation import NavigationButton
    from shnor_desktop.ui.shell.pages import PageSpec

_NARROW_SHARE = 0.21


class Sidebar(QWidget):
    """The nouns of one role."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, NavigationButton] = {}
        self._role = QLabel(self)
        set_text_style(self._role, TextStyle.SMALL)
        set_tone(self._role, Tone.MUTED)
        self._list = QVBoxLayout()
        column = QVBoxLayout(self)
        set_gaps(column, 0.1, (0, 0.75, 0, 0.25))
        inset = QVBoxLayout()
        inset.addWidget(self._role)
        set_gaps(inset, 0, (0.9, 0, 0.5, 0.35))
        column.addLayout(inset)
        column.addLayout(self._list)
        set_gaps(self._list, 0.05)
        column.addStretch(1)
        self._is_narrow = False
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        self.setAutoFillBackground(True)
        self.setAccessibleName("Разделы")
        self._fit(1366)

    def set_role(self, title: str) -> None:
        """The word over the list: «Школа», «Муниципальный центр»."""
        self._role.setText(title)

    def set_pages(self, pages: Sequence[PageSpec]) -> None:
        """Replace the nouns."""
        for button in self._buttons.values():
            self._list.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        from shnor_desktop.ui.shell.navigation import NavigationButton  # not needed for the first paint

        for number, spec in enumerate((one for one in pages if one.is_listed), 1):
            button = NavigationButton(spec, number, self)
            button.clicked.connect(self._on_button_clicked)
            button.set_narrow(self._is_narrow)
            self._list.addWidget(button)
            self._buttons[spec.id] = button

    def set_current(self, page_id: str) -> None:
        """Mark the page that is shown."""
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)

    def set_badge(self, page_id: str, number: int) -> None:
        """Change the number of things that wait on a page; one that is not in the list is passed over."""
        if page_id in self._buttons:
            self._buttons[page_id].set_badge(number)

    def fit(self, window_width: int) -> None:
        """Show the icons alone where the nouns would take too much of the window."""
        self._fit(window_width)

    def _fit(self, window_width: int) -> None:
        wide = chars(27)
        self._is_narrow = wide > window_width * _NARROW_SHARE
        self.setFixedWidth(lines(2.8) if self._is_narrow else wide)
        self._role.setVisible(not self._is_narrow)
        for button in self._buttons.values():
            button.set_narrow(self._is_narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text is scaled."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.window() is not self:
            self._fit(self.window().width())

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QAbstractButton):
            self.page_chosen.emit(str(button.property("page")))
