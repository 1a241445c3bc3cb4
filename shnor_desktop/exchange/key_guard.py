"""What stands before the files of the secrets: the system's key store where there is one, else their rights alone.

Windows (DPAPI) and the Secret Service keep one key for a profile; a file of secrets is then an age file to that key
after a line that says so. A file without the line is read as it is: it was written where no key store is.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside

OWNER_ALONE = 0o600
SERVICE = "shnor-desktop"
_GUARDED = b"SHNOR guarded 1\n"
_LONGEST = 64 * 1024
_LEAST_PRIORITY = 1
"""keyring gives its own stand-ins («fail», «null») less."""
_logger = logging.getLogger(__name__)


class KeyPlace(StrEnum):
    """What keeps a secret."""

    FILE = "file"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class KeyGuard:
    """Reads and writes files of secrets. `account` names the profile to the system; empty: files alone."""

    account: str = ""

    def place(self, path: Path) -> KeyPlace:
        """What keeps the secret of this file; FILE where it cannot be read."""
        with suppress(OSError), path.open("rb") as stream:
            return KeyPlace.SYSTEM if stream.read(len(_GUARDED)) == _GUARDED else KeyPlace.FILE
        return KeyPlace.FILE

    def read(self, path: Path) -> bytes:
        """The secret of a file; KnownError keys.missing, .unreadable, .damaged, .held_by_system."""
        try:
            with path.open("rb") as stream:
                data = stream.read(_LONGEST + 1)
        except FileNotFoundError as error:
            raise KnownError("keys.missing", file=path.name) from error
        except OSError as error:
            raise KnownError("keys.unreadable", file=path.name) from error
        if len(data) > _LONGEST:
            raise KnownError("keys.damaged", file=path.name)
        with suppress(OSError):  # a copy from a flash drive may be readable to all
            path.chmod(OWNER_ALONE)
        return self._opened(data[len(_GUARDED) :], path) if data.startswith(_GUARDED) else data

    def write(self, path: Path, secret: bytes) -> None:
        """Write the file, readable to the owner alone; KnownError with what the disk says."""
        data = self._guarded(secret)
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_beside(path, "keys", need=len(data), mode=OWNER_ALONE) as stream:
            stream.write(data)

    def _guarded(self, secret: bytes) -> bytes:
        key = _system_key(self.account, make=True) if self.account else ""
        if not key:
            return secret
        import pyrage  # only where a key store is

        recipient = pyrage.x25519.Identity.from_str(key).to_public()
        return _GUARDED + bytes(pyrage.encrypt(secret, [recipient]))

    def _opened(self, data: bytes, path: Path) -> bytes:
        key = _system_key(self.account, make=False) if self.account else ""
        if not key:
            raise KnownError("keys.held_by_system", file=path.name)
        import pyrage  # as above

        try:
            return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key)]))
        except (pyrage.DecryptError, pyrage.IdentityError) as error:
            raise KnownError("keys.held_by_system", file=path.name) from error


@lru_cache(maxsize=16)
def _kept(account: str) -> str:
    """The key that the system keeps for a profile; ValueError, which is not remembered, where there is none."""
    import keyring  # 69 ms: only for a secret that is written, or that the system keeps

    if keyring.get_keyring().priority < _LEAST_PRIORITY:
        raise ValueError("no key store")
    found = keyring.get_password(SERVICE, account)
    if not found:
        raise ValueError("no key")
    return found


def _system_key(account: str, *, make: bool) -> str:
    """The key of a profile, made on the first demand; empty where no key store is, or where it refuses."""
    from keyring.errors import KeyringError  # as above

    try:
        return _kept(account)
    except ValueError:
        return _made(account) if make else ""
    except (KeyringError, OSError, RuntimeError) as error:
        _logger.warning("the key store of the system refused: %s", type(error).__name__)
        return ""


def _made(account: str) -> str:
    """A new key, used only if the key store gives it back."""
    import keyring  # as above
    import pyrage
    from keyring.errors import KeyringError

    if keyring.get_keyring().priority < _LEAST_PRIORITY:
        return ""
    try:
        keyring.set_password(SERVICE, account, str(pyrage.x25519.Identity.generate()))
        return _kept(account)
    except (KeyringError, OSError, RuntimeError, ValueError) as error:
        _logger.warning("the key store of the system refused: %s", type(error).__name__)
        return ""
