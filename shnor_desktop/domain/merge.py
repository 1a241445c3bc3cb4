"""The merge: what a set of accepted batches says, whatever the order in which they came.

A field whose newest changes form one chain has one head. Two changes that do not know each other are two heads:
the later in (Lamport, replica) is shown, both are kept, and the field waits for a decision. A deletion that did not
know a change of the row is a conflict, and the row stays visible. All functions here are pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, Batch, Change, ChangeKey, ChangeRef, Head, Seal, StoredValue, ValueState

MayWrite = Callable[[str, ChangeKey], bool]
"""(replica, key) → whether the certificate of that replica lets it write this field."""


@dataclass(frozen=True, slots=True)
class FieldHead:
    """A newest change of a field: one that no other effective change replaces."""

    ref: ChangeRef
    lamport: int
    replica: str
    value: StoredValue
    knows: frozenset[ChangeRef]

    @property
    def order(self) -> tuple[int, str, int]:
        """What decides which head is shown: never a clock, never the order of arrival."""
        return (self.lamport, self.replica, self.ref.place)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field «на решение»: the heads, the shown one first. `field` is DELETED for an edit against a deletion."""

    key: ChangeKey
    refs: tuple[ChangeRef, ...]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One row as the heads say it."""

    entity: str
    row: str
    values: Mapping[str, WireValue]
    is_deleted: bool
    conflicts: tuple[Conflict, ...]


def effective_changes(batches: Iterable[Batch], may_write: MayWrite) -> dict[ChangeRef, tuple[Batch, Change]]:
    """Every change that its writer was allowed to make."""
    return {
        ChangeRef(batch.name, place): (batch, change)
        for batch in batches
        for place, change in enumerate(batch.changes)
        if may_write(batch.replica, change.key)
    }


def field_heads(
    changes: Mapping[ChangeRef, tuple[Batch, Change]], values: Mapping[ChangeRef, StoredValue]
) -> dict[ChangeKey, list[FieldHead]]:
    """The heads of every field of one school."""
    replaced = {
        ref
        for _, change in changes.values()
        for ref in change.replaces
        if ref in changes and changes[ref][1].key == change.key
    }
    found: dict[ChangeKey, list[FieldHead]] = defaultdict(list)
    for ref, (batch, change) in changes.items():
        if ref not in replaced:
            value = values.get(ref, StoredValue(ValueState.ABSENT))
            knows = frozenset(change.replaces)
            found[change.key].append(FieldHead(ref, batch.lamport, batch.replica, value, knows))
    return dict(found)


def merge_row(entity: str, row: str, heads: Mapping[str, Sequence[FieldHead]]) -> MergedRow | None:
    """The row that the heads of its fields make; None when no field of it was ever set."""
    fields = {name: sorted(found, key=lambda head: head.order, reverse=True) for name, found in heads.items()}
    deletions = fields.pop(DELETED, [])
    if not fields:
        return None
    conflicts = [
        Conflict(ChangeKey(entity, row, name), tuple(head.ref for head in found))
        for name, found in sorted(fields.items())
        if _disagree(found)
    ]
    is_deleted, against = _deletion(fields, deletions)
    if against:
        conflicts.append(Conflict(ChangeKey(entity, row, DELETED), against))
    values = {name: found[0].value.value for name, found in fields.items()}
    return MergedRow(entity, row, values, is_deleted, tuple(conflicts))


def _disagree(heads: Sequence[FieldHead]) -> bool:
    if len(heads) < 2:
        return False
    first = heads[0].value
    return any(
        head.value.state is not ValueState.PRESENT
        or first.state is not ValueState.PRESENT
        or type(head.value.value) is not type(first.value)
        or head.value.value != first.value
        for head in heads[1:]
    )


def _deletion(
    fields: Mapping[str, Sequence[FieldHead]], deletions: Sequence[FieldHead]
) -> tuple[bool, tuple[ChangeRef, ...]]:
    deleting = [head for head in deletions if head.value.value is True]
    if not deleting:
        return False, ()
    if len(deleting) < len(deletions):
        return False, tuple(head.ref for head in deletions)
    known = frozenset().union(*(head.knows for head in deleting))
    unknown = [head.ref for found in fields.values() for head in found if head.ref not in known]
    if unknown:
        return False, (*(head.ref for head in deleting), *sorted(unknown))
    return True, ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How far the chain of one (replica, school) counts, and why not further."""

    head: Head
    waiting: int = 0
    fork: bool = False


def accepted_head(chain: Sequence[Batch], seals: Iterable[Seal], start: Head) -> Acceptance:
    """How far a chain counts: batches in sequence after `start`, each naming the one before, up to a seal.

    `chain` are the stored batches of one (replica, school) after `start`, in order of sequence; `seals` those whose
    signature holds. A hole makes the rest wait; a seal that names another batch at its place is a fork.
    """
    names = {start.sequence: start.name}
    expected = start
    for batch in chain:
        if batch.sequence != expected.sequence + 1 or batch.previous != expected.name:
            break
        expected = batch.head
        names[batch.sequence] = batch.name
    head = start
    fork = False
    for seal in seals:
        if seal.head.sequence in names:
            if names[seal.head.sequence] != seal.head.name:
                fork = True
            elif seal.head.sequence > head.sequence:
                head = seal.head
    return Acceptance(head, waiting=sum(1 for batch in chain if batch.sequence > head.sequence), fork=fork)
