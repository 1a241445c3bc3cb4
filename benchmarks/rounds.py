"""Interleaved rounds: everything that is compared is measured in each round, in turn, so that all share the weather."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def interleaved(rounds: int, subjects: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Call every subject once a round, each round beginning with another; what they gave, by name."""
    found: dict[str, list[T]] = {name: [] for name in subjects}
    names = list(subjects)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            found[name].append(subjects[name]())
    return found


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def milliseconds(work: Callable[[], object]) -> float:
    """The same for longer work, with no garbage of what was before in it."""
    gc.collect()
    return 1000 * seconds(work)
