"""How something changed from day to day, a small chart a series on one scale: its points with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from shnor_desktop.domain.drawing.items import Anchor, Drawing, Ink, Item, Line, Measure, Picture, Text, box, wrap
from shnor_desktop.domain.russian import short_date

_HEIGHT = 4.2
"""Of the part where the line runs, in sizes of the text."""


@dataclass(frozen=True, slots=True)
class DayPoint:
    """A value on a day; `words` stand over the point."""

    day: date
    value: float
    words: str


@dataclass(frozen=True, slots=True)
class DaySeries:
    """One line with its name."""

    label: str
    points: tuple[DayPoint, ...]


def day_lines(series: Sequence[DaySeries], most: float = 100) -> Drawing:
    """The series under one another, over the same days and from zero to `most`."""
    days = [point.day for one in series for point in one.points]
    first, last = min(days, default=date.min), max(days, default=date.min)
    span = max(1, (last - first).days)

    def draw(width: float, measure: Measure, size: float) -> Picture:
        named = min(width * 0.34, max((measure(one.label, size) for one in series), default=0) + size)
        pad = size * 2.2
        room = max(size * 4, width - named - 2 * pad)
        items: list[Item] = []
        top = 0.0
        for one in series:
            words = wrap(one.label, named - size, size, measure)
            head, height = size * 1.5, size * _HEIGHT
            base = top + head + height
            middle = top + head + height / 2 - (len(words) - 1) * size * 0.6
            items += [Text(0, middle + at * size * 1.2, line, size) for at, line in enumerate(words)]
            items.append(Line(named, base, width, base, Ink.BORDER, 0.8))
            places = [
                (named + pad + room * (point.day - first).days / span, base - height * min(1.0, point.value / most))
                for point in one.points
            ]
            items += [Line(*start, *end, Ink.ACCENT, 1.6) for start, end in pairwise(places)]
            items += _points(one.points, places, base, size, measure)
            top = base + size * 1.9
        return Picture(width, max(1.0, top), tuple(items))

    return draw


def _points(
    points: Sequence[DayPoint], places: Sequence[tuple[float, float]], base: float, size: float, measure: Measure
) -> list[Item]:
    """A square a point with its words over it, and its day under the line where there is room."""
    items: list[Item] = []
    free = float("-inf")
    for point, (x, y) in zip(points, places, strict=True):
        items.append(box(x - size * 0.25, y - size * 0.25, size * 0.5, size * 0.5, Ink.ACCENT))
        items.append(Text(x, y - size * 0.5, point.words, size, Ink.TEXT, Anchor.MIDDLE))
        day = short_date(point.day)
        half = measure(day, size * 0.85) / 2
        if x - half >= free:
            items.append(Text(x, base + size * 1.15, day, size * 0.85, Ink.MUTED, Anchor.MIDDLE))
            free = x + half + size * 0.5
    return items
