"""Neutral documents become files: PDF, Word, Excel or a page of a site, each written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.reports.content import Document
from shnor_desktop.services.document_kinds import DocumentFormat
from shnor_desktop.system.paths import resource


@dataclass(frozen=True, slots=True)
class Written:
    """A document that was written."""

    path: Path
    size: int


def bytes_of(document: Document, form: DocumentFormat, template: tuple[bytes, str] = (b"", "")) -> bytes:
    """The bytes of the file; only Word needs the template. KnownError `report.*`."""
    match form:  # each writer when it is first asked for: a window opens without them
        case DocumentFormat.PDF:
            from shnor_desktop.reports.pdf_writer import pdf_of

            return pdf_of(document, resource("fonts"))
        case DocumentFormat.DOCX:
            from shnor_desktop.reports.docx_writer import docx_of

            return docx_of(document, template[0], resource("fonts"), template[1])
        case DocumentFormat.XLSX:
            from shnor_desktop.reports.xlsx_writer import xlsx_of

            return xlsx_of(document)
        case DocumentFormat.HTML:
            from shnor_desktop.reports.html_writer import html_of

            return html_of(document)


def write_bytes(target: Path, data: bytes) -> Written:
    """Write a file; a failure leaves what was there. KnownError document.disk_full, .folder_missing and the like."""
    with write_beside(target, "document", need=len(data)) as stream:
        stream.write(data)
    return Written(target, len(data))
