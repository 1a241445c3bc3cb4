"""The one byte form of a package as a ZIP file (ASiC-E, ETSI EN 319 162-1, annex A).

Every member is stored, `mimetype` comes first, then the data members sorted by name, then the manifest and its
signature; a qualified signature, a second manifest and its signature may follow. Dates, attributes and versions are
fixed; there are no extra fields, comments, data descriptors, gaps or ZIP64 records. A layout is therefore a function of
names, sizes and CRCs alone: the reader takes these three from the central directory, rebuilds every header from them
and compares byte for byte.

Format history: 1 – without, 2 – with the second manifest, where there is a qualified signature.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.limits import MEBIBYTE, Limits
from shnor_desktop.exchange.member_names import is_allowed_name, shown_name

MIMETYPE_NAME = "mimetype"
MIMETYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST_NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME = "META-INF/signature001.p7s"
QUALIFIED_NAME = "META-INF/qualified-signature001.p7s"
SECOND_MANIFEST_NAME = "META-INF/ASiCManifest002.xml"
SECOND_SIGNATURE_NAME = "META-INF/signature002.p7s"
CLOSING = (MANIFEST_NAME, SIGNATURE_NAME)
"""What stands after the data members."""
SECOND_CLOSING = (QUALIFIED_NAME, SECOND_MANIFEST_NAME, SECOND_SIGNATURE_NAME)
"""What stands after these where a qualified signature was attached."""
CHUNK = 1 << 18
"""Members are read and hashed in pieces of this many bytes."""

_MIMETYPE_CRC = 0x45F9218A
_FIXED_DATE = (1 << 5) | 1  # 1980-01-01, the first day a ZIP can name
_VERSION = 20
_MADE_BY = (3 << 8) | _VERSION  # Unix
_ATTRIBUTES = 0o644 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_MAGIC = b"PK\x05\x06"
_CENTRAL_MAGIC = b"PK\x01\x02"
_LOCAL_MAGIC = b"PK\x03\x04"
_LARGEST_COMMENT = 0xFFFF
OWN_NAMES = (MIMETYPE_NAME, *CLOSING, *SECOND_CLOSING)
_LONGEST_OWN_NAME = max(map(len, OWN_NAMES))


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored member: name, size in bytes, CRC-32 and the offset of its local header."""

    name: str
    size: int
    crc: int
    offset: int

    @property
    def local_header(self) -> bytes:
        """The bytes that stand before the member."""
        name = self.name.encode("ascii")
        fixed = (_VERSION, 0, 0, 0, _FIXED_DATE, self.crc, self.size, self.size, len(name), 0)
        return _LOCAL.pack(_LOCAL_MAGIC, *fixed) + name

    @property
    def central_header(self) -> bytes:
        """The bytes of the member in the central directory."""
        name = self.name.encode("ascii")
        fixed = (_MADE_BY, _VERSION, 0, 0, 0, _FIXED_DATE, self.crc, self.size, self.size, len(name), 0, 0, 0, 0)
        return _CENTRAL.pack(_CENTRAL_MAGIC, *fixed, _ATTRIBUTES, self.offset) + name

    @property
    def data_offset(self) -> int:
        """Where the bytes of the member begin."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next local header begins."""
        return self.data_offset + self.size


MIMETYPE_ENTRY = Entry(MIMETYPE_NAME, len(MIMETYPE), _MIMETYPE_CRC, 0)
FIRST_BYTES = MIMETYPE_ENTRY.local_header + MIMETYPE
"""What every package begins with."""


def lay_out(members: Iterable[tuple[str, int, int]]) -> tuple[Entry, ...]:
    """Entries at their offsets for (name, size, CRC-32) in file order, `mimetype` put first."""
    entries = [MIMETYPE_ENTRY]
    for name, size, crc in members:
        entries.append(Entry(name, size, crc, entries[-1].end))
    return tuple(entries)


def directory(entries: Sequence[Entry]) -> bytes:
    """The central directory and the end record, which close the file."""
    headers = b"".join(entry.central_header for entry in entries)
    count = len(entries)
    end = _END.pack(_END_MAGIC, 0, 0, count, count, len(headers), entries[-1].end, 0)
    return headers + end


def total_size(entries: Sequence[Entry]) -> int:
    """Size of the whole file in bytes."""
    return entries[-1].end + sum(_CENTRAL.size + len(entry.name) for entry in entries) + _END.size


