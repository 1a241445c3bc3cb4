"""«Управление» by the hand of a director: the plan offered, the next step as a button, a paper marked."""

from PySide6.QtWidgets import QAbstractButton

from shnor_desktop.domain import findings
from shnor_desktop.models.quality import Decision, DocumentMark, Meeting, QualityReport, SchoolOrder
from shnor_desktop.services import records
from shnor_desktop.ui.pages import Target
from shnor_desktop.ui.pages.register_panes import FamilyPanel
from shnor_desktop.ui.pages.registers_page import RegistersPage
from shnor_desktop.ui.workspaces.school.quality_cycle import CyclePane
from shnor_desktop.ui.workspaces.school.quality_panes import ChargesPane, OrdersPane, RequestsPane
from shnor_desktop.ui.workspaces.school.quality_papers import PapersPane
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import click, plain


def opened(school: SchoolWindow, part: str = "") -> RegistersPage:
    page = school.open(findings.QUALITY)
    assert isinstance(page, RegistersPage)
    if part:
        page.show_part(part)
        school.settle()
    return page


def press(school: SchoolWindow, what: QAbstractButton) -> None:
    click(school, what)
    school.settle()


def test_that_the_next_step_leads_from_the_offered_plan_to_a_checked_decision(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    pane = page.pane()
    assert isinstance(pane, CyclePane)
    assert isinstance(pane.panel, FamilyPanel)
    press(diagnosed, pane.offer)
    assert pane.panel.rows is not None
    assert len(pane.panel.rows.rows) == len(diagnosed.workspace.pack.control_templates)
    seen = []
    for _ in range(3):
        seen.append(plain(pane.step.text()))
        press(diagnosed, pane.step)
    assert seen == ["Отметить проведённым", "Составить справку", "Справка прочитана"]
    assert [note.generated for note in records.rows(diagnosed.workspace, QualityReport)] == [False]
    press(diagnosed, pane.step)
    decisions = records.rows(diagnosed.workspace, Decision)
    assert len(decisions) == 1
    charges = page.pane()
    assert isinstance(charges, ChargesPane)
    assert charges.panel.current == decisions[0].id
    press(diagnosed, charges.checked)
    page.show_part("quality_control")
    diagnosed.settle()
    assert not pane.step.isVisible()
    assert pane.extra.closed == 1


def test_that_charges_of_a_meeting_are_begun_under_it(diagnosed: SchoolWindow) -> None:
    workspace = diagnosed.workspace
    row = records.begin(workspace, Meeting, {"held_on": "2024-09-01", "kind": "director", "agenda": "Итоги"}).row
    pane = opened(diagnosed, "meeting").pane()
    panel = getattr(pane, "panel", None)
    assert isinstance(panel, FamilyPanel)
    panel.select(row)
    panel.lists["decision"].begin_draft()
    assert panel.lists["decision"].draft is not None
    values = {"title": "Сделать", "due_on": "2024-10-01", "owner": None}
    panel.lists["decision"].draft.submitted.emit(values)
    diagnosed.settle()
    assert [one.meeting for one in records.rows(workspace, Decision)] == [row]


def test_that_a_filter_of_charges_hides_what_a_target_brings_back(diagnosed: SchoolWindow) -> None:
    workspace = diagnosed.workspace
    done = records.begin(workspace, Decision, {"title": "Было", "due_on": "2024-08-01", "state": "done"}).row
    records.begin(workspace, Decision, {"title": "Есть", "due_on": "2024-12-01", "state": "open"})
    page = opened(diagnosed, "decision")
    pane = page.pane()
    assert isinstance(pane, ChargesPane)
    pane.filter.select("open")
    pane.filter.chosen.emit("open")
    diagnosed.settle()
    assert pane.panel.rows is not None
    assert len(pane.panel.rows.rows) == 1
    page.show_target(Target("decision", done, "title"))
    diagnosed.settle()
    assert len(pane.panel.rows.rows) == 2


def test_that_a_request_is_begun_from_a_red_indicator(diagnosed: SchoolWindow) -> None:
    pane = opened(diagnosed, "resource_request").pane()
    assert isinstance(pane, RequestsPane)
    menu = pane.new.menu()
    menu.aboutToShow.emit()
    assert menu.actions()
    menu.actions()[0].trigger()
    diagnosed.settle()
    assert pane.panel.rows is not None
    assert len(pane.panel.rows.rows) == 1
    assert pane.panel.rows.rows[0].values["justification"]


def test_that_an_order_is_drafted_from_a_template(diagnosed: SchoolWindow) -> None:
    pane = opened(diagnosed, "school_order").pane()
    assert isinstance(pane, OrdersPane)
    pane.new.menu().actions()[0].trigger()
    diagnosed.settle()
    orders = records.rows(diagnosed.workspace, SchoolOrder)
    assert [order.state for order in orders] == ["draft"]


def test_that_a_paper_is_marked_and_counted(diagnosed: SchoolWindow) -> None:
    pane = opened(diagnosed, "document_mark").pane()
    assert isinstance(pane, PapersPane)
    assert pane.view is not None
    assert pane.view.completeness()[0] == 0
    pane.form.field_edited.emit("state", "handed")
    diagnosed.settle()
    assert [mark.state for mark in records.rows(diagnosed.workspace, DocumentMark)] == ["handed"]
    assert pane.view.completeness()[0] == 1
    assert pane.files.owner is not None


def test_that_every_part_of_a_school_that_has_just_begun_says_how_to_begin(school: SchoolWindow) -> None:
    page = opened(school)
    for part in page.parts:
        page.show_part(part)
        school.settle()
        assert page.pane().isVisible()
