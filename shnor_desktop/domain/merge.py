"""The merge: what a set of accepted batches says, whatever the order in which they came.

A field whose newest changes form one chain has one head. Two changes that do not know each other are two heads:
the later in (Lamport, replica) is shown, both are kept, and the field waits for a decision. A deletion that did not
know a change of the row is a conflict, and the row stays visible. A row of which no value is known (all were left
out on the way) is hidden. All functions here are pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, Batch, Change, ChangeKey, ChangeRef, Head, Seal, StoredValue, ValueState

MayWrite = Callable[[str, ChangeKey], bool]
"""(replica, key) → whether the certificate of that replica lets it write this field."""


class FieldHead(NamedTuple):
    """A newest change of a field: one that no other effective change of the field replaces.

    `knows` counts for a deletion: the changes of the row that it names.
    """

    ref: ChangeRef
    lamport: int
    replica: str
    value: StoredValue
    knows: frozenset[ChangeRef] = frozenset()

    @property
    def order(self) -> tuple[int, str, int, str]:
        """What decides which head is shown: never a clock, never the order of arrival."""
        return (self.lamport, self.replica, self.ref.place, self.ref.batch)

    def knew(self, ref: ChangeRef) -> bool:
        """Whether this deletion knew of a change: it names it, or it comes after it in the same batch."""
        return ref in self.knows or (ref.batch == self.ref.batch and ref.place < self.ref.place)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field «на решение»: the heads, the shown one first. `field` is DELETED for an edit against a deletion."""

    key: ChangeKey
    refs: tuple[ChangeRef, ...]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One row as the heads say it; one that nothing is known of, or that was erased, counts as deleted."""

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


def shown_first(heads: Iterable[FieldHead]) -> list[FieldHead]:
    """Heads of one field in the order in which they count."""
    return sorted(heads, key=lambda head: head.order, reverse=True)


def merge_row(entity: str, row: str, heads: Mapping[str, Sequence[FieldHead]]) -> MergedRow | None:
    """The row that the heads of its fields make; None when no field of it was ever set."""
    fields = {name: found if len(found) == 1 else shown_first(found) for name, found in heads.items()}
    deletions = fields.pop(DELETED, ())
    if not fields:
        return None
    if is_erased(fields) or not is_known(fields):
        return MergedRow(entity, row, dict.fromkeys(fields), True, ())
    is_deleted, against = _deletion(fields, deletions) if deletions else (False, ())
    conflicts: list[Conflict] = []
    if not is_deleted:
        conflicts = [
            Conflict(ChangeKey(entity, row, name), tuple(head.ref for head in found))
            for name, found in sorted(fields.items())
            if len(found) > 1 and _disagree(found)
        ]
    if against:
        conflicts.append(Conflict(ChangeKey(entity, row, DELETED), against))
    values = {name: found[0].value.value for name, found in fields.items()}
    return MergedRow(entity, row, values, is_deleted, tuple(conflicts))


def is_known(fields: Mapping[str, Sequence[FieldHead]]) -> bool:
    """Whether a value of these fields is known, or was until it was erased: else all were left out on the way."""
    return any(head.value.state is not ValueState.ABSENT for found in fields.values() for head in found)


def is_erased(fields: Mapping[str, Sequence[FieldHead]]) -> bool:
    """Whether the row was erased: a value that came from elsewhere meanwhile does not bring it back."""
    return any(head.value.state is ValueState.ERASED for found in fields.values() for head in found)


def _disagree(heads: Sequence[FieldHead]) -> bool:
    """Whether a person has to choose; between values that are all unknown nobody can."""
    first = heads[0].value
    if all(head.value.state is ValueState.ABSENT for head in heads):
        return False
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
    """Whether the row is deleted, and otherwise what stands against each other."""
    deleting = [head for head in deletions if head.value.value is True]
    if not deleting:
        return False, ()
    if len(deleting) < len(deletions):
        return False, tuple(head.ref for head in deletions)
    known = frozenset[ChangeRef]().union(*(one.knows for one in deleting))
    last = {one.ref.batch: one.ref.place for one in sorted(deleting, key=lambda one: one.ref.place)}
    unknown = [  # the same as asking each deletion whether it knew, without their product
        head.ref
        for found in fields.values()
        for head in found
        if head.ref not in known and head.ref.place >= last.get(head.ref.batch, 0)
    ]
    if unknown:
        return False, (*(head.ref for head in deleting), *sorted(unknown))
    return True, ()


class Link(Protocol):
    """A batch as a link of its chain."""

    @property
    def sequence(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def previous(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How far the chain of one (replica, school) counts, and why not further. `names` count from now on, in order."""

    head: Head
    names: tuple[str, ...] = ()
    waiting: int = 0
    fork: bool = False


def accepted_head(
    links: Iterable[Link], seals: Iterable[Seal], start: Head, counted: Mapping[int, str] | None = None
) -> Acceptance:
    """How far a chain counts: from `start` up to the newest seal whose batch is reached without a hole.

    `links` are the stored batches of one (replica, school) after `start`, in any order, forged ones among them;
    `seals` those whose signature holds; `counted` names batches up to `start`. The chain is walked from the seal
    down, so a batch that somebody put in another's name leads nowhere and stops nothing. A hole makes the rest
    wait. A seal of a batch beside the chain that counts is a fork: what counted first stays.
    """
    by_name = {link.name: link for link in links}
    known = {**(counted or {}), start.sequence: start.name}
    path: list[str] = []
    beside: set[str] = set()
    fork = False
    for seal in sorted(seals, key=lambda seal: seal.head, reverse=True):
        at = seal.head
        if at.sequence <= start.sequence or path:
            fork = fork or known.get(at.sequence, at.name) != at.name
            continue
        walked, forks = _walk(by_name, at, start, beside)
        fork = fork or forks
        for depth, name in enumerate(walked):
            path.append(name)
            known[at.sequence - depth] = name
    path.reverse()
    head = Head(start.sequence + len(path), path[-1]) if path else start
    waiting = sum(1 for link in by_name.values() if link.sequence > head.sequence)
    return Acceptance(head, tuple(path), waiting, fork)


def _walk(by_name: Mapping[str, Link], at: Head, start: Head, beside: set[str]) -> tuple[list[str], bool]:
    """The names from `at` down to `start`, none if it is not reached; and whether the way passes beside it."""
    names: list[str] = []
    name, sequence = at.name, at.sequence
    while sequence > start.sequence:
        link = by_name.get(name)
        if link is None or link.sequence != sequence or name in beside:
            beside.update(names)
            return [], False
        names.append(name)
        name, sequence = link.previous, sequence - 1
    if name == start.name:
        return names, False
    beside.update(names)
    return [], True
