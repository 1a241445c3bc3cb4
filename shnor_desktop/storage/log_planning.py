"""From what a use case asks to the changes of a batch: what says something new, what it replaces, what it knew."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.log import (
    DELETED,
    Batch,
    Change,
    ChangeKey,
    ChangeRef,
    ChangeRequest,
    Delete,
    Restore,
    Set,
    StoredValue,
    ValueState,
    value_digest,
)
from shnor_desktop.domain.merge import FieldHead, effective_changes, field_heads, merge_row, shown_first
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.heads import HeadReading, RowKey
from shnor_desktop.storage.log_reading import SentBatch

Planned = tuple[Change, StoredValue]
RowHeads = Mapping[str, Sequence[FieldHead]]
Refs = Collection[ChangeRef]


def plan(heads: HeadReading, requests: Sequence[ChangeRequest]) -> list[Planned]:
    """The changes that requests make; the last one for a field counts, and one that says nothing new is left out."""
    wanted: dict[ChangeKey, WireValue] = {}
    for request in requests:
        key, value = _said(request)
        _require_known(heads.schema, key)
        wanted.pop(key, None)
        wanted[key] = value
    deleted = {(key.entity, key.row) for key, value in wanted.items() if _is_deletion(key, value)}
    whole = heads.of(deleted)
    planned: list[Planned] = []
    changed: set[RowKey] = set()
    for key, value in wanted.items():
        row_key = (key.entity, key.row)
        row = whole[row_key] if row_key in deleted else heads.of_fields(row_key, (key.field,))
        if _says_something(key, value, row) or (_is_deletion(key, value) and row_key in changed):
            planned.append(planned_change(key, value, _replaces(key, value, row)))
            changed.add(row_key)
    return planned


def planned_change(key: ChangeKey, value: WireValue, replaces: Collection[ChangeRef]) -> Planned:
    """A change with the value beside it, newly salted."""
    salt = secrets.token_hex(16)
    change = Change(key, value_digest(salt, value), tuple(sorted(set(replaces))))
    return change, StoredValue(ValueState.PRESENT, salt, value)


def _said(request: ChangeRequest) -> tuple[ChangeKey, WireValue]:
    match request:
        case Set(entity, row, field, value):
            return ChangeKey(entity, row, field), value
        case Delete(entity, row):
            return ChangeKey(entity, row, DELETED), True
        case Restore(entity, row):
            return ChangeKey(entity, row, DELETED), False


def _require_known(schema: LogSchema, key: ChangeKey) -> None:
    if schema.read(schema.version, key) is None:
        raise BugError(f"no field {key.entity}.{key.field}")


def _replaces(key: ChangeKey, value: WireValue, row: RowHeads) -> list[ChangeRef]:
    """The heads of the field; a deletion names every head of the row."""
    names = row if _is_deletion(key, value) else (key.field,)
    return [head.ref for name in names for head in row.get(name, ())]


def _is_deletion(key: ChangeKey, value: WireValue) -> bool:
    return key.field == DELETED and value is True


def _says_something(key: ChangeKey, value: WireValue, row: RowHeads) -> bool:
    own = row.get(key.field, ())
    if _is_deletion(key, value):
        merged = merge_row(key.entity, key.row, row)
        return merged is not None and not (merged.is_deleted and len(own) == 1)
    if not own:
        return key.field != DELETED and value is not None
    first = shown_first(own)[0].value
    same = first.state is ValueState.PRESENT and first.value == value and type(first.value) is type(value)
    return len(own) > 1 or not same


def say_again(heads: HeadReading, batches: Mapping[str, Batch]) -> list[Planned]:
    """The heads among the changes of some batches, said anew for readers to whom those batches will never count.

    Each names, besides the old change, whatever it stood on outside of the batches. A deletion comes after the
    changes of its row that it knew and before those that it did not.
    """
    rows = {(change.key.entity, change.key.row) for batch in batches.values() for change in batch.changes}
    planned: list[Planned] = []
    for row, found in sorted(heads.of(rows).items()):
        ours = {name: [head for head in fields if head.ref.batch in batches] for name, fields in found.items()}
        deletions = ours.pop(DELETED, [])
        fields = [(name, head) for name, own in sorted(ours.items()) for head in own]
        known = [item for item in fields if any(one.knew(item[1].ref) for one in deletions)]
        unknown = [item for item in fields if item not in known]
        for name, head in (*known, *((DELETED, one) for one in deletions), *unknown):
            if head.value.state is ValueState.PRESENT:
                planned.append(_again(batches, row, name, head))
    return planned


def say_for(
    sent: Sequence[SentBatch], may_write: Callable[[ChangeKey], bool], said: Callable[[ChangeRef, ChangeKey], Refs]
) -> list[Planned]:
    """The heads among what somebody else wrote, as far as `may_write` goes, to be said in one's own name.

    `said` tells under which names a change of theirs was said here before: such a one is not said again, and what
    replaces it there replaces it here. The order is that of `say_again`.
    """
    batches = {one.batch.name: one.batch for one in sent}
    values = {ChangeRef(one.batch.name, at): value for one in sent for at, value in enumerate(one.values)}
    changes = effective_changes(batches.values(), lambda _replica, key: may_write(key))
    rows: dict[RowKey, dict[str, list[FieldHead]]] = {}
    for key, heads in field_heads(changes, values).items():
        rows.setdefault((key.entity, key.row), {})[key.field] = heads
    planned: list[Planned] = []
    for row, found in sorted(rows.items()):
        deletions = found.pop(DELETED, [])
        fields = [(name, head) for name, heads in sorted(found.items()) for head in heads]
        known = [item for item in fields if any(one.knew(item[1].ref) for one in deletions)]
        unknown = [item for item in fields if item not in known]
        for name, head in (*known, *((DELETED, one) for one in deletions), *unknown):
            key = ChangeKey(*row, name)
            if head.value.state is not ValueState.PRESENT or said(head.ref, key):
                continue
            refs = _below(batches, head.ref)
            here = {found for ref in refs if ref in changes for found in said(ref, changes[ref][1].key)}
            planned.append(planned_change(key, head.value.value, refs | here))
    return planned


def _again(batches: Mapping[str, Batch], row: RowKey, name: str, head: FieldHead) -> Planned:
    return planned_change(ChangeKey(*row, name), head.value.value, _below(batches, head.ref))


def _below(batches: Mapping[str, Batch], ref: ChangeRef) -> set[ChangeRef]:
    """A change, and whatever it and what it stands on in these batches replaced."""
    refs = {ref}
    todo = [ref]
    while todo:
        ref = todo.pop()
        if ref.batch in batches:
            below = set(batches[ref.batch].changes[ref.place].replaces) - refs
            refs |= below
            todo.extend(below)
    return refs
