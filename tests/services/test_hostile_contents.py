"""Contents that a trusted school signed and that are not what this program writes: refused, named, nothing changed."""

from __future__ import annotations

import random

import pytest

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.exchange.compression import compress
from shnor_desktop.exchange.package import BATCHES, COVER, LARGEST_MANIFEST, MANIFEST, SEALS
from shnor_desktop.exchange.package_log import LARGEST_LOG
from tests.services.exchange_desks import Desks
from tests.services.hostile_school import Liar, judged, liar, met_desks, refusal

__all__ = ["liar", "met_desks"]

MALFORMED = ("damaged", "package.contents_malformed")
LYING = ("damaged", "package.contents_do_not_match")
NEWER = ("newer_format", "package.newer_format")
NOTHING = {"batches": 0, "changes": 0, "seals": 0, "datasets": 0}
NAME = "a" * 64


def said(liar: Liar, **members: object) -> bytes:
    """`package.json` of an empty package with some members said otherwise."""
    return canonical_json({**liar.honest, "counts": NOTHING, **members})


@pytest.mark.parametrize(
    "members",
    [
        {"surprise": 1},
        {"format": "1.0"},
        {"format": [1, 0, 0]},
        {"format": [0, 9]},
        {"format": [1, -1]},
        {"format": [True, 0]},
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"number": 2**53},
        {"kind": "letter"},
        {"kind": []},
        {"kind": "receipt"},
        {"school": ""},
        {"school": 1},
        {"school": "a\nb"},
        {"school": "x" * 81},
        {"school_name": "x" * 301},
        {"school_name": "Школа\x1b[31m"},
        {"school_code": "1\t2"},
        {"made_at": "yesterday"},
        {"made_at": "0001-01-01T00:00:00Z"},
        {"made_at": "9999-12-31T23:59:59Z"},
        {"made_at": "2024-09-02T8:00:00Z"},
        {"vector": "everything"},
        {"vector": [["r", -5, NAME]]},
        {"vector": [["r", 1, "head"]]},
        {"vector": [["r", 1, NAME], ["r", 2, NAME]]},
        {"vector": [["s", 1, NAME], ["r", 1, NAME]]},
        {"previous": "the one before"},
        {"schema": 0},
        {"methodology": None},
        {"methodology": {"id": "x" * 81, "version": "1", "hash": ""}},
        {"answers": {"id": NAME, "number": 1, "verdict": "accepted"}},
        {"counts": {**NOTHING, "batches": -1}},
        {"counts": {**NOTHING, "batches": False}},
        {"receiver": {"code": "", "name": "", "role": "", "fingerprint": "none"}},
    ],
    ids=lambda members: str(members)[:40],
)
def test_that_a_description_in_another_form_is_refused(
    met_desks: Desks, liar: Liar, members: dict[str, object]
) -> None:
    assert refusal(met_desks, liar.raw(said(liar, **members))) == MALFORMED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"number":', b'"number":NaN,"z":'),
        (b'"number":2', b'"number":2.0'),
        (b'"number":2', b'"number":1e999'),
        (b'"number":2', b'"number":' + b"9" * 5000),
        (b'"number":2', b'"number":' + str(2**64).encode()),
        (b'"number":2', b'"number":2,"number":1'),
        (b'"previous":"', b'"previous":"\\ud800'),
        (b'"school_name":"', b'"school_name":"\xff'),
        (b'"school_name":"', '"school_name":"и\u0306'.encode()),
        (b'"number":2', b'"number": 2'),
        (b'{"answers"', b'\xef\xbb\xbf{"answers"'),
    ],
)
def test_that_json_that_two_readers_may_read_differently_is_refused(
    met_desks: Desks, liar: Liar, old: bytes, new: bytes
) -> None:
    honest = said(liar, number=2)
    assert old in honest
    assert refusal(met_desks, liar.raw(honest.replace(old, new, 1))) == MALFORMED


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"[" * 100_000 + b"]" * 100_000, "{}".encode("utf-16")])
def test_that_a_description_that_is_no_object_is_refused(met_desks: Desks, liar: Liar, data: bytes) -> None:
    assert refusal(met_desks, liar.raw(data)) == MALFORMED


