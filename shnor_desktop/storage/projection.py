"""The one `project`: accepted batches become heads, rows, conflicts. Local edit, import and replay all call it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, alias, and_, delete, exists, insert, select, text, tuple_, update

from shnor_desktop.domain.canonical import WireValue, canonical_json, decimal_text
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.log import Batch, ChangeKey, ChangeRef, StoredValue, ValueState
from shnor_desktop.domain.merge import FieldHead, MergedRow, merge_row
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema, column_value
from shnor_desktop.models.registry import EntityInfo
from shnor_desktop.storage.local import digest_text
from shnor_desktop.storage.tables import (
    CONFLICT,
    DERIVED,
    LOG_CHANGE,
    LOG_EDGE,
    LOG_VALUE,
    ROW_STATE,
    SCHOOL_STATE,
)

RoleOf = Callable[[str], WriterRole | None]
RowKey = tuple[str, str]
_FEW = 60
"""Up to so many rows or changes are looked up one by one; beyond, the school is read at once."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Projects batches of one school inside the transaction of `connection`."""

    connection: Connection
    schema: LogSchema
    role_of: RoleOf
    school: str

    def accept(self, batches: Sequence[Batch]) -> frozenset[RowKey]:
        """Project batches that count from now on; returns the rows that they touch."""
        changes, edges, touched = self._collect(batches)
        if changes:
            self.connection.execute(insert(LOG_CHANGE), changes)
        if edges:
            self.connection.execute(insert(LOG_EDGE), edges)
        self._retire(changes, edges)
        rows = self._project_rows(touched)
        self._remember(rows.digest_change, max((batch.lamport for batch in batches), default=0))
        return frozenset(touched)

    def clear(self) -> None:
        """Forget everything that was projected for the school."""
        edges = select(LOG_CHANGE.c.batch).where(LOG_CHANGE.c.school == self.school)
        self.connection.execute(delete(LOG_EDGE).where(LOG_EDGE.c.batch.in_(edges)))
        for table in DERIVED:
            if table is not LOG_EDGE:
                self.connection.execute(delete(table).where(table.c.school == self.school))
        self.connection.execute(delete(SCHOOL_STATE).where(SCHOOL_STATE.c.school == self.school))
        for info in self.schema.entities.values():
            self.connection.execute(delete(info.cls).where(info.cls.school_id == self.school))

    def _collect(self, batches: Sequence[Batch]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], set[RowKey]]:
        changes: list[dict[str, Any]] = []
        edges: list[dict[str, Any]] = []
        touched: set[RowKey] = set()
        for batch in batches:
            if batch.school != self.school:
                raise BugError("a batch of another school")
            role = self.role_of(batch.replica)
            for place, change in enumerate(batch.changes):
                read = self.schema.read(batch.schema, change.key)
                if read is None or role is None or not self.schema.may_write(role, read[0]):
                    continue
                key = read[0]
                touched.add((key.entity, key.row))
                changes.append(
                    {
                        "batch": batch.name,
                        "place": place,
                        "school": self.school,
                        **key._asdict(),
                        "schema": batch.schema,
                        "lamport": batch.lamport,
                        "replica": batch.replica,
                        "is_head": True,
                    }
                )
                edges.extend(
                    {"replaced_batch": ref.batch, "replaced_place": ref.place, "batch": batch.name, "place": place}
                    for ref in change.replaces
                )
        return changes, edges, touched

    def _retire(self, changes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]]) -> None:
        """Take the head mark from changes that a change of the same field replaces."""
        by = alias(LOG_CHANGE, "by")
        replaced = exists(
            select(by.c.batch)
            .join(LOG_EDGE, and_(LOG_EDGE.c.batch == by.c.batch, LOG_EDGE.c.place == by.c.place))
            .where(
                LOG_EDGE.c.replaced_batch == LOG_CHANGE.c.batch,
                LOG_EDGE.c.replaced_place == LOG_CHANGE.c.place,
                by.c.entity == LOG_CHANGE.c.entity,
                by.c.row == LOG_CHANGE.c.row,
                by.c.field == LOG_CHANGE.c.field,
            )
        )
        statement = update(LOG_CHANGE).where(LOG_CHANGE.c.school == self.school, LOG_CHANGE.c.is_head, replaced)
        concerned = {(change["batch"], change["place"]) for change in changes}
        concerned |= {(edge["replaced_batch"], edge["replaced_place"]) for edge in edges}
        if len(concerned) > _FEW:
            self.connection.execute(statement.values(is_head=False))
        elif concerned:
            place = tuple_(LOG_CHANGE.c.batch, LOG_CHANGE.c.place).in_(sorted(concerned))
            self.connection.execute(statement.where(place).values(is_head=False))

    def _project_rows(self, touched: set[RowKey]) -> _RowWriter:
        writer = _RowWriter(self.connection, self.schema, self.school)
        heads = self._heads(touched)
        merged: dict[str, list[MergedRow]] = defaultdict(list)
        for entity, row in sorted(touched):
            found = merge_row(entity, row, heads.get((entity, row), {}))
            if found is not None:
                merged[entity].append(found)
        writer.write(touched, merged)
        return writer

    def _heads(self, touched: set[RowKey]) -> dict[RowKey, dict[str, list[FieldHead]]]:
        knows = self._known_by_deletions()
        found: dict[RowKey, dict[str, list[FieldHead]]] = defaultdict(lambda: defaultdict(list))
        for record in self._head_records(touched):
            key = ChangeKey(record.entity, record.row, record.field)
            if (key.entity, key.row) not in touched:
                continue
            ref = ChangeRef(record.batch, record.place)
            value = self._stored(record, key)
            head = FieldHead(ref, record.lamport, record.replica, value, knows.get(ref, frozenset()))
            found[key.entity, key.row][key.field].append(head)
        return found

    def _head_records(self, touched: set[RowKey]) -> Iterable[Any]:
        query = _HEADS.where(LOG_CHANGE.c.school == self.school)
        if len(touched) > _FEW:
            return self.connection.execute(query)
        return self.connection.execute(query.where(tuple_(LOG_CHANGE.c.entity, LOG_CHANGE.c.row).in_(sorted(touched))))

    def _known_by_deletions(self) -> dict[ChangeRef, frozenset[ChangeRef]]:
        known: dict[ChangeRef, set[ChangeRef]] = defaultdict(set)
        for record in self.connection.execute(_DELETION_EDGES, {"school": self.school}):
            known[ChangeRef(record[0], record[1])].add(ChangeRef(record[2], record[3]))
        return {ref: frozenset(refs) for ref, refs in known.items()}

    def _stored(self, record: Any, key: ChangeKey) -> StoredValue:
        state = ValueState(record.state or ValueState.ABSENT)
        if state is not ValueState.PRESENT:
            return StoredValue(state)
        raw: WireValue = json.loads(record.value)
        if record.schema == self.schema.version:
            return StoredValue(state, record.salt, raw)
        # The key in `log_change` is today's; only an older value still needs its upcaster.
        original = self.connection.execute(_ORIGINAL, {"name": record.batch}).scalar_one()
        entity, row, name, *_ = json.loads(original)["x"][record.place]
        read = self.schema.read(record.schema, ChangeKey(entity, row, name), raw)
        return StoredValue(state, record.salt, read[1] if read else None)

    def _remember(self, digest_change: int, lamport: int) -> None:
        where = SCHOOL_STATE.c.school == self.school
        known = self.connection.execute(select(SCHOOL_STATE.c.lamport, SCHOOL_STATE.c.digest).where(where)).first()
        if known is None:
            values = {"school": self.school, "lamport": lamport, "digest": digest_text(digest_change)}
            self.connection.execute(insert(SCHOOL_STATE).values(values))
            return
        values = {"lamport": max(lamport, known[0]), "digest": digest_text(int(known[1], 16) + digest_change)}
        self.connection.execute(update(SCHOOL_STATE).where(where).values(values))


