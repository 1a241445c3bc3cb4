"""Appending to the log and taking in what others wrote; both end in the one projection."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, tuple_, update

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.log import (
    DELETED,
    Batch,
    BatchHeader,
    Change,
    ChangeKey,
    ChangeRef,
    ChangeRequest,
    Delete,
    Head,
    Restore,
    Seal,
    Set,
    StoredValue,
    ValueState,
    make_batch,
    parse_batch,
    value_digest,
)
from shnor_desktop.domain.merge import Acceptance, accepted_head
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import local
from shnor_desktop.storage.projection import Projection, RowKey
from shnor_desktop.storage.tables import (
    LOG_BATCH,
    LOG_CHANGE,
    LOG_EDGE,
    LOG_SEAL,
    LOG_VALUE,
    LOG_VECTOR,
    REPLICA,
    SCHOOL_STATE,
)

EMPTY_HEAD = Head(0, "")
Chain = tuple[str, str]
"""(replica, school)"""
Planned = tuple[Change, StoredValue]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who appends: the replica of this profile, its author, the parent head if it began from a copy."""

    replica: str
    author: str


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch as it travels: its bytes and the values that were not left out."""

    batch: Batch
    values: tuple[StoredValue, ...]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What taking in batches did, per chain; `before` undoes it."""

    before: Mapping[Chain, Head]
    after: Mapping[Chain, Acceptance]
    touched: frozenset[RowKey]


