"""Reading the log: heads of chains, seals, what a receiver lacks, what a unit of work replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, false, select, true

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Batch, Change, ChangeKey, ChangeRef, Head, Seal, StoredValue, parse_batch
from shnor_desktop.domain.merge import FieldHead, shown_first
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.heads import stored_value
from shnor_desktop.storage.statements import Statements
from shnor_desktop.storage.tables import (
    LOG_BATCH,
    LOG_CHANGE,
    LOG_EDGE,
    LOG_SEAL,
    LOG_VALUE,
    LOG_VECTOR,
    REPLICA,
    ROW_STATE,
    SCHOOL_STATE,
)
from shnor_desktop.storage.writer_rights import WriterRights

EMPTY_HEAD = Head(0, "")
_IS_OF_BATCH = LOG_BATCH.c.name == bindparam("name")
_BATCH = select(LOG_BATCH.c.data).where(_IS_OF_BATCH)
_LINKS = (
    select(LOG_BATCH.c.sequence, LOG_BATCH.c.name, LOG_BATCH.c.previous, LOG_BATCH.c.lamport)
    .where(LOG_BATCH.c.school == bindparam("school"), LOG_BATCH.c.replica == bindparam("replica"))
    .where(LOG_BATCH.c.sequence > bindparam("after"))
)
_VECTOR = select(LOG_VECTOR.c.replica, LOG_VECTOR.c.sequence, LOG_VECTOR.c.name).where(
    LOG_VECTOR.c.school == bindparam("school")
)
_HEAD = select(LOG_VECTOR.c.sequence, LOG_VECTOR.c.name).where(
    LOG_VECTOR.c.replica == bindparam("replica"), LOG_VECTOR.c.school == bindparam("school")
)
_SEALS = (
    select(
        LOG_SEAL.c.sequence,
        LOG_SEAL.c.name,
        LOG_SEAL.c.sealed_at,
        LOG_SEAL.c.certificate,
        LOG_SEAL.c.signature,
    )
    .where(LOG_SEAL.c.replica == bindparam("replica"), LOG_SEAL.c.school == bindparam("school"))
    .order_by(LOG_SEAL.c.sequence)
)
_LOCAL = select(REPLICA.c.replica).where(REPLICA.c.is_local == true())
_LAMPORT = select(SCHOOL_STATE.c.lamport).where(SCHOOL_STATE.c.school == bindparam("school"))
_VALUES = (
    select(LOG_VALUE.c.place, LOG_VALUE.c.state, LOG_VALUE.c.salt, LOG_VALUE.c.value)
    .where(LOG_VALUE.c.batch == bindparam("batch"))
    .order_by(LOG_VALUE.c.place)
)
_SAID_AS = (
    select(LOG_EDGE.c.batch, LOG_EDGE.c.place)
    .join(LOG_CHANGE, and_(LOG_CHANGE.c.batch == LOG_EDGE.c.batch, LOG_CHANGE.c.place == LOG_EDGE.c.place))
    .where(LOG_EDGE.c.replaced_batch == bindparam("batch"), LOG_EDGE.c.replaced_place == bindparam("place"))
    .where(
        LOG_CHANGE.c.school == bindparam("school"),
        LOG_CHANGE.c.entity == bindparam("entity"),
        LOG_CHANGE.c.row == bindparam("row"),
        LOG_CHANGE.c.field == bindparam("field"),
    )
)
_SHOWN = (
    select(LOG_CHANGE.c.batch, LOG_CHANGE.c.place)
    .join(
        ROW_STATE,
        and_(
            ROW_STATE.c.entity == LOG_CHANGE.c.entity,
            ROW_STATE.c.row == LOG_CHANGE.c.row,
            ROW_STATE.c.school == LOG_CHANGE.c.school,
        ),
    )
    .where(LOG_CHANGE.c.school == bindparam("school"), LOG_CHANGE.c.is_head == true())
    .where(ROW_STATE.c.is_hidden == false())
)
_IS_HEAD = select(LOG_CHANGE.c.is_head).where(
    LOG_CHANGE.c.batch == bindparam("batch"), LOG_CHANGE.c.place == bindparam("place")
)
_REPLACED = (
    select(LOG_CHANGE.c.field, LOG_CHANGE.c.lamport, LOG_CHANGE.c.replica)
    .add_columns(LOG_VALUE.c.state, LOG_VALUE.c.salt, LOG_VALUE.c.value)
    .join(LOG_VALUE, and_(LOG_VALUE.c.batch == LOG_CHANGE.c.batch, LOG_VALUE.c.place == LOG_CHANGE.c.place))
    .where(LOG_CHANGE.c.batch == bindparam("batch"), LOG_CHANGE.c.place == bindparam("place"))
)


class StoredLink(NamedTuple):
    """A stored batch without its contents."""

    sequence: int
    name: str
    previous: str
    lamport: int


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A batch as it travels: its bytes and the values that were not left out.

    `is_matched` says that each value was held against its digest when it was read from a package.
    """

    batch: Batch
    values: tuple[StoredValue, ...]
    is_matched: bool = False


