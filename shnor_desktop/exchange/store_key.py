"""The secret of a closed store: an age identity; the data key is made from it, the passphrase only wraps it.

So the recovery code (the identity itself, printed in groups) opens a store even where the key file is lost, and a
change of the passphrase writes one small file anew. The key file is JSON: `form`, `age` (the identities, newest first,
one a line, in an age file under the passphrase) and `sha256` of it, so that a damaged file is not called a wrong
passphrase.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.store_key import KEY_BYTES, StoreKey
from shnor_desktop.exchange.passphrase_file import NotSealed, open_with_passphrase, seal_with_passphrase
from shnor_desktop.exchange.recovery import Sheet, new_sheet, read_sheet

_FORM = 1
_MOST_SECRETS = 2
"""Two only while a store is given another key: whichever of the two files stands in the end, one of them opens it."""
_PURPOSE = b"shnor-desktop store 1"


@dataclass(frozen=True, slots=True)
class StoreSecret:
    """One secret; nothing prints it by mistake."""

    identity: str = field(repr=False)

    def __reduce__(self) -> str:
        raise BugError("a secret stays in its process")

    @property
    def key(self) -> StoreKey:
        """The data key."""
        from cryptography.hazmat.primitives.hashes import SHA256  # OpenSSL: only where a store is closed
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return StoreKey(HKDF(SHA256(), KEY_BYTES, None, _PURPOSE).derive(self.identity.encode("ascii")))

    @property
    def recovery_code(self) -> str:
        """The code as it is printed: groups of four."""
        return " ".join(Sheet(self.identity, "").groups)


def new_secret() -> StoreSecret:
    """A secret that nobody else has."""
    return StoreSecret(new_sheet().secret)


def secret_of_code(typed: str) -> StoreSecret:
    """The secret of a printed code, however it was typed. KnownError `recovery.*` of `exchange.recovery`."""
    return StoreSecret(read_sheet(typed).secret)


def wrap(found: Sequence[StoreSecret], passphrase: str) -> bytes:
    """The key file of a store."""
    sealed = seal_with_passphrase("\n".join(secret.identity for secret in found).encode("ascii"), passphrase)
    content = {
        "form": _FORM,
        "age": base64.b64encode(sealed).decode("ascii"),
        "sha256": hashlib.sha256(sealed).hexdigest(),
    }
    return json.dumps(content, sort_keys=True).encode("ascii") + b"\n"


def unwrap(content: bytes, passphrase: str) -> tuple[StoreSecret, ...]:
    """The secrets of a key file, none when the passphrase is another one; KnownError store.key_file_damaged, .newer."""
    sealed = _sealed(content)
    try:
        opened = open_with_passphrase(sealed, passphrase)
        if opened is None:
            return ()
        lines = opened.decode("ascii").split("\n")[:_MOST_SECRETS]
    except (NotSealed, UnicodeDecodeError):
        raise KnownError("store.key_file_damaged") from None
    return tuple(StoreSecret(line) for line in lines)


def _sealed(content: bytes) -> bytes:
    try:
        known = json.loads(content)
        form, sealed, digest = known["form"], base64.b64decode(known["age"], validate=True), known["sha256"]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        raise KnownError("store.key_file_damaged") from None
    if form != _FORM:
        raise KnownError("store.key_file_newer")
    if hashlib.sha256(sealed).hexdigest() != digest:
        raise KnownError("store.key_file_damaged")
    return sealed
