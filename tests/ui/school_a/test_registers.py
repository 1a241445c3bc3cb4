"""A page of registers: parts by metadata, lists of a row beside it."""

import pytest

from shnor_desktop.domain import findings
from shnor_desktop.models.pupils import ParentConsultation, PupilStep, RiskPupil
from shnor_desktop.services import records
from shnor_desktop.ui.pages import Target
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import FamilyPanel, RegisterPane, register_part
from shnor_desktop.ui.pages.registers_page import RegistersPage
from tests.ui.school_a.conftest import SchoolWindow

PUPILS = RecordSpec(RiskPupil, ("code", "state"), "Добавить ученика", "Группа риска", "Ученики под кодами.")
STEPS = RecordSpec(PupilStep, ("title", "state"), "Добавить шаг", "План", "Что делаем.", first=("title",))
JOURNAL = RecordSpec(ParentConsultation, ("held_on", "topic"), "Записать", "Журнал", "Кто и о чём.")


@pytest.fixture
def page(school: SchoolWindow) -> RegistersPage:
    """A page of two registers; two pupils with a step each."""
    workspace = school.workspace
    for code in ("5-01", "7-03"):
        row = records.begin(workspace, RiskPupil, {"code": code, "state": "supported"}).row
        records.begin(workspace, PupilStep, {"pupil": row, "title": f"Занятия {code}", "state": "planned"})
    parts = (register_part(PUPILS, (STEPS,)), register_part(JOURNAL))
    made = RegistersPage(school.desk, findings.PUPILS, "Ученики", "Под кодами.", parts)
    school.qtbot.addWidget(made)
    made.show()
    made.refresh()
    school.settle()
    return made


def test_that_a_list_holds_the_rows_of_the_chosen_record_only(page: RegistersPage) -> None:
    pane = page.pane()
    assert isinstance(pane, RegisterPane)
    panel = pane.panel
    assert isinstance(panel, FamilyPanel)
    assert panel.rows is not None
    for row in panel.rows.rows:
        panel.select(row.id)
        shown = panel.lists["pupil_step"].rows
        assert shown is not None
        assert [one.values["title"] for one in shown.rows] == [f"Занятия {row.values['code']}"]


def test_that_a_target_opens_the_list_of_its_record(page: RegistersPage, school: SchoolWindow) -> None:
    step = next(one for one in records.rows(school.workspace, PupilStep) if one.title == "Занятия 7-03")
    page.show_target(Target(PupilStep.log_name, step.id, "title"))
    pane = page.pane()
    assert isinstance(pane, RegisterPane)
    assert pane.panel.current == step.pupil
    assert isinstance(pane.panel, FamilyPanel)
    assert pane.panel.lists["pupil_step"].current == step.id


def test_that_another_part_brings_its_own_button_and_is_read(page: RegistersPage, school: SchoolWindow) -> None:
    page.show_part("parent_consultation")
    school.settle()
    assert page.header.primary is not None
    assert page.header.primary.text() == "Записать"
    assert page.history_of()[0] == "parent_consultation"


def test_that_a_row_of_a_list_is_begun_under_the_chosen_record(page: RegistersPage, school: SchoolWindow) -> None:
    pane = page.pane()
    assert isinstance(pane, RegisterPane)
    assert isinstance(pane.panel, FamilyPanel)
    pane.panel.select(pane.panel.current)
    steps = pane.panel.lists["pupil_step"]
    steps.begin_draft()
    assert steps.draft is not None
    steps.draft.submitted.emit({"title": "Ещё один шаг"})
    school.settle()
    made = next(one for one in records.rows(school.workspace, PupilStep) if one.title == "Ещё один шаг")
    assert made.pupil == pane.panel.current
