"""Certificates of GOST R 34.10-2012 keys that accredited centres issue: what is needed of them (RFC 5280, RFC 9215)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import ber, gost
from shnor_desktop.exchange.gost_curves import CURVES
from shnor_desktop.exchange.streebog import streebog

LARGEST_CERTIFICATE = 16 * 1024
KEY_BITS = {"1.2.643.7.1.1.1.1": 256, "1.2.643.7.1.1.1.2": 512}
"""Algorithms of keys, and how long the digests are that they sign."""
SIGNATURE_BITS = {"1.2.643.7.1.1.3.2": 256, "1.2.643.7.1.1.3.3": 512}
_FAMILY_NAME, _GIVEN_NAME, _COMMON_NAME = "2.5.4.4", "2.5.4.42", "2.5.4.3"
_ORGANISATION, _POSITION = "2.5.4.10", "2.5.4.12"
_OGRN, _INN_OF_ORGANISATION, _INN = "1.2.643.100.1", "1.2.643.100.4", "1.2.643.3.131.1.1"
_POLICIES, _CLASSES_OF_QUALIFIED = "2.5.29.32", "1.2.643.100.113."
_CONTEXT_0, _CONTEXT_3 = 0xA0, 0xA3
_LONGEST_TEXT = 200
_INN_DIGITS, _PADDED_INN = 10, 12
_MOST_EXTENSIONS = 64


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate names, as far as a message tells it; empty texts where the certificate is silent."""

    name: str
    position: str
    organisation: str
    inn: str
    ogrn: str


@dataclass(frozen=True, slots=True)
class GostCertificate:
    """A certificate as it stands; whether somebody answers for it is seen elsewhere."""

    der: bytes = field(repr=False)
    holder: Holder
    subject: bytes = field(repr=False)
    issuer: bytes = field(repr=False)
    issuer_name: str
    serial: bytes = field(repr=False)
    """The contents of its INTEGER."""
    key_identifier: bytes = field(repr=False)
    not_before: datetime
    not_after: datetime
    key_kind: str
    """Object identifier of the algorithm of its key."""
    signed: bytes = field(repr=False)
    signature_kind: str
    signature: bytes = field(repr=False)
    is_called_qualified: bool
    """It names a class of means for a qualified signature; only the authority's chain proves it."""
    _key: ber.Node = field(repr=False)

    def key(self) -> gost.PublicKey:
        """Its key; KnownError qualified.not_gost, .unknown_curve or .bad_key."""
        algorithm, value = self._key.children()[:2]
        bits = KEY_BITS.get(self.key_kind)
        if bits is None:
            raise KnownError("qualified.not_gost")
        curve = CURVES.get(ber.object_id(algorithm.children()[1].expect(ber.SEQUENCE).children()[0]))
        if curve is None or 8 * curve.size != bits:
            raise KnownError("qualified.unknown_curve")
        point = ber.octets(ber.read_whole(ber.bits(value)))
        found = gost.read_key(curve, point)
        if found is None:
            raise KnownError("qualified.bad_key")
        return found

    def is_signed_by(self, key: gost.PublicKey) -> bool:
        """True when the key made the signature of this certificate."""
        bits = SIGNATURE_BITS.get(self.signature_kind)
        return bits == key.digest_bits and gost.verify(key, streebog(self.signed, bits), self.signature)


def read_certificate(node: ber.Node) -> GostCertificate:
    """Take a certificate apart; ber.MalformedBer for what is none."""
    if len(node.encoded) > LARGEST_CERTIFICATE:
        raise ber.MalformedBer("certificate is too long")
    to_be_signed, algorithm, signature = node.expect(ber.SEQUENCE).children()
    parts = to_be_signed.expect(ber.SEQUENCE).children()
    if parts[0].tag == _CONTEXT_0:
        del parts[0]
    serial, _, issuer, validity, subject, key = (
        part.expect(tag) for part, tag in zip(parts, _FIRST_PARTS, strict=False)
    )
    not_before, not_after = (ber.moment(part) for part in validity.children())
    extensions = _extensions(parts)
    named, issuer_named = _name(subject), _name(issuer)
    return GostCertificate(
        der=node.encoded,
        holder=_holder(named),
        subject=subject.encoded,
        issuer=issuer.encoded,
        issuer_name=issuer_named.get(_COMMON_NAME) or issuer_named.get(_ORGANISATION, ""),
        serial=serial.body,
        key_identifier=_key_identifier(extensions.get("2.5.29.14")),
        not_before=not_before,
        not_after=not_after,
        key_kind=ber.object_id(key.children()[0].expect(ber.SEQUENCE).children()[0]),
        signed=to_be_signed.encoded,
        signature_kind=ber.object_id(algorithm.expect(ber.SEQUENCE).children()[0]),
        signature=ber.bits(signature),
        is_called_qualified=_is_called_qualified(extensions.get(_POLICIES)),
        _key=key,
    )


_FIRST_PARTS = (ber.INTEGER, ber.SEQUENCE, ber.SEQUENCE, ber.SEQUENCE, ber.SEQUENCE, ber.SEQUENCE)


def _name(node: ber.Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in node.children():
        for pair in part.expect(ber.SET).children():
            kind, value = pair.expect(ber.SEQUENCE).children()
            found.setdefault(ber.object_id(kind), ber.text(value)[:_LONGEST_TEXT])
    return found


def _holder(named: dict[str, str]) -> Holder:
    """A certificate of an organisation has its name for a common name, and the person in the other two."""
    person = " ".join(word for word in (named.get(_FAMILY_NAME), named.get(_GIVEN_NAME)) if word)
    common, organisation = named.get(_COMMON_NAME, ""), named.get(_ORGANISATION, "")
    inn = named.get(_INN_OF_ORGANISATION, "")
    padded = named.get(_INN, "")
    if not inn and len(padded) == _PADDED_INN and padded.startswith("00"):
        inn = padded[-_INN_DIGITS:]
    return Holder(person or common, named.get(_POSITION, ""), organisation, inn, named.get(_OGRN, ""))


def _extensions(parts: list[ber.Node]) -> dict[str, bytes]:
    """The contents of the extensions by their identifiers."""
    found: dict[str, bytes] = {}
    for part in parts:
        if part.tag == _CONTEXT_3:
            for extension in part.children()[0].expect(ber.SEQUENCE).children()[:_MOST_EXTENSIONS]:
                fields = extension.expect(ber.SEQUENCE).children()
                found[ber.object_id(fields[0])] = ber.octets(fields[-1])
    return found


def _key_identifier(content: bytes | None) -> bytes:
    return b"" if content is None else ber.octets(ber.read_whole(content))


def _is_called_qualified(content: bytes | None) -> bool:
    if content is None:
        return False
    policies = (ber.object_id(policy.children()[0]) for policy in ber.read_whole(content).children())
    return any(policy.startswith(_CLASSES_OF_QUALIFIED) for policy in policies)
