"""Sizes, distances and colours of print, after the norms for official papers (GOST R 7.0.97-2016).

Margins of an upright page: left 30 mm for binding, right 15, top and bottom 20. A turned page is bound
at its top.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from shnor_desktop.reports.charts import PRINT_INKS, Ink
from shnor_desktop.reports.content import Align, Typeface
from shnor_desktop.reports.pdf import fonts

PAGE_WIDTH, PAGE_HEIGHT = A4
ALIGNMENTS = {
    Align.LEFT: TA_LEFT,
    Align.CENTER: TA_CENTER,
    Align.RIGHT: TA_RIGHT,
    Align.JUSTIFY: TA_JUSTIFY,
}
INKS = {ink: HexColor(colour) for ink, colour in PRINT_INKS.items()}
HEADER_FILL = HexColor("#ececec")
GROUP_FILL = HexColor("#f6f6f6")


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    top: float
    bottom: float


UPRIGHT = Margins(30 * mm, 15 * mm, 20 * mm, 20 * mm)
TURNED = Margins(20 * mm, 20 * mm, 30 * mm, 15 * mm)


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, typeface: Typeface) -> None:
        serif = typeface is Typeface.SERIF
        self.family = fonts.SERIF if serif else fonts.SANS
        self.body_size = 13.0 if serif else 10.0
        self.table_size = 9.0

    def style(self, name: str, size: float, **settings: object) -> ParagraphStyle:
        """A style of this document's hand; lines are 1.35 of the size apart."""
        settings.setdefault("fontName", fonts.regular(self.family))
        settings.setdefault("leading", size * 1.35)
        return ParagraphStyle(
            name,
            fontSize=size,
            textColor=INKS[Ink.TEXT],
            splitLongWords=1,
            allowWidows=0,
            allowOrphans=0,
            **settings,
        )

    @cached_property
    def line(self) -> float:
        """Height of a body line in points."""
        return self.body_size * 1.35

    def body(self, align: Align, *, indent: bool, small: bool) -> ParagraphStyle:
        size = self.body_size * (0.85 if small else 1)
        return self.style(
            "body",
            size,
            alignment=ALIGNMENTS[align],
            firstLineIndent=12.5 * mm if indent else 0,
            spaceAfter=size * 0.35,
        )

    def heading(self, level: int) -> ParagraphStyle:
        factor = (1.45, 1.15, 1.0)[min(level, 2)]
        size = self.body_size * factor
        return self.style(
            f"heading{level}",
            size,
            fontName=fonts.bold(self.family),
            alignment=TA_CENTER if level == 0 else TA_LEFT,
            leading=size * 1.25,
            spaceBefore=size * (0.4 if level == 0 else 0.9),
            spaceAfter=size * 0.45,
            keepWithNext=1,
        )

    def contents(self, level: int) -> ParagraphStyle:
        size = self.body_size * 0.92
        return self.style(f"contents{level}", size, leftIndent=level * size * 1.5, rightIndent=size * 2)

    def note(self) -> ParagraphStyle:
        return self.style("note", self.body_size * 0.85)

    def code(self) -> ParagraphStyle:
        return self.style("code", 8.0, fontName=fonts.regular(fonts.SANS), leading=11.5)

    def item(self) -> ParagraphStyle:
        size = self.body_size
        return self.style(
            "item",
            size,
            spaceAfter=size * 0.2,
            leftIndent=size * 1.8,
            bulletFontName=fonts.regular(self.family),
            bulletFontSize=size,
        )

    def cell(self, align: Align = Align.LEFT, *, strong: bool = False) -> ParagraphStyle:
        """Tables are set in Golos Text in every document: it is narrow and its figures align."""
        face = fonts.bold(fonts.SANS) if strong else fonts.regular(fonts.SANS)
        return self.style(
            "strong cell" if strong else "cell",
            self.table_size,
            fontName=face,
            alignment=ALIGNMENTS[align],
            leading=self.table_size * 1.3,
        )

    def stamp(self, *, strong: bool = False) -> ParagraphStyle:
        size = min(self.body_size, 11.0)
        face = fonts.bold(self.family) if strong else fonts.regular(self.family)
        return self.style("stamp", size, fontName=face, leading=size * 1.3)

    def under_line(self) -> ParagraphStyle:
        return self.style("under line", 7.5, alignment=TA_CENTER)
