"""Where secrets of this profile lie: each in a file of the owner alone, behind the guard of the system if it has one.

A secret is written once and never over another one; old decryption keys stay, so that nothing that was sent is lost.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.key_guard import OWNER_ALONE, KeyGuard

__all__ = ["OWNER_ALONE", "KeyStore"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_-]{0,120}", re.ASCII)


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The secrets of one profile by name (`<store>.age.1`)."""

    folder: Path
    guard: KeyGuard = field(default_factory=KeyGuard)

    def read(self, name: str) -> bytes | None:
        """A secret, None where there is none; KnownError keys.unreadable, .damaged, .held_by_system."""
        path = self._path(name)
        return self.guard.read(path) if path.exists() else None

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret; KnownError keys.exists where one of the name is there, and what the disk says."""
        path = self._path(name)
        if path.exists():
            raise KnownError("keys.exists", file=str(path))
        self.guard.write(path, secret)

    def remove(self, name: str) -> None:
        """Let a secret go; nothing happens where it is not."""
        with suppress(FileNotFoundError):
            self._path(name).unlink()

    def names(self) -> tuple[str, ...]:
        """What is kept, sorted."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name)))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BugError("a name that no secret has")
        return self.folder / name
