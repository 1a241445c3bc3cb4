"""The benchmarks measure at the smallest size and tell their figures in one form; how fast is not asserted here."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from benchmarks.autosave import judged, times
from benchmarks.exchange import export_figures, import_figures, verify_figures
from benchmarks.figures import Figure, Unmeasured, markdown, table
from benchmarks.materials import Materials
from benchmarks.rounds import interleaved
from benchmarks.subjects import SUBJECTS

MEMBERS = {"name", "value", "floor", "ratio", "goal", "pass"}


def test_that_a_line_of_a_figure_says_value_floor_ratio_goal_and_verdict() -> None:
    told = json.loads(Figure("P1", 260.0, 200.0, 1.4).json_line())
    assert told == {"name": "P1", "value": 260.0, "floor": 200.0, "ratio": 1.3, "goal": 1.4, "pass": True}


def test_that_a_missed_goal_is_told_as_missed() -> None:
    assert Figure("P1", 300.0, 200.0, 1.4).passed is False
    assert Figure("P16", 60.0, 10.0, 50.0, bounds_value=True).passed is False
    assert Figure("P7", 0.0, 1.0, 1.0, is_met=False).passed is False
    assert "FAIL" in table([Figure("P1", 300.0, 200.0, 1.4)])
    assert "| P1 | 300 | 200 | 1.50 | ≤ 1.4 | **missed** |" in markdown([Figure("P1", 300.0, 200.0, 1.4)])


def test_that_what_cannot_be_measured_is_told_with_its_reason() -> None:
    assert "no strace here" in table([Unmeasured("P7", "no strace here")])


def test_that_rounds_take_turns() -> None:
    order: list[str] = []
    interleaved(2, {name: partial(order.append, name) for name in "ab"})
    assert order == ["a", "b", "b", "a"]


def test_that_an_edit_that_was_not_synced_misses_the_goal() -> None:
    fine = judged("P7", [["s-wal"], ["s-wal", "s", "s-wal"], ["s-wal", "s-wal"], ["s-wal"]])
    assert (fine.value, fine.passed) == (1.0, True)
    assert judged("P7", [["s-wal"], []]).passed is False


def test_that_every_subject_can_be_named() -> None:
    assert list(SUBJECTS) == [
        "start",
        "autosave",
        "export",
        "verify",
        "import",
        "exchange",
        "workbooks",
        "gaps",
        "clicks",
    ]


@pytest.mark.timeout(300)
def test_that_the_demo_school_gives_a_figure_of_every_kind(tmp_path: Path) -> None:
    materials = Materials(tmp_path)
    outcomes = [
        *times(materials, 1, 2),
        *export_figures(materials, 1),
        *verify_figures(materials, 1),
        *import_figures(materials, 1),
    ]
    told = [json.loads(outcome.json_line()) for outcome in outcomes if isinstance(outcome, Figure)]
    assert len(told) == len(outcomes)
    assert all(set(line) == MEMBERS and line["value"] > 0 and line["floor"] > 0 for line in told)
