"""The colours of a theme by their meaning, read from `resources/themes/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: every colour is `#RRGGBB`."""

    name: str
    caption: str
    surface: str
    surface_raised: str
    surface_sunken: str
    text: str
    text_muted: str
    border: str
    border_strong: str
    accent: str
    accent_text: str
    accent_soft: str
    focus: str
    high: str
    high_soft: str
    medium: str
    medium_soft: str
    low: str
    low_soft: str
    unknown: str
    unknown_soft: str
    series: tuple[str, ...]

    def colour(self, name: str) -> str:
        """The colour called `name`; AttributeError for a name that no theme has."""
        value = getattr(self, name)
        assert isinstance(value, str)
        return value


def load_tokens(path: Path) -> Tokens:
    """Read one theme file; KeyError or TypeError when it lacks a colour or has one too many."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    values = {"name": data["name"], "caption": data["caption"], **data["colours"], **data["levels"]}
    return Tokens(**values, series=tuple(data["charts"]["series"]))


def text_pairs(tokens: Tokens) -> list[tuple[str, str]]:
    """The (text, ground) pairs of token names that people read, for the contrast test."""
    grounds = ("surface", "surface_raised", "surface_sunken", "accent_soft")
    pairs = [("text", ground) for ground in grounds]
    pairs += [("text_muted", ground) for ground in ("surface", "surface_raised", "surface_sunken")]
    pairs += [("accent", "surface"), ("accent", "surface_raised"), ("accent_text", "accent")]
    for level in ("high", "medium", "low", "unknown"):
        pairs += [(level, f"{level}_soft"), (level, "surface"), (level, "surface_raised"), ("text", f"{level}_soft")]
    known = {field.name for field in fields(tokens)}
    assert all(name in known for pair in pairs for name in pair)
    return pairs


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, section 1.4.3)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
