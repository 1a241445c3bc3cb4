"""Words cut to the room that they have."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def cut_to_lines(metrics: QFontMetrics, text: str, width: int, most_lines: int) -> str:
    """The text if it takes at most so many lines of that width, else as many lines, the last with an ellipsis."""
    flags = int(Qt.TextFlag.TextWordWrap)
    if metrics.boundingRect(0, 0, width, 100_000, flags, text).height() <= metrics.lineSpacing() * most_lines + 1:
        return text
    words = text.split()
    rows: list[str] = []
    while words and len(rows) < most_lines - 1:
        row = words.pop(0)
        while words and metrics.horizontalAdvance(f"{row} {words[0]}") <= width:
            row = f"{row} {words.pop(0)}"
        rows.append(metrics.elidedText(row, Qt.TextElideMode.ElideRight, width))
    rows.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return "\n".join(rows).rstrip()
