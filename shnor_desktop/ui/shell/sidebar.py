"""The list of pages at the left: icon, noun and the number of things that wait there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_gaps, set_text_style, set_tone

_NARROW_SHARE = 0.21


class NavigationButton(QAbstractButton):
    """One noun of the sidebar."""

    def __init__(self, spec: PageSpec, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_id = spec.id
        self._hint = spec.badge_hint
        self._badge = 0
        self._is_narrow = False
        self._shortcut = f" (Ctrl+{number})" if number <= 9 else ""
        self.setText(spec.title)
        self.setIcon(look().icon(spec.icon, "text_muted"))
        self._chosen_icon = look().icon(spec.icon, "accent")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_badge(spec.badge)

    def set_badge(self, number: int) -> None:
        """Show how many things wait on the page; nothing for zero."""
        self._badge = number
        waiting = f", {self._hint}: {number}" if number else ""
        self.setAccessibleName(self.text() + waiting)
        self.setToolTip(self.text() + waiting + self._shortcut)
        self.update()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show the icon alone, the noun as tooltip."""
        self._is_narrow = is_narrow
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(chars(8), lines(2.0))

    def minimumSizeHint(self) -> QSize:
        """Still readable where twelve nouns share a low window."""
        return QSize(lines(2.4), lines(1.35))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, mark of the chosen page, icon, noun, badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(lines(0.35), 1, -lines(0.35), -1)
        radius = lines(0.25)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(look().colour("accent_soft" if self.isChecked() else "surface"))
            painter.drawRoundedRect(inner, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look().colour("focus"))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), radius, radius)
        side = lines(1.0)
        left = (self.width() - side) // 2 if self._is_narrow else round(inner.left()) + lines(0.45)
        icon = self._chosen_icon if self.isChecked() else self.icon()
        icon.paint(painter, QRect(left, (self.height() - side) // 2, side, side))
        taken = self._paint_badge(painter, inner)
        if not self._is_narrow:
            self._paint_text(painter, left + side + lines(0.5), round(inner.right()) - taken)
        painter.end()

    def _paint_text(self, painter: QPainter, left: int, right: int) -> None:
        font = look().font()
        font.setWeight(font.Weight.Medium if self.isChecked() else font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        shown = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_badge(self, painter: QPainter, inner: QRectF) -> int:
        """Draw the badge; how much of the right side it takes."""
        if not self._badge:
            return lines(0.25)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("text_muted"))
        if self._is_narrow:
            dot = lines(0.22)
            painter.drawEllipse(QPointF(inner.right() - dot * 1.6, inner.top() + dot * 2), dot, dot)
            return 0
        font = look().font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        metrics = QFontMetricsF(font)
        text = str(self._badge) if self._badge < 100 else "99+"
        height = metrics.height() + 2
        width = max(height, metrics.horizontalAdvance(text) + height * 0.7)
        box = QRectF(inner.right() - width - lines(0.35), (self.height() - height) / 2, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(look().colour("surface_raised"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return round(width) + lines(0.6)


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
        for number, spec in enumerate(pages, 1):
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
        """Change the number of things that wait on a page."""
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground with a line at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface_sunken"))
        painter.setPen(look().colour("border"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text is scaled."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.window() is not self:
            self._fit(self.window().width())

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, NavigationButton):
            self.page_chosen.emit(button.page_id)
