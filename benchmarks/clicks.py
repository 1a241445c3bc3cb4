"""How the window of a large school answers clicks: the longest gap of the event loop after each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks import large_school
from benchmarks.figures import Figure, Outcome, median
from benchmarks.materials import Materials, child

GOAL_MS = 100.0
_IDLE = "idle"


def measure(materials: Materials, rounds: int, make: partial[None] | None = None) -> list[Outcome]:
    """One figure a page: opened for the first time, opened again, a row chosen; and how long until its data are there.

    The floor is the same loop with nothing to do.
    """
    store = materials.folder / "large.shnor-db"
    (make or partial(large_school.make))(store)
    found = [_one_round(materials, store) for _ in range(rounds)]
    outcomes: list[Outcome] = []
    for name in found[0]:
        if name == _IDLE:
            continue
        value = median([one[name] for one in found])
        floor = median([one[_IDLE] for one in found])
        is_gap = not name.endswith("until shown")
        goal = GOAL_MS if is_gap else None
        outcomes.append(Figure(f"P17 {name}, ms", value, floor if is_gap else None, goal, bounds_value=is_gap))
    return outcomes


def _one_round(materials: Materials, store: Path) -> Mapping[str, float]:
    told = child("benchmarks.clicking", materials.copy_of(store), variables={"QT_QPA_PLATFORM": "offscreen"})
    found: Mapping[str, float] = json.loads(told.splitlines()[-1])
    return found
