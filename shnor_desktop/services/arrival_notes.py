"""What is worth saying of a package although it is accepted."""

from __future__ import annotations

from collections.abc import Collection

from shnor_desktop.domain.log import DELETED
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE, Manifest
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.services.senders import is_code_taken
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.log_store import Ingested, RefusedChange
from shnor_desktop.storage.store import WriteTransaction

_WRITERS = {
    WriterRole.SCHOOL: "Школа",
    WriterRole.METHODIST: "Методист",
    WriterRole.MUNICIPAL: "Муниципальный центр",
    WriterRole.DELEGATE: "Коллега",
}
_MAY = {
    frozenset({WriterRole.SCHOOL}): "только школа",
    frozenset({WriterRole.MUNICIPAL}): "только муниципальный центр",
    frozenset({WriterRole.METHODIST, WriterRole.MUNICIPAL}): "только методист и муниципальный центр",
}
_MOST_FIELDS = 4
MOST_REFUSED = 12
"""So many writers and entities are named; the rest is counted."""


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
    if manifest.impersonal:
        notes.append("package.note_impersonal")
    if is_code_taken(transaction, manifest):
        notes.append("package.note_code_taken")
    return tuple(notes)


def refused_words(transaction: WriteTransaction, refused: Collection[RefusedChange]) -> tuple[str, ...]:
    """Which changes came and have no effect because their writer may not make them, in a sentence each."""
    if not refused:
        return ()
    known = {one.replica: one for one in transaction.records.replicas()}
    groups: dict[tuple[str, str, str, bool], list[RefusedChange]] = {}
    for one in refused:
        record = known.get(one.replica)
        role, name = (WriterRole(record.role), record.name) if record else (WriterRole.DELEGATE, "")
        info = entities().get(one.key.entity)
        is_elsewhere = record is not None and info is not None and role in _writers(info, one.key.field)
        groups.setdefault((role, name, one.key.entity, is_elsewhere), []).append(one)
    words = [_group_words(*group, found) for group, found in sorted(groups.items())]
    rest = sum(len(found) for _, found in sorted(groups.items())[MOST_REFUSED:])
    more = (f"Ещё не имеют силы изменения в других разделах: {rest}.",) if rest else ()
    return (*words[:MOST_REFUSED], *more)


def _group_words(role: str, writer: str, entity: str, is_elsewhere: bool, found: Collection[RefusedChange]) -> str:
    info = entities().get(entity)
    who = _WRITERS[WriterRole(role)] + (f" «{writer}»" if writer else "")
    rows = len({one.key.row for one in found})
    where = f" ({_field_words(info, found)})" if info else ""
    said = f"{who}: изменено «{info.caption if info else entity}»{where}, записей: {rows}."
    if is_elsewhere:
        return f"{said} Эти изменения ({len(found)}) не имеют силы: писавший не из этой школы. Остальное принято."
    writers = {_MAY.get(_writers(info, one.key.field), "") if info else "" for one in found}
    may = writers.pop() if len(writers) == 1 else ""
    why = f"их может вносить {may}" if may else "этой роли они не разрешены"
    return f"{said} Эти изменения ({len(found)}) не имеют силы: {why}. Остальное принято."


def _field_words(info: EntityInfo, found: Collection[RefusedChange]) -> str:
    names = {one.key.field for one in found}
    captions = [field.caption for name, field in info.fields.items() if name in names]
    captions += ["удаление"] if DELETED in names else []
    more = f" и ещё {len(captions) - _MOST_FIELDS}" if len(captions) > _MOST_FIELDS else ""
    return ", ".join(captions[:_MOST_FIELDS]) + more


def _writers(info: EntityInfo, field: str) -> frozenset[WriterRole]:
    if field == DELETED:
        return info.deleters
    return info.fields[field].writers if field in info.fields else frozenset()
