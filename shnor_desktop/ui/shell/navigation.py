"""One noun of the sidebar: icon, word, and the number of things that wait there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.theme import chars, lines, look


class NavigationButton(QAbstractButton):
    """One noun of the sidebar."""

    def __init__(self, spec: PageSpec, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page_id = spec.id
        self.setProperty("page", spec.id)
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