_HEADS: Select[Any] = (
    select(LOG_CHANGE, LOG_VALUE.c.state, LOG_VALUE.c.salt, LOG_VALUE.c.value)
    .outerjoin(LOG_VALUE, and_(LOG_VALUE.c.batch == LOG_CHANGE.c.batch, LOG_VALUE.c.place == LOG_CHANGE.c.place))
    .where(LOG_CHANGE.c.is_head)
)
_DELETION_EDGES = text(
    "SELECT c.batch, c.place, e.replaced_batch, e.replaced_place FROM log_change c"
    " JOIN log_edge e ON e.batch = c.batch AND e.place = c.place"
    " WHERE c.school = :school AND c.field = '@deleted' AND c.is_head"
)
_ORIGINAL = text("SELECT data FROM log_batch WHERE name = :name")


def entity_row_digest(info: EntityInfo, row: str, hidden: bool, values: dict[str, Any]) -> int:
    """The digest of one projected row; their sum is the digest of a school's projection."""
    wire = {name: decimal_text(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    data = canonical_json([info.log_name, row, bool(hidden), {name: wire.get(name) for name in info.fields}])
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


class _RowWriter:
    """Writes merged rows to the tables of their entities and hides children with their parents."""

    def __init__(self, connection: Connection, schema: LogSchema, school: str) -> None:
        self._connection = connection
        self._schema = schema
        self._school = school
        self.digest_change = 0

    def write(self, touched: set[RowKey], merged: dict[str, list[MergedRow]]) -> None:
        before = self._states(touched)
        self._remove(touched)
        states: list[dict[str, Any]] = []
        conflicts: list[dict[str, Any]] = []
        for entity, rows in merged.items():
            info = self._schema.entities[entity]
            records = []
            for row in rows:
                values = {name: column_value(info.fields[name], row.values.get(name)) for name in info.fields}
                parent = values.get(info.parent) or "" if info.parent else ""
                hidden = row.is_deleted
                digest = entity_row_digest(info, row.row, hidden, values)
                self.digest_change += digest
                records.append({"id": row.row, "school_id": self._school, "hidden": hidden, **values})
                states.append(self._state(entity, row, parent, hidden, digest))
                conflicts.extend(_conflict_records(self._school, row))
            self._connection.execute(insert(info.cls), records)
        if states:
            self._connection.execute(insert(ROW_STATE), states)
        if conflicts:
            self._connection.execute(insert(CONFLICT), conflicts)
        self.digest_change -= sum(int(state.digest, 16) for state in before.values())
        self._follow_parents(states)
        was_hidden = {row for (_, row), state in before.items() if state.is_hidden}
        self._hide_children(was_hidden | {state["row"] for state in states if state["is_hidden"]})

    def _follow_parents(self, states: list[dict[str, Any]]) -> None:
        """Hide what was just written under a hidden parent."""
        query = select(ROW_STATE.c.row).where(ROW_STATE.c.school == self._school, ROW_STATE.c.is_hidden)
        hidden = set(self._connection.execute(query).scalars()) if any(s["parent"] for s in states) else set()
        below = {state["parent"] for state in states if state["parent"] in hidden}
        self._hide_children(below)

    def _state(self, entity: str, row: MergedRow, parent: str, hidden: bool, digest: int) -> dict[str, Any]:
        state = {"entity": entity, "row": row.row, "school": self._school, "parent": parent}
        return {**state, "is_deleted": row.is_deleted, "is_hidden": hidden, "digest": digest_text(digest)}

    def _states(self, rows: set[RowKey]) -> dict[RowKey, Any]:
        query = select(ROW_STATE).where(ROW_STATE.c.school == self._school)
        if len(rows) <= _FEW:
            query = query.where(tuple_(ROW_STATE.c.entity, ROW_STATE.c.row).in_(sorted(rows)))
        found = {(state.entity, state.row): state for state in self._connection.execute(query)}
        return {key: state for key, state in found.items() if key in rows}

    def _remove(self, rows: set[RowKey]) -> None:
        ids: dict[str, list[str]] = defaultdict(list)
        for entity, row in rows:
            ids[entity].append(row)
        for entity, found in ids.items():
            table = self._schema.entities[entity].cls
            for start in range(0, len(found), 500):
                part = found[start : start + 500]
                self._connection.execute(delete(table).where(table.id.in_(part)))
                self._connection.execute(
                    delete(ROW_STATE).where(ROW_STATE.c.entity == entity, ROW_STATE.c.row.in_(part))
                )
                self._connection.execute(delete(CONFLICT).where(CONFLICT.c.entity == entity, CONFLICT.c.row.in_(part)))

    def _parent_is_hidden(self, parent: str) -> bool:
        if not parent:
            return False
        query = select(ROW_STATE.c.is_hidden).where(ROW_STATE.c.row == parent)
        return bool(self._connection.execute(query).scalar())

    def _hide_children(self, parents: set[str]) -> None:
        """Give the children of rows that were hidden or shown the same, down to the last generation."""
        seen: set[str] = set()
        while parents - seen:
            current = sorted(parents - seen)
            seen |= parents
            parents = set()
            for start in range(0, len(current), 500):
                query = select(ROW_STATE).where(ROW_STATE.c.parent.in_(current[start : start + 500]))
                for child in self._connection.execute(query).all():
                    if self._follow_parent(child):
                        parents.add(child.row)

    def _follow_parent(self, child: Any) -> bool:
        hidden = bool(child.is_deleted) or self._parent_is_hidden(child.parent)
        if hidden == bool(child.is_hidden):
            return False
        info = self._schema.entities[child.entity]
        table = info.cls.__table__
        values = dict(self._connection.execute(select(table).where(table.c.id == child.row)).mappings().one())
        digest = entity_row_digest(info, child.row, hidden, values)
        self.digest_change += digest - int(child.digest, 16)
        self._connection.execute(update(info.cls).where(info.cls.id == child.row).values(hidden=hidden))
        where = and_(ROW_STATE.c.entity == child.entity, ROW_STATE.c.row == child.row)
        self._connection.execute(update(ROW_STATE).where(where).values(is_hidden=hidden, digest=digest_text(digest)))
        return True


def _conflict_records(school: str, row: MergedRow) -> list[dict[str, Any]]:
    return [
        {**conflict.key._asdict(), "school": school, "refs": json.dumps([list(ref) for ref in conflict.refs])}
        for conflict in row.conflicts
    ]
