"""ECDSA over P-256 with SHA-256, with one valid signature for a key and a message.

Deterministic nonces (RFC 6979) make the same input give the same bytes; of the two values of s that verify only the
lower one is made and accepted, so nobody can turn one signature into another.
"""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of the group of P-256 (SEC 2)."""
RAW_LENGTH = 64
_HALF = 32
_SIGN = ec.ECDSA(SHA256(), deterministic_signing=True)
_VERIFY = ec.ECDSA(SHA256())
_POINT_PREFIX = 0x04


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> tuple[int, int]:
    """The signature (r, s), s in the lower half."""
    r, s = decode_dss_signature(key.sign(data, _SIGN))
    return r, min(s, ORDER - s)


def is_low(r: int, s: int) -> bool:
    """True for the one form in which (r, s) is accepted."""
    return 0 < r < ORDER and 0 < s <= ORDER // 2


def verify(point: bytes, data: bytes, r: int, s: int) -> bool:
    """True when (r, s) is the low signature of `data` by the key at this uncompressed point."""
    if not is_low(r, s):
        return False
    try:
        _public_key(point).verify(encode_dss_signature(r, s), data, _VERIFY)
    except (InvalidSignature, ValueError):
        return False
    return True


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point of a public key, 65 bytes."""
    numbers = key.public_numbers()
    return bytes((_POINT_PREFIX,)) + numbers.x.to_bytes(_HALF, "big") + numbers.y.to_bytes(_HALF, "big")


def require_point(point: bytes) -> None:
    """ValueError for what is no public key."""
    _public_key(point)


def to_raw(r: int, s: int) -> bytes:
    """r ‖ s, 32 bytes each, big-endian."""
    return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")


def from_raw(signature: bytes) -> tuple[int, int]:
    """(r, s) of 64 bytes; (0, 0), which never verifies, for any other length."""
    if len(signature) != RAW_LENGTH:
        return 0, 0
    return int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")


@lru_cache(maxsize=512)
def _public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
