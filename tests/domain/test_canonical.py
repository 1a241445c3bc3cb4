"""The one byte form of JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.canonical import (
    MAX_DEPTH,
    MAX_INTEGER,
    canonical_json,
    clean_text,
    decimal_text,
    encode_canonical,
    parse_canonical,
    parse_decimal,
)
from shnor_desktop.domain.errors import BugError, KnownError

_STANDARD = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
texts = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_that_what_is_written_reads_back_as_it_was(value: Any) -> None:
    assert parse_canonical(canonical_json(value)) == value


def test_that_every_sign_is_written_as_the_standard_library_writes_it() -> None:
    signs = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    assert encode_canonical(list(signs)) == _STANDARD.encode(list(signs)).encode()


@given(values)
def test_that_a_value_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert canonical_json(value) == _STANDARD.encode(value).encode()


def test_that_a_text_or_number_of_a_derived_class_is_written_as_a_plain_one() -> None:
    class Text(str):
        pass

    class Number(int):
        pass

    value = {Text("b"): [Text("я"), Number(5), ("x", True)], Text("a"): None}
    assert canonical_json(value) == _STANDARD.encode(value).encode()


@given(values, st.data())
def test_that_a_changed_byte_never_reads_as_the_same_value(value: Any, data: st.DataObject) -> None:
    written = bytearray(canonical_json(value))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    with suppress(KnownError):
        assert canonical_json(parse_canonical(bytes(written))) == bytes(written) != canonical_json(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b" 1",
        b"1\n",
        b"-0",
        b"01",
        b'"\\u0041"',
        b'"\\/"',
        b'"a\\u00e9"',
        "\ufeff1".encode(),
        '"е\u0308"'.encode(),
    ],
)
def test_that_a_second_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError, match=r"json\."):
        parse_canonical(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"1.0",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"1e999",
        b"9223372036854775808",
        b"-9223372036854775808",
        b"1" * 5000,
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2),
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_that_what_has_no_canonical_form_is_malformed(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        parse_canonical(data)
    assert caught.value.code == "json.malformed"


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: "a"}, {"е\u0308": 1}, ["и\u0306"], 2**63, b"bytes", object()])
def test_that_a_value_without_a_canonical_form_is_never_written(value: object) -> None:
    with pytest.raises(BugError):
        canonical_json(value)


@given(st.text(st.characters()))
def test_that_cleaned_text_can_be_written(text: str) -> None:
    cleaned = clean_text(text)
    assert parse_canonical(canonical_json(cleaned)) == cleaned
    assert clean_text(cleaned) == cleaned


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_that_a_number_has_one_spelling(number: Decimal) -> None:
    text = decimal_text(number)
    assert parse_decimal(text) == number
    assert decimal_text(parse_decimal(text)) == text


@pytest.mark.parametrize(
    "text",
    ["1.0", "01", "+1", "-0", "", " 1", "1e3", "1E+3", "1_000", "NaN", "Infinity", ".5", "5.", "١", "1e999999999"],
)
def test_that_another_spelling_of_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_decimal(text)
