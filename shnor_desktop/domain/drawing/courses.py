"""Charts of what goes on in time: values against the way planned, work done against work due.

The planned line is dashed and the actual one is whole with its values written out, so that neither needs its colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from shnor_desktop.domain.drawing import Anchor, Drawing, Ink, Item, Line, Measure, Picture, Text, box
from shnor_desktop.domain.russian import short_date

_TALL = 11.0
"""Height of the field in sizes of the text."""


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A value on a day, with its words."""

    day: date
    value: float
    words: str = ""


Place = Callable[[CoursePoint], tuple[float, float]]


def course(
    planned: Sequence[CoursePoint], actual: Sequence[CoursePoint], today: date | None = None, *, from_zero: bool = False
) -> Drawing:
    """Two lines over days: the plan dashed, what was reached whole; today is a thin line across."""

    def draw(width: float, measure: Measure, size: float) -> Picture:
        points = [*planned, *actual]
        if not points:
            return Picture(width, size * 1.5, (Text(0, size, "Данных ещё нет", size, Ink.MUTED),))
        values = [point.value for point in points]
        low, high = (0.0 if from_zero else min(values)), max(values)
        spread = (high - low) or 1.0
        days = [point.day for point in points]
        first, last = min(days), max(days)
        length = max(1, (last - first).days)
        side = max((measure(point.words, size) for point in points), default=0) / 2 + size * 0.4
        top, height = size * 1.8, size * _TALL
        room = max(size * 4, width - 2 * side)

        def place(point: CoursePoint) -> tuple[float, float]:
            x = side + room * (point.day - first).days / length
            return x, top + height * (1 - (point.value - low) / spread)

        items: list[Item] = [Line(side, top + height, side + room, top + height, Ink.MUTED, 0.8)]
        if today is not None and first <= today <= last:
            x = side + room * (today - first).days / length
            items.append(Line(x, top - size * 0.6, x, top + height, Ink.BORDER, 0.8))
            words = "сегодня"
            at = min(max(x, measure(words, size * 0.8) / 2), width - measure(words, size * 0.8) / 2)
            items.append(Text(at, top - size * 0.8, words, size * 0.8, Ink.MUTED, Anchor.MIDDLE))
        items += _dashed([place(point) for point in planned], size)
        items += _whole([place(point) for point in actual], size)
        items += _words(planned[-1:], place, size, Ink.MUTED, width, measure)
        items += _words(_told(actual), place, size, Ink.TEXT, width, measure)
        bottom = top + height + size * 1.3
        items.append(Text(side, bottom, short_date(first), size * 0.85, Ink.MUTED, Anchor.START))
        items.append(Text(side + room, bottom, short_date(last), size * 0.85, Ink.MUTED, Anchor.END))
        items += _legend(bottom + size * 1.4, size, measure)
        return Picture(width, bottom + size * 2.0, tuple(items))

    return draw


def _told(points: Sequence[CoursePoint]) -> Sequence[CoursePoint]:
    """The points whose words are written: the first, the last, and few between."""
    if len(points) <= 4:
        return points
    step = -(-len(points) // 4)
    return [*points[:-1:step], points[-1]]


def _words(
    points: Sequence[CoursePoint], place: Place, size: float, ink: Ink, width: float, measure: Measure
) -> list[Item]:
    found: list[Item] = []
    for point in points:
        x, y = place(point)
        half = measure(point.words, size) / 2
        at = min(max(x, half), width - half)
        found.append(Text(at, y - size * 0.55, point.words, size, ink, Anchor.MIDDLE))
    return found


def _whole(points: Sequence[tuple[float, float]], size: float) -> list[Item]:
    found: list[Item] = [Line(*one, *two, Ink.ACCENT, size * 0.14) for one, two in pairwise(points)]
    half = size * 0.24
    return found + [box(x - half, y - half, 2 * half, 2 * half, Ink.ACCENT) for x, y in points]


def _dashed(points: Sequence[tuple[float, float]], size: float) -> list[Item]:
    found: list[Item] = []
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        count = max(1, round(length / size))
        for at in range(0, count, 2):
            begin, end = at / count, min(1.0, (at + 1) / count)
            found.append(
                Line(
                    x1 + (x2 - x1) * begin, y1 + (y2 - y1) * begin, x1 + (x2 - x1) * end, y1 + (y2 - y1) * end, Ink.TEXT
                )
            )
    return found


def _legend(y: float, size: float, measure: Measure) -> list[Item]:
    small = size * 0.85
    step = size * 1.6
    middle = y - small * 0.3
    words = "по плану"
    second = step + size * 0.4 + measure(words, small) + size * 1.2
    return [
        Line(0, middle, step * 0.4, middle, Ink.TEXT),
        Line(step * 0.6, middle, step, middle, Ink.TEXT),
        Text(step + size * 0.4, y, words, small, Ink.MUTED),
        Line(second, middle, second + step, middle, Ink.ACCENT, size * 0.14),
        Text(second + step + size * 0.4, y, "на деле", small, Ink.MUTED),
    ]
