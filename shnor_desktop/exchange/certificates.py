"""Certificates of writers: X.509 version 3, P-256, self-signed, in one fixed DER layout (RFC 5280).

The subject names the writer: CN the name shown, O the organisation, OU the role, serialNumber the code; a certificate
of demo data has a second OU «DEMO». A certificate is read by taking its parts out and writing it anew.

Format history: 1 – this form. Certificates issued by a centre's authority will differ in issuer only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange import der, ecdsa
from shnor_desktop.exchange.fingerprint import fingerprint_words

ALGORITHM_ECDSA_SHA256 = der.element(der.SEQUENCE, der.object_id("1.2.840.10045.4.3.2"))
LIFETIME_YEARS = 10
LONGEST_CERTIFICATE = 4096
"""Bytes of DER; ours have about 600."""
LONGEST_NAME = 64
"""Characters of CN and O (X.520, upper bounds)."""

_COMMON_NAME = der.object_id("2.5.4.3")
_SERIAL_NUMBER = der.object_id("2.5.4.5")
_ORGANISATION = der.object_id("2.5.4.10")
_UNIT = der.object_id("2.5.4.11")
_DEMO_UNIT = "DEMO"
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?", re.ASCII)
_VERSION_3 = der.element(der.CONTEXT_0, der.integer(2))
_KEY_ALGORITHM = der.element(der.SEQUENCE, der.object_id("1.2.840.10045.2.1"), der.object_id("1.2.840.10045.3.1.7"))
_TRUE = b"\x01\x01\xff"
_EXTENSIONS = der.element(
    der.CONTEXT_3,
    der.element(
        der.SEQUENCE,
        der.element(  # basicConstraints: not an authority
            der.SEQUENCE, der.object_id("2.5.29.19"), _TRUE, der.element(der.OCTET_STRING, der.element(der.SEQUENCE))
        ),
        der.element(  # keyUsage: digitalSignature
            der.SEQUENCE,
            der.object_id("2.5.29.15"),
            _TRUE,
            der.element(der.OCTET_STRING, der.element(der.BIT_STRING, b"\x07\x80")),
        ),
    ),
)
_SERIAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names; texts of at most 64 characters, the code in ASCII."""

    code: str
    role: WriterRole
    name: str
    organisation: str
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate whose own signature holds; whether to trust it is decided elsewhere."""

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
    def is_demo(self) -> bool:
        """True for a certificate made for demo data: a store that is not a demo refuses it."""
        return self.subject.is_demo

    @property
    def fingerprint_words(self) -> str:
        """The fingerprint as groups of digits to be read out by phone."""
        return fingerprint_words(self.fingerprint)

    def is_valid_at(self, moment: datetime) -> bool:
        """True when the moment lies within the lifetime."""
        return self.not_before <= moment <= self.not_after


def subject_of(code: str, role: WriterRole, name: str, organisation: str, *, is_demo: bool = False) -> Subject:
    """A subject from free texts: spaces joined, cut to the length that a certificate may hold."""
    if _CODE.fullmatch(code) is None:
        raise KnownError("keys.code_unfit", value=code)
    return Subject(code, role, _fit(name) or code, _fit(organisation) or code, is_demo)


def issue_self_signed(
    key: ec.EllipticCurvePrivateKey, subject: Subject, now: datetime, entropy: Callable[[int], bytes]
) -> Certificate:
    """A certificate for ten years from yesterday, so that a clock somewhat behind accepts it; serial from `entropy`."""
    if now.tzinfo is None:
        raise BugError("times are aware")
    start = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    serial = int.from_bytes(entropy(_SERIAL_BYTES), "big") >> 1 | 1 << (_SERIAL_BYTES * 8 - 2)
    end = start + timedelta(days=365 * LIFETIME_YEARS + 4)
    to_sign = _to_be_signed(serial, subject, start, end, ecdsa.point_of(key.public_key()))
    return parse_certificate(_signed(to_sign, *ecdsa.sign(key, to_sign)))


@lru_cache(maxsize=512)
def parse_certificate(data: bytes) -> Certificate:
    """Read a certificate and check its own signature; KnownError package.certificate_invalid."""
    try:
        return _parse(data)
    except (ValueError, IndexError, OverflowError) as error:
        raise KnownError("package.certificate_invalid") from error


def _parse(data: bytes) -> Certificate:
    if len(data) > LONGEST_CERTIFICATE:
        raise der.MalformedDer("too long")
    whole = der.read_whole(data, der.SEQUENCE)
    to_be_signed = whole.child(0, der.SEQUENCE)
    signature = der.read_whole(whole.child(2, der.BIT_STRING).body[1:], der.SEQUENCE)
    r, s = (der.read_integer(part) for part in signature.children())
    serial = to_be_signed.child(1, der.INTEGER)
    not_before, not_after = (der.read_time(part) for part in to_be_signed.child(4, der.SEQUENCE).children())
    subject_der = to_be_signed.child(5, der.SEQUENCE)
    subject = _read_name(subject_der)
    point = to_be_signed.child(6, der.SEQUENCE).child(1, der.BIT_STRING).body[1:]
    rebuilt = _to_be_signed(der.read_integer(serial), subject, not_before, not_after, point)
    if _signed(rebuilt, r, s) != data or not_before >= not_after or not ecdsa.verify(point, rebuilt, r, s):
        raise der.MalformedDer("not the one form, or not signed by its own key")
    named = der.element(der.SEQUENCE, subject_der.encoded, serial.encoded)
    return Certificate(data, subject, not_before, not_after, point, named, sha256(data).hexdigest())


def _to_be_signed(serial: int, subject: Subject, not_before: datetime, not_after: datetime, point: bytes) -> bytes:
    name = _write_name(subject)
    return der.element(
        der.SEQUENCE,
        _VERSION_3,
        der.integer(serial),
        ALGORITHM_ECDSA_SHA256,
        name,
        der.element(der.SEQUENCE, der.time(not_before), der.time(not_after)),
        name,
        der.element(der.SEQUENCE, _KEY_ALGORITHM, der.element(der.BIT_STRING, b"\x00", point)),
        _EXTENSIONS,
    )


def _signed(to_be_signed: bytes, r: int, s: int) -> bytes:
    signature = der.element(der.SEQUENCE, der.integer(r), der.integer(s))
    return der.element(
        der.SEQUENCE, to_be_signed, ALGORITHM_ECDSA_SHA256, der.element(der.BIT_STRING, b"\x00", signature)
    )


def _write_name(subject: Subject) -> bytes:
    units = [subject.role.value, *([_DEMO_UNIT] if subject.is_demo else [])]
    return der.element(
        der.SEQUENCE,
        _attribute(_COMMON_NAME, der.UTF8_STRING, subject.name),
        _attribute(_ORGANISATION, der.UTF8_STRING, subject.organisation),
        *(_attribute(_UNIT, der.UTF8_STRING, unit) for unit in units),
        _attribute(_SERIAL_NUMBER, der.PRINTABLE_STRING, subject.code),
    )


def _attribute(kind: bytes, tag: int, text: str) -> bytes:
    return der.element(der.SET, der.element(der.SEQUENCE, kind, der.element(tag, text.encode("utf-8"))))


def _read_name(found: der.Element) -> Subject:
    """The subject of a name; kinds, tags and order are settled when the certificate is rebuilt."""
    texts = [part.child(0, der.SEQUENCE).children()[-1].body.decode("utf-8") for part in found.children()]
    if len(texts) not in {4, 5}:
        raise der.MalformedDer("number of attributes")
    name, organisation, role, code = *texts[:3], texts[-1]
    if name != _fit(name) or organisation != _fit(organisation) or not name or not organisation:
        raise der.MalformedDer("text of the subject")
    if _CODE.fullmatch(code) is None:
        raise der.MalformedDer("code of the subject")
    return Subject(code, WriterRole(role), name, organisation, is_demo=len(texts) == 5)


def _fit(text: str) -> str:
    """A text as a certificate holds it: NFC, printable, single spaces, at most 64 characters."""
    shown = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1].rstrip() + "…"
