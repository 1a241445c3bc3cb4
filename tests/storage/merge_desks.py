"""Desks for tests of the merge: replicas whose stores lie in memory, seals that a shared secret signs, packages."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.log import (
    Batch,
    BatchHeader,
    Change,
    ChangeKey,
    ChangeRef,
    ChangeRequest,
    Head,
    Seal,
    StoredValue,
    ValueState,
    make_batch,
    value_digest,
)
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.base import METADATA
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import entities
from shnor_desktop.storage.log_ingesting import Ingested
from shnor_desktop.storage.log_reading import SentBatch
from shnor_desktop.storage.log_store import LogStore, Writer
from shnor_desktop.storage.records import ReplicaRecord
from shnor_desktop.storage.store import Store
from shnor_desktop.storage.tables import CONFLICT, LOG_CHANGE, LOG_EDGE, ROW_STATE, SCHOOL_STATE

SCHOOL = "school-1"
GOAL, REMARK = "goal", "remark"
SALT = "00" * 16
Rows = list[tuple[Any, ...]]


def merge_schema() -> LogSchema:
    """Goals below goals, in rings where a user makes them; remarks, whose fields belong to different writers."""
    known = entities()
    return LogSchema(
        entities=MappingProxyType({GOAL: replace(known[GOAL], parent="goal"), REMARK: known[REMARK]}),
    )


SCHEMA = merge_schema()


def database() -> Engine:
    """An engine over one empty database in memory, whose transactions begin as those of a store."""
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = create_engine("sqlite://", module=driver, creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@cache
def _template() -> Engine:
    assert entities()
    engine = database()
    METADATA.create_all(engine)
    return engine


def copy_of(engine: Engine) -> Engine:
    """A database in memory with the same contents."""
    made = database()
    source, target = engine.raw_connection(), made.raw_connection()
    source.driver_connection.backup(target.driver_connection)  # type: ignore[union-attr]
    source.close()
    target.close()
    return made


class Package(NamedTuple):
    """What travels; `seals` as the sender had them."""

    batches: tuple[SentBatch, ...]
    seals: tuple[Seal, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What a profile seals with; a certificate is the name of its owner and of the role that it gives."""

    owner: str
    role: WriterRole

    @property
    def certificate(self) -> bytes:
        return f"{self.owner} {self.role}".encode()

    def sealed(self, replica: str, head: Head, at: datetime, school: str = SCHOOL) -> Seal:
        bare = Seal(replica, school, head, iso_utc(at), self.certificate, b"")
        return replace(bare, signature=signature(bare))


def signature(seal: Seal) -> bytes:
    """What only the owner of the certificate can make."""
    return hmac.digest(b"secret of " + seal.certificate, seal.signed_bytes(), "sha256")


@dataclass(slots=True)
class Desk:
    """One profile on one computer."""

    key: Key
    replica: str
    now: datetime
    engine: Engine = field(default_factory=lambda: copy_of(_template()))
    copies: int = 0
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.open(self.engine)
        self.introduce(self.replica)

    def open(self, engine: Engine) -> None:
        """Go on with another store: a backup that was brought back."""
        self.engine = engine
        self.store = Store(Path("in memory"), engine, SCHEMA)

    @property
    def writer(self) -> Writer:
        return Writer(self.replica, self.key.owner)

    def introduce(self, name: str) -> None:
        """Begin to write as a replica; its name ends in the mark of its key."""
        replica = f"{name}.{self.key.owner}"
        with self.store.writing() as transaction:
            transaction.records.put_replica(ReplicaRecord(replica, self.key.role, self.key.owner, self.key.owner, True))
        self.replica = replica

    def write(self, requests: Sequence[ChangeRequest]) -> Batch | None:
        """One unit of work."""
        with self.store.writing() as transaction:
            return transaction.log.append(SCHOOL, requests, self.writer, self.now)

    def export(self, known: Mapping[str, Head]) -> Package:
        """Seal, and pack what a receiver with that vector lacks."""
        with self.store.writing() as transaction:
            log = transaction.log
            head = log.head(self.replica, SCHOOL)
            if head.sequence:
                log.add_seal(self.key.sealed(self.replica, head, self.now))
            seals = [seal for replica in log.vector(SCHOOL) for seal in log.seals(replica, SCHOOL)]
            return Package(tuple(log.since(SCHOOL, known)), tuple(seals))

    def take_in(self, package: Package) -> Ingested:
        """Import: seals are judged by their own certificates, as the services do it."""
        with self.store.writing() as transaction:
            records = {record.replica: record for record in transaction.records.replicas()}
            sound = []
            for seal in package.seals:
                owner, role = seal.certificate.decode().split()
                is_theirs = seal.replica.endswith(f".{owner}") and seal.signature == signature(seal)
                if owner == "mallory" or not is_theirs:
                    continue
                if seal.replica not in records:
                    records[seal.replica] = ReplicaRecord(seal.replica, role, owner, owner, False)
                    transaction.records.put_replica(records[seal.replica])
                sound.append(seal)
            return transaction.log.ingest(package.batches, sound)

    def vector(self) -> dict[str, Head]:
        with self.store.writing() as transaction:
            return transaction.log.vector(SCHOOL)

    def local_replicas(self) -> list[str]:
        with self.store.reading() as reader:
            return [record.replica for record in reader.records.replicas() if record.is_local]

    def tables(self, *, with_changes: bool = True) -> dict[str, Rows]:
        """Every row that is derived from the log."""
        names = [ROW_STATE.name, CONFLICT.name, *(info.cls.__tablename__ for info in SCHEMA.entities.values())]
        if with_changes:
            names += [LOG_CHANGE.name, LOG_EDGE.name, SCHOOL_STATE.name]
        with self.engine.connect() as connection:
            return {
                name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr)
                for name in names
            }

    def digest(self) -> str:
        with self.store.reading() as reader:
            return reader.projection_digest(SCHOOL)

    def log(self, use: Any) -> Any:
        """What `use` says of the log."""
        with self.store.writing() as transaction:
            return use(transaction.log)


def replayed(desk: Desk) -> dict[str, Rows]:
    """The derived rows as a replay makes them."""

    def replay(log: LogStore) -> None:
        log.replay(SCHOOL)

    desk.log(replay)
    return desk.tables()


def handmade(
    replica: str,
    tip: Head,
    lamport: int,
    at: datetime,
    changes: Iterable[tuple[ChangeKey, WireValue, Sequence[ChangeRef]]],
    school: str = SCHOOL,
) -> SentBatch:
    """A batch that no program of ours would append: made by hand."""
    found = list(changes)
    header = BatchHeader(1, replica, school, tip.sequence + 1, tip.name, lamport, at, "by-hand")
    batch = make_batch(
        header, [Change(key, value_digest(SALT, value), tuple(sorted(refs))) for key, value, refs in found]
    )
    return SentBatch(batch, tuple(StoredValue(ValueState.PRESENT, SALT, value) for _, value, _ in found))
