"""One change to many rows is one step; what would not change is left alone, and nonsense is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.quality import Decision
from shnor_desktop.services import bulk_edit, records
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with three charges; the last one has no day."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    for title, due in (("Первое", "2024-09-10"), ("Второе", "2024-12-30"), ("Третье", None)):
        values = {"title": title, "state": "open", **({"due_on": due} if due else {})}
        records.begin(workspace, Decision, values)
    return workspace


def rows(school: Workspace) -> list[str]:
    """The ids of the charges."""
    return [row.id for row in sorted(records.rows(school, Decision), key=lambda row: row.due_on or "9999")]


def days(school: Workspace) -> list[str | None]:
    """Their days."""
    return sorted((row.due_on for row in records.rows(school, Decision)), key=lambda day: day or "9999")


def test_that_a_field_is_set_in_all_rows_and_taken_back_at_once(school: Workspace) -> None:
    done = bulk_edit.set_for_all(school, "decision", rows(school), "state", "in_progress")
    assert done.operation == "изменено у 3: Поручение — состояние"
    assert {row.state for row in records.rows(school, Decision)} == {"in_progress"}
    assert not bulk_edit.set_for_all(school, "decision", rows(school), "state", "in_progress").changed
    records.undo(school)
    assert {row.state for row in records.rows(school, Decision)} == {"open"}


def test_that_days_are_shifted_where_there_are_some(school: Workspace) -> None:
    bulk_edit.shift_all(school, "decision", rows(school), "due_on", 5)
    assert days(school) == ["2024-09-15", "2025-01-04", None]
    bulk_edit.shift_all(school, "decision", rows(school), "due_on", -5)
    assert days(school) == ["2024-09-10", "2024-12-30", None]
    for wrong, code in ((0, "bulk.nothing"), (99999, "bulk.too_far")):
        with pytest.raises(KnownError) as caught:
            bulk_edit.shift_all(school, "decision", rows(school), "due_on", wrong)
        assert caught.value.code == code
        assert explain(caught.value).do


def test_that_rows_are_deleted_and_come_back_together(school: Workspace) -> None:
    bulk_edit.remove_all(school, "decision", rows(school)[:2])
    assert len(rows(school)) == 1
    records.undo(school)
    assert len(rows(school)) == 3


def test_that_a_value_that_is_no_value_changes_nothing(school: Workspace) -> None:
    with pytest.raises(KnownError):
        bulk_edit.set_for_all(school, "decision", rows(school), "due_on", "32.13.2024")
    assert days(school) == ["2024-09-10", "2024-12-30", None]
