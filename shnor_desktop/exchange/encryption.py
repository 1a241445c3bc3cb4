"""Packages on their way are encrypted in the age format (age-encryption.org/v1, X25519): any program of age opens them.

The header is read by our own rules first: a real one names a few recipients, while a library that is asked to read
a million of them does so for hours. What comes out is bounded too, and stops at the first byte too many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE

SUFFIX = ".age"
FIRST_LINE = b"age-encryption.org/v1\n"
MOST_RECIPIENTS = 200
_LARGEST_HEADER = 64 * 1024
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_NO_KEY = "No matching keys"


def new_key() -> str:
    """A new decryption key, `AGE-SECRET-KEY-1…`."""
    from pyrage import x25519  # a compiled library: only when something is encrypted

    return str(x25519.Identity.generate())


def recipient_of(key: str) -> str:
    """The public half, `age1…`; KnownError keys.damaged."""
    from pyrage import IdentityError, x25519  # a compiled library: only when something is encrypted

    try:
        return str(x25519.Identity.from_str(key.strip()).to_public())
    except IdentityError as error:
        raise KnownError("keys.damaged", file="age") from error


def is_key(text: str) -> bool:
    """Whether this is a decryption key."""
    try:
        return bool(recipient_of(text))
    except KnownError:
        return False


def is_recipient(text: str) -> bool:
    """Whether a package can be encrypted to this."""
    from pyrage import RecipientError, x25519  # a compiled library: only when something is encrypted

    if not _RECIPIENT.fullmatch(text):
        return False
    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def encrypt(source: BinaryIO, target: BinaryIO, recipients: Sequence[str]) -> None:
    """Everything from where `source` stands, for whoever has a key of one of the recipients; in pieces."""
    from pyrage import encrypt_io, x25519  # a compiled library: only when something is encrypted

    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        raise BugError("one recipient at least, and not more than a reader takes")
    encrypt_io(source, target, [x25519.Recipient.from_str(one) for one in recipients])


def decrypt(
    source: BinaryIO, target: BinaryIO, keys: Sequence[str], most_bytes: int = DEFAULT_LIMITS.total_bytes
) -> None:
    """Write what was encrypted into `target`, in pieces, and no more than `most_bytes`.

    KnownError package.encrypted_for_others, .encryption_damaged, .too_large, keys.damaged; an error of a stream goes
    through. Until this returns nothing of what was written may be used: the end may be missing.
    """
    from pyrage import DecryptError, IdentityError, decrypt_io, x25519  # a compiled library: only when it is needed

    start = source.tell()
    _require_header(source)
    source.seek(start)
    try:
        identities = [x25519.Identity.from_str(key.strip()) for key in keys]
    except IdentityError as error:
        raise KnownError("keys.damaged", file="age") from error
    if not identities:
        raise KnownError("package.encrypted_for_others")
    try:
        decrypt_io(source, _Bounded(target, most_bytes), identities)
    except DecryptError as error:
        if _NO_KEY in str(error):
            raise KnownError("package.encrypted_for_others") from error
        raise KnownError("package.encryption_damaged") from error
    except OSError as error:
        if error.errno is None:  # the library's own word for a piece that is not what was encrypted
            raise KnownError("package.encryption_damaged") from error
        raise


def is_age(path: Path) -> bool:
    """Whether a file begins as one of age does; False where it cannot be read."""
    try:
        with path.open("rb") as source:
            return source.read(len(FIRST_LINE)) == FIRST_LINE
    except OSError:
        return False


class _Bounded:
    """Passes pieces on until there are too many."""

    def __init__(self, target: BinaryIO, most_bytes: int) -> None:
        self._target = target
        self._left = most_bytes
        self._most = most_bytes

    def write(self, piece: bytes) -> int:
        self._left -= len(piece)
        if self._left < 0:
            raise KnownError("package.too_large", limit_mb=self._most // MEBIBYTE)
        return self._target.write(piece)

    def flush(self) -> None:
        self._target.flush()


def _require_header(source: BinaryIO) -> None:
    """Refuse a header that no package has: too long, too many recipients, a passphrase."""
    head = source.read(_LARGEST_HEADER)
    if not head.startswith(FIRST_LINE):
        raise KnownError("package.encryption_damaged")
    closing = head.find(b"\n--- ")
    if closing < 0:
        raise KnownError("package.encryption_damaged")
    stanzas = [line for line in head[:closing].split(b"\n") if line.startswith(b"-> ")]
    if len(stanzas) > MOST_RECIPIENTS + 1:  # the library adds one that says nothing
        raise KnownError("package.encryption_damaged")
    if any(line.startswith(b"-> scrypt ") for line in stanzas):
        raise KnownError("package.encrypted_for_others")
