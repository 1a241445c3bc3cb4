"""Two oracles of the merge: the pure functions of the domain over what a store accepted, and causality kept by hand.

The second knows nothing of references between batches: it remembers, for each edit, which edits its desk had seen.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, Batch, ChangeKey, ChangeRef, Head, StoredValue
from shnor_desktop.domain.merge import MergedRow, effective_changes, field_heads, merge_row
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import column_value
from shnor_desktop.storage.row_values import entity_row_digest, projected
from tests.storage.merge_desks import GOAL, SCHEMA, SCHOOL, Desk

RowKey = tuple[str, str]


def hidden_rows(rows: Mapping[RowKey, MergedRow]) -> set[RowKey]:
    """Rows that are deleted or stand below a deleted one: a fixed point, not a walk."""
    hidden = {key for key, row in rows.items() if row.is_deleted}
    while True:
        below = {
            key
            for key, row in rows.items()
            if key[0] == GOAL and (GOAL, row.values.get("goal")) in hidden and key not in hidden
        }
        if not below:
            return hidden
        hidden |= below


def require_as_the_domain_says(desk: Desk) -> None:
    """The derived tables of a desk are what the pure merge makes of its accepted batches."""
    batches: list[Batch] = desk.log(lambda log: log.accepted(SCHOOL))
    stored = desk.log(lambda log: {batch.name: log.values(batch.name) for batch in batches})
    roles = {replica: desk.log(lambda log, r=replica: log.role(r)) for replica in {b.replica for b in batches}}
    changes = effective_changes(
        batches, lambda replica, key: roles[replica] is not None and SCHEMA.may_write(roles[replica], key)
    )
    values: dict[ChangeRef, StoredValue] = {ref: stored[ref.batch][ref.place] for ref in changes}
    by_row: dict[RowKey, dict[str, list]] = defaultdict(dict)
    heads = field_heads(changes, values)
    for key, found in heads.items():
        by_row[key.entity, key.row][key.field] = found
    rows = {key: row for key, fields in by_row.items() if (row := merge_row(*key, fields)) is not None}
    hidden = hidden_rows(rows)
    with desk.store.reading() as reader:
        for info in SCHEMA.entities.values():
            there = {row.id: row for row in reader.rows(info.cls, SCHOOL, hidden=True)}
            assert set(there) == {row for entity, row in rows if entity == info.log_name}
            for row_id, row in there.items():
                said = rows[info.log_name, row_id].values
                for name, described in info.fields.items():
                    assert getattr(row, name) == column_value(described, said.get(name)), (row_id, name)
                assert row.hidden == ((info.log_name, row_id) in hidden), row_id
        digest = sum(
            entity_row_digest(info, key[1], key in hidden, projected(info, row.values))
            for key, row in rows.items()
            for info in (SCHEMA.entities[key[0]],)
        )
        if batches:
            assert int(reader.projection_digest(SCHOOL), 16) == digest % 2**256
    tables = desk.tables()
    assert {(row[0], row[1]): bool(row[4]) for row in tables["row_state"]} == {
        key: row.is_deleted for key, row in rows.items()
    }
    assert {(row[0], row[1], row[2]): json.loads(row[4]) for row in tables["conflict"]} == {
        tuple(conflict.key): [list(ref) for ref in conflict.refs] for row in rows.values() for conflict in row.conflicts
    }
    assert {(row[0], row[1]) for row in tables["log_change"] if row[9]} == {
        tuple(head.ref) for found in heads.values() for head in found
    }
    assert {(row[0], row[1]) for row in tables["log_change"]} == {tuple(ref) for ref in changes}
    assert [row[1] for row in tables["school_state"]] == sorted({b.lamport for b in batches})[-1:]


@dataclass(frozen=True, slots=True)
class Edit:
    """An acknowledged change. `saw` are the batches that its desk counted when it was made."""

    ref: ChangeRef
    key: ChangeKey
    value: WireValue
    lamport: int
    replica: str
    saw: frozenset[str]
    is_allowed: bool = True

    def knew(self, other: Edit) -> bool:
        """Whether its author had the other change before the eyes."""
        return other.ref.batch in self.saw or (
            other.ref.batch == self.ref.batch and other.ref.place < self.ref.place and self.key.field == DELETED
        )


@dataclass(slots=True)
class Knowledge:
    """What has reached a desk, by the rules and without looking into its store."""

    arrived: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    sealed: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    counted: dict[str, int] = field(default_factory=dict)

    def copy(self) -> Knowledge:
        """As it is now."""
        arrived = defaultdict(dict, {replica: dict(found) for replica, found in self.arrived.items()})
        sealed = defaultdict(set, {replica: set(found) for replica, found in self.sealed.items()})
        return Knowledge(arrived, sealed, dict(self.counted))

    def advance(self, replicas: Iterable[str]) -> None:
        """Count each chain up to the newest seal that is reached without a hole."""
        for replica in replicas:
            whole = 0
            while whole + 1 in self.arrived[replica]:
                whole += 1
            best = max((n for n in self.sealed[replica] if n <= whole), default=0)
            self.counted[replica] = max(self.counted.get(replica, 0), best)

    def names(self) -> frozenset[str]:
        """The batches that count."""
        return frozenset(self.arrived[r][n] for r, last in self.counted.items() for n in range(1, last + 1))

    def vector(self) -> dict[str, Head]:
        """What the store should say of how far it is."""
        return {r: Head(last, self.arrived[r][last]) for r, last in self.counted.items() if last}


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """A row as causality makes it."""

    values: Mapping[str, WireValue]
    is_deleted: bool
    open_fields: frozenset[str]


def expected_rows(edits: Iterable[Edit]) -> dict[RowKey, ExpectedRow]:
    """What everybody must see once everything has reached everybody."""
    by_key: dict[ChangeKey, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.is_allowed:
            by_key[edit.key].append(edit)
    heads: dict[RowKey, dict[str, list[Edit]]] = defaultdict(dict)
    for key, found in by_key.items():
        newest = [one for one in found if not any(other.knew(one) for other in found if other is not one)]
        heads[key.entity, key.row][key.field] = sorted(
            newest, key=lambda edit: (edit.lamport, edit.replica, edit.ref.place), reverse=True
        )
    return {key: row for key, fields in heads.items() if (row := _expected_row(fields)) is not None}


def _expected_row(fields: dict[str, list[Edit]]) -> ExpectedRow | None:
    deletions = fields.pop(DELETED, [])
    if not fields:
        return None
    deleting = [edit for edit in deletions if edit.value is True]
    fought = any(not any(one.knew(edit) for one in deleting) for found in fields.values() for edit in found) or len(
        deleting
    ) < len(deletions)
    is_deleted = bool(deleting) and not fought
    waits = {name for name, found in fields.items() if len({repr(edit.value) for edit in found}) > 1}
    if deleting and fought:
        waits.add(DELETED)
    values = {name: found[0].value for name, found in fields.items()}
    return ExpectedRow(values, is_deleted, frozenset() if is_deleted else frozenset(waits))


def role_may(role: WriterRole, key: ChangeKey) -> bool:
    """The rights as the declarations of the entities give them."""
    return SCHEMA.may_write(role, key)
