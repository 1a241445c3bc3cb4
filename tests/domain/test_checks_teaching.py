"""Rules of lesson visits, cross-checks, work programmes and courses; the later of two trainings counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shnor_desktop.domain.checks import RequiredField
from shnor_desktop.domain.facts import (
    CourseFact,
    CrossCheckFact,
    Fact,
    ProgrammeCheckFact,
    SchoolFacts,
    StaffFact,
    VisitFact,
)
from shnor_desktop.domain.facts.teaching import with_finished_courses
from shnor_desktop.domain.russian import plural
from tests.domain.checked_school import SOUND, TODAY, codes, found

_TEACHER = SOUND.staff[0].id
VISIT = VisitFact(
    id="v", visited_on=date(2024, 6, 3), kind="mutual", teacher=_TEACHER, visitor="other", subject="math",
    school_class="c", topic="Дроби", rubric="lesson_full", lesson_minutes=40, independent_minutes=12,
    discussed_on=date(2024, 6, 4),
)  # fmt: skip
COURSE = CourseFact(
    id="k", teacher=_TEACHER, title="Трудные темы", state="finished", starts_on=date(2024, 3, 1),
    ends_on=date(2024, 4, 1), certificate="12",
)  # fmt: skip
LAG = ProgrammeCheckFact(
    id="p", month=date(2024, 5, 1), teacher=_TEACHER, subject="math", school_class="c", planned=60, held=57
)
CROSS = CrossCheckFact(
    id="x", held_on=date(2024, 5, 1), work="ВПР", subject="math", school_class="c", works=20, differing=3,
    conclusion="Отметки обоснованы",
)  # fmt: skip
_PLACES = {
    VisitFact: "visits",
    CourseFact: "courses",
    ProgrammeCheckFact: "programme_checks",
    CrossCheckFact: "cross_checks",
}


def _with(row: Fact, **fields: Any) -> SchoolFacts:
    changed: Any = {_PLACES[type(row)]: (replace(row, **fields),)}
    return replace(SOUND, **changed)


@pytest.mark.parametrize(
    ("row", "fields", "told"),
    [
        (VISIT, {}, []),
        (VISIT, {"discussed_on": None}, ["teaching.visit_without_feedback"]),
        (VISIT, {"discussed_on": None, "visited_on": date(2024, 6, 8)}, []),
        (VISIT, {"visitor": _TEACHER}, ["teaching.visit_by_teacher"]),
        (VISIT, {"independent_minutes": 41}, ["teaching.visit_minutes_exceed"]),
        (VISIT, {"lesson_minutes": None}, []),
        (VISIT, {"discussed_on": None, "visited_on": date.max}, []),
        (VISIT, {"visited_on": date(2024, 6, 20), "topic": None, "discussed_on": None}, []),
        (VISIT, {"topic": None}, ["required.empty"]),
        (CROSS, {}, []),
        (CROSS, {"differing": 21}, ["teaching.cross_check_exceeds"]),
        (LAG, {}, ["teaching.programme_lag_unexplained"]),
        (LAG, {"reason": "болезнь учителя"}, []),
        (LAG, {"held": 61}, []),
        (LAG, {"held": None}, ["teaching.programme_check_unfilled"]),
        (COURSE, {}, []),
        (COURSE, {"certificate": " "}, ["teaching.course_without_certificate"]),
        (COURSE, {"ends_on": None}, ["teaching.course_end_unknown"]),
        (COURSE, {"ends_on": date(2024, 7, 1)}, ["teaching.course_end_unknown"]),
        (COURSE, {"ends_on": date(2024, 2, 1)}, ["teaching.course_dates_reversed"]),
        (COURSE, {"state": "studying"}, ["teaching.course_still_open"]),
    ],
)
def test_that_work_with_teachers_is_told_of_where_something_is_missing(
    row: Fact, fields: dict[str, Any], told: list[str]
) -> None:
    required = [RequiredField("lesson_visit", "topic", "Тема урока")]
    assert codes(_with(row, **fields), required=required) == told


def test_that_a_month_that_nobody_counted_is_told_once() -> None:
    rows = tuple(replace(LAG, id=str(at), held=None) for at in range(3))
    (finding,) = found(replace(SOUND, programme_checks=rows))
    assert finding.params["rows"] == plural(3, "строка", "строки", "строк")


@pytest.mark.parametrize(
    ("listed", "ends", "state", "counts"),
    [
        (date(2020, 1, 1), date(2024, 4, 1), "finished", date(2024, 4, 1)),
        (None, date(2024, 4, 1), "finished", date(2024, 4, 1)),
        (date(2024, 5, 1), date(2024, 4, 1), "finished", date(2024, 5, 1)),
        (date(2020, 1, 1), date(2024, 4, 1), "studying", date(2020, 1, 1)),
        (date(2020, 1, 1), date(2024, 7, 1), "finished", date(2020, 1, 1)),
        (date(2020, 1, 1), None, "finished", date(2020, 1, 1)),
    ],
)
def test_that_the_later_of_list_and_finished_courses_counts(
    listed: date | None, ends: date | None, state: str, counts: date
) -> None:
    person = StaffFact(id=_TEACHER, last_training=listed)
    course = replace(COURSE, ends_on=ends, state=state)
    (trained,) = with_finished_courses((person,), (course,), TODAY)
    assert trained.last_training == counts
