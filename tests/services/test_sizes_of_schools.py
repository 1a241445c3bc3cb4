"""A school of three pupils and one teacher, and one far larger than any: everything is computed and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import large_school
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import documents, programme, records
from shnor_desktop.services.calendar import calendar_of
from shnor_desktop.services.check import check
from shnor_desktop.services.indicators import indicator_lines
from shnor_desktop.services.result_reading import reading
from shnor_desktop.services.roadmap import road_map
from shnor_desktop.services.today import today_view
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_school_workspace

LONG = "О’Генри-Подъячева Ёлка " + "Щ" * 176
_MAY_REFUSE = {"monitoring.no_waves", "document.nothing_to_print"}


@pytest.fixture
def smallest(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """Three pupils in one class, one teacher with the longest name there may be, one work of one pupil."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    records.edit_many(workspace, "school", workspace.school, {"pupils": 3, "pupils_as_of": "2024-09-01"})
    records.begin(workspace, SchoolClass, {"grade": 4, "pupils": 3})
    person = {"full_name": LONG, "position": "primary_teacher", "subjects": ["primary"], "birth_year": 1961}
    records.begin(workspace, StaffMember, {**person, "education": "higher", "experience": 40, "category": "none"})
    sheet = {"procedure": "vpr", "subject": "russian", "grade": 4, "year": 2024, "participants": 1}
    records.begin(workspace, ResultSheet, {**sheet, "mark_2": 1, "mark_3": 0, "mark_4": 0, "mark_5": 0})
    programme.ensure_programme(workspace)
    return workspace


def print_everything(workspace: Workspace, folder: Path) -> list[str]:
    """Write every document as a PDF; what is refused otherwise than by words that say there is nothing to print."""
    failed = []
    for info in documents.list_kinds():
        try:
            documents.write_document(workspace, info.kind, folder / f"{info.kind}.pdf")
        except KnownError as error:
            if error.code not in _MAY_REFUSE:
                failed.append(f"{info.kind}: {error.code}")
    return failed


def test_that_the_smallest_school_is_checked_computed_and_printed(smallest: Workspace, tmp_path: Path) -> None:
    assert check(smallest).lines
    assert today_view(smallest).next_step.text
    assert indicator_lines(smallest)
    assert reading(smallest) is not None
    assert calendar_of(smallest).items
    assert print_everything(smallest, tmp_path) == []


def test_that_the_longest_name_is_kept_as_it_was_typed(smallest: Workspace) -> None:
    assert records.rows(smallest, StaffMember)[0].full_name == LONG
    with pytest.raises(KnownError) as caught:
        records.edit(smallest, "staff_member", records.rows(smallest, StaffMember)[0].id, "full_name", LONG + "Щ" * 30)
    assert caught.value.code == "value.too_long"


@pytest.mark.timeout(180)
def test_that_a_school_of_two_thousand_with_600_measures_is_read_whole(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    large_school.fill(workspace, large_school.PUPILS, large_school.TEACHERS, large_school.MEASURES)
    assert len(records.rows(workspace, StaffMember)) == large_school.TEACHERS
    assert len(road_map(workspace).rows) >= large_school.MEASURES
    assert len(calendar_of(workspace).items) > large_school.MEASURES
    assert check(workspace).lines
    assert today_view(workspace).overdue is not None
    for kind in ("roadmap", "register.decision", "development_plans"):
        documents.write_document(workspace, kind, tmp_path / f"{kind}.pdf")
