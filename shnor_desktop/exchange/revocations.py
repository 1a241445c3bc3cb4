"""The list of certificates that do not count any more, signed by the authority; its number only grows.

Form 1: canonical JSON {"form", "number", "issued_at", "issuer", "entries"}; `issuer` is the key identifier of the
authority, an entry holds the fingerprint, the mark of the key, the reason, the time, and up to which number of each of
its replicas, per school, the seals of the key count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.log import MAX_LAMPORT
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.raw_signature import verify_signature

FORM = 1
_TAG = b"shnor/revocations/1\x00"
_MOST_ENTRIES, _MOST_REPLICAS = 10_000, 1_000

_Fingerprint = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_Mark = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
_KeyId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{40}\Z")]
_Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z@_.-]{1,80}\Z")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_LAMPORT)]


class Reason(StrEnum):
    """Why a certificate does not count any more."""

    LOST = "lost"
    STOLEN = "stolen"
    REPLACED = "replaced"
    DIRECTOR = "director"
    LEFT = "left"
    MISTAKE = "mistake"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One certificate. `last` is [replica, school, number]: what it sealed up to there stays."""

    fingerprint: _Fingerprint
    key: _Mark
    reason: Reason
    at: str
    last: Annotated[tuple[tuple[_Id, _Id, _Count], ...], msgspec.Meta(max_length=_MOST_REPLICAS)] = ()

    def heads(self) -> dict[tuple[str, str], int]:
        """The last number that counts, by replica and school."""
        return {(replica, school): number for replica, school, number in self.last}


class RevocationList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that the authority has revoked so far."""

    form: int
    number: Annotated[int, msgspec.Meta(ge=1, le=MAX_LAMPORT)]
    issued_at: str
    issuer: _KeyId
    entries: Annotated[tuple[Entry, ...], msgspec.Meta(max_length=_MOST_ENTRIES)]

    def entry_of(self, certificate: Certificate) -> Entry | None:
        """What is said of a certificate, or of another one with its key."""
        named = [one for one in self.entries if one.fingerprint == certificate.fingerprint]
        return next(iter(named or [one for one in self.entries if one.key == certificate.key_mark]), None)

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return _TAG + canonical_json(msgspec.to_builtins(self))


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list with its signature of 64 bytes."""

    contents: RevocationList
    signature: bytes

    def is_signed_by(self, authority: Certificate) -> bool:
        """True when this authority signed it and is named in it."""
        return (
            authority.is_authority
            and self.contents.issuer == authority.key_id
            and verify_signature(authority.der, self.contents.signed_bytes(), self.signature)
        )


def entry(
    certificate: Certificate, reason: Reason, at: str, last: Mapping[tuple[str, str], int] | None = None
) -> Entry:
    """An entry for the list; without `last` nothing that the key sealed counts."""
    heads = tuple(sorted((replica, school, number) for (replica, school), number in (last or {}).items()))
    return Entry(certificate.fingerprint, certificate.key_mark, reason, at, heads)


def sign_list(authority: Authority, number: int, issued_at: str, entries: Sequence[Entry]) -> SignedList:
    """The list of this number; entries in the order of their fingerprints, one each."""
    by_name = {one.fingerprint: one for one in entries}
    ordered = tuple(by_name[name] for name in sorted(by_name))
    contents = RevocationList(FORM, number, issued_at, authority.certificate.key_id, ordered)
    return SignedList(contents, authority.sign(contents.signed_bytes()))


def read_list(found: Any, signature: bytes) -> SignedList:
    """A list from JSON that was parsed; ValueError for another form."""
    try:
        contents = msgspec.convert(found, RevocationList, strict=True)
    except msgspec.MsgspecError as error:
        raise ValueError("form") from error
    names = [one.fingerprint for one in contents.entries]
    if contents.form != FORM or names != sorted(set(names)):
        raise ValueError("order")
    for moment in (contents.issued_at, *(one.at for one in contents.entries)):
        parse_utc(moment)
    return SignedList(contents, signature)
