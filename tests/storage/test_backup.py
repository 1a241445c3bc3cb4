"""Backups: each is opened and checked, the last good one never goes, and bringing one back is one step."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.models.school import School
from shnor_desktop.storage import backup as backup_module
from shnor_desktop.storage.backup import (
    back_up_daily,
    backups,
    copy_everything,
    is_good_backup,
    make_backup,
    restore_backup,
    rotate_backups,
)
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.opening import identity, open_store
from shnor_desktop.storage.store import Store
from tests.clock import FixedClock
from tests.storage.damaged_stores import content
from tests.storage.sample_store import NOW, SCHOOL, append, put_sample


def name_of(store: Store) -> str | None:
    """The name of the school, as the store has it now."""
    with store.reading() as reader:
        found = reader.row(School, SCHOOL, SCHOOL)
    return found.short_name if found else None


def rename(store: Store, name: str) -> None:
    """One edit."""
    append(store, Set("school", SCHOOL, "short_name", name))


def hurt(path: Path) -> None:
    """Change a row past the program."""
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.execute("UPDATE school SET short_name = 'Чужое имя'")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store with data."""
    return put_sample(tmp_path / "store" / "school.db")


def test_that_a_backup_of_an_open_store_holds_every_edit(path: Path, tmp_path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store:
        rename(store, "Новое имя")
        made = make_backup(store, tmp_path / "copies", NOW)
        rename(store, "Ещё новее")
        assert name_of(store) == "Ещё новее"
    assert made.name == "school_2024-09-02_080000.db"
    assert [file.name for file in made.parent.iterdir()] == [made.name]
    assert is_good_backup(made)
    with open_store(made, clock=FixedClock(), read_only=True) as copy:
        assert name_of(copy) == "Новое имя"
        assert check_store(copy).is_clean


def test_that_a_hurt_store_makes_no_backup(path: Path, tmp_path: Path) -> None:
    hurt(path)
    with (
        open_store(path, clock=FixedClock()) as store,
        pytest.raises(KnownError, match=r"store\.backup_of_damaged"),
    ):
        make_backup(store, tmp_path / "copies", NOW)
    assert list((tmp_path / "copies").iterdir()) == []


def test_that_a_copy_that_the_disk_garbled_is_not_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_same = backup_module.copy_verified.__globals__["_require_same"]

    def garble(original: object, copy: Path, key: None) -> None:
        hurt(copy)
        require_same(original, copy, key)

    monkeypatch.setitem(backup_module.copy_verified.__globals__, "_require_same", garble)
    with open_store(path, clock=FixedClock()) as store, pytest.raises(KnownError, match=r"store\.copy_differs"):
        make_backup(store, tmp_path / "copies", NOW)
    assert list((tmp_path / "copies").iterdir()) == []


def test_that_a_day_has_one_backup(path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store:
        assert back_up_daily(store, NOW) is not None
        assert back_up_daily(store, NOW + timedelta(hours=3)) is None
        assert back_up_daily(store, NOW + timedelta(days=1)) is not None
    assert len(backups(path.parent / "backups", path)) == 2


def old_backups(path: Path, folder: Path, days: int) -> list[Path]:
    """A backup a day, newest first; all are copies of one."""
    with open_store(path, clock=FixedClock()) as store:
        first = make_backup(store, folder, datetime(2024, 9, 1, 8, tzinfo=UTC))
    for day in range(1, days):
        moment = datetime(2024, 9, 1, 8, tzinfo=UTC) + timedelta(days=day)
        (folder / f"school_{moment:%Y-%m-%d_%H%M%S}.db").write_bytes(first.read_bytes())
    return backups(folder, path)


def test_that_seven_days_and_four_weeks_are_kept(path: Path, tmp_path: Path) -> None:
    found = old_backups(path, tmp_path / "copies", 40)
    other = tmp_path / "copies" / "school_before_1.1_2024-01-01_080000.db"
    other.write_bytes(b"not ours to remove")
    removed = rotate_backups(tmp_path / "copies", path)
    kept = backups(tmp_path / "copies", path)
    assert kept[:7] == found[:7]
    assert [file.stem[7:17] for file in kept[7:]] == ["2024-09-29", "2024-09-22"]
    assert set(removed) == set(found) - set(kept)
    assert other.exists()


def test_that_nothing_is_removed_while_the_newest_backup_is_not_good(path: Path, tmp_path: Path) -> None:
    found = old_backups(path, tmp_path / "copies", 12)
    hurt(found[0])
    assert rotate_backups(tmp_path / "copies", path) == []
    assert backups(tmp_path / "copies", path) == found


def test_that_a_restored_backup_takes_the_place_of_the_store_and_the_old_one_stays_aside(
    path: Path, tmp_path: Path
) -> None:
    clock = FixedClock()
    with open_store(path, clock=clock) as store:
        rename(store, "Как было")
        made = make_backup(store, tmp_path / "copies", NOW)
        rename(store, "Как стало")
    clock.advance(hours=2)
    aside = restore_backup(made, path, clock=clock)
    assert aside is not None
    assert sorted(file.name for file in path.parent.iterdir()) == ["school.db", "school_replaced_2024-09-02_100000.db"]
    with open_store(path, clock=clock) as store, open_store(aside, clock=clock) as old:
        assert (name_of(store), name_of(old)) == ("Как было", "Как стало")
        assert (identity(store).restored_at, identity(old).restored_at) == ("2024-09-02T10:00:00Z", "")
        assert check_store(store).is_clean
        assert check_store(old).is_clean


def test_that_a_destroyed_store_is_replaced_and_its_write_ahead_file_does_not_hurt_the_new_one(
    path: Path, tmp_path: Path
) -> None:
    with open_store(path, clock=FixedClock()) as store:
        made = make_backup(store, tmp_path / "copies", NOW)
        rename(store, "Потеряно")
        ahead = path.with_name("school.db-wal").read_bytes()
    before = content(made)
    path.write_bytes(b"\x00" * 8192)
    path.with_name("school.db-wal").write_bytes(ahead)
    restore_backup(made, path, clock=FixedClock())
    with open_store(path, clock=FixedClock()) as store:
        assert check_store(store).is_clean
        assert name_of(store) != "Потеряно"
    assert content(made) == before


def test_that_a_bad_backup_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    for number, bad in enumerate((b"", b"text", before[: len(before) // 2])):
        (tmp_path / f"{number}.db").write_bytes(bad)
        with pytest.raises(KnownError, match=r"store\.backup_bad"):
            restore_backup(tmp_path / f"{number}.db", path, clock=FixedClock())
    assert path.read_bytes() == before


def test_that_an_open_store_is_not_replaced(path: Path, tmp_path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store:
        made = make_backup(store, tmp_path / "copies", NOW)
        with pytest.raises(KnownError, match=r"store\.in_use"):
            restore_backup(made, path, clock=FixedClock())
        rename(store, "Работа идёт дальше")


def test_that_everything_is_copied_whole_and_checked(path: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    (documents / "2024").mkdir(parents=True)
    (documents / "2024" / "Программа.pdf").write_bytes(b"pdf")
    (tmp_path / "keys.pem").write_bytes(b"key")
    drive = tmp_path / "drive"
    drive.mkdir()
    with open_store(path, clock=FixedClock()) as store:
        made = copy_everything(store, drive, NOW, [documents, tmp_path / "keys.pem", tmp_path / "missing"])
    assert [file.name for file in drive.iterdir()] == [made.name]
    assert (made / "documents" / "2024" / "Программа.pdf").read_bytes() == b"pdf"
    assert (made / "keys.pem").read_bytes() == b"key"
    assert is_good_backup(made / "school.db")


def test_that_a_pulled_drive_is_said_in_words(path: Path, tmp_path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store, pytest.raises(KnownError, match=r"store\.missing"):
        copy_everything(store, tmp_path / "no drive", NOW)
