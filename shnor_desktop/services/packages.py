"""Making packages: seal, choose what the receiver lacks, sign, write whole; the receipt of a centre is one too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head, Seal, ValueState
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.container import write_container
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
    WITHOUT_PACK,
    Answered,
    Counts,
    Manifest,
    MethodologyRef,
    Party,
)
from shnor_desktop.exchange.package_log import TravellingBatch
from shnor_desktop.methodologies.loader import pack_to_canonical
from shnor_desktop.models.registry import SCHEMA_VERSION, entity
from shnor_desktop.models.school import School
from shnor_desktop.reports.documents.cover import CountFacts, CoverFacts, cover_sheet, openssl_check
from shnor_desktop.reports.pdf_writer import pdf_of
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.check import check
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.records import PackageRecord, TrustedSigner
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.system.paths import resource


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that was written; `id` is the SHA-256 of the file."""

    path: Path
    id: str
    number: int
    size: int
    batches: int
    changes: int


@dataclass(frozen=True, slots=True)
class LeavingLine:
    """A line of the preview «что уходит»: how many rows of an entity have changes in the package."""

    entity: str
    caption: str
    rows: int
    has_personal: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """Everything that the next package would carry."""

    receiver: str
    lines: tuple[LeavingLine, ...]
    batches: int
    is_full: bool
    files: int


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a package will hold, read in one transaction."""

    school: str
    card: School | None
    receiver: Party
    batches: tuple[TravellingBatch, ...]
    seals: tuple[Seal, ...]
    datasets: Mapping[str, bytes]
    vector: Mapping[str, Head]
    number: int
    previous: str
    pack_note: str = ""
    """What the author of the methodology says of its version, where it travels."""


def leaving(workspace: Workspace, school: str | None = None) -> Leaving:
    """Preview what the next package carries; nothing is sealed or written."""
    owner = school or workspace.school
    with workspace.writing() as transaction:
        draft = _draft(workspace, transaction, owner)
    rows: dict[str, set[str]] = {}
    personal: set[str] = set()
    for item in draft.batches:
        for change in item.batch.changes:
            rows.setdefault(change.key.entity, set()).add(change.key.row)
            field = entity(change.key.entity).fields.get(change.key.field)
            if field is not None and field.personal:
                personal.add(change.key.entity)
    lines = tuple(
        LeavingLine(name, entity(name).plural, len(found), name in personal) for name, found in sorted(rows.items())
    )
    known = any(item.batch.sequence == 1 for item in draft.batches)
    return Leaving(draft.receiver.name, lines, len(draft.batches), known, len(draft.datasets))


def export_package(workspace: Workspace, folder: Path, *, full: bool = False, unfinished: bool = False) -> Exported:
    """Write the school's package; errors of the check block it (package.has_errors).

    `full` sends everything again, to a centre that lost its store. `unfinished` lets a demo school that is half-way
    be shown to its centre; elsewhere it has no effect.
    """
    require_kind(workspace, StoreKind.SCHOOL)
    result = check(workspace)
    if result.errors and not (unfinished and workspace.is_demo):
        raise KnownError("package.has_errors", count=len(result.errors))
    return _export(workspace, folder, workspace.school, SCHOOL_PACKAGE, None, full=full)


def export_receipt(workspace: Workspace, school: str, folder: Path) -> Exported:
    """Write the centre's answer to the newest package of a school: decision, remarks, what arrived."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    with workspace.reading() as reader:
        incoming = [p for p in reader.records.packages(school) if p.direction == "in" and p.kind == SCHOOL_PACKAGE]
    if not incoming:
        raise KnownError("package.nothing_to_answer")
    newest = max(incoming, key=lambda record: (record.number, record.made_at))
    answered = Answered(id=newest.id, number=newest.number, verdict=newest.state)
    return _export(workspace, folder, school, RECEIPT, answered)


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
    workspace: Workspace, folder: Path, school: str, kind: str, answered: Answered | None, *, full: bool = False
) -> Exported:
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        head = _seal(workspace, transaction, school, now)
        draft = _draft(workspace, transaction, school, full=full)
        draft = _with_pack(workspace, transaction, draft, kind)
    if head is not None:
        workspace.remember_sealed(school, head)
    manifest = _manifest(workspace, draft, kind, answered, now)
    name = package_file_name(manifest.sender.code, workspace.writer.replica, now.date().isoformat(), kind, draft.number)
    folder.mkdir(parents=True, exist_ok=True)
    target = free_path(folder, name)
    cover = _cover(workspace, manifest, target.name, now)
    members = package_members(manifest, draft.batches, draft.seals, draft.datasets, cover)
    info = write_container(target, members, workspace.identity, now)
    record = PackageRecord(
        id=info.sha256,
        direction="out",
        kind=kind,
        file_name=target.name,
        number=draft.number,
        school=school,
        peer=draft.receiver.fingerprint,
        made_at=manifest.made_at,
        state="prepared",
        details=json.dumps({"folder": str(folder), "size": info.size}, ensure_ascii=False, sort_keys=True),
    )
    with workspace.writing() as transaction:
        transaction.records.put_package(record)
    return Exported(target, info.sha256, draft.number, info.size, manifest.counts.batches, manifest.counts.changes)


