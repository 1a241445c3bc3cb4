"""Printing of «Выявление» at a centre: one school with its comparison, or all schools in one table."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.identification import centre_identification_document, identification_document
from shnor_desktop.reports.pdf_writer import pdf_of
from shnor_desktop.services.documents import Written
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.identification import centre_identification
from shnor_desktop.services.identification_facts import centre_facts_of, sheet_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import resource


def identification_content(workspace: Workspace, school: str = "") -> Document:
    """The document of one school of the centre, or of all; KnownError call.no_such_school."""
    found, as_of, pack = centre_identification(workspace), today(workspace), workspace.pack
    if not school:
        with workspace.reading() as reader:
            name = reader.records.meta("name")
        return centre_identification_document(centre_facts_of(pack, found, as_of, name))
    item = found.school(school)
    if item is None:
        raise KnownError("call.no_such_school", school=school)
    card = read_facts(workspace, school).school
    name = (card.full_name if card else None) or item.name
    return identification_document(sheet_of(pack, item, as_of, name, found))


def identification_file_name(workspace: Workspace, school: str = "") -> str:
    """«72-014_vyyavlenie_2024-09-02.pdf»; of all schools «vyyavlenie_2024-09-02.pdf»."""
    day = today(workspace).isoformat()
    item = centre_identification(workspace).school(school) if school else None
    return f"{item.code}_vyyavlenie_{day}.pdf" if item is not None and item.code else f"vyyavlenie_{day}.pdf"


def write_identification(workspace: Workspace, target: Path, school: str = "") -> Written:
    """Write it as PDF; a failure leaves what was there. KnownError document.*, `report.*`."""
    data = pdf_of(identification_content(workspace, school), resource("fonts"))
    with write_beside(target, "document", need=len(data)) as stream:
        stream.write(data)
    return Written(target, len(data))
