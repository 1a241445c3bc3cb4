"""Merged rows become rows of their entities; a row hides with a deleted row above it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Select, Table, Update, bindparam, delete, select, update
from sqlalchemy.engine import Dialect

from shnor_desktop.domain.canonical import decimal_text, encode_canonical
from shnor_desktop.domain.merge import MergedRow
from shnor_desktop.models.log_schema import LogSchema, column_value
from shnor_desktop.models.registry import EntityInfo
from shnor_desktop.storage.heads import MANY, RowKey
from shnor_desktop.storage.local import digest_text
from shnor_desktop.storage.statements import Statements, insert_into, update_of
from shnor_desktop.storage.tables import CONFLICT, ROW_STATE

_STATE = select(ROW_STATE.c.parent, ROW_STATE.c.is_deleted, ROW_STATE.c.is_hidden, ROW_STATE.c.digest).where(
    ROW_STATE.c.entity == bindparam("entity"),
    ROW_STATE.c.row == bindparam("row"),
    ROW_STATE.c.school == bindparam("school"),
)
_STATES = select(
    ROW_STATE.c.entity,
    ROW_STATE.c.row,
    ROW_STATE.c.parent,
    ROW_STATE.c.is_deleted,
    ROW_STATE.c.is_hidden,
    ROW_STATE.c.digest,
).where(ROW_STATE.c.school == bindparam("school"))
_CHILDREN = _STATES.where(ROW_STATE.c.parent == bindparam("parent"))
_CONFLICTS_OF = delete(CONFLICT).where(
    CONFLICT.c.entity == bindparam("key_entity"),
    CONFLICT.c.row == bindparam("key_row"),
    CONFLICT.c.school == bindparam("key_school"),
)


class _State(NamedTuple):
    """What is known of a row beside its values; `digest` is that of the row with its values."""

    parent: str
    is_deleted: bool
    is_hidden: bool
    digest: str


def entity_row_digest(info: EntityInfo, row: str, hidden: bool, values: Mapping[str, Any]) -> int:
    """The digest of one projected row; their sum is the digest of a school's projection."""
    wire = {name: values.get(name) for name in info.fields}
    for name, value in wire.items():
        if isinstance(value, Decimal):
            wire[name] = decimal_text(value)
    data = encode_canonical([info.log_name, row, bool(hidden), wire])
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


