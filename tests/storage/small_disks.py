"""A disk that is soon full: a small tmpfs where one may be mounted, else a limit to the size of the database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import event

from shnor_desktop.storage.store import Store

SIZE = 3 << 20


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A folder that can be filled up and freed again while a store in it is open."""

    folder: Path
    fill: Callable[[Store], None]
    free: Callable[[Store], None]


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """The best that this system allows."""
    if sys.platform != "win32" and _mounted(folder):
        try:
            yield SmallDisk(folder, lambda _: _fill(folder), lambda _: (folder / "filler").unlink())
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    else:
        yield SmallDisk(folder, lambda store: _limit(store, 1), lambda store: _limit(store, 1 << 30))


def _mounted(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _fill(folder: Path) -> None:
    """Write until nothing fits any more, not even a page."""
    with (folder / "filler").open("wb", buffering=0) as stream:
        for size in (65536, 4096, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                continue


def _limit(store: Store, pages: int) -> None:
    """The same words from SQLite where nothing can be mounted: the database may not grow."""
    engine = store._engine

    def set_limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    event.listen(engine, "begin", set_limit)
