"""Making packages: seal, choose what the receiver lacks, sign, write whole; the receipt of a centre is one too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head, Seal
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.container import Member, write_container
from shnor_desktop.exchange.encrypted_container import write_encrypted
from shnor_desktop.exchange.encryption import SUFFIX
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE
from shnor_desktop.exchange.package import free_path, package_file_name, package_members
from shnor_desktop.exchange.package_json import (
    EVERY_SCHOOL,
    LONGEST_CODE,
    LONGEST_NAME,
    MAJOR,
    METHODOLOGY,
    MINOR,
    RECEIPT,
    SCHOOL_PACKAGE,
    Answered,
    Counts,
    Manifest,
    MethodologyRef,
    Party,
)
from shnor_desktop.methodologies.loader import pack_to_canonical
from shnor_desktop.models.registry import SCHEMA_VERSION
from shnor_desktop.services import encryption_keys, owed_values, pack_shelf
from shnor_desktop.services.check import check
from shnor_desktop.services.covers import cover_of
from shnor_desktop.services.leaving import Leaving, LeavingLine, leaving, leaving_of
from shnor_desktop.services.package_drafts import Draft, draft
from shnor_desktop.services.package_readers import readers_of
from shnor_desktop.services.private_drafts import require_plain_operations, without_personal_data
from shnor_desktop.services.trust_lists import trust_member
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction

__all__ = [
    "Exported",
    "Leaving",
    "LeavingLine",
    "carrying_pack",
    "export_methodology",
    "export_package",
    "export_receipt",
    "leaving",
    "leaving_of",
    "manifest_of",
    "mark_handed",
    "packages",
    "seal",
    "write_package",
]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that was written; `id` is the SHA-256 of what was signed, encrypted or not."""

    path: Path
    id: str
    number: int
    size: int
    batches: int
    changes: int
    is_encrypted: bool = False


def export_package(
    workspace: Workspace,
    folder: Path,
    *,
    full: bool = False,
    unfinished: bool = False,
    plain: bool = False,
    impersonal: bool = False,
) -> Exported:
    """Write the school's package; errors of the check block it (package.has_errors).

    `full` sends everything again, to a centre that lost its store. `unfinished` lets a demo school that is half-way
    be shown to its centre; elsewhere it has no effect. `plain` leaves encryption out, `impersonal` everything
    that can name a person: it follows with the next ordinary package. KnownError package.impersonal_steps.
    """
    require_kind(workspace, StoreKind.SCHOOL)
    result = check(workspace)
    if result.errors and not (unfinished and workspace.is_demo):
        raise KnownError("package.has_errors", count=len(result.errors))
    return _export(
        workspace, folder, workspace.school, SCHOOL_PACKAGE, None, full=full, plain=plain, impersonal=impersonal
    )


def export_receipt(workspace: Workspace, school: str, folder: Path, *, plain: bool = False) -> Exported:
    """Write the centre's answer to the newest package of a school: decision, remarks, what arrived."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    with workspace.reading() as reader:
        incoming = [p for p in reader.records.packages(school) if p.direction == "in" and p.kind == SCHOOL_PACKAGE]
    if not incoming:
        raise KnownError("package.nothing_to_answer")
    newest = max(incoming, key=lambda record: (record.number, record.made_at))
    answered = Answered(id=newest.id, number=newest.number, verdict=newest.state)
    return _export(workspace, folder, school, RECEIPT, answered, plain=plain)


def export_methodology(workspace: Workspace, folder: Path) -> Exported:
    """Write the methodology that the centre works by, for every school of it."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    return _export(workspace, folder, EVERY_SCHOOL, METHODOLOGY, None)


def packages(workspace: Workspace, school: str | None = None) -> list[PackageRecord]:
    """The journal of packages, newest first."""
    with workspace.reading() as reader:
        return reader.records.packages(school)


