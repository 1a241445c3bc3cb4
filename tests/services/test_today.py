"""«Сегодня» begins with the first step, then holds what is late, due and waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Report
from shnor_desktop.models.partners import JointPlanItem, PartnerSchool
from shnor_desktop.models.quality import Decision, DocumentMark
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teaching import LessonVisit
from shnor_desktop.services import development, problems, programme, records, roadmap
from shnor_desktop.services.calendar import Returned
from shnor_desktop.services.check import check_facts
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.stages import mark_task, stages_view
from shnor_desktop.services.today import Action, mark_item_done, today_of, today_view
from shnor_desktop.storage.records import PackageRecord
from tests.clock import FixedClock
from tests.services.school import fill_passport_and_staff, make_diagnosed_school, make_school_workspace

PACKAGE = PackageRecord(
    id="a" * 64, direction="out", kind="school", file_name="72-014.shnor", number=1, school="", peer="",
    made_at="2024-09-01T08:00:00Z", state="handed", details="{}",
)  # fmt: skip


def test_that_the_first_day_names_the_first_step(tmp_path: Path) -> None:
    workspace = make_school_workspace(tmp_path, FixedClock(datetime(2024, 2, 5, 8, tzinfo=UTC)))
    view = today_view(workspace)
    assert (view.next_step.text, view.next_step.page) == ("Заполните паспорт школы", "passport")
    assert view.is_quiet
    assert view.stage == "этап I · 25\u00a0дней"
    fill_passport_and_staff(workspace)
    assert today_view(workspace).next_step.text == "Внесите результаты ВПР"
    workspace.close()


def test_that_steps_follow_the_work_until_the_tasks_of_the_stage(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    assert today_view(workspace).next_step.text == "Выберите проблемные поля"
    problems.accept(workspace, problems.suggest(workspace)[0])
    assert today_view(workspace).next_step.text == "Составьте программу перехода"
    programme.ensure_programme(workspace)
    assert today_view(workspace).next_step.text == "Добавьте мероприятия"
    roadmap.add_from_library(workspace, "failure_risk.1")
    step = today_view(workspace).next_step
    assert (step.field, step.action) == ("I.shnor.1", Action.MARK_DONE)
    workspace.close()


def test_that_lists_hold_what_is_late_and_what_this_week_asks_for(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    late = roadmap.add_from_library(workspace, "failure_risk.1", due=date(2024, 9, 1)).row
    now = roadmap.add_from_library(workspace, "failure_risk.2", due=date(2024, 9, 2)).row
    roadmap.add_from_library(workspace, "failure_risk.3", due=date(2024, 9, 9))
    view = today_view(workspace)
    assert late in {item.row for item in view.overdue}
    assert [item.row for item in view.this_week] == [now]
    item = view.this_week[0]
    with pytest.raises(KnownError, match=r"roadmap\.evidence_needed"):
        mark_item_done(workspace, item)
    mark_item_done(workspace, item, "План от 01.09.2024")
    assert today_view(workspace).this_week == ()
    assert view.badges["today"] == len(view.overdue)
    workspace.close()


def test_that_a_task_of_a_stage_is_done_in_place(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    item = next(item for item in today_view(workspace).overdue if item.field == "II.shnor.1")
    mark_item_done(workspace, item)
    assert "II.shnor.1" not in {item.field for item in today_view(workspace).overdue}
    task = next(t for stage in stages_view(workspace).stages for t in stage.own_tasks if t.task.id == "II.shnor.1")
    assert (task.state, task.done_on, task.page) == ("done", date(2024, 9, 2), "map")
    mark_task(workspace, "II.shnor.1", "open")
    assert "II.shnor.1" in {item.field for item in today_view(workspace).overdue}
    workspace.close()


def test_that_a_package_without_an_answer_is_waited_for(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    with workspace.writing() as transaction:
        transaction.records.put_package(replace(PACKAGE, school=workspace.school))
    (item,) = today_view(workspace).waiting
    assert (item.page, item.text) == ("exchange", "Пакет № 1 передан, ответа пока нет")
    with workspace.writing() as transaction:
        transaction.records.put_package(replace(PACKAGE, school=workspace.school, state="received"))
    assert today_view(workspace).waiting == ()
    workspace.close()


def test_that_a_step_of_a_plan_names_its_teacher(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    fill_passport_and_staff(workspace)
    teacher = read_facts(workspace).staff[0]
    plan = development.begin_plan(workspace, teacher.id).row
    values = {"plan": plan, "title": "Курсы", "due_on": "2024-09-04", "state": "planned", "form": "course"}
    from shnor_desktop.models.development_plans import DevelopmentActivity

    row = records.begin(workspace, DevelopmentActivity, values).row
    (item,) = [item for item in today_view(workspace).this_week if item.row == row]
    assert item.text == f"Курсы — {teacher.full_name}"
    mark_item_done(workspace, item)
    card = development.development_view(workspace).card(teacher.id)
    assert card is not None
    assert card.progress == "1 из 1 шагов"
    workspace.close()


def test_that_a_quarter_that_is_reported_is_not_late_for_the_next(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    programme.ensure_programme(workspace)
    row = roadmap.add_own(workspace, {"title": "Срез", "stage": "III", "deadline": "ежеквартально"}).row
    (late,) = [item for item in today_view(workspace).overdue if item.row == row]
    assert (late.due, late.detail) == (date(2024, 6, 30), "до 30.06.2024, срок 2 из 4")
    mark_item_done(workspace, late, "Справка № 2")
    view = today_view(workspace)
    assert row not in {item.row for item in (*view.overdue, *view.this_week)}
    measure = next(item for item in read_facts(workspace).measures if item.id == row)
    assert (measure.state, measure.evidence_given) == ("in_progress", "30.06.2024: Справка № 2")
    workspace.close()


def test_that_a_report_is_late_until_it_is_marked_as_handed_in(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    lane = next(iter(workspace.pack.school_lanes()))
    soon = Report("r1", "Отчёт школы", "МОУО", lane, "до 5 сентября", date(2024, 9, 5))
    past = replace(soon, code="r2", due=date(2024, 8, 1))
    facts = read_facts(workspace)
    pack = replace(workspace.pack, reports=(soon, past))
    view = today_of(pack, facts, check_facts(workspace, facts), returned=Returned("d", date(2024, 9, 1), "", 3))
    assert [item.text for item in view.this_week if item.detail.startswith("отчёт")] == ["Отчёт школы"]
    assert [(item.text, item.page) for item in view.overdue if item.field == "r2"] == [("Отчёт школы", "roadmap")]
    records.begin(workspace, DocumentMark, {"document": "r2", "ordinal": 1, "state": "handed"})
    facts = read_facts(workspace)
    assert not [item for item in today_of(pack, facts, check_facts(workspace, facts)).overdue if item.field == "r2"]
    assert "Доработать по замечаниям центра: пакет № 3" in {item.text for item in view.overdue}
    workspace.close()


def test_that_a_charge_is_late_with_its_owner_and_done_in_place(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    fill_passport_and_staff(workspace)
    owner = records.rows(workspace, StaffMember)[0]
    values = {"title": "Составить график", "due_on": "2024-08-30", "state": "open", "owner": owner.id}
    row = records.begin(workspace, Decision, values).row
    (item,) = [one for one in today_view(workspace).overdue if one.row == row]
    assert (item.page, item.action) == ("quality", Action.MARK_DONE)
    assert item.detail == f"поручение, до 30.08.2024, {owner.full_name}"
    mark_item_done(workspace, item)
    done = records.row(workspace, Decision, row)
    assert done is not None
    assert (done.state, done.done_on) == ("done", "2024-09-02")
    assert row not in {one.row for one in today_view(workspace).overdue}


def test_that_registers_have_their_days_and_a_reminder_is_never_late(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    fill_passport_and_staff(workspace)
    partner = records.begin(workspace, PartnerSchool, {"name": "Гимназия"}).row
    joint = {"partner": partner, "title": "Открытый урок", "form": "open_lesson", "due_on": "2024-09-04"}
    plan = records.begin(workspace, JointPlanItem, joint).row
    teacher = records.rows(workspace, StaffMember)[1].id
    visit = {"teacher": teacher, "topic": "Дроби", "visited_on": "2024-08-20", "again_on": "2024-08-30"}
    seen = records.begin(workspace, LessonVisit, visit).row
    view = today_view(workspace)
    assert [(one.text, one.action) for one in view.this_week if one.row == plan] == [("Открытый урок", Action.OPEN)]
    assert seen not in {one.row for one in (*view.overdue, *view.this_week)}
    soon = records.edit(workspace, "lesson_visit", seen, "again_on", "2024-09-03")
    assert [one.text for one in today_view(workspace).this_week if one.row == soon.row] == ["Посетить ещё раз: Дроби"]
