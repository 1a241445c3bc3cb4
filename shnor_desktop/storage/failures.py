"""What the database says, as failures that a user can act on: a full disk, a lock, a read-only medium, damage."""

from __future__ import annotations

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
    ("malformed", "store.damaged"),
    ("file is not a database", "store.not_a_store"),
    ("unable to open database file", "store.cannot_open"),
)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a failure of the database in the block into a KnownError; a mistake of ours passes through."""
    try:
        yield
    except DBAPIError as error:
        code = code_of(str(error.orig))
        if code is None:
            raise
        raise KnownError(code, path=path.name) from error


def code_of(words: str) -> str | None:
    """The code for the words of SQLite, None for words that mean a mistake of ours."""
    words = words.lower()
    return next((code for phrase, code in _CODES if phrase in words), None)
