"""Writes a neutral document as a PDF file of A4 pages with embedded fonts."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import Document


def pdf_of(document: Document, fonts: Path) -> bytes:
    """The bytes of the PDF; equal documents give equal bytes, on any day and computer.

    `fonts` is the folder with the shipped faces. Raises KnownError("report.fonts_missing") where one
    is missing or broken and KnownError("report.not_laid_out") where a page cannot hold its content.
    """
    # reportlab takes a tenth of a second and 15 MB: it is loaded when something is printed.
    from reportlab.platypus.doctemplate import LayoutError

    from shnor_desktop.reports.pdf.fonts import register
    from shnor_desktop.reports.pdf.pages import print_pages

    register(fonts)
    try:
        return print_pages(document)
    except LayoutError as error:
        raise KnownError("report.not_laid_out", title=document.title) from error
