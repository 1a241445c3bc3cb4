"""The charts of documents, as display lists; their parts come from `domain.drawing`."""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.drawing import (
    LEVEL_INKS,
    PRINT_INKS,
    Anchor,
    Ink,
    Item,
    Line,
    Measure,
    Picture,
    Shape,
    Text,
    level_sign,
    wrap,
)
from shnor_desktop.domain.russian import NBSP
from shnor_desktop.reports.content import LEVEL_WORDS, RiskBar

__all__ = [
    "LEVEL_INKS",
    "PRINT_INKS",
    "TEXT_SIZE",
    "Anchor",
    "Ink",
    "Item",
    "Line",
    "Measure",
    "Picture",
    "Shape",
    "Text",
    "level_sign",
    "risk_profile",
    "risk_words",
    "wrap",
]


TEXT_SIZE = 9.0
"""Points of the words in a chart of a document."""


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
