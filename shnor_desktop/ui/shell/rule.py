"""A hairline between the parts of the window, painted by Qt alone (a painter of ours would delay the first paint)."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget


def rule(parent: QWidget, is_upright: bool) -> QWidget:
    """A line of one pixel in the colour of borders."""
    line = QWidget(parent)
    line.setBackgroundRole(QPalette.ColorRole.Mid)
    line.setAutoFillBackground(True)
    if is_upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
