"""The one `project`: accepted batches become heads, rows, conflicts. Local edit, import and replay all call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, delete, false, select, true, update

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.log import DELETED, Batch, ChangeKey, ChangeRef
from shnor_desktop.domain.merge import MergedRow, is_known, merge_row
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import EntityInfo
from shnor_desktop.storage.heads import MANY, HeadReading, RowHeads, RowKey
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

    changes: dict[ChangeRef, ChangeKey]
    batches: dict[str, Batch]
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
        self._judged: dict[tuple[int, WriterRole, str, str], tuple[EntityInfo, str] | None] = {}
        self.refused: list[tuple[str, ChangeKey]] = []
        """(replica, key) of changes of today's schema that have no effect, because their writer may not make them."""

    def accept(self, batches: Sequence[Batch]) -> frozenset[RowKey]:
        """Project batches that count from now on; returns the rows that they touch."""
        if not batches:
            return frozenset()
        effective = self._effective(batches)
        self._write_changes(effective)
        touched: dict[RowKey, set[str]] = defaultdict(set)
        for key in effective.changes.values():
            touched[key.entity, key.row].add(key.field)
        self._project_rows(touched, max(batch.lamport for batch in batches))
        return frozenset(touched)

    def refresh(self, rows: Collection[RowKey]) -> None:
        """Project rows again whose values have become known."""
        if rows:
            self._project_rows({row: {DELETED} for row in rows}, 0)

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
        found = _Effective({}, {}, [])
        for batch in sorted(batches, key=lambda batch: batch.name):
            if batch.school != self._school:
                raise BugError("a batch of another school")
            role = self._role_of(batch.replica)
            if role is None:
                self.refused += [(batch.replica, change.key) for change in batch.changes]
                continue
            found.batches[batch.name] = batch
            for place, change in enumerate(batch.changes):
                key = self._counted_key(batch.schema, role, change.key)
                if key is None:
                    if self._schema.read(batch.schema, change.key) is not None:
                        self.refused.append((batch.replica, change.key))
                else:
                    ref = ChangeRef(batch.name, place)
                    found.changes[ref] = key
                    if change.replaces:
                        found.edges.extend((replaced, ref) for replaced in change.replaces)
        return found

    def _counted_key(self, schema: int, role: WriterRole, key: ChangeKey) -> ChangeKey | None:
        """What a change is about in today's names; None when today's schema or the writer's rights know no such one."""
        asked = (schema, role, key.entity, key.field)
        if asked not in self._judged:
            read = self._schema.read(schema, key)
            may = read is not None and self._schema.may_write(role, read[0])
            self._judged[asked] = (self._schema.entities[read[0].entity], read[0].field) if read and may else None
        judged = self._judged[asked]
        if judged is None or not judged[0].may_hold(key.row, self._school):
            return None
        info, field = judged
        return key if field == key.field and info.log_name == key.entity else ChangeKey(info.log_name, key.row, field)

    def _write_changes(self, effective: _Effective) -> None:
        """Keep the changes with their edges; only what no change of the same field replaces is a head."""
        changes = effective.changes
        retired = self._replaced_before(changes)
        elsewhere: list[tuple[ChangeRef, ChangeKey]] = []
        for replaced, by in effective.edges:
            key = changes[by]
            if replaced not in changes:
                elsewhere.append((replaced, key))
            elif changes[replaced] == key:
                retired.add(replaced)
        said = {name: (batch.schema, batch.lamport, batch.replica) for name, batch in effective.batches.items()}
        self._statements.insert(
            LOG_CHANGE,
            [(*ref, self._school, *key, *said[ref.batch], ref not in retired) for ref, key in changes.items()],
        )
        self._statements.insert(LOG_EDGE, [(*replaced, *by) for replaced, by in effective.edges])
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

    def _replaced_before(self, changes: Mapping[ChangeRef, ChangeKey]) -> set[ChangeRef]:
        """Changes that arrive after what replaces them."""
        found = set()
        for batch in sorted({ref.batch for ref in changes}):
            for place, *key in self._statements.rows(_REPLACED_BEFORE, batch=batch, school=self._school):
                ref = ChangeRef(batch, place)
                if ref in changes and changes[ref] == tuple(key):
                    found.add(ref)
        return found

    def _project_rows(self, touched: Mapping[RowKey, Collection[str]], lamport: int) -> None:
        merged: dict[RowKey, MergedRow] = {}
        in_part: set[RowKey] = set()
        is_new = self._statements.first(_STATE, school=self._school) is None
        for key, heads in self._heads(touched, in_part, is_whole=is_new or len(touched) > MANY):
            row = merge_row(*key, heads)
            if row is not None:
                merged[key] = row
        writing = RowWriting(self._statements, self._schema, self._school, is_new)
        writing.write(merged, in_part)
        self._remember(writing.digest_change, lamport)

    def _heads(
        self, touched: Mapping[RowKey, Collection[str]], in_part: set[RowKey], *, is_whole: bool
    ) -> Iterator[tuple[RowKey, RowHeads]]:
        """The heads of rows; of few rows only those of the touched fields, unless the whole row has to be weighed."""
        reading = HeadReading(self._statements, self._schema, self._school)
        if is_whole:
            yield from reading.each_of_school(touched)
            return
        for key, fields in touched.items():
            if DELETED in fields or reading.of_fields(key, (DELETED,)):
                yield key, reading.of_row(key)
                continue
            heads = reading.of_fields(key, fields)
            if is_known(heads):
                in_part.add(key)
                yield key, heads
            else:  # whether anything is known of the row is seen by the whole of it
                yield key, reading.of_row(key)

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
