"""A copy of a store by SQLite's backup interface: the file alone lacks what stands in the write-ahead file."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.storage.engine import open_connection
from shnor_desktop.storage.failures import explained, explained_files

_PAGES_A_STEP = 2000
_SPARE = 1 << 20
"""Room that stays free beside a copy, so that the next edit can be saved."""


def copy_verified(source: Path, target: Path, *, immutable: bool = False, key: StoreKey | None = None) -> None:
    """Copy a store to a new file that appears whole: opened again, sound, with the same rows, closed by the same `key`.

    KnownError store.no_space before anything is written, store.copy_differs when the copy is not like the original.
    """
    require_room(target.parent, database_size(source))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with explained_files(target), explained(target):
            with closing(open_connection(source, read_only=True, immutable=immutable, key=key)) as reading:
                reading.execute("BEGIN")
                reading.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on one view
                with closing(open_connection(beside, key=key)) as writing:
                    writing.execute("PRAGMA journal_mode=DELETE")
                    reading.backup(writing, pages=_PAGES_A_STEP)
                _require_same(reading, beside, key)
            publish(beside, target)
    finally:
        forget(beside)


def _require_same(original: Any, copy: Path, key: StoreKey | None) -> None:
    with closing(open_connection(copy, immutable=True, key=key)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        if not sound or content_digest(connection) != content_digest(original):
            raise KnownError("store.copy_differs", path=copy.name)


def content_digest(connection: Any) -> str:
    """The digest of everything that a database says: its description and every row of every table."""
    digest = hashlib.sha256()
    tables = connection.execute("SELECT name, type, sql FROM sqlite_master ORDER BY type, name").fetchall()
    digest.update(repr(tables).encode("utf-8", "surrogatepass"))
    for name, kind, _ in tables:
        if kind == "table":
            for row in connection.execute(f'SELECT * FROM "{name}" NOT INDEXED'):
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def database_size(path: Path) -> int:
    """Bytes that a copy of the store may need: its file and its write-ahead file."""
    with explained_files(path):
        files = (path, path.with_name(path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())


def require_room(folder: Path, need: int) -> None:
    """KnownError store.no_space (need, free: megabytes) when `need` bytes do not fit into the folder."""
    with explained_files(folder):
        free = shutil.disk_usage(folder).free
    if free < need + _SPARE:
        megabyte = 1 << 20
        raise KnownError(
            "store.no_space", need=-(-(need + _SPARE) // megabyte), free=free // megabyte, path=folder.name
        )


def publish(beside: Path, target: Path) -> None:
    """Make a finished file durable under its final name."""
    with beside.open("rb+") as stream:
        os.fsync(stream.fileno())
    os.replace(beside, target)
    sync_folder(target.parent)


def forget(beside: Path) -> None:
    """Remove a file that was begun, with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder durable; systems without synced folders are left to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
