"""Certificates of writers: X.509 version 3, P-256, in one fixed DER layout each (RFC 5280).

A certificate is read by taking its parts out and writing it anew; `certificate_names` holds whom it names.

Format history: 1 – signed by its own key, confirmed by a person who compares its digits; 2 – issued by the authority of
a centre, and the certificate of that authority: with key identifiers, so that every tool builds the chain. An authority
that succeeds another one is issued by it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange import der, ecdsa
from shnor_desktop.exchange.certificate_names import Subject, read_name, subject_of, write_name
from shnor_desktop.exchange.fingerprint import fingerprint_phrase, fingerprint_words

__all__ = [
    "ALGORITHM_ECDSA_SHA256",
    "LONGEST_CHAIN",
    "Certificate",
    "Subject",
    "chain_of",
    "issue",
    "issue_authority",
    "issue_self_signed",
    "parse_certificate",
    "subject_of",
]

ALGORITHM_ECDSA_SHA256 = der.element(der.SEQUENCE, der.object_id("1.2.840.10045.4.3.2"))
LIFETIME_YEARS = 10
AUTHORITY_YEARS = 20
LONGEST_CERTIFICATE = 4096
"""Bytes of DER; ours have about 600."""
LONGEST_CHAIN = 8
"""Authorities above a certificate: every successor adds one."""

_VERSION_3 = der.element(der.CONTEXT_0, der.integer(2))
_KEY_ALGORITHM = der.element(der.SEQUENCE, der.object_id("1.2.840.10045.2.1"), der.object_id("1.2.840.10045.3.1.7"))
_TRUE = b"\x01\x01\xff"
_DIGITAL_SIGNATURE, _SIGN_CERTIFICATES_AND_LISTS = b"\x07\x80", b"\x01\x06"
_KEY_ID = 20
_KEY_ID_TAG = 0x80
_SERIAL_BYTES = 16


def _extension(kind: str, value: bytes, *, critical: bool) -> bytes:
    return der.element(
        der.SEQUENCE, der.object_id(kind), _TRUE if critical else b"", der.element(der.OCTET_STRING, value)
    )


def _constraints(*, is_authority: bool) -> tuple[bytes, bytes]:
    """basicConstraints and keyUsage."""
    usage = _SIGN_CERTIFICATES_AND_LISTS if is_authority else _DIGITAL_SIGNATURE
    return (
        _extension("2.5.29.19", der.element(der.SEQUENCE, _TRUE if is_authority else b""), critical=True),
        _extension("2.5.29.15", der.element(der.BIT_STRING, usage), critical=True),
    )


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of our form. One that names itself as issuer is signed by its own key; whether the issuer of
    another one signed it is asked with `is_issued_by`, and whom to trust is decided elsewhere."""

    der: bytes = field(repr=False)
    subject: Subject
    not_before: datetime
    not_after: datetime
    point: bytes = field(repr=False)
    """The public key: an uncompressed point of P-256."""
    issuer_and_serial: bytes = field(repr=False)
    """DER of IssuerAndSerialNumber, by which a CMS signature names the certificate."""
    fingerprint: str
    """SHA-256 of the DER in hexadecimal."""
    issuer_key: str = ""
    """The key identifier of the authority that issued it, in hexadecimal; empty where it signed itself."""
    issuer: Subject | None = None
    _signed: tuple[bytes, int, int] = field(default=(b"", 0, 0), repr=False)

    @property
    def code(self) -> str:
        """Code of the writer: of a school, a methodist or a centre."""
        return self.subject.code

    @property
    def role(self) -> WriterRole:
        """Role of the writer, from which its rights follow."""
        return self.subject.role

    @property
    def name(self) -> str:
        """Name to show."""
        return self.subject.name

    @property
    def school(self) -> str:
        """The id of the school whose computer this is, as an authority said; empty where none did."""
        return self.subject.school

    @property
    def is_authority(self) -> bool:
        """True for a certificate that issues others and signs lists; it never signs a package."""
        return self.subject.is_authority

    @property
    def is_demo(self) -> bool:
        """True for a certificate made for demo data: a store that is not a demo refuses it."""
        return self.subject.is_demo

    @property
    def key_id(self) -> str:
        """The identifier of its key in hexadecimal (RFC 7093, method 1)."""
        return _key_id(self.point).hex()

    @property
    def key_mark(self) -> str:
        """The mark of its key, in which the names of its replicas end."""
        return sha256(self.point).hexdigest()[:32]

    @property
    def fingerprint_words(self) -> str:
        """The fingerprint as groups of digits to be read out by phone."""
        return fingerprint_words(self.fingerprint)

    @property
    def fingerprint_phrase(self) -> str:
        """The fingerprint as words to be read out by phone."""
        return fingerprint_phrase(self.fingerprint)

    def is_valid_at(self, moment: datetime) -> bool:
        """True when the moment lies within the lifetime."""
        return self.not_before <= moment <= self.not_after

    def is_issued_by(self, authority: Certificate) -> bool:
        """True when this authority signed it: by name, by key identifier and by signature; a demo issues demos."""
        return (
            authority.is_authority
            and self.issuer_key == authority.key_id
            and self.issuer == authority.subject
            and self.is_demo == authority.is_demo
            and _holds(authority.point, *self._signed)
        )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is free in a certificate; everything else is fixed."""

    serial: int
    subject: Subject
    not_before: datetime
    not_after: datetime
    point: bytes
    issuer: Subject | None = None
    issuer_key: bytes = b""


def issue_self_signed(
    key: ec.EllipticCurvePrivateKey, subject: Subject, now: datetime, entropy: Callable[[int], bytes]
) -> Certificate:
    """A certificate for ten years from yesterday, so that a clock somewhat behind accepts it; serial from `entropy`."""
    if subject.is_authority or subject.school:
        raise BugError("only an authority says so")
    start, end = _lifetime(now, LIFETIME_YEARS)
    parts = _Parts(_serial(entropy), subject, start, end, ecdsa.point_of(key.public_key()))
    return _issued(parts, key)


def issue_authority(
    key: ec.EllipticCurvePrivateKey,
    subject: Subject,
    now: datetime,
    entropy: Callable[[int], bytes],
    before: tuple[Certificate, ec.EllipticCurvePrivateKey] | None = None,
) -> Certificate:
    """The certificate of an authority, for twenty years; one that succeeds another is issued by it."""
    if not subject.is_authority or subject.school:
        raise BugError("not the name of an authority")
    start, end = _lifetime(now, AUTHORITY_YEARS)
    point = ecdsa.point_of(key.public_key())
    issuer, by, issuer_key = (before[0].subject, before[1], before[0].point) if before else (subject, key, point)
    return _issued(_Parts(_serial(entropy), subject, start, end, point, issuer, _key_id(issuer_key)), by)


def issue(
    point: bytes,
    subject: Subject,
    authority: Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    now: datetime,
    entropy: Callable[[int], bytes],
) -> Certificate:
    """A certificate of a writer by an authority, for ten years or as long as the authority's own."""
    if subject.is_authority or subject.is_demo != authority.is_demo:
        raise BugError("an authority issues writers of its own kind")
    start, end = _lifetime(now, LIFETIME_YEARS)
    end = max(min(end, authority.not_after), start + timedelta(days=1))
    parts = _Parts(_serial(entropy), subject, start, end, point, authority.subject, _key_id(authority.point))
    return _issued(parts, authority_key)


