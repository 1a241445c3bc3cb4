"""GOST R 34.10-2012: whether a signature fits a digest and a key (RFC 7091), in plain Python.

Only what is public is reckoned with here, so that it need not take the same time for all numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.exchange.gost_curves import Curve

_Jacobian = tuple[int, int, int]
_NOWHERE: _Jacobian = (1, 1, 0)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point of a curve."""

    curve: Curve
    x: int
    y: int

    @property
    def digest_bits(self) -> int:
        """How long the digests are that it signs."""
        return 8 * self.curve.size

    def is_sound(self) -> bool:
        """True for a point of the curve that lies in the part of the base point."""
        curve = self.curve
        if not (0 <= self.x < curve.prime and 0 <= self.y < curve.prime):
            return False
        if (self.y * self.y - (self.x**3 + curve.a * self.x + curve.b)) % curve.prime:
            return False
        if curve.cofactor == 1:
            return True
        return not _sum_of_multiples(curve, (self.x, self.y, 1), curve.order, _NOWHERE, 0)[2]


def read_key(curve: Curve, encoded: bytes) -> PublicKey | None:
    """The key from x ‖ y, each with its lowest byte first (RFC 9215); None for what is no point of the curve."""
    if len(encoded) != 2 * curve.size:
        return None
    x, y = (int.from_bytes(part, "little") for part in (encoded[: curve.size], encoded[curve.size :]))
    key = PublicKey(curve, x, y)
    return key if key.is_sound() else None


def verify(key: PublicKey, digest: bytes, signature: bytes) -> bool:
    """True when `signature` (s ‖ r, each with its highest byte first) was made over `digest` by this key."""
    curve = key.curve
    if len(signature) != 2 * curve.size or len(digest) != curve.size:
        return False
    s, r = (int.from_bytes(part, "big") for part in (signature[: curve.size], signature[curve.size :]))
    if not (0 < r < curve.order and 0 < s < curve.order):
        return False
    inverse = pow(int.from_bytes(digest, "little") % curve.order or 1, -1, curve.order)
    base, point = (curve.base_x, curve.base_y, 1), (key.x, key.y, 1)
    x, _, z = _sum_of_multiples(curve, base, s * inverse % curve.order, point, -r * inverse % curve.order)
    return bool(z) and x * pow(z, -2, curve.prime) % curve.prime % curve.order == r


def _sum_of_multiples(curve: Curve, one: _Jacobian, times: int, other: _Jacobian, other_times: int) -> _Jacobian:
    """`times` · `one` + `other_times` · `other`, both walked through at once."""
    both = _add(curve, one, other)
    found = _NOWHERE
    for bit in range(max(times.bit_length(), other_times.bit_length()) - 1, -1, -1):
        found = _double(curve, found)
        if times >> bit & 1:
            found = _add(curve, found, both if other_times >> bit & 1 else one)
        elif other_times >> bit & 1:
            found = _add(curve, found, other)
    return found


def _double(curve: Curve, point: _Jacobian) -> _Jacobian:
    x, y, z = point
    prime = curve.prime
    if not y or not z:
        return _NOWHERE
    square = y * y % prime
    shift = 4 * x * square % prime
    slope = (3 * x * x + curve.a * pow(z, 4, prime)) % prime
    new_x = (slope * slope - 2 * shift) % prime
    return new_x, (slope * (shift - new_x) - 8 * square * square) % prime, 2 * y * z % prime


def _add(curve: Curve, one: _Jacobian, other: _Jacobian) -> _Jacobian:
    if not one[2]:
        return other
    if not other[2]:
        return one
    prime = curve.prime
    x1, y1, z1 = one
    x2, y2, z2 = other
    z1_square, z2_square = z1 * z1 % prime, z2 * z2 % prime
    left, right = x1 * z2_square % prime, y1 * z2 * z2_square % prime
    width = (x2 * z1_square - left) % prime
    height = (y2 * z1 * z1_square - right) % prime
    if not width:
        return _NOWHERE if height else _double(curve, one)
    square = width * width % prime
    cube = width * square % prime
    shift = left * square % prime
    new_x = (height * height - cube - 2 * shift) % prime
    return new_x, (height * (shift - new_x) - right * cube) % prime, width * z1 * z2 % prime
