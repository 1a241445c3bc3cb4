"""Damage to a closed store, what it says afterwards to anyone who reads it, and whether the check finds it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock

PAGE = 4096


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a damage."""

    changes_content: bool
    is_found: bool

    @property
    def is_missed(self) -> bool:
        """The store says something else, and nobody was told."""
        return self.changes_content and not self.is_found


def content(path: Path) -> object:
    """Everything a database says, by plain SQLite and nothing of ours; None when it cannot be read."""
    try:
        with closing(driver.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            connection.text_factory = bytes
            master = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            said: list[object] = [master]
            said += [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
            for kind, name, _, _ in sorted(master):
                if kind == b"table":
                    rows = connection.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED').fetchall()
                    said.append((name, sorted(map(repr, rows))))
            return said
    except (driver.Error, MemoryError, UnicodeDecodeError):
        return None


def is_refused_or_reported(path: Path) -> bool:
    """Whether opening refuses the file, or the check of the opened store finds something."""
    try:
        with open_store(path, clock=FixedClock(), read_only=True) as store:
            return not check_store(store).is_clean
    except KnownError:
        return True


def judge(damaged: bytes, path: Path, original: object) -> Verdict:
    """Write a damaged store and look at it both ways."""
    path.write_bytes(damaged)
    changes = content(path) != original
    return Verdict(changes, is_refused_or_reported(path) if changes else True)


def flipped(data: bytes, seed: int) -> Iterator[tuple[int, int, bytes]]:
    """(offset, bit, file) without end: first a byte of every page, then mostly bytes that carry something."""
    chance = random.Random(seed)
    used = [offset for offset, byte in enumerate(data) if byte]
    pages = [page * PAGE + chance.randrange(PAGE) for page in range(len(data) // PAGE)]
    while True:
        offset = pages.pop() if pages else chance.choice(used) if chance.random() < 0.9 else chance.randrange(len(data))
        bit = chance.randrange(8)
        damaged = bytearray(data)
        damaged[offset] ^= 1 << bit
        yield offset, bit, bytes(damaged)


def hurt_pages(data: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """Pages zeroed, swapped, overwritten by another, and files cut short, without end."""
    chance = random.Random(seed)
    count = len(data) // PAGE
    pages = [data[start : start + PAGE] for start in range(0, len(data), PAGE)]
    while True:
        one, two = chance.randrange(count), chance.randrange(count)
        yield f"page {one} zeroed", b"".join([*pages[:one], bytes(PAGE), *pages[one + 1 :]])
        swapped = list(pages)
        swapped[one], swapped[two] = pages[two], pages[one]
        yield f"pages {one} and {two} swapped", b"".join(swapped)
        doubled = list(pages)
        doubled[one] = pages[two]
        yield f"page {one} overwritten by {two}", b"".join(doubled)
        length = chance.randrange(len(data))
        yield f"cut after {length} bytes", data[:length]