def test_that_a_later_major_version_asks_for_an_update(met_desks: Desks, liar: Liar) -> None:
    assert refusal(met_desks, liar.raw(said(liar, format=[2, 0], surprise=1))) == NEWER


def test_that_a_later_minor_version_is_read_as_far_as_it_is_known(met_desks: Desks, liar: Liar) -> None:
    receiver = {**liar.honest["receiver"], "phone": "1"}
    manifest = said(liar, format=[1, 7], surprise={"a": 1}, receiver=receiver)
    assert judged(met_desks, liar.raw(manifest, more={"surprise.json": b"{}"})).code.is_fine
    assert refusal(met_desks, liar.raw(said(liar, format=[1, 7], number="1"))) == MALFORMED


def test_that_an_unknown_member_is_refused(met_desks: Desks, liar: Liar) -> None:
    assert refusal(met_desks, liar.raw(more={"surprise.json": b"{}"})) == MALFORMED


@pytest.mark.parametrize("missing", [MANIFEST, BATCHES, SEALS, COVER])
def test_that_a_package_without_one_of_its_parts_is_refused(met_desks: Desks, liar: Liar, missing: str) -> None:
    parts = {MANIFEST: said(liar), BATCHES: compress(b""), SEALS: compress(b""), COVER: b"%PDF-"}
    del parts[missing]
    assert refusal(met_desks, liar.sign(dict(parts))) == MALFORMED


@pytest.mark.parametrize("part", list(NOTHING))
def test_that_a_count_that_lies_is_refused(met_desks: Desks, liar: Liar, part: str) -> None:
    assert refusal(met_desks, liar.raw(said(liar, counts={**NOTHING, part: 5}))) == LYING


@pytest.mark.parametrize(
    "line",
    [
        b"1",
        b"null",
        b"[1,[]]",
        b'["",[]]',
        b'["{}",[]]',
        b'{"a":"{}","b":[]}',
        b"",
        b"\xff\xfe",
        b"[" * 5_000 + b"]" * 5_000,
        b"[" + b"0," * 100_000 + b"0]",
    ],
)
def test_that_a_line_of_the_log_in_another_form_is_refused(met_desks: Desks, liar: Liar, line: bytes) -> None:
    assert refusal(met_desks, liar.raw(batches=line + b"\n")) == MALFORMED
    assert refusal(met_desks, liar.raw(seals=line + b"\n")) == MALFORMED


def test_that_a_line_without_its_end_is_refused(met_desks: Desks, liar: Liar) -> None:
    assert refusal(met_desks, liar.raw(batches=b"[]")) == MALFORMED


def test_that_a_batch_of_a_later_format_asks_for_an_update(met_desks: Desks, liar: Liar) -> None:
    later = canonical_json({"f": 2, "new": True}).decode()
    assert refusal(met_desks, liar.raw(batches=canonical_json([later, []]) + b"\n")) == NEWER


def test_that_a_log_that_unpacks_beyond_its_limit_is_refused(met_desks: Desks, liar: Liar) -> None:
    chance = random.Random(1)
    lines = (chance.randbytes(30) + b" " * 1000 for _ in range(LARGEST_LOG // 1000))
    bomb = liar.raw(batches=b"\n".join(lines))
    assert bomb.stat().st_size < LARGEST_LOG // 20
    assert refusal(met_desks, bomb) == ("damaged", "package.bomb")


def test_that_a_description_beyond_its_limit_is_not_even_read(met_desks: Desks, liar: Liar) -> None:
    file = liar.raw(b"[" + b" " * LARGEST_MANIFEST + b"]")
    assert refusal(met_desks, file) == ("damaged", "package.member_too_large")
