"""Encryption of packages: Debian's age opens ours and we open its; what is no age file of ours ends early."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import encryption
from shnor_desktop.exchange.encrypted_container import read_encrypted, write_encrypted
from shnor_desktop.exchange.limits import Limits
from shnor_desktop.exchange.private_copy import MOST_IN_MEMORY, PrivateCopy
from tests.clock import FixedClock
from tests.exchange.sample import identity, members

KEY, OTHER = encryption.new_key(), encryption.new_key()
CONTENT = bytes(range(256)) * 4096


def closed(content: bytes, *keys: str) -> bytes:
    target = io.BytesIO()
    encryption.encrypt(io.BytesIO(content), target, [encryption.recipient_of(key) for key in keys])
    return target.getvalue()


def opened(data: bytes, *keys: str, most_bytes: int = 1 << 22) -> bytes:
    target = io.BytesIO()
    encryption.decrypt(io.BytesIO(data), target, keys, most_bytes)
    return target.getvalue()


def code_of(data: bytes, *keys: str, most_bytes: int = 1 << 22) -> str:
    with pytest.raises(KnownError) as caught:
        opened(data, *keys, most_bytes=most_bytes)
    return caught.value.code


def test_that_each_recipient_opens_it_with_any_of_the_keys_and_nobody_else() -> None:
    data = closed(CONTENT, KEY, OTHER)
    assert opened(data, KEY) == opened(data, OTHER) == opened(data, encryption.new_key(), KEY) == CONTENT
    assert code_of(data, encryption.new_key()) == code_of(data) == "package.encrypted_for_others"
    assert CONTENT[:64] not in data


def test_that_debian_age_opens_ours_and_we_open_its(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    (tmp_path / "ours.age").write_bytes(closed(CONTENT, OTHER, KEY))
    done = subprocess.run(
        ["age", "-d", "-i", str(tmp_path / "key"), str(tmp_path / "ours.age")], capture_output=True, check=True
    )
    assert done.stdout == CONTENT
    made = subprocess.run(["age", "-r", encryption.recipient_of(KEY)], input=CONTENT, capture_output=True, check=True)
    assert opened(made.stdout, KEY) == CONTENT


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_that_a_file_cut_anywhere_is_told_as_damaged(share: int) -> None:
    data = closed(CONTENT, KEY)
    assert code_of(data[: len(data) * share // 100], KEY) == "package.encryption_damaged"


def test_that_a_changed_byte_and_an_added_one_are_seen() -> None:
    data = closed(CONTENT, KEY)
    head = data.index(b"\n---")
    places = [*range(24, 60, 3), *range(head + 6, len(data), len(data) // 40)]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1
        assert code_of(bytes(changed), KEY) in ("package.encryption_damaged", "package.encrypted_for_others"), place
    assert code_of(data + b"\0", KEY) == "package.encryption_damaged"


def test_that_a_header_of_a_million_recipients_ends_at_once() -> None:
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    for data in (
        encryption.FIRST_LINE + stanza * 20_000 + b"--- " + b"A" * 43 + b"\n",
        encryption.FIRST_LINE + b"-> x y\n\n" * 2_000 + b"--- " + b"A" * 43 + b"\n",
        encryption.FIRST_LINE + b"-> X25519 " + b"A" * 5_000_000,
    ):
        began = time.perf_counter()
        assert code_of(data, KEY) == "package.encryption_damaged"
        assert time.perf_counter() - began < 1


def test_that_a_file_under_a_passphrase_is_not_for_this_desk(tmp_path: Path) -> None:
    data = encryption.FIRST_LINE + b"-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    assert code_of(data, KEY) == "package.encrypted_for_others"


def test_that_more_than_the_limit_is_never_written() -> None:
    assert code_of(closed(CONTENT, KEY), KEY, most_bytes=len(CONTENT) - 1) == "package.too_large"
    assert opened(closed(CONTENT, KEY), KEY, most_bytes=len(CONTENT)) == CONTENT


def test_that_a_container_comes_out_of_its_age_file_as_it_was_signed(tmp_path: Path) -> None:
    now, target = FixedClock().now(), tmp_path / "a.shnor.age"
    readers = [encryption.recipient_of(OTHER), encryption.recipient_of(KEY)]
    done = write_encrypted(target, members(), identity(), now, readers, KEY, tmp_path / "own")
    for key in (KEY, OTHER):
        container = read_encrypted(target, [key], tmp_path / "own")
        assert (container.sha256, done.size) == (done.sha256, target.stat().st_size)
        assert [container.read(name) for name in container.names]
    assert encryption.is_age(target)


def test_that_an_encrypted_file_is_not_written_over_a_failure(tmp_path: Path) -> None:
    """A sender that is none of the recipients could not check what it wrote: nothing is left."""
    target = tmp_path / "a.shnor.age"
    with pytest.raises(KnownError, match=r"package\.encrypted_for_others"):
        write_encrypted(
            target, members(), identity(), FixedClock().now(), [encryption.recipient_of(OTHER)], KEY, tmp_path
        )
    assert list(tmp_path.iterdir()) == []


def test_that_a_large_copy_lies_in_no_file_with_a_name_and_has_many_readers(tmp_path: Path) -> None:
    copy = PrivateCopy(tmp_path / "own", MOST_IN_MEMORY + 1)
    copy.stream.write(CONTENT)
    assert list((tmp_path / "own").iterdir()) == []
    with copy.open() as first, copy.open() as second:
        first.seek(256)
        assert second.read(100) == CONTENT[:100]
        assert first.read(100) == CONTENT[256:356]
        assert second.seek(-4, io.SEEK_END) == len(CONTENT) - 4
        assert second.read() == CONTENT[-4:]


def test_that_what_is_larger_than_a_package_is_not_even_opened(tmp_path: Path) -> None:
    target = tmp_path / "a.shnor.age"
    target.write_bytes(closed(bytes(3 << 20), KEY))
    with pytest.raises(KnownError, match=r"package\.too_large"):
        read_encrypted(target, [KEY], tmp_path, Limits(total_bytes=1 << 20))


def test_that_only_a_key_in_its_form_is_a_recipient() -> None:
    good = encryption.recipient_of(KEY)
    assert encryption.is_recipient(good)
    for bad in ("", "age1", good[:-1], good[:-1] + ("q" if good[-1] != "q" else "p"), f" {good}", f"{good}\n"):
        assert not encryption.is_recipient(bad)
    with pytest.raises(KnownError, match=r"keys\.damaged"):
        encryption.recipient_of("AGE-SECRET-KEY-1")
