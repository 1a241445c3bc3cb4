"""The one `project`: accepted batches become heads, rows, conflicts. Local edit, import and replay all call it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, false, select, true, update

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.log import Batch, ChangeKey, ChangeRef
from shnor_desktop.domain.merge import MergedRow, merge_row
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.heads import HeadReading, RowKey
from shnor_desktop.storage.local import digest_text
from shnor_desktop.storage.row_writing import RowWriting
from shnor_desktop.storage.statements import Statements, insert_into, update_of
from shnor_desktop.storage.tables import DERIVED, LOG_CHANGE, LOG_EDGE, SCHOOL_STATE

RoleOf = Callable[[str], WriterRole | None]

_RETIREMENT = (
    update(LOG_CHANGE)
    .where(
        LOG_CHANGE.c.batch == bindparam("key_batch"),
        LOG_CHANGE.c.place == bindparam("key_place"),
        LOG_CHANGE.c.school == bindparam("key_school"),
        LOG_CHANGE.c.entity == bindparam("key_entity"),
        LOG_CHANGE.c.row == bindparam("key_row"),
        LOG_CHANGE.c.field == bindparam("key_field"),
        LOG_CHANGE.c.is_head == true(),
    )
    .values(is_head=false())
)
_REPLACED_BEFORE = (
    select(LOG_EDGE.c.replaced_place, LOG_CHANGE.c.entity, LOG_CHANGE.c.row, LOG_CHANGE.c.field)
    .join(LOG_CHANGE, and_(LOG_CHANGE.c.batch == LOG_EDGE.c.batch, LOG_CHANGE.c.place == LOG_EDGE.c.place))
    .where(LOG_EDGE.c.replaced_batch == bindparam("batch"), LOG_CHANGE.c.school == bindparam("school"))
)
_STATE = select(SCHOOL_STATE.c.lamport, SCHOOL_STATE.c.digest).where(SCHOOL_STATE.c.school == bindparam("school"))


@dataclass(frozen=True, slots=True)
class _Effective:
    """The changes of a set of batches that count for today's schema, by where they stand."""

    changes: dict[ChangeRef, tuple[ChangeKey, Batch]]
    edges: list[tuple[ChangeRef, ChangeRef]]
    """(replaced, by)"""


class Projection:
    """Projects batches of one school inside the transaction of `connection`."""

    def __init__(self, connection: Connection, schema: LogSchema, role_of: RoleOf, school: str) -> None:
        self._connection = connection
        self._statements = Statements(connection)
        self._schema = schema
        self._role_of = role_of
        self._school = school

    def accept(self, batches: Sequence[Batch]) -> frozenset[RowKey]:
        """Project batches that count from now on; returns the rows that they touch."""
        if not batches:
            return frozenset()
        effective = self._effective(batches)
        self._write_changes(effective)
        touched = frozenset((key.entity, key.row) for key, _ in effective.changes.values())
        self._project_rows(touched, max(batch.lamport for batch in batches))
        return touched

    def refresh(self, rows: Collection[RowKey]) -> None:
        """Project rows again whose values have become known."""
        if rows:
            self._project_rows(rows, 0)

    def clear(self) -> None:
        """Forget everything that was projected for the school."""
        edges = select(LOG_CHANGE.c.batch).where(LOG_CHANGE.c.school == self._school)
        self._connection.execute(delete(LOG_EDGE).where(LOG_EDGE.c.batch.in_(edges)))
        for table in (*DERIVED, SCHOOL_STATE):
            if table is not LOG_EDGE:
                self._connection.execute(delete(table).where(table.c.school == self._school))
        for info in self._schema.entities.values():
            self._connection.execute(delete(info.cls).where(info.cls.school_id == self._school))

    def _effective(self, batches: Sequence[Batch]) -> _Effective:
        found = _Effective({}, [])
        for batch in batches:
            if batch.school != self._school:
                raise BugError("a batch of another school")
            role = self._role_of(batch.replica)
            for place, change in enumerate(batch.changes):
                read = self._schema.read(batch.schema, change.key)
                if read is None or role is None or not self._schema.may_write(role, read[0]):
                    continue
                ref = ChangeRef(batch.name, place)
                found.changes[ref] = read[0], batch
                found.edges.extend((replaced, ref) for replaced in change.replaces)
        return found

    def _write_changes(self, effective: _Effective) -> None:
        """Keep the changes with their edges; only what no change of the same field replaces is a head."""
        changes = effective.changes
        retired = self._replaced_before(changes)
        elsewhere: list[tuple[ChangeRef, ChangeKey]] = []
        for replaced, by in effective.edges:
            key = changes[by][0]
            if replaced not in changes:
                elsewhere.append((replaced, key))
            elif changes[replaced][0] == key:
                retired.add(replaced)
        self._statements.many(
            insert_into(LOG_CHANGE),
            (self._record(ref, key, batch, ref not in retired) for ref, (key, batch) in changes.items()),
        )
        self._statements.many(
            insert_into(LOG_EDGE),
            (
                {"replaced_batch": replaced[0], "replaced_place": replaced[1], "batch": by[0], "place": by[1]}
                for replaced, by in effective.edges
            ),
        )
        self._statements.many(
            _RETIREMENT,
            (
                {
                    "key_batch": ref.batch,
                    "key_place": ref.place,
                    "key_school": self._school,
                    "key_entity": key.entity,
                    "key_row": key.row,
                    "key_field": key.field,
                }
                for ref, key in elsewhere
            ),
        )

    def _replaced_before(self, changes: Mapping[ChangeRef, tuple[ChangeKey, Batch]]) -> set[ChangeRef]:
        """Changes that arrive after what replaces them."""
        found = set()
        for batch in {ref.batch for ref in changes}:
            for place, *key in self._statements.rows(_REPLACED_BEFORE, batch=batch, school=self._school):
                ref = ChangeRef(batch, place)
                if ref in changes and changes[ref][0] == tuple(key):
                    found.add(ref)
        return found

    def _record(self, ref: ChangeRef, key: ChangeKey, batch: Batch, is_head: bool) -> dict[str, Any]:
        return {
            "batch": ref.batch,
            "place": ref.place,
            "school": self._school,
            "entity": key.entity,
            "row": key.row,
            "field": key.field,
            "schema": batch.schema,
            "lamport": batch.lamport,
            "replica": batch.replica,
            "is_head": is_head,
        }

    def _project_rows(self, rows: Collection[RowKey], lamport: int) -> None:
        heads = HeadReading(self._statements, self._schema, self._school).of(rows)
        merged: dict[RowKey, MergedRow] = {}
        for key in sorted(heads):
            row = merge_row(*key, heads[key])
            if row is not None:
                merged[key] = row
        writing = RowWriting(self._connection, self._statements, self._schema, self._school)
        writing.write(merged)
        self._remember(writing.digest_change, lamport)

    def _remember(self, digest_change: int, lamport: int) -> None:
        known = self._statements.first(_STATE, school=self._school)
        if known is None:
            values = {"school": self._school, "lamport": lamport, "digest": digest_text(digest_change)}
            self._statements.run(insert_into(SCHOOL_STATE), **values)
            return
        digest = digest_text(int(known[1], 16) + digest_change)
        self._statements.run(
            update_of(SCHOOL_STATE), key_school=self._school, lamport=max(lamport, known[0]), digest=digest
        )