def read_layout(source: BinaryIO, size: int, limits: Limits) -> tuple[Entry, ...]:
    """The entries of a package of `size` bytes, every byte outside the members compared with its rebuilt form.

    KnownError package.not_a_package, .truncated, .trailing_bytes, .too_large, .too_many_members, .member_too_large,
    .name_forbidden, .duplicate_member, .encrypted_member, .signature_missing or .layout (with the place where the
    form is left).
    """
    if size > limits.total_bytes:
        raise KnownError("package.too_large", limit_mb=limits.total_bytes // MEBIBYTE)
    _require_first_bytes(source, size)
    count, start = _read_end(source, size, limits)
    closing = read_exactly(source, start, size - start)
    members = _listed_members(closing, count, limits)
    _require_order(members, limits)
    entries = lay_out(members[1:])
    if directory(entries) != closing:
        raise KnownError("package.layout", place="directory")
    for entry in entries:
        if read_exactly(source, entry.offset, len(entry.local_header)) != entry.local_header:
            raise KnownError("package.layout", place="header")
    return entries


def read_exactly(source: BinaryIO, offset: int, count: int) -> bytes:
    """`count` bytes from `offset`; package.truncated when the file ends before."""
    source.seek(offset)
    data = source.read(count)
    if len(data) != count:
        raise KnownError("package.truncated")
    return data


def _require_first_bytes(source: BinaryIO, size: int) -> None:
    source.seek(0)
    first = source.read(len(FIRST_BYTES))
    if first != FIRST_BYTES:
        raise KnownError("package.truncated" if FIRST_BYTES.startswith(first) else "package.not_a_package")
    if size < len(FIRST_BYTES) + _END.size:
        raise KnownError("package.truncated")


def _read_end(source: BinaryIO, size: int, limits: Limits) -> tuple[int, int]:
    """Number of entries and the offset of the central directory, from the end record."""
    record = read_exactly(source, size - _END.size, _END.size)
    magic, disk, first_disk, here, count, length, start, comment = _END.unpack(record)
    if magic != _END_MAGIC:
        raise KnownError(_code_of_missing_end(source, size))
    if count > limits.members + len(OWN_NAMES):
        raise KnownError("package.too_many_members", limit=limits.members)
    widest = _CENTRAL.size + max(limits.name_length, _LONGEST_OWN_NAME)
    if disk or first_disk or comment or here != count or start + length + _END.size != size or length > count * widest:
        raise KnownError("package.layout", place="end")
    return count, start


def _code_of_missing_end(source: BinaryIO, size: int) -> str:
    """A file without its end was cut short; one with bytes after its end was added to."""
    source.seek(max(0, size - _LARGEST_COMMENT - _END.size))
    tail = source.read()
    found = tail.rfind(_END_MAGIC)
    return "package.truncated" if found < 0 or len(tail) - found < _END.size else "package.trailing_bytes"


def _listed_members(closing: bytes, count: int, limits: Limits) -> list[tuple[str, int, int]]:
    """(name, size, CRC) of each header of the central directory, checked one by one."""
    members = []
    seen: set[bytes] = set()
    position = 0
    for _ in range(count):
        if len(closing) - position < _CENTRAL.size + _END.size:
            raise KnownError("package.layout", place="directory")
        fields = _CENTRAL.unpack_from(closing, position)
        magic, flags, crc, packed, size, name_length = (fields[index] for index in (0, 3, 7, 8, 9, 10))
        position += _CENTRAL.size
        name = closing[position : position + name_length]
        position += name_length
        if magic != _CENTRAL_MAGIC:
            raise KnownError("package.layout", place="directory")
        _require_name(name, seen, limits)
        if flags & 1:
            raise KnownError("package.encrypted_member", name=shown_name(name))
        if packed != size:
            raise KnownError("package.layout", place="directory")
        if size > limits.member_bytes:
            raise KnownError(
                "package.member_too_large", name=shown_name(name), limit_mb=limits.member_bytes // MEBIBYTE
            )
        members.append((name.decode("ascii"), size, crc))
    return members


def _require_name(name: bytes, seen: set[bytes], limits: Limits) -> None:
    if name in seen:
        raise KnownError("package.duplicate_member", name=shown_name(name))
    seen.add(name)
    text = name.decode("latin-1")
    if text not in OWN_NAMES and not is_allowed_name(text, limits.name_length):
        raise KnownError("package.name_forbidden", name=shown_name(name))


def _require_order(members: Sequence[tuple[str, int, int]], limits: Limits) -> None:
    names = [name for name, _, _ in members]
    if MANIFEST_NAME not in names or SIGNATURE_NAME not in names:
        raise KnownError("package.signature_missing")
    data = [name for name in names if name not in OWN_NAMES]
    if len(data) > limits.members:
        raise KnownError("package.too_many_members", limit=limits.members)
    whole = [MIMETYPE_NAME, *sorted(data), *CLOSING]
    if not data or names not in (whole, [*whole, *SECOND_CLOSING]):
        raise KnownError("package.layout", place="order")
    largest = {
        MANIFEST_NAME: limits.manifest_bytes,
        SIGNATURE_NAME: limits.signature_bytes,
        QUALIFIED_NAME: limits.qualified_bytes,
        SECOND_MANIFEST_NAME: limits.signature_bytes,
        SECOND_SIGNATURE_NAME: limits.signature_bytes,
    }
    if any(size > largest.get(name, size) for name, size, _ in members):
        raise KnownError("package.layout", place="size")
