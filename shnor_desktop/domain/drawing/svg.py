"""A display list as an SVG picture: lines stay lines, words stay words."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.drawing import PRINT_INKS, Item, Line, Picture, Shape, Text

_FACES = "Golos Text, Arial, sans-serif"


def svg_of(picture: Picture, title: str = "") -> str:
    """The picture on white paper; `title` is what a screen reader says. The same picture gives the same bytes."""
    width, height = _number(picture.width), _number(picture.height)
    named = f"<title>{escape(clean_text(title))}</title>" if title else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" font-family="{_FACES}">{named}',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *[_item(item) for item in picture.items],
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _item(item: Item) -> str:
    ink = PRINT_INKS[item.ink]
    match item:
        case Line():
            ends = " ".join(
                f'{name}="{_number(value)}"'
                for name, value in (("x1", item.x1), ("y1", item.y1), ("x2", item.x2), ("y2", item.y2))
            )
            return f'<line {ends} stroke="{ink}" stroke-width="{_number(item.width)}"/>'
        case Shape():
            points = " ".join(f"{_number(x)},{_number(y)}" for x, y in item.points)
            if item.filled:
                return f'<polygon points="{points}" fill="{ink}"/>'
            return f'<polygon points="{points}" fill="none" stroke="{ink}" stroke-width="{_number(item.width)}"/>'
        case Text():
            place = f'x="{_number(item.x)}" y="{_number(item.y)}" font-size="{_number(item.size)}"'
            anchor = quoteattr(item.anchor.value)
            return f'<text {place} fill="{ink}" text-anchor={anchor}>{escape(clean_text(item.text))}</text>'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
