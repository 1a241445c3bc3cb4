"""Writes a neutral document as a Word file (DOCX) after a template that people may change."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.reports.content import Document


def docx_of(document: Document, template: bytes, fonts: Path, template_name: str = "") -> bytes:
    """The bytes of the DOCX; equal documents with equal templates give equal bytes.

    Styles, margins, headers and footers are those of the template, and its title page where the document has one;
    the text stands at «{{ текст }}» or after what the template holds. KnownError report.template_*,
    report.fonts_missing; `template_name` is the file in the message.
    """
    # python-docx with lxml and jinja2 take 0.3 s and 25 MB: they are loaded when a document is written.
    from shnor_desktop.reports.docx.assembly import assembled

    return assembled(document, template, fonts, template_name)