class LogStore:
    """The log inside one write transaction."""

    def __init__(self, connection: Connection, schema: LogSchema) -> None:
        self._connection = connection
        self._schema = schema
        self._roles = {row.replica: WriterRole(row.role) for row in connection.execute(select(REPLICA))}

    def append(
        self, school: str, requests: Sequence[ChangeRequest], writer: Writer, now: datetime, operation: str = ""
    ) -> Batch | None:
        """Append one unit of work of this replica; None when it changes nothing."""
        return self._append(school, self._plan(school, requests), writer, now, operation)

    def restate(
        self, school: str, requests: Sequence[Set], writer: Writer, now: datetime, operation: str
    ) -> Batch | None:
        """Say values again under this replica's name, although they are shown already."""
        return self._append(school, self._plan(school, requests, again=True), writer, now, operation)

    def _append(
        self, school: str, planned: Sequence[Planned], writer: Writer, now: datetime, operation: str
    ) -> Batch | None:
        if not planned:
            return None
        self._require_rights(writer, planned)
        tip = self.head(writer.replica, school)
        header = BatchHeader(
            schema=self._schema.version,
            replica=writer.replica,
            school=school,
            sequence=tip.sequence + 1,
            previous=tip.name,
            lamport=self._lamport(school) + 1,
            time=now,
            author=writer.author,
            operation=operation,
            parent=self._parent(writer.replica, school) if tip == EMPTY_HEAD else None,
        )
        batch = make_batch(header, [change for change, _ in planned])
        self._store(SentBatch(batch, tuple(value for _, value in planned)))
        self._advance(writer.replica, school, batch.head)
        self._projection(school).accept([batch])
        return batch

    def has_batch(self, name: str) -> bool:
        """Whether a batch is stored here."""
        return self._connection.execute(select(LOG_BATCH.c.name).where(LOG_BATCH.c.name == name)).scalar() is not None

    def ingest(self, batches: Sequence[SentBatch], seals: Sequence[Seal]) -> Ingested:
        """Take in batches and seals whose signatures hold; what counts from now on is projected."""
        chains: set[Chain] = set()
        for sent in batches:
            self._store(sent)
            chains.add((sent.batch.replica, sent.batch.school))
        for seal in seals:
            self._store_seal(seal)
            chains.add((seal.replica, seal.school))
        before: dict[Chain, Head] = {}
        after: dict[Chain, Acceptance] = {}
        counted: dict[str, list[Batch]] = defaultdict(list)
        for replica, school in sorted(chains):
            start = self.head(replica, school)
            chain = self._chain(replica, school, start)
            acceptance = accepted_head(chain, self.seals(replica, school), start)
            before[replica, school], after[replica, school] = start, acceptance
            if acceptance.head != start:
                self._advance(replica, school, acceptance.head)
                counted[school].extend(b for b in chain if b.sequence <= acceptance.head.sequence)
        touched: frozenset[RowKey] = frozenset()
        for school, found in counted.items():
            touched |= self._projection(school).accept(found)
        return Ingested(before, after, touched)

    def lower(self, heads: Mapping[Chain, Head]) -> None:
        """Undo an import: the chains count again only up to `heads`; refused where later work depends on it."""
        for (replica, school), head in heads.items():
            if self._is_built_upon(replica, school, head):
                raise KnownError("log.import_has_dependents")
        for (replica, school), head in heads.items():
            self._advance(replica, school, head)
        for school in {school for _, school in heads}:
            self.replay(school)

    def replay(self, school: str) -> None:
        """Project a school again from its accepted batches."""
        projection = self._projection(school)
        projection.clear()
        projection.accept(self.accepted(school))

    def accepted(self, school: str) -> list[Batch]:
        """All batches of a school that count, in a fixed order."""
        vector = self.vector(school)
        query = select(LOG_BATCH.c.data).where(LOG_BATCH.c.school == school)
        found = [parse_batch(data) for (data,) in self._connection.execute(query)]
        by_name = {batch.name: batch for batch in found}
        counted: list[Batch] = []
        for replica in sorted(vector):
            name = vector[replica].name
            while name:
                batch = by_name.get(name)
                if batch is None:
                    raise KnownError("store.log_damaged", school=school)
                counted.append(batch)
                name = batch.previous
        return sorted(counted, key=lambda batch: (batch.lamport, batch.replica, batch.sequence))

    def vector(self, school: str) -> dict[str, Head]:
        """How far each replica's chain counts here."""
        query = select(LOG_VECTOR).where(LOG_VECTOR.c.school == school)
        return {row.replica: Head(row.sequence, row.name) for row in self._connection.execute(query)}

    def head(self, replica: str, school: str) -> Head:
        """How far one chain counts here."""
        return self.vector(school).get(replica, EMPTY_HEAD)

    def seals(self, replica: str, school: str) -> list[Seal]:
        """The seals of a chain."""
        query = select(LOG_SEAL).where(LOG_SEAL.c.replica == replica, LOG_SEAL.c.school == school)
        return [_seal(row) for row in self._connection.execute(query.order_by(LOG_SEAL.c.sequence))]

    def add_seal(self, seal: Seal) -> None:
        """Keep a seal of this replica."""
        self._store_seal(seal)

    def since(self, school: str, known: Mapping[str, Head]) -> list[SentBatch]:
        """What counts here and a receiver with the vector `known` lacks, in order of each chain."""
        wanted = [b for b in self.accepted(school) if b.sequence > known.get(b.replica, EMPTY_HEAD).sequence]
        values: dict[str, dict[int, StoredValue]] = defaultdict(dict)
        names = [batch.name for batch in wanted]
        for start in range(0, len(names), 500):
            query = select(LOG_VALUE).where(LOG_VALUE.c.batch.in_(names[start : start + 500]))
            for row in self._connection.execute(query):
                values[row.batch][row.place] = _stored_value(row)
        absent = StoredValue(ValueState.ABSENT)
        return [
            SentBatch(b, tuple(values[b.name].get(place, absent) for place in range(len(b.changes))))
            for b in sorted(wanted, key=lambda b: (b.replica, b.sequence))
        ]

    def replaced_values(self, batch: Batch) -> list[tuple[Change, bool, StoredValue | None]]:
        """For each change: whether it is still the head of its field, and the value that it replaced."""
        answers: list[tuple[Change, bool, StoredValue | None]] = []
        for place, change in enumerate(batch.changes):
            where = (LOG_CHANGE.c.batch == batch.name, LOG_CHANGE.c.place == place)
            is_head = bool(self._connection.execute(select(LOG_CHANGE.c.is_head).where(*where)).scalar())
            answers.append((change, is_head, self._old_value(change)))
        return answers

    def _old_value(self, change: Change) -> StoredValue | None:
        refs = [tuple(ref) for ref in change.replaces]
        query = (
            select(LOG_CHANGE.c.lamport, LOG_CHANGE.c.replica, LOG_VALUE.c.state, LOG_VALUE.c.salt, LOG_VALUE.c.value)
            .join(LOG_VALUE, (LOG_VALUE.c.batch == LOG_CHANGE.c.batch) & (LOG_VALUE.c.place == LOG_CHANGE.c.place))
            .where(tuple_(LOG_CHANGE.c.batch, LOG_CHANGE.c.place).in_(refs), LOG_CHANGE.c.field == change.key.field)
            .order_by(LOG_CHANGE.c.lamport.desc(), LOG_CHANGE.c.replica.desc())
        )
        row = self._connection.execute(query).first() if refs else None
        return _stored_value(row) if row is not None else None

    def _require_rights(self, writer: Writer, planned: Sequence[Planned]) -> None:
        role = self._roles.get(writer.replica)
        for change, _ in planned:
            if role is None or not self._schema.may_write(role, change.key):
                raise BugError(f"{role} may not write {change.key.entity}.{change.key.field}")

    def _plan(self, school: str, requests: Sequence[ChangeRequest], *, again: bool = False) -> list[Planned]:
        wanted: dict[ChangeKey, ChangeRequest] = {}
        for request in requests:
            name = request.field if isinstance(request, Set) else DELETED
            key = ChangeKey(request.entity, request.row, name)
            self._require_known(key)
            wanted.pop(key, None)
            wanted[key] = request
        heads = self._current({(key.entity, key.row) for key in wanted}, school)
        planned = []
        for key, request in wanted.items():
            value = request.value if isinstance(request, Set) else isinstance(request, Delete)
            row_heads = heads.get((key.entity, key.row), {})
            own = row_heads.get(key.field, [])
            if not again and not self._says_something(request, value, own):
                continue
            known = [ref for found in row_heads.values() for ref, _ in found] if isinstance(request, Delete) else []
            refs = tuple(sorted({ref for ref, _ in own} | set(known)))
            salt = secrets.token_hex(16)
            planned.append((Change(key, value_digest(salt, value), refs), StoredValue(ValueState.PRESENT, salt, value)))
        return planned

    @staticmethod
    def _says_something(request: ChangeRequest, value: Any, own: Sequence[tuple[ChangeRef, StoredValue]]) -> bool:
        if isinstance(request, Restore):
            return bool(own)
        if not own:
            return value is not None
        first = own[0][1]
        same = first.state is ValueState.PRESENT and first.value == value and type(first.value) is type(value)
        return len(own) > 1 or not same or isinstance(request, Delete)

    def _require_known(self, key: ChangeKey) -> None:
        if self._schema.read(self._schema.version, key) is None:
            raise BugError(f"no field {key.entity}.{key.field}")

    def _current(self, rows: set[RowKey], school: str) -> dict[RowKey, dict[str, list[tuple[ChangeRef, StoredValue]]]]:
        query = (
            select(LOG_CHANGE, LOG_VALUE.c.state, LOG_VALUE.c.salt, LOG_VALUE.c.value)
            .join(LOG_VALUE, (LOG_VALUE.c.batch == LOG_CHANGE.c.batch) & (LOG_VALUE.c.place == LOG_CHANGE.c.place))
            .where(LOG_CHANGE.c.school == school, LOG_CHANGE.c.is_head)
            .order_by(LOG_CHANGE.c.lamport.desc(), LOG_CHANGE.c.replica.desc())
        )
        if len(rows) <= 60:
            query = query.where(tuple_(LOG_CHANGE.c.entity, LOG_CHANGE.c.row).in_(sorted(rows)))
        found: dict[RowKey, dict[str, list[tuple[ChangeRef, StoredValue]]]] = defaultdict(lambda: defaultdict(list))
        for row in self._connection.execute(query):
            if (row.entity, row.row) in rows:
                found[row.entity, row.row][row.field].append((ChangeRef(row.batch, row.place), _stored_value(row)))
        return found

    def _store(self, sent: SentBatch) -> None:
        batch = sent.batch
        if len(sent.values) != len(batch.changes):
            raise KnownError("log.values_do_not_match")
        if any(not v.matches(c.digest) for v, c in zip(sent.values, batch.changes, strict=True)):
            raise KnownError("log.values_do_not_match")
        known = self._connection.execute(select(LOG_BATCH.c.name).where(LOG_BATCH.c.name == batch.name)).scalar()
        if known is not None:
            self._join_values(sent)
            return
        record = {
            name: getattr(batch, name)
            for name in ("name", "replica", "school", "sequence", "previous", "lamport", "data")
        }
        time = batch.time.isoformat()
        self._connection.execute(insert(LOG_BATCH).values(**record, time=time))
        values = [_value_record(batch.name, place, value) for place, value in enumerate(sent.values)]
        self._connection.execute(insert(LOG_VALUE), values)

    def _join_values(self, sent: SentBatch) -> None:
        order = list(ValueState)
        query = select(LOG_VALUE).where(LOG_VALUE.c.batch == sent.batch.name)
        for row in self._connection.execute(query).all():
            value = sent.values[row.place]
            if order.index(value.state) > order.index(ValueState(row.state)):
                where = (LOG_VALUE.c.batch == row.batch, LOG_VALUE.c.place == row.place)
                record = _value_record(row.batch, row.place, value)
                self._connection.execute(update(LOG_VALUE).where(*where).values(record))

    def _store_seal(self, seal: Seal) -> None:
        record = {
            "replica": seal.replica,
            "school": seal.school,
            "sequence": seal.head.sequence,
            "name": seal.head.name,
        }
        record |= {"sealed_at": seal.sealed_at, "certificate": seal.certificate, "signature": seal.signature}
        local.put(self._connection, LOG_SEAL, record)

    def _chain(self, replica: str, school: str, start: Head) -> list[Batch]:
        where = (LOG_BATCH.c.replica == replica, LOG_BATCH.c.school == school, LOG_BATCH.c.sequence > start.sequence)
        query = select(LOG_BATCH.c.data).where(*where).order_by(LOG_BATCH.c.sequence, LOG_BATCH.c.name)
        chain: list[Batch] = []
        at = start
        for (data,) in self._connection.execute(query):
            batch = parse_batch(data)
            if batch.sequence == at.sequence + 1 and batch.previous == at.name:
                chain.append(batch)
                at = batch.head
        return chain

    def _advance(self, replica: str, school: str, head: Head) -> None:
        key = {"replica": replica, "school": school}
        if head == EMPTY_HEAD:
            local.remove(self._connection, LOG_VECTOR, key)
        else:
            local.put(self._connection, LOG_VECTOR, {**key, "sequence": head.sequence, "name": head.name})

    def _is_built_upon(self, replica: str, school: str, head: Head) -> bool:
        removed = select(LOG_BATCH.c.name).where(
            LOG_BATCH.c.replica == replica, LOG_BATCH.c.school == school, LOG_BATCH.c.sequence > head.sequence
        )
        local_replicas = select(REPLICA.c.replica).where(REPLICA.c.is_local)
        query = (
            select(func.count())
            .select_from(LOG_EDGE)
            .join(LOG_BATCH, LOG_BATCH.c.name == LOG_EDGE.c.batch)
            .where(LOG_EDGE.c.replaced_batch.in_(removed), LOG_BATCH.c.replica.in_(local_replicas))
        )
        return bool(self._connection.execute(query).scalar())

    def _lamport(self, school: str) -> int:
        query = select(SCHOOL_STATE.c.lamport).where(SCHOOL_STATE.c.school == school)
        return self._connection.execute(query).scalar() or 0

    def _parent(self, replica: str, school: str) -> tuple[str, int, str] | None:
        """The newest local chain before this replica's own: a restored or copied store says where it began."""
        found = [
            (head.sequence, name, head.name)
            for name, head in self.vector(school).items()
            if name != replica and name in self._local_replicas()
        ]
        if not found:
            return None
        sequence, parent, name = max(found)
        return parent, sequence, name

    def _local_replicas(self) -> set[str]:
        return set(self._connection.execute(select(REPLICA.c.replica).where(REPLICA.c.is_local)).scalars())

    def _projection(self, school: str) -> Projection:
        return Projection(self._connection, self._schema, self._roles.get, school)


def _value_record(batch: str, place: int, value: StoredValue) -> dict[str, Any]:
    present = value.state is ValueState.PRESENT
    return {
        "batch": batch,
        "place": place,
        "state": value.state.value,
        "salt": value.salt if present else "",
        "value": canonical_json(value.value) if present else b"",
    }


def _stored_value(row: Any) -> StoredValue:
    state = ValueState(row.state)
    if state is not ValueState.PRESENT:
        return StoredValue(state)
    return StoredValue(state, row.salt, json.loads(row.value))


def _seal(row: Any) -> Seal:
    head = Head(row.sequence, row.name)
    return Seal(row.replica, row.school, head, row.sealed_at, row.certificate, row.signature)


def sorted_by_chain(batches: Iterable[Batch]) -> list[Batch]:
    """Batches in the order of their chains."""
    return sorted(batches, key=lambda batch: (batch.school, batch.replica, batch.sequence))
