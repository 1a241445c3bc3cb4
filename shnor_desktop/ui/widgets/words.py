"""Words cut to the room that they have."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def cut_to_lines(metrics: QFontMetrics, text: str, width: int, most_lines: int) -> str:
    """The text if it takes at most so many lines of that width, else as much of it as does, with an ellipsis."""
    flags = int(Qt.TextFlag.TextWordWrap)
    most = metrics.lineSpacing() * most_lines + 1

    def fits(words: str) -> bool:
        return metrics.boundingRect(0, 0, width, 100_000, flags, words).height() <= most

    if fits(text):
        return text
    plain = text.replace("\n", " ")
    for tenths in range(most_lines * 10 - 1, 9, -2):
        cut = metrics.elidedText(plain, Qt.TextElideMode.ElideRight, round(width * tenths / 10))
        if fits(cut):
            return cut
    return metrics.elidedText(plain, Qt.TextElideMode.ElideRight, width)
