"""Taking packages in: verify, judge, apply; one verdict a file, one bad file never stops the others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeKey
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.package import Package, read_package
from shnor_desktop.exchange.package_json import (
    DELEGATION,
    INVITATION,
    METHODOLOGY,
    RECEIPT,
    REQUEST,
    RETURNED,
    SCHOOL_PACKAGE,
    Manifest,
)
from shnor_desktop.models.review import Remark, RemarkMessage
from shnor_desktop.models.staying import stays
from shnor_desktop.services import pack_arrivals, qualified_signatures, recipients
from shnor_desktop.services.arrival_notes import arrival_notes, refused_words
from shnor_desktop.services.arrival_receipts import apply_receipt, note_invitation_taken
from shnor_desktop.services.arrival_undo import moved_by, undo_import
from shnor_desktop.services.enrolment_arrivals import take_in as take_enrolment
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.seals import sound_seals
from shnor_desktop.services.senders import require_school, require_sender
from shnor_desktop.services.team_arrivals import take_in as take_part
from shnor_desktop.services.trust_lists import take_trust
from shnor_desktop.services.verdicts import Changed, Refused, Verdict, VerdictCode
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.log_store import Ingested, SentBatch
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.system.collector import resting_collector
from shnor_desktop.system.wording import explain

__all__ = [
    "Opened",
    "Verdict",
    "VerdictCode",
    "import_package",
    "import_packages",
    "open_container",
    "open_package",
    "take_in",
    "undo_import",
    "verdict_on_failure",
]


_OF_REMARKS = frozenset({Remark.log_name, RemarkMessage.log_name})
_TO_CONFIRM = ("package.sender_unknown", "team.key_unknown", "team.other_key", "team.other_school_key")
"""Only here does a comparison of digits make the file welcome."""
_ON_FAILURE = {
    "package.newer_format": VerdictCode.NEWER_FORMAT,
    "log.batch_newer": VerdictCode.NEWER_FORMAT,
    "package.encrypted_for_others": VerdictCode.WRONG_SCHOOL,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of which every byte was verified and whose contents were read; nothing of it is applied yet."""

    file: Path
    container: VerifiedContainer
    package: Package


def import_packages(workspace: Workspace, files: Sequence[Path], trust: str = "") -> list[Verdict]:
    """Take in files, one verdict each. `trust` is a fingerprint that a person has compared and confirmed."""
    return [import_package(workspace, file, trust) for file in files]


def import_package(workspace: Workspace, file: Path, trust: str = "") -> Verdict:
    """Verify and apply one file; the store is as before unless the verdict says accepted.

    A store that cannot take it in (a full disk, no right to write) is a verdict too: a smaller file may still fit.
    """
    with resting_collector():
        opened = open_package(workspace, file)
        return opened if isinstance(opened, Verdict) else take_in(workspace, opened, trust)


def open_container(workspace: Workspace, file: Path) -> VerifiedContainer:
    """Decrypt a file where that is needed and verify it from first to last byte; KnownError package.*."""
    return open_file(file, workspace).container


def open_package(workspace: Workspace, file: Path) -> Opened | Verdict:
    """Verify and read a file, or the verdict on one that is no sound package."""
    try:
        container = open_container(workspace, file)
    except KnownError as error:
        return verdict_on_failure(file, error)
    try:
        return Opened(file, container, read_package(container))
    except KnownError as error:
        return replace(verdict_on_failure(file, error), sender=container.signer.name, package=container.sha256)


def take_in(workspace: Workspace, opened: Opened, trust: str = "") -> Verdict:
    """Judge and apply what was opened, in one unit of work."""
    file, container, package = opened.file, opened.container, opened.package
    try:
        if package.manifest.kind in (DELEGATION, RETURNED):
            return take_part(workspace, file, container, package, trust)
        if package.manifest.kind in (REQUEST, INVITATION):
            return take_enrolment(workspace, file, container, package, trust)
        return _take_in(workspace, file, container, package, trust)
    except Refused as refusal:
        return _verdict(file, refusal.code, container, package, refusal.error)
    except KnownError as error:
        code = VerdictCode.NOT_STORED if error.code.startswith("store.") else VerdictCode.DAMAGED
        code = VerdictCode.NEWER_FORMAT if error.code == "methodology.newer_format" else code
        return _verdict(file, code, container, package, error)


