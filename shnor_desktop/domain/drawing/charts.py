"""Charts of results as display lists: marks by year, primary scores with borders, the heat map of skills, bars.

Every figure is written out and every level has its sign, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.drawing import (
    LEVEL_INKS,
    SOFT_INKS,
    Anchor,
    Drawing,
    Ink,
    Item,
    Line,
    Measure,
    Picture,
    Text,
    box,
    hatch,
    level_sign,
    wrap,
)
from shnor_desktop.domain.methodology.terms import Level

_MARK_INKS = {2: Ink.HIGH, 3: Ink.MEDIUM_SOFT, 4: Ink.LOW_SOFT, 5: Ink.LOW}
_DARK = (Ink.HIGH, Ink.LOW)
_WIDEST_CELL = 11
_BASE = 0.36
"""From the middle of a line of text down to its baseline, in sizes of the text."""


@dataclass(frozen=True, slots=True)
class ChartBar:
    """A bar with its words; `level` gives colour and sign, `mark` a thin line across."""

    label: str
    value: float
    words: str
    level: Level | None = None
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class YearBar:
    """The marks «2» to «5» of a year, as people."""

    label: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A figure with its level; «—» where nothing is said."""

    words: str
    level: Level


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A skill with its cells, one a column."""

    label: str
    cells: tuple[HeatCell, ...]


def bars(rows: Sequence[ChartBar], most: float | None = None) -> Drawing:
    """Horizontal bars with their words beside them."""
    longest = most or max((max(row.value, row.mark or 0) for row in rows), default=1.0) or 1.0

    def draw(width: float, measure: Measure, size: float) -> Picture:
        named = min(width * 0.4, max((measure(row.label, size) for row in rows), default=0) + size * 0.6)
        worded = max((measure(row.words, size) for row in rows), default=0) + size * 1.8
        room = max(size * 3, width - named - worded)
        items: list[Item] = []
        top = 0.0
        for row in rows:
            words = wrap(row.label, named - size * 0.6, size, measure)
            height = max(len(words) * size * 1.25, size * 1.5) + size * 0.4
            middle = top + height / 2
            items += _label(words, named - size * 0.5, middle, size)
            items += _bar(row, named, middle, room * min(1.0, max(0.0, row.value) / longest), size)
            if row.mark is not None:
                across = named + room * min(1.0, row.mark / longest)
                items.append(Line(across, top + size * 0.2, across, top + height - size * 0.2, Ink.TEXT, 1.4))
            top += height
        items.append(Line(named, 0, named, top, Ink.MUTED, 0.8))
        return Picture(width, top, tuple(items))

    return draw


def _label(words: Sequence[str], right: float, middle: float, size: float) -> list[Item]:
    first = middle - (len(words) - 1) * size * 0.625 + size * _BASE
    return [Text(right, first + at * size * 1.25, line, size, Ink.TEXT, Anchor.END) for at, line in enumerate(words)]


def _bar(row: ChartBar, left: float, middle: float, length: float, size: float) -> list[Item]:
    half = size * 0.5
    ink = LEVEL_INKS[row.level] if row.level is not None else Ink.ACCENT
    items: list[Item] = [box(left, middle - half, length, 2 * half, ink)] if length > 0 else []
    if row.level is Level.HIGH and length > 0:
        items += hatch(left, middle - half, length, 2 * half, Ink.GROUND, size * 0.6)
    start = left + length + size * 0.4
    if row.level is not None:
        items.append(level_sign(row.level, start, middle - size * 0.4, size * 0.8))
        start += size * 1.1
    return [*items, Text(start, middle + size * _BASE, row.words, size)]


def marks_by_year(years: Sequence[YearBar]) -> Drawing:
    """A bar of the full width a year, divided by the marks; each part says its mark and its share."""

    def draw(width: float, measure: Measure, size: float) -> Picture:
        named = min(width * 0.7, max((measure(year.label, size) for year in years), default=0) + size * 0.8)
        room = max(1.0, width - named - 1)
        height = size * 2.0
        items: list[Item] = []
        for at, year in enumerate(years):
            top = at * height * 1.25
            items.append(Text(0, top + height / 2 + size * _BASE, year.label, size))
            items += _parts(year, named, top, room, height, size, measure)
        return Picture(width, max(1.0, len(years) * height * 1.25), tuple(items))

    return draw


def _parts(
    year: YearBar, left: float, top: float, room: float, height: float, size: float, measure: Measure
) -> list[Item]:
    whole = sum(year.marks)
    items: list[Item] = []
    for mark, count in zip((2, 3, 4, 5), year.marks, strict=True):
        if not whole or not count:
            continue
        length = room * count / whole
        ink = _MARK_INKS[mark]
        items.append(box(left, top, length, height, ink))
        words = _fitting((f"«{mark}» {100 * count / whole:.0f} %", f"«{mark}»", str(mark)), length, size, measure)
        if mark == 2:
            items += hatch(left, top, length, height, Ink.GROUND, size * 0.8)
            if words:
                behind = measure(words, size) + size * 0.4
                items.append(box(left + (length - behind) / 2, top + height * 0.2, behind, height * 0.6, ink))
        items.append(box(left, top, length, height, Ink.BORDER, filled=False))
        text_ink = Ink.GROUND if ink in _DARK else Ink.TEXT
        items.append(Text(left + length / 2, top + height / 2 + size * _BASE, words, size, text_ink, Anchor.MIDDLE))
        left += length
    return items


def _fitting(options: Sequence[str], length: float, size: float, measure: Measure) -> str:
    return next((words for words in options if measure(words, size) + size * 0.6 <= length), "")


def distribution(scores: Mapping[int, int], borders: Mapping[int, int], heaped: Sequence[int] = ()) -> Drawing:
    """A column a primary score with its count over it; dashed lines where the better marks begin.

    `heaped` are the scores at which many more works stand than beside them: their columns have a sign.
    """

    def draw(width: float, measure: Measure, size: float) -> Picture:
        top, height = size * 3.4, size * 9
        count = max(1, len(scores))
        step = width / count
        most = max(scores.values(), default=0) or 1
        items: list[Item] = []
        for at, (score, pupils) in enumerate(sorted(scores.items())):
            left, tall = at * step, height * pupils / most
            middle = left + step / 2
            level = Level.MEDIUM if score in heaped else None
            ink = Ink.MEDIUM if level else Ink.ACCENT
            if pupils:
                items.append(box(left + step * 0.12, top + height - tall, step * 0.76, tall, ink))
                small = _size_for(str(pupils), step, size, measure)
                if small:
                    items.append(
                        Text(middle, top + height - tall - size * 0.25, str(pupils), small, Ink.TEXT, Anchor.MIDDLE)
                    )
            if level:
                items.append(level_sign(level, middle - size * 0.4, top + height - tall - size * 2.0, size * 0.8))
            if score in borders.values() and at:
                items += _border(borders, score, left, top, height, size)
            items += _under(score, at, step, middle, top + height + size * 1.2, size, measure)
        items.append(Line(0, top + height, width, top + height, Ink.MUTED, 0.8))
        below = Text(0, top + height + size * 2.6, "первичный балл", size * 0.9, Ink.MUTED)
        return Picture(width, top + height + size * 3.4, (*items, below))

    return draw


def _border(borders: Mapping[int, int], score: int, x: float, top: float, height: float, size: float) -> list[Item]:
    dash = size * 0.5
    found: list[Item] = []
    at = size * 1.3
    while at < top + height:
        found.append(Line(x, at, x, min(at + dash, top + height), Ink.TEXT, 1.0))
        at += 2 * dash
    mark = next(mark for mark, least in sorted(borders.items(), reverse=True) if least == score)
    return [*found, Text(x, size, f"«{mark}» с {score}", size, Ink.TEXT, Anchor.MIDDLE)]


def _under(score: int, at: int, step: float, x: float, y: float, size: float, measure: Measure) -> list[Item]:
    """Every score where there is room, else every fifth."""
    fits = measure("00", size) + size * 0.2 <= step
    return [Text(x, y, str(score), size * 0.9, Ink.TEXT, Anchor.MIDDLE)] if fits or at % 5 == 0 else []


def _size_for(words: str, room: float, size: float, measure: Measure) -> float:
    return next((small for small in (size, size * 0.8) if measure(words, small) <= room), 0.0)


def heat_map(columns: Sequence[str], rows: Sequence[HeatRow]) -> Drawing:
    """Skills in rows, «all», years and groups in columns: a tint, a sign and a figure in each cell.

    A cell without words is left empty.
    """

    def draw(width: float, measure: Measure, size: float) -> Picture:
        share = min(0.6, max(0.3, 1 - 0.11 * len(columns)))
        named = width * share
        step = min((width - named - 1) / max(1, len(columns)), size * _WIDEST_CELL)
        heads = [wrap(column, step - size * 0.3, size * 0.9, measure) for column in columns]
        top = max((len(head) for head in heads), default=0) * size * 1.15 + size * 0.5
        items: list[Item] = []
        for at, head in enumerate(heads):
            middle = named + at * step + step / 2
            items += [
                Text(middle, size + line * size * 1.15, words, size * 0.9, Ink.MUTED, Anchor.MIDDLE)
                for line, words in enumerate(head)
            ]
        for row in rows:
            words = wrap(row.label, named - size * 0.8, size, measure)
            height = max(len(words) * size * 1.25, size * 1.4) + size * 0.5
            first = top + height / 2 - (len(words) - 1) * size * 0.625 + size * _BASE
            items += [Text(0, first + at * size * 1.25, line, size) for at, line in enumerate(words)]
            for at, cell in enumerate(row.cells):
                items += _cell(cell, named + at * step, top, step, height, size)
            top += height
        return Picture(width, top + size * 0.5, tuple(items))

    return draw


def _cell(cell: HeatCell, left: float, top: float, width: float, height: float, size: float) -> list[Item]:
    if not cell.words:
        return []
    gap = size * 0.08
    inner = (left + gap, top + gap, width - 2 * gap, height - 2 * gap)
    items: list[Item] = [box(*inner, SOFT_INKS[cell.level])]
    middle = top + height / 2
    if cell.level is not Level.UNKNOWN:
        items.append(level_sign(cell.level, left + width / 2 - size * 1.5, middle - size * 0.4, size * 0.8))
    if cell.level is Level.HIGH:
        items.append(box(*inner, Ink.HIGH, filled=False))
    items.append(Text(left + width / 2 + size * 0.5, middle + size * _BASE, cell.words, size, Ink.TEXT, Anchor.MIDDLE))
    return items


def titled(drawing: Drawing, title: str, caption: str = "", table: Sequence[str] = ()) -> Drawing:
    """The same chart under its title and caption, for a picture that leaves the program."""

    def draw(width: float, measure: Measure, size: float) -> Picture:
        margin = size
        room = width - 2 * margin
        items: list[Item] = []
        top = margin
        for words, body, ink in ((title, size * 1.25, Ink.TEXT), (caption, size * 0.9, Ink.MUTED)):
            for line in wrap(words, room, body, measure) if words else []:
                top += body * 1.3
                items.append(Text(margin, top, line, body, ink))
        top += size * 0.9
        inner = drawing(room, measure, size)
        items += [moved(item, margin, top) for item in inner.items]
        top += inner.height
        for words in table:
            for line in wrap(words, room, size * 0.9, measure):
                top += size * 1.2
                items.append(Text(margin, top, line, size * 0.9, Ink.MUTED))
        return Picture(width, top + margin, tuple(items))

    return draw


def moved(item: Item, x: float, y: float) -> Item:
    """The same item elsewhere."""
    match item:
        case Line():
            return Line(item.x1 + x, item.y1 + y, item.x2 + x, item.y2 + y, item.ink, item.width)
        case Text():
            return Text(item.x + x, item.y + y, item.text, item.size, item.ink, item.anchor)
        case _:
            points = tuple((px + x, py + y) for px, py in item.points)
            return type(item)(points, item.ink, item.filled, item.width)
