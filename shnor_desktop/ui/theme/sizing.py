"""Sizes in units of the font: what a widget asked for is remembered on it and applied again when the text is scaled.

Heights and gaps count lines of the base font, widths count its digits. No pixel stands in a widget.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

from shnor_desktop.ui.theme.fonts import print_font, with_tabular_figures
from shnor_desktop.ui.theme.look import follow_look, look

_GAPS = "look_gaps"
_CHARS = "look_chars"
_LINES = "look_lines"
_STYLE = "look_text_style"
_TONE = "look_tone"
_ICON = "look_icon"
_LARGEST = 16_777_215


class TextStyle(StrEnum):
    """The sizes and weights of text that the interface uses; there are no others."""

    TITLE = "title"
    SECTION = "section"
    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    FIGURES = "figures"
    PRINT = "print"


class Tone(StrEnum):
    """The meaning of a text's colour; the value names the token."""

    NORMAL = "text"
    MUTED = "text_muted"
    ACCENT = "accent"
    ON_ACCENT = "accent_text"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


_FACTORS = {TextStyle.TITLE: 1.6, TextStyle.SECTION: 1.2, TextStyle.SMALL: 0.9}
_WEIGHTS = {
    TextStyle.TITLE: QFont.Weight.Medium,
    TextStyle.SECTION: QFont.Weight.Medium,
    TextStyle.STRONG: QFont.Weight.Medium,
}


def lines(count: float) -> int:
    """Pixels of so many lines of the base font."""
    return round(count * QFontMetricsF(look().font()).lineSpacing())


def chars(count: float) -> int:
    """Pixels of so many digits of the base font."""
    return round(count * QFontMetricsF(look().font()).horizontalAdvance("0"))


def styled_font(style: TextStyle) -> QFont:
    """The font of a text style at the present scale."""
    if style is TextStyle.PRINT:
        return print_font(look().font().pointSizeF() * 1.05)
    font = look().font()
    font.setPointSizeF(font.pointSizeF() * _FACTORS.get(style, 1.0))
    font.setWeight(_WEIGHTS.get(style, QFont.Weight.Normal))
    return with_tabular_figures(font) if style is TextStyle.FIGURES else font


def set_gaps(layout: QLayout, gap: float = 0.5, margins: float | tuple[float, float, float, float] = 0) -> None:
    """Spacing and margins (one, or left, top, right, bottom) of a layout in lines."""
    sides = margins if isinstance(margins, tuple) else (margins,) * 4
    layout.setProperty(_GAPS, [gap, *sides])
    _apply_gaps(layout)


def set_chars(widget: QWidget, minimum: float | None = None, maximum: float | None = None) -> None:
    """Least and greatest width of a widget in digits."""
    widget.setProperty(_CHARS, [minimum or 0, maximum or 0])
    _apply_widget(widget)


def set_lines(widget: QWidget, minimum: float | None = None, maximum: float | None = None) -> None:
    """Least and greatest height of a widget in lines."""
    widget.setProperty(_LINES, [minimum or 0, maximum or 0])
    _apply_widget(widget)


def set_text_style(widget: QWidget, style: TextStyle) -> None:
    """Size and weight of a widget's text."""
    widget.setProperty(_STYLE, style.value)
    _apply_widget(widget)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Colour of a widget's text by meaning."""
    widget.setProperty(_TONE, tone.value)
    _apply_widget(widget)


def set_icon(button: QAbstractButton, name: str, tone: Tone = Tone.NORMAL, size: float = 1.0) -> None:
    """Icon of a button, `size` lines high."""
    button.setProperty(_ICON, size)
    button.setIcon(look().icon(name, tone.value))
    _apply_widget(button)


def reapply(root: QWidget) -> None:
    """Apply again what `root` and everything in it has asked for, after a change of theme or scale."""
    for widget in (root, *root.findChildren(QWidget)):
        _apply_widget(widget)
    for layout in root.findChildren(QLayout):
        _apply_gaps(layout)


def _asked(thing: QObject, name: str) -> Any:
    return thing.property(name)


def _apply_gaps(layout: QLayout) -> None:
    asked = _asked(layout, _GAPS)
    if asked:
        gap, *sides = (lines(part) for part in asked)
        layout.setSpacing(gap)
        layout.setContentsMargins(*sides)


def _apply_widget(widget: QWidget) -> None:
    width = _asked(widget, _CHARS)
    if width:
        least, most = width
        widget.setMinimumWidth(chars(least))
        widget.setMaximumWidth(chars(most) if most else _LARGEST)
    height = _asked(widget, _LINES)
    if height:
        least, most = height
        widget.setMinimumHeight(lines(least))
        widget.setMaximumHeight(lines(most) if most else _LARGEST)
    style = _asked(widget, _STYLE)
    if style:
        widget.setFont(styled_font(TextStyle(style)))
    tone = _asked(widget, _TONE)
    if tone:
        _apply_tone(widget, tone)
    icon = _asked(widget, _ICON)
    if icon and isinstance(widget, QAbstractButton):
        side = lines(icon)
        widget.setIconSize(QSize(side, side))


def _apply_tone(widget: QWidget, token: str) -> None:
    palette = QApplication.palette()  # a copy; the constructor would touch all of `Qt` (see look.py)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(role, QColor(look().tokens.colour(token)))
    widget.setPalette(palette)


follow_look(reapply)
