"""A closed store: encrypted from its first byte, with the file of its key beside it.

`school.shnor-db.key` holds the data key under the passphrase; what is in it is the exchange's matter. Every copy of a
closed store takes its own along, so that a backup opens on another computer by the passphrase or by the recovery code.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.storage.copying import forget, publish
from shnor_desktop.storage.engine import open_connection
from shnor_desktop.storage.failures import explained_files
from shnor_desktop.storage.form import APPLICATION_ID, is_plain_store

KEY_ENDING = ".key"
_PAGE = 4096
_LIKE_NOISE = 250
"""Of 256 values of a byte at least so many occur in an encrypted page; in another file's first page hardly ever."""
_MOST_KEY_FILE = 64 * 1024
_BEGUN = (".part", ".part-wal", ".part-shm", ".part-journal")
_FOREIGN = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"age-encryption", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


def key_file(store: Path) -> Path:
    """Where the key of a closed store lies."""
    return store.with_name(store.name + KEY_ENDING)


def is_closed(path: Path) -> bool:
    """Whether the file is a closed store as far as it can be told without its key; OSError of the disk.

    With its key file beside it, anything that is no plain store is one, damaged perhaps; without, it must look so.
    """
    if is_plain_store(path):
        return False
    with path.open("rb") as stream:
        first = stream.read(_PAGE)
        size = os.fstat(stream.fileno()).st_size
    if first.startswith((*_FOREIGN, b"SQLite format 3\x00")):
        return False
    if key_file(path).is_file():
        return size > 0
    return size > 0 and size % _PAGE == 0 and len(set(first)) >= _LIKE_NOISE


def is_store(path: Path) -> bool:
    """Whether the file is a store, open or closed."""
    return is_plain_store(path) or is_closed(path)


def fits(path: Path, key: StoreKey) -> bool:
    """Whether a key opens a closed store: its first page is read and its mark of authenticity is checked."""
    import sqlcipher3.dbapi2 as driver  # 21 MB of library: only when a store is opened

    try:
        with closing(open_connection(path, immutable=True, key=key)) as connection:
            return int(connection.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID
    except (driver.Error, UnicodeDecodeError):
        return False


def key_for(path: Path, key: StoreKey | None) -> StoreKey | None:
    """The key to open a store with: None for one that is not closed.

    KnownError store.not_a_store, store.closed when a key is needed and none was given.
    """
    with explained_files(path):
        if is_plain_store(path):
            return None
        if not is_closed(path):
            raise KnownError("store.not_a_store", path=path.name)
    if key is None:
        raise KnownError("store.closed", path=path.name)
    return key


def carry_key_file(source: Path, target: Path) -> None:
    """Put the key file of a closed store beside its copy; where it is lost, nothing is carried."""
    found = key_file(source)
    with explained_files(target):
        if found.is_file():
            write_key_file(target, found.read_bytes()[:_MOST_KEY_FILE])


def write_key_file(store: Path, content: bytes) -> None:
    """Put a key file beside a store, whole or not at all; KnownError of the disk."""
    target = key_file(store)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    with explained_files(target):
        try:
            beside.write_bytes(content)
            publish(beside, target)
        finally:
            forget(beside)


def key_files(store: Path) -> Iterator[bytes]:
    """The key files that may belong to a store: its own first, then those of the copies around it, each once."""
    seen: set[bytes] = set()
    for path in (key_file(store), *_around(store.parent), *_around(store.parent / "backups")):
        with suppress(OSError):
            if path.stat().st_size <= _MOST_KEY_FILE:
                content = path.read_bytes()
                if content not in seen:
                    seen.add(content)
                    yield content


def _around(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(folder.glob(f"*{KEY_ENDING}"), key=lambda path: path.name, reverse=True)
    return []


def wipe(path: Path) -> bool:
    """Overwrite a file with zeros, rename it and remove it; returns whether the overwriting reached the disk.

    What a flash drive, a solid-state disk or a copying file system keeps elsewhere of the former bytes is beyond reach.
    """
    overwritten = False
    with suppress(OSError), path.open("r+b", buffering=0) as stream:
        state = os.fstat(stream.fileno())
        if state.st_nlink == 1:  # under another name the bytes are still somebody's
            left = state.st_size
            while left > 0:
                left -= stream.write(bytes(min(left, 1 << 20)))
            os.fsync(stream.fileno())
            overwritten = True
    with suppress(OSError):
        path = path.replace(path.with_name(f".{secrets.token_hex(8)}.part"))
    forget(path)
    return overwritten


def sweep(path: Path) -> None:
    """Remove what a killed program had begun beside a store; its lock says that nobody is at it now."""
    with suppress(OSError):
        for leftover in path.parent.iterdir():
            if leftover.name.startswith(f".{path.name}.") and leftover.name.endswith(_BEGUN):
                wipe(leftover)


def second_name(path: Path) -> Path | None:
    """Another name for a file, so that its bytes can be overwritten when the first is given away; None on a disk
    that knows no second names (most flash drives)."""
    other = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        other.hardlink_to(path)
    except OSError:
        return None
    return other
