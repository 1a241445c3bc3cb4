"""A part of the work that comes back to the school, or comes anew to a colleague.

What a colleague wrote counts by the word of the school: the changes within the granted parts are said again in the
school's own name, standing on what the colleague knew, as one unit of work. So every other copy computes the same
without knowing any colleague's key, a recall takes back nothing that was accepted, and what was not granted is in no
log at all; it is named in the verdict.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Batch, ChangeKey, Seal, ValueState
from shnor_desktop.domain.merge import accepted_head
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.domain.russian import plural
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.fingerprint import is_same_fingerprint
from shnor_desktop.exchange.package import Package
from shnor_desktop.exchange.package_json import DELEGATION
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import SCHEMA_VERSION, entities
from shnor_desktop.models.team_parts import part_of, part_titles
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import pack_arrivals, recipients, teamwork
from shnor_desktop.services.replica_names import is_of_key
from shnor_desktop.services.seals import is_signed
from shnor_desktop.services.team_packages import BLOB_KIND, take_values
from shnor_desktop.services.verdicts import Refused, Verdict, VerdictCode
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.services.writers import AUTHOR_LENGTH
from shnor_desktop.storage.log_store import EMPTY_HEAD, SentBatch, Writer
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.system.wording import explain


def take_in(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package, trust: str) -> Verdict:
    """Judge and apply a part on its way; raises `Refused` or KnownError, and then nothing has changed."""
    _require_sender(workspace, container.signer, package)
    if package.manifest.kind == DELEGATION:
        return _take_anew(workspace, file, container, package)
    return _take_back(workspace, file, container, package, trust)


@dataclass(frozen=True, slots=True)
class _Came:
    """What a colleague's chains hold as far as they are sealed, and what of it was not granted."""

    sent: tuple[SentBatch, ...]
    refused: tuple[ChangeKey, ...]
    has_gap: bool


def _require_sender(workspace: Workspace, signer: Certificate, package: Package) -> None:
    manifest, said = package.manifest, package.manifest.sender
    if (said.fingerprint, said.code, said.role) != (signer.fingerprint, signer.code, signer.role.value):
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_differs"))
    if workspace.kind is not StoreKind.SCHOOL:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("team.not_for_centre"))
    if (manifest.kind == DELEGATION) != (workspace.grant is not None):
        code = "team.open_as_desk" if manifest.kind == DELEGATION else "team.not_for_colleague"
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError(code))
    if manifest.school != workspace.school:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
    wanted = WriterRole.SCHOOL if manifest.kind == DELEGATION else WriterRole.DELEGATE
    if signer.role is not wanted:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    if signer.is_demo and not workspace.is_demo:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.demo_sender"))


def _take_anew(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package) -> Verdict:
    """The colleague's desk gets what the school changed since."""
    grant, delegated = workspace.grant, package.manifest.delegated
    if grant is None or delegated is None or delegated.id != grant.id:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("team.other_part"))
    with workspace.writing() as transaction:
        if all(one.fingerprint != container.signer.fingerprint for one in transaction.records.signers()):
            error = KnownError("team.other_school_key", sender=container.signer.name)
            raise Refused(VerdictCode.SENDER_UNKNOWN, error)
        if transaction.records.package(container.sha256) is not None:
            raise Refused(VerdictCode.ALREADY_HERE, KnownError("package.already_here", file=file.name))
        is_new = take_values(transaction, package)
        recipients.remember(transaction, container.signer.fingerprint, package.manifest.sender.recipient)
        code = VerdictCode.ACCEPTED if is_new else VerdictCode.OLDER
        _journal(transaction, file, container, package, code, [])
    workspace.forget_grant()
    words = KnownError("team.came_anew" if is_new else "team.nothing_new", colleague=grant.colleague)
    return _verdict(file, code, container, package, words)


def _take_back(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package, trust: str) -> Verdict:
    """The school gets what the colleague wrote."""
    signer = container.signer
    with workspace.writing() as transaction:
        row = _granted(workspace, transaction, package, signer)
        _require_key(row, signer, trust)
        if transaction.records.package(container.sha256) is not None:
            raise Refused(VerdictCode.ALREADY_HERE, KnownError("package.already_here", file=file.name))
        came = _read(package, signer, frozenset(row.parts or ()))
        before = transaction.reader.conflict_count(workspace.school)
        batch = _say(workspace, transaction, row, came, signer)
        _keep_files(transaction, package, came)
        recipients.remember(transaction, signer.fingerprint, package.manifest.sender.recipient)
        today = workspace.clock.now().astimezone().date().isoformat()
        values = [("state", teamwork.RETURNED), ("returned_on", today), ("fingerprint", signer.fingerprint)]
        workspace.append(transaction, teamwork.requests_of(row.id, values), "часть работы вернулась")
        notes = _notes(came, row, today, transaction.reader.conflict_count(workspace.school) > before)
        details = _refused_words(came.refused)
        code = _code(batch, bool(notes or details))
        touched = sorted({(change.key.entity, change.key.row) for change in batch.changes}) if batch else []
        _journal(transaction, file, container, package, code, [list(one) for one in touched])
    if batch is not None:
        workspace.undo_stack.done.append(batch.name)
        workspace.undo_stack.undone.clear()
    parts = part_titles(row.parts or ())
    words = KnownError("team.nothing_new", colleague=signer.name)
    if batch is not None:
        rows = plural(len(touched), "запись", "записи", "записей")
        words = KnownError("team.came_back", colleague=signer.name, parts=parts, rows=rows)
    return replace(_verdict(file, code, container, package, words), notes=notes, details=details)