@lru_cache(maxsize=4096)
def parse_certificate(data: bytes) -> Certificate:
    """Read a certificate; its own signature is checked where it is its own issuer.

    KnownError package.certificate_invalid.
    """
    try:
        return _parse(data)
    except (ValueError, IndexError, OverflowError) as error:
        raise KnownError("package.certificate_invalid") from error


@lru_cache(maxsize=4096)
def _holds(point: bytes, data: bytes, r: int, s: int) -> bool:
    """The same few authorities are asked about the same certificates with every seal."""
    return ecdsa.verify(point, data, r, s)


def chain_of(certificate: Certificate, others: Sequence[Certificate]) -> tuple[Certificate, ...] | None:
    """The authorities above a certificate, from its issuer to the one that is its own; None where the chain breaks.

    Empty for a certificate of form 1.
    """
    chain: list[Certificate] = []
    current = certificate
    while current.issuer_key and current.issuer_key != current.key_id:
        above = next((one for one in others if current.is_issued_by(one) and one not in chain), None)
        if above is None or len(chain) == LONGEST_CHAIN:
            return None
        chain.append(above)
        current = above
    return tuple(chain)


def _lifetime(now: datetime, years: int) -> tuple[datetime, datetime]:
    if now.tzinfo is None:
        raise BugError("times are aware")
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    return start, start + timedelta(days=365 * years + 4)


def _serial(entropy: Callable[[int], bytes]) -> int:
    return int.from_bytes(entropy(_SERIAL_BYTES), "big") >> 1 | 1 << (_SERIAL_BYTES * 8 - 2)


