"""A measured figure beside its floor and its goal, as a line of a table and as a line of JSON."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`goal` is the largest ratio to the floor, or, where there is no ratio, the largest value; None: only told."""

    name: str
    value: float
    floor: float | None = None
    goal: float | None = None
    bounds_value: bool = False
    """The goal bounds the value itself; the floor is told beside it."""
    is_met: bool = True
    """False where the goal is missed whatever the numbers are."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor; None where the goal is about the value itself."""
        return None if self.bounds_value or not self.floor else self.value / self.floor

    @property
    def passed(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        measured = self.value if self.ratio is None else self.ratio
        return None if self.goal is None else self.is_met and measured <= self.goal

    def json_line(self) -> str:
        """`{"name", "value", "floor", "ratio", "goal", "pass"}`."""
        ratio = None if self.ratio is None else round(self.ratio, 3)
        floor = None if self.floor is None else round(self.floor, 4)
        members = {"name": self.name, "value": round(self.value, 4), "floor": floor, "ratio": ratio}
        return json.dumps({**members, "goal": self.goal, "pass": self.passed}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A figure that cannot be measured on this computer, and why."""

    name: str
    reason: str


Outcome = Figure | Unmeasured
_HEAD = ("figure", "value", "floor", "ratio", "goal", "")
_WORDS = {True: "pass", False: "FAIL", None: ""}


def table(outcomes: Iterable[Outcome]) -> str:
    """The figures in columns, then what could not be measured."""
    found = list(outcomes)
    figures = [item for item in found if isinstance(item, Figure)]
    rows = [_HEAD, *(_row(item) for item in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines += [f"  {item.name}: {item.note}" for item in figures if item.note]
    lines += [f"  not measured: {item.name}: {item.reason}" for item in found if isinstance(item, Unmeasured)]
    return "\n".join(lines)


def markdown(outcomes: Iterable[Outcome]) -> str:
    """The same as the table of the README."""
    lines = ["| figure | value | floor | ratio | goal | |", "|---|--:|--:|--:|--:|---|"]
    words = {"pass": "reached", "FAIL": "**missed**", "": ""}
    for name, *numbers, verdict in (_row(item) for item in outcomes if isinstance(item, Figure)):
        shown = name.strip() if name.startswith("P") else f"– {name.strip()}"
        lines.append(f"| {shown} | {' | '.join(numbers)} | {words[verdict]} |".replace("<=", "≤"))
    return "\n".join(lines)


def median(samples: Sequence[float]) -> float:
    """The middle of the samples."""
    return statistics.median(samples)


def share(samples: Sequence[float], percent: float) -> float:
    """The sample below which so many percent of them lie."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def _row(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    floor = "" if figure.floor is None else _number(figure.floor)
    goal = "" if figure.goal is None else f"<= {figure.goal:g}"
    return figure.name, _number(figure.value), floor, ratio, goal, _WORDS[figure.passed]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers, word = row
    cells = [name.ljust(widths[0]), *(text.rjust(width) for text, width in zip(numbers, widths[1:-1], strict=True))]
    return "  ".join([*cells, word]).rstrip()
