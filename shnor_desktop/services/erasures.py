"""Erasing what is known of a person: the school orders it, every copy confirms and does it, nothing brings it back.

The order names rows, never a person, and travels as any other row. Whoever confirms it erases every value that was
ever written of those rows, the files beside them, and, where a person agrees, the packages and backups on this
computer that may still hold them. Datasets of results know pupils by codes alone, so nothing in them is a person's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Delete, Set, parse_batch
from shnor_desktop.domain.results import looks_like_a_name
from shnor_desktop.models.erasures import ERASABLE, ERASURE_REASONS, Erasure
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.models.school import School
from shnor_desktop.services import erasure_traces
from shnor_desktop.services.erasure_traces import Traces
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.heads import RowKey
from shnor_desktop.storage.reading import Reader
from shnor_desktop.storage.store import WriteTransaction

WORD = "СТЕРЕТЬ"
"""What a director types to order it."""
DONE = "erasure_done"
"""The kind of what is kept of an order that was confirmed here; its id is the order."""
OPERATION = "поручено стереть данные"
_PART = "."
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Order:
    """An order to erase, as this copy knows it."""

    id: str
    school: str
    school_name: str
    caption: str
    """What kind of record it is about: «Педагог»."""
    reason: str
    document: str
    ordered_on: str
    rows: int
    done_at: str = ""
    """When it was confirmed here; empty while it waits."""

    @property
    def words(self) -> str:
        """«Педагог: 3 записи, отзыв согласия, заявление от 12.05.2025 № 7»."""
        return ", ".join(part for part in (f"{self.caption}, записей: {self.rows}", self.reason, self.document) if part)


@dataclass(frozen=True, slots=True)
class Extent:
    """What an erasure would take, before it is ordered."""

    title: str
    rows: tuple[tuple[str, int], ...]
    """(plural of the entity, how many)"""
    traces: Traces


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done here."""

    rows: int
    values: int
    files: int
    removed: tuple[str, ...]
    """Names of packages and backups that were removed."""
    left: Traces
    """What still may hold it on this computer."""


def extent(workspace: Workspace, entity: str, row: str) -> Extent:
    """What would go with a row. KnownError erasure.not_erasable, .row_missing."""
    info = _erasable(entity)
    with workspace.writing() as transaction:
        rows = _rows(workspace, transaction, info, row)
        title = _title(transaction.reader, info, row, workspace.school)
    counts: dict[str, int] = {}
    for name, _ in rows:
        plural = entities()[name].plural
        counts[plural] = counts.get(plural, 0) + 1
    return Extent(title, tuple(sorted(counts.items())), erasure_traces.traces(workspace, workspace.school))


def order(workspace: Workspace, entity: str, row: str, reason: str, document: str = "", word: str = "") -> Order:
    """Order the erasure of a row with everything below it, and delete it at once. It cannot be undone.

    KnownError erasure.other_desk, .not_confirmed, .reason_unknown, .names_a_person, .not_erasable, .row_missing.
    """
    _require_director(workspace, reason, word)
    info = _erasable(entity)
    school, now = workspace.school, workspace.clock.now()
    text = " ".join(document.split())[:200]
    with workspace.writing() as transaction:
        rows = _rows(workspace, transaction, info, row)
        _require_no_name(transaction.reader, info, row, school, text)
        if any(_targets(one) in rows for one in transaction.reader.rows(Erasure, school)):
            raise KnownError("erasure.already_ordered")
        first = new_row_id(now)
        said = {"reason": reason, "document": text or None, "ordered_on": now.astimezone().date().isoformat()}
        requests: list[Set | Delete] = []
        for number, (name, target) in enumerate([(entity, row), *sorted(rows - {(entity, row)})]):
            values = {"target_entity": name, "target_row": target, **(said if not number else {})}
            identifier = f"{first}{_PART}{number}" if number else first
            requests += [Set(Erasure.log_name, identifier, field, value) for field, value in values.items() if value]
        workspace.append(transaction, [*requests, Delete(entity, row)], OPERATION)
        _forget_steps(workspace, transaction, rows)
    return next(one for one in orders(workspace, school) if one.id == first)


def orders(workspace: Workspace, school: str | None = None) -> list[Order]:
    """Every order that is known here, newest first: of one school, or of all."""
    with workspace.reading() as reader:
        done = {identifier: json.loads(body)["at"] for identifier, body in reader.records.kept(DONE).items()}
        found: list[Order] = []
        for owner in [school] if school else reader.schools():
            rows = reader.rows(Erasure, owner)
            name = ""
            for one in rows:
                if _PART in one.id:
                    continue
                name = name or _school_name(reader, owner)
                parts = sum(1 for part in rows if part.id == one.id or part.id.startswith(f"{one.id}{_PART}"))
                found.append(_order(one, owner, name, parts, done.get(one.id, "")))
    return sorted(found, key=lambda one: (one.ordered_on, one.id), reverse=True)


def pending(workspace: Workspace, school: str | None = None) -> list[Order]:
    """The orders that this copy has not carried out."""
    return [one for one in orders(workspace, school) if not one.done_at]


