"""The longest gap of the event loop while long work goes on beside it (P16)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure, Outcome, median
from benchmarks.materials import Materials, child

LONGEST_GOAL_MS, TAIL_GOAL_MS = 50.0, 20.0
WORKS = {
    "export": "export",
    "import": "import of a package",
    "folder": "import of a folder",
    "demo": "making of the demo school",
}


def measure(materials: Materials, rounds: int) -> list[Outcome]:
    """Ticks of 5 ms in the real window, offscreen; the floor is the same loop with nothing beside it."""
    found = [_one_round(materials) for _ in range(rounds)]
    outcomes: list[Outcome] = []
    for work, words in WORKS.items():
        for kind, goal in (("longest", LONGEST_GOAL_MS), ("p99", TAIL_GOAL_MS)):
            name = f"P16 gap during {words}, {kind}, ms"
            outcomes.append(Figure(name, _middle(found, work, kind), _middle(found, "idle", kind), goal, True))
    return outcomes


def _one_round(materials: Materials) -> Mapping[str, Mapping[str, float]]:
    school, centre = materials.copy_of(materials.school), materials.copy_of(materials.centre)
    given: list[str | Path] = [school, centre, materials.package, materials.sender, materials.fresh("-window")]
    given += [materials.copy_of(materials.knowing_centre), materials.many[0].path.parent]
    told = child("benchmarks.busy_window", *given, variables={"QT_QPA_PLATFORM": "offscreen"})
    gaps: Mapping[str, Mapping[str, float]] = json.loads(told)
    return gaps


def _middle(found: Sequence[Mapping[str, Mapping[str, float]]], work: str, kind: str) -> float:
    return median([gaps[work][kind] for gaps in found])
