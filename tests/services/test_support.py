"""Stages, partner schools and development plans as their pages show them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.services import development, records
from shnor_desktop.services.partners import partners_view
from shnor_desktop.services.stages import stages_view
from tests.clock import FixedClock
from tests.services.school import fill_passport_and_staff, make_school_workspace


def test_that_of_overlapping_stages_the_later_is_current(tmp_path: Path) -> None:
    workspace = make_school_workspace(tmp_path, FixedClock(datetime(2024, 4, 10, 8, tzinfo=UTC)))
    view = stages_view(workspace)
    assert view.current is not None
    assert view.current.stage.id == "III"
    assert [stage.is_over for stage in view.stages] == [True, False, False, False]
    workspace.close()


def test_that_tasks_that_nobody_is_named_for_are_shown(tmp_path: Path) -> None:
    workspace = make_school_workspace(tmp_path, FixedClock(datetime(2024, 12, 10, 8, tzinfo=UTC)))
    last = stages_view(workspace).stages[-1]
    assert [lane.title for lane in last.lanes] == ["Исполнитель не назван"]
    assert last.own_tasks == ()
    assert last.days_left == 22
    workspace.close()


def test_that_after_the_project_no_stage_is_current(tmp_path: Path) -> None:
    workspace = make_school_workspace(tmp_path, FixedClock(datetime(2026, 12, 10, 8, tzinfo=UTC)))
    view = stages_view(workspace)
    assert view.current is None
    assert view.caption == "проект завершён"
    workspace.close()


def test_that_what_was_promised_stands_beside_what_was_held(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    partner = records.begin(workspace, PartnerSchool, {"name": "Гимназия", "promised_events": 6}).row
    for day in ("2024-03-01", "2024-05-01", "2022-05-01", "2024-12-01"):
        records.begin(workspace, PartnerEvent, {"partner": partner, "held_on": day, "topic": f"Тема {day}"})
    view = partners_view(workspace)
    (only,) = view.partners
    assert only.caption == "проведено 2 из 6"
    assert next(event.topic for event in only.events) == "Тема 2024-12-01"
    records.remove(workspace, "partner_school", partner)
    assert partners_view(workspace).partners == ()
    workspace.close()


def test_that_teachers_without_plan_and_without_mentor_are_named(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    fill_passport_and_staff(workspace)
    view = development.development_view(workspace)
    assert len(view.without_plan) == 9
    assert sorted(card.teacher.subjects[0] for card in view.without_mentor) == ["math", "russian", "russian"]
    teacher = view.without_mentor[0].teacher.id
    plan = development.begin_plan(workspace, teacher).row
    with pytest.raises(KnownError, match=r"development\.plan_exists"):
        development.begin_plan(workspace, teacher)
    values = {"mentoring": "not_needed", "diagnostics_in": "42", "diagnostics_out": "61"}
    records.edit_many(workspace, "development_plan", plan, values)
    after = development.development_view(workspace)
    card = after.card(teacher)
    assert card is not None
    assert (card.mentor, card.change) == ("не требуется", "42 % → 61 % (+19)")
    assert len(after.without_mentor) == 2
    assert len(after.without_plan) == 8
    workspace.close()
