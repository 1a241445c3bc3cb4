"""What is worth saying of a package although it is accepted."""

from __future__ import annotations

from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE, Manifest
from shnor_desktop.services.senders import is_code_taken
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.log_store import Ingested
from shnor_desktop.storage.store import WriteTransaction


def arrival_notes(
    workspace: Workspace,
    container: VerifiedContainer,
    manifest: Manifest,
    ingested: Ingested,
    transaction: WriteTransaction,
) -> tuple[str, ...]:
    """What is worth saying although the package is accepted: codes of phrases."""
    notes = []
    if any(acceptance.fork for acceptance in ingested.after.values()):
        notes.append("package.note_fork")
    if any(acceptance.waiting for acceptance in ingested.after.values()):
        notes.append("package.note_gap")
    if transaction.reader.conflict_count(manifest.school):
        notes.append("package.note_conflicts")
    now = workspace.clock.now()
    if not container.signer.is_valid_at(now) or abs((container.signed_at - now).days) > 366:
        notes.append("package.note_clock")
    if manifest.school_code and manifest.school_code != manifest.sender.code and manifest.kind == SCHOOL_PACKAGE:
        notes.append("package.note_code_differs")
    if is_code_taken(transaction, manifest):
        notes.append("package.note_code_taken")
    return tuple(notes)