class LogReading:
    """The log as it stands in the transaction of a connection."""

    def __init__(self, connection: Connection, schema: LogSchema) -> None:
        self._connection = connection
        self._schema = schema
        self._statements = Statements(connection)
        self._rights = WriterRights(self._statements)

    def role(self, replica: str) -> WriterRole | None:
        """The role that a replica's certificate gives it; None for one that is not known here."""
        return self._rights.role(replica)

    def role_in(self, replica: str, school: str) -> WriterRole | None:
        """The role in which a replica writes about a school; None where nothing of it counts there."""
        return self._rights.role_in(replica, school)

    def limit(self, replica: str, school: str) -> int | None:
        """The last sequence of a chain that may count; None where its key is not revoked."""
        return self._rights.limit(replica, school)

    def has_batch(self, name: str) -> bool:
        """Whether a batch is stored here."""
        return self._statements.first(_BATCH, name=name) is not None

    def batch(self, name: str) -> Batch:
        """A stored batch; KnownError store.log_damaged when it is not there."""
        found = self._statements.first(_BATCH, name=name)
        if found is None:
            raise KnownError("store.log_damaged")
        return parse_batch(found[0])

    def vector(self, school: str) -> dict[str, Head]:
        """How far each replica's chain counts here."""
        return {replica: Head(*head) for replica, *head in self._statements.rows(_VECTOR, school=school)}

    def head(self, replica: str, school: str) -> Head:
        """How far one chain counts here."""
        found = self._statements.first(_HEAD, replica=replica, school=school)
        return Head(*found) if found else EMPTY_HEAD

    def seals(self, replica: str, school: str) -> list[Seal]:
        """The seals of a chain."""
        found = self._statements.rows(_SEALS, replica=replica, school=school)
        return [Seal(replica, school, Head(row[0], row[1]), *row[2:]) for row in found]

    def links(self, replica: str, school: str, after: int = 0) -> dict[str, StoredLink]:
        """Every stored batch of a chain beyond a sequence, forged ones among them, by name."""
        found = self._statements.rows(_LINKS, replica=replica, school=school, after=after)
        return {row[1]: StoredLink(*row) for row in found}

    def chain(self, replica: str, school: str, head: Head, after: int = 0) -> list[StoredLink]:
        """The chain down from a head, oldest first; KnownError store.log_damaged when it breaks."""
        links = self.links(replica, school, after)
        found: list[StoredLink] = []
        name = head.name
        for _ in range(head.sequence - after):
            if name not in links:
                raise KnownError("store.log_damaged")
            found.append(links[name])
            name = links[name].previous
        return found[::-1]

    def accepted(self, school: str) -> list[Batch]:
        """All batches of a school that count, in a fixed order."""
        counted = [
            (link.lamport, replica, link.sequence, link.name)
            for replica, head in self.vector(school).items()
            for link in self.chain(replica, school, head)
        ]
        return [self.batch(name) for *_, name in sorted(counted)]

    def since(self, school: str, known: Mapping[str, Head]) -> list[SentBatch]:
        """What counts here and a receiver with the vector `known` lacks, in order of each chain.

        A receiver whose head is not of the chain that counts here gets the whole chain.
        """
        return [
            SentBatch(self.batch(name), self.values(name))
            for replica, head in sorted(self.vector(school).items())
            for name in self._lacking(replica, school, head, known.get(replica, EMPTY_HEAD))
        ]

    def _lacking(self, replica: str, school: str, head: Head, known: Head) -> Iterator[str]:
        if known == head or known.sequence > head.sequence:
            return
        chain = self.chain(replica, school, head)
        is_beside = known.sequence > 0 and chain[known.sequence - 1].name != known.name
        yield from (link.name for link in chain[0 if is_beside else known.sequence :])

    def values(self, batch: str) -> tuple[StoredValue, ...]:
        """The values beside a batch, in order of its changes."""
        return tuple(stored_value(*row[1:]) for row in self._statements.rows(_VALUES, batch=batch))

    def shown_changes(self, school: str) -> frozenset[ChangeRef]:
        """The changes that the rows which are shown are made of: neither what was replaced, nor deleted rows."""
        return frozenset(ChangeRef(*row) for row in self._statements.rows(_SHOWN, school=school))

    def said_as(self, school: str, ref: ChangeRef, key: ChangeKey) -> list[ChangeRef]:
        """The changes of this field that name a change of somebody else as what they stand for."""
        found = self._statements.rows(_SAID_AS, school=school, **ref._asdict(), **key._asdict())
        return [ChangeRef(*row) for row in found]

    def replaced_values(self, batch: Batch) -> list[tuple[Change, bool, StoredValue | None]]:
        """For each change: whether it is still the head of its field, and the value that it replaced."""
        answers: list[tuple[Change, bool, StoredValue | None]] = []
        for place, change in enumerate(batch.changes):
            found = self._statements.first(_IS_HEAD, batch=batch.name, place=place)
            answers.append((change, bool(found and found[0]), self._old_value(change)))
        return answers

    def _old_value(self, change: Change) -> StoredValue | None:
        found: list[FieldHead] = []
        for ref in change.replaces:
            for field, lamport, replica, *stored in self._statements.rows(_REPLACED, **ref._asdict()):
                if field == change.key.field:
                    found.append(FieldHead(ref, lamport, replica, stored_value(*stored)))
        return shown_first(found)[0].value if found else None

    def _lamport(self, school: str) -> int:
        found = self._statements.first(_LAMPORT, school=school)
        return found[0] if found else 0

    def is_local(self, replica: str) -> bool:
        """Whether this copy, or the one that it was made of, wrote as that replica."""
        return replica in self._local_replicas()

    def _local_replicas(self) -> set[str]:
        return {replica for (replica,) in self._statements.rows(_LOCAL)}

    def _parent(self, replica: str, school: str) -> tuple[str, int, str] | None:
        """The local chain that was written to last: where the replica of a restored or copied store begins."""
        local = self._local_replicas() - {replica}
        found: list[tuple[Any, ...]] = []
        for name, head in self.vector(school).items():
            if name in local:
                last = self.links(name, school, head.sequence - 1).get(head.name)
                found.append((last.lamport if last else 0, name, *head))
        return max(found)[1:] if found else None