def mark_handed(workspace: Workspace, package: str) -> None:
    """The person says that the file was given or sent."""
    with workspace.writing() as transaction:
        record = transaction.records.package(package)
        if record is not None and record.state == "prepared":
            transaction.records.put_package(replace(record, state="handed"))


def _export(
    workspace: Workspace,
    folder: Path,
    school: str,
    kind: str,
    answered: Answered | None,
    *,
    full: bool = False,
    plain: bool = False,
    impersonal: bool = False,
) -> Exported:
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        head = seal(workspace, transaction, school, now)
        found = draft(workspace, transaction, school, full=full)
        found = _with_pack(workspace, transaction, found, kind)
        if impersonal:  # before the file is there: what was owed for nothing is only sent twice
            found = without_personal_data(found)
            require_plain_operations(found)
            owed_values.left_out(transaction, school, found.known, found.number)
    if head is not None:
        workspace.remember_sealed(school, head)
    manifest = manifest_of(workspace, found, kind, answered, now)
    done = write_package(workspace, folder, found, manifest, now, plain=plain)
    if kind == SCHOOL_PACKAGE and not impersonal:
        with workspace.writing() as transaction:
            owed_values.sent_whole(transaction, school, done.id, done.number, found.vector)
    return done


def write_package(
    workspace: Workspace,
    folder: Path,
    found: Draft,
    manifest: Manifest,
    now: datetime,
    *,
    plain: bool = False,
    also: Sequence[Party] = (),
) -> Exported:
    """Sign and write a package whole, and note it in the journal. KnownError package.files_too_large and others.

    It is encrypted to its receiver, to those whom it is for `also` and to this desk where all their keys are known,
    unless it is to be `plain`.
    """
    kind = manifest.kind
    _require_room(found)
    readers = () if plain else readers_of(workspace, manifest, also)
    name = package_file_name(manifest.sender.code, workspace.writer.replica, now.date().isoformat(), kind, found.number)
    target = _target(folder, f"{name}{SUFFIX}" if readers else name)
    trust = _trust_of(workspace, manifest)
    cover = cover_of(workspace, manifest, target.name.removesuffix(SUFFIX), now, len(set(found.files.made)))
    members = package_members(manifest, found.batches, found.seals, found.files, cover, trust)
    identifier, size = _write_file(workspace, target, members, now, readers)
    details = {"folder": str(folder), "size": size, "encrypted": bool(readers), "impersonal": manifest.impersonal}
    details |= _answered(workspace, found, manifest)
    record = PackageRecord(
        id=identifier,
        direction="out",
        kind=kind,
        file_name=target.name,
        number=found.number,
        school=found.school,
        peer=found.receiver.fingerprint,
        made_at=manifest.made_at,
        state="prepared",
        details=json.dumps(details, ensure_ascii=False, sort_keys=True),
    )
    with workspace.writing() as transaction:
        transaction.records.put_package(record)
    counts = manifest.counts
    return Exported(target, identifier, found.number, size, counts.batches, counts.changes, bool(readers))


