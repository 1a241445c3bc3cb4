"""«Показатели», and the lists that they come from, as a person clicks through them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from shnor_desktop.models.education import EducationLevel, Graduation
from shnor_desktop.services import records
from shnor_desktop.ui.workspaces.school.indicators import INDICATORS
from shnor_desktop.ui.workspaces.school.monitoring import MonitoringPage
from shnor_desktop.ui.workspaces.school.passport import PassportPage
from shnor_desktop.ui.workspaces.school.results import ResultsPage
from tests.ui.school_a.conftest import WAIT, SchoolWindow


def open_indicators(school: SchoolWindow) -> MonitoringPage:
    page = school.open("monitoring")
    assert isinstance(page, MonitoringPage)
    page.parts.chosen.emit(INDICATORS)
    return page


def test_that_every_indicator_of_the_methodology_stands_in_the_table(school: SchoolWindow) -> None:
    page = open_indicators(school)
    board = page.indicators.board
    assert board.isVisible()
    own = [item for item in school.workspace.pack.indicators if item.scope == "school"]
    assert board.table.rows_model.rowCount() == len(own)


def test_that_a_gap_leads_to_the_page_that_fills_it(school: SchoolWindow) -> None:
    page = open_indicators(school)
    page.indicators.board.select("highest_category")
    detail = page.indicators.board.detail
    assert detail.value.text() == "нет данных"
    detail.missing.link_chosen.emit("0")
    school.settle()
    assert school.window.current_page_id() == "staff"


def test_that_a_figure_opens_to_its_rows_and_a_row_to_its_page(school: SchoolWindow) -> None:
    from shnor_desktop.models.staff import StaffMember

    values = {"full_name": "Образцова Анна Ивановна", "birth_year": 1980, "category": "highest"}
    records.begin(school.workspace, StaffMember, values)
    page = open_indicators(school)
    page.indicators.board.select("highest_category")
    detail = page.indicators.board.detail
    assert detail.value.text() == "1\u00a0из\u00a01 (100\u00a0%)"
    assert "n = 1" in detail.warning.words.text()
    assert detail.rows.rows_model.rowCount() == 1
    detail.rows.row_activated.emit("0")
    school.settle()
    assert school.window.current_page_id() == "staff"


def test_that_graduates_are_typed_on_the_page_of_results(school: SchoolWindow, qtbot: QtBot) -> None:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    school.window.open_page("results", "graduation")
    school.settle()
    panel = page.parts.panels["graduation"]
    assert panel.draft is not None
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        panel.draft.submitted.emit({"year": "2024", "level": "9"})
    school.settle()
    rows = records.rows(school.workspace, Graduation)
    assert [(row.year, row.level) for row in rows] == [(2024, "9")]
    assert panel.isVisible()


def test_that_levels_stand_in_the_passport_under_their_names(school: SchoolWindow) -> None:
    records.begin(school.workspace, EducationLevel, {"year": 2024, "level": "basic"})
    page = school.open("passport")
    assert isinstance(page, PassportPage)
    page.sections.select("education_level")
    panel = page.panels["education_level"]
    assert panel.rows is not None
    assert panel.rows.rows[0].cells[1] == "ООО (основное общее)"
    assert panel.title.text() == "ООО (основное общее)"
