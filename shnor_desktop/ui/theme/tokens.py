"""The colours of a theme by their meaning, read from `resources/themes/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

LEVELS = ("high", "medium", "low", "unknown")
GROUNDS = ("surface", "surface_raised", "surface_sunken")
NAMES = frozenset(
    {"text", "text_muted", "border", "border_strong", "accent", "accent_text", "accent_soft", "focus"}
    | {*GROUNDS, *LEVELS, *(f"{level}_soft" for level in LEVELS)}
)


class Tokens:
    """One theme: every colour is `#RRGGBB`. A plain class: making a dataclass of 24 fields delays the first paint."""

    def __init__(self, name: str, caption: str, colours: Mapping[str, str], series: tuple[str, ...]) -> None:
        self.name = name
        self.caption = caption
        self.series = series
        self._colours = dict(colours)

    def colour(self, name: str) -> str:
        """The colour called `name`; KeyError for a name that no theme has."""
        return self._colours[name]


def load_tokens(path: Path) -> Tokens:
    """Read one theme file; ValueError when it lacks a colour or has one too many."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    colours = {**data["colours"], **data["levels"]}
    if colours.keys() != NAMES:
        raise ValueError(f"{path.name}: colours differ from those that the program asks for: {colours.keys() ^ NAMES}")
    return Tokens(data["name"], data["caption"], colours, tuple(data["charts"]["series"]))


def text_pairs(tokens: Tokens) -> list[tuple[str, str]]:
    """The (text, ground) pairs of token names that people read, for the contrast test."""
    pairs = [("text", ground) for ground in (*GROUNDS, "accent_soft")]
    pairs += [("text_muted", ground) for ground in GROUNDS]
    pairs += [("accent", "surface"), ("accent", "surface_raised"), ("accent_text", "accent")]
    for level in LEVELS:
        pairs += [(level, f"{level}_soft"), (level, "surface"), (level, "surface_raised"), ("text", f"{level}_soft")]
    return pairs


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, section 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
