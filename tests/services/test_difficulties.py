"""The register of difficulties: filled from red skills in one step, answered by a measure and by training for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.development_plans import DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teaching import TrainingCourse
from shnor_desktop.reports.content import texts
from shnor_desktop.services import records
from shnor_desktop.services.difficulties import (
    RedSkill,
    add_measure,
    add_to_register,
    ask_for_training,
    red_skills,
    trainees,
)
from shnor_desktop.services.document_makers import make
from shnor_desktop.services.result_reading import reading
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

_SKILL = "Решать задачи на доли"


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with one paper of twenty pupils: a skill of two red tasks, and a task that was done well."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    key = {"procedure": "vpr", "subject": "math", "grade": 8, "year": 2024}
    marks = {"participants": 20, "mark_2": 6, "mark_3": 10, "mark_4": 3, "mark_5": 1}
    sheet = records.begin(workspace, ResultSheet, {**key, **marks}).row
    for code, percent, skill in (("1", "40", _SKILL), ("2", "50", _SKILL), ("3", "90", "")):
        values = {"sheet": sheet, "code": code, "percent": percent, "difficulty": "basic", "max_score": 1}
        records.begin(workspace, ResultTask, {**values, "attempts": 20, "skill": skill})
    return workspace


def red_of(school: Workspace) -> tuple[RedSkill, ...]:
    cards = [view.card for view in reading(school).cards if view.card.grade == 8 and view.card.subject == "math"]
    return red_skills(school, cards)


def the_difficulty(school: Workspace) -> LearningDifficulty:
    [found] = records.rows(school, LearningDifficulty)
    return found


def test_that_a_red_skill_goes_into_the_register_with_everything_that_is_known_in_one_step(school: Workspace) -> None:
    add_to_register(school, red_of(school))
    found = the_difficulty(school)
    assert (found.subject, found.grade, found.year, found.skill) == ("math", 8, 2024, _SKILL)
    assert (found.tasks, str(found.percent), found.state) == ("1, 2", "45", "open")
    assert found.sheet is not None
    records.undo(school)
    assert records.rows(school, LearningDifficulty) == []


def test_that_what_is_there_is_not_added_twice_and_that_is_said(school: Workspace) -> None:
    add_to_register(school, red_of(school))
    assert [one.is_there for one in red_of(school)] == [True]
    with pytest.raises(KnownError) as refused:
        add_to_register(school, red_of(school))
    assert refused.value.code == "difficulties.all_there"


def test_that_nothing_is_offered_of_fewer_than_ten_pupils(school: Workspace) -> None:
    for task in records.rows(school, ResultTask):
        records.edit(school, "result_task", task.id, "attempts", 8)
    assert red_of(school) == ()


def test_that_a_measure_is_linked_and_filled_and_one_undo_takes_it_back(school: Workspace) -> None:
    add_to_register(school, red_of(school))
    row = the_difficulty(school).id
    records.edit(school, "learning_difficulty", row, "due_on", "2024-12-20")
    done = add_measure(school, row)
    measure = records.row(school, Measure, done.row)
    assert measure is not None
    assert (measure.title or "").startswith("Работа над затруднением «Решать задачи на доли»")
    assert (measure.due_on, measure.state) == ("2024-12-20", "planned")
    assert (the_difficulty(school).measure, the_difficulty(school).state) == (done.row, "in_work")
    with pytest.raises(KnownError) as refused:
        add_measure(school, row)
    assert refused.value.code == "difficulties.measure_there"
    records.undo(school)
    assert the_difficulty(school).measure is None
    assert records.row(school, Measure, done.row) is None or records.row(school, Measure, done.row).hidden  # type: ignore[union-attr]


def test_that_training_is_offered_to_all_teachers_of_the_subject_in_neutral_words(school: Workspace) -> None:
    add_to_register(school, red_of(school))
    row = the_difficulty(school).id
    offered = trainees(school, row)
    teachers = {one.id for one in records.rows(school, StaffMember) if "math" in (one.subjects or [])}
    assert {one.teacher.id for one in offered} == teachers
    ask_for_training(school, row, teachers)
    courses = records.rows(school, TrainingCourse)
    assert {(one.teacher, one.state) for one in courses} == {(teacher, "needed") for teacher in teachers}
    assert "%" not in (courses[0].title or "")
    with pytest.raises(KnownError) as refused:
        ask_for_training(school, row, teachers)
    assert refused.value.code == "difficulties.nobody_to_train"


def test_that_the_note_on_results_tells_a_skill_once_and_the_register_with_its_action(school: Workspace) -> None:
    before = " ".join(texts(make(school, "results_note", None)))
    assert f"{_SKILL} (1, 2)" in before
    assert "Реестр затруднений" not in before
    add_to_register(school, red_of(school))
    records.edit(school, "learning_difficulty", the_difficulty(school).id, "action", "Разминка на каждом уроке")
    after = " ".join(texts(make(school, "results_note", None)))
    assert f"{_SKILL} (1, 2)" not in after
    assert "Реестр затруднений" in after
    assert "Разминка на каждом уроке" in after


def test_that_a_deficit_is_written_only_into_a_plan_that_is_there(school: Workspace) -> None:
    add_to_register(school, red_of(school))
    row = the_difficulty(school).id
    [teacher] = [one.teacher.id for one in trainees(school, row)][:1]
    with pytest.raises(KnownError):
        ask_for_training(school, row, [teacher], courses=False)
    records.begin(school, DevelopmentPlan, {"teacher": teacher, "goal": "Цель", "state": "running"})
    ask_for_training(school, row, [teacher], courses=False)
    assert [one.description for one in records.rows(school, DevelopmentDeficit)] == [
        f"Содержание и методика: {_SKILL} (математика, 8 класс)"
    ]
