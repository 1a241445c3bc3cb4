"""Charts as display lists: one geometry for the screen, for PDF and for tests.

A picture is a list of lines, filled shapes and texts in points, y downwards from the top left. Whoever
draws it measures text with the font that it draws with, so that nothing overlaps anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.content import LEVEL_WORDS, RiskBar

Measure = Callable[[str, float], float]
"""Width in points of a text set at a size in points."""


class Ink(StrEnum):
    """What a colour means; the one who draws has the colours of the theme or of print."""

    TEXT = "text"
    MUTED = "text-muted"
    BORDER = "border"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


# Colours of paper. Told apart in grey print by lightness as well: the high level is the darkest.
PRINT_INKS = {
    Ink.TEXT: "#1a1a1a",
    Ink.MUTED: "#595959",
    Ink.BORDER: "#8c8c8c",
    Ink.HIGH: "#a3241b",
    Ink.MEDIUM: "#b87a00",
    Ink.LOW: "#5f9e6e",
    Ink.UNKNOWN: "#767676",
}


class Anchor(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink = Ink.BORDER
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon, filled or only outlined."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    filled: bool = True
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    ink: Ink = Ink.TEXT
    anchor: Anchor = Anchor.START


Item = Line | Shape | Text


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    items: tuple[Item, ...]


LEVEL_INKS = {
    Level.HIGH: Ink.HIGH,
    Level.MEDIUM: Ink.MEDIUM,
    Level.LOW: Ink.LOW,
    Level.UNKNOWN: Ink.UNKNOWN,
}
_ROUND = 24  # corners of the polygon that stands for a circle


def level_sign(level: Level, x: float, y: float, size: float) -> Shape:
    """The sign ▲ ◆ ● ○ in a square of `size` whose top left corner is (x, y): no font is needed."""
    half = size / 2
    if level is Level.HIGH:
        points = ((x + half, y), (x + size, y + size), (x, y + size))
        return Shape(points, Ink.HIGH)
    if level is Level.MEDIUM:
        points4 = ((x + half, y), (x + size, y + half), (x + half, y + size), (x, y + half))
        return Shape(points4, Ink.MEDIUM)
    radius = half * 0.9
    circle = tuple(
        (
            x + half + radius * sin(2 * pi * corner / _ROUND),
            y + half + radius * cos(2 * pi * corner / _ROUND),
        )
        for corner in range(_ROUND)
    )
    return Shape(circle, LEVEL_INKS[level], filled=level is Level.LOW, width=size / 9)


def risk_profile(bars: Sequence[RiskBar], width: float, measure: Measure, size: float = 9.0) -> Picture:
    """Horizontal bars of a risk profile: factor, sign, bar with its figure; in the order given.

    A factor without a score has no bar, only «нет данных». Long names wrap into several lines.
    """
    label_width = width * 0.44
    bar_left = label_width + size * 2.6
    bar_width = width - bar_left - measure(f"{NBSP}100", size) - size * 0.4
    items: list[Item] = []
    top = size * 0.4
    for bar in bars:
        lines = wrap(bar.factor, label_width, size, measure)
        height = max(len(lines) * size * 1.25, size * 1.7)
        middle = top + height / 2
        first = middle - (len(lines) - 1) * size * 0.625 + size * 0.36
        items.extend(Text(0, first + number * size * 1.25, line, size) for number, line in enumerate(lines))
        items.append(level_sign(bar.level, label_width + size * 0.8, middle - size / 2, size))
        items.extend(_bar(bar, bar_left, middle, bar_width, size))
        top += height + size * 0.55
    items.insert(0, Line(bar_left, 0, bar_left, top, Ink.MUTED, 0.8))
    return Picture(width, top, tuple(items))


def risk_words(bars: Sequence[RiskBar]) -> str:
    """The same bars in words, for who cannot see the picture: «Кадры — высокая, 80; …»."""
    figures = ("нет данных" if bar.score is None else str(bar.score) for bar in bars)
    lines = (f"{bar.factor} — {LEVEL_WORDS[bar.level]}, {figure}" for bar, figure in zip(bars, figures, strict=True))
    return f"Профиль рисков, балл от 0 до 100: {'; '.join(lines)}."


def _bar(bar: RiskBar, left: float, middle: float, width: float, size: float) -> list[Item]:
    baseline = middle + size * 0.36
    if bar.score is None:
        return [Text(left + size * 0.5, baseline, "нет данных", size, Ink.MUTED)]
    length = width * max(0, min(100, bar.score)) / 100
    half = size * 0.55
    right = left + length
    corners = (
        (left, middle - half),
        (right, middle - half),
        (right, middle + half),
        (left, middle + half),
    )
    figure = Text(right + size * 0.4, baseline, str(bar.score), size)
    return [Shape(corners, LEVEL_INKS[bar.level]), figure] if length > 0 else [figure]


def wrap(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """The text in lines not wider than `width`; a word that is wider is cut where it must be."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(candidate, size) <= width:
            lines[-1] = candidate
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and measure(lines[-1] + letter, size) > width:
                lines.append("")
            lines[-1] += letter
    return lines
