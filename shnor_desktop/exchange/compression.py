"""Compressed members (`….ndjson.gz`): gzip (RFC 1952) with one fixed header, read with bounds against bombs."""

from __future__ import annotations

import zlib
from struct import Struct

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.limits import MEBIBYTE

LARGEST_CONTENT = 256 * MEBIBYTE
"""Bytes that one member may unpack to."""
LARGEST_RATIO = 100
_FREE_OF_RATIO = MEBIBYTE  # so small a content harms nobody, whatever its ratio
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # deflate, no name, no time, unknown system
_TRAILER = Struct("<2I")
_LEVEL = 6
_UNPACKED = 0
_RAW = -zlib.MAX_WBITS


def compress(content: bytes) -> bytes:
    """gzip with neither time nor system in it; what would look like a bomb is wrapped without being packed."""
    packed = _wrap(content, _LEVEL)
    return packed if len(content) <= _bound(len(packed)) else _wrap(content, _UNPACKED)


def decompress(data: bytes, largest: int = LARGEST_CONTENT) -> bytes:
    """The content; KnownError package.bomb (beyond `largest` bytes or 100-fold) or package.compression.

    The latter for another header, a cut or damaged stream, a wrong checksum or bytes after the end.
    """
    if not data.startswith(_HEADER) or len(data) < len(_HEADER) + _TRAILER.size:
        raise KnownError("package.compression")
    bound = min(largest, _bound(len(data)))
    unpacker = zlib.decompressobj(_RAW)
    try:
        content = unpacker.decompress(data[len(_HEADER) :], bound + 1)
    except zlib.error as error:
        raise KnownError("package.compression") from error
    if len(content) > bound:
        raise KnownError("package.bomb", limit_mb=bound // MEBIBYTE)
    if not unpacker.eof or unpacker.unused_data != _TRAILER.pack(zlib.crc32(content), len(content)):
        raise KnownError("package.compression")
    return content


def _bound(packed: int) -> int:
    return max(_FREE_OF_RATIO, LARGEST_RATIO * packed)


def _wrap(content: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    body = packer.compress(content) + packer.flush()
    return _HEADER + body + _TRAILER.pack(zlib.crc32(content), len(content) & 0xFFFFFFFF)
