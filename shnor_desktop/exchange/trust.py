"""`trust.json`: the chain of the authority, its list of the revoked, and the people who matter to this receiver.

Form 1: canonical JSON {"form", "authority", "list", "signature", "directory"}; certificates are DER in base64, newest
first; `list` and `signature` are null where nothing was ever revoked. The list is believed by its own signature, the
directory because of who signed the package.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.authority import is_chain
from shnor_desktop.exchange.certificates import LONGEST_CHAIN, Certificate, parse_certificate
from shnor_desktop.exchange.revocations import SignedList, read_list

FORM = 1
_MOST_PEOPLE = 10_000

_Encoded = Annotated[str, msgspec.Meta(max_length=8192, pattern=r"\A[A-Za-z0-9+/]*={0,2}\Z")]
_Recipient = Annotated[str, msgspec.Meta(pattern=r"\A(?:age1[02-9ac-hj-np-z]{58})?\Z")]


class _Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    certificate: _Encoded
    recipient: _Recipient
    secret: _Encoded = ""


class _Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    form: int
    authority: Annotated[tuple[_Encoded, ...], msgspec.Meta(max_length=LONGEST_CHAIN)]
    list: Any
    signature: _Encoded | None
    directory: Annotated[tuple[_Person, ...], msgspec.Meta(max_length=_MOST_PEOPLE)]


@dataclass(frozen=True, slots=True)
class Person:
    """A computer that writes here too: its certificate and the age key to which packages for it are encrypted.

    `secret` is an age file for that key alone, in base64: what the computers of one school share with nobody else.
    """

    certificate: Certificate
    recipient: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """What a sender knows of the authority; nothing of it is believed yet."""

    authority: tuple[Certificate, ...]
    revoked: SignedList | None = None
    directory: tuple[Person, ...] = ()


def write_trust(trust: Trust) -> bytes:
    """The bytes of `trust.json`."""
    found = trust.revoked
    people = sorted(trust.directory, key=lambda person: person.certificate.fingerprint)
    return canonical_json(
        {
            "form": FORM,
            "authority": [encode(one.der) for one in trust.authority],
            "list": msgspec.to_builtins(found.contents) if found else None,
            "signature": encode(found.signature) if found else None,
            "directory": [
                msgspec.to_builtins(_Person(encode(p.certificate.der), p.recipient, p.secret)) for p in people
            ],
        }
    )


def read_trust(data: bytes, *, newer: bool = False) -> Trust:
    """Read `trust.json`; KnownError package.contents_malformed.

    Of a package of a later minor version what is known is read: a list of the revoked in an unknown form is left out,
    for its signature covers what is not understood.
    """
    try:
        said = parse_canonical(data)
        found = msgspec.convert(_known(said) if newer else said, _Form, strict=True)
        if found.form != FORM or (found.list is None) != (found.signature is None):
            raise ValueError("form")
        chain = decode_chain(found.authority)
        people = tuple(Person(decode(one.certificate), one.recipient, one.secret) for one in found.directory)
        revoked = _list(found, newer=newer)
    except (KnownError, ValueError, msgspec.MsgspecError) as error:
        raise KnownError("package.contents_malformed", member="trust.json") from error
    return Trust(chain, revoked, people)


def _list(found: _Form, *, newer: bool) -> SignedList | None:
    if not found.signature:
        return None
    try:
        return read_list(found.list, b64decode(found.signature, validate=True))
    except ValueError:
        if newer:
            return None
        raise


def _known(said: Any) -> Any:
    """The fields of this version."""
    if not isinstance(said, dict):
        return said
    known = {name: value for name, value in said.items() if name in _Form.__struct_fields__}
    people = known.get("directory")
    if isinstance(people, list):
        fields = _Person.__struct_fields__
        known["directory"] = [
            {name: value for name, value in one.items() if name in fields} if isinstance(one, dict) else one
            for one in people
        ]
    return known


def encode(data: bytes) -> str:
    """Bytes in base64."""
    return b64encode(data).decode("ascii")


def decode(text: str) -> Certificate:
    """A certificate from base64; ValueError or KnownError package.certificate_invalid."""
    return parse_certificate(b64decode(text, validate=True))


def decode_chain(texts: Sequence[str]) -> tuple[Certificate, ...]:
    """The chain of an authority from base64, newest first; ValueError where one does not vouch for the next."""
    chain = tuple(decode(text) for text in texts)
    if not is_chain(chain):
        raise ValueError("chain")
    return chain
