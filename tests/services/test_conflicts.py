"""Fields that two people changed: the versions in words, and the choice between them."""

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.check import check
from shnor_desktop.services.conflicts import keep_version, undecided
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import ConflictRecord
from tests.clock import FixedClock
from tests.services.school import make_school_workspace


def make_undecided(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A school whose locality was changed by two."""
    records.edit(workspace, School.log_name, workspace.school, "locality", "деревня Лесная")
    lines = [one for one in records.history(workspace, School.log_name) if one.key.field == "locality"]
    found = [ConflictRecord(lines[0].key, tuple(lines[:2]))]
    monkeypatch.setattr("shnor_desktop.storage.reading.Reader.conflicts", lambda *_: list(found))


def test_that_a_conflict_is_found_under_the_key_of_its_finding(
    tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    make_undecided(workspace, monkeypatch)
    finding = check(workspace).errors[0]
    conflict = undecided(workspace)[finding.key]
    assert [one.words for one in conflict.versions] == ["деревня Лесная", "село Лесное"]
    assert [one.is_shown for one in conflict.versions] == [True, False]
    keep_version(workspace, conflict, 1)
    row = records.row(workspace, School, workspace.school)
    assert row is not None
    assert row.locality == "село Лесное"
    workspace.close()


def test_that_a_conflict_decided_meanwhile_is_said_to_be(
    tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    make_undecided(workspace, monkeypatch)
    (conflict,) = undecided(workspace).values()
    monkeypatch.setattr("shnor_desktop.storage.reading.Reader.conflicts", lambda *_: [])
    with pytest.raises(KnownError, match=r"check\.conflict_decided"):
        keep_version(workspace, conflict, 0)
    workspace.close()
