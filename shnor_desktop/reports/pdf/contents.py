"""The list of headings with their pages, on paper and in the reader's side panel."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.platypus import BaseDocTemplate, Flowable, Paragraph, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

from shnor_desktop.reports.pdf.fonts import SANS, regular
from shnor_desktop.reports.pdf.styles import Styles

_LEVELS = {"heading1": 0, "heading2": 1}


class HeadedTemplate(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Notes the page of every heading that it prints."""

    def afterFlowable(self, flowable: Flowable) -> None:
        level = _LEVELS.get(flowable.style.name) if isinstance(flowable, Paragraph) else None
        if level is None:
            return
        text = flowable.getPlainText()
        key = f"heading {self.page} {self.frame._y:.2f}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level=self._outline_level(level))
        self.notify("TOCEntry", (level, escape(text), self.page))

    def beforeDocument(self) -> None:
        self._deepest = -1

    def _outline_level(self, level: int) -> int:
        """A part before the first section stands with the sections: an outline may not skip a level."""
        self._deepest = min(level, self._deepest + 1)
        return self._deepest


def contents(styles: Styles) -> TableOfContents:
    """The list itself; it is known after a second pass."""
    listed = TableOfContents(dotsMinLevel=0)
    listed.levelStyles = [styles.contents(0), styles.contents(1)]
    cells = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    listed.tableStyle = TableStyle([*cells, ("FONTNAME", (0, 0), (-1, -1), regular(SANS))])
    return listed
