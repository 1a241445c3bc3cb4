"""Closing a store with a key, opening it for good, or giving it another key: a new file that takes the old one's place.

The new file is made beside by SQLCipher's own export, compared row by row with the old one and renamed over it: a
power cut or a full disk before that leaves the old store, after it the new one. Then the old bytes are overwritten.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.storage import lock
from shnor_desktop.storage.closed import key_for, second_name, sweep, wipe
from shnor_desktop.storage.copying import content_digest, database_size, forget, publish, require_room
from shnor_desktop.storage.engine import key_literal, open_connection
from shnor_desktop.storage.failures import explained, explained_files, explained_opening
from shnor_desktop.storage.lock import Holder

_CARRIED = ("user_version", "application_id")
"""What the export leaves behind: it copies tables and rows alone."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the old file."""

    path: Path
    is_overwritten: bool
    """Its bytes were written over, as far as the disk does what it is told; else it was only removed."""


def convert_store(
    path: Path,
    old: StoreKey | None,
    new: StoreKey | None,
    now: datetime,
    *,
    holder: Holder | None = None,
    before_swap: Callable[[], None] = lambda: None,
    after_swap: Callable[[], None] = lambda: None,
) -> Conversion:
    """Give a store that nobody has open another key; None is no key. Its rows stay what they are.

    `before_swap` runs when the new file is ready and the old one still stands, `after_swap` when it has taken its
    place: the key file follows there. KnownError store.in_use, .no_space, .copy_differs, .damaged, of the disk.
    """
    with ExitStack() as stack:
        with explained_files(path):
            stack.callback(lock.acquire(path, now, holder).release)
        sweep(path)
        old = key_for(path, old)
        _fold(path, old)
        return _replace(path, old, new, before_swap, after_swap)


def convert_backup(path: Path, old: StoreKey | None, new: StoreKey | None) -> Conversion:
    """The same for a copy, which nobody has open."""
    return _replace(path, key_for(path, old), new, lambda: None, lambda: None)


def _replace(
    path: Path, old: StoreKey | None, new: StoreKey | None, before: Callable[[], None], after: Callable[[], None]
) -> Conversion:
    require_room(path.parent, 2 * database_size(path))
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with ExitStack() as stack:
        stack.callback(forget, beside)
        with explained_files(path), explained_opening(path):
            _export(path, old, beside, new)
            _require_same(path, old, beside, new)
        before()
        with explained_files(path):
            former = second_name(path)
            try:
                publish(beside, path)
            except OSError:
                forget(former or beside)  # the old store stands as it stood: only its second name goes
                raise
    after()
    return Conversion(path, wipe(former) if former is not None else False)


def _fold(path: Path, key: StoreKey | None) -> None:
    """Bring everything into the one file; KnownError store.locked when somebody still reads it."""
    with explained_opening(path), closing(open_connection(path, create=False, key=key)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    ahead = path.with_name(path.name + "-wal")
    if busy or (ahead.exists() and ahead.stat().st_size):
        raise KnownError("store.locked", path=path.name)
    for ending in ("-wal", "-shm"):
        with explained_files(path):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _export(source: Path, old: StoreKey | None, target: Path, new: StoreKey | None) -> None:
    with explained(target), closing(open_connection(target, key=new)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA trusted_schema=ON")  # the export is a function of SQLCipher that runs statements
        address = f"file:{quote(str(source))}?mode=ro&immutable=1"
        connection.execute("ATTACH DATABASE ? AS old KEY ?", (address, "" if old is None else key_literal(old)))
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("SELECT sqlcipher_export('main', 'old')")
        for name in _CARRIED:
            value = int(connection.execute(f"PRAGMA old.{name}").fetchone()[0])
            connection.execute(f"PRAGMA main.{name}={value}")
        connection.execute("DETACH DATABASE old")


def _require_same(source: Path, old: StoreKey | None, target: Path, new: StoreKey | None) -> None:
    with (
        closing(open_connection(source, immutable=True, key=old)) as before,
        closing(open_connection(target, immutable=True, key=new)) as after,
    ):
        sound = after.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        authentic = new is None or not after.execute("PRAGMA cipher_integrity_check").fetchall()
        if not sound or not authentic or _said(before) != _said(after):
            raise KnownError("store.copy_differs", path=source.name)


def _said(connection: Any) -> tuple[object, ...]:
    numbers = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _CARRIED)
    return (*numbers, content_digest(connection))
