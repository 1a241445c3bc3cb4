"""Drawings as display lists: one geometry for the screen, for PDF, for SVG and for tests.

A picture is a list of lines, filled shapes and texts in points, y downwards from the top left. Whoever
draws it measures text with the font that it draws with, so that nothing overlaps anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import cos, pi, sin

from shnor_desktop.domain.methodology.terms import Level

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
    ACCENT = "accent"
    GROUND = "surface-raised"
    HIGH_SOFT = "high-soft"
    MEDIUM_SOFT = "medium-soft"
    LOW_SOFT = "low-soft"
    UNKNOWN_SOFT = "unknown-soft"


# Colours of paper. Told apart in grey print by lightness as well: the high level is the darkest.
PRINT_INKS = {
    Ink.TEXT: "#1a1a1a",
    Ink.MUTED: "#595959",
    Ink.BORDER: "#8c8c8c",
    Ink.HIGH: "#a3241b",
    Ink.MEDIUM: "#b87a00",
    Ink.LOW: "#5f9e6e",
    Ink.UNKNOWN: "#767676",
    Ink.ACCENT: "#2f5f93",
    Ink.GROUND: "#ffffff",
    Ink.HIGH_SOFT: "#f0bdb8",
    Ink.MEDIUM_SOFT: "#f8e3b4",
    Ink.LOW_SOFT: "#dff0e3",
    Ink.UNKNOWN_SOFT: "#efefef",
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
SOFT_INKS = {
    Level.HIGH: Ink.HIGH_SOFT,
    Level.MEDIUM: Ink.MEDIUM_SOFT,
    Level.LOW: Ink.LOW_SOFT,
    Level.UNKNOWN: Ink.UNKNOWN_SOFT,
}
Drawing = Callable[[float, Measure, float], Picture]
"""Draws a chart into a width, with a measure of texts and their size: for the screen, for print, for a picture."""
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


def box(x: float, y: float, width: float, height: float, ink: Ink, *, filled: bool = True) -> Shape:
    """A rectangle by its top left corner."""
    return Shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), ink, filled, 0.6)


def hatch(x: float, y: float, width: float, height: float, ink: Ink, step: float) -> list[Item]:
    """Slanting lines over a rectangle: it is told from others without its colour."""
    found: list[Item] = []
    start = step
    while start < width + height:
        first = (x + min(start, width), y + max(0.0, start - width))
        last = (x + max(0.0, start - height), y + min(start, height))
        found.append(Line(*first, *last, ink, 0.6))
        start += step
    return found


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
