"""What a request for a certificate and an invitation hold in `package.json`, read and judged by their signatures alone.

A request with `replaces` and `proof` comes from who holds the older key: it needs no comparison by phone.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.authority import issuer_of
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.package_json import INVITATION, Enrolment, Manifest
from shnor_desktop.exchange.raw_signature import verify_signature
from shnor_desktop.exchange.trust import decode, decode_chain, encode

_TAG = b"shnor/succession/1\x00"


@dataclass(frozen=True, slots=True)
class ReadEnrolment:
    """The certificates of a request or an invitation; `authority` is empty in a request."""

    said: Enrolment
    certificate: Certificate
    authority: tuple[Certificate, ...] = ()


def proof(older: Identity, certificate: Certificate) -> str:
    """The word of an older key for a new certificate."""
    return encode(older.sign(_TAG + certificate.der))


def is_proven(older: Certificate, certificate: Certificate, word: str) -> bool:
    """Whether the key of `older` gave its word for this certificate."""
    try:
        signature = b64decode(word, validate=True)
    except ValueError:
        return False
    return verify_signature(older.der, _TAG + certificate.der, signature)


def read_enrolment(manifest: Manifest) -> ReadEnrolment:
    """The certificates that a manifest names, with the chain checked; KnownError package.contents_malformed.

    In an invitation the certificate was issued by an authority of the chain; in a request it is the one in use, or the
    self-signed one of a new key.
    """
    said = manifest.enrolment
    if said is None:
        raise KnownError("package.contents_malformed", member="package.json")
    try:
        certificate = decode(said.certificate)
        chain = decode_chain(said.authority) if manifest.kind == INVITATION else ()
        if certificate.is_authority or (chain and issuer_of(certificate, chain) is None):
            raise ValueError("issuer")
    except (KnownError, ValueError) as error:
        raise KnownError("package.contents_malformed", member="package.json") from error
    return ReadEnrolment(said, certificate, chain)
