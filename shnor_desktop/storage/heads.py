"""The heads of rows as the projection of the log holds them, values in today's schema."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
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
RowHeads = dict[str, list[FieldHead]]
"""Of one row, by field."""
MANY = 2000
"""Up to so many rows are looked up one by one; beyond, the school is read at once."""

_HEADS = (
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
_OF_SCHOOL = _HEADS.order_by(LOG_CHANGE.c.entity, LOG_CHANGE.c.row)
_OF_ROW = _HEADS.where(LOG_CHANGE.c.entity == bindparam("entity"), LOG_CHANGE.c.row == bindparam("row"))
_OF_FIELD = _OF_ROW.where(LOG_CHANGE.c.field == bindparam("field"))
_KNOWN = select(LOG_EDGE.c.replaced_batch, LOG_EDGE.c.replaced_place).where(
    LOG_EDGE.c.batch == bindparam("batch"), LOG_EDGE.c.place == bindparam("place")
)
_PRESENT = ValueState.PRESENT.value
_NOTHING: frozenset[ChangeRef] = frozenset()
_DATA = select(LOG_BATCH.c.data).where(LOG_BATCH.c.name == bindparam("name"))


def stored_value(state: str, salt: str, value: bytes) -> StoredValue:
    """A value as the log keeps it."""
    if state != _PRESENT:
        return StoredValue(ValueState(state))
    return StoredValue(ValueState.PRESENT, salt, read_value(value))


def read_value(data: bytes) -> Any:
    """The value of canonical bytes; most are plain texts."""
    if data[:1] == b'"' and b"\\" not in data:
        return data[1:-1].decode("utf-8")
    return json.loads(data.decode("utf-8"))


@dataclass(frozen=True, slots=True)
class HeadReading:
    """Reads heads of one school; what it had to unpack of older batches it keeps for its lifetime."""

    statements: Statements
    schema: LogSchema
    school: str
    _older: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, rows: Collection[RowKey]) -> dict[RowKey, RowHeads]:
        """The heads of every field of some rows."""
        return dict(self.each(rows))

    def each(self, rows: Collection[RowKey]) -> Iterator[tuple[RowKey, RowHeads]]:
        """The heads of one row after another: of a whole school they are many."""
        if len(rows) > MANY:
            yield from self.each_of_school(rows)
            return
        for key in rows:
            yield key, self.of_row(key)

    def each_of_school(self, rows: Collection[RowKey]) -> Iterator[tuple[RowKey, RowHeads]]:
        """The same in one reading of everything that the school has: for rows that are most of it."""
        records = self.statements.stream(_OF_SCHOOL, school=self.school)
        for key, found in groupby(records, key=lambda record: (record[0], record[1])):
            if key in rows:
                yield key, self._heads(found)

    def of_row(self, key: RowKey) -> RowHeads:
        """The heads of every field of a row."""
        return self._heads(self.statements.rows(_OF_ROW, school=self.school, entity=key[0], row=key[1]))

    def of_fields(self, key: RowKey, fields: Collection[str]) -> RowHeads:
        """The heads of some fields of a row."""
        asked = {"school": self.school, "entity": key[0], "row": key[1]}
        return self._heads(record for name in fields for record in self.statements.rows(_OF_FIELD, **asked, field=name))

    def _heads(self, records: Iterable[Any]) -> RowHeads:
        found: RowHeads = {}
        for _, _, name, batch, place, lamport, replica, schema, state, salt, data in records:
            ref = ChangeRef(batch, place)
            value = stored_value(state, salt, data)
            if schema < self.schema.version and state == _PRESENT:
                value = StoredValue(ValueState.PRESENT, salt, self._today(schema, ref, value.value))
            knows = self._known(ref) if name == DELETED and value.value is True else _NOTHING
            found.setdefault(name, []).append(FieldHead(ref, lamport, replica, value, knows))
        return found

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
