"""Erasing rows: every value that was ever written of them goes, the chains and digests stay.

A row that was erased here stays so: a value of it that comes later, from a copy that did not confirm yet, is erased
as it comes, with whatever came to stand below the row. Only that there was a change is kept.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from shnor_desktop.domain.log import ValueState
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.erasures import BESIDE
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import local
from shnor_desktop.storage.heads import RowKey
from shnor_desktop.storage.statements import Statements
from shnor_desktop.storage.tables import KEPT, LOG_BATCH, LOG_VALUE, ROW_STATE

ERASED_ROW = "erased_row"
"""The kind of what is kept of an erased row; its id is school, entity and row."""

_KEPT_ROWS = select(KEPT.c.id).where(KEPT.c.kind == ERASED_ROW)
_KEPT_ROW = select(KEPT.c.id).where(KEPT.c.kind == bindparam("kind"), KEPT.c.id == bindparam("id"))
_BATCHES = select(LOG_BATCH.c.name, LOG_BATCH.c.data).where(LOG_BATCH.c.school == bindparam("school"))
_BATCH = select(LOG_BATCH.c.name, LOG_BATCH.c.data).where(LOG_BATCH.c.name == bindparam("name"))
_CHILDREN = select(ROW_STATE.c.entity, ROW_STATE.c.row, ROW_STATE.c.parent).where(
    ROW_STATE.c.school == bindparam("school"), ROW_STATE.c.parent != bindparam("nothing")
)
_ERASURE = (
    update(LOG_VALUE)
    .where(LOG_VALUE.c.batch == bindparam("key_batch"), LOG_VALUE.c.place == bindparam("key_place"))
    .values(state=bindparam("state"), salt=bindparam("salt"), value=bindparam("value"))
)
_ERASED = {"state": ValueState.ERASED.value, "salt": "", "value": b""}


@dataclass(frozen=True, slots=True)
class ErasedRows:
    """What an erasure took: rows, values, and the files whose rows they were."""

    rows: frozenset[RowKey]
    values: int
    files: frozenset[str]


class Erasing:
    """Erases rows of one school inside a write transaction; the projection is made again by the caller."""

    def __init__(self, connection: Connection, schema: LogSchema, school: str) -> None:
        self._connection = connection
        self._statements = Statements(connection)
        self._schema = schema
        self._school = school

    def known(self) -> frozenset[RowKey]:
        """The rows that were erased here."""
        found = (identifier.split("|", 2) for (identifier,) in self._connection.execute(_KEPT_ROWS))
        return frozenset((entity, row) for school, entity, row in found if school == self._school)

    def is_erased(self, key: RowKey) -> bool:
        """Whether a row was erased here."""
        return bool(self._statements.rows(_KEPT_ROW, kind=ERASED_ROW, id=self._name(key)))

    def with_below(self, roots: Iterable[RowKey]) -> frozenset[RowKey]:
        """Rows with everything that stands below and beside them now, shown or not."""
        found = set(roots)
        above = self._above()
        new = found
        while new:
            new = {row for key in new for row in above.get(key, ())} - found
            found |= new
        return frozenset(found)

    def erase(self, rows: Collection[RowKey], by: str, batches: Collection[str] | None = None) -> ErasedRows:
        """Erase what was written of some rows, in all stored batches or in some, and keep that they are erased."""
        files = self._files_of(rows)
        wanted, values = set(rows), 0
        for name, data in self._batches(batches):
            for place, (entity, row, *_) in enumerate(json.loads(data)["x"]):
                if (entity, row) in wanted:
                    self._statements.run(_ERASURE, key_batch=name, key_place=place, **_ERASED)
                    values += 1
        for key in sorted(wanted):
            local.put(self._connection, KEPT, {"kind": ERASED_ROW, "id": self._name(key), "body": json.dumps(by)})
        return ErasedRows(frozenset(wanted), values, files)

    def erase_again(self, batches: Collection[str]) -> frozenset[RowKey]:
        """Erase what new batches brought of erased rows, and what has come to stand below them since."""
        known = self.known()
        if not known:
            return frozenset()
        came = frozenset(
            (entity, row) for _, data in self._batches(batches) for entity, row, *_ in json.loads(data)["x"]
        )
        if came & known:
            self.erase(came & known, "", batches)
        below = self.with_below(known) - known
        if below:
            self.erase(below, "")
        return (came & known) | below

    def _above(self) -> dict[RowKey, list[RowKey]]:
        """By row, the rows that stand directly below or beside it."""
        found: dict[RowKey, list[RowKey]] = {}
        for entity, row, parent in self._statements.rows(_CHILDREN, school=self._school, nothing=""):
            info = self._schema.entities.get(entity)
            if info is not None and info.parent:
                found.setdefault((info.fields[info.parent].target, parent), []).append((entity, row))
        for beside in BESIDE:
            info = self._schema.entities.get(beside.entity)
            if info is None:
                continue
            table = info.cls.__table__
            names = [table.c.id, table.c[beside.field]]
            names += [table.c[beside.entity_field]] if beside.entity_field else []
            for row, target, *of in self._connection.execute(select(*names).where(table.c.school_id == self._school)):
                entity = of[0] if of else beside.of
                if target and entity:
                    found.setdefault((entity, target), []).append((beside.entity, row))
        return found

    def _files_of(self, rows: Collection[RowKey]) -> frozenset[str]:
        """The files that only these rows name."""
        info = self._schema.entities.get(Attachment.log_name)
        if info is None:
            return frozenset()
        table = info.cls.__table__
        query = select(table.c.id, table.c.digest).where(table.c.school_id == self._school)
        named = [(row, digest) for row, digest in self._connection.execute(query) if digest]
        going = {digest for row, digest in named if (Attachment.log_name, row) in rows}
        return frozenset(going - {digest for row, digest in named if (Attachment.log_name, row) not in rows})

    def _batches(self, names: Collection[str] | None) -> Iterable[tuple[str, bytes]]:
        if names is None:
            return list(self._statements.rows(_BATCHES, school=self._school))
        return [found for name in sorted(names) for found in self._statements.rows(_BATCH, name=name)]

    def _name(self, key: RowKey) -> str:
        return "|".join((self._school, *key))
