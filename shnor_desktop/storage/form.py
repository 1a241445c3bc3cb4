"""The form of a store file: who made it, which version its tables have, and how they came to be.

`application_id` in the header says that a SQLite file is a store of ours. `user_version` is major * 65536 + minor:
a program opens stores of its own major version; a higher minor one only adds what an older program can leave alone
(tables, indexes, columns of entities that may be empty), while a change of the log or of a local table is a major one.
Revision NNNN of the migrations makes minor version NNNN.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shnor_desktop.domain.canonical import canonical_json

APPLICATION_ID = 0x53484E52
"""«SHNR»"""
_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class StoreForm:
    """A version of the tables and the folders with the revisions that lead to it."""

    major: int
    minor: int
    versions: tuple[Path, ...] = (_MIGRATIONS / "versions",)

    @property
    def user_version(self) -> int:
        """Both versions as the file holds them."""
        return self.major * 65536 + self.minor

    @property
    def revision(self) -> str:
        """The last revision."""
        return f"{self.minor:04d}"

    @property
    def text(self) -> str:
        """As a person reads it."""
        return version_text(self.user_version)


RELEASED = StoreForm(1, 6)


def version_text(user_version: int) -> str:
    """«1.1»"""
    return f"{user_version // 65536}.{user_version % 65536}"


def is_plain_store(path: Path) -> bool:
    """Whether the header of the file says that it is a store without a key; reads without touching it."""
    with path.open("rb") as stream:
        header = stream.read(_HEADER)
    return (
        len(header) == _HEADER and header.startswith(_MAGIC) and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    )


def schema_digest(connection: Any) -> str:
    """The digest of all tables and indexes as the database describes them (`connection` is a raw one)."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    return hashlib.sha256(canonical_json([list(row) for row in rows])).hexdigest()
