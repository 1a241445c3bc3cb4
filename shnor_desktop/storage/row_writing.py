"""Merged rows become rows of their entities; a row hides with a deleted row above it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.merge import MergedRow
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import EntityInfo
from shnor_desktop.storage.heads import MANY, RowKey
from shnor_desktop.storage.local import digest_text
from shnor_desktop.storage.row_values import columns_of, entity_row_digest, projected, row_query, row_update, table_of
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
_CONFLICTS_OF_ROW = delete(CONFLICT).where(
    CONFLICT.c.entity == bindparam("entity"),
    CONFLICT.c.row == bindparam("row"),
    CONFLICT.c.school == bindparam("school"),
)
_CONFLICT_OF_FIELD = _CONFLICTS_OF_ROW.where(CONFLICT.c.field == bindparam("field"))


class _State(NamedTuple):
    """What is known of a row beside its values; `digest` is that of the row with its values."""

    parent: str
    is_deleted: bool
    is_hidden: bool
    digest: str


@dataclass(slots=True)
class RowWriting:
    """Writes rows of one school; `digest_change` is what that adds to the digest of the projection."""

    statements: Statements
    schema: LogSchema
    school: str
    is_new: bool = False
    """Nothing of the school stands there yet."""
    digest_change: int = 0
    _before: dict[RowKey, _State] = field(default_factory=dict)
    _now: dict[RowKey, _State] = field(default_factory=dict)
    _above: dict[RowKey, _State | None] = field(default_factory=dict)

    def write(self, merged: Mapping[RowKey, MergedRow], in_part: Collection[RowKey] = ()) -> None:
        """Write merged rows over what was there, and hide or show what lies below them.

        Of a row `in_part` the merge names some fields only: the others stay as they are.
        """
        self._read_before(merged)
        values: dict[RowKey, dict[str, WireValue]] = {}
        by_entity: dict[str, list[RowKey]] = defaultdict(list)
        for key, row in merged.items():
            info = self.schema.entities[key[0]]
            found = projected(info, row.values)
            if key in in_part and key in self._before:
                found = {**self._there(info, key[1]), **found}
            values[key] = found
            above = found.get(info.parent) if info.parent else None
            self._now[key] = _State(str(above or ""), row.is_deleted, False, "")
            by_entity[key[0]].append(key)
        for entity, keys in by_entity.items():
            self._write_entity(self.schema.entities[entity], keys, values, merged, in_part)
        self._write_states(merged)
        self._write_conflicts(merged, in_part)
        self._hide_below([key for key in merged if self._is_turned(key)])

    def _read_before(self, rows: Collection[RowKey]) -> None:
        if self.is_new:
            return
        if len(rows) > MANY:
            for entity, row, *state in self.statements.rows(_STATES, school=self.school):
                if (entity, row) in rows:
                    self._before[entity, row] = _State(*state)
            return
        for entity, row in rows:
            found = self.statements.first(_STATE, entity=entity, row=row, school=self.school)
            if found is not None:
                self._before[entity, row] = _State(*found)

    def _there(self, info: EntityInfo, row: str) -> dict[str, WireValue]:
        """The values that a row has now."""
        columns = columns_of(info, self.statements.dialect)
        query = row_query(table_of(info), columns.names)
        return columns.read(self.statements.first(query, key_id=row, key_school_id=self.school))

    def _write_entity(
        self,
        info: EntityInfo,
        keys: Sequence[RowKey],
        values: Mapping[RowKey, Mapping[str, WireValue]],
        merged: Mapping[RowKey, MergedRow],
        in_part: Collection[RowKey],
    ) -> None:
        table, columns = table_of(info), columns_of(info, self.statements.dialect)
        new: list[dict[str, Any]] = []
        for key in keys:
            is_hidden = self._is_hidden(key)
            digest = entity_row_digest(info, key[1], is_hidden, values[key])
            before = self._before.get(key)
            self.digest_change += digest - (int(before.digest, 16) if before else 0)
            self._now[key] = self._now[key]._replace(is_hidden=is_hidden, digest=digest_text(digest))
            if before is None:
                record = columns.whole(values[key])
                new.append({**record, "id": key[1], "school_id": self.school, "hidden": is_hidden})
            elif before.digest != self._now[key].digest:
                names = tuple(sorted(merged[key].values)) if key in in_part else columns.names
                bound = columns.bound({name: values[key].get(name) for name in names})
                name_of_row = {"key_id": key[1], "key_school_id": self.school}
                self.statements.run(row_update(table, names), **bound, **name_of_row, hidden=is_hidden)
        self.statements.many(insert_into(table), new)

    def _write_states(self, keys: Collection[RowKey]) -> None:
        self.statements.insert(
            ROW_STATE, [(*key, self.school, *self._now[key]) for key in keys if key not in self._before]
        )
        for key in keys:
            if key in self._before and self._now[key] != self._before[key]:
                self._write_state(key)

    def _write_state(self, key: RowKey) -> None:
        name = {"key_entity": key[0], "key_row": key[1], "key_school": self.school}
        self.statements.run(update_of(ROW_STATE), **name, **self._now[key]._asdict())

    def _write_conflicts(self, merged: Mapping[RowKey, MergedRow], in_part: Collection[RowKey]) -> None:
        for key in self._before:
            name = {"entity": key[0], "row": key[1], "school": self.school}
            if key not in in_part:
                self.statements.run(_CONFLICTS_OF_ROW, **name)
                continue
            for field_name in merged[key].values:
                self.statements.run(_CONFLICT_OF_FIELD, **name, field=field_name)
        self.statements.insert(
            CONFLICT,
            [
                (*conflict.key, self.school, json.dumps([list(ref) for ref in conflict.refs]))
                for row in merged.values()
                for conflict in row.conflicts
            ],
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
                    if self._parent_key(child, row) == (entity, row):
                        self._above[child, child_row] = below[child, child_row] = _State(*state)
            turned = [key for key, state in below.items() if self._is_hidden(key) != bool(state.is_hidden)]
            for key in turned:
                self._turn(key, below[key])

    def _turn(self, key: RowKey, state: _State) -> None:
        """Hide a row that was shown, or show one that was hidden."""
        info = self.schema.entities[key[0]]
        is_hidden = not state.is_hidden
        digest = entity_row_digest(info, key[1], is_hidden, self._there(info, key[1]))
        self.digest_change += digest - int(state.digest, 16)
        name_of_row = {"key_id": key[1], "key_school_id": self.school}
        self.statements.run(row_update(table_of(info), ()), **name_of_row, hidden=is_hidden)
        self._now[key] = state._replace(is_hidden=is_hidden, digest=digest_text(digest))
        self._write_state(key)
