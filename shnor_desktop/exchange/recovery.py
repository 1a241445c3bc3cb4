"""The recovery sheet: a printed age secret that brings every other secret of a desk back.

The sheet is an X25519 secret of age (`AGE-SECRET-KEY-1…`) in groups of signs; its checksum (Bech32) tells a typing
error. What it opens is an age file with canonical JSON {name: base64}, which any `age` decrypts with the secret.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.trust import encode

PREFIX = "AGE-SECRET-KEY-1"
_SIGNS = 58
_GROUP = 4
_CHARSET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_LOOK_ALIKE = str.maketrans("АСЕНКМРТХУО", "ACEHKMPTXY0")
"""Cyrillic capitals that a person types for the Latin ones; there is no letter O on a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recovery sheet: the secret is only printed, never kept; the recipient is kept in the store."""

    secret: str = field(repr=False)
    recipient: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The secret as it is printed, after `AGE-SECRET-KEY-1`."""
        signs = self.secret.removeprefix(PREFIX)
        return tuple(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def new_sheet() -> Sheet:
    """A sheet that nobody has had."""
    import pyrage  # is asked for only here, and costs some milliseconds

    found = pyrage.x25519.Identity.generate()
    return Sheet(str(found), str(found.to_public()))


def read_sheet(typed: str) -> Sheet:
    """The sheet that a person typed, however it is spaced; KnownError recovery.sheet_incomplete or .sheet_mistyped."""
    import pyrage  # is asked for only here, and costs some milliseconds

    plain = "".join(sign for sign in typed.upper().translate(_LOOK_ALIKE) if sign.isalnum())
    signs = plain.removeprefix("AGESECRETKEY1").replace("O", "0")
    if len(signs) != _SIGNS:
        raise KnownError("recovery.sheet_incomplete", found=len(signs), wanted=_SIGNS)
    if strange := sorted(set(signs) - set(_CHARSET)):
        raise KnownError("recovery.sheet_sign", sign=strange[0], group=_group_of(signs, strange[0]))
    try:
        found = pyrage.x25519.Identity.from_str(PREFIX + signs)
    except pyrage.IdentityError as error:
        raise KnownError("recovery.sheet_mistyped") from error
    return Sheet(PREFIX + signs, str(found.to_public()))


def _group_of(signs: str, sign: str) -> int:
    return signs.index(sign) // _GROUP + 1


def close_secrets(secrets: Mapping[str, bytes], recipient: str) -> bytes:
    """The secrets by name, encrypted to the recipient of a sheet."""
    import pyrage  # is asked for only here, and costs some milliseconds

    plain = canonical_json({name: encode(secret) for name, secret in secrets.items()})
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)]))


def open_secrets(data: bytes, sheet: Sheet) -> dict[str, bytes]:
    """What `close_secrets` closed; KnownError recovery.other_sheet or .damaged."""
    import pyrage  # is asked for only here, and costs some milliseconds

    try:
        plain = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(sheet.secret)])
    except pyrage.DecryptError as error:
        raise KnownError("recovery.other_sheet") from error
    try:
        found = parse_canonical(plain)
        return {str(name): b64decode(secret, validate=True) for name, secret in found.items()}
    except (KnownError, ValueError, TypeError, AttributeError) as error:
        raise KnownError("recovery.damaged") from error


def open_closed(closed: str, secret: str) -> dict[str, bytes]:
    """The same from base64, with an X25519 secret that is no sheet."""
    try:
        return open_secrets(b64decode(closed, validate=True), Sheet(secret, ""))
    except ValueError as error:
        raise KnownError("recovery.damaged") from error
