"""«Педагоги» in a window: a lesson is marked by keys, courses are asked for, a month is begun, a talk stays alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from shnor_desktop.models.teaching import FeedbackCard, LessonMark, LessonVisit, TrainingCourse, WorkProgrammeCheck
from shnor_desktop.services import lesson_visits, records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.pages import Target
from shnor_desktop.ui.pages.visits import VisitsPane
from shnor_desktop.ui.workspaces.school.development import MENTORS, TALKS, VISITS, TeachersPage
from shnor_desktop.ui.workspaces.school.development_courses import CoursesPane
from shnor_desktop.ui.workspaces.school.development_feedback import FeedbackPane
from shnor_desktop.ui.workspaces.school.development_mentors import MentorsPane
from shnor_desktop.ui.workspaces.school.development_programmes import ProgrammesPane
from shnor_desktop.ui.workspaces.school.staff import StaffPage
from tests.services.school import fill_passport_and_staff
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.typing_keys import type_text


@pytest.fixture
def page(school: SchoolWindow) -> TeachersPage:
    """The page over a school of nine teachers."""
    fill_passport_and_staff(school.workspace)
    made = school.open("development")
    assert isinstance(made, TeachersPage)
    return made


def _visit(school: SchoolWindow, **values: object) -> str:
    facts = read_facts(school.workspace)
    day = facts.as_of.isoformat()
    whole = {"visited_on": day, "kind": "mutual", "teacher": facts.staff[0].id, "subject": "math", "topic": "Дроби"}
    return lesson_visits.begin_visit(school.workspace, whole | {"school_class": facts.classes[0].id} | values).row


def test_that_keys_mark_the_card_and_go_on(school: SchoolWindow, page: TeachersPage) -> None:
    visit = _visit(school, rubric="lesson_full")
    page.show_target(Target(LessonVisit.log_name, visit, ""))
    school.settle()
    pane = page.pane(VISITS)
    assert isinstance(pane, VisitsPane)
    pane.visit.show_part("card")
    rows = list(pane.visit.rubric.rows.values())
    rows[0].bar.setFocus()
    QTest.keyClicks(rows[0].bar, "2")
    school.settle()
    assert school.window.focusWidget() is rows[1].bar
    QTest.keyClick(rows[1].bar, Qt.Key.Key_Right)
    QTest.keyClick(rows[1].bar, Qt.Key.Key_Down)
    type_text(rows[2].bar, "х")  # the same key on a Russian keyboard
    school.settle()
    marks = {one.criterion: one.score for one in records.rows(school.workspace, LessonMark)}
    assert marks == {rows[0].code: "2", rows[1].code: "0", rows[2].code: "x"}
    assert [row.bar.score() for row in rows[:3]] == ["2", "0", "x"]
    rows[0].note.setText("класс готов")
    rows[0].note.editingFinished.emit()
    school.settle()
    assert "класс готов" in {one.note for one in records.rows(school.workspace, LessonMark)}


def test_that_a_mouse_marks_and_the_summary_is_in_words(school: SchoolWindow, page: TeachersPage, qtbot: QtBot) -> None:
    visit = _visit(school)
    page.show_target(Target(LessonVisit.log_name, visit, "strengths"))
    school.settle()
    pane = page.pane(VISITS)
    assert isinstance(pane, VisitsPane)
    pane.visit.show_part("card")
    first = next(iter(pane.visit.rubric.rows.values()))
    qtbot.mouseClick(first.bar.buttons["yes"], Qt.MouseButton.LeftButton)
    school.settle()
    assert pane.visit.summary.text() == "Урок: да: 1, не отмечено: 4 (пунктов 5)"
    pane.visit.show_part("talk")
    qtbot.mouseClick(pane.visit.draft, Qt.MouseButton.LeftButton)
    school.settle()
    row = records.row(school.workspace, LessonVisit, visit)
    assert row is not None
    assert "Цель урока понятна ученикам" in (row.feedback or "")
    qtbot.mouseClick(pane.visit.discussed, Qt.MouseButton.LeftButton)
    school.settle()
    assert not pane.visit.discussed.isVisible()


def test_that_a_teacher_not_visited_yet_begins_a_visit(school: SchoolWindow, page: TeachersPage) -> None:
    page.show_part(VISITS)
    school.settle()
    pane = page.pane(VISITS)
    assert isinstance(pane, VisitsPane)
    card = pane.list.cards_model.cards[0]
    assert card.heading == "Ещё не были в этом учебном году · 9"
    pane.list.select(card.id)
    assert pane.draft is not None
    assert pane.draft.isVisible()
    values = {**pane.draft.form.editors}
    assert values["teacher"].value() == card.id.removeprefix("teacher:")


def test_that_one_click_writes_down_who_needs_courses(school: SchoolWindow, page: TeachersPage, qtbot: QtBot) -> None:
    person = read_facts(school.workspace).staff[0]
    records.edit(school.workspace, "staff_member", person.id, "last_training", "2019-06-01")
    page.show_part(TrainingCourse.log_name)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, CoursesPane)
    assert "Нужны курсы: 1 по сроку." in pane.strip.words.text()
    pane.take_menu.actions()[0].trigger()
    school.settle()
    assert [row.teacher for row in records.rows(school.workspace, TrainingCourse)] == [person.id]
    assert pane.take.isHidden()
    qtbot.mouseClick(pane.send, Qt.MouseButton.LeftButton)
    school.settle()
    assert [row.state for row in records.rows(school.workspace, TrainingCourse)] == ["requested"]


def test_that_a_month_is_begun_from_the_month_before(school: SchoolWindow, page: TeachersPage, qtbot: QtBot) -> None:
    facts = read_facts(school.workspace)
    before = date(facts.as_of.year - 1, 12, 1)
    values = {
        "month": before.isoformat(), "teacher": facts.staff[0].id, "subject": "math",
        "school_class": facts.classes[0].id, "planned": 40, "held": 37,
    }  # fmt: skip
    records.begin(school.workspace, WorkProgrammeCheck, values)
    page.show_part(WorkProgrammeCheck.log_name)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, ProgrammesPane)
    assert len(pane.months.findChildren(QAbstractButton)) == 2
    qtbot.mouseClick(pane.start, Qt.MouseButton.LeftButton)
    school.settle()
    assert len(records.rows(school.workspace, WorkProgrammeCheck)) == 2
    pane.months.select(before.isoformat())
    pane.months.chosen.emit(before.isoformat())
    school.settle()
    assert pane.panel.table is not None
    (row,) = pane.panel.table.rows_model.shown
    assert row.cells[-1] == "37 (−3 ч)"
    assert pane.strip.words.text() == "Отстают 1 из 1, всего 3 ч; без причины 1."


def test_that_the_coverage_begins_a_plan_for_a_mentor(school: SchoolWindow, page: TeachersPage, qtbot: QtBot) -> None:
    page.show_part(MENTORS)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, MentorsPane)
    assert pane.strip.words.text().startswith("Наставник есть у 0 из 3; не решено: 3.")
    assert pane.no_plan is not None
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(pane.no_plan.button, Qt.MouseButton.LeftButton)
    school.settle()
    assert pane.form is not None
    assert pane.form.isVisible()


def test_that_only_the_cards_of_the_chosen_teacher_are_read(school: SchoolWindow, page: TeachersPage) -> None:
    one, two = read_facts(school.workspace).staff[:2]
    for person in (one, two):
        values = {"teacher": person.id, "given_on": "2024-01-10", "strengths": person.label, "growth": "Темп"}
        records.begin(school.workspace, FeedbackCard, values)
    page.show_part(TALKS)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, FeedbackPane)
    assert pane.panel is None
    assert page.history_of()[1]
    at = pane.combo.findData(two.id)
    pane.combo.setCurrentIndex(at)
    pane.combo.activated.emit(at)
    school.settle()
    assert pane.panel is not None
    assert pane.panel.rows is not None
    assert [row.values["strengths"] for row in pane.panel.rows.rows] == [two.label]


def test_that_a_finding_opens_the_month_of_its_row(school: SchoolWindow, page: TeachersPage) -> None:
    facts = read_facts(school.workspace)
    values = {"teacher": facts.staff[0].id, "subject": "math", "school_class": facts.classes[0].id}
    year = facts.as_of.year - 1
    rows = [
        records.begin(school.workspace, WorkProgrammeCheck, {"month": f"{year}-{month}", **values}).row
        for month in ("10-17", "11-01")
    ]
    page.show_target(Target(WorkProgrammeCheck.log_name, rows[0], "held"))
    school.settle()
    pane = page.pane()
    assert isinstance(pane, ProgrammesPane)
    assert (pane.month, pane.panel.current) == (date(year, 10, 1), rows[0])


def test_that_a_desk_that_only_looks_shows_every_part(school: SchoolWindow, page: TeachersPage) -> None:
    _visit(school)
    looking = TeachersPage(school.desk.viewing(school.workspace.school, "Смотрит центр."))
    school.qtbot.addWidget(looking)
    looking.show()
    for part in looking.parts:
        looking.show_part(part)
        school.settle()
    pane = looking.pane(VISITS)
    assert isinstance(pane, VisitsPane)
    assert not any(bar.bar.isEnabled() for bar in pane.visit.rubric.rows.values())
    assert pane.visit.remove.isHidden()


def test_that_the_staff_list_says_which_courses_count(school: SchoolWindow, page: TeachersPage) -> None:
    person = read_facts(school.workspace).staff[0]
    day = read_facts(school.workspace).as_of.isoformat()
    values = {"teacher": person.id, "title": "Трудные темы", "state": "finished", "ends_on": day}
    records.begin(school.workspace, TrainingCourse, values)
    staff = school.open("staff")
    assert isinstance(staff, StaffPage)
    assert staff.panel.rows is not None
    assert "Трудные темы" in staff.panel.rows.origins[person.id]["last_training"]
