"""Compressed members: one header, a bound on what they unpack to, and not a byte after the end."""

from __future__ import annotations

import gzip
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.compression import LARGEST_RATIO, compress, decompress
from shnor_desktop.exchange.limits import MEBIBYTE

CONTENT = b'{"a":1}\n' * 500


def refusal(data: bytes, largest: int = MEBIBYTE) -> str:
    """The code with which compressed data is refused."""
    with pytest.raises(KnownError) as caught:
        decompress(data, largest)
    return caught.value.code


@given(st.binary(max_size=5_000))
def test_that_what_was_packed_comes_back(content: bytes) -> None:
    assert decompress(compress(content)) == content


def test_that_gzip_of_every_system_opens_it() -> None:
    assert gzip.decompress(compress(CONTENT)) == CONTENT


def test_that_the_header_tells_neither_time_nor_system() -> None:
    assert compress(CONTENT)[:10] == bytes.fromhex("1f8b08000000000000ff")


def test_that_another_header_is_refused() -> None:
    assert refusal(gzip.compress(CONTENT, mtime=1)) == "package.compression"
    assert refusal(zlib.compress(CONTENT)) == "package.compression"


def test_that_every_cut_is_refused() -> None:
    whole = compress(CONTENT)
    assert {refusal(whole[:length]) for length in range(len(whole))} == {"package.compression"}


def test_that_bytes_after_the_end_are_refused() -> None:
    assert refusal(compress(CONTENT) + b"\x00") == "package.compression"
    assert refusal(compress(CONTENT) * 2) == "package.compression"


def test_that_a_wrong_checksum_is_refused() -> None:
    whole = compress(CONTENT)
    for position in range(1, 9):
        damaged = bytearray(whole)
        damaged[-position] ^= 1
        assert refusal(bytes(damaged)) == "package.compression"


def test_that_a_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(64)) + packer.flush()
    bomb = compress(b"")[:10] + body + bytes(8)
    assert len(bomb) < MEBIBYTE
    assert refusal(bomb, 1024 * MEBIBYTE) == "package.bomb"


def test_that_content_beyond_the_bound_of_the_caller_is_refused() -> None:
    assert refusal(compress(os.urandom(5_001)), 5_000) == "package.bomb"
    assert decompress(compress(os.urandom(5_000)), 5_000)


def test_that_honest_content_that_packs_like_a_bomb_still_comes_back() -> None:
    content = bytes(8 * MEBIBYTE)
    packed = compress(content)
    assert len(content) <= LARGEST_RATIO * len(packed)
    assert decompress(packed) == content
