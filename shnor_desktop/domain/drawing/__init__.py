"""Pictures as lists of lines, shapes and words: drawn on the screen, in documents and in files alike."""

from shnor_desktop.domain.drawing.items import (
    LEVEL_INKS,
    PRINT_INKS,
    SOFT_INKS,
    Anchor,
    Drawing,
    Ink,
    Item,
    Line,
    Measure,
    Picture,
    Shape,
    Text,
    box,
    hatch,
    level_sign,
    wrap,
)

__all__ = [
    "LEVEL_INKS",
    "PRINT_INKS",
    "SOFT_INKS",
    "Anchor",
    "Drawing",
    "Ink",
    "Item",
    "Line",
    "Measure",
    "Picture",
    "Shape",
    "Text",
    "box",
    "hatch",
    "level_sign",
    "wrap",
]
