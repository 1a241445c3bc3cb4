"""Streebog and GOST R 34.10-2012 agree with the standards, and with OpenSSL's engine."""

from __future__ import annotations

import hashlib
import subprocess

import pytest

from shnor_desktop.exchange import gost
from shnor_desktop.exchange.gost_curves import CURVES, Curve
from shnor_desktop.exchange.streebog import streebog

# RFC 6986, 10.1 and 10.2: the messages and digests, there with the highest byte first.
FIRST = b"012345678901234567890123456789012345678901234567890123456789012"[::-1].hex()
SECOND = (
    "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec"
    "20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1"
)
DIGESTS = {
    (FIRST, 512): "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00"
    "fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b",
    (FIRST, 256): "00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d",
    (SECOND, 512): "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03"
    "7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e",
    (SECOND, 256): "508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d",
}
DISTINCT = sorted(set(CURVES.values()), key=lambda curve: (curve.prime, curve.order))


@pytest.mark.parametrize(("message", "bits"), DIGESTS)
def test_that_the_digests_of_the_standard_come_out(message: str, bits: int) -> None:
    assert streebog(bytes.fromhex(message)[::-1], bits)[::-1].hex() == DIGESTS[message, bits]


@pytest.mark.parametrize("bits", [256, 512])
@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 127, 128, 1000])
def test_that_the_engine_of_openssl_digests_the_same(length: int, bits: int) -> None:
    data = hashlib.shake_256(b"%d" % length).digest(length)
    command = ["openssl", "dgst", "-engine", "gost", f"-md_gost12_{bits}", "-binary"]
    assert subprocess.run(command, input=data, capture_output=True, check=True).stdout == streebog(data, bits)


@pytest.mark.parametrize("curve", DISTINCT)
def test_that_the_base_point_lies_on_its_curve_and_has_its_order(curve: Curve) -> None:
    key = gost.PublicKey(curve, curve.base_x, curve.base_y)
    assert key.is_sound()
    assert not gost._sum_of_multiples(curve, (key.x, key.y, 1), curve.order, gost._NOWHERE, 0)[2]


def signed(curve: Curve, secret: int, nonce: int, digest: bytes) -> tuple[gost.PublicKey, bytes]:
    """A key and its signature by the formulas of the standard."""
    base = (curve.base_x, curve.base_y, 1)

    def times(number: int) -> tuple[int, int]:
        x, y, z = gost._sum_of_multiples(curve, base, number, gost._NOWHERE, 0)
        return x * pow(z, -2, curve.prime) % curve.prime, y * pow(z, -3, curve.prime) % curve.prime

    r = times(nonce)[0] % curve.order
    s = (r * secret + nonce * (int.from_bytes(digest, "little") % curve.order or 1)) % curve.order
    size = curve.size
    return gost.PublicKey(curve, *times(secret)), s.to_bytes(size, "big") + r.to_bytes(size, "big")


@pytest.mark.parametrize("curve", DISTINCT)
def test_that_a_signature_fits_its_digest_and_key_alone(curve: Curve) -> None:
    digest = streebog(b"content", 8 * curve.size)
    key, signature = signed(curve, 0x1234567, 0x7654321, digest)
    other, _ = signed(curve, 0x1234568, 0x7654321, digest)
    assert gost.verify(key, digest, signature)
    assert not gost.verify(other, digest, signature)
    assert not gost.verify(key, streebog(b"Content", 8 * curve.size), signature)
    for position in range(0, len(signature) * 8, 37):
        damaged = bytearray(signature)
        damaged[position // 8] ^= 1 << position % 8
        assert not gost.verify(key, digest, bytes(damaged))


@pytest.mark.parametrize("curve", DISTINCT)
def test_that_numbers_outside_of_their_range_are_no_signature(curve: Curve) -> None:
    digest = streebog(b"content", 8 * curve.size)
    key, signature = signed(curve, 5, 7, digest)
    size, order = curve.size, curve.order.to_bytes(curve.size, "big")
    for wrong in (bytes(2 * size), order + order, signature[:size] + bytes(size), bytes(size) + signature[size:]):
        assert not gost.verify(key, digest, wrong)
    assert not gost.verify(key, digest, signature[:-1])
    assert not gost.verify(key, digest[:-1], signature)


@pytest.mark.parametrize("curve", DISTINCT)
def test_that_no_point_beside_the_curve_is_a_key(curve: Curve) -> None:
    def encoded(x: int, y: int) -> bytes:
        return x.to_bytes(curve.size, "little") + y.to_bytes(curve.size, "little")

    assert gost.read_key(curve, encoded(curve.base_x, curve.base_y)) is not None
    assert gost.read_key(curve, encoded(curve.base_x, curve.base_y ^ 1)) is None
    assert gost.read_key(curve, encoded(0, 0)) is None
    assert gost.read_key(curve, b"\xff" * (2 * curve.size)) is None
    assert gost.read_key(curve, encoded(curve.base_x, curve.base_y)[:-1]) is None


@pytest.mark.parametrize("curve", [curve for curve in DISTINCT if curve.cofactor > 1])
def test_that_a_point_of_a_small_part_of_the_curve_is_no_key(curve: Curve) -> None:
    """The points of order two have y = 0: their x is a root of x³ + ax + b."""
    root = next(x for x in _roots(curve) if (x**3 + curve.a * x + curve.b) % curve.prime == 0)
    assert not gost.PublicKey(curve, root, 0).is_sound()


def _roots(curve: Curve) -> list[int]:
    """An x with y = 0: reached by the part of a point that the order of the base does not cancel."""
    found = []
    for x in range(2, 60):
        square = (x**3 + curve.a * x + curve.b) % curve.prime
        y = pow(square, (curve.prime + 1) // 4, curve.prime)
        if y * y % curve.prime != square:
            continue
        part = gost._sum_of_multiples(curve, (x, y, 1), curve.order, gost._NOWHERE, 0)
        for candidate in (part, gost._double(curve, part)):
            if candidate[2] and not candidate[1]:
                found.append(candidate[0] * pow(candidate[2], -2, curve.prime) % curve.prime)
    return found
