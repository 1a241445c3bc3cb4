"""The documents of a school: how each is called, where it is printed from, and in which formats it comes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.errors import KnownError


class DocumentKind(StrEnum):
    """The documents of a school."""

    PROGRAMME = "programme"
    DIAGNOSTIC_MAP = "diagnostic_map"
    ROAD_MAP = "roadmap"
    ROAD_MAP_STATUS = "roadmap_status"
    IDENTIFICATION = "identification"


class DocumentFormat(StrEnum):
    """What kind of file a document becomes; the code is the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def caption(self) -> str:
        """The words of a menu."""
        return {"pdf": "PDF", "docx": "Word (DOCX)", "xlsx": "Excel (XLSX)"}[self.value]


_ALL = tuple(DocumentFormat)
TITLED, PLAIN, SHEET = "programme.docx", "document.docx", "sheet.docx"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as a menu offers it; `page` is the page that prints it with Ctrl+P.

    `template` is the built-in template of Word that it is set in.
    """

    kind: DocumentKind
    title: str
    page: str
    file_name: str
    template: str = PLAIN
    formats: tuple[DocumentFormat, ...] = _ALL


_KINDS = (
    DocumentInfo(DocumentKind.DIAGNOSTIC_MAP, "Диагностическая карта", "map", "diagnosticheskaya-karta", SHEET),
    DocumentInfo(DocumentKind.PROGRAMME, "Программа перехода", "programme", "programma-perehoda", TITLED),
    DocumentInfo(DocumentKind.ROAD_MAP, "Дорожная карта", "roadmap", "dorozhnaya-karta"),
    DocumentInfo(
        DocumentKind.ROAD_MAP_STATUS, "Дорожная карта с отметками о выполнении", "roadmap", "dorozhnaya-karta-otmetki"
    ),
    DocumentInfo(DocumentKind.IDENTIFICATION, "Почему школа попала в проект", "results", "vyyavlenie"),
)


def list_kinds() -> tuple[DocumentInfo, ...]:
    """The documents that can be written."""
    return _KINDS


def info_of(kind: DocumentKind | str) -> DocumentInfo:
    """What is known of a kind."""
    return next(item for item in _KINDS if item.kind == DocumentKind(kind))


def check_format(kind: DocumentKind | str, form: DocumentFormat) -> None:
    """Refuse a format that the document does not come in; KnownError document.no_such_format."""
    info = info_of(kind)
    if form not in info.formats:
        known = ", ".join(item.caption for item in info.formats)
        raise KnownError("document.no_such_format", title=info.title, format=form.caption, known=known)
