"""Fusion without gradients: flat panels, quiet borders and a clear focus, painted from the tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QWidget,
)

from shnor_desktop.ui.theme.controls import ControlsStyle
from shnor_desktop.ui.theme.tokens import Tokens

_INDICATORS = frozenset(
    {
        QStyle.PixelMetric.PM_IndicatorWidth,
        QStyle.PixelMetric.PM_IndicatorHeight,
        QStyle.PixelMetric.PM_ExclusiveIndicatorWidth,
        QStyle.PixelMetric.PM_ExclusiveIndicatorHeight,
        QStyle.PixelMetric.PM_LineEditIconSize,
    }
)
_C = QStyle.ControlElement
_P = QStyle.PrimitiveElement
_S = QStyle.StateFlag


Painter = Callable[[Any, QPainter, QWidget | None], None]


class QuietStyle(ControlsStyle):
    """Fusion with the few elements that would look heavy painted anew."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(tokens)
        self._control_painters: dict[QStyle.ControlElement, Painter] = {
            _C.CE_HeaderSection: self._paint_header,
            _C.CE_HeaderLabel: self._paint_header_label,
            _C.CE_Splitter: self._paint_splitter,
            _C.CE_PushButtonBevel: self._paint_button_panel,
            _C.CE_PushButtonLabel: self._paint_button_label,
            _C.CE_ComboBoxLabel: self._paint_combo_label,
            _C.CE_ProgressBar: self._paint_progress,
        }
        self._painters: dict[QStyle.PrimitiveElement, Painter] = {
            _P.PE_PanelLineEdit: self._paint_field,
            _P.PE_FrameLineEdit: self._paint_field_frame,
            _P.PE_PanelButtonCommand: self._paint_button,
            _P.PE_PanelButtonTool: self._paint_tool_button,
            _P.PE_Frame: self._paint_frame,
            _P.PE_FrameFocusRect: self._paint_focus,
            _P.PE_IndicatorCheckBox: self._paint_check,
            _P.PE_IndicatorRadioButton: self._paint_radio,
        }

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Paint our own panels and indicators, leave the rest to Fusion."""
        paint = self._painters.get(element)
        if paint is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(option, painter, widget)
        painter.restore()

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Flat headers of tables and a thin line for splitters."""
        paint = self._control_painters.get(element)
        if paint is None or (element == _C.CE_ComboBoxLabel and getattr(option, "editable", False)):
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        paint(option, painter, widget)
        painter.restore()

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Indicators grow with the text."""
        if metric in _INDICATORS and widget is not None:
            return round(widget.fontMetrics().height() * 0.95)
        return super().pixelMetric(metric, option, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Flat combo boxes and scroll bars."""
        if control == QStyle.ComplexControl.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_combo(option, painter, widget)
            painter.restore()
        elif control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_scroll_bar(option, painter, widget)
            painter.restore()
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _paint_scroll_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        bar = QStyle.ComplexControl.CC_ScrollBar
        painter.fillRect(option.rect, self._colour("surface"))
        thumb = self._part(option, QStyle.SubControl.SC_ScrollBarSlider, widget, bar)
        if option.maximum <= option.minimum:
            return
        held = option.state & (_S.State_MouseOver | _S.State_Sunken)
        across = 3 if held else 4
        if option.orientation == Qt.Orientation.Vertical:
            inner = thumb.adjusted(across, 1, -across, -1)
        else:
            inner = thumb.adjusted(1, across, -1, -across)
        self._box(painter, inner, "text_muted" if held else "border_strong", None, 1.0, 3)

    def _paint_header(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        painter.fillRect(option.rect, self._colour("surface"))
        painter.setPen(self._colour("border_strong"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_header_label(self, option: QStyleOptionHeader, painter: QPainter, widget: QWidget | None) -> None:
        inset = round(option.fontMetrics.lineSpacing() * 0.4) - 2
        rect = option.rect.adjusted(inset, 0, -inset, 0)
        painter.setPen(self._colour("text_muted"))
        shown = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(option.textAlignment), shown)

    def _paint_combo_label(self, option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None) -> None:
        field = QStyle.SubControl.SC_ComboBoxEditField
        rect = self._part(option, field, widget, QStyle.ComplexControl.CC_ComboBox)
        rect.adjust(round(option.fontMetrics.lineSpacing() * 0.25) - 1, 0, 0, 0)
        shown = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, rect.width())
        is_set = not (widget is not None and widget.property("look_unset"))
        painter.setPen(self._colour("text" if is_set and option.state & _S.State_Enabled else "text_muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _paint_progress(self, option: QStyleOptionProgressBar, painter: QPainter, widget: QWidget | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        radius = rect.height() / 2
        self._box(painter, rect, "border", None, 1.0, radius)
        extent = option.maximum - option.minimum
        share = (option.progress - option.minimum) / extent if extent > 0 else 1 / 3
        done = QRect(rect.x(), rect.y(), max(rect.height(), round(rect.width() * share)), rect.height())
        self._box(painter, done, "accent", None, 1.0, radius)

    def _paint_splitter(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        rect = option.rect
        painter.setPen(self._colour("border"))
        if option.state & _S.State_Horizontal:
            painter.drawLine(rect.center().x(), rect.top(), rect.center().x(), rect.bottom())
        else:
            painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y())
