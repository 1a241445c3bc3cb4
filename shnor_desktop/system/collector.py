"""The search for cycles rests while a great many values are made that hold none: it would walk them all each time."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0


@contextmanager
def resting_collector() -> Iterator[None]:
    """No search for cycles on any thread until the last of such blocks ends; reference counts free as ever."""
    global _resting
    with _lock:
        _resting += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if not _resting:
                gc.enable()
