"""Typists that are killed, again and again, over one store: every edit that they acknowledged must be there.

The child opens the store as the program does, appends one edit after the other and writes the name of the batch to a
pipe once the edit is committed. It is killed with SIGKILL at a random moment; then the store is opened and checked.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from shnor_desktop.domain.log import Set
from shnor_desktop.storage.check import check_store, quick_check
from shnor_desktop.storage.opening import open_store
from shnor_desktop.storage.store import Store
from tests.clock import FixedClock
from tests.storage.sample_store import SCHOOL, append, new_store, person

TEACHERS = 8
LONGEST = 0.15
"""Seconds that a child types at most."""


@dataclass(slots=True)
class Ledger:
    """What was acknowledged so far, kept outside the store."""

    names: list[str]
    kills: int = 0


def type_edits(path: Path, seed: int, acknowledge: Connection) -> None:
    """Type until killed: small edits, now and then a new row."""
    chance = random.Random(seed)
    store = open_store(path, clock=FixedClock())
    while True:
        row = f"teacher-{chance.randrange(TEACHERS)}"
        if chance.random() < 0.1:
            requests = person(f"teacher-{seed}-{chance.randrange(10**9)}", "Новый педагог")
        else:
            requests = [Set("staff_member", row, "full_name", f"Имя {chance.randrange(10**9)}")]
        acknowledge.send_bytes(append(store, *requests).encode("ascii"))


def kill_once(path: Path, seed: int) -> list[str]:
    """Start a typist, kill it at a random moment; returns what it had acknowledged."""
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload([__name__])
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=type_edits, args=(path, seed, sending), daemon=True)
    child.start()
    sending.close()
    chance = random.Random(seed)
    names = []
    if chance.random() < 0.8:  # the others are killed while they start or open the store
        names.append(receiving.recv_bytes().decode("ascii"))
    until = time.perf_counter() + chance.uniform(0, LONGEST)
    while (left := until - time.perf_counter()) > 0:
        if receiving.poll(left):
            names.append(receiving.recv_bytes().decode("ascii"))
    assert child.pid is not None
    os.kill(child.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    names += remaining(receiving)
    child.join()
    child.close()
    return names


def remaining(receiving: Connection) -> Iterator[str]:
    """What was acknowledged between the last look and the kill."""
    while True:
        try:
            yield receiving.recv_bytes().decode("ascii")
        except (EOFError, OSError):
            receiving.close()
            return


def lost(store: Store, names: list[str]) -> list[str]:
    """Acknowledged edits that are not in the store."""
    with store.reading() as reader:
        return [name for name in names if reader.batch_data(name) is None]


def kill_again_and_again(folder: Path, kills: int, seed: int = 1) -> Ledger:
    """Kill so many typists over one store; AssertionError when an edit is lost or the store is not sound."""
    path = folder / "school.db"
    with new_store(path) as store:
        for number in range(TEACHERS):
            append(store, *person(f"teacher-{number}", "Педагог"))
    ledger = Ledger([])
    for kill in range(kills):
        names = kill_once(path, seed * 100_000 + kill)
        ledger.kills += 1
        ledger.names += names
        with open_store(path, clock=FixedClock()) as store:
            assert lost(store, names) == [], f"kill {kill}"
            assert quick_check(store).is_clean, f"kill {kill}"
    with open_store(path, clock=FixedClock()) as store:
        assert lost(store, ledger.names) == []
        report = check_store(store)
        assert report.is_clean, report.findings
        with store.reading() as reader:
            assert reader.batch_count(SCHOOL) >= TEACHERS + len(ledger.names)
    return ledger
