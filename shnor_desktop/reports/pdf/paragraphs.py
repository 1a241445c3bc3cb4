"""Plain text to reportlab paragraphs: escaped, so that no mark-up in data is ever followed."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from shnor_desktop.reports.content import Inline
from shnor_desktop.reports.hyphenation import hyphenated
from shnor_desktop.reports.printable_text import bound, printable


def paragraph(inline: Inline, style: ParagraphStyle, *, divide_words: bool = False) -> Paragraph:
    """One flowable; line feeds become new lines, long words are cut where the width ends."""
    return Paragraph(_markup(inline, divide_words=divide_words), style)


def body_paragraphs(inline: Inline, style: ParagraphStyle) -> list[Paragraph]:
    """The lines of a body text as paragraphs of their own: a long text then breaks over pages cheaply."""
    if not isinstance(inline, str):
        return [paragraph(inline, style, divide_words=True)]
    lines = [line for line in printable(inline).split("\n") if line.strip()]
    return [paragraph(bound(line), style, divide_words=True) for line in lines]


def _markup(inline: Inline, *, divide_words: bool) -> str:
    if isinstance(inline, str):
        return _escaped(inline, divide_words=divide_words)
    parts = []
    for run in inline:
        text = _escaped(run.text, divide_words=divide_words)
        if run.bold:
            text = f"<b>{text}</b>"
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)


def _escaped(text: str, *, divide_words: bool) -> str:
    shown = printable(text)
    if divide_words:
        shown = hyphenated(shown)
    return escape(shown).replace("\n", "<br/>")
