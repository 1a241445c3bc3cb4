"""A detached CAdES-BES signature (RFC 5652, ETSI EN 319 122-1) in one fixed DER layout.

SignedData with one signer: contentType, signingTime, messageDigest and signingCertificateV2 (RFC 5035) are signed with
ECDSA P-256 over SHA-256; the certificate is embedded, and the authorities above it, where it has any. The reader takes
out the certificates, the time and (r, s), writes the whole anew and compares, so nothing of the encoding is left to
choice.

Format history: 1 – one certificate, which signed itself; 2 – a certificate and its whole chain, as a SET OF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import der, ecdsa
from shnor_desktop.exchange.certificates import (
    ALGORITHM_ECDSA_SHA256,
    LONGEST_CHAIN,
    Certificate,
    chain_of,
    parse_certificate,
)

_DATA = der.object_id("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.object_id("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.object_id("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.object_id("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.object_id("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE_V2 = der.object_id("1.2.840.113549.1.9.16.2.47")
_ALGORITHM_SHA256 = der.element(der.SEQUENCE, der.object_id("2.16.840.1.101.3.4.2.1"))
_VERSION_1 = der.integer(1)
_SIGNED_DATA_PARTS = 5
_CERTIFICATES_PART = 3
_SIGNERS_PART = 4
_NAME_PART = 1
_ATTRIBUTES_PART = 3
_SIGNATURE_PART = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that holds: who signed and when, by the signer's clock; and the authorities above the signer."""

    certificate: Certificate
    signed_at: datetime
    chain: tuple[Certificate, ...] = ()


def sign_detached(
    content: bytes,
    key: ec.EllipticCurvePrivateKey,
    certificate: Certificate,
    signed_at: datetime,
    chain: Sequence[Certificate] = (),
) -> bytes:
    """DER of the signature over `content`; the time in whole seconds. Same input, same bytes.

    `chain` are the authorities above the certificate, all of them.
    """
    attributes = _attributes(content, certificate, signed_at)
    embedded = _embedded(certificate, chain)
    return _signed_data(attributes, certificate, embedded, *ecdsa.sign(key, der.element(der.SET, attributes)))


def verify_detached(content: bytes, signature: bytes) -> Signature:
    """Check the signature over `content`, and the signatures of the chain.

    KnownError package.signature_malformed (another form than `sign_detached` writes), package.signature_invalid
    (of other content or by another key), package.certificate_invalid or package.chain_broken.
    """
    try:
        embedded, named, signed_at, r, s = _take_apart(signature)
    except (ValueError, IndexError, OverflowError) as error:
        raise KnownError("package.signature_malformed") from error
    certificate, chain = _signer(embedded, named)
    attributes = _attributes(content, certificate, signed_at)
    if not ecdsa.is_low(r, s):
        raise KnownError("package.signature_malformed")
    whole = _embedded(certificate, chain)
    if _signed_data(attributes, certificate, whole, r, s) != signature:
        raise KnownError(_code_of_difference(signature, attributes, certificate, whole, r, s))
    if not ecdsa.verify(certificate.point, der.element(der.SET, attributes), r, s):
        raise KnownError("package.signature_invalid")
    return Signature(certificate, signed_at, chain)


def _signer(embedded: Sequence[bytes], named: bytes) -> tuple[Certificate, tuple[Certificate, ...]]:
    """The certificate that the signature names and the chain above it, which uses every other one."""
    certificates = [parse_certificate(one) for one in embedded]
    signers = [one for one in certificates if one.issuer_and_serial == named] or certificates[:1]
    others = [one for one in certificates if one is not signers[0]]
    if len(signers) != 1 or signers[0].is_authority:
        raise KnownError("package.signature_malformed")
    chain = chain_of(signers[0], others)
    if chain is None:
        raise KnownError("package.chain_broken")
    if len(chain) != len(others):
        raise KnownError("package.signature_malformed")
    return signers[0], chain


