"""«Ученики и родители»: codes, advice, progress, what is said over the registers, what follows from a cause."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shnor_desktop.models.education import ParentSurvey
from shnor_desktop.models.partners import JointPlanItem, PartnerEvent, PartnerSchool
from shnor_desktop.models.pupils import FailureCause, PupilProgress, RehearsalExam, RiskPupil
from shnor_desktop.services import programme, records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.workspaces.school.partners import PROMISES, PartnersPage
from shnor_desktop.ui.workspaces.school.partners_panes import JointPlanPane, PromisesPane
from shnor_desktop.ui.workspaces.school.pupils import SUMMARY, PupilsPage
from shnor_desktop.ui.workspaces.school.pupils_panes import RiskPane, RiskPanel
from shnor_desktop.ui.workspaces.school.pupils_summary import SummaryPane
from shnor_desktop.ui.workspaces.school.register_notes import NotedPane
from tests.ui.school_a.conftest import WAIT, SchoolWindow


def _pupil(school: SchoolWindow, code: str) -> str:
    values = {"code": code, "since": "2024-01-15", "state": "supported", "risks": ["marks"]}
    return records.begin(school.workspace, RiskPupil, values).row


def _open(school: SchoolWindow, part: str = "") -> PupilsPage:
    page = school.open("pupils")
    assert isinstance(page, PupilsPage)
    if part:
        page.show_part(part)
        school.settle()
    return page


def _risk(page: PupilsPage) -> RiskPanel:
    pane = page.pane(RiskPupil.log_name)
    assert isinstance(pane, RiskPane)
    assert isinstance(pane.panel, RiskPanel)
    return pane.panel


def test_that_a_code_like_a_name_is_told_under_its_field(school: SchoolWindow) -> None:
    row = _pupil(school, "Kuznetsov")
    panel = _risk(_open(school))
    assert panel.rows is not None
    assert "похож на фамилию" in panel.rows.errors[row]["code"]


def test_that_a_cause_added_in_the_window_has_its_advice(school: SchoolWindow, qtbot: QtBot) -> None:
    _pupil(school, "7-01")
    panel = _risk(_open(school))
    causes = panel.lists[FailureCause.log_name]
    panel.show_list(FailureCause.log_name)
    causes.begin_draft()
    assert causes.draft is not None
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        causes.draft.submitted.emit({"cause": "anxiety", "seen_in": "Сдаёт пустой лист"})
    school.settle()
    (cause,) = records.rows(school.workspace, FailureCause)
    assert "Право на вторую попытку" in (cause.advice or "")


def test_that_the_progress_of_the_chosen_pupil_is_drawn(school: SchoolWindow) -> None:
    rows = [_pupil(school, code) for code in ("7-01", "7-02")]
    for day, percent in (("2024-01-20", "30"), ("2024-04-20", "55")):
        values = {"pupil": rows[0], "subject": "math", "measured_on": day, "kind": "current", "percent": percent}
        records.begin(school.workspace, PupilProgress, values)
    panel = _risk(_open(school))
    panel.show_list(PupilProgress.log_name)
    panel.select(rows[0])
    assert panel.progress is not None
    assert "выше на 25 п. п." in panel.progress.words.text()
    assert panel.progress.chart.isVisible()
    panel.select(rows[1])
    assert not panel.progress.chart.isVisible()


def test_that_parents_who_do_not_know_are_told_in_red_until_they_do(school: SchoolWindow) -> None:
    exam = {
        "exam": "oge",
        "subject": "math",
        "grade": 9,
        "held_on": "2024-01-20",
        "participants": 9,
        "below_minimum": 2,
    }
    row = records.begin(school.workspace, RehearsalExam, exam).row
    page = _open(school, RehearsalExam.log_name)
    pane = page.pane()
    assert isinstance(pane, NotedPane)
    assert pane.lines[0].words.text().startswith("Родители не извещены: ОГЭ, математика, 9 класс")
    records.edit(school.workspace, RehearsalExam.log_name, row, "parents_informed_on", "22.01.2024")
    page.refresh()
    school.settle()
    assert pane.lines[0].words.text() == "О всех экзаменах родители извещены."


def test_that_surveys_say_what_changed(school: SchoolWindow) -> None:
    for day, satisfied in (("2024-01-20", 20), ("2024-04-20", 25)):
        values = {"held_on": day, "question": "Довольны?", "asked": 50, "satisfied": satisfied}
        records.begin(school.workspace, ParentSurvey, values)
    pane = _open(school, ParentSurvey.log_name).pane()
    assert isinstance(pane, NotedPane)
    assert "выше на 10 п. п., чем 20.01.2024" in pane.lines[0].words.text()


def test_that_a_cause_in_the_summary_becomes_a_measure_by_one_button(school: SchoolWindow, qtbot: QtBot) -> None:
    programme.ensure_programme(school.workspace)
    values = {"pupil": _pupil(school, "7-01"), "cause": "gaps", "seen_in": "Дроби"}
    records.begin(school.workspace, FailureCause, values)
    pane = _open(school, SUMMARY).pane()
    assert isinstance(pane, SummaryPane)
    assert pane.words.text().startswith("В группе риска 1")
    before = len(read_facts(school.workspace).measures)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(pane.causes[0].measure, Qt.MouseButton.LeftButton)
    school.settle()
    assert len(read_facts(school.workspace).measures) == before + 1


def test_that_an_item_of_the_joint_plan_is_held_by_one_button(school: SchoolWindow, qtbot: QtBot) -> None:
    workspace = school.workspace
    partner = records.begin(workspace, PartnerSchool, {"name": "Гимназия № 1"}).row
    values = {"partner": partner, "title": "Семинар", "form": "seminar", "due_on": "2024-06-20", "state": "planned"}
    item = records.begin(workspace, JointPlanItem, values).row
    page = school.open("partners")
    assert isinstance(page, PartnersPage)
    page.show_part(JointPlanItem.log_name)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, JointPlanPane)
    assert pane.act.isVisible()
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(pane.act, Qt.MouseButton.LeftButton)
    school.settle()
    (event,) = records.rows(workspace, PartnerEvent)
    assert event.plan_item == item
    assert page.shown == PartnerEvent.log_name


def test_that_a_promise_in_words_is_told_quarter_by_quarter(school: SchoolWindow) -> None:
    values = {"name": "Гимназия № 1", "agreement_date": "2023-09-01", "frequency": "раз в четверть"}
    records.begin(school.workspace, PartnerSchool, values)
    page = school.open("partners")
    assert isinstance(page, PartnersPage)
    page.show_part(PROMISES)
    school.settle()
    pane = page.pane()
    assert isinstance(pane, PromisesPane)
    assert "встречи не было: I четверть 2023/24" in pane.lines[0].words.text()


def test_that_the_button_of_the_empty_journal_asks_for_the_partner_first(school: SchoolWindow) -> None:
    page = school.open("partners")
    assert isinstance(page, PartnersPage)
    for part in (PartnerEvent.log_name, JointPlanItem.log_name):
        page.show_part(part)
        school.settle()
        pane = page.pane()
        assert isinstance(pane, NotedPane)
        pane.panel.begin_draft()
        school.settle()
        assert page.shown == PartnerSchool.log_name
