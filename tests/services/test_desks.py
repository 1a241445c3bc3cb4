"""Desks are begun with what is known of a school and opened again with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.desks import SchoolCard, create_centre_desk, create_school_desk, open_desk
from shnor_desktop.services.workspace import StoreKind
from tests.clock import FixedClock
from tests.services.school import CARD, make_school_workspace


def test_that_the_passport_of_a_new_desk_holds_its_card(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    school = records.row(workspace, School, workspace.school)
    assert school is not None
    assert (school.code, school.short_name, school.territory) == (CARD.code, CARD.short_name, "village")
    assert not records.undoable(workspace)
    workspace.close()


def test_that_a_desk_opens_again_as_the_same_replica(tmp_path: Path, fixed_clock: FixedClock) -> None:
    first = make_school_workspace(tmp_path, fixed_clock)
    first.close()
    again = open_desk(first.store.path, fixed_clock)
    assert (again.store_id, again.school, again.writer) == (first.store_id, first.school, first.writer)
    again.close()


def test_that_a_centre_has_no_school_of_its_own(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = create_centre_desk(tmp_path / "centre.shnor-db", "72-MOC", "Центр района", fixed_clock)
    assert workspace.kind is StoreKind.MUNICIPAL
    with workspace.reading() as reader:
        assert reader.schools() == []
    workspace.close()


def test_that_a_desk_of_an_unknown_methodology_is_not_begun(tmp_path: Path, fixed_clock: FixedClock) -> None:
    with pytest.raises(KnownError, match=r"methodology\.unknown"):
        create_school_desk(tmp_path / "s.shnor-db", SchoolCard("72-1", "Школа"), fixed_clock, "nowhere")
    assert not (tmp_path / "s.shnor-db").exists()


def test_that_a_code_unfit_for_file_names_begins_nothing(tmp_path: Path, fixed_clock: FixedClock) -> None:
    with pytest.raises(KnownError, match=r"keys\.code_unfit"):
        create_school_desk(tmp_path / "s.shnor-db", SchoolCard("код школы", "Школа"), fixed_clock)
    assert list(tmp_path.iterdir()) == []


def test_that_a_desk_that_is_open_is_not_opened_twice(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    with pytest.raises(KnownError, match=r"store\.in_use"):
        open_desk(workspace.store.path, fixed_clock)
    workspace.close()


def test_that_a_file_of_something_else_is_no_desk(tmp_path: Path, fixed_clock: FixedClock) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("просто заметки", "utf-8")
    with pytest.raises(KnownError, match=r"store\.not_a_store"):
        open_desk(path, fixed_clock)


def test_that_a_desk_on_a_protected_drive_opens_for_reading(tmp_path: Path, fixed_clock: FixedClock) -> None:
    make_school_workspace(tmp_path, fixed_clock).close()
    workspace = open_desk(tmp_path / "school.shnor-db", fixed_clock, read_only=True)
    with pytest.raises(KnownError, match=r"store\.read_only"):
        records.edit(workspace, School.log_name, workspace.school, "pupils", "100")
    workspace.close()
