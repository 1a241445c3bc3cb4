"""Writes to the tables that are local to one copy: each row carries a digest, each table a sum of them.

SQLite's own check misses about half of the damages that change content, so a lost or changed row must show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, select, update

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.storage.tables import LOCAL_DIGEST

MODULUS = 2**256
_NOT_DIGESTED = {"digest", "data"}
"""The digest itself, and the bytes of a blob: its key is their hash."""


def row_digest(table: str, row: Mapping[str, Any]) -> str:
    """The digest of a row over its columns."""
    parts = [
        [name, value.hex() if isinstance(value, bytes) else value]
        for name, value in sorted(row.items())
        if name not in _NOT_DIGESTED
    ]
    return hashlib.sha256(canonical_json([table, *parts])).hexdigest()


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row or replace the one of the same key."""
    values = {**row, "digest": row_digest(table.name, row)}
    key = {column.name: row[column.name] for column in table.primary_key}
    _take_out(connection, table, key)
    connection.execute(insert(table).values(values))
    _count(connection, table, 1, int(values["digest"], 16))


def remove(connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
    """Remove the row of a key, if it is there."""
    _take_out(connection, table, key)


def _take_out(connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
    where = and_(*(table.c[name] == value for name, value in key.items()))
    old = connection.execute(select(table.c.digest).where(where)).scalar()
    if old is not None:
        connection.execute(delete(table).where(where))
        _count(connection, table, -1, -int(old, 16))


def _count(connection: Connection, table: Table, rows: int, amount: int) -> None:
    where = LOCAL_DIGEST.c["table"] == table.name
    known = connection.execute(select(LOCAL_DIGEST).where(where)).mappings().first()
    if known is None:
        values = {"table": table.name, "rows": rows, "digest": digest_text(amount)}
        connection.execute(insert(LOCAL_DIGEST).values(values))
        return
    total = {"rows": known["rows"] + rows, "digest": digest_text(int(known["digest"], 16) + amount)}
    connection.execute(update(LOCAL_DIGEST).where(where).values(total))


def digest_text(amount: int) -> str:
    """A sum of digests as 64 hexadecimal digits."""
    return f"{amount % MODULUS:064x}"
