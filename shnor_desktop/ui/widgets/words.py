"""Words cut to the room that they have."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_BESIDE = re.compile(r"(?<=№) (?=\d)|(?<=\d) (?=класс|г\.|%)")


def kept_together(text: str) -> str:
    """The text with a number kept on the line of its word: «№ 5», «9 класс», «2024 г.»."""
    return _BESIDE.sub("\u00a0", text)


def cut_to_lines(metrics: QFontMetrics, text: str, width: int, most_lines: int) -> str:
    """The text if it takes at most so many lines of that width, else as many lines, the last with an ellipsis."""
    flags = int(Qt.TextFlag.TextWordWrap)
    fits = " " not in text or max(metrics.horizontalAdvance(word) for word in re.split(r"[ \n]+", text)) <= width
    if (
        fits
        and metrics.boundingRect(0, 0, width, 100_000, flags, text).height() <= metrics.lineSpacing() * most_lines + 1
    ):
        return text
    words = re.split(r"[ \n]+", text.strip())  # a space that does not break is kept
    rows: list[str] = []
    while words and len(rows) < most_lines - 1:
        row = words.pop(0)
        while words and metrics.horizontalAdvance(f"{row} {words[0]}") <= width:
            row = f"{row} {words.pop(0)}"
        rows.append(metrics.elidedText(row, Qt.TextElideMode.ElideRight, width))
    rows.append(metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width))
    return "\n".join(rows).rstrip()
