"""Colours by meaning, sizes from the font, icons and the quiet style; every widget takes its look from here."""

from shnor_desktop.ui.theme.levels import Level
from shnor_desktop.ui.theme.look import Look, look
from shnor_desktop.ui.theme.sizing import (
    TextStyle,
    Tone,
    chars,
    lines,
    set_chars,
    set_gaps,
    set_icon,
    set_lines,
    set_text_style,
    set_tone,
)
from shnor_desktop.ui.theme.tokens import Tokens, contrast, load_tokens

__all__ = [
    "Level",
    "Look",
    "TextStyle",
    "Tokens",
    "Tone",
    "chars",
    "contrast",
    "lines",
    "load_tokens",
    "look",
    "set_chars",
    "set_gaps",
    "set_icon",
    "set_lines",
    "set_text_style",
    "set_tone",
]
