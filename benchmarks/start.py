"""The first window and the window with the school's data against a bare PySide6 window; memory (P1, P2, P4)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from benchmarks.figures import Figure, Outcome, Unmeasured, median
from benchmarks.materials import Materials, child
from benchmarks.rounds import interleaved

FIRST_GOAL, DATA_GOAL, MEMORY_GOAL = 1.4, 4.5, 2.3
Moments = Mapping[str, float | None]


def measure(materials: Materials, rounds: int) -> list[Outcome]:
    """On Qt's offscreen platform, and on an X server without a screen where there is one."""
    school = str(materials.school)
    found = _of_platform("offscreen", school, rounds, QT_QPA_PLATFORM="offscreen")
    if sys.platform == "win32" or shutil.which("Xvfb") is None:
        return [*found, Unmeasured("first window, Xvfb", "no Xvfb on this computer")]
    with _x_server() as display:
        return [*found, *_of_platform("Xvfb", school, rounds, QT_QPA_PLATFORM="xcb", DISPLAY=display)]


def _of_platform(platform: str, school: str, rounds: int, **variables: str) -> list[Outcome]:
    bare, ours = partial(_window, variables, "bare"), partial(_window, variables, "school", school)
    bare(), ours()  # once for the disk cache
    found = interleaved(rounds, {"bare": bare, "ours": ours})
    floor = _middle(found["bare"], "painted")
    outcomes: list[Outcome] = [
        Figure(f"P1 first window, {platform}, ms", _middle(found["ours"], "painted"), floor, FIRST_GOAL),
        Figure(f"P2 window with data, {platform}, ms", _middle(found["ours"], "shown"), floor, DATA_GOAL),
    ]
    if any(moments["Pss"] is None for moments in found["ours"]):
        return [*outcomes, Unmeasured(f"P4 memory, {platform}", "this system does not tell the weight of a process")]
    for weight, goal in (("Pss", MEMORY_GOAL), ("Rss", None)):
        ours_mb, bare_mb = (_middle(found[kind], weight) / 1024 for kind in ("ours", "bare"))
        name = f"P4 memory with data, {platform}, MB {weight.upper()}"
        note = "what other programs share now is counted in its share" if weight == "Pss" else ""
        outcomes.append(Figure(name, ours_mb, bare_mb, goal, note=note))
    return outcomes


def _window(variables: Mapping[str, str], *words: str) -> Moments:
    """One window in a fresh process: milliseconds from its start, and its weight."""
    began = time.monotonic()
    told = json.loads(child("benchmarks.windows", *words, variables=variables))
    return {name: value if name in ("Rss", "Pss") else (value - began) * 1000 for name, value in told.items()}


def _middle(found: list[Moments], name: str) -> float:
    return median([value for moments in found if (value := moments[name]) is not None])


@contextmanager
def _x_server() -> Iterator[str]:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
