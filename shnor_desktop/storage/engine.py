"""The connection to a store: SQLite through sqlcipher3 without a key, one known SQLite on every system."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cell_size_check=ON",
)
_READING = ("PRAGMA trusted_schema=OFF", "PRAGMA busy_timeout=5000", "PRAGMA query_only=ON")


def open_connection(path: Path, *, read_only: bool = False) -> Any:
    """A raw DB-API connection in autocommit, with the pragmas of a store."""
    import sqlcipher3.dbapi2 as driver  # 21 MB of library: only when a store is opened

    address = f"file:{quote(str(path))}?mode={'ro' if read_only else 'rwc'}"
    connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    for pragma in _READING if read_only else _PRAGMAS:
        connection.execute(pragma)
    return connection


def make_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine over one store; a transaction marked `write` begins with BEGIN IMMEDIATE."""
    import sqlcipher3.dbapi2 as driver

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: open_connection(path, read_only=read_only),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
    )

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
