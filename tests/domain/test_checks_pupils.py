"""Rules of pupils and parents, and of the joint plan with partners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shnor_desktop.domain.facts import (
    ContestFact,
    FailureCauseFact,
    GroupLessonFact,
    PlanItemFact,
    PupilStepFact,
    RehearsalFact,
    RiskPupilFact,
    SubjectGroupFact,
    SurveyFact,
)
from tests.domain.checked_school import SOUND, codes, found, spoilt

PUPIL = RiskPupilFact(
    id="r1",
    code="7-03",
    school_class="k1",
    risks=("marks",),
    since=date(2024, 2, 1),
    curator="s1",
    parents_informed_on=date(2024, 2, 5),
    state="supported",
)
STEP = PupilStepFact(
    id="st", pupil="r1", title="Работа с пробелами", owner="s1", due_on=date(2024, 6, 20), state="planned"
)
EXAM = RehearsalFact(
    id="x1",
    exam="oge",
    subject="math",
    grade=9,
    held_on=date(2024, 4, 12),
    participants=12,
    below_minimum=3,
    analysis="Геометрия",
    parents_informed_on=date(2024, 4, 15),
)


def _told(**members: Any) -> list[str]:
    return codes(replace(SOUND, **members))


def test_that_a_pupil_with_a_plan_and_informed_parents_is_in_order() -> None:
    assert _told(risk_pupils=(PUPIL,), pupil_steps=(STEP,), rehearsals=(EXAM,)) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": "Kuznetsov"}, ["pupils.code_is_name"]),
        ({"until": date(2024, 1, 1)}, ["pupils.dates_reversed"]),
        ({"parents_informed_on": None}, ["pupils.parents_uninformed"]),
        ({"parents_informed_on": None, "state": "left"}, []),
        ({"outcome": "Кузнецов А. П. исправил двойку"}, ["pupils.name_in_text"]),
        ({"outcome": "поставлен диагноз ЗПР"}, ["pupils.diagnosis_in_text"]),
    ],
)
def test_that_a_pupil_is_a_code_with_parents_who_know(fields: dict[str, Any], told: list[str]) -> None:
    assert _told(risk_pupils=(replace(PUPIL, **fields),), pupil_steps=(STEP,)) == told


def test_that_a_pupil_at_risk_has_a_plan() -> None:
    assert _told(risk_pupils=(PUPIL,)) == ["pupils.without_plan"]
    assert _told(risk_pupils=(PUPIL,), pupil_steps=(replace(STEP, state="cancelled"),)) == ["pupils.without_plan"]


def test_that_late_steps_are_told_once_with_their_number() -> None:
    late = replace(STEP, due_on=date(2024, 6, 1))
    told = found(replace(SOUND, risk_pupils=(PUPIL,), pupil_steps=(late, replace(late, id="st2"))))
    assert [(item.code, item.params["steps"]) for item in told] == [("pupils.steps_overdue", "2\xa0шага")]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"below_minimum": 13}, ["pupils.rehearsal_below_exceeds"]),
        ({"parents_informed_on": None}, ["pupils.rehearsal_uninformed"]),
        ({"held_on": date(2024, 7, 1), "parents_informed_on": None}, ["pupils.row_ahead"]),
    ],
)
def test_that_a_rehearsal_is_told_to_the_parents(fields: dict[str, Any], told: list[str]) -> None:
    assert _told(rehearsals=(replace(EXAM, **fields),)) == told


def test_that_counts_of_the_journals_agree() -> None:
    survey = SurveyFact(id="u", held_on=date(2024, 5, 1), question="Довольны?", asked=10, satisfied=11)
    contest = ContestFact(
        id="c", held_on=date(2024, 5, 1), title="Чтецы", who="pupils", level="school", participants=2, winners=3
    )
    group = SubjectGroupFact(id="g", title="Физика", subject="physics", schedule="сб", pupils=4, codes="9-01, Петров")
    lesson = GroupLessonFact(id="l", subject_group="g", held_on=date(2024, 5, 1), topic="Оптика", attended=5)
    told = _told(surveys=(survey,), contests=(contest,), subject_groups=(group,), group_lessons=(lesson,))
    assert sorted(told) == [
        "pupils.attendance_exceeds_group",
        "pupils.code_is_name",
        "pupils.survey_exceeds_asked",
        "pupils.winners_exceed_participants",
    ]


def test_that_a_cause_is_an_observation() -> None:
    cause = FailureCauseFact(id="f", pupil="r1", cause="gaps", seen_in="У Кузнецова Артёма нет тетради")
    assert _told(risk_pupils=(PUPIL,), pupil_steps=(STEP,), failure_causes=(cause,)) == ["pupils.name_in_text"]


@pytest.mark.parametrize(("state", "told"), [(None, 1), ("planned", 1), ("held", 0), ("cancelled", 0)])
def test_that_an_item_of_the_joint_plan_is_held_in_time(state: str | None, told: int) -> None:
    item = PlanItemFact(
        id="i", partner="pa", title="Семинар", form="seminar", due_on=date(2024, 6, 1), expected="План", state=state
    )
    assert codes(replace(SOUND, plan_items=(item,))) == ["partners.plan_item_overdue"] * told


def test_that_an_item_with_a_held_event_is_not_late() -> None:
    item = PlanItemFact(id="i", partner="pa", title="Семинар", form="seminar", due_on=date(2024, 6, 1), expected="План")
    linked = spoilt("events", "e1", plan_item="i")
    assert codes(replace(linked, plan_items=(item,))) == []


def test_that_a_planned_event_needs_no_outcome_yet() -> None:
    planned = {"held_on": date(2024, 6, 20), "outcome": None, "own_participants": None, "state": "planned"}
    assert codes(spoilt("events", "e1", **planned)) == ["partners.fewer_events_than_promised"]


def test_that_the_words_of_a_promise_are_kept_too() -> None:
    told = found(spoilt("partners", "pa", frequency="ежемесячно"))
    assert told[0].code == "partners.promised_periods_empty"
    assert "март 2024" in str(told[0].params["periods"])
