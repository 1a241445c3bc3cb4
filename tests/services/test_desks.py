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
