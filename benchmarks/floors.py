"""Floors of the exchange: the same rows of the same store by hand, with nothing of the program around them.

The floor writes the log (batches with their values, seals) and the datasets with msgspec, deflate 6, SHA-256 and one
P-256 signature into one synced file, and no cover sheet; it reads that file back; it puts the rows of the log, of the
projection and of the datasets into a centre's store by `executemany`. It refuses nothing and explains nothing.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from shnor_desktop.storage.engine import open_connection

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()
_ALGORITHM = ec.ECDSA(hashes.SHA256())
_RAW = -zlib.MAX_WBITS
_BATCHES = "SELECT name, data FROM log_batch WHERE school = ? ORDER BY replica, sequence"
_VALUES = (
    "SELECT log_value.batch, log_value.salt, log_value.value FROM log_value "
    "JOIN log_batch ON log_batch.name = log_value.batch WHERE log_batch.school = ? "
    "ORDER BY log_value.batch, log_value.place"
)
_SEALS = "SELECT replica, school, sequence, name, sealed_at, certificate, signature FROM log_seal WHERE school = ?"
_BLOBS = "SELECT sha256, data FROM blob WHERE school = ? ORDER BY sha256"


class _File(msgspec.Struct):
    """The floor's file: members by name, their digests, and the signature over the digests."""

    members: dict[str, bytes]
    digests: dict[str, bytes]
    signature: bytes


Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Rows by table."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A key of its own; the floor trusts it."""

    key: ec.EllipticCurvePrivateKey

    @classmethod
    def new(cls) -> Floor:
        """A floor with a new key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    def export(self, store: Any, school: str, target: Path) -> None:
        """Read the log and the datasets of a school by an open connection, sign them, write them, sync."""
        members = {"log/batches": _deflate(_batch_lines(store, school)), "log/seals": _deflate(_seals(store, school))}
        members |= {f"data/{name}": data for name, data in store.execute(_BLOBS, (school,))}
        digests = {name: hashlib.sha256(data).digest() for name, data in members.items()}
        signature = self.key.sign(_ENCODER.encode(digests), _ALGORITHM)
        with target.open("wb") as stream:
            stream.write(msgspec.msgpack.encode(_File(members, digests, signature)))
            stream.flush()
            os.fsync(stream.fileno())

    def verify(self, path: Path) -> dict[str, bytes]:
        """Read the file, check signature and digests, unpack the log."""
        found = msgspec.msgpack.decode(path.read_bytes(), type=_File)
        self.key.public_key().verify(found.signature, _ENCODER.encode(found.digests), _ALGORITHM)
        if any(hashlib.sha256(data).digest() != found.digests[name] for name, data in found.members.items()):
            raise ValueError("digest")
        return {n: zlib.decompress(d, _RAW) if n.startswith("log/") else d for n, d in found.members.items()}

    def take_in(self, path: Path, store: Any, rows: Rows) -> None:
        """Verify and parse the file, then put the rows that it leads to into a store, in one transaction."""
        for name, data in self.verify(path).items():
            if name.startswith("log/"):
                for line in data.splitlines():
                    _DECODER.decode(line)
        store.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            places = ", ".join("?" * len(found[0]))
            store.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({places})', found)
        store.execute("COMMIT")


def rows_of(path: Path, known: Path | None = None) -> Rows:
    """Every row of a store, by table, less those that another store has too."""
    with closing(open_connection(path)) as store:
        names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {name: store.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    before = rows_of(known) if known else {}
    new = {name: [row for row in rows if row not in set(before.get(name, ()))] for name, rows in found.items()}
    return {name: rows for name, rows in new.items() if rows}


def _batch_lines(store: Any, school: str) -> bytes:
    values = {
        batch: [(salt, msgspec.Raw(value)) for _, salt, value in group]
        for batch, group in groupby(store.execute(_VALUES, (school,)), lambda row: row[0])
    }
    return b"\n".join(
        _ENCODER.encode((str(data, "utf-8"), values[name])) for name, data in store.execute(_BATCHES, (school,))
    )


def _seals(store: Any, school: str) -> bytes:
    return b"\n".join(_ENCODER.encode(row) for row in store.execute(_SEALS, (school,)))


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, _RAW)
    return packer.compress(content) + packer.flush()