def confirm(
    workspace: Workspace, erasure: str, *, remove_packages: bool = False, remove_backups: bool = False
) -> Erased:
    """Erase here what an order names. It cannot be undone. KnownError erasure.not_pending.

    `remove_packages` removes the packages that were written on this computer and can be reached, `remove_backups`
    makes a backup anew and removes the older ones.
    """
    found = next((one for one in pending(workspace) if one.id == erasure), None)
    if found is None:
        raise KnownError("erasure.not_pending")
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        rows = {
            target
            for one in transaction.reader.rows(Erasure, found.school)
            if (one.id == erasure or one.id.startswith(f"{erasure}{_PART}")) and (target := _targets(one))[0]
        }
        _forget_steps(workspace, transaction, rows)
        gone = transaction.log.erase(found.school, rows, erasure)
        said = {"at": now.isoformat(timespec="seconds"), "by": workspace.identity.certificate.fingerprint}
        counted = {"entity": found.caption, "rows": len(gone.rows), "values": gone.values, "files": len(gone.files)}
        transaction.records.keep(DONE, erasure, json.dumps({**said, **counted}, ensure_ascii=False, sort_keys=True))
    workspace.store.fold()
    erasure_traces.forget_opened()
    removed: list[str] = []
    if remove_packages:
        removed += erasure_traces.remove_packages(workspace, found.school)
    if remove_backups:
        with suppress(KnownError):  # a full disk: the old ones are named as left
            removed += erasure_traces.renew_backups(workspace)
    left = erasure_traces.traces(workspace, found.school)
    return Erased(len(gone.rows), gone.values, len(gone.files), tuple(removed), left)


def traces_of(workspace: Workspace, school: str) -> Traces:
    """What on this computer may hold the data of a school beside its store."""
    return erasure_traces.traces(workspace, school)


def _require_director(workspace: Workspace, reason: str, word: str) -> None:
    if workspace.kind is not StoreKind.SCHOOL or workspace.grant is not None:
        raise KnownError("erasure.other_desk")
    if word.strip().casefold() != WORD.casefold():
        raise KnownError("erasure.not_confirmed", word=WORD)
    known = dict(ERASURE_REASONS)
    if reason not in known:
        raise KnownError("erasure.reason_unknown", known="; ".join(known.values()))


def _erasable(entity: str) -> EntityInfo:
    info = entities().get(entity)
    if info is None or entity not in ERASABLE:
        raise KnownError("erasure.not_erasable", entity=info.plural if info else entity)
    return info


def _rows(workspace: Workspace, transaction: WriteTransaction, info: EntityInfo, row: str) -> frozenset[RowKey]:
    """The row with everything below and beside it. KnownError erasure.row_missing."""
    key = (info.log_name, row)
    there = transaction.reader.row(info.cls, row, workspace.school)
    if there is None or transaction.log.is_erased(workspace.school, key):
        raise KnownError("erasure.row_missing")
    return transaction.log.with_below(workspace.school, {key})


def _targets(one: Erasure) -> RowKey:
    return one.target_entity or "", one.target_row or ""


def _order(one: Erasure, school: str, name: str, rows: int, done_at: str) -> Order:
    info = entities().get(one.target_entity or "")
    return Order(
        id=one.id,
        school=school,
        school_name=name,
        caption=info.caption if info else one.target_entity or "",
        reason=dict(ERASURE_REASONS).get(one.reason or "", one.reason or ""),
        document=one.document or "",
        ordered_on=one.ordered_on or "",
        rows=rows,
        done_at=done_at,
    )


def _school_name(reader: Reader, school: str) -> str:
    card = reader.row(School, school, school)
    return (card.short_name or card.code or "") if card else ""


def _title(reader: Reader, info: EntityInfo, row: str, school: str) -> str:
    there = reader.row(info.cls, row, school)
    return str(getattr(there, info.title_field) or "") if there is not None and info.title_field else ""


def _require_no_name(reader: Reader, info: EntityInfo, row: str, school: str, document: str) -> None:
    """The order stays in the log for ever: it must not hold what it is to erase."""
    there = reader.row(info.cls, row, school)
    texts = [
        str(getattr(there, field.name) or "")
        for field in info.fields.values()
        if field.personal and field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)
    ]
    words = {word.casefold() for text in texts for word in text.split() if word.isalpha()}
    stems = {word[: max(_SHORTEST_STEM, len(word) - 2)] for word in words if len(word) >= _SHORTEST_STEM}
    if looks_like_a_name(document) or any(
        word.casefold().strip(".,;:()«»").startswith(stem) for word in document.split() for stem in stems
    ):
        raise KnownError("erasure.names_a_person")


def _forget_steps(workspace: Workspace, transaction: WriteTransaction, rows: Iterable[RowKey]) -> None:
    """Ctrl+Z does not take back what has gone."""
    wanted, stack = set(rows), workspace.undo_stack
    for names in (stack.done, stack.undone):
        names[:] = [name for name in names if not _touches(transaction.reader, name, wanted)]


def _touches(reader: Reader, name: str, rows: set[RowKey]) -> bool:
    data = reader.batch_data(name)
    if data is None:
        return False
    return any((change.key.entity, change.key.row) in rows for change in parse_batch(data).changes)
