"""The members of a container that is to be written: measured first, then written in pieces.

What is read by a call may be larger than the memory: it is asked for twice, and must be the same each time.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.limits import MEBIBYTE, Limits
from shnor_desktop.exchange.member_names import is_allowed_name
from shnor_desktop.exchange.zip_layout import CHUNK, MIMETYPE, MIMETYPE_NAME, Entry, directory, lay_out, total_size


@dataclass(frozen=True, slots=True)
class Member:
    """A data member to be written: a name of `member_names` and its bytes, the file that holds them, or who reads them.

    What is read by a call is read twice, whole or in pieces: together the members may be larger than the memory.
    """

    name: str
    content: bytes | Path | Callable[[], bytes | Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A container of which everything is known but the bytes of its members, which are read when it is written."""

    entries: tuple[Entry, ...]
    members: tuple[Member, ...]
    """As the entries, `mimetype` first."""
    signed_at: datetime

    @property
    def size(self) -> int:
        """Bytes that will be written."""
        return total_size(self.entries)

    def write_to(self, stream: BinaryIO) -> str:
        """Write it in pieces from where the stream stands; the SHA-256 of what was written, in hexadecimal.

        KnownError package.source_unreadable or .source_changed: a member is not what it was when it was measured.
        """
        whole = hashlib.sha256()
        for entry, member in zip(self.entries, self.members, strict=True):
            _put(stream, whole, entry.local_header)
            size, crc = 0, 0
            for chunk in _contents(member):
                size += len(chunk)
                crc = zlib.crc32(chunk, crc)
                if size > entry.size:
                    break
                _put(stream, whole, chunk)
            if (size, crc) != (entry.size, entry.crc):
                raise KnownError("package.source_changed", name=member.name)
        _put(stream, whole, directory(self.entries))
        return whole.hexdigest()


def in_order(members: Sequence[Member], limits: Limits) -> list[Member]:
    """The members by name; KnownError package.too_many_members."""
    ordered = sorted(members, key=lambda member: member.name)
    names = [member.name for member in ordered]
    if not names or len(set(names)) != len(names):
        raise BugError("a package has members, each once")
    if len(names) > limits.members:
        raise KnownError("package.too_many_members", limit=limits.members)
    if len(names) > limits.members:
        raise KnownError("package.too_many_members", limit=limits.members)
    if unfit := [name for name in names if not is_allowed_name(name, limits.name_length)]:
        raise BugError(f"names that no package may hold: {unfit}")
    return ordered


def measure(member: Member, limits: Limits) -> tuple[int, int, bytes]:
    """Size, CRC-32 and SHA-256 of a member."""
    size, crc, content = 0, 0, hashlib.sha256()
    for chunk in _contents(member):
        size += len(chunk)
        if size > limits.member_bytes:
            raise KnownError("package.member_too_large", name=member.name, limit_mb=limits.member_bytes // MEBIBYTE)
        crc = zlib.crc32(chunk, crc)
        content.update(chunk)
    return size, crc, content.digest()


def _contents(member: Member) -> Iterator[bytes]:
    if isinstance(member.content, bytes):
        yield member.content
        return
    if not isinstance(member.content, Path):
        given = member.content()
        yield from (given,) if isinstance(given, bytes) else given
        return
    try:
        with member.content.open("rb") as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except OSError as error:
        raise KnownError("package.source_unreadable", file=member.content.name) from error


def _put(stream: BinaryIO, whole: hashlib._Hash, data: bytes) -> None:
    stream.write(data)
    whole.update(data)


def lay_out_members(
    members: Sequence[Member], sizes: Sequence[tuple[int, int]], signed_at: datetime, limits: Limits
) -> Prepared:
    """The container of these members, whose sizes and CRCs these are; KnownError package.too_large."""
    entries = lay_out((member.name, *size) for member, size in zip(members, sizes, strict=True))
    if total_size(entries) > limits.total_bytes:
        raise KnownError("package.too_large", limit_mb=limits.total_bytes // MEBIBYTE)
    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    return Prepared(entries, (Member(MIMETYPE_NAME, MIMETYPE), *members), moment)


def size_and_crc(member: Member) -> tuple[int, int]:
    """Those of a member whose bytes are at hand."""
    content = member.content
    if not isinstance(content, bytes):
        raise BugError("what closes a package is at hand")
    return len(content), zlib.crc32(content)
