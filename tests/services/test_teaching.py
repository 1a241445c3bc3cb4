"""Lesson visits, courses, mentors and work programmes as the page «Педагоги» works with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.metrics.registry import compute
from shnor_desktop.models.development_plans import DevelopmentDeficit
from shnor_desktop.models.teaching import MentorMeeting, TrainingCourse, WorkProgrammeCheck
from shnor_desktop.services import courses, development, lesson_visits, mentoring, records, teaching
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.lesson_minutes import minutes_of, take_minutes
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import fill_passport_and_staff, make_school_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_school_workspace(tmp_path, FixedClock(datetime(2024, 10, 10, 8, tzinfo=UTC)))
    fill_passport_and_staff(made)
    yield made
    made.close()


def _facts(workspace: Workspace) -> SchoolFacts:
    return read_facts(workspace)


def _visit(workspace: Workspace, **values: object) -> str:
    facts = _facts(workspace)
    whole = {
        "visited_on": "2024-10-01",
        "kind": "administration",
        "teacher": facts.staff[0].id,
        "subject": "russian",
        "school_class": next(item.id for item in facts.classes if item.grade == 5),
        "topic": "Падежи",
        **values,
    }
    return lesson_visits.begin_visit(workspace, whole).row


def test_that_a_mutual_visit_begins_with_the_short_card(workspace: Workspace) -> None:
    mutual, full = _visit(workspace, kind="mutual"), _visit(workspace)
    view = lesson_visits.visits_view(workspace)
    found = [view.card(row) for row in (mutual, full)]
    assert [card.rubric.code if card and card.rubric else "" for card in found] == ["lesson_short", "lesson_full"]


def test_that_the_card_says_in_words_how_often_each_value_stands(workspace: Workspace) -> None:
    visit = _visit(workspace)
    lesson_visits.mark_criterion(workspace, visit, "org.start", score="2")
    lesson_visits.mark_criterion(workspace, visit, "org.time", score="1", note="долгая перекличка")
    card = lesson_visits.visits_view(workspace).card(visit)
    assert card is not None
    assert card.sections[0].words == "в полной мере: 1, отчасти: 1 (пунктов 2)"
    assert card.sections[1].words == "не отмечено"
    before = card.unmarked
    lesson_visits.mark_criterion(workspace, visit, "org.start", score="")
    after = lesson_visits.visits_view(workspace).card(visit)
    assert after is not None
    assert after.unmarked == before + 1
    assert after.marks[1].note == "долгая перекличка"


def test_that_the_draft_keeps_what_the_visitor_wrote(workspace: Workspace) -> None:
    visit = _visit(workspace, strengths="Дети спорят о правиле")
    lesson_visits.mark_criterion(workspace, visit, "org.start", score="2")
    lesson_visits.mark_criterion(workspace, visit, "result.check", score="0", note="звонок")
    lesson_visits.mark_criterion(workspace, visit, "method.support", score="x")
    lesson_visits.write_draft(workspace, visit)
    card = lesson_visits.visits_view(workspace).card(visit)
    assert card is not None
    assert card.visit.strengths == "Дети спорят о правиле"
    assert card.visit.growth == "– Результат урока проверен: звонок"
    text = card.visit.feedback or ""
    assert text.startswith("Спасибо за урок 01.10.2024 по теме «Падежи» (русский язык и литература, 5А).")
    assert "Дети спорят о правиле" in text
    assert not any(word in text for word in ("балл", "оценка", "уровень"))


def test_that_a_draft_of_a_deleted_visit_is_refused(workspace: Workspace) -> None:
    visit = _visit(workspace)
    records.remove(workspace, "lesson_visit", visit)
    with pytest.raises(KnownError, match=r"teaching\.visit_gone"):
        lesson_visits.write_draft(workspace, visit)


def test_that_who_was_not_visited_is_a_list_by_name(workspace: Workspace) -> None:
    everyone = lesson_visits.visits_view(workspace).not_visited
    assert len(everyone) == 9
    _visit(workspace)
    _visit(workspace, visited_on="2024-05-01", teacher=everyone[3].id)  # last school year
    _visit(workspace, visited_on="2024-11-01", teacher=everyone[4].id)  # still to come
    view = lesson_visits.visits_view(workspace)
    names = [person.label for person in view.not_visited]
    assert names == sorted(names)
    assert len(names) == 8
    assert [card.visit.topic for card in view.planned] == ["Падежи"]
    assert (len(view.waiting), len(view.discussed)) == (2, 0)


def test_that_a_visit_to_be_repeated_is_listed_until_it_is(workspace: Workspace) -> None:
    _visit(workspace, again_on="2024-11-01")
    assert len(lesson_visits.visits_view(workspace).again) == 1
    _visit(workspace, visited_on="2024-11-02")
    assert lesson_visits.visits_view(workspace).again == ()


def test_that_minutes_of_visits_feed_the_indicator(workspace: Workspace) -> None:
    with pytest.raises(KnownError, match=r"teaching\.no_minutes"):
        take_minutes(workspace)
    fourth = next(item.id for item in _facts(workspace).classes if item.grade == 4)
    _visit(workspace, lesson_minutes=40, independent_minutes=10)
    _visit(workspace, lesson_minutes=45, independent_minutes=15)
    _visit(workspace, school_class=fourth, lesson_minutes=40, independent_minutes=20)
    _visit(workspace, lesson_minutes=40)
    assert [item.words for item in minutes_of(_facts(workspace))] == ["НОО: 20 из 40 мин", "ООО: 25 из 85 мин"]
    take_minutes(workspace)
    assert all(item.is_taken for item in minutes_of(_facts(workspace)))
    found = compute("teaching.share_independent_work", _facts(workspace), 2024)
    assert (found.numerator, found.denominator) == (45, 125)


def test_that_finished_courses_count_as_the_last_training_everywhere(workspace: Workspace) -> None:
    person = records.rows(workspace, courses.StaffMember)[0]
    records.edit(workspace, "staff_member", person.id, "last_training", "2020-01-01")
    view = courses.courses_view(workspace)
    assert [need.teacher for need in view.needs] == [person.id]
    assert "больше 3 лет" in view.needs[0].why
    row = courses.request_courses(workspace).row
    assert courses.courses_view(workspace).needs == ()
    with pytest.raises(KnownError, match=r"teaching\.no_needs"):
        courses.request_courses(workspace)
    courses.mark_sent(workspace)
    with pytest.raises(KnownError, match=r"teaching\.nothing_to_send"):
        courses.mark_sent(workspace)
    share = "staff.share_training_overdue"
    assert compute(share, _facts(workspace)).numerator == 1
    records.edit_many(workspace, "training_course", row, {"state": "finished", "ends_on": "2024-10-01"})
    assert compute(share, _facts(workspace)).numerator == 0
    assert list(courses.training_note(workspace)) == [person.id]


def test_that_a_deficit_asks_for_courses_once(workspace: Workspace) -> None:
    teacher = _facts(workspace).staff[0]
    plan = development.begin_plan(workspace, teacher.id).row
    records.begin(workspace, DevelopmentDeficit, {"plan": plan, "kind": "subject", "description": "задачи с модулем"})
    (need,) = courses.courses_view(workspace).needs
    assert (need.teacher, need.title, need.wanted_by is not None) == (teacher.id, "Задачи с модулем", True)
    courses.request_courses(workspace, [need.key])
    assert courses.courses_view(workspace).needs == ()
    (row,) = records.rows(workspace, TrainingCourse)
    assert (row.deficit is not None, row.state) == (True, "needed")


def test_that_the_coverage_says_who_has_no_mentor_and_why(workspace: Workspace) -> None:
    view = mentoring.mentoring_view(workspace)
    assert len(view.wanted) == 3
    assert view.words == "Наставник есть у 0 из 3; не решено: 3."
    first, second = (item.card.teacher.id for item in view.wanted[:2])
    plan = development.begin_plan(workspace, first).row
    records.edit_many(workspace, "development_plan", plan, {"mentoring": "has", "mentor_text": "методист МОЦ"})
    other = development.begin_plan(workspace, second).row
    reason = {"mentoring": "impossible", "mentoring_reason": "единственный учитель предмета"}
    records.edit_many(workspace, "development_plan", other, reason)
    records.begin(workspace, MentorMeeting, {"plan": plan, "held_on": "2024-10-01", "topic": "План урока"})
    after = mentoring.mentoring_view(workspace)
    assert after.words == "Наставник есть у 1 из 3; нет возможности: 1; не решено: 1."
    assert after.wanted[0].state == ""
    entry = after.teacher(first)
    assert entry is not None
    assert (entry.words, entry.met) == ("наставник: методист МОЦ", "встреч 1, последняя 01.10.2024")


def test_that_one_click_makes_the_rows_of_a_month(workspace: Workspace) -> None:
    with pytest.raises(KnownError, match=r"teaching\.no_earlier_month"):
        teaching.begin_month(workspace, date(2024, 10, 1))
    facts = _facts(workspace)
    for person in facts.staff[:2]:
        values = {
            "month": "2024-09-01",
            "teacher": person.id,
            "subject": "russian",
            "school_class": facts.classes[0].id,
            "planned": 16,
            "held": 14,
        }
        records.begin(workspace, WorkProgrammeCheck, values)
    teaching.begin_month(workspace, date(2024, 10, 10))
    october = teaching.month_of(_facts(workspace), date(2024, 10, 1))
    assert october.words == "Не заполнено 2."
    with pytest.raises(KnownError, match=r"teaching\.month_is_there"):
        teaching.begin_month(workspace, date(2024, 10, 1))
    september = teaching.month_of(_facts(workspace), date(2024, 9, 1))
    assert september.words == "Отстают 2 из 2, всего 4 ч; без причины 2."
    records.remove(workspace, "staff_member", facts.staff[0].id)
    teaching.begin_month(workspace, date(2024, 11, 1))
    assert len(teaching.month_of(_facts(workspace), date(2024, 11, 1)).rows) == 1
