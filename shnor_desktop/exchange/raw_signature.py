"""Bare signatures of 64 bytes for the seals of the log, one valid form each.

What is signed begins with a tag of its own, so that a seal can never pass for the signature of a package.
"""

from __future__ import annotations

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import ecdsa
from shnor_desktop.exchange.certificates import parse_certificate

_TAG = b"shnor/raw-signature/1\x00"


def tagged(data: bytes) -> bytes:
    """The bytes that are signed for `data`."""
    return _TAG + data


def verify_signature(certificate_der: bytes, data: bytes, signature: bytes) -> bool:
    """True when `Identity.sign` of the holder of this certificate made the signature over `data`."""
    try:
        certificate = parse_certificate(certificate_der)
    except KnownError:
        return False
    return ecdsa.verify(certificate.point, tagged(data), *ecdsa.from_raw(signature))