def _take_in(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package, trust: str) -> Verdict:
    manifest = package.manifest
    with workspace.writing() as transaction:
        doubts = take_trust(workspace, transaction, package)
        require_sender(workspace, transaction, container.signer, manifest, trust, container.signed_at)
        require_school(workspace, transaction, container.signer, manifest)
        known = transaction.records.package(container.sha256)
        if known is not None and qualified_signatures.is_kept(transaction.records, container):
            raise Refused(VerdictCode.ALREADY_HERE, KnownError("package.already_here", file=file.name))
        qualified_signatures.remember(transaction, container, workspace.clock.now())
        if known is not None:
            again = KnownError("package.qualified_came", file=file.name)
            return _verdict(file, VerdictCode.ALREADY_HERE, container, package, again)
        conflicts = transaction.reader.conflict_count(manifest.school)
        came = pack_arrivals.take_pack(workspace, transaction, package)
        seals = sound_seals(transaction, package.seals)
        for name, data in package.datasets.items():  # read from the file one by one
            if came is None or name != manifest.methodology.hash:
                transaction.records.put_blob(manifest.school, "dataset", data)
        sent = [SentBatch(item.batch, item.values, is_matched=True) for item in package.batches]
        ingested = transaction.log.ingest(sent, seals)
        if not any(ingested.before[chain] != after.head for chain, after in ingested.after.items()):
            older = _is_older(transaction, container.signer.fingerprint, manifest)
        else:
            older = False
        notes = arrival_notes(workspace, container, manifest, ingested, transaction)
        notes += (*pack_arrivals.notes_of(workspace, manifest, came), *doubts)
        refused = refused_words(transaction, ingested.refused)
        code = VerdictCode.ACCEPTED_WITH_REMARKS if notes or refused else VerdictCode.ACCEPTED
        code = VerdictCode.OLDER if older else code
        more = {"refused": list(refused), "moved": moved_by(transaction, manifest)}
        _journal(transaction, file, container, manifest, ingested, code, more)
        if not older:
            recipients.remember(transaction, container.signer.fingerprint, manifest.sender.recipient)
        if not older and manifest.kind != METHODOLOGY:
            transaction.records.set_peer_vector(container.signer.fingerprint, manifest.school, manifest.heads())
        apply_receipt(transaction, manifest)
        note_invitation_taken(transaction, manifest)
        changed = _changed(transaction, manifest.school, ingested, conflicts)
    words = pack_arrivals.words_of(came) if manifest.kind == METHODOLOGY else None
    is_answer = manifest.kind == RECEIPT and code is not VerdictCode.OLDER
    said_as = f"verdict.answer_{code}" if is_answer else f"verdict.{code}"
    words = words or KnownError(said_as, file=file.name, number=manifest.number)
    said = pack_arrivals.methodology_words(manifest, came)
    found = _verdict(file, code, container, package, words)
    return replace(found, cause="", notes=notes, methodology=said, details=refused, changed=changed)


def _changed(transaction: WriteTransaction, school: str, ingested: Ingested, conflicts: int) -> Changed:
    """What the taking in changed, where `conflicts` fields waited for a decision before."""
    rows = [row for row in ingested.touched if not stays(ChangeKey(*row, ""))]
    return Changed(
        rows=len(rows),
        remarks=sum(1 for entity, _ in rows if entity in _OF_REMARKS),
        conflicts=transaction.reader.conflict_count(school) - conflicts,
        is_first=_is_first(ingested),
    )


def _is_first(ingested: Ingested) -> bool:
    return all(not head.sequence for head in ingested.before.values())


def _is_older(transaction: WriteTransaction, peer: str, manifest: Manifest) -> bool:
    numbers = [
        r.number for r in transaction.records.packages(manifest.school) if r.direction == "in" and r.peer == peer
    ]
    return bool(numbers) and manifest.number < max(numbers)


def _journal(
    transaction: WriteTransaction,
    file: Path,
    container: VerifiedContainer,
    manifest: Manifest,
    ingested: Ingested,
    code: VerdictCode,
    more: Mapping[str, object],
) -> None:
    before: Mapping[str, list[object]] = {replica: list(head) for (replica, _), head in ingested.advanced.items()}
    touched = (
        [] if _is_first(ingested) else sorted(list(row) for row in ingested.touched if not stays(ChangeKey(*row, "")))
    )
    named = manifest.methodology
    details = {
        "before": before,
        "size": container.size,
        "sender": container.signer.name,
        "touched": touched,
        **more,
        "methodology": {"id": named.id, "version": named.version, "hash": named.hash},
    }
    record = PackageRecord(
        id=container.sha256,
        direction="in",
        kind=manifest.kind,
        file_name=clean_text(file.name),
        number=manifest.number,
        school=manifest.school,
        peer=container.signer.fingerprint,
        made_at=manifest.made_at,
        state=code.value,
        details=json.dumps(details, ensure_ascii=False, sort_keys=True),
    )
    transaction.records.put_package(record)


def verdict_on_failure(file: Path, error: KnownError) -> Verdict:
    """The verdict on a file that is no sound package."""
    code = _ON_FAILURE.get(error.code, VerdictCode.DAMAGED)
    return Verdict(file.name, code, explain(error), cause=error.code)


def _verdict(
    file: Path, code: VerdictCode, container: VerifiedContainer, package: Package, error: KnownError
) -> Verdict:
    manifest = package.manifest
    unknown = code is VerdictCode.SENDER_UNKNOWN and error.code in _TO_CONFIRM
    return Verdict(
        file=file.name,
        code=code,
        message=explain(error),
        school=manifest.school,
        sender=(manifest.kind == SCHOOL_PACKAGE and manifest.school_name) or container.signer.name,
        number=manifest.number,
        package=container.sha256,
        fingerprint=container.signer.fingerprint_words if unknown else "",
        cause=error.code,
        methodology=pack_arrivals.named_words(manifest.methodology),
        kind=manifest.kind,
    )
