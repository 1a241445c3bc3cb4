"""The road map: measures with the school's own dates, done with evidence, moved and cancelled with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.metrics import compute
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import problems, programme, records, roadmap
from shnor_desktop.services.check import check
from shnor_desktop.services.facts import read_facts as facts_of
from shnor_desktop.services.roadmap import Grouping, MeasureRow, road_map
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school, make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its first problem in work and its programme begun, in September."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    return workspace


def only(workspace: Workspace) -> MeasureRow:
    """The one row of the road map."""
    (row,) = road_map(workspace).rows
    return row


def test_that_without_a_programme_no_measure_is_added(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    with pytest.raises(KnownError, match=r"programme\.not_begun"):
        roadmap.add_from_library(workspace, "failure_risk.1")
    workspace.close()


def test_that_a_library_measure_takes_the_owner_and_dates_of_the_school(school: Workspace) -> None:
    owner = records.rows(school, StaffMember)[0]
    roadmap.add_from_library(
        school, "failure_risk.1", owner=owner.id, deadline="до 10 октября 2024 г.", due=date(2024, 10, 10)
    )
    row = only(school)
    assert (row.owner, row.measure.deadline, row.measure.due_on) == (
        owner.full_name,
        "до 10 октября 2024 г.",
        date(2024, 10, 10),
    )
    assert row.days_left == 38
    assert row.problem == problems.cards(school)[0].problem.title
    assert row.task == "Снизить долю обучающихся, не достигающих минимального уровня"
    assert row.gaps == ()


def test_that_the_same_library_measure_is_not_added_twice(school: Workspace) -> None:
    roadmap.add_from_library(school, "failure_risk.1")
    with pytest.raises(KnownError, match=r"roadmap\.already_there"):
        roadmap.add_from_library(school, "failure_risk.1")


def test_that_marking_done_asks_for_the_evidence_only(school: Workspace) -> None:
    row = roadmap.add_from_library(school, "failure_risk.1").row
    with pytest.raises(KnownError, match=r"roadmap\.evidence_needed"):
        roadmap.mark_done(school, row, "  ")
    roadmap.mark_done(school, row, "Справка от 02.09.2024 № 7")
    measure = only(school).measure
    assert (measure.state, measure.done_on) == ("done", date(2024, 9, 2))
    assert not only(school).is_overdue
    roadmap.reopen(school, row)
    assert only(school).measure.evidence_given == "Справка от 02.09.2024 № 7"


def test_that_a_deadline_is_moved_and_a_measure_cancelled_only_with_a_reason(school: Workspace) -> None:
    row = roadmap.add_from_library(school, "failure_risk.1").row
    with pytest.raises(KnownError, match=r"roadmap\.reason_needed"):
        roadmap.put_off(school, row, date(2024, 10, 1), "")
    roadmap.put_off(school, row, date(2024, 10, 1), "Болезнь учителя")
    assert only(school).measure.deadline == "до 20 апреля 2024 г."
    assert only(school).measure.state == "moved"
    assert only(school).measure.note == "перенесено с 20.04.2024 на 01.10.2024: Болезнь учителя"
    assert only(school).days_left == 29
    with pytest.raises(KnownError, match=r"roadmap\.reason_needed"):
        roadmap.cancel(school, row, " ")
    roadmap.cancel(school, row, "Заменено другим")
    view = road_map(school)
    assert (view.counts.total, view.counts.cancelled) == (0, 1)


def test_that_what_is_done_when_needed_is_never_overdue(school: Workspace) -> None:
    roadmap.add_from_library(school, "equipment.4", due=date(2024, 3, 1))
    roadmap.add_from_library(school, "failure_risk.1")
    late = {row.measure.library_code: row.is_overdue for row in road_map(school).rows}
    assert late == {"equipment.4": False, "failure_risk.1": True}
    assert road_map(school).counts.overdue == 1


def test_that_rows_are_gathered_by_stage_or_by_owner(school: Workspace) -> None:
    owner = records.rows(school, StaffMember)[0]
    roadmap.add_from_library(school, "internal_training.1", owner=owner.id)
    roadmap.add_from_library(school, "failure_risk.1", owner=owner.id)
    own = {"title": "Своё", "stage": "III", "deadline": "июнь", "due_on": "30.06.2024", "owner_text": "Директор"}
    row = roadmap.add_own(school, own).row
    assert [group.code for group in road_map(school).groups] == ["II", "III"]
    by_owner = road_map(school, Grouping.OWNER).groups
    assert [(group.title, len(group.rows)) for group in by_owner] == [("Директор", 1), (owner.full_name, 2)]
    assert next(item for item in road_map(school).rows if item.measure.id == row).gaps == ("нет подтверждения",)


def test_that_a_measure_is_put_at_another_place_of_its_stage(school: Workspace) -> None:
    rows = [roadmap.add_from_library(school, f"failure_risk.{number}").row for number in (1, 2, 3)]
    roadmap.put_at(school, rows[2], 0)
    assert [row.measure.id for row in road_map(school).rows] == [rows[2], rows[0], rows[1]]


def test_that_the_road_map_is_gathered_by_the_sections_of_the_school_plan_in_their_order(school: Workspace) -> None:
    for measure in school.pack.school_measures()[:20]:
        roadmap.add_from_library(school, measure.id)
    roadmap.add_own(school, {"title": "Своё мероприятие"})
    groups = road_map(school, Grouping.DIRECTION).groups
    held = {group.code for group in groups}
    codes = [direction.code for direction in school.pack.directions if direction.code in held]
    assert [group.code for group in groups] == [*codes, ""]
    assert groups[-1].title == "Вне разделов плана"


def test_that_a_repeated_measure_is_late_alike_on_the_road_map_in_the_figure_and_in_the_check(
    school: Workspace,
) -> None:
    starts, ends = {"deadline": "ежеквартально", "title": "Совещание"}, facts_of(school).programme
    assert ends is not None
    roadmap.add_own(school, {**starts, "starts_on": "2024-02-01", "due_on": ends.ends_on})
    (late,) = [row for row in road_map(school).rows if row.is_overdue]
    assert late.measure.due_on is not None
    assert late.measure.due_on > facts_of(school).as_of, "its last day is still ahead"
    assert compute("roadmap.overdue", facts_of(school)).value == 1
    assert [line.row for line in check(school).lines if line.code == "roadmap.overdue"] == [late.measure.id]