def _target(folder: Path, name: str) -> Path:
    """A free path in a folder, which is made where it is not there. KnownError package.folder_readonly."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("package.folder_readonly", folder=str(folder)) from error
    return free_path(folder, name)


def _require_room(found: Draft) -> None:
    if found.files.total > DEFAULT_LIMITS.total_bytes:
        largest, limit = found.files.total // MEBIBYTE, DEFAULT_LIMITS.total_bytes // MEBIBYTE
        raise KnownError("package.files_too_large", count=len(found.files), size_mb=largest, limit_mb=limit)


def _answered(workspace: Workspace, found: Draft, manifest: Manifest) -> dict[str, str | int]:
    """Which package a receipt answers, and how far it tells of what this desk wrote: by it is seen what is owed."""
    if manifest.answers is None:
        return {}
    head = found.vector.get(workspace.writer.replica)
    return {"answers": manifest.answers.id, "head": head.sequence if head is not None else 0}


def _write_file(
    workspace: Workspace, target: Path, members: list[Member], now: datetime, readers: tuple[str, ...]
) -> tuple[str, int]:
    """The SHA-256 of what was signed, and the size of the file."""
    if not readers:
        plain = write_container(target, members, workspace.identity, now)
        return plain.sha256, plain.size
    key, own_folder = encryption_keys.own_key(workspace), workspace.profile.folder
    done = write_encrypted(target, members, workspace.identity, now, readers, key, own_folder)
    return done.sha256, done.size


def _trust_of(workspace: Workspace, manifest: Manifest) -> bytes | None:
    """What the package tells of the authority; it names people, and the parts of colleagues do not need it."""
    if manifest.delegated is not None or manifest.impersonal:
        return None
    with workspace.writing() as transaction:
        return trust_member(workspace, transaction, manifest.school)


def _with_pack(workspace: Workspace, transaction: WriteTransaction, found: Draft, kind: str) -> Draft:
    """The methodology travels in its own package, and in a receipt to a school that works by another version."""
    pack, records = workspace.pack, transaction.records
    named = pack_shelf.hash_of_packages(records.packages(found.school)) if kind == RECEIPT else ""
    if kind != METHODOLOGY and named in ("", pack.hash):
        return found
    found = carrying_pack(workspace, transaction, found)
    receiver = Party(code="", name="школы центра", role=WriterRole.SCHOOL, fingerprint="")
    return replace(found, receiver=receiver) if kind == METHODOLOGY else found


def carrying_pack(workspace: Workspace, transaction: WriteTransaction, found: Draft) -> Draft:
    """The same with the methodology that this desk works by."""
    pack, records = workspace.pack, transaction.records
    data = records.blob("", pack.hash) or pack_to_canonical(pack)
    note = next((one.note for one in pack_shelf.entries(records) if one.hash == pack.hash), "")
    return replace(found, files=found.files.with_made(pack.hash, data), pack_note=note)


def seal(workspace: Workspace, transaction: WriteTransaction, school: str, now: datetime) -> Head | None:
    """Sign the head of this replica's chain, unless it is sealed already; None while it wrote nothing."""
    replica = workspace.writer.replica
    head = transaction.log.head(replica, school)
    if not head.sequence:
        return None
    certificate = workspace.identity.certificate.der  # one that was issued since goes before the one of then
    if all((seal.head, seal.certificate) != (head, certificate) for seal in transaction.log.seals(replica, school)):
        bare = Seal(replica, school, head, iso_utc(now), certificate, b"")
        signature = workspace.identity.sign(bare.signed_bytes())
        transaction.log.add_seal(Seal(replica, school, head, bare.sealed_at, certificate, signature))
    return head


def manifest_of(workspace: Workspace, found: Draft, kind: str, answered: Answered | None, now: datetime) -> Manifest:
    """What a package of this draft says of itself."""
    certificate = workspace.identity.certificate
    pack = workspace.pack
    return Manifest(
        format=(MAJOR, MINOR),
        kind=kind,
        sender=Party(
            certificate.code,
            certificate.name,
            certificate.role,
            certificate.fingerprint,
            encryption_keys.recipient(workspace),
        ),
        receiver=found.receiver,
        number=found.number,
        previous=found.previous,
        made_at=iso_utc(now),
        school=found.school,
        school_code=_line(found.card.code, LONGEST_CODE) if found.card else "",
        school_name=_line(found.card.short_name, LONGEST_NAME) if found.card else "",
        schema=SCHEMA_VERSION,
        methodology=MethodologyRef(pack.id, pack.version, pack.hash, found.pack_note),
        counts=Counts(
            batches=len(found.batches),
            changes=sum(len(item.batch.changes) for item in found.batches),
            seals=len(found.seals),
            datasets=len(found.files),
        ),
        vector=tuple((replica, head.sequence, head.name) for replica, head in sorted(found.vector.items())),
        answers=answered,
        impersonal=found.is_impersonal,
    )


def _line(text: str | None, longest: int) -> str:
    return " ".join((text or "").split())[:longest]
