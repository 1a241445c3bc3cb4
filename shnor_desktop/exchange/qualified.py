"""A qualified signature (УКЭП): a CMS that another program made over the list of files of a package (RFC 5652, 9215).

Taken as DER, BER or base64, detached or with the same list inside. What can be said without a network is said: the
mathematics, whose certificate it is and until when, and how far the chain inside the file goes. Whether the root is an
accredited one and whether the certificate was revoked is not known here.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha1, sha256, sha512

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import ber, gost
from shnor_desktop.exchange.gost_certificates import (
    KEY_BITS,
    SIGNATURE_BITS,
    GostCertificate,
    Holder,
    read_certificate,
)
from shnor_desktop.exchange.streebog import streebog

LARGEST_SIGNATURE = 256 * 1024
"""Bytes; with a whole chain and stamps of time there are some 20 KB."""
LARGEST_LIST = 256 * 1024
"""Bytes of a list of files that may be signed so: the hash of GOST is slow here."""
_SIGNED_DATA, _DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SIGNING_CERTIFICATE, _SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
_DIGEST_BITS = {"1.2.643.7.1.1.2.2": 256, "1.2.643.7.1.1.2.3": 512}
_OLD = ("1.2.643.2.2.9", "1.2.643.2.2.19", "1.2.643.2.2.3")
_SHA = {"2.16.840.1.101.3.4.2.1": sha256, "2.16.840.1.101.3.4.2.3": sha512, "1.3.14.3.2.26": sha1}
_BITS_OF_SIGNATURE = {**KEY_BITS, **SIGNATURE_BITS}
_CONTEXT_0, _CONTEXT_1 = 0xA0, 0xA1
_KEY_IDENTIFIER = (0x80, 0xA0)
_MOST_CERTIFICATES = 12
_LARGEST_ATTRIBUTES = 16 * 1024
_LONGEST_CHAIN = 6
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]{1,30}-----(.*?)-----END ", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")


class Chain(StrEnum):
    """How far the certificates in the file lead up from the signer's."""

    SELF_SIGNED = "self_signed"
    """It is its own authority: anybody can make one."""
    WHOLE = "whole"
    """Up to a root, which this program does not know."""
    PART = "part"
    """Some authorities above it, the root not."""
    ABSENT = "absent"
    """Only the signer's own."""


@dataclass(frozen=True, slots=True)
class QualifiedSignature:
    """A signature whose mathematics holds."""

    holder: Holder
    issuer: str
    serial: str
    """In hexadecimal, as the programs of accredited centres show it."""
    not_before: datetime
    not_after: datetime
    signed_at: datetime | None
    """The signer's clock; None where the signature does not tell it."""
    bits: int
    is_cades: bool
    """It names its certificate under the signature, so that no other can be put in its place."""
    is_called_qualified: bool
    chain: Chain
    root: str
    """Name of the uppermost authority in the file; empty where there is none."""

    def is_valid_at(self, moment: datetime) -> bool:
        """True when the moment lies within the lifetime of the certificate."""
        return self.not_before <= moment <= self.not_after


