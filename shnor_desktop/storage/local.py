"""Writes to the tables that are local to one copy: each row carries a digest, each table a sum of them.

SQLite's own check misses about half of the damages that change content, so a lost or changed row must show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, delete, select
from sqlalchemy.sql.dml import Delete

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.storage.statements import Statements, insert_into, update_of
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
    statements = Statements(connection)
    values = {**row, "digest": row_digest(table.name, row)}
    key = _key(table, row)
    old = statements.first(_digest_of(table), **key)
    if old is None:
        statements.run(insert_into(table), **values)
        _count(statements, table, 1, int(values["digest"], 16))
    else:
        statements.run(update_of(table), **values, **key)
        _count(statements, table, 0, int(values["digest"], 16) - int(old[0], 16))


def remove(connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
    """Remove the row of a key, if it is there."""
    statements = Statements(connection)
    old = statements.first(_digest_of(table), **_key(table, key))
    if old is not None:
        statements.run(_removal_from(table), **_key(table, key))
        _count(statements, table, -1, -int(old[0], 16))


def _key(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {f"key_{column.name}": row[column.name] for column in table.primary_key}


@cache
def _digest_of(table: Table) -> Select[Any]:
    return select(table.c.digest).where(_is_of_key(table))


@cache
def _removal_from(table: Table) -> Delete:
    return delete(table).where(_is_of_key(table))


def _is_of_key(table: Table) -> Any:
    return and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))


_COUNTED = select(LOCAL_DIGEST.c.rows, LOCAL_DIGEST.c.digest).where(LOCAL_DIGEST.c["table"] == bindparam("table"))


def _count(statements: Statements, table: Table, rows: int, amount: int) -> None:
    known = statements.first(_COUNTED, table=table.name)
    if known is None:
        statements.run(insert_into(LOCAL_DIGEST), table=table.name, rows=rows, digest=digest_text(amount))
        return
    total = {"rows": known[0] + rows, "digest": digest_text(int(known[1], 16) + amount)}
    statements.run(update_of(LOCAL_DIGEST), key_table=table.name, **total)


def digest_text(amount: int) -> str:
    """A sum of digests as 64 hexadecimal digits."""
    return f"{amount % MODULUS:064x}"
