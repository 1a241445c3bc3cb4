"""A file appears whole or not at all: written beside, synced, renamed over."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.limits import MEBIBYTE

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_SHOWN_TO_ALL = 0o644


@contextmanager
def write_beside(target: Path, area: str, *, need: int, mode: int = _SHOWN_TO_ALL) -> Iterator[BinaryIO]:
    """A stream whose bytes become `target` when the block ends well; otherwise nothing is left.

    KnownError of this area («package», «keys»): .disk_full, .folder_missing, .folder_readonly, .write_failed.
    `need` is the size in bytes, for the message about a full disk.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with open(beside, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _known(error, area, target, need) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; systems without synced folders (Windows, some network shares) are left to it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _known(error: OSError, area: str, target: Path, need: int) -> KnownError:
    folder = str(target.parent)
    if error.errno in _NO_ROOM:
        free = _free_bytes(target.parent)
        return KnownError(
            f"{area}.disk_full",
            folder=folder,
            need=need,
            free=free,
            need_mb=-(-need // MEBIBYTE),
            free_mb=free // MEBIBYTE,
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return KnownError(f"{area}.folder_missing", folder=folder)
    if error.errno in _NO_RIGHT:
        return KnownError(f"{area}.folder_readonly", folder=folder)
    return KnownError(f"{area}.write_failed", file=target.name, folder=folder)


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
