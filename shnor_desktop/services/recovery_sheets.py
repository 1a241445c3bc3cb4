"""Printing the recovery sheet: the secret goes to paper and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.key_store import OWNER_ALONE
from shnor_desktop.exchange.recovery import PREFIX, Sheet, new_sheet
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.recovery_sheet import RecoverySheetFacts, recovery_sheet_document
from shnor_desktop.services import authority_desk, authority_recovery, recovery
from shnor_desktop.services.workspace import Workspace


def sheet_document(workspace: Workspace, sheet: Sheet) -> Document:
    """The sheet as a document, for the preview and the printer."""
    has_authority = any(
        name.startswith(f"{workspace.store_id}.authority") for name in workspace.profile.secrets.names()
    )
    facts = RecoverySheetFacts(
        workspace.identity.certificate.name, workspace.clock.now().astimezone(), PREFIX, sheet.groups, has_authority
    )
    return recovery_sheet_document(facts)


def write_sheet(workspace: Workspace, sheet: Sheet, path: Path) -> Path:
    """The sheet as PDF, readable to the owner alone: for a printer that is not on this computer. To be deleted then."""
    from shnor_desktop.reports.pdf_writer import pdf_of  # draws with a heavy library
    from shnor_desktop.system.paths import resource

    data = pdf_of(sheet_document(workspace, sheet), resource("fonts"))
    with write_beside(path, "document", need=len(data), mode=OWNER_ALONE) as stream:
        stream.write(data)
    return path


def write_new_sheet(workspace: Workspace, path: Path, phrase: str = "") -> Path:
    """A new sheet as PDF: the older one counts until the new one lies there, so that a full disk takes neither.

    `phrase` opens the key of a centre's authority: then the sheet brings that back too, should the phrase be forgotten.
    """
    sheet = new_sheet()
    authority = authority_desk.open_authority(workspace, phrase) if phrase else None
    write_sheet(workspace, sheet, path)
    try:
        recovery.begin_sheet(workspace, sheet)
        if authority is not None:
            authority_recovery.lay(workspace, authority, sheet.recipient)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return path
