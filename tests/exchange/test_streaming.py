"""A package is written and read in pieces: how large its members are does not tell in memory."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.container import (
    Member,
    prepare,
    read_container_bytes,
    read_container_stream,
    write_container,
    write_to,
)
from shnor_desktop.exchange.limits import Limits
from tests.exchange.sample import CONTENTS, NOW, identity, members, write_sample

ROOT = Path(__file__).resolve().parents[2]


def test_that_large_scans_take_no_memory() -> None:
    command = [sys.executable, "-m", "tests.exchange.stream_large", "--megabytes", "80", "--members", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["megabytes"] == 80
    assert found["grown_mb"] < 16
    assert found["peak_mb"] < 160


def test_that_a_stream_gets_the_bytes_of_the_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    digest = write_to(stream, members(), identity(), NOW)
    data = write_sample(tmp_path).read_bytes()
    assert stream.getvalue() == data
    assert digest == hashlib.sha256(data).hexdigest()


def test_that_the_size_is_known_before_a_byte_is_written() -> None:
    prepared = prepare(members(), identity(), NOW)
    stream = io.BytesIO(b"before")
    stream.seek(6)
    prepared.write_to(stream)
    assert len(stream.getvalue()) - 6 == prepared.size
    assert read_container_bytes(stream.getvalue()[6:]).signed_at == prepared.signed_at


def test_that_a_member_may_come_in_pieces(tmp_path: Path) -> None:
    def pieces(name: str) -> Iterator[bytes]:
        for byte in CONTENTS[name]:
            yield bytes([byte])

    given = [Member(name, partial(pieces, name)) for name in CONTENTS]
    target = tmp_path / "a.shnor"
    write_container(target, given, identity(), NOW)
    assert target.read_bytes() == write_sample(tmp_path).read_bytes()


def test_that_any_opener_of_streams_can_be_verified(tmp_path: Path) -> None:
    data = write_sample(tmp_path).read_bytes()
    opened = []

    def opener() -> io.BytesIO:
        opened.append(io.BytesIO(data))
        return opened[-1]

    container = read_container_stream(opener)
    assert {name: b"".join(container.chunks(name)) for name in container.names} == CONTENTS
    assert len(opened) == 1 + len(CONTENTS)
    assert all(stream.closed for stream in opened)


def test_that_a_stream_that_fails_is_said_to_be_unreadable() -> None:
    class Gone(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the drive is gone")

    with pytest.raises(KnownError) as caught:
        read_container_stream(Gone)
    assert caught.value.code == "package.unreadable"


def test_that_an_endless_member_is_refused_before_anything_is_written() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1000)

    stream = io.BytesIO()
    with pytest.raises(KnownError) as caught:
        write_to(stream, [Member("a", endless)], identity(), NOW, Limits(member_bytes=100_000))
    assert (caught.value.code, stream.getvalue()) == ("package.member_too_large", b"")


def test_that_a_member_that_differs_when_it_is_read_again_is_refused() -> None:
    contents = iter([b"one", b"another"])
    with pytest.raises(KnownError) as caught:
        write_to(io.BytesIO(), [Member("a", lambda: next(contents))], identity(), NOW)
    assert (caught.value.code, caught.value.params["name"]) == ("package.source_changed", "a")


def test_that_more_members_than_a_reader_takes_are_refused() -> None:
    with pytest.raises(KnownError) as caught:
        prepare(members(), identity(), NOW, Limits(members=2))
    assert caught.value.code == "package.too_many_members"
