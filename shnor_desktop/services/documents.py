"""Documents that a director can sign: filled from the store, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.models.school import School
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.diagnostic_map import diagnostic_map_document
from shnor_desktop.reports.documents.identification import identification_document
from shnor_desktop.reports.documents.programme import programme_document
from shnor_desktop.reports.documents.road_map import road_map_document
from shnor_desktop.reports.pdf_writer import pdf_of
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.document_facts import diagnostic_map_facts, programme_facts, road_map_facts
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.identification_facts import school_facts_of
from shnor_desktop.services.programme_drafts import DraftSource
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import resource


class DocumentKind(StrEnum):
    """The documents of a school."""

    PROGRAMME = "programme"
    DIAGNOSTIC_MAP = "diagnostic_map"
    ROAD_MAP = "roadmap"
    ROAD_MAP_STATUS = "roadmap_status"
    IDENTIFICATION = "identification"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as a menu offers it; `page` is the page that prints it with Ctrl+P."""

    kind: DocumentKind
    title: str
    page: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Written:
    """A document that was written."""

    path: Path
    size: int


_KINDS = (
    DocumentInfo(DocumentKind.DIAGNOSTIC_MAP, "Диагностическая карта", "map", "diagnosticheskaya-karta"),
    DocumentInfo(DocumentKind.PROGRAMME, "Программа перехода", "programme", "programma-perehoda"),
    DocumentInfo(DocumentKind.ROAD_MAP, "Дорожная карта", "roadmap", "dorozhnaya-karta"),
    DocumentInfo(
        DocumentKind.ROAD_MAP_STATUS, "Дорожная карта с отметками о выполнении", "roadmap", "dorozhnaya-karta-otmetki"
    ),
    DocumentInfo(DocumentKind.IDENTIFICATION, "Почему школа попала в проект", "results", "vyyavlenie"),
)


def list_kinds() -> tuple[DocumentInfo, ...]:
    """The documents that can be written."""
    return _KINDS


def suggested_name(workspace: Workspace, kind: DocumentKind | str, school: str | None = None) -> str:
    """A file name for a document: «72-014_programma-perehoda_2024-09-02.pdf»."""
    info = next(item for item in _KINDS if item.kind == DocumentKind(kind))
    facts = read_facts(workspace, school)
    code = (facts.school and facts.school.code) or "school"
    return f"{code}_{info.file_name}_{facts.as_of.isoformat()}.pdf"


def document(workspace: Workspace, kind: DocumentKind | str, school: str | None = None) -> Document:
    """The neutral content of a document; KnownError programme.not_begun."""
    return _MAKERS[DocumentKind(kind)](_source(workspace, school))


def document_pdf(workspace: Workspace, kind: DocumentKind | str, school: str | None = None) -> bytes:
    """The bytes of the PDF: for a preview."""
    return pdf_of(document(workspace, kind, school), resource("fonts"))


def write_document(workspace: Workspace, kind: DocumentKind | str, target: Path, school: str | None = None) -> Written:
    """Write a document as PDF; a failure leaves what was there.

    KnownError programme.not_begun, document.disk_full, .folder_missing, .folder_readonly, .write_failed, `report.*`.
    """
    data = document_pdf(workspace, kind, school)
    with write_beside(target, "document", need=len(data)) as stream:
        stream.write(data)
    return Written(target, len(data))


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
