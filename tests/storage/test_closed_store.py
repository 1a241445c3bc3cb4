"""A store under a passphrase: nothing of it can be read without, and nothing is lost on the way in and out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.storage.backup import back_up_daily, copy_everything, is_good_backup, make_backup, restore_backup
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.closed import is_closed, is_store, key_file, wipe, write_key_file
from shnor_desktop.storage.conversion import convert_backup, convert_store
from shnor_desktop.storage.copying import content_digest
from shnor_desktop.storage.engine import open_connection
from shnor_desktop.storage.form import is_plain_store
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock
from tests.storage.sample_store import NOW, append, put_sample

KEY, OTHER_KEY = StoreKey(bytes(range(32))), StoreKey(bytes(32))
KEY_FILE = b"the key under a passphrase"
NAME = "Канарейка Несуществующая".encode()


def said(path: Path, key: StoreKey | None = None) -> str:
    """Everything that a store holds."""
    with closing(open_connection(path, immutable=True, key=key)) as connection:
        numbers = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
        return f"{numbers} {content_digest(connection)}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain store with data."""
    found = put_sample(tmp_path / "store" / "school.db")
    with open_store(found, clock=FixedClock()) as store:
        append(store, Set("staff_member", "teacher-3", "full_name", NAME.decode()))
    return found


@pytest.fixture
def closed(path: Path) -> Path:
    """The same, closed."""
    convert_store(path, None, KEY, NOW, before_swap=lambda: write_key_file(path, KEY_FILE))
    return path


def test_that_a_closed_store_says_the_same_and_shows_nothing(path: Path) -> None:
    before = said(path)
    assert NAME in path.read_bytes()
    assert convert_store(path, None, KEY, NOW).is_overwritten
    assert said(path, KEY) == before
    assert is_store(path)
    assert is_closed(path)
    assert not is_plain_store(path)
    assert not any(NAME in file.read_bytes() for file in path.parent.iterdir())
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_that_a_store_is_opened_for_good_and_given_another_key(closed: Path) -> None:
    before = said(closed, KEY)
    convert_store(closed, KEY, OTHER_KEY, NOW)
    assert said(closed, OTHER_KEY) == before
    convert_store(closed, OTHER_KEY, None, NOW)
    assert said(closed) == before
    assert is_plain_store(closed)


def test_that_a_closed_store_is_worked_with_and_its_open_files_show_nothing(closed: Path) -> None:
    with open_store(closed, clock=FixedClock(), key=KEY) as store:
        append(store, Set("staff_member", "teacher-4", "full_name", NAME.decode()))
        assert not any(NAME in file.read_bytes() for file in closed.parent.iterdir())
        assert check_store(store).is_clean
    with open_store(closed, clock=FixedClock(), key=KEY, read_only=True) as store:
        assert check_store(store).is_clean


