"""Numbers that stand in no text: Word counts the paragraphs of its lists when it shows them."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL = re.compile(r"%([1-9])")
_BULLET = "–"
_MAX_LEVEL = 9
_DECIMAL = {"decimal", "decimalZero", ""}


class ListNumbers:
    """Counts as the paragraphs of a document are asked for, in their order."""

    def __init__(self, document: Any) -> None:
        self._levels = _levels(document)
        self._styles = _styles(document)
        self._counts: dict[str, list[int]] = {}

    def mark_of(self, paragraph: Any) -> str:
        """«2.1.» before a paragraph of a numbered list, a dash before one with a bullet; empty for any other."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        number, at = self._styles.get(style.get(f"{_W}val", ""), ("", 0)) if style is not None else ("", 0)
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            number, at = _list_of(own)
        if not number or number == "0":
            return ""
        shapes = self._levels.get(number)
        if shapes is None or at not in shapes:
            return _BULLET
        return self._counted(number, at, shapes)

    def _counted(self, number: str, at: int, shapes: dict[int, tuple[str, str, int]]) -> str:
        shape, text, _ = shapes[at]
        if shape not in _DECIMAL:
            return _BULLET if shape == "bullet" else ""
        begun = number not in self._counts
        counts = self._counts.setdefault(number, [0] * _MAX_LEVEL)
        if begun:
            for level, (_, _, start) in shapes.items():
                counts[level] = start - 1
        counts[at] += 1
        for deeper in range(at + 1, _MAX_LEVEL):
            counts[deeper] = shapes[deeper][2] - 1 if deeper in shapes else 0
        return _LEVEL.sub(lambda found: str(max(1, counts[int(found[1]) - 1])), text)


def _levels(document: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    """numId → level → shape of the number, text with its places, first number."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    abstract = {}
    for one in root.iter(f"{_W}abstractNum"):
        levels = {}
        for level in one.iter(f"{_W}lvl"):
            at = level.get(f"{_W}ilvl", "")
            if at.isdigit() and int(at) < _MAX_LEVEL:
                levels[int(at)] = (_value(level, "numFmt"), _value(level, "lvlText"), _start(level))
        abstract[one.get(f"{_W}abstractNumId", "")] = levels
    found = {}
    for one in root.iter(f"{_W}num"):
        named = one.find(f"{_W}abstractNumId")
        if named is not None:
            found[one.get(f"{_W}numId", "")] = abstract.get(named.get(f"{_W}val", ""), {})
    return found


def _styles(document: Any) -> dict[str, tuple[str, int]]:
    """Styles of paragraphs that are lists: their list and level."""
    found = {}
    for style in document.styles.element.iter(f"{_W}style"):
        own = style.find(f"{_W}pPr/{_W}numPr")
        if own is not None:
            found[style.get(f"{_W}styleId", "")] = _list_of(own)
    return found


def _list_of(own: Any) -> tuple[str, int]:
    number, level = own.find(f"{_W}numId"), own.find(f"{_W}ilvl")
    value = level.get(f"{_W}val", "0") if level is not None else "0"
    at = min(int(value), _MAX_LEVEL - 1) if value.isdigit() else 0
    return (str(number.get(f"{_W}val", "")) if number is not None else ""), at


def _value(level: Any, name: str) -> str:
    element = level.find(f"{_W}{name}")
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _start(level: Any) -> int:
    value = _value(level, "start")
    return int(value) if value.isdigit() and len(value) < 5 else 1