def read_signature_file(data: bytes) -> bytes:
    """DER or BER of a signature file, which may be base64 with or without lines around it; KnownError qualified.*"""
    if len(data) > 2 * LARGEST_SIGNATURE:
        raise KnownError("qualified.too_large", limit_kb=LARGEST_SIGNATURE // 1024)
    found = _PEM.search(data)
    text = data.removeprefix(b"\xef\xbb\xbf") if found is None else found[1]
    if found is not None or (not data.startswith(b"0\x80") and _BASE64.fullmatch(text)):
        try:
            data = b64decode(b"".join(text.split()), validate=True)
        except Base64Error as error:
            raise KnownError("qualified.malformed") from error
    if len(data) > LARGEST_SIGNATURE:
        raise KnownError("qualified.too_large", limit_kb=LARGEST_SIGNATURE // 1024)
    return data


def verify_qualified(content: bytes, signature: bytes) -> QualifiedSignature:
    """Check a signature over `content`.

    KnownError qualified.malformed, .too_large, .list_too_long, .several_signers, .certificate_absent, .old_gost,
    .not_gost, .unknown_curve, .bad_key, .other_content, .signature_wrong, .certificate_differs, .chain_broken.
    """
    if len(signature) > LARGEST_SIGNATURE:
        raise KnownError("qualified.too_large", limit_kb=LARGEST_SIGNATURE // 1024)
    if len(content) > LARGEST_LIST:
        raise KnownError("qualified.list_too_long", limit_kb=LARGEST_LIST // 1024)
    try:
        return _verify(content, signature)
    except (ValueError, IndexError) as error:
        raise KnownError("qualified.malformed") from error


def _verify(content: bytes, signature: bytes) -> QualifiedSignature:
    parts = _signed_data(signature)
    inside = _content_inside(parts[2])
    if inside is not None and inside != content:
        raise KnownError("qualified.other_content")
    given = [part for part in parts[3:-1] if part.tag == _CONTEXT_0]
    signers = parts[-1].expect(ber.SET).children()
    if len(signers) != 1:
        raise KnownError("qualified.several_signers", count=len(signers))
    signer = _Signer.read(signers[0], ber.object_id(parts[2].children()[0]))
    certificates = _certificates(given[0]) if given else []
    certificate = signer.certificate(certificates)
    key = certificate.key()
    signer.require_signature(content, key)
    is_cades = signer.names_certificate(certificate)
    chain, root = _chain(certificate, key, certificates)
    return QualifiedSignature(
        holder=certificate.holder,
        issuer=certificate.issuer_name,
        serial=certificate.serial.hex(),
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        signed_at=signer.signed_at(),
        bits=key.digest_bits,
        is_cades=is_cades,
        is_called_qualified=certificate.is_called_qualified,
        chain=chain,
        root=root,
    )


def _signed_data(signature: bytes) -> list[ber.Node]:
    kind, content = ber.read_whole(signature).expect(ber.SEQUENCE).children()
    if ber.object_id(kind) != _SIGNED_DATA:
        raise ber.MalformedBer("not signed data")
    parts = content.expect(_CONTEXT_0).children()[0].expect(ber.SEQUENCE).children()
    if len(parts) < 4:
        raise ber.MalformedBer("parts are missing")
    return parts


def _content_inside(node: ber.Node) -> bytes | None:
    fields = node.expect(ber.SEQUENCE).children()
    return ber.octets(fields[1].expect(_CONTEXT_0).children()[0]) if len(fields) > 1 else None


def _certificates(node: ber.Node) -> list[GostCertificate]:
    """The certificates that can be read; those of other kinds, as of a stamp of time, are passed over."""
    found = []
    for part in node.children()[:_MOST_CERTIFICATES]:
        try:
            found.append(read_certificate(part))
        except (ValueError, IndexError):
            continue
    return found


@dataclass(frozen=True, slots=True)
class _Signer:
    """The one SignerInfo of a signature."""

    named: ber.Node
    digest_bits: int
    attributes: dict[str, ber.Node]
    signed_attributes: bytes | None
    signature: bytes
    content_kind: str

    @classmethod
    def read(cls, node: ber.Node, content_kind: str) -> _Signer:
        """Take it apart; only its kinds of algorithms are judged."""
        _, named, digest, *rest = node.expect(ber.SEQUENCE).children()
        attributes = rest.pop(0) if rest[0].tag == _CONTEXT_0 else None
        digest_kind, signature_kind = (
            ber.object_id(part.expect(ber.SEQUENCE).children()[0]) for part in (digest, rest[0])
        )
        if digest_kind in _OLD or signature_kind in _OLD:
            raise KnownError("qualified.old_gost")
        bits = _DIGEST_BITS.get(digest_kind)
        if bits is None or _BITS_OF_SIGNATURE.get(signature_kind) != bits:
            raise KnownError("qualified.not_gost")
        if attributes is not None and (attributes.is_endless or len(attributes.encoded) > _LARGEST_ATTRIBUTES):
            raise ber.MalformedBer("what is signed has no one form, or is too long")
        return cls(
            named,
            bits,
            {} if attributes is None else _attributes(attributes),
            None if attributes is None else bytes((ber.SET,)) + attributes.encoded[1:],
            ber.octets(rest[1]),
            content_kind,
        )

    def certificate(self, certificates: list[GostCertificate]) -> GostCertificate:
        """The one among these that made the signature; qualified.certificate_absent."""
        if self.named.tag in _KEY_IDENTIFIER:
            wanted = ber.octets(self.named)
            fit = [one for one in certificates if one.key_identifier == wanted]
        else:
            issuer, serial = self.named.expect(ber.SEQUENCE).children()
            named = (issuer.encoded, serial.expect(ber.INTEGER).body)
            fit = [one for one in certificates if (one.issuer, one.serial) == named]
        if not fit:
            raise KnownError("qualified.certificate_absent")
        return fit[0]

    def require_signature(self, content: bytes, key: gost.PublicKey) -> None:
        """KnownError qualified.other_content or .signature_wrong unless the key signed this content."""
        if key.digest_bits != self.digest_bits:
            raise KnownError("qualified.signature_wrong")
        digest = streebog(content, self.digest_bits)
        if self.signed_attributes is not None:
            if ber.object_id(self._attribute(_CONTENT_TYPE)) != self.content_kind:
                raise ber.MalformedBer("kind of the content")
            if ber.octets(self._attribute(_MESSAGE_DIGEST)) != digest:
                raise KnownError("qualified.other_content")
            digest = streebog(self.signed_attributes, self.digest_bits)
        elif self.content_kind != _DATA:
            raise ber.MalformedBer("kind of the content")
        if not gost.verify(key, digest, self.signature):
            raise KnownError("qualified.signature_wrong")

    def names_certificate(self, certificate: GostCertificate) -> bool:
        """Whether the certificate is named under the signature; qualified.certificate_differs when it is another."""
        kinds = [kind for kind in (_SIGNING_CERTIFICATE_2, _SIGNING_CERTIFICATE) if kind in self.attributes]
        for kind in kinds:
            first = self._attribute(kind).children()[0].children()[0].expect(ber.SEQUENCE).children()
            algorithm = "1.3.14.3.2.26" if kind == _SIGNING_CERTIFICATE else "2.16.840.1.101.3.4.2.1"
            if first[0].tag == ber.SEQUENCE:
                algorithm = ber.object_id(first.pop(0).children()[0])
            digest = _digest(algorithm, certificate.der)
            if digest is not None and digest != ber.octets(first[0]):
                raise KnownError("qualified.certificate_differs")
        return bool(kinds)

    def signed_at(self) -> datetime | None:
        """When, by the signer's clock."""
        return ber.moment(self._attribute(_SIGNING_TIME)) if _SIGNING_TIME in self.attributes else None

    def _attribute(self, kind: str) -> ber.Node:
        if kind not in self.attributes:
            raise ber.MalformedBer(f"attribute {kind} is missing")
        return self.attributes[kind].expect(ber.SET).children()[0]


def _attributes(node: ber.Node) -> dict[str, ber.Node]:
    found: dict[str, ber.Node] = {}
    for attribute in node.children():
        kind, values = attribute.expect(ber.SEQUENCE).children()
        if (name := ber.object_id(kind)) in found:
            raise ber.MalformedBer("an attribute twice")
        found[name] = values
    return found


def _digest(algorithm: str, data: bytes) -> bytes | None:
    """None for an algorithm that is not known here: nothing can be said then."""
    if algorithm in _DIGEST_BITS:
        return streebog(data, _DIGEST_BITS[algorithm])
    return _SHA[algorithm](data).digest() if algorithm in _SHA else None


def _chain(certificate: GostCertificate, key: gost.PublicKey, certificates: list[GostCertificate]) -> tuple[Chain, str]:
    """How far up the certificates in the file go, each signed by the next; qualified.chain_broken where it is not."""
    if certificate.issuer == certificate.subject:
        _require_link(certificate, key)
        return Chain.SELF_SIGNED, ""
    found, root, seen = Chain.ABSENT, "", {certificate.der}
    while len(seen) <= _LONGEST_CHAIN:
        above = next((one for one in certificates if one.subject == certificate.issuer and one.der not in seen), None)
        if above is None or above.key_kind not in KEY_BITS or certificate.signature_kind not in SIGNATURE_BITS:
            return found, root
        key = above.key()
        _require_link(certificate, key)
        certificate, root, found = above, above.holder.name or above.holder.organisation, Chain.PART
        seen.add(above.der)
        if above.issuer == above.subject:
            _require_link(above, key)
            return Chain.WHOLE, root
    return found, root


def _require_link(certificate: GostCertificate, key: gost.PublicKey) -> None:
    if not certificate.is_signed_by(key):
        raise KnownError("qualified.chain_broken", name=certificate.holder.name)
