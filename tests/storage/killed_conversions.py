"""Conversions that are killed: the store is the old one or the new one, and one of the two keys opens it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.storage.conversion import convert_store
from tests.storage.sample_store import NOW

KEYS: dict[str, StoreKey | None] = {"plain": None, "one": StoreKey(bytes(range(32))), "two": StoreKey(bytes(32))}


def killed_after(seconds: float, path: Path, old: str, new: str) -> bool:
    """Convert in a process of its own and kill it `seconds` after it began; returns whether it was still at it."""
    command = [sys.executable, "-m", __name__, str(path), old, new]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        child.stdout.read(1)
        time.sleep(seconds)
        was_running = child.poll() is None
        os.kill(child.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    return was_running


if __name__ == "__main__":
    import sqlcipher3.dbapi2  # noqa: F401  loaded before the clock runs

    sys.stdout.write("!")
    sys.stdout.flush()
    convert_store(Path(sys.argv[1]), KEYS[sys.argv[2]], KEYS[sys.argv[3]], NOW)
    time.sleep(60)
