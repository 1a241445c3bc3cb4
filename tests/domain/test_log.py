"""The format of the log: its bytes are frozen, and what is not exactly the format is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.log import (
    MAX_LAMPORT,
    BatchHeader,
    Change,
    ChangeKey,
    ChangeRef,
    Head,
    Seal,
    StoredValue,
    ValueState,
    make_batch,
    parse_batch,
    value_digest,
)

MOMENT = datetime(2024, 9, 2, 8, 0, 0, tzinfo=UTC)
SALT = "00112233445566778899aabbccddeeff"
KEY = ChangeKey("goal", "g1", "title")
CHANGE = Change(KEY, value_digest(SALT, "Цель"), (ChangeRef("a" * 64, 0), ChangeRef("a" * 64, 3)))
HEADER = BatchHeader(1, "replica-1", "school-1", 2, "b" * 64, 7, MOMENT, "author-1", "изменено: цель", None)

# Whatever was written once must hash to the same name for ever.
DATA = (
    '{"a":"author-1","c":"school-1","f":1,"l":7,"n":2,"o":"изменено: цель","p":"' + "b" * 64 + '","r":"replica-1",'
    '"s":1,"t":"2024-09-02T08:00:00Z","u":null,"x":[["goal","g1","title",'
    '"eb38a8b6dec7421a859ffe9255bee5856bc0a07705ca3dff5576337fbba210d7",'
    '[["' + "a" * 64 + '",0],["' + "a" * 64 + '",3]]]]}'
).encode()
NAME = "ee75783d73dc9a999fbf2267aa02bae605ee112866ddbe123d9136724d0d773e"


def test_that_the_bytes_and_the_name_of_a_batch_never_change() -> None:
    batch = make_batch(HEADER, [CHANGE])
    assert batch.data == DATA
    assert batch.name == NAME


def test_that_the_signed_bytes_of_a_seal_never_change() -> None:
    seal = Seal("replica-1", "school-1", Head(2, NAME), "2024-09-02T08:00:00Z", b"certificate", b"signature")
    assert seal.signed_bytes() == (
        b'shnor seal 1\n["replica-1","school-1",2,"'
        + NAME.encode()
        + b'","2024-09-02T08:00:00Z","03d66dd08835c1ca3f128cceacd1f31ac94163096b20f445ae84285bc0832d72"]'
    )


def test_that_a_batch_reads_back_as_it_was_made() -> None:
    first = BatchHeader(1, "replica-1", "school-1", 1, "", 1, MOMENT, "author-1", "", ("replica-0", 4, "c" * 64))
    for batch in (make_batch(HEADER, [CHANGE]), make_batch(first, [Change(KEY, CHANGE.digest, ())])):
        assert parse_batch(batch.data) == batch


def _members(**changed: Any) -> bytes:
    return canonical_json({**json.loads(DATA), **changed})


_ITEM = json.loads(DATA)["x"][0]


@pytest.mark.parametrize(
    "data",
    [
        _members(n=0),
        _members(n=1),
        _members(p=""),
        _members(p="b" * 63),
        _members(p="B" * 64),
        _members(l=0),
        _members(l=MAX_LAMPORT + 1),
        _members(l=True),
        _members(s="1"),
        _members(f=0),
        _members(r=""),
        _members(r="реплика"),
        _members(c="x" * 81),
        _members(a=None),
        _members(o=5),
        _members(o="ы" * 201),
        _members(t="2024-09-02 08:00:00"),
        _members(t="2024-13-02T08:00:00Z"),
        _members(u=["replica-0", 4]),
        _members(u=["replica-0", 0, "c" * 64]),
        _members(x=[]),
        _members(x={}),
        _members(x=[_ITEM[:4]]),
        _members(x=[[*_ITEM, 1]]),
        _members(x=[[*_ITEM[:3], "нет", []]]),
        _members(x=[[*_ITEM[:4], [["a" * 64, -1]]]]),
        _members(x=[[*_ITEM[:4], [["a" * 64, True]]]]),
        _members(x=[[*_ITEM[:4], [["a" * 64, 3], ["a" * 64, 0]]]]),
        _members(x=[[*_ITEM[:4], [["a" * 64, 0], ["a" * 64, 0]]]]),
        _members(y=1),
        canonical_json({key: value for key, value in json.loads(DATA).items() if key != "o"}),
        canonical_json([]),
        canonical_json("{}"),
    ],
)
def test_that_a_batch_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        parse_batch(data)
    assert caught.value.code == "log.batch_malformed"


def test_that_a_batch_of_a_newer_format_says_so() -> None:
    with pytest.raises(KnownError) as caught:
        parse_batch(_members(f=2))
    assert caught.value.code == "log.batch_newer"


def test_that_a_second_spelling_of_the_same_batch_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        parse_batch(DATA.replace(b'"n":2', b'"n": 2'))
    assert caught.value.code == "json.not_canonical"


@pytest.mark.parametrize(
    ("header", "changes"),
    [
        (HEADER, []),
        (HEADER, [Change(KEY, "нет", ())]),
        (HEADER, [Change(KEY, CHANGE.digest, (ChangeRef("a" * 64, 3), ChangeRef("a" * 64, 0)))]),
        (HEADER, [Change(ChangeKey("goal", "", "title"), CHANGE.digest, ())]),
        (BatchHeader(1, "replica 1", "school-1", 2, "b" * 64, 7, MOMENT, "author-1"), [CHANGE]),
    ],
)
def test_that_what_could_not_be_read_is_never_written(header: BatchHeader, changes: list[Change]) -> None:
    with pytest.raises(BugError):
        make_batch(header, changes)


def test_that_a_value_counts_only_with_its_own_salt_and_type() -> None:
    digest = value_digest(SALT, 5)
    assert StoredValue(ValueState.PRESENT, SALT, 5).matches(digest)
    assert not StoredValue(ValueState.PRESENT, SALT, "5").matches(digest)
    assert not StoredValue(ValueState.PRESENT, SALT, 6).matches(digest)
    assert not StoredValue(ValueState.PRESENT, SALT.upper(), 5).matches(digest)
    assert not StoredValue(ValueState.PRESENT, "ff" * 16, 5).matches(digest)
    assert StoredValue(ValueState.ABSENT).matches(digest)
    assert value_digest(SALT, True) != value_digest(SALT, 1)
