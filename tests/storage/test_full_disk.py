"""A full disk: the edit is refused in words, nothing of it stays, and typing goes on once there is room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.storage import failures
from shnor_desktop.storage.backup import copy_everything, make_backup
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.copying import require_room
from shnor_desktop.storage.opening import StoreKind, create_store, open_store
from shnor_desktop.storage.store import Store
from tests.clock import FixedClock
from tests.storage.sample_store import NOW, SCHOOL, append, new_store, person
from tests.storage.small_disks import SIZE, SmallDisk, small_disk

LONG = "Очень длинный текст. " * 2000


def type_long_texts(store: Store) -> None:
    """More than a small disk holds."""
    for number in range(40):
        append(store, Set("school", SCHOOL, "history", f"{number} {LONG}"))


def type_until_refused(store_disk: SmallDisk, path: Path) -> None:
    """Fill the disk below an open store, type, free the disk, type again."""
    with open_store(path, clock=FixedClock()) as store:
        append(store, *person("teacher-1", "Педагог"))
        store_disk.fill(store)
        with pytest.raises(KnownError, match=r"store\.disk_full"):
            type_long_texts(store)
        with store.reading() as reader:
            count = reader.batch_count(SCHOOL)
        store_disk.free(store)
        assert check_store(store).is_clean
        with store.reading() as reader:
            assert reader.batch_count(SCHOOL) == count
        append(store, Set("school", SCHOOL, "short_name", "Школа № 1"))
        with store.reading() as reader:
            assert reader.batch_count(SCHOOL) == count + 1
    with open_store(path, clock=FixedClock()) as store:
        assert check_store(store).is_clean


def test_that_an_edit_on_a_full_disk_is_refused_whole_and_typing_goes_on_after(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as disk:
        path = folder / "school.db"
        new_store(path).close()
        type_until_refused(disk, path)


def test_that_a_store_that_is_closed_on_a_full_disk_keeps_every_edit(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as disk:
        path = folder / "school.db"
        store = new_store(path)
        name = append(store, *person("teacher-1", "Педагог"))
        disk.fill(store)
        store.close()
        with open_store(path, clock=FixedClock(), read_only=True) as reopened, reopened.reading() as reader:
            assert reader.batch_data(name) is not None


def test_that_a_backup_that_does_not_fit_is_refused_before_a_byte_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with new_store(tmp_path / "school.db") as store, small_disk(folder) as disk:
        if not os.path.ismount(folder):
            with pytest.raises(KnownError, match=r"store\.no_space"):
                require_room(folder, 1 << 60)
            return
        disk.fill(store)
        for copy in (make_backup, copy_everything):
            with pytest.raises(KnownError, match=r"store\.no_space") as caught:
                copy(store, folder, NOW)
            assert caught.value.params["free"] == 0
            assert caught.value.params["need"] in range(1, (SIZE >> 20) + 1)
        assert [path.name for path in folder.iterdir()] == ["filler"]


def test_that_a_store_that_does_not_fit_is_not_begun(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with new_store(tmp_path / "other.db") as other, small_disk(folder) as disk:
        if not os.path.ismount(folder):
            assert failures.code_of("database or disk is full") == "store.disk_full"
            return
        disk.fill(other)
        (folder / "filler").write_bytes(bytes(SIZE - (256 << 10)))  # room to begin, not to end
        with pytest.raises(KnownError, match=r"store\.disk_full"):
            create_store(folder / "school.db", kind=StoreKind.SCHOOL, clock=FixedClock())
        assert [path.name for path in folder.iterdir()] == ["filler"]
