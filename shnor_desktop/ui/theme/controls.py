"""How fields, buttons, check marks and combo boxes are painted from the tokens."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QWidget,
)

from shnor_desktop.ui.theme.tokens import Tokens

PRIMARY = "primary"
QUIET = "quiet"
_S = QStyle.StateFlag
_P = QStyle.PrimitiveElement


class ControlsStyle(QProxyStyle):
    """The painters of single controls; which element they paint is said in `style`."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__("Fusion")
        self.tokens = tokens
        self.radius = 4.0

    def _colour(self, token: str) -> QColor:
        return QColor(self.tokens.colour(token))

    def _box(
        self,
        painter: QPainter,
        rect: QRect,
        ground: str | None,
        border: str | None,
        width: float = 1.0,
        radius: float = 0,
    ) -> None:
        edge = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(self._colour(border), width) if border else Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(edge, radius or self.radius, radius or self.radius)

    def _paint_field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if isinstance(option, QStyleOptionFrame) and option.lineWidth <= 0:
            return
        writable = bool(option.state & _S.State_Enabled) and not option.state & _S.State_ReadOnly
        ground = "surface_raised" if writable else "surface"
        self._field_box(option, painter, ground, writable)

    def _paint_field_frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        self._field_box(option, painter, None, writable=True)

    def _field_box(self, option: QStyleOption, painter: QPainter, ground: str | None, writable: bool) -> None:
        focused = bool(option.state & _S.State_HasFocus)
        border = "focus" if focused else "border_strong" if writable else "border"
        self._box(painter, option.rect, ground, border, 2.0 if focused else 1.0)

    def _paint_button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        kind = str(widget.property("look_button") or "") if widget is not None else ""
        enabled = bool(option.state & _S.State_Enabled)
        hovered = enabled and bool(option.state & _S.State_MouseOver)
        pressed = bool(option.state & (_S.State_Sunken | _S.State_On))
        flat = isinstance(option, QStyleOptionButton) and bool(option.features & QStyleOptionButton.ButtonFeature.Flat)
        if kind == PRIMARY and enabled:
            self._box(painter, option.rect, "accent", "accent")
        elif flat or kind == QUIET:
            if hovered or pressed:
                self._box(painter, option.rect, "surface_sunken", None)
        else:
            ground = "surface_sunken" if pressed or hovered or not enabled else "surface_raised"
            self._box(painter, option.rect, ground, "border_strong" if enabled else "border")
        if option.state & _S.State_HasFocus:
            inner = option.rect.adjusted(2, 2, -2, -2) if kind == PRIMARY else option.rect
            self._box(painter, inner, None, "accent_text" if kind == PRIMARY else "focus", 2.0)

    def _paint_button_panel(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        self.drawPrimitive(_P.PE_PanelButtonCommand, option, painter, widget)

    def _paint_button_label(self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> None:
        em = option.fontMetrics.height()
        gap = round(em * 0.4) if not option.icon.isNull() and option.text else 0
        icon = option.iconSize.width() if not option.icon.isNull() else 0
        text = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width() if option.text else 0
        has_menu = bool(option.features & QStyleOptionButton.ButtonFeature.HasMenu)
        mark = round(em * 0.9) if has_menu else 0
        rect = option.rect
        left = rect.x() + max(0, (rect.width() - icon - gap - text - mark) // 2)
        enabled = bool(option.state & _S.State_Enabled)
        if icon:
            mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
            place = QRect(left, rect.center().y() - icon // 2 + 1, icon, icon)
            option.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        painter.setPen(
            option.palette.color(QPalette.ColorRole.ButtonText if enabled else QPalette.ColorRole.PlaceholderText)
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextHideMnemonic
        painter.drawText(QRect(left + icon + gap, rect.y(), text + em, rect.height()), int(flags), option.text)
        if has_menu:
            right = QRectF(left + icon + gap + text + em * 0.25, rect.y(), mark, rect.height())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._chevron(painter, right, em * 0.2, enabled)

    def _paint_tool_button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if option.state & _S.State_On:
            self._box(painter, option.rect, "accent_soft", None)
        elif option.state & (_S.State_MouseOver | _S.State_Sunken) and option.state & _S.State_Enabled:
            self._box(painter, option.rect, "surface_sunken", None)
        if option.state & _S.State_HasFocus:
            self._box(painter, option.rect, None, "focus", 2.0)

    def _paint_frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        is_field = isinstance(widget, QAbstractScrollArea)
        if is_field and option.state & _S.State_HasFocus:
            self._box(painter, option.rect, None, "focus", 2.0)
        else:
            self._box(painter, option.rect, None, "border_strong" if is_field else "border")

    def _paint_focus(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if widget is not None and widget.property("look_button") is not None:
            return  # the button has drawn its own
        self._box(painter, option.rect, None, "focus", 2.0, 3)

    def _paint_check(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        chosen = bool(option.state & (_S.State_On | _S.State_NoChange))
        enabled = bool(option.state & _S.State_Enabled)
        ground = ("accent" if enabled else "text_muted") if chosen else "surface_raised"
        focused = bool(option.state & _S.State_HasFocus)
        self._box(painter, option.rect, ground, "focus" if focused else None if chosen else "border_strong", 1.5, 3)
        if not chosen:
            return
        box = QRectF(option.rect)
        painter.setPen(QPen(self._colour("accent_text"), max(1.5, box.width() / 8)))
        at = (
            [(0.24, 0.5), (0.76, 0.5)]
            if option.state & _S.State_NoChange
            else [(0.22, 0.52), (0.42, 0.72), (0.78, 0.3)]
        )
        painter.drawPolyline(QPolygonF([_inside(box, x, y) for x, y in at]))

    def _paint_radio(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        chosen = bool(option.state & _S.State_On)
        focused = bool(option.state & _S.State_HasFocus)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.setBrush(self._colour("surface_raised"))
        painter.setPen(QPen(self._colour("accent" if chosen or focused else "border_strong"), 2.0 if chosen else 1.2))
        painter.drawEllipse(box)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour("accent"))
            inset = box.width() * 0.28
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))

    def _part(
        self, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget | None, of: QStyle.ComplexControl
    ) -> QRect:
        return self.subControlRect(of, option, part, widget)  # type: ignore[arg-type]  # Qt takes none

    def _paint_combo(self, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
        focused = bool(option.state & _S.State_HasFocus)
        enabled = bool(option.state & _S.State_Enabled)
        ground = "surface_raised" if enabled else "surface"
        border = "focus" if focused else "border_strong" if enabled else "border"
        self._box(painter, option.rect, ground, border, 2.0 if focused else 1.0)
        arrow = self._part(option, QStyle.SubControl.SC_ComboBoxArrow, widget, QStyle.ComplexControl.CC_ComboBox)
        self._chevron(painter, QRectF(arrow), option.fontMetrics.height() * 0.22, enabled)

    def _chevron(self, painter: QPainter, rect: QRectF, half: float, enabled: bool) -> None:
        middle = rect.center()
        painter.setPen(QPen(self._colour("text_muted" if enabled else "border_strong"), max(1.4, half / 3)))
        points = [(-half, -half / 2), (0, half / 2), (half, -half / 2)]
        painter.drawPolyline(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in points]))


def _inside(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)
