"""Widths of the columns of a table: by their shares, but a number or a date never stands in two lines."""

from __future__ import annotations

import re

from shnor_desktop.reports.content import Row, Table, cell_text

UNBROKEN = re.compile(r"[\d.,:%+/−-]{2,12}")
"""A number, a date or a share: it is not divided."""
_WIDE, _NARROW = 0.56, 0.3  # of a digit and of a point, in the size of the letters
_MOST = 6  # such a column takes no more than this part of the room


def column_widths(table: Table, room: float, points: float, padding: float) -> list[float]:
    """Widths that fill the room, all in points; `padding` is what a cell takes beside its text."""
    total = sum(column.width for column in table.columns)
    shares = [room * column.width / total for column in table.columns]
    needed = [
        min(_longest(table, at) * points + padding, room / _MOST) if _longest(table, at) else 0.0
        for at in range(len(table.columns))
    ]
    lacking = sum(max(0.0, least - share) for share, least in zip(shares, needed, strict=True))
    spare = sum(max(0.0, share - least) for share, least in zip(shares, needed, strict=True))
    if not lacking or lacking > spare:
        return shares
    return [
        least if least > share else share - (share - least) * lacking / spare
        for share, least in zip(shares, needed, strict=True)
    ]


def _longest(table: Table, at: int) -> float:
    """The width of the longest number of a column, in the size of the letters."""
    shown = (cell_text(row.cells[at]) for row in table.rows if isinstance(row, Row))
    words = {word for text in shown for word in text.split() if UNBROKEN.fullmatch(word)}
    return max((sum(_WIDE if letter.isdigit() else _NARROW for letter in word) for word in words), default=0.0)
