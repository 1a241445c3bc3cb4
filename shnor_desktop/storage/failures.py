"""What the database and the disk say, as failures that a user can act on: no room, a lock, no rights, damage."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from shnor_desktop.domain.errors import KnownError

_CODES = (
    ("disk is full", "store.disk_full"),
    ("disk i/o error", "store.disk_failed"),
    ("readonly database", "store.read_only"),
    ("database is locked", "store.locked"),
    ("database table is locked", "store.locked"),
    ("database schema is locked", "store.locked"),
    ("malformed", "store.damaged"),
    ("could not decode", "store.damaged"),
    ("unsupported file format", "store.damaged"),
    ("file is not a database", "store.not_a_store"),
    ("unable to open database file", "store.cannot_open"),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHTS = {errno.EACCES, errno.EPERM, errno.EROFS}
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO}
_TOO_LITTLE = 256 * 1024
"""With less room than this an input/output error is a full disk: SQLite names it so for its shared-memory file."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a failure of the database in the block into a KnownError; a mistake of ours passes through."""
    import sqlcipher3.dbapi2 as driver  # already loaded where a store is open

    try:
        yield
    except DBAPIError as error:
        known = _of_database(str(error.orig), path)
        if known is None:
            raise
        raise known from error
    except driver.Error as error:
        known = _of_database(str(error), path)
        if known is None:
            raise
        raise known from error


@contextmanager
def explained_opening(path: Path) -> Iterator[None]:
    """The same for a file that was never read before: its damage can garble even the words of the failure."""
    try:
        with explained(path):
            yield
    except UnicodeDecodeError as error:
        raise KnownError("store.damaged", path=path.name) from error


@contextmanager
def explained_files(path: Path) -> Iterator[None]:
    """Turn a failure of the disk in the block into a KnownError."""
    try:
        yield
    except OSError as error:
        raise of_disk(error, path) from error


def of_disk(error: OSError, path: Path) -> KnownError:
    """The failure of a file operation in words."""
    if error.errno in _NO_ROOM:
        return KnownError("store.disk_full", path=path.name)
    if error.errno in _NO_RIGHTS:
        return KnownError("store.no_rights", path=path.name)
    if error.errno in _MISSING:
        return KnownError("store.missing", path=path.name)
    return KnownError("store.disk_failed", path=path.name)


def _of_database(words: str, path: Path) -> KnownError | None:
    code = code_of(words)
    if code == "store.disk_failed" and _has_no_room(path.parent):
        code = "store.disk_full"
    return None if code is None else KnownError(code, path=path.name)


def _has_no_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _TOO_LITTLE
    except OSError:
        return False


def code_of(words: str) -> str | None:
    """The code for the words of SQLite, None for words that mean a mistake of ours."""
    words = words.lower()
    return next((code for phrase, code in _CODES if phrase in words), None)
