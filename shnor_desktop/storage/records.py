"""Typed access to the tables that are local to one copy: signers, vectors of peers, the journal of packages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select

from shnor_desktop.domain.log import Head
from shnor_desktop.storage import local
from shnor_desktop.storage.tables import BLOB, KEPT, PACKAGE, PEER_VECTOR, REPLICA, SIGNER, STORE_META


@dataclass(frozen=True, slots=True)
class TrustedSigner:
    """A certificate that a person confirmed by its fingerprint."""

    fingerprint: str
    code: str
    role: str
    name: str
    certificate: bytes
    trusted_at: str


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A line of the journal: a package that was made here or came in. `details` is JSON."""

    id: str
    direction: str
    kind: str
    file_name: str
    number: int
    school: str
    peer: str
    made_at: str
    state: str
    details: str


@dataclass(frozen=True, slots=True)
class ReplicaRecord:
    """A replica whose batches this store knows, with the role that its certificate gives."""

    replica: str
    role: str
    name: str
    fingerprint: str
    is_local: bool


class LocalRecords:
    """Reads and, inside a write transaction, writes the local tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._signers: list[TrustedSigner] | None = None
        self._replicas: list[ReplicaRecord] | None = None

    def meta(self, name: str, default: str = "") -> str:
        """A property of the store."""
        value = self._connection.execute(select(STORE_META.c.value).where(STORE_META.c.name == name)).scalar()
        return default if value is None else value

    def set_meta(self, name: str, value: str) -> None:
        """Set a property of the store."""
        local.put(self._connection, STORE_META, {"name": name, "value": value})

    def signers(self) -> list[TrustedSigner]:
        """Every trusted certificate; read once in a unit of work, which asks for them again and again."""
        if self._signers is None:
            columns = [SIGNER.c[name] for name in TrustedSigner.__slots__]
            rows = self._connection.execute(select(*columns).order_by(SIGNER.c.code, SIGNER.c.fingerprint))
            self._signers = [TrustedSigner(*row) for row in rows]
        return list(self._signers)

    def trust(self, signer: TrustedSigner) -> None:
        """Keep a certificate that a person confirmed."""
        self._signers = None
        local.put(self._connection, SIGNER, asdict(signer))

    def replicas(self) -> list[ReplicaRecord]:
        """Every replica that is known here; read once in a unit of work, likewise."""
        if self._replicas is None:
            columns = [REPLICA.c[name] for name in ReplicaRecord.__slots__]
            rows = self._connection.execute(select(*columns).order_by(REPLICA.c.replica))
            self._replicas = [ReplicaRecord(*row) for row in rows]
        return list(self._replicas)

    def put_replica(self, replica: ReplicaRecord) -> None:
        """Keep what is known of a replica."""
        others = [one for one in self.replicas() if one.replica != replica.replica]
        self._replicas = sorted([*others, replica], key=lambda one: one.replica)
        local.put(self._connection, REPLICA, asdict(replica))

    def peer_vector(self, peer: str, school: str) -> dict[str, Head]:
        """What a peer (its certificate's fingerprint) last said that it has of a school."""
        where = (PEER_VECTOR.c.peer == peer, PEER_VECTOR.c.school == school)
        rows = self._connection.execute(select(PEER_VECTOR).where(*where))
        return {row.replica: Head(row.sequence, row.name) for row in rows}

    def set_peer_vector(self, peer: str, school: str, vector: Mapping[str, Head]) -> None:
        """Replace what is known of a peer, even backwards: a restored peer gets again what it lost."""
        for replica in set(self.peer_vector(peer, school)) - set(vector):
            local.remove(self._connection, PEER_VECTOR, {"peer": peer, "replica": replica, "school": school})
        for replica, head in vector.items():
            row = {"peer": peer, "replica": replica, "school": school, "sequence": head.sequence, "name": head.name}
            local.put(self._connection, PEER_VECTOR, row)

    def packages(self, school: str | None = None) -> list[PackageRecord]:
        """The journal of packages, newest first."""
        query = select(PACKAGE).order_by(PACKAGE.c.made_at.desc(), PACKAGE.c.number.desc())
        if school is not None:
            query = query.where(PACKAGE.c.school == school)
        rows = self._connection.execute(query).mappings()
        return [PackageRecord(**{k: v for k, v in row.items() if k != "digest"}) for row in rows]

    def senders(self, kind: str) -> list[tuple[str, str]]:
        """(school, peer) of the packages of a kind that came, each pair once."""
        query = select(PACKAGE.c.school, PACKAGE.c.peer).where(PACKAGE.c.direction == "in", PACKAGE.c.kind == kind)
        return [(row.school, row.peer) for row in self._connection.execute(query.distinct())]

    def package(self, identifier: str) -> PackageRecord | None:
        """The line of one package, by the SHA-256 of its file."""
        row = self._connection.execute(select(PACKAGE).where(PACKAGE.c.id == identifier)).mappings().first()
        return None if row is None else PackageRecord(**{k: v for k, v in row.items() if k != "digest"})

    def put_package(self, record: PackageRecord) -> None:
        """Write a line of the journal or replace it."""
        local.put(self._connection, PACKAGE, asdict(record))

    def remove_package(self, identifier: str) -> None:
        """Take a line out of the journal: an import that was undone."""
        local.remove(self._connection, PACKAGE, {"id": identifier})

    def blob(self, school: str, sha256: str) -> bytes | None:
        """A content-addressed dataset or attachment of a school."""
        where = (BLOB.c.sha256 == sha256, BLOB.c.school == school)
        return self._connection.execute(select(BLOB.c.data).where(*where)).scalar()

    def blobs(self, school: str) -> list[tuple[str, str]]:
        """(sha256, kind) of what is kept for a school."""
        query = select(BLOB.c.sha256, BLOB.c.kind).where(BLOB.c.school == school).order_by(BLOB.c.sha256)
        return [(row.sha256, row.kind) for row in self._connection.execute(query)]

    def blob_sizes(self, school: str) -> dict[str, int]:
        """How many bytes each blob of a school has, by its SHA-256; none of them is read."""
        query = select(BLOB.c.sha256, func.length(BLOB.c.data).label("size")).where(BLOB.c.school == school)
        return {row.sha256: row.size for row in self._connection.execute(query)}

    def put_blob(self, school: str, kind: str, data: bytes) -> str:
        """Keep bytes of a school under their SHA-256; the same bytes once."""
        name = hashlib.sha256(data).hexdigest()
        if self.blob(school, name) is None:
            local.put(self._connection, BLOB, {"sha256": name, "school": school, "kind": kind, "data": data})
        return name

    def remove_blob(self, school: str, sha256: str) -> None:
        """Let bytes go that nothing names any more; nothing happens where they are not."""
        local.remove(self._connection, BLOB, {"sha256": sha256, "school": school})

    def kept(self, kind: str) -> dict[str, str]:
        """What is kept of a kind: JSON by id, in the order of the ids."""
        query = select(KEPT.c.id, KEPT.c.body).where(KEPT.c.kind == kind).order_by(KEPT.c.id)
        return {row.id: row.body for row in self._connection.execute(query)}

    def kept_one(self, kind: str, identifier: str) -> str | None:
        """One of them, None where it is not."""
        where = (KEPT.c.kind == kind, KEPT.c.id == identifier)
        return self._connection.execute(select(KEPT.c.body).where(*where)).scalar()

    def keep(self, kind: str, identifier: str, body: str) -> None:
        """Write one or replace it."""
        local.put(self._connection, KEPT, {"kind": kind, "id": identifier, "body": body})

    def drop(self, kind: str, identifier: str) -> None:
        """Let one go; nothing happens where it is not."""
        local.remove(self._connection, KEPT, {"kind": kind, "id": identifier})
