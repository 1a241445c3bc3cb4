"""Bytes that must never lie in a file with a name: in memory while they are few, else in a file without one.

The file is of the owner alone, on the computer's own disk and not on the flash drive that the package goes to, and the
system lets go of it when nobody holds it any more, the program's sudden end included.
"""

from __future__ import annotations

import io
import tempfile
import threading
from pathlib import Path
from typing import IO, BinaryIO

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.limits import MEBIBYTE

MOST_IN_MEMORY = 32 * MEBIBYTE


class PrivateCopy:
    """A place for bytes that is written once and then read, also by several at a time."""

    def __init__(self, folder: Path, size: int) -> None:
        """`size` is what is expected at most; `folder` is on the computer's own disk. KnownError package.*."""
        self._lock = threading.Lock()
        self._stream: IO[bytes] = io.BytesIO() if size <= MOST_IN_MEMORY else _unnamed(folder)

    @property
    def stream(self) -> BinaryIO:
        """Where the bytes are written; it stands at the end."""
        return self._stream  # type: ignore[return-value]  # both are streams of bytes

    def open(self) -> BinaryIO:
        """A stream over what was written, with a place of its own."""
        if isinstance(self._stream, io.BytesIO):
            return io.BytesIO(self._stream.getvalue())  # the bytes are shared, not copied
        self._stream.flush()
        return io.BufferedReader(_View(self))

    def piece(self, position: int, length: int) -> bytes:
        """Some bytes from a position."""
        with self._lock:
            self._stream.seek(position)
            return self._stream.read(length)

    def size(self) -> int:
        """How many bytes there are."""
        with self._lock:
            return self._stream.seek(0, io.SEEK_END)

    def __del__(self) -> None:
        if hasattr(self, "_stream"):  # not when there was no room for it
            self._stream.close()


class _View(io.RawIOBase):
    """One reader of a copy, which it keeps from being let go."""

    def __init__(self, copy: PrivateCopy) -> None:
        super().__init__()
        self._copy = copy
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader passes
        piece = self._copy.piece(self._position, len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._copy.size()}[whence]
        self._position = max(0, base + offset)
        return self._position


def _unnamed(folder: Path) -> IO[bytes]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=folder)
    except OSError as error:
        raise KnownError("package.no_private_place", folder=str(folder)) from error
