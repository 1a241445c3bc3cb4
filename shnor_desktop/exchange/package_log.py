"""The log as it travels: one batch with its values, or one seal, a canonical line; lines packed into a member.

Format 1. `log/batches.ndjson.gz`: [bytes of the batch as text, [value of each change]], a value being [salt, value],
"absent" or "erased". `log/seals.ndjson.gz`: [replica, school, sequence, name, time, certificate, signature].
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shnor_desktop.domain.canonical import MAX_TEXT, canonical_json, encode_canonical, parse_canonical
from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import (
    MAX_LAMPORT,
    Batch,
    Head,
    Seal,
    StoredValue,
    ValueState,
    parse_batch,
    value_bytes_digest,
)
from shnor_desktop.exchange.compression import compress, decompress
from shnor_desktop.exchange.limits import MEBIBYTE

LARGEST_LOG = 32 * MEBIBYTE
"""Bytes of lines in a member: a school's year takes about one."""
_MOST_ITEMS = 1_000
_ID = re.compile(r"[0-9A-Za-z@_.-]{1,80}")
_HASH = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True)
class TravellingBatch:
    """A batch with the values that were not left out."""

    batch: Batch
    values: tuple[StoredValue, ...]


def pack_batches(batches: Iterable[TravellingBatch]) -> bytes:
    """The member that holds batches; KnownError package.log_too_large."""
    return _pack(_batch_line(item) for item in batches)


def unpack_batches(data: bytes) -> Iterator[TravellingBatch]:
    """What `pack_batches` packed; KnownError package.bomb and others, ValueError or TypeError for another form."""
    return (_read_batch(line) for line in _lines(data))


def pack_seals(seals: Iterable[Seal]) -> bytes:
    """The member that holds seals; KnownError package.log_too_large."""
    return _pack(_seal_line(seal) for seal in seals)


def unpack_seals(data: bytes) -> Iterator[Seal]:
    """What `pack_seals` packed; their signatures are not verified here."""
    return (_read_seal(line) for line in _lines(data))


def _pack(lines: Iterable[bytes]) -> bytes:
    content = b"".join(line + b"\n" for line in lines)
    if len(content) > LARGEST_LOG:
        raise KnownError("package.log_too_large", limit_mb=LARGEST_LOG // MEBIBYTE)
    return compress(content)


def _lines(data: bytes) -> Iterator[bytes]:
    content = decompress(data, LARGEST_LOG)
    start = 0
    while start < len(content):
        end = content.index(b"\n", start)
        yield content[start:end]
        start = end + 1


def _batch_line(item: TravellingBatch) -> bytes:
    values: list[Any] = [
        [value.salt, value.value] if value.state is ValueState.PRESENT else value.state.value for value in item.values
    ]
    return canonical_json([item.batch.data.decode("utf-8"), values])


def _read_batch(line: bytes) -> TravellingBatch:
    text, values = _list_of(parse_canonical(line), 2)
    if not isinstance(text, str):
        raise ValueError("batch")
    batch = parse_batch(text.encode("utf-8"))
    read = tuple(_read_value(value) for value in _list_of(values, len(batch.changes)))
    if any(not _matches(value, change.digest) for value, change in zip(read, batch.changes, strict=True)):
        raise KnownError("package.contents_do_not_match")
    return TravellingBatch(batch, read)


def _matches(value: StoredValue, digest: str) -> bool:
    """`StoredValue.matches` for a value that was just read: it is canonical, and so is its salt."""
    if value.state is not ValueState.PRESENT:
        return True
    return value_bytes_digest(value.salt, encode_canonical(value.value)) == digest


def _read_value(item: Any) -> StoredValue:
    if isinstance(item, str):
        state = ValueState(item)
        if state is ValueState.PRESENT:
            raise ValueError("state")
        return StoredValue(state)
    salt, value = _list_of(item, 2)
    if not isinstance(salt, str) or not _SALT.fullmatch(salt):
        raise ValueError("salt")
    texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    if isinstance(value, dict) or not all(isinstance(text, str) for text in texts):
        raise ValueError("value")
    if len(texts) > _MOST_ITEMS or any(len(text) > MAX_TEXT for text in texts):
        raise ValueError("value too long")
    return StoredValue(ValueState.PRESENT, salt, value)


def _seal_line(seal: Seal) -> bytes:
    certificate = base64.b64encode(seal.certificate).decode("ascii")
    fields = [seal.replica, seal.school, seal.head.sequence, seal.head.name, seal.sealed_at]
    return canonical_json([*fields, certificate, seal.signature.hex()])


def _read_seal(line: bytes) -> Seal:
    replica, school, sequence, name, sealed_at, certificate, signature = _list_of(parse_canonical(line), 7)
    for text, form in ((replica, _ID), (school, _ID), (name, _HASH), (signature, _SIGNATURE)):
        if not isinstance(text, str) or not form.fullmatch(text):
            raise ValueError("seal")
    if type(sequence) is not int or not 1 <= sequence <= MAX_LAMPORT:
        raise ValueError("sequence")
    parse_utc(sealed_at)
    decoded = base64.b64decode(certificate, validate=True)
    return Seal(replica, school, Head(sequence, name), sealed_at, decoded, bytes.fromhex(signature))


def _list_of(found: Any, length: int) -> list[Any]:
    if not isinstance(found, list) or len(found) != length:
        raise ValueError("not a list of that length")
    return found
