"""The heads of rows as the projection of the log holds them, values in today's schema."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, select, true

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, ChangeKey, ChangeRef, StoredValue, ValueState
from shnor_desktop.domain.merge import FieldHead
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.statements import Statements
from shnor_desktop.storage.tables import LOG_BATCH, LOG_CHANGE, LOG_EDGE, LOG_VALUE

RowKey = tuple[str, str]
"""(entity, row)"""
Heads = dict[RowKey, dict[str, list[FieldHead]]]
MANY = 2000
"""Up to so many rows are looked up one by one; beyond, the school is read at once."""

_OF_SCHOOL = (
    select(
        LOG_CHANGE.c.entity,
        LOG_CHANGE.c.row,
        LOG_CHANGE.c.field,
        LOG_CHANGE.c.batch,
        LOG_CHANGE.c.place,
        LOG_CHANGE.c.lamport,
        LOG_CHANGE.c.replica,
        LOG_CHANGE.c.schema,
        LOG_VALUE.c.state,
        LOG_VALUE.c.salt,
        LOG_VALUE.c.value,
    )
    .join(LOG_VALUE, and_(LOG_VALUE.c.batch == LOG_CHANGE.c.batch, LOG_VALUE.c.place == LOG_CHANGE.c.place))
    .where(LOG_CHANGE.c.school == bindparam("school"), LOG_CHANGE.c.is_head == true())
)
_OF_ROW = _OF_SCHOOL.where(LOG_CHANGE.c.entity == bindparam("entity"), LOG_CHANGE.c.row == bindparam("row"))
_KNOWN = select(LOG_EDGE.c.replaced_batch, LOG_EDGE.c.replaced_place).where(
    LOG_EDGE.c.batch == bindparam("batch"), LOG_EDGE.c.place == bindparam("place")
)
_DATA = select(LOG_BATCH.c.data).where(LOG_BATCH.c.name == bindparam("name"))


def stored_value(state: str, salt: str, value: bytes) -> StoredValue:
    """A value as the log keeps it."""
    if state != ValueState.PRESENT:
        return StoredValue(ValueState(state))
    return StoredValue(ValueState.PRESENT, salt, json.loads(value))


@dataclass(frozen=True, slots=True)
class HeadReading:
    """Reads heads of one school; what it had to unpack of older batches it keeps for its lifetime."""

    statements: Statements
    schema: LogSchema
    school: str
    _older: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, rows: Collection[RowKey]) -> Heads:
        """The heads of every field of some rows."""
        found: Heads = defaultdict(dict)
        for record in self._records(rows):
            entity, row, name, batch, place, lamport, replica, schema, *stored = record
            ref = ChangeRef(batch, place)
            value = stored_value(*stored)
            if schema < self.schema.version and value.state is ValueState.PRESENT:
                value = StoredValue(value.state, value.salt, self._today(schema, ref, value.value))
            knows = self._known(ref) if name == DELETED and value.value is True else frozenset()
            found[entity, row].setdefault(name, []).append(FieldHead(ref, lamport, replica, value, knows))
        return found

    def _records(self, rows: Collection[RowKey]) -> Iterator[Any]:
        if len(rows) > MANY:
            yield from (record for record in self._of_school() if (record[0], record[1]) in rows)
            return
        for entity, row in rows:
            yield from self.statements.rows(_OF_ROW, school=self.school, entity=entity, row=row)

    def _of_school(self) -> list[Any]:
        return self.statements.rows(_OF_SCHOOL, school=self.school)

    def _known(self, ref: ChangeRef) -> frozenset[ChangeRef]:
        edges = self.statements.rows(_KNOWN, batch=ref.batch, place=ref.place)
        return frozenset(ChangeRef(batch, place) for batch, place in edges)

    def _today(self, schema: int, ref: ChangeRef, value: WireValue) -> WireValue:
        """A value of an older schema: its upcasters want the names under which it was written."""
        if ref.batch not in self._older:
            (data,) = self.statements.first(_DATA, name=ref.batch)
            self._older[ref.batch] = json.loads(data)["x"]
        entity, row, name, *_ = self._older[ref.batch][ref.place]
        read = self.schema.read(schema, ChangeKey(entity, row, name), value)
        return read[1] if read else None
