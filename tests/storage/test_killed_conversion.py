"""A power cut or a full disk while a store is closed or opened for good loses nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.storage.conversion import convert_store
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock
from tests.storage.killed_conversions import KEYS, killed_after
from tests.storage.sample_store import NOW, put_sample
from tests.storage.small_disks import small_disk
from tests.storage.test_closed_store import said

ROUNDS = int(os.environ.get("SHNOR_KILLED_CONVERSIONS", "6"))
WAYS = ("plain", "one", "two", "plain")


def test_that_a_killed_conversion_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    path = put_sample(tmp_path / "school.db")
    before, now = said(path), "plain"
    for number in range(ROUNDS):
        aim = dict(pairwise(WAYS))[now]
        killed_after(0.002 + 0.25 * number / ROUNDS, path, now, aim)
        found = [name for name in (now, aim) if _opens(path, name)]
        assert len(found) == 1
        now = found[0]
        assert said(path, KEYS[now]) == before
        assert {file.name for file in tmp_path.iterdir()} == {path.name}


def _opens(path: Path, name: str) -> bool:
    """Whether this key opens the store; opening sweeps what the killed one had begun."""
    key = KEYS[name]
    with suppress(KnownError):
        store = open_store(path, clock=FixedClock(), key=key)
        store.close()
        return store.key == key
    return False


def test_that_a_conversion_that_does_not_fit_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as disk:
        if not os.path.ismount(folder):
            return
        path = put_sample(folder / "school.db")
        before = path.read_bytes()
        with open_store(path, clock=FixedClock()) as store:
            disk.fill(store)
        (folder / "filler").unlink()
        (folder / "filler").write_bytes(bytes(os.statvfs(folder).f_bavail * 4096 - (1 << 20)))
        with pytest.raises(KnownError, match=r"store\.(no_space|disk_full)"):
            convert_store(path, None, KEYS["one"], NOW)
        (folder / "filler").unlink()
        assert said(path)
        assert len(before) == path.stat().st_size
        assert {file.name for file in folder.iterdir()} == {path.name}
