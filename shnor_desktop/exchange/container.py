"""A package file: an ASiC-E container with one CAdES signature (DESIGN 7), written whole and verified before use.

The order of the checks: size, layout, signature over the manifest, manifest, members. Since every byte outside the
members is rebuilt and compared, and every member hashed, no bit of an accepted file can differ from what was signed.

A qualified signature (`qualified`) is attached afterwards: it, a second manifest over the first, its signature and the
qualified one, and a second signature by the same key follow, so that these bytes are fixed as well. Without them it is
the package as it was first made, and has the same name: the SHA-256 of that form.

Format history: 1 – ASiCManifest001.xml and signature001.p7s; 2 – with the second manifest where there is one.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.container_members import (
    Member,
    Prepared,
    in_order,
    lay_out_members,
    measure,
    size_and_crc,
)
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, Limits
from shnor_desktop.exchange.manifest import read_manifest, write_manifest, write_second_manifest
from shnor_desktop.exchange.member_names import shown_name
from shnor_desktop.exchange.zip_layout import (
    CHUNK,
    CLOSING,
    MANIFEST_NAME,
    OWN_NAMES,
    QUALIFIED_NAME,
    SECOND_CLOSING,
    SECOND_MANIFEST_NAME,
    SECOND_SIGNATURE_NAME,
    SIGNATURE_NAME,
    Entry,
    directory,
    read_exactly,
    read_layout,
)

__all__ = [
    "AttachedSignature",
    "ContainerInfo",
    "Member",
    "Prepared",
    "VerifiedContainer",
    "prepare",
    "prepare_attached",
    "read_container",
    "read_container_bytes",
    "read_container_stream",
    "second_manifest",
    "write_container",
    "write_prepared",
    "write_to",
]


@dataclass(frozen=True, slots=True)
class ContainerInfo:
    """What was written: file, size in bytes, SHA-256 of the file in hexadecimal, time of signing."""

    path: Path
    size: int
    sha256: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class AttachedSignature:
    """A qualified signature in a package: that it is the one that the signer of the package attached is verified.

    Whether it holds is told by `qualified.verify_qualified(container.listed, attached.signature)`.
    """

    signature: bytes = field(repr=False)
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedContainer:
    """A container of which everything was verified."""

    signer: Certificate
    signed_at: datetime
    """The signer's clock; compare with `signer.is_valid_at`."""
    size: int
    sha256: str
    """SHA-256 in hexadecimal of the package as it was first made: with a qualified signature it keeps its name."""
    file_sha256: str
    """SHA-256 of the whole file; another than `sha256` where a qualified signature was attached."""
    entries: Mapping[str, Entry]
    """The data members by name, sorted."""
    listed: bytes = field(repr=False)
    """The manifest, over which a qualified signature is made."""
    signature: bytes = field(repr=False)
    qualified: AttachedSignature | None
    """None: the package as it was first made."""
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
    ordered = in_order(members, limits)
    measured = [measure(member, limits) for member in ordered]
    manifest = write_manifest({member.name: sha for member, (_, _, sha) in zip(ordered, measured, strict=True)})
    signature = sign_detached(manifest, identity.key, identity.certificate, signed_at, identity.chain)
    closing = [Member(MANIFEST_NAME, manifest), Member(SIGNATURE_NAME, signature)]
    sizes = [found[:2] for found in measured]
    return lay_out_members([*ordered, *closing], [*sizes, *(size_and_crc(one) for one in closing)], signed_at, limits)


def prepare_attached(
    container: VerifiedContainer,
    qualified: bytes,
    identity: Identity,
    signed_at: datetime,
    limits: Limits = DEFAULT_LIMITS,
) -> Prepared:
    """The same package with a qualified signature over its manifest; the caller has checked both signatures.

    KnownError package.too_large.
    """
    if (
        signed_at.tzinfo is None
        or container.qualified is not None
        or container.signer.point != identity.certificate.point
    ):
        raise BugError("a package gets a qualified signature once, from its own signer")
    second = second_manifest(container.listed, container.signature, qualified)
    signature = sign_detached(second, identity.key, identity.certificate, signed_at, identity.chain)
    own = [container.listed, container.signature, qualified, second, signature]
    closing = [Member(name, content) for name, content in zip((*CLOSING, *SECOND_CLOSING), own, strict=True)]
    data = [Member(name, partial(container.chunks, name)) for name in container.names]
    sizes = [(entry.size, entry.crc) for entry in container.entries.values()]
    return lay_out_members([*data, *closing], [*sizes, *(size_and_crc(one) for one in closing)], signed_at, limits)


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
    return write_prepared(target, prepare(members, identity, signed_at, limits), limits)


