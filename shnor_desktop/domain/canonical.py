"""The one byte form of JSON that is hashed, signed and compared.

Keys sorted, no spaces, UTF-8, text in NFC, integers of at most 63 bits, no floats. Reading is strict: what is
not exactly the form that `canonical_json` writes is refused, so equal meaning has equal bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NoReturn

import msgspec

from shnor_desktop.domain.errors import BugError, KnownError

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
WireValue = None | bool | int | str | list[str]
"""What a field of an entity may hold in the log."""

MAX_INTEGER = 2**63 - 1
MAX_DEPTH = 32
MAX_TEXT = 200_000
_DECIMAL = re.compile(r"0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def canonical_json(value: object) -> bytes:
    """The canonical bytes of a JSON value; BugError for a value that has none (float, NaN, not NFC)."""
    _require_canonical(value, 0)
    return encode_canonical(value)


def _plain(value: object) -> object:
    """Texts, numbers and objects of classes derived from those of the language are written as these."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return dict(value)
    raise BugError(f"no canonical form for {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(order="deterministic", enc_hook=_plain)
"""Writes what the standard library writes without spaces, sorted and unescaped, in a tenth of the time; a test compares
them over every sign."""


def encode_canonical(value: object) -> bytes:
    """The same bytes for a value that is known to be canonical: what was read or checked before."""
    return _ENCODER.encode(value)


def parse_canonical(data: bytes) -> Any:
    """Read canonical bytes; KnownError json.malformed or json.not_canonical for anything else."""
    try:
        value = _DECODER.decode(data)
        if not data.isascii() and not unicodedata.is_normalized("NFC", str(data, "utf-8")):
            raise ValueError("text is not NFC")  # a part of a text in NFC is in NFC
        _require_shape(value, 0)
    except (ValueError, RecursionError, BugError) as error:
        raise KnownError("json.malformed") from error
    if encode_canonical(value) != data:
        raise KnownError("json.not_canonical")
    return value


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


_DECODER = msgspec.json.Decoder(float_hook=_refuse)


def _require_shape(value: object, depth: int) -> None:
    """Of what a reader made of JSON only depth and integers can be amiss: its texts are checked as one."""
    if depth > MAX_DEPTH:
        raise BugError("JSON nested too deep")
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            if type(item) is not str:
                _require_shape(item, depth + 1)
    elif isinstance(value, int) and not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise BugError("integer beyond 63 bits")


def _require_canonical(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BugError("JSON nested too deep")
    if isinstance(value, str):
        _require_text(value)
    elif isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise BugError("JSON keys are texts")
            _require_text(key)
        _require_each(value.values(), depth + 1)
    elif isinstance(value, list | tuple):
        _require_each(value, depth + 1)
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise BugError("integer beyond 63 bits")
    elif value is not None:
        raise BugError(f"no canonical form for {type(value).__name__}")


def _require_each(values: Iterable[object], depth: int) -> None:
    for value in values:
        if type(value) is not str or not value.isascii():  # most of what is hashed is plain ASCII
            _require_canonical(value, depth)


def _require_text(text: str) -> None:
    if text.isascii():
        return
    if not unicodedata.is_normalized("NFC", text):
        raise BugError("text is not NFC")
    text.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError


def without_control(text: str) -> str:
    """A text of the log without control characters; tabs and line ends stay."""
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def clean_text(text: str) -> str:
    """Typed or imported text in its stored form: NFC, one kind of line end, no control characters."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def decimal_text(value: Decimal) -> str:
    """The canonical text of a decimal: no exponent, no trailing zeros, no «-0»."""
    if not value.is_finite():
        raise BugError("a number is finite")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def parse_decimal(text: str) -> Decimal:
    """Read a canonical decimal; ValueError for any other spelling."""
    if not _DECIMAL.fullmatch(text):  # before Decimal reads it: «1e999999999» would be written out in full
        raise ValueError(text)
    return Decimal(text)
