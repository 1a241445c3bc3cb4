"""Where secrets of this profile lie: each in a file of the owner alone.

A secret is written once and never over another one; old decryption keys stay, so that nothing that was sent is lost.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.atomic_file import write_beside

OWNER_ALONE = 0o600
_LONGEST = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@_-]{0,120}", re.ASCII)


class KeyPlace(StrEnum):
    """What keeps a secret."""

    FILE = "file"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class KeyStore:
    """The secrets of one profile by name (`<store>.age.1`)."""

    folder: Path

    @property
    def place(self) -> KeyPlace:
        """What keeps the secrets on this computer."""
        return KeyPlace.FILE

    def read(self, name: str) -> bytes | None:
        """A secret, None where there is none; KnownError keys.unreadable."""
        path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KnownError("keys.unreadable", file=str(path)) from error
        if len(data) > _LONGEST:
            raise KnownError("keys.damaged", file=str(path))
        return data

    def write(self, name: str, secret: bytes) -> None:
        """Keep a secret; KnownError keys.exists where one of the name is there, and what the disk says."""
        path = self._path(name)
        if path.exists():
            raise KnownError("keys.exists", file=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_beside(path, "keys", need=len(secret), mode=OWNER_ALONE) as stream:
            stream.write(secret)

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
