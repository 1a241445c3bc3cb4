"""Plain text to reportlab paragraphs: escaped, so that no mark-up in data is ever followed."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from shnor_desktop.reports.content import ADDED_COLOUR, REMOVED_COLOUR, Inline, plain
from shnor_desktop.reports.hyphenation import hyphenated
from shnor_desktop.reports.printable_text import bound, pieces, printable


def paragraph(inline: Inline, style: ParagraphStyle, *, divide_words: bool = False) -> Paragraph:
    """One flowable; line feeds become new lines, long words are cut where the width ends."""
    return Paragraph(_markup(inline, divide_words=divide_words), style)


def body_paragraphs(inline: Inline, style: ParagraphStyle) -> list[Paragraph]:
    """The lines of a body text as paragraphs of their own: a long text then breaks over pages cheaply."""
    if isinstance(inline, str):
        lines = [piece for line in printable(inline).split("\n") for piece in pieces(line) if piece.strip()]
        paragraphs = [paragraph(bound(line), style, divide_words=True) for line in lines]
    else:
        paragraphs = [paragraph(inline, style, divide_words=True)]
    if paragraphs and plain(inline).rstrip().endswith(":"):
        # What announces a list does not stay behind at the foot of a page.
        paragraphs[-1].keepWithNext = True
    return paragraphs


def _markup(inline: Inline, *, divide_words: bool) -> str:
    if isinstance(inline, str):
        return _escaped(inline, divide_words=divide_words)
    parts = []
    for run in inline:
        text = _stretch(run.text, divide_words=divide_words)
        if run.bold:
            text = f"<b>{text}</b>"
        if run.is_added:
            text = f'<font color="#{ADDED_COLOUR}"><u>{text}</u></font>'
        if run.is_removed:
            text = f'<font color="#{REMOVED_COLOUR}"><strike>{text}</strike></font>'
        parts.append(f"<i>{text}</i>" if run.italic else text)
    return "".join(parts)


def _stretch(text: str, *, divide_words: bool) -> str:
    """A run's text; its last word is not divided: after soft hyphens the space before the next run gets lost."""
    head, space, last = text.rstrip().rpartition(" ")
    if not divide_words or text == text.rstrip():
        return _escaped(text, divide_words=divide_words)
    tail = text[len(text.rstrip()) :]
    return _escaped(head + space, divide_words=True) + _escaped(last + tail, divide_words=False)


def _escaped(text: str, *, divide_words: bool) -> str:
    shown = printable(text)
    if divide_words:
        shown = hyphenated(shown)
    return escape(shown).replace("\n", "<br/>")
