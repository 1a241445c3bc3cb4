"""A centre changes its methodology in tables and publishes it; a school reads the difference, moves and goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.services import pack_drafts, pack_editing, pack_moving, packages
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.methodology import DRAFT, FORM, VERSIONS
from shnor_desktop.ui.workspaces.municipal.methodology import MethodologyPage as CentrePage
from shnor_desktop.ui.workspaces.municipal.methodology_publishing import PublishDialog
from shnor_desktop.ui.workspaces.municipal.methodology_table import PackTablePanel
from shnor_desktop.ui.workspaces.school.desk import make_pages
from shnor_desktop.ui.workspaces.school.methodology import MethodologyPage as SchoolPage
from shnor_desktop.ui.workspaces.school.today import TodayPage
from tests.importers import road_maps
from tests.importers.road_maps import as_document
from tests.services.exchange_desks import Desks, desks, without_check
from tests.services.test_pack_exchange import newer, put_in_force

__all__ = ["desks", "without_check"]


@pytest.fixture
def make_desk(qtbot: QtBot) -> Callable[[Workspace], Desk]:
    """A window over a workspace, with the lanes of work of the program."""

    def make(workspace: Workspace) -> Desk:
        window = MainWindow()
        qtbot.addWidget(window)
        failures = Failures(explain, window)
        tasks = Tasks(failures.report, parent=window)
        desk = Desk(window, workspace, tasks, failures, workspace.school if workspace.kind == "school" else "")
        window.undo_requested.connect(desk.undo)
        return desk

    return make


def open_centre(qtbot: QtBot, desk: Desk) -> CentrePage:
    """The page of the centre, read."""
    desk.window.set_pages([PageSpec("methodology", "Методика", "book-open", lambda: CentrePage(desk))])
    desk.window.show()
    page = desk.window.page("methodology")
    assert isinstance(page, CentrePage)
    qtbot.waitUntil(lambda: bool(page.versions.title.text()))
    return page


def table(page: CentrePage, qtbot: QtBot, name: str) -> PackTablePanel:
    """A table of the draft, shown."""
    page.editor.parts.select(name)
    qtbot.waitUntil(lambda: name in page.editor.panels and page.editor.panel() is page.editor.panels[name])
    return page.editor.panels[name]


def dialog(qtbot: QtBot, kind: type[ConfirmDialog] = ConfirmDialog) -> ConfirmDialog:
    """The dialog that is open."""
    found: list[ConfirmDialog] = []

    def is_open() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open)
    return found[0]


def test_that_a_centre_changes_a_word_in_a_table_publishes_and_works_by_it(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    page = open_centre(qtbot, make_desk(desks.centre))
    assert page.header.primary is not None
    assert page.header.primary.text() == "Скопировать и изменить"
    page.begin_draft()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor)
    panel = table(page, qtbot, "measures")
    panel.form.editors["title"].edited.emit("title", "Название центра")
    qtbot.waitUntil(lambda: panel.title.text() == "Название центра")
    page.ask_publish()
    publishing = dialog(qtbot, PublishDialog)
    assert isinstance(publishing, PublishDialog)
    assert "Мероприятия: изменено 1" in publishing.values["note"]
    publishing.values["version"] = "9.1"
    publishing.accept()
    qtbot.waitUntil(lambda: any("действующей" in one.windowTitle() for one in QApplication.topLevelWidgets()))
    dialog(qtbot).accept()
    qtbot.waitUntil(lambda: desks.centre.pack.version == "9.1")
    assert desks.centre.pack.measures[0].title == "Название центра"


def test_that_a_fault_is_counted_shown_at_its_field_and_stops_the_publication(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    pack_editing.begin_draft(desks.centre, desks.centre.pack.hash)
    page = open_centre(qtbot, make_desk(desks.centre))
    page.show_part(DRAFT)
    panel = table(page, qtbot, "measures")
    panel.form.editors["title"].edited.emit("title", "")
    qtbot.waitUntil(lambda: page.header.progress.accessibleName().startswith("1\N{NO-BREAK SPACE}ошибка"))
    page.show_part(VERSIONS)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.versions)
    page.editor.next_fault()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.editor)
    assert panel.form.editors["title"].problem_text() == "Обязательное поле пустое."
    page.ask_publish()
    assert "не опубликована" in page.desk.window.messages.text.text()
    page.show_part(FORM)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page._no_form)


def test_that_what_cannot_be_deleted_is_said_over_the_form(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    pack_editing.begin_draft(desks.centre, desks.centre.pack.hash)
    page = open_centre(qtbot, make_desk(desks.centre))
    page.show_part(DRAFT)
    panel = table(page, qtbot, "factors")
    count = len(panel.data.rows)
    panel.tools["remove"].click()
    qtbot.waitUntil(lambda: "ссылаются" in panel.problem.words.text())
    panel.tools["copy"].click()
    qtbot.waitUntil(lambda: len(panel.data.rows) == count + 1)
    page.undo_button.click()
    qtbot.waitUntil(lambda: len(panel.data.rows) == count)
    panel.tools["add"].click()
    qtbot.waitUntil(lambda: len(panel.data.rows) == count + 1)
    assert [one.values["code"] for one in panel.data.rows if one.id == panel.current] == ["new-1"]


def test_that_the_form_is_shown_as_the_school_will_see_it(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    pack_editing.begin_draft(desks.centre, desks.centre.pack.hash)
    page = open_centre(qtbot, make_desk(desks.centre))
    page.show_part(FORM)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.form and page.form.panel is not None)
    panel = page.form.panel
    assert panel is not None
    assert panel.view is not None
    assert panel.view.form.id == desks.centre.pack.forms[0].id
    other = desks.centre.pack.forms[-1].id
    page.form.form_chosen.emit(other)
    qtbot.waitUntil(lambda: panel.view is not None and panel.view.form.id == other)
    pack_drafts.discard(desks.centre)
    page.refresh()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.versions)


def test_that_every_table_of_the_draft_can_be_opened(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    pack_editing.begin_draft(desks.centre, desks.centre.pack.hash)
    page = open_centre(qtbot, make_desk(desks.centre))
    page.show_part(DRAFT)
    qtbot.waitUntil(lambda: page.editor.view is not None)
    assert page.editor.view is not None
    for line in page.editor.view.lines:
        if line.id:
            panel = table(page, qtbot, line.id)
            assert len(panel.data.rows) == line.rows


def test_that_a_school_is_told_reads_the_difference_moves_and_takes_it_back(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    old = desks.school.pack
    put_in_force(desks.centre, newer(old, measures=(replace(old.measures[0], title="Иначе"), *old.measures[1:])))
    file = packages.export_methodology(desks.centre, desks.flash).path
    import_package(desks.school, file, desks.centre.identity.certificate.fingerprint)
    desk = make_desk(desks.school)
    desk.window.set_pages(make_pages(desk))
    desk.window.show()
    today = desk.window.page("today")
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today._view is not None)
    assert today._view is not None
    item = next(one for one in today._view.waiting if one.page == "methodology")
    assert item.text == "Центр прислал новую версию методики"
    today._open(item)
    page = desk.window.page("methodology")
    assert isinstance(page, SchoolPage)
    qtbot.waitUntil(lambda: page.move_button.text() == "Перейти на версию 9.1")
    titles = [card.title for card in page.panel.lines.cards_model.cards]
    assert "Введённого вами это не затронет" in titles
    assert "Иначе" in titles
    page.move_button.click()
    qtbot.waitUntil(lambda: desks.school.pack.version == "9.1")
    desk.window.undo_requested.emit()
    qtbot.waitUntil(lambda: desks.school.pack == old)
    qtbot.waitUntil(lambda: not desk.window.messages.isVisible())
    page.stay_button.click()
    qtbot.waitUntil(lambda: pack_moving.offer(desks.school) is not None or not page.stay_button.isVisible())


def test_that_a_plan_of_a_word_file_is_looked_through_and_taken_into_the_draft_as_one_step(
    qtbot: QtBot, desks: Desks, make_desk: Callable[[Workspace], Desk], tmp_path: Path
) -> None:
    centre = desks.centre
    pack_editing.begin_draft(centre, centre.pack.hash)
    page = open_centre(qtbot, make_desk(centre))
    before = plain_of_draft(centre)
    page.show_part(DRAFT)
    qtbot.waitUntil(page.plan_button.isVisible)
    page.importing.take_file(as_document(tmp_path / "plan.docx", road_maps.tver()))
    qtbot.waitUntil(lambda: page.importing.dialog is not None and page.importing.dialog.isVisible())
    preview = page.importing.dialog
    assert preview is not None
    assert plain_of_draft(centre) == before, "nothing is added before it was seen"
    qtbot.mouseClick(preview.do_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(plain_of_draft(centre)["measures"]) == len(before["measures"]) + 14)
    draft = pack_drafts.read_draft(centre)
    assert draft is not None
    assert draft.examined.is_sound, draft.examined.findings
    added = [item for item in plain_of_draft(centre)["measures"] if item.get("number")]
    assert len(added) == 14
    assert {role["title"] for role in plain_of_draft(centre)["roles"]} >= {"МОТО"}
    pack_drafts.undo(centre)
    assert plain_of_draft(centre) == before


def plain_of_draft(workspace: Workspace) -> dict[str, Any]:
    """The draft as plain data."""
    draft = pack_drafts.read_draft(workspace)
    assert draft is not None
    return draft.plain
