"""Documents that a director can sign: filled from the store, written as PDF, Word or Excel, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from shnor_desktop.models.school import School
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.diagnostic_map import diagnostic_map_document
from shnor_desktop.reports.documents.identification import identification_document
from shnor_desktop.reports.documents.programme import programme_document
from shnor_desktop.reports.documents.road_map import road_map_document
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.document_facts import diagnostic_map_facts, programme_facts, road_map_facts
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
from shnor_desktop.services.identification_facts import school_facts_of
from shnor_desktop.services.programme_drafts import DraftSource
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


def document(workspace: Workspace, kind: DocumentKind | str, school: str | None = None) -> Document:
    """The neutral content of a document; KnownError programme.not_begun."""
    return _MAKERS[DocumentKind(kind)](_source(workspace, school))


def document_bytes(
    workspace: Workspace,
    kind: DocumentKind | str,
    school: str | None = None,
    form: DocumentFormat = DocumentFormat.PDF,
    *,
    built_in: bool = False,
) -> bytes:
    """The bytes of the file: for a preview, or to be written.

    `built_in` passes over the school's own template. KnownError programme.not_begun, document.no_such_format,
    `report.*`.
    """
    check_format(kind, form)
    template = template_of(kind, built_in=built_in) if form is DocumentFormat.DOCX else (b"", "")
    return bytes_of(document(workspace, kind, school), form, template)


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
) -> Written:
    """Write a document; a failure leaves what was there.

    KnownError as of `document_bytes`, and document.disk_full, .folder_missing, .folder_readonly, .write_failed.
    """
    return write_bytes(target, document_bytes(workspace, kind, school, form, built_in=built_in))


def _source(workspace: Workspace, school: str | None) -> DraftSource:
    facts = read_facts(workspace, school)
    card = records.row(workspace, School, facts.school.id, school) if facts.school else None
    pack = workspace.pack_of(school)
    return DraftSource(pack, facts, form_view_of(pack, facts).profile, card)


def _map_document(source: DraftSource) -> Document:
    return diagnostic_map_document(diagnostic_map_facts(source, form_view_of(source.pack, source.facts)))


_MAKERS: Mapping[DocumentKind, Callable[[DraftSource], Document]] = {
    DocumentKind.PROGRAMME: lambda source: programme_document(programme_facts(source)),
    DocumentKind.DIAGNOSTIC_MAP: _map_document,
    DocumentKind.ROAD_MAP: lambda source: road_map_document(road_map_facts(source)),
    DocumentKind.IDENTIFICATION: lambda source: identification_document(
        school_facts_of(source.pack, source.facts, source.card)
    ),
    DocumentKind.ROAD_MAP_STATUS: lambda source: road_map_document(road_map_facts(source, with_status=True)),
}