def _granted(workspace: Workspace, transaction: WriteTransaction, package: Package, signer: Certificate) -> Delegation:
    delegated = package.manifest.delegated
    row = transaction.reader.row(Delegation, delegated.id, workspace.school) if delegated else None
    if row is None or row.hidden:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("team.unknown_part", sender=signer.name))
    if row.state == teamwork.RECALLED:
        raise Refused(VerdictCode.RECALLED, KnownError("team.recalled", colleague=row.colleague or signer.name))
    return row


def _require_key(row: Delegation, signer: Certificate, trust: str) -> None:
    """The key of a part is confirmed once; a second one, of a computer that was begun anew, once again."""
    if row.fingerprint == signer.fingerprint or (trust and is_same_fingerprint(signer.fingerprint, trust)):
        return
    code = "team.other_key" if row.fingerprint else "team.key_unknown"
    error = KnownError(code, sender=signer.name, fingerprint=signer.fingerprint_words)
    raise Refused(VerdictCode.SENDER_UNKNOWN, error)


def _read(package: Package, signer: Certificate, parts: frozenset[str]) -> _Came:
    """The batches that the colleague's own seals reach; whatever a carrier added leads nowhere."""
    links: dict[str, dict[str, SentBatch]] = {}
    for item in package.batches:
        if is_of_key(item.batch.replica, signer):
            links.setdefault(item.batch.replica, {})[item.batch.name] = SentBatch(item.batch, item.values)
    sent: list[SentBatch] = []
    has_gap = False
    for replica, found in sorted(links.items()):
        reached = accepted_head([one.batch for one in found.values()], _seals(package, replica, signer), EMPTY_HEAD)
        sent.extend(found[name] for name in reached.names)
        has_gap = has_gap or bool(reached.waiting) or reached.fork
    if any(one.batch.schema > SCHEMA_VERSION for one in sent):
        raise KnownError("package.newer_format", found="> 1", supported="1")
    refused = {c.key for one in sent for c in one.batch.changes if not _may_write(parts, c.key)}
    return _Came(tuple(sent), tuple(sorted(refused)), has_gap)


def _seals(package: Package, replica: str, signer: Certificate) -> list[Seal]:
    found = [one for one in package.seals if one.replica == replica and one.certificate == signer.der]
    return [one for one in found if is_signed(one, signer)]


def _may_write(parts: frozenset[str], key: ChangeKey) -> bool:
    return part_of(key) in parts and LogSchema().may_write(WriterRole.SCHOOL, key)


def _say(
    workspace: Workspace, transaction: WriteTransaction, row: Delegation, came: _Came, signer: Certificate
) -> Batch | None:
    parts = frozenset(row.parts or ())
    return transaction.log.take_over(
        workspace.school,
        came.sent,
        lambda key: _may_write(parts, key),
        Writer(workspace.writer.replica, signer.fingerprint[:AUTHOR_LENGTH]),
        workspace.clock.now(),
        f"вернулась часть работы: {part_titles(parts)}",
    )


def _keep_files(transaction: WriteTransaction, package: Package, came: _Came) -> None:
    """Only files that a granted change names."""
    refused = set(came.refused)
    named = {
        value.value
        for one in came.sent
        for change, value in zip(one.batch.changes, one.values, strict=True)
        if change.key not in refused and value.state is ValueState.PRESENT and isinstance(value.value, str)
    }
    for name in named & set(package.datasets):
        transaction.records.put_blob(package.manifest.school, BLOB_KIND, package.datasets[name])


def _notes(came: _Came, row: Delegation, today: str, has_conflicts: bool) -> tuple[str, ...]:
    notes = []
    if came.has_gap:
        notes.append("package.note_gap")
    if has_conflicts:
        notes.append("team.note_conflicts")
    if row.wanted_by and today > row.wanted_by:
        notes.append("team.note_late")
    return tuple(notes)


def _refused_words(keys: Sequence[ChangeKey]) -> tuple[str, ...]:
    """«Не принято, потому что не поручалось: Паспорт – 1 запись.» by entity."""
    rows: dict[str, set[str]] = {}
    for key in keys:
        info = entities().get(key.entity)
        rows.setdefault(info.plural if info else key.entity, set()).add(key.row)
    if not rows:
        return ()
    shown = "; ".join(
        f"{name} – {plural(len(ids), 'запись', 'записи', 'записей')}" for name, ids in sorted(rows.items())
    )
    return (f"Не принято, потому что эта часть не поручалась: {shown}.",)


def _code(batch: Batch | None, has_remarks: bool) -> VerdictCode:
    if batch is None and not has_remarks:
        return VerdictCode.OLDER
    return VerdictCode.ACCEPTED_WITH_REMARKS if has_remarks else VerdictCode.ACCEPTED


def _journal(
    transaction: WriteTransaction,
    file: Path,
    container: VerifiedContainer,
    package: Package,
    code: VerdictCode,
    touched: list[list[str]],
) -> None:
    manifest = package.manifest
    details = {"before": {}, "size": container.size, "sender": container.signer.name, "touched": touched}
    transaction.records.put_package(
        PackageRecord(
            id=container.sha256,
            direction="in",
            kind=manifest.kind,
            file_name=file.name,
            number=manifest.number,
            school=manifest.school,
            peer=container.signer.fingerprint,
            made_at=manifest.made_at,
            state=code.value,
            details=json.dumps(details, ensure_ascii=False, sort_keys=True),
        )
    )


def _verdict(
    file: Path, code: VerdictCode, container: VerifiedContainer, package: Package, words: KnownError
) -> Verdict:
    manifest = package.manifest
    return Verdict(
        file=file.name,
        code=code,
        message=explain(words),
        school=manifest.school,
        sender=container.signer.name,
        number=manifest.number,
        package=container.sha256,
        methodology=pack_arrivals.named_words(manifest.methodology),
    )