def write_prepared(target: Path, prepared: Prepared, limits: Limits = DEFAULT_LIMITS) -> ContainerInfo:
    """The same for what is prepared already."""
    with write_beside(target, "package", need=prepared.size) as stream:
        prepared.write_to(stream)
        stream.flush()
        written = read_container(Path(stream.name), limits)
    return ContainerInfo(target, prepared.size, written.sha256, prepared.signed_at)


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
        places = {entry.name: entry for entry in entries}
        data_entries = {name: entry for name, entry in places.items() if name not in OWN_NAMES}
        own = {
            name: read_exactly(source, place.data_offset, place.size)
            for name, place in places.items()
            if name in OWN_NAMES
        }
        signed = verify_detached(own[MANIFEST_NAME], own[SIGNATURE_NAME])
        digests = read_manifest(own[MANIFEST_NAME])
        _require_same_names(digests, data_entries)
        attached = _attached(own, signed.certificate) if QUALIFIED_NAME in own else None
        first_hash, file_hash = _verify_contents(source, entries, digests)
    return VerifiedContainer(
        signer=signed.certificate,
        signed_at=signed.signed_at,
        size=size,
        sha256=first_hash,
        file_sha256=file_hash,
        entries=MappingProxyType(data_entries),
        listed=own[MANIFEST_NAME],
        signature=own[SIGNATURE_NAME],
        qualified=attached,
        _digests=digests,
        _open=opener,
    )


def _attached(own: Mapping[str, bytes], signer: Certificate) -> AttachedSignature:
    """What was attached: by the signer of the package alone, and over just these three members."""
    second = verify_detached(own[SECOND_MANIFEST_NAME], own[SECOND_SIGNATURE_NAME])
    if second.certificate.point != signer.point:
        raise KnownError("package.second_signer_differs")
    if own[SECOND_MANIFEST_NAME] != second_manifest(own[MANIFEST_NAME], own[SIGNATURE_NAME], own[QUALIFIED_NAME]):
        raise KnownError("package.digest_mismatch", name=SECOND_MANIFEST_NAME)
    return AttachedSignature(own[QUALIFIED_NAME], second.signed_at)


def second_manifest(manifest: bytes, signature: bytes, qualified: bytes) -> bytes:
    """The list that covers a manifest, its signature and the qualified one."""
    listed = {MANIFEST_NAME: manifest, SIGNATURE_NAME: signature, QUALIFIED_NAME: qualified}
    return write_second_manifest({name: hashlib.sha256(content).digest() for name, content in listed.items()})


def _require_same_names(digests: Mapping[str, bytes], entries: Mapping[str, Entry]) -> None:
    for name in entries:
        if name not in digests:
            raise KnownError("package.unknown_member", name=name)
    for name in digests:
        if name not in entries:
            raise KnownError("package.member_missing", name=shown_name(name))


def _verify_contents(source: BinaryIO, entries: Sequence[Entry], digests: Mapping[str, bytes]) -> tuple[str, str]:
    """Hash every member and compare; SHA-256 of the package as first made, and of the whole file.

    The headers are already known to be these.
    """
    whole = hashlib.sha256()
    first = ""
    for number, entry in enumerate(entries, 1):
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
        if entry.name == SIGNATURE_NAME:
            made = whole.copy()
            made.update(directory(entries[:number]))
            first = made.hexdigest()
    whole.update(directory(entries))
    return first, whole.hexdigest()


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = source.read(min(CHUNK, size))
        if not chunk:
            raise KnownError("package.truncated")
        size -= len(chunk)
        yield chunk
