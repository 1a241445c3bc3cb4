"""The instance lock: the second program is told who holds the store; a crash and a broken file leave no lock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.storage.lock import Holder, acquire, lock_path
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock
from tests.storage.sample_store import new_store

SECRETARY = Holder("KABINET-5", "Секретарь")
DIRECTOR = Holder("KABINET-1", "Директор")
HOLD = """
import sys, time
from pathlib import Path
from tests.clock import FixedClock
from shnor_desktop.storage.lock import Holder
from shnor_desktop.storage.opening import open_store
store = open_store(Path(sys.argv[1]), clock=FixedClock(), holder=Holder("KABINET-5", "Секретарь"))
print("open", flush=True)
time.sleep(60)
"""


def test_that_the_second_program_is_told_who_holds_the_store(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    with (
        open_store(path, clock=FixedClock(), holder=SECRETARY),
        pytest.raises(KnownError, match=r"store\.in_use") as caught,
    ):
        open_store(path, clock=FixedClock(), holder=DIRECTOR, break_lock=True)
    assert caught.value.params["computer"] == "KABINET-5"
    assert caught.value.params["user"] == "Секретарь"
    assert str(caught.value.params["since"]).startswith("02.09.2024")
    open_store(path, clock=FixedClock(), holder=DIRECTOR).close()


def test_that_a_killed_program_leaves_no_lock_on_its_computer(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"open"
    with pytest.raises(KnownError, match=r"store\.in_use"):
        open_store(path, clock=FixedClock(), holder=SECRETARY)
    child.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert lock_path(path).exists()
    open_store(path, clock=FixedClock(), holder=SECRETARY).close()
    assert not lock_path(path).exists()


def test_that_a_lock_of_another_computer_stands_until_a_person_breaks_it(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    note = {"computer": "KABINET-5", "user": "Секретарь", "pid": 17, "since": "2024-09-01T08:00:00Z"}
    lock_path(path).write_text(json.dumps(note), encoding="utf-8")
    with pytest.raises(KnownError, match=r"store\.locked_elsewhere") as caught:
        open_store(path, clock=FixedClock(), holder=DIRECTOR)
    assert caught.value.params["computer"] == "KABINET-5"
    assert json.loads(lock_path(path).read_text(encoding="utf-8")) == note
    with open_store(path, clock=FixedClock(), holder=DIRECTOR, break_lock=True):
        assert json.loads(lock_path(path).read_text(encoding="utf-8"))["computer"] == "KABINET-1"


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[]", b'{"computer": "X"}'])
def test_that_a_broken_lock_file_holds_nobody_up(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    lock_path(path).write_bytes(content)
    open_store(path, clock=FixedClock(), holder=DIRECTOR).close()


def test_that_a_store_that_cannot_be_opened_gives_its_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096])
    with pytest.raises(KnownError, match=r"store\.damaged"):
        open_store(path, clock=FixedClock())
    assert not lock_path(path).exists()


def test_that_a_lock_given_back_twice_is_given_back_once(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    held = acquire(path, FixedClock().now(), SECRETARY)
    held.release()
    again = acquire(path, FixedClock().now(), DIRECTOR)
    held.release()
    with pytest.raises(KnownError, match="KABINET-1"):
        acquire(path, FixedClock().now(), SECRETARY)
    again.release()
    assert os.listdir(tmp_path) == []