@dataclass(slots=True)
class RowWriting:
    """Writes rows of one school; `digest_change` is what that adds to the digest of the projection."""

    connection: Connection
    statements: Statements
    schema: LogSchema
    school: str
    digest_change: int = 0
    _before: dict[RowKey, _State] = field(default_factory=dict)
    _now: dict[RowKey, _State] = field(default_factory=dict)
    _above: dict[RowKey, _State | None] = field(default_factory=dict)

    def write(self, merged: Mapping[RowKey, MergedRow]) -> None:
        """Write merged rows over what was there, and hide or show what lies below them."""
        self._read_before(merged)
        values = {key: self._values(row) for key, row in merged.items()}
        for (entity, row), found in values.items():
            parent = self.schema.entities[entity].parent
            above = (found.get(parent) or "") if parent else ""
            self._now[entity, row] = _State(above, merged[entity, row].is_deleted, False, "")
        by_entity: dict[str, list[RowKey]] = defaultdict(list)
        for key in merged:
            by_entity[key[0]].append(key)
        for entity, keys in by_entity.items():
            self._write_entity(self.schema.entities[entity], keys, values)
        self._write_conflicts(merged)
        self._hide_below([key for key in merged if self._is_turned(key)])

    def _values(self, row: MergedRow) -> dict[str, Any]:
        fields = self.schema.entities[row.entity].fields
        return {name: column_value(fields[name], value) for name, value in row.values.items()}

    def _read_before(self, rows: Collection[RowKey]) -> None:
        if len(rows) > MANY:
            for entity, row, *state in self.statements.rows(_STATES, school=self.school):
                if (entity, row) in rows:
                    self._before[entity, row] = _State(*state)
            return
        for entity, row in rows:
            found = self.statements.first(_STATE, entity=entity, row=row, school=self.school)
            if found is not None:
                self._before[entity, row] = _State(*found)

    def _write_entity(
        self, info: EntityInfo, keys: Sequence[RowKey], values: Mapping[RowKey, Mapping[str, Any]]
    ) -> None:
        table = cast("Table", info.cls.__table__)
        shape = _shape(table, self.connection.dialect)
        new: list[dict[str, Any]] = []
        old: list[dict[str, Any]] = []
        for key in keys:
            is_hidden = self._is_hidden(key)
            digest = entity_row_digest(info, key[1], is_hidden, values[key])
            before = self._before.get(key)
            self.digest_change += digest - (int(before.digest, 16) if before else 0)
            self._now[key] = self._now[key]._replace(is_hidden=is_hidden, digest=digest_text(digest))
            record = shape.record(values[key])
            if before is None:
                new.append({**record, "id": key[1], "school_id": self.school, "hidden": is_hidden})
            else:
                old.append({**record, "key_id": key[1], "key_school_id": self.school, "hidden": is_hidden})
        self.statements.many(insert_into(table), new)
        self.statements.many(update_of(table), old)
        self._write_states(keys)

    def _write_states(self, keys: Sequence[RowKey]) -> None:
        new: list[tuple[Any, ...]] = []
        old: list[dict[str, Any]] = []
        for key in keys:
            state = self._now[key]
            if key not in self._before:
                new.append((*key, self.school, *state))
            elif state != self._before[key]:
                name = {"key_entity": key[0], "key_row": key[1], "key_school": self.school}
                old.append({**name, **state._asdict()})
        self.statements.insert(ROW_STATE, new)
        self.statements.many(update_of(ROW_STATE), old)

    def _write_conflicts(self, merged: Mapping[RowKey, MergedRow]) -> None:
        school = self.school
        known = ({"key_entity": key[0], "key_row": key[1], "key_school": school} for key in self._before)
        self.statements.many(_CONFLICTS_OF, known)
        self.statements.insert(
            CONFLICT,
            (
                (*conflict.key, school, json.dumps([list(ref) for ref in conflict.refs]))
                for row in merged.values()
                for conflict in row.conflicts
            ),
        )

    def _is_turned(self, key: RowKey) -> bool:
        """Whether what lies below a row that was just written may have to hide or show."""
        before = self._before.get(key)
        return self._now[key].is_hidden != (before is not None and bool(before.is_hidden))

    def _is_hidden(self, key: RowKey) -> bool:
        """Whether the row or one above it is deleted; rows that stand above themselves in a ring are walked once."""
        seen: set[RowKey] = set()
        at: RowKey | None = key
        while at is not None and at not in seen:
            seen.add(at)
            state = self._state(at)
            if state is None:
                return False
            if state.is_deleted:
                return True
            at = self._parent_key(at[0], state.parent)
        return False

    def _state(self, key: RowKey) -> _State | None:
        now = self._now.get(key)
        if now is not None:
            return now
        if key not in self._above:
            found = self.statements.first(_STATE, entity=key[0], row=key[1], school=self.school)
            self._above[key] = _State(*found) if found is not None else None
        return self._above[key]

    def _parent_key(self, entity: str, parent: str) -> RowKey | None:
        info = self.schema.entities[entity]
        return (info.fields[info.parent].target, parent) if parent and info.parent else None

    def _hide_below(self, turned: list[RowKey]) -> None:
        """Give the rows below the same, down to the last generation."""
        while turned:
            below: dict[RowKey, _State] = {}
            for entity, row in turned:
                for child, child_row, *state in self.statements.rows(_CHILDREN, school=self.school, parent=row):
                    if self.schema.entities[child].fields[self.schema.entities[child].parent].target == entity:
                        self._above[child, child_row] = below[child, child_row] = _State(*state)
            turned = [key for key, state in below.items() if self._is_hidden(key) != bool(state.is_hidden)]
            for key in turned:
                self._turn(key, below[key])

    def _turn(self, key: RowKey, state: _State) -> None:
        """Hide a row that was shown, or show one that was hidden."""
        info = self.schema.entities[key[0]]
        table = cast("Table", info.cls.__table__)
        is_hidden = not state.is_hidden
        name = {"key_id": key[1], "key_school_id": self.school}
        values = dict(self.connection.execute(_row_of(table), name).mappings().one())
        digest = entity_row_digest(info, key[1], is_hidden, values)
        self.digest_change += digest - int(state.digest, 16)
        self.statements.run(_turning(table), **name, hidden=is_hidden)
        now = state._replace(is_hidden=is_hidden, digest=digest_text(digest))
        self._now[key] = now
        self.statements.run(
            update_of(ROW_STATE), key_entity=key[0], key_row=key[1], key_school=self.school, **now._asdict()
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the fields of an entity are bound: all of them, each through the processor of its type."""

    empty: Mapping[str, Any]
    processors: Mapping[str, Any]

    def record(self, values: Mapping[str, Any]) -> dict[str, Any]:
        found = {**self.empty, **values}
        for name, process in self.processors.items():
            found[name] = process(found[name])
        return found


_SHAPES: dict[tuple[str, Table], _Shape] = {}


def _shape(table: Table, dialect: Dialect) -> _Shape:
    found = _SHAPES.get((dialect.name, table))
    if found is None:
        columns = [column for column in table.columns if "field" in column.info]
        bound = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns}
        processors = {name: process for name, process in bound.items() if process is not None}
        found = _SHAPES[dialect.name, table] = _Shape(dict.fromkeys(bound), processors)
    return found


@cache
def _row_of(table: Table) -> Select[Any]:
    return select(table).where(*_is_of_key(table))


@cache
def _turning(table: Table) -> Update:
    return update(table).where(*_is_of_key(table)).values(hidden=bindparam("hidden"))


def _is_of_key(table: Table) -> tuple[Any, ...]:
    return table.c.id == bindparam("key_id"), table.c.school_id == bindparam("key_school_id")