def _embedded(certificate: Certificate, chain: Sequence[Certificate]) -> bytes:
    return der.set_of(certificate.der, *(one.der for one in chain))


def _take_apart(signature: bytes) -> tuple[list[bytes], bytes, datetime, int, int]:
    """Certificates, the name of the signer's, time, r and s; every other byte is settled by rebuilding."""
    parts = _parts(signature)
    signer = parts[_SIGNERS_PART].child(0, der.SEQUENCE).children()
    moments = [
        attribute.child(1, der.SET).children()[0]
        for attribute in signer[_ATTRIBUTES_PART].children()
        if attribute.children()[0].encoded == _SIGNING_TIME
    ]
    r, s = der.read_whole(signer[_SIGNATURE_PART].body, der.SEQUENCE).children()
    embedded = [one.encoded for one in parts[_CERTIFICATES_PART].children()]
    if not 1 <= len(embedded) <= LONGEST_CHAIN + 1:
        raise der.MalformedDer("number of certificates")
    return embedded, signer[_NAME_PART].encoded, der.read_time(moments[0]), der.read_integer(r), der.read_integer(s)


def _parts(signature: bytes) -> list[der.Element]:
    content = der.read_whole(signature, der.SEQUENCE).child(1, der.CONTEXT_0)
    parts = content.child(0, der.SEQUENCE).children()
    if len(parts) != _SIGNED_DATA_PARTS:
        raise der.MalformedDer("number of parts")
    return parts


def _code_of_difference(
    signature: bytes, attributes: bytes, certificate: Certificate, embedded: bytes, r: int, s: int
) -> str:
    """A well-formed signature of other content or another certificate is invalid; anything else is malformed."""
    found = _parts(signature)[_SIGNERS_PART].child(0, der.SEQUENCE).children()[_ATTRIBUTES_PART].body
    same_length = len(found) == len(attributes)
    if same_length and _signed_data(found, certificate, embedded, r, s) == signature:
        return "package.signature_invalid"
    return "package.signature_malformed"


def _attributes(content: bytes, certificate: Certificate, signed_at: datetime) -> bytes:
    """The signed attributes, without the tag, which differs between what is signed and what is stored."""
    name = der.read_whole(certificate.issuer_and_serial, der.SEQUENCE)
    issuer, serial = name.children()
    named = der.element(
        der.SEQUENCE,
        der.element(der.SEQUENCE, der.element(der.CONTEXT_4, issuer.encoded)),
        serial.encoded,
    )
    identified = der.element(der.SEQUENCE, der.element(der.OCTET_STRING, bytes.fromhex(certificate.fingerprint)), named)
    return der.set_of(
        _attribute(_CONTENT_TYPE, _DATA),
        _attribute(_SIGNING_TIME, der.time(signed_at)),
        _attribute(_MESSAGE_DIGEST, der.element(der.OCTET_STRING, sha256(content).digest())),
        _attribute(_SIGNING_CERTIFICATE_V2, der.element(der.SEQUENCE, der.element(der.SEQUENCE, identified))),
    )


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.element(der.SEQUENCE, kind, der.element(der.SET, value))


def _signed_data(attributes: bytes, certificate: Certificate, embedded: bytes, r: int, s: int) -> bytes:
    signer = der.element(
        der.SEQUENCE,
        _VERSION_1,
        certificate.issuer_and_serial,
        _ALGORITHM_SHA256,
        der.element(der.CONTEXT_0, attributes),
        ALGORITHM_ECDSA_SHA256,
        der.element(der.OCTET_STRING, der.element(der.SEQUENCE, der.integer(r), der.integer(s))),
    )
    signed_data = der.element(
        der.SEQUENCE,
        _VERSION_1,
        der.element(der.SET, _ALGORITHM_SHA256),
        der.element(der.SEQUENCE, _DATA),
        der.element(der.CONTEXT_0, embedded),
        der.element(der.SET, signer),
    )
    return der.element(der.SEQUENCE, _SIGNED_DATA, der.element(der.CONTEXT_0, signed_data))
