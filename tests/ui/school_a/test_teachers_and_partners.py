"""Partners, development plans and stages are filled where they stand."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shnor_desktop.models.development_plans import DevelopmentPlan
from shnor_desktop.models.monitoring import StageTaskMark
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.ui.pages.register_panes import RegisterPane
from shnor_desktop.ui.workspaces.school.development import TeachersPage
from shnor_desktop.ui.workspaces.school.development_plans import PlansPane
from shnor_desktop.ui.workspaces.school.monitoring import MonitoringPage
from shnor_desktop.ui.workspaces.school.partners import PartnersPage
from shnor_desktop.ui.workspaces.school.partners_panes import EventsPane
from shnor_desktop.ui.workspaces.school.today import TodayPage
from shnor_desktop.ui.workspaces.school.today_line import TodayLine
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.typing_keys import type_text


def begin(school: SchoolWindow, cls: type, values: dict[str, object]) -> str:
    done: list[records.Done] = []
    with school.qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        school.desk.write(lambda: records.begin(school.workspace, cls, values), done.append)
    school.settle()
    return done[0].row


def test_that_the_first_partner_is_asked_for_before_the_first_event(school: SchoolWindow, qtbot: QtBot) -> None:
    page = school.open("partners")
    assert isinstance(page, PartnersPage)
    assert page.header.primary is not None
    qtbot.mouseClick(page.header.primary, Qt.MouseButton.LeftButton)
    school.settle()
    pane = page.pane(PartnerSchool.log_name)
    assert isinstance(pane, RegisterPane)
    draft = pane.panel.draft
    assert draft is not None
    assert draft.isVisible()
    line = draft.form.editors["name"].editor.input()
    assert isinstance(line, QLineEdit)
    type_text(line, "Гимназия № 1")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(draft.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert [one.name for one in records.rows(school.workspace, PartnerSchool)] == ["Гимназия № 1"]


def test_that_events_stand_by_date_with_what_was_taken_into_work(school: SchoolWindow, qtbot: QtBot) -> None:
    partner = begin(school, PartnerSchool, {"name": "Гимназия № 1", "promised_events": 6})
    for day, taken in (("12.03.2024", "Лист выбора"), ("20.05.2024", "Карта тем")):
        values = {"partner": partner, "held_on": day, "topic": "Встреча", "taken_into_work": taken}
        begin(school, PartnerEvent, values)
    page = school.open("partners")
    assert isinstance(page, PartnersPage)
    pane = page.pane()
    assert isinstance(pane, EventsPane)
    assert pane.panel.table is not None
    shown = [row.cells for row in pane.panel.table.rows_model.shown]
    assert shown == [("20.05.2024", "Встреча", "Карта тем"), ("12.03.2024", "Встреча", "Лист выбора")]
    assert "проведено 2 из 6" in pane.lines[0].words.text()


def test_that_a_teacher_without_a_plan_gets_one_by_one_button(school: SchoolWindow, qtbot: QtBot) -> None:
    row = begin(school, StaffMember, {"full_name": "Образцова Анна Ивановна", "birth_year": 1980, "subjects": ["math"]})
    page = school.open("development")
    assert isinstance(page, TeachersPage)
    pane = page.pane()
    assert isinstance(pane, PlansPane)
    card = pane.teachers.cards_model.cards[0]
    assert (card.id, card.heading, card.note) == (row, "Без плана · 1", "нет наставника")
    assert pane.no_plan is not None
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(pane.no_plan.button, Qt.MouseButton.LeftButton)
    school.settle()
    assert [one.teacher for one in records.rows(school.workspace, DevelopmentPlan)] == [row]
    assert pane.card.isVisible()
    assert pane.card.name.text() == "Образцова Анна Ивановна"


def test_that_a_task_of_the_school_is_marked_in_its_list(school: SchoolWindow, qtbot: QtBot) -> None:
    page = school.open("monitoring")
    assert isinstance(page, MonitoringPage)
    line = next(one for one in page.board.lines.values() if one.state is not None)
    assert line.state is not None
    at = line.state.findData("done")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        line.state.setCurrentIndex(at)
        line.state.activated.emit(at)
    school.settle()
    marks = {one.task: one.state for one in records.rows(school.workspace, StageTaskMark)}
    assert marks == {line.task.task.id: "done"}


def test_that_a_line_of_today_is_done_in_place_and_leaves_the_list(school: SchoolWindow, qtbot: QtBot) -> None:
    page = school.open("today")
    assert isinstance(page, TodayPage)
    lines = [one for one in page.findChildren(TodayLine) if one.item.entity == "stage_task_mark"]
    first = lines[0]
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(first.mark, Qt.MouseButton.LeftButton)
    school.settle()
    left = [one.item.text for one in page.findChildren(TodayLine) if one.isVisible()]
    assert first.item.text not in left


def test_that_the_next_step_opens_its_page(school: SchoolWindow, qtbot: QtBot) -> None:
    page = school.open("today")
    assert isinstance(page, TodayPage)
    qtbot.mouseClick(page.next_step.open_button, Qt.MouseButton.LeftButton)
    assert school.window.current_page_id() == "passport"
    school.settle()