def _with_pack(workspace: Workspace, transaction: WriteTransaction, draft: _Draft, kind: str) -> _Draft:
    """The methodology travels in its own package, and in a receipt to a school that works by another version."""
    pack, records = workspace.pack, transaction.records
    named = pack_shelf.hash_of_packages(records.packages(draft.school)) if kind == RECEIPT else ""
    if kind != METHODOLOGY and named in ("", pack.hash):
        return draft
    data = records.blob("", pack.hash) or pack_to_canonical(pack)
    receiver = Party(code="", name="школы центра", role=WriterRole.SCHOOL, fingerprint="")
    return replace(
        draft,
        datasets={**draft.datasets, pack.hash: data},
        pack_note=next((one.note for one in pack_shelf.entries(records) if one.hash == pack.hash), ""),
        receiver=receiver if kind == METHODOLOGY else draft.receiver,
    )


def _seal(workspace: Workspace, transaction: WriteTransaction, school: str, now: datetime) -> Head | None:
    """Sign the head of this replica's chain, unless it is sealed already; None while it wrote nothing."""
    replica = workspace.writer.replica
    head = transaction.log.head(replica, school)
    if not head.sequence:
        return None
    if all(seal.head != head for seal in transaction.log.seals(replica, school)):
        certificate = workspace.identity.certificate.der
        bare = Seal(replica, school, head, iso_utc(now), certificate, b"")
        signature = workspace.identity.sign(bare.signed_bytes())
        transaction.log.add_seal(Seal(replica, school, head, bare.sealed_at, certificate, signature))
    return head


def _draft(workspace: Workspace, transaction: WriteTransaction, school: str, *, full: bool = False) -> _Draft:
    log, records = transaction.log, transaction.records
    signer = _receiver(workspace, transaction, school)
    known = records.peer_vector(signer.fingerprint, school) if signer and not full else {}
    batches = tuple(TravellingBatch(item.batch, item.values) for item in log.since(school, known))
    vector = log.vector(school)
    seals = tuple(seal for replica in sorted(vector) for seal in log.seals(replica, school))
    outgoing = [record for record in records.packages() if record.direction == "out"]
    newest = max(outgoing, key=lambda record: record.number, default=None)
    return _Draft(
        school=school,
        card=transaction.reader.row(School, school, school),
        receiver=_party(signer),
        batches=batches,
        seals=seals,
        datasets=_datasets(transaction, school, batches),
        vector=vector,
        number=newest.number + 1 if newest else 1,
        previous=newest.id if newest else "",
    )


