"""A package file: an ASiC-E container with one CAdES signature (DESIGN 7), written whole and verified before use.

The order of the checks: size, layout, signature over the manifest, manifest, members. Since every byte outside the
members is rebuilt and compared, and every member hashed, no bit of an accepted file can differ from what was signed.

Format history: 1 – ASiCManifest001.xml and signature001.p7s.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from shnor_desktop.exchange.manifest import read_manifest, write_manifest
from shnor_desktop.exchange.member_names import is_allowed_name, shown_name
from shnor_desktop.exchange.zip_layout import (
    CHUNK,
    MANIFEST_NAME,
    MIMETYPE,
    MIMETYPE_NAME,
    SIGNATURE_NAME,
    Entry,
    directory,
    lay_out,
    read_exactly,
    read_layout,
    total_size,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A data member to be written: a name of `member_names` and its bytes, the file that holds them, or who reads them.

    What is read by a call is read twice, whole or in pieces: together the members may be larger than the memory.
    """

    name: str
    content: bytes | Path | Callable[[], bytes | Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ContainerInfo:
    """What was written: file, size in bytes, SHA-256 of the file in hexadecimal, time of signing."""

    path: Path
    size: int
    sha256: str
    signed_at: datetime


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


@dataclass(frozen=True, slots=True)
class VerifiedContainer:
    """A container of which everything was verified."""

    signer: Certificate
    signed_at: datetime
    """The signer's clock; compare with `signer.is_valid_at`."""
    size: int
    sha256: str
    """SHA-256 of the whole file in hexadecimal."""
    entries: Mapping[str, Entry]
    """The data members by name, sorted."""
    _digests: Mapping[str, bytes] = field(repr=False)
    _open: Callable[[], BinaryIO] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the data members, sorted."""
        return tuple(self.entries)

    def digest(self, name: str) -> str:
        """The signed SHA-256 of a member in hexadecimal."""
        return self._digests[name].hex()

    def read(self, name: str) -> bytes:
        """Bytes of a member, compared once more with the signed digest: the file may have changed meanwhile."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The same in pieces; a file that changed meanwhile is told at the end (package.digest_mismatch)."""
        entry = self.entries.get(name)
        if entry is None:
            raise KnownError("package.member_missing", name=shown_name(name))
        content = hashlib.sha256()
        try:
            with self._open() as source:
                source.seek(entry.data_offset)
                for chunk in _chunks(source, entry.size):
                    content.update(chunk)
                    yield chunk
        except OSError as error:
            raise KnownError("package.unreadable") from error
        if content.digest() != self._digests[name]:
            raise KnownError("package.digest_mismatch", name=name)


def prepare(
    members: Sequence[Member], identity: Identity, signed_at: datetime, limits: Limits = DEFAULT_LIMITS
) -> Prepared:
    """Measure and sign; the same input gives the same bytes.

    KnownError package.too_large, .too_many_members, .member_too_large or .source_unreadable.
    """
    if signed_at.tzinfo is None:
        raise BugError("times are aware")
    ordered = _in_order(members, limits)
    measured = [_measure(member, limits) for member in ordered]
    manifest = write_manifest({member.name: sha for member, (_, _, sha) in zip(ordered, measured, strict=True)})
    signature = sign_detached(manifest, identity.key, identity.certificate, signed_at, identity.chain)
    closing = [Member(MANIFEST_NAME, manifest), Member(SIGNATURE_NAME, signature)]
    contents = [*ordered, *closing]
    sizes = [*measured, *(_measure(member, limits) for member in closing)]
    entries = lay_out((member.name, size, crc) for member, (size, crc, _) in zip(contents, sizes, strict=True))
    if total_size(entries) > limits.total_bytes:
        raise KnownError("package.too_large", limit_mb=limits.total_bytes // MEBIBYTE)
    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    return Prepared(entries, (Member(MIMETYPE_NAME, MIMETYPE), *contents), moment)


def write_to(
    stream: BinaryIO,
    members: Sequence[Member],
    identity: Identity,
    signed_at: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """Write a container into a stream, in pieces, from where it stands; its SHA-256 in hexadecimal.

    KnownError as `prepare` and `Prepared.write_to`; an error of the stream goes through.
    """
    return prepare(members, identity, signed_at, limits).write_to(stream)


def write_container(
    target: Path,
    members: Sequence[Member],
    identity: Identity,
    signed_at: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> ContainerInfo:
    """Write `target` whole, verified by the reader before it takes its name; the same input gives the same bytes.

    KnownError package.disk_full, .folder_missing, .folder_readonly, .write_failed, .too_large, .member_too_large,
    .source_unreadable or .source_changed (a member's file); nothing is left behind then.
    """
    prepared = prepare(members, identity, signed_at, limits)
    with write_beside(target, "package", need=prepared.size) as stream:
        prepared.write_to(stream)
        stream.flush()
        written = read_container(Path(stream.name), limits)
    return ContainerInfo(target, prepared.size, written.sha256, written.signed_at)


def read_container(path: Path, limits: Limits = DEFAULT_LIMITS) -> VerifiedContainer:
    """Verify a file from first to last byte; nothing of it is handed out before.

    KnownError package.file_missing, .unreadable, .too_large, .too_many_members, .member_too_large, .truncated,
    .trailing_bytes, .not_a_package, .layout, .name_forbidden, .duplicate_member, .encrypted_member,
    .signature_missing, .signature_malformed, .signature_invalid, .certificate_invalid, .manifest_malformed,
    .unknown_member, .member_missing, .digest_mismatch.
    """
    try:
        if not path.exists():
            raise KnownError("package.file_missing", file=path.name)
        if not path.is_file():
            raise KnownError("package.not_a_package")
    except OSError as error:
        raise KnownError("package.unreadable") from error
    return read_container_stream(lambda: path.open("rb"), limits)


def read_container_bytes(data: bytes, limits: Limits = DEFAULT_LIMITS) -> VerifiedContainer:
    """The same for bytes in memory."""
    return read_container_stream(lambda: io.BytesIO(data), limits)


def read_container_stream(opener: Callable[[], BinaryIO], limits: Limits = DEFAULT_LIMITS) -> VerifiedContainer:
    """The same for whatever opens a stream that can be sought; it is opened anew for each member that is read."""
    try:
        return _verified(opener, limits)
    except OSError as error:
        raise KnownError("package.unreadable") from error


def _verified(opener: Callable[[], BinaryIO], limits: Limits) -> VerifiedContainer:
    with opener() as source:
        size = source.seek(0, io.SEEK_END)
        entries = read_layout(source, size, limits)
        manifest, signature = (read_exactly(source, entry.data_offset, entry.size) for entry in entries[-2:])
        signed = verify_detached(manifest, signature)
        digests = read_manifest(manifest)
        data_entries = {entry.name: entry for entry in entries[1:-2]}
        _require_same_names(digests, data_entries)
        file_hash = _verify_contents(source, entries, digests)
    return VerifiedContainer(
        signed.certificate, signed.signed_at, size, file_hash, MappingProxyType(data_entries), digests, opener
    )


def _require_same_names(digests: Mapping[str, bytes], entries: Mapping[str, Entry]) -> None:
    for name in entries:
        if name not in digests:
            raise KnownError("package.unknown_member", name=name)
    for name in digests:
        if name not in entries:
            raise KnownError("package.member_missing", name=shown_name(name))


def _verify_contents(source: BinaryIO, entries: Sequence[Entry], digests: Mapping[str, bytes]) -> str:
    """Hash every member and compare; SHA-256 of the whole file, whose headers are already known to be these."""
    whole = hashlib.sha256()
    for entry in entries:
        whole.update(entry.local_header)
        content = hashlib.sha256()
        crc = 0
        source.seek(entry.data_offset)
        for chunk in _chunks(source, entry.size):
            whole.update(chunk)
            content.update(chunk)
            crc = zlib.crc32(chunk, crc)
        if entry.name in digests and content.digest() != digests[entry.name]:
            raise KnownError("package.digest_mismatch", name=entry.name)
        if crc != entry.crc:
            raise KnownError("package.layout", place="checksum")
    whole.update(directory(entries))
    return whole.hexdigest()


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = source.read(min(CHUNK, size))
        if not chunk:
            raise KnownError("package.truncated")
        size -= len(chunk)
        yield chunk


def _in_order(members: Sequence[Member], limits: Limits) -> list[Member]:
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


def _measure(member: Member, limits: Limits) -> tuple[int, int, bytes]:
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
