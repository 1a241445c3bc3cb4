"""Documents that a director can sign: filled from the store, written as PDF, Word or Excel, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.reports.content import Document
from shnor_desktop.services.document_files import Written, bytes_of, write_bytes
from shnor_desktop.services.document_kinds import (
    DocumentFormat,
    DocumentInfo,
    DocumentKind,
    check_format,
    info_of,
    list_kinds,
)
from shnor_desktop.services.document_templates import template_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

__all__ = [
    "DocumentFormat",
    "DocumentInfo",
    "DocumentKind",
    "Written",
    "document",
    "document_bytes",
    "document_pdf",
    "list_kinds",
    "suggested_name",
    "write_document",
]


def suggested_name(
    workspace: Workspace,
    kind: DocumentKind | str,
    school: str | None = None,
    form: DocumentFormat = DocumentFormat.PDF,
) -> str:
    """A file name for a document: «72-014_programma-perehoda_2024-09-02.pdf»."""
    facts = read_facts(workspace, school)
    code = (facts.school and facts.school.code) or "school"
    return f"{code}_{info_of(kind).file_name}_{facts.as_of.isoformat()}.{form.value}"


def document(workspace: Workspace, kind: DocumentKind | str, school: str | None = None, which: str = "") -> Document:
    """The neutral content of a document; `which` is the teacher, visit, order or pupil it is about: an id, or a name.

    KnownError programme.not_begun, document.no_such_teacher, .no_plan_of_teacher.
    """
    from shnor_desktop.services.document_makers import make  # forty makers: not before something is printed

    return make(workspace, kind, school, which)


def document_bytes(
    workspace: Workspace,
    kind: DocumentKind | str,
    school: str | None = None,
    form: DocumentFormat = DocumentFormat.PDF,
    *,
    built_in: bool = False,
    which: str = "",
) -> bytes:
    """The bytes of the file: for a preview, or to be written.

    `built_in` passes over the school's own template. KnownError as of `document`, document.no_such_format, `report.*`.
    """
    check_format(kind, form)
    template = template_of(kind, built_in=built_in) if form is DocumentFormat.DOCX else (b"", "")
    return bytes_of(document(workspace, kind, school, which), form, template)


def document_pdf(workspace: Workspace, kind: DocumentKind | str, school: str | None = None) -> bytes:
    """The bytes of the PDF: for a preview."""
    return document_bytes(workspace, kind, school)


def write_document(
    workspace: Workspace,
    kind: DocumentKind | str,
    target: Path,
    school: str | None = None,
    form: DocumentFormat = DocumentFormat.PDF,
    *,
    built_in: bool = False,
    which: str = "",
) -> Written:
    """Write a document; a failure leaves what was there.

    KnownError as of `document_bytes`, and document.disk_full, .folder_missing, .folder_readonly, .write_failed.
    """
    return write_bytes(target, document_bytes(workspace, kind, school, form, built_in=built_in, which=which))