def _key_id(point: bytes) -> bytes:
    return sha256(point).digest()[:_KEY_ID]


def _issued(parts: _Parts, key: ec.EllipticCurvePrivateKey) -> Certificate:
    to_sign = _to_be_signed(parts)
    return parse_certificate(_signed(to_sign, *ecdsa.sign(key, to_sign)))


def _parse(data: bytes) -> Certificate:
    if len(data) > LONGEST_CERTIFICATE:
        raise der.MalformedDer("too long")
    whole = der.read_whole(data, der.SEQUENCE)
    to_be_signed = whole.child(0, der.SEQUENCE)
    signature = der.read_whole(whole.child(2, der.BIT_STRING).body[1:], der.SEQUENCE)
    r, s = (der.read_integer(part) for part in signature.children())
    parts = _read_parts(to_be_signed)
    rebuilt = _to_be_signed(parts)
    if _signed(rebuilt, r, s) != data or parts.not_before >= parts.not_after or not ecdsa.is_low(r, s):
        raise der.MalformedDer("not the one form")
    ecdsa.require_point(parts.point)
    is_own = not parts.issuer_key or parts.issuer_key == _key_id(parts.point)
    if is_own != (parts.issuer is None or parts.issuer == parts.subject):
        raise der.MalformedDer("issuer and its key differ")
    if is_own and not ecdsa.verify(parts.point, rebuilt, r, s):
        raise der.MalformedDer("not signed by its own key")
    named = der.element(der.SEQUENCE, write_name(parts.issuer or parts.subject), der.integer(parts.serial))
    return Certificate(
        data,
        parts.subject,
        parts.not_before,
        parts.not_after,
        parts.point,
        named,
        sha256(data).hexdigest(),
        parts.issuer_key.hex(),
        parts.issuer,
        (rebuilt, r, s),
    )


def _read_parts(to_be_signed: der.Element) -> _Parts:
    """What is free; the rest is settled by rebuilding."""
    serial = der.read_integer(to_be_signed.child(1, der.INTEGER))
    not_before, not_after = (der.read_time(part) for part in to_be_signed.child(4, der.SEQUENCE).children())
    subject = read_name(to_be_signed.child(5, der.SEQUENCE))
    point = to_be_signed.child(6, der.SEQUENCE).child(1, der.BIT_STRING).body[1:]
    extensions = to_be_signed.child(7, der.CONTEXT_3).child(0, der.SEQUENCE).children()
    if len(extensions) == len(_constraints(is_authority=False)):
        if subject.is_authority or subject.school:
            raise der.MalformedDer("only an authority says so")
        return _Parts(serial, subject, not_before, not_after, point)
    issuer = read_name(to_be_signed.child(3, der.SEQUENCE))
    named = der.read_whole(extensions[-1].children()[-1].body, der.SEQUENCE).child(0, _KEY_ID_TAG)
    if len(named.body) != _KEY_ID or not issuer.is_authority:
        raise der.MalformedDer("issuer")
    return _Parts(serial, subject, not_before, not_after, point, issuer, named.body)


def _to_be_signed(parts: _Parts) -> bytes:
    extensions: tuple[bytes, ...] = _constraints(is_authority=parts.subject.is_authority)
    if parts.issuer_key:
        own = der.element(der.OCTET_STRING, _key_id(parts.point))
        above = der.element(der.SEQUENCE, der.element(_KEY_ID_TAG, parts.issuer_key))
        extensions += (
            _extension("2.5.29.14", own, critical=False),
            _extension("2.5.29.35", above, critical=False),
        )
    return der.element(
        der.SEQUENCE,
        _VERSION_3,
        der.integer(parts.serial),
        ALGORITHM_ECDSA_SHA256,
        write_name(parts.issuer or parts.subject),
        der.element(der.SEQUENCE, der.time(parts.not_before), der.time(parts.not_after)),
        write_name(parts.subject),
        der.element(der.SEQUENCE, _KEY_ALGORITHM, der.element(der.BIT_STRING, b"\x00", parts.point)),
        der.element(der.CONTEXT_3, der.element(der.SEQUENCE, *extensions)),
    )


def _signed(to_be_signed: bytes, r: int, s: int) -> bytes:
    signature = der.element(der.SEQUENCE, der.integer(r), der.integer(s))
    return der.element(
        der.SEQUENCE, to_be_signed, ALGORITHM_ECDSA_SHA256, der.element(der.BIT_STRING, b"\x00", signature)
    )
