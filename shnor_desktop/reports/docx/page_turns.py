"""Sections of upright and turned pages, after the page of the template."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from shnor_desktop.reports.docx.markup import MILLIMETRE, NAMESPACES

_A4 = (11906, 16838)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Sides and margins of an upright page in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int

    def room(self, *, turned: bool) -> int:
        """Width between the margins; a turned page is bound at its top."""
        return self.height - self.top - self.bottom if turned else self.width - self.left - self.right


class PageTurns:
    """The pages of one document: which way they lie, and the marks that end a section."""

    def __init__(self, document: Any) -> None:
        self._last = document.element.body.get_or_add_sectPr()
        self.frame = _frame(self._last)
        self._has_title = self._last.find(qn("w:titlePg")) is not None
        self.turned = False

    @property
    def room(self) -> int:
        """Width that a table may take where the writer is now."""
        return self.frame.room(turned=self.turned)

    def begin(self, *, turned: bool) -> None:
        """The way the first page lies."""
        self.turned = turned

    def turn(self, *, turned: bool) -> str:
        """End the section that is being written: its mark, for the last paragraph of it."""
        mark: str = etree.tostring(self._section(), encoding="unicode")
        self._has_title = False
        self.turned = turned
        return mark

    def finish(self) -> None:
        """Set the page of the last section, which stands at the end of the body."""
        self._last.getparent().replace(self._last, self._section())

    def _section(self) -> Any:
        section = deepcopy(self._last)
        title = section.find(qn("w:titlePg"))
        if title is not None and not self._has_title:
            section.remove(title)
        frame = self.frame
        size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
        sides = (frame.height, frame.width) if self.turned else (frame.width, frame.height)
        for name, value in zip(("w", "h"), sides, strict=True):
            size.set(qn(f"w:{name}"), str(value))
        if self.turned:
            size.set(qn("w:orient"), "landscape")
            turned = {"top": frame.left, "right": frame.top, "bottom": frame.right, "left": frame.bottom}
            for name, value in turned.items():
                margins.set(qn(f"w:{name}"), str(value))
        return section


def _frame(section: Any) -> PageFrame:
    """The page of the template, turned upright; sizes that make no sense become A4 with the usual margins."""
    size = section.find(qn("w:pgSz"))
    if size is None:
        size = parse_xml(f'<w:pgSz {NAMESPACES} w:w="{_A4[0]}" w:h="{_A4[1]}"/>')
        section.append(size)
    margins = section.find(qn("w:pgMar"))
    if margins is None:
        margins = parse_xml(f"<w:pgMar {NAMESPACES}/>")
        size.addnext(margins)
    size.attrib.pop(qn("w:orient"), None)
    usual = {"left": 30, "right": 15, "top": 20, "bottom": 20, "header": 10, "footer": 10, "gutter": 0}
    found = {name: _number(margins.get(qn(f"w:{name}")), round(mm * MILLIMETRE)) for name, mm in usual.items()}
    width, height = _number(size.get(qn("w:w")), _A4[0]), _number(size.get(qn("w:h")), _A4[1])
    if width > height:
        width, height = height, width
    if min(width - found["left"] - found["right"], height - found["top"] - found["bottom"]) < 60 * MILLIMETRE:
        (width, height), found = _A4, {name: round(mm * MILLIMETRE) for name, mm in usual.items()}
    for name, value in found.items():
        margins.set(qn(f"w:{name}"), str(value))
    return PageFrame(width, height, found["left"], found["right"], found["top"], found["bottom"])


def _number(text: str | None, usual: int) -> int:
    digits = (text or "").split(".")[0]
    return int(digits) if digits.isdigit() and len(digits) <= 6 else usual
