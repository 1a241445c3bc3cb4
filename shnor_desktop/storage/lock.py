"""The instance lock: one program writes a store, and the second is told which computer holds it and since when.

Beside `school.db` stands `school.db.lock` with the name of the holder. An operating-system lock on it dies with its
process, so that a crash leaves nothing that a person has to remove. On a network share that shows no such locks a file
of another computer stands until it closes the store, or until a person says that it is not in use (`break_lock`).
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc, parse_utc
from shnor_desktop.domain.errors import KnownError

_MODE = 0o644
_LOCKED_BYTE = 1 << 30
"""Far behind the content: Windows locks bytes against reading too."""
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a store: shown to the one who comes second."""

    computer: str
    user: str


def this_holder() -> Holder:
    """This computer and the user's name in the system."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    return Holder(platform.node() or "?", user)


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands in the file."""

    computer: str
    user: str
    pid: int
    since: str


class InstanceLock:
    """A lock that is held until `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Give the store back; a second call does nothing."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        os.ftruncate(handle, 0)  # where the file cannot be removed, an empty one is nobody's
        if sys.platform != "win32":  # there, removing an open file is refused; elsewhere it must happen under the lock
            _remove(self._path)
        os.close(handle)
        if sys.platform == "win32":
            _remove(self._path)


def lock_path(store: Path) -> Path:
    """The file beside the store."""
    return store.with_name(store.name + ".lock")


def acquire(store: Path, now: datetime, holder: Holder | None = None, *, break_lock: bool = False) -> InstanceLock:
    """Take the lock; KnownError store.in_use or store.locked_elsewhere (computer, user, since), OSError of the disk."""
    holder = holder or this_holder()
    path = lock_path(store)
    for _ in range(_ATTEMPTS):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), _MODE)
        try:
            if not _lock(handle):
                raise _refusal("store.in_use", store, _read(handle))
            if not _is_still(path, handle):  # the one before removed it between opening and locking
                os.close(handle)
                continue
            note = _read(handle)
            if note is not None and note.computer != holder.computer and not break_lock:
                raise _refusal("store.locked_elsewhere", store, note)
            _write(handle, _Note(holder.computer, holder.user, os.getpid(), iso_utc(now)))
        except (KnownError, OSError):
            os.close(handle)
            raise
        return InstanceLock(path, handle)
    raise _refusal("store.in_use", store, None)


def _refusal(code: str, store: Path, note: _Note | None) -> KnownError:
    known = note or _Note("?", "?", 0, "")
    return KnownError(code, path=store.name, computer=known.computer, user=known.user, since=_shown(known.since))


def _shown(since: str) -> str:
    try:
        return parse_utc(since).astimezone().strftime("%d.%m.%Y %H:%M")
    except ValueError:
        return "?"


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def _read(handle: int) -> _Note | None:
    """The holder that stands in the file; None for an empty or a damaged one."""
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        note = json.loads(os.read(handle, 4096).decode("utf-8"))
        return _Note(str(note["computer"]), str(note["user"]), int(note["pid"]), str(note["since"]))
    except (ValueError, KeyError, TypeError):
        return None


def _write(handle: int, note: _Note) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, json.dumps(asdict(note), ensure_ascii=False).encode("utf-8"))
    os.fsync(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import errno
    import fcntl

    _NO_LOCKS_HERE = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS}
    """A share without locks: there the note in the file is all that is known."""

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS_HERE:
                raise
        return True
