"""Ctrl+Z pressed again and again takes back step after step, of one field too; Ctrl+Y brings them all again."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.models.pupils import RiskPupil
from shnor_desktop.services import records
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_school_workspace

STATES = ("supported", "watched", "left")


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school in which nothing was done yet."""
    return make_school_workspace(tmp_path, fixed_clock)


def states(school: Workspace) -> list[str | None]:
    """What stands in the register."""
    return [row.state for row in records.rows(school, RiskPupil)]


def changed_twice(school: Workspace) -> None:
    """A row begun in the first state and changed to the others."""
    row = records.begin(school, RiskPupil, {"code": "5-01", "state": STATES[0]}).row
    for state in STATES[1:]:
        records.edit(school, RiskPupil.log_name, row, "state", state)


def test_that_each_press_takes_back_one_step_of_a_field_until_the_row_is_gone(school: Workspace) -> None:
    changed_twice(school)
    seen = []
    while records.undo(school) is not None:
        seen.append(states(school))
    assert seen == [["watched"], ["supported"], []]


def test_that_what_was_taken_back_comes_again_in_order_and_goes_again(school: Workspace) -> None:
    changed_twice(school)
    for _ in range(2):
        while records.undo(school) is not None:
            pass
        assert states(school) == []
        seen = []
        while records.redo(school) is not None:
            seen.append(states(school))
        assert seen == [["supported"], ["watched"], ["left"]]


def test_that_a_row_that_was_deleted_and_begun_anew_goes_and_comes_step_by_step(school: Workspace) -> None:
    row = records.begin(school, RiskPupil, {"code": "5-01", "state": "supported"}).row
    records.remove(school, RiskPupil.log_name, row)
    records.begin(school, RiskPupil, {"code": "5-01", "state": "watched"})
    seen = []
    while records.undo(school) is not None:
        seen.append(states(school))
    assert seen == [[], ["supported"], []]


def test_that_a_step_under_a_later_one_that_stands_is_left_alone(school: Workspace) -> None:
    row = records.begin(school, RiskPupil, {"code": "5-01", "state": "supported"}).row
    records.edit(school, RiskPupil.log_name, row, "state", "watched")
    school.undo_stack.done.pop()  # as after a step that cannot be taken back: an import, another session
    assert records.undo(school) is None
    assert states(school) == ["watched"]
