"""A part of the work as a file: made by the school, begun as a desk by the colleague, and made to come back.

What leaves with a part is the newest values of its rows and, of what stands beside it, the names and what is not
personal (`models.team_parts`). Everything else stays behind as a change without its value, so that the chains of the
log hold and what the colleague writes knows on what it stands.
"""

from __future__ import annotations

import re
import secrets
import uuid
from dataclasses import replace
from pathlib import Path

import msgspec

from shnor_desktop.domain.clock import Clock, iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRef, ValueState
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.package import Package, read_package
from shnor_desktop.exchange.package_json import DELEGATION, RETURNED, Delegated, Party
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import entities
from shnor_desktop.models.team_parts import PART_ENTITIES, is_grant, is_read, part_titles
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import pack_shelf, recipients
from shnor_desktop.services.desks import ROW_SECRET_BYTES
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.package_drafts import Draft, draft_of
from shnor_desktop.services.packages import (
    Exported,
    Leaving,
    carrying_pack,
    leaving_of,
    manifest_of,
    seal,
    write_package,
)
from shnor_desktop.services.seals import certificate_of, sound_seals
from shnor_desktop.services.teamwork import GIVEN, PartDraft, requests_of, values_of
from shnor_desktop.services.workspace import (
    COLLEAGUE,
    Profile,
    StoreKind,
    Workspace,
    open_workspace,
    require_kind,
)
from shnor_desktop.services.workspace import DELEGATION as GRANT_ROW
from shnor_desktop.storage.log_store import SentBatch
from shnor_desktop.storage.opening import StoreKind as StoredKind
from shnor_desktop.storage.opening import create_store
from shnor_desktop.storage.records import TrustedSigner
from shnor_desktop.storage.store import Store, WriteTransaction

BLOB_KIND = "dataset"
_HEX = re.compile(r"[0-9a-f]{64}")


def leaving_with(workspace: Workspace, wanted: PartDraft) -> Leaving:
    """Preview what a colleague would get; nothing is written. KnownError as `give_part`."""
    _require_school(workspace)
    values = dict(values_of(workspace, wanted))
    with workspace.writing() as transaction:
        found = _part_draft(workspace, transaction, Delegation.log_name, tuple(wanted.parts), str(values["colleague"]))
    return replace(leaving_of(found), kept=())


def give_part(workspace: Workspace, folder: Path, wanted: PartDraft) -> Exported:
    """Note who takes which parts until when, and write the file for them; the note goes when the file cannot be.

    KnownError team.no_colleague, .no_parts, .day_is_past, .only_school, package.files_too_large, or of the disk.
    """
    _require_school(workspace)
    row = new_row_id(workspace.clock.now())
    requests = requests_of(row, values_of(workspace, wanted))
    given = workspace.write(requests, f"выдана часть работы: {part_titles(wanted.parts)}")
    try:
        return _write_part(workspace, folder, row)
    except BaseException:
        if given is not None:
            from shnor_desktop.services import records  # only where a file could not be written

            records.undo(workspace)
        raise


def give_again(workspace: Workspace, folder: Path, delegation: str) -> Exported:
    """The file of a part anew, with what the school changed since; a recalled part is out again.

    KnownError team.no_such_part, and those of `give_part`.
    """
    _require_school(workspace)
    with workspace.reading() as reader:
        row = reader.row(Delegation, delegation, workspace.school)
    if row is None or row.hidden:
        raise KnownError("team.no_such_part")
    workspace.write(requests_of(delegation, [("state", GIVEN)]), "часть работы выдана снова")
    return _write_part(workspace, folder, delegation)


def return_part(workspace: Workspace, folder: Path, *, plain: bool = False) -> Exported:
    """«Вернуть школе»: everything that was written on this desk. KnownError team.nothing_to_return, .only_colleague."""
    grant = workspace.grant
    if grant is None:
        raise KnownError("team.only_colleague")
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        head = seal(workspace, transaction, workspace.school, now)
        ours = {one.replica for one in transaction.records.replicas() if one.is_local}
        foreign = {one: at for one, at in transaction.log.vector(workspace.school).items() if one not in ours}
        sent = transaction.log.since(workspace.school, foreign)
        if head is None or not sent:
            raise KnownError("team.nothing_to_return")
        school = max(transaction.records.signers(), key=lambda one: one.trusted_at)
        receiver = Party(code=school.code, name=school.name, role=school.role, fingerprint=school.fingerprint)
        found = draft_of(workspace, transaction, workspace.school, receiver, sent, lambda _item, _place: True)
        found = replace(found, seals=tuple(one for one in found.seals if one.replica in ours))
    workspace.remember_sealed(workspace.school, head)
    return _write(workspace, folder, found, RETURNED, Delegated(grant.id, ""), plain=plain)


def open_part(
    file: Path, target: Path, clock: Clock, *, profile: Profile | None = None, packs: Packs | None = None
) -> Workspace:
    """Begin the colleague's desk from a file of the school. KnownError package.*, team.not_a_part, store.exists, ….

    The first file is believed: the school gave it into the hands; from then on only its key is.
    """
    container = open_file(file, profile or Profile.default()).container
    package = read_package(container)
    _require_part(container, package)
    said, delegated = _grant_in(package), package.manifest.delegated
    assert delegated is not None
    pack = pack_shelf.read_received(package.pack_data or b"")
    manifest = package.manifest
    store = create_store(
        target,
        kind=StoredKind.SCHOOL,
        clock=clock,
        is_demo=container.signer.is_demo,
        properties={
            "store_id": str(uuid.uuid4()),
            "school": manifest.school,
            "code": container.signer.code,
            "name": manifest.school_name or container.signer.name,
            pack_shelf.META_ID: pack.id,
            "row_secret": delegated.secret or secrets.token_bytes(ROW_SECRET_BYTES).hex(),
            GRANT_ROW: delegated.id,
            COLLEAGUE: said,
        },
    )
    try:
        _fill(store, container, package, clock)
        return open_workspace(store, packs or load_methodologies(), clock, profile)
    except BaseException:
        store.close()
        target.unlink(missing_ok=True)
        raise