def test_that_without_a_key_and_with_another_one_the_words_differ(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(KnownError, match=r"store\.closed"):
        open_store(closed, clock=FixedClock())
    for read_only in (False, True):
        with pytest.raises(KnownError, match=r"store\.key_not_of_store"):
            open_store(closed, clock=FixedClock(), key=OTHER_KEY, read_only=read_only)
    assert closed.read_bytes() == before


def test_that_a_wrong_key_is_silent_on_the_error_stream(closed: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KnownError, match=r"store\.key_not_of_store"):
        open_store(closed, clock=FixedClock(), key=OTHER_KEY)
    assert capfd.readouterr().err == ""


def test_that_a_plain_store_needs_no_key_that_is_given(path: Path) -> None:
    with open_store(path, clock=FixedClock(), key=KEY) as store:
        assert store.key is None


@pytest.mark.parametrize("at", [0, 10, 40, 4096 * 3 + 100, -9])
def test_that_a_hurt_closed_store_is_never_opened_as_if_whole(closed: Path, at: int) -> None:
    content = bytearray(closed.read_bytes())
    content[at] ^= 1
    closed.write_bytes(content)
    assert not is_good_backup(closed, key=KEY)


def test_that_a_truncated_or_foreign_file_beside_a_key_file_is_refused_in_words(closed: Path) -> None:
    content = closed.read_bytes()
    for hurt in (content[: len(content) // 2 + 77], content[:4096], b"", b"PK\x03\x04" + content[4:], b"x" * 999):
        closed.write_bytes(hurt)
        with pytest.raises(KnownError, match=r"store\.(key_not_of_store|damaged|not_a_store)"):
            open_store(closed, clock=FixedClock(), key=KEY)
        assert closed.read_bytes() == hurt


def test_that_copies_are_as_closed_as_the_store(closed: Path, tmp_path: Path) -> None:
    with open_store(closed, clock=FixedClock(), key=KEY) as store:
        daily = back_up_daily(store, NOW)
        made = make_backup(store, tmp_path / "copies", NOW)
        everything = copy_everything(store, tmp_path, NOW)
    assert daily is not None
    for copy in (daily, made, everything / closed.name):
        assert is_closed(copy)
        assert key_file(copy).read_bytes() == KEY_FILE
        assert is_good_backup(copy, key=KEY)
        assert not is_good_backup(copy)
        assert not is_good_backup(copy, key=OTHER_KEY)
        assert NAME not in copy.read_bytes()


def test_that_a_rotated_backup_takes_its_key_file_along(closed: Path) -> None:
    folder = closed.parent / "backups"
    with open_store(closed, clock=FixedClock(), key=KEY) as store:
        for day in range(1, 31):
            back_up_daily(store, NOW.replace(month=9, day=day), folder)
    stores = {file for file in folder.iterdir() if file.suffix == ".db"}
    assert 7 <= len(stores) <= 11
    assert {file for file in folder.iterdir()} - stores == {key_file(file) for file in stores}


def test_that_a_closed_backup_is_brought_back_elsewhere(closed: Path, tmp_path: Path) -> None:
    with open_store(closed, clock=FixedClock(), key=KEY) as store:
        copy = make_backup(store, tmp_path / "copies", NOW)
    target = tmp_path / "elsewhere" / "school.db"
    with pytest.raises(KnownError, match=r"store\.closed"):
        restore_backup(copy, target, clock=FixedClock())
    assert restore_backup(copy, target, clock=FixedClock(), key=KEY) is None
    assert key_file(target).read_bytes() == KEY_FILE
    with open_store(target, clock=FixedClock(), key=KEY) as store:
        assert check_store(store).is_clean


def test_that_a_closed_backup_replaces_a_hurt_store(closed: Path, tmp_path: Path) -> None:
    with open_store(closed, clock=FixedClock(), key=KEY) as store:
        copy = make_backup(store, tmp_path / "copies", NOW)
    closed.write_bytes(b"\0" * 8192)
    aside = restore_backup(copy, closed, clock=FixedClock(), key=KEY)
    assert aside is not None
    assert aside.read_bytes() == b"\0" * 8192
    assert key_file(aside).exists()
    open_store(closed, clock=FixedClock(), key=KEY).close()


def test_that_a_store_in_use_is_not_converted(path: Path) -> None:
    with open_store(path, clock=FixedClock()), pytest.raises(KnownError, match=r"store\.in_use"):
        convert_store(path, None, KEY, NOW)
    assert is_plain_store(path)


def test_that_a_wrong_key_converts_nothing(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(KnownError, match=r"store\."):
        convert_store(closed, OTHER_KEY, None, NOW)
    with pytest.raises(KnownError, match=r"store\."):
        convert_backup(closed, OTHER_KEY, None)
    assert closed.read_bytes() == before


def test_that_a_failure_before_the_swap_leaves_the_old_store(path: Path) -> None:
    before = path.read_bytes()

    def fail() -> None:
        raise KnownError("store.disk_full", path="")

    with pytest.raises(KnownError, match=r"store\.disk_full"):
        convert_store(path, None, KEY, NOW, before_swap=fail)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_that_a_file_with_a_second_name_is_not_overwritten(path: Path) -> None:
    other = path.with_name("other.db")
    other.hardlink_to(path)
    before = other.read_bytes()
    assert not wipe(path)
    assert other.read_bytes() == before


def test_that_what_a_killed_conversion_left_is_swept_and_the_store_is_not(path: Path) -> None:
    before = said(path)
    begun, second = path.with_name(f".{path.name}.1a2b.part"), path.with_name(f".{path.name}.3c4d.part")
    begun.write_bytes(NAME)
    second.hardlink_to(path)
    open_store(path, clock=FixedClock()).close()
    assert not begun.exists()
    assert not second.exists()
    assert said(path) == before


def test_that_a_key_is_never_printed() -> None:
    assert KEY.raw.hex() not in repr(KEY)
    assert str(KEY.raw) not in repr(KEY)
