"""A container inside an age file (`….shnor.age`): the signed bytes are the same as of a plain one.

What is signed exists on the disk in no file with a name. Before the encrypted file takes its name it is decrypted with
the sender's own key, and what comes out must be the container that was signed and verified, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.container import Member, Prepared, VerifiedContainer, prepare, read_container_stream
from shnor_desktop.exchange.encryption import decrypt, encrypt
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from shnor_desktop.exchange.private_copy import PrivateCopy

_MOST_OVERHEAD = MEBIBYTE
"""More than the header and the marks of 8,192 pieces take in the largest package."""


@dataclass(frozen=True, slots=True)
class EncryptedInfo:
    """What was written: size of the encrypted file in bytes, and of the container in it the SHA-256 and the time."""

    size: int
    sha256: str
    signed_at: datetime


def write_encrypted(
    target: Path,
    members: Sequence[Member],
    identity: Identity,
    signed_at: datetime,
    recipients: Sequence[str],
    own_key: str,
    own_folder: Path,
    limits: Limits = DEFAULT_LIMITS,
) -> EncryptedInfo:
    """Write `target` whole, for the recipients, of whom the owner of `own_key` is one.

    `own_folder` is on the computer's own disk. KnownError as `write_container`, and package.no_private_place.
    """
    prepared = prepare(members, identity, signed_at, limits)
    return encrypt_prepared(target, prepared, recipients, own_key, own_folder, limits)


def encrypt_prepared(
    target: Path,
    prepared: Prepared,
    recipients: Sequence[str],
    own_key: str,
    own_folder: Path,
    limits: Limits = DEFAULT_LIMITS,
) -> EncryptedInfo:
    """The same for a container that is prepared already."""
    copy = PrivateCopy(own_folder, prepared.size)
    try:
        sha256 = prepared.write_to(copy.stream)
    except OSError as error:
        raise KnownError("package.no_private_place", folder=str(own_folder)) from error
    read_container_stream(copy.open, limits)
    with write_beside(target, "package", need=prepared.size + _MOST_OVERHEAD) as stream:
        with copy.open() as source:
            encrypt(source, stream, recipients)
        stream.flush()
        size = stream.tell()
        with Path(stream.name).open("rb") as written:
            if _sha256_inside(written, own_key, limits) != sha256:
                raise KnownError("package.write_failed", file=target.name, folder=str(target.parent))
    return EncryptedInfo(size, sha256, prepared.signed_at)


def read_encrypted(
    path: Path, keys: Sequence[str], own_folder: Path, limits: Limits = DEFAULT_LIMITS
) -> VerifiedContainer:
    """Decrypt and verify; the container keeps its bytes in memory, or in a file without a name.

    KnownError as `read_container` and `encryption.decrypt`, and package.no_private_place.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise KnownError("package.unreadable") from error
    if size > limits.total_bytes + _MOST_OVERHEAD:
        raise KnownError("package.too_large", limit_mb=limits.total_bytes // MEBIBYTE)
    copy = PrivateCopy(own_folder, size)
    try:
        with path.open("rb") as source:
            decrypt(source, copy.stream, keys, limits.total_bytes)
    except OSError as error:
        raise KnownError("package.unreadable") from error
    return read_container_stream(copy.open, limits)


class _Hashing:
    """Takes bytes in and keeps nothing but their SHA-256."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.digest.update(piece)
        return len(piece)

    def flush(self) -> None:
        return None


def _sha256_inside(source: BinaryIO, key: str, limits: Limits) -> str:
    inside = _Hashing()
    decrypt(source, cast(BinaryIO, inside), [key], limits.total_bytes)
    return inside.digest.hexdigest()