def take_values(transaction: WriteTransaction, package: Package) -> bool:
    """Take in the log and the files of a part; whether anything in it was new. The signer answers for all its keys."""
    found = [certificate_of(one) for one in package.seals]
    vouched = {one.fingerprint for one in found if one is not None and one.role is not WriterRole.DELEGATE}
    for name, data in package.datasets.items():
        if name != package.manifest.methodology.hash:
            transaction.records.put_blob(package.manifest.school, BLOB_KIND, data)
    batches = [SentBatch(item.batch, item.values) for item in package.batches]
    done = transaction.log.ingest(batches, sound_seals(transaction, package.seals, vouched))
    return bool(done.advanced) or bool(done.touched)


def _require_school(workspace: Workspace) -> None:
    require_kind(workspace, StoreKind.SCHOOL)
    if workspace.grant is not None:
        raise KnownError("team.only_school")


def _require_part(container: VerifiedContainer, package: Package) -> None:
    manifest, signer = package.manifest, container.signer
    if manifest.kind != DELEGATION:
        raise KnownError("team.not_a_part")
    said = (manifest.sender.fingerprint, manifest.sender.code, manifest.sender.role)
    if said != (signer.fingerprint, signer.code, signer.role.value) or signer.role is not WriterRole.SCHOOL:
        raise KnownError("package.sender_differs")


def _grant_in(package: Package) -> str:
    """The name of the colleague whom a part is for. KnownError team.not_a_part where the package gives none."""
    delegated = package.manifest.delegated
    for item in package.batches:
        for change, value in zip(item.batch.changes, item.values, strict=True):
            is_name = delegated and is_grant(change.key, delegated.id) and change.key.field == "colleague"
            if is_name and value.state is ValueState.PRESENT and isinstance(value.value, str) and value.value:
                return value.value
    raise KnownError("team.not_a_part")


def _fill(store: Store, container: VerifiedContainer, package: Package, clock: Clock) -> None:
    signer, moment = container.signer, iso_utc(clock.now())
    with store.writing() as transaction:
        trusted = TrustedSigner(signer.fingerprint, signer.code, signer.role, signer.name, signer.der, moment)
        transaction.records.trust(trusted)
        recipients.remember(transaction, signer.fingerprint, package.manifest.sender.recipient)
        pack = pack_shelf.read_received(package.pack_data or b"")
        entry = pack_shelf.ShelfEntry(pack.hash, pack_shelf.PackSource.CENTRE, moment)
        pack_shelf.keep(transaction.records, package.pack_data or b"", entry)
        pack_shelf.put_in_force(transaction.records, pack, clock.now())
        take_values(transaction, package)
        if transaction.reader.row(Delegation, transaction.records.meta(GRANT_ROW), package.manifest.school) is None:
            raise KnownError("team.not_a_part")


def _write_part(workspace: Workspace, folder: Path, delegation: str) -> Exported:
    with workspace.writing() as transaction:
        row = transaction.reader.row(Delegation, delegation, workspace.school)
        assert row is not None
        head = seal(workspace, transaction, workspace.school, workspace.clock.now())
        parts, key = tuple(row.parts or ()), row.fingerprint or ""
        found = _part_draft(workspace, transaction, delegation, parts, row.colleague or "", key)
        found = carrying_pack(workspace, transaction, found)
        secret = transaction.records.meta("row_secret") if _names_people(parts) else ""
    if head is not None:
        workspace.remember_sealed(workspace.school, head)
    return _write(workspace, folder, found, DELEGATION, Delegated(delegation, secret))


def _write(
    workspace: Workspace, folder: Path, found: Draft, kind: str, delegated: Delegated, *, plain: bool = False
) -> Exported:
    now = workspace.clock.now()
    manifest = manifest_of(workspace, found, kind, None, now)
    manifest = msgspec.structs.replace(manifest, delegated=delegated)
    return write_package(workspace, folder, found, manifest, now, plain=plain)


def _part_draft(
    workspace: Workspace,
    transaction: WriteTransaction,
    delegation: str,
    parts: tuple[str, ...],
    colleague: str,
    key: str = "",
) -> Draft:
    shown = transaction.log.shown_changes(workspace.school)

    def leaves(item: SentBatch, place: int) -> bool:
        change = item.batch.changes[place].key
        is_shown = ChangeRef(item.batch.name, place) in shown
        return is_shown and (is_grant(change, delegation) or is_read(change, parts))

    receiver = Party(code="", name=colleague, role=WriterRole.DELEGATE, fingerprint=key if _HEX.fullmatch(key) else "")
    sent = transaction.log.since(workspace.school, {})
    return draft_of(workspace, transaction, workspace.school, receiver, sent, leaves)


def _names_people(parts: tuple[str, ...]) -> bool:
    """Whether rows of these parts are named by personal data: both sides must name a new one alike."""
    return any(_personal_key(name) for part in parts for name in PART_ENTITIES.get(part, ()))


def _personal_key(name: str) -> bool:
    info = entities()[name]
    fields: list[FieldInfo] = [info.fields[one] for one in info.natural_key]
    return any(field.personal for field in fields)
