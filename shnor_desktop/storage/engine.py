"""The connection to a store: SQLite through sqlcipher3, one known SQLite everywhere, with a key where it is closed.

The key is given to the connection alone: it never stands in an address, in a statement that SQLAlchemy knows or in
the words of a failure. Values of statements stay out of those words too (`hide_parameters`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool

from shnor_desktop.domain.store_key import StoreKey

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cell_size_check=ON",
)
_QUIET = "PRAGMA cipher_log_level=NONE"
"""SQLCipher writes a wrong key to stderr: whoever asked for it gets a failure to word."""
_READING = ("PRAGMA trusted_schema=OFF", "PRAGMA busy_timeout=5000", "PRAGMA query_only=ON")


def open_connection(
    path: Path,
    *,
    read_only: bool = False,
    immutable: bool = False,
    create: bool = True,
    key: StoreKey | None = None,
) -> Any:
    """A raw DB-API connection in autocommit, with the pragmas of a store.

    `immutable` reads a store on a read-only medium, where no write-ahead file can be made beside it. Without
    `create` a missing file stays missing: a pulled flash drive must not come back as an empty store. `key` opens a
    closed store.
    """
    import sqlcipher3.dbapi2 as driver  # 21 MB of library: only when a store is opened

    read_only = read_only or immutable
    mode = "ro" if read_only else "rwc" if create else "rw"
    address = f"file:{quote(str(path))}?mode={mode}{'&immutable=1' if immutable else ''}"
    connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, _READING if read_only else _PRAGMAS, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, pragmas: tuple[str, ...], key: StoreKey | None) -> None:
    if key is not None:
        connection.execute(_QUIET)
        connection.execute(f'PRAGMA key = "{key_literal(key)}"')
    for pragma in pragmas:
        connection.execute(pragma)


def key_literal(key: StoreKey) -> str:
    """The key as SQLCipher takes one that needs no derivation."""
    return f"x'{key.raw.hex()}'"


def make_engine(
    path: Path,
    *,
    read_only: bool = False,
    immutable: bool = False,
    create: bool = True,
    key: StoreKey | None = None,
) -> Engine:
    """An engine over one store; a transaction marked `write` begins with BEGIN IMMEDIATE."""
    import sqlcipher3.dbapi2 as driver  # as above

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: open_connection(path, read_only=read_only, immutable=immutable, create=create, key=key),
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
    )
    event.listen(engine, "begin", _begin)
    return engine


def migration_engine(path: Path, key: StoreKey | None = None) -> Engine:
    """The engine of an upgrade: one connection in autocommit, foreign keys off, so that a batch alter of a parent
    table does not delete its children; each transaction begins with BEGIN IMMEDIATE."""
    import sqlcipher3.dbapi2 as driver  # as above

    def connect() -> Any:
        connection = open_connection(path, key=key)
        connection.execute("PRAGMA foreign_keys=OFF")
        return connection

    engine = create_engine("sqlite://", module=driver, creator=connect, poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


@cache
def memory_engine() -> Engine:
    """The engine of replays beside a store: each of its connections is an empty database in memory of its own."""
    import sqlcipher3.dbapi2 as driver  # as above

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: driver.connect(":memory:", isolation_level=None, check_same_thread=False),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if write else "BEGIN")