def _receiver(workspace: Workspace, transaction: WriteTransaction, school: str) -> TrustedSigner | None:
    """The other side: the centre of a school, or the school that sent the newest package."""
    wanted = WriterRole.MUNICIPAL if workspace.kind is StoreKind.SCHOOL else WriterRole.SCHOOL
    signers = {s.fingerprint: s for s in transaction.records.signers() if s.role == wanted}
    if workspace.kind is StoreKind.SCHOOL:
        return max(signers.values(), key=lambda signer: signer.trusted_at, default=None)
    for record in transaction.records.packages(school):
        if record.direction == "in" and record.peer in signers:
            return signers[record.peer]
    return None


def _party(signer: TrustedSigner | None) -> Party:
    if signer is None:
        return Party(code="", name="муниципальный центр", role=WriterRole.MUNICIPAL, fingerprint="")
    return Party(code=signer.code, name=signer.name, role=signer.role, fingerprint=signer.fingerprint)


def _datasets(transaction: WriteTransaction, school: str, batches: Sequence[TravellingBatch]) -> dict[str, bytes]:
    """The datasets of the school that the values of these batches name."""
    named = {
        value.value
        for item in batches
        for value in item.values
        if value.state is ValueState.PRESENT and isinstance(value.value, str) and len(value.value) == 64
    }
    found = {name: transaction.records.blob(school, name) for name in sorted(named)}
    return {name: data for name, data in found.items() if data is not None}


def _manifest(workspace: Workspace, draft: _Draft, kind: str, answered: Answered | None, now: datetime) -> Manifest:
    certificate = workspace.identity.certificate
    pack = workspace.pack
    return Manifest(
        format=(MAJOR, MINOR if pack.hash in draft.datasets else WITHOUT_PACK),
        kind=kind,
        sender=Party(certificate.code, certificate.name, certificate.role, certificate.fingerprint),
        receiver=draft.receiver,
        number=draft.number,
        previous=draft.previous,
        made_at=iso_utc(now),
        school=draft.school,
        school_code=_line(draft.card.code, LONGEST_CODE) if draft.card else "",
        school_name=_line(draft.card.short_name, LONGEST_NAME) if draft.card else "",
        schema=SCHEMA_VERSION,
        methodology=MethodologyRef(pack.id, pack.version, pack.hash, draft.pack_note),
        counts=Counts(
            batches=len(draft.batches),
            changes=sum(len(item.batch.changes) for item in draft.batches),
            seals=len(draft.seals),
            datasets=len(draft.datasets),
        ),
        vector=tuple((replica, head.sequence, head.name) for replica, head in sorted(draft.vector.items())),
        answers=answered,
    )


def _line(text: str | None, longest: int) -> str:
    return " ".join((text or "").split())[:longest]


def _cover(workspace: Workspace, manifest: Manifest, file_name: str, now: datetime) -> bytes:
    kinds = {
        SCHOOL_PACKAGE: "данные школы",
        RECEIPT: "квитанция муниципального центра",
        METHODOLOGY: "методика для школ центра",
    }
    counts = manifest.counts
    packs = int(manifest.format[1] > WITHOUT_PACK)
    facts = CoverFacts(
        kind=kinds[manifest.kind],
        sequence=manifest.number,
        file_name=file_name,
        sender=manifest.sender.name,
        receiver=manifest.receiver.name,
        made_at=now,
        methodology=f"{workspace.pack.title}, версия {workspace.pack.version}",
        counts=(
            CountFacts("Шагов работы", counts.batches),
            CountFacts("Изменений", counts.changes),
            CountFacts("Файлов результатов", counts.datasets - packs),
            *((CountFacts("Версий методики", packs),) if packs else ()),
        ),
        fingerprint=workspace.identity.certificate.fingerprint_words,
        sender_code=manifest.sender.code,
        previous=manifest.previous[:16],
        holds_personal_data=manifest.kind != METHODOLOGY,
        check_commands=openssl_check(file_name),
        square_code=f"shnor:{manifest.sender.code}:{manifest.number}:{manifest.sender.fingerprint[:32]}",
    )
    return pdf_of(cover_sheet(facts), resource("fonts"))
