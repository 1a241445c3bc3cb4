"""A desk is begun with a methodology that a person chose: none is guessed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.start.opening import Opening
from shnor_desktop.ui.workspaces.start.page import NEW_CENTRE, NEW_SCHOOL, StartPage
from shnor_desktop.ui.workspaces.start.wizard import METHODOLOGY, WizardStep

VALUES = {
    "code": "T-1",
    "short_name": "Лесная СОШ",
    "full_name": "Лесная СОШ",
    "municipality": "Лесной район",
    "kind": "secondary",
}


def begun(qtbot: QtBot) -> tuple[Opening, StartPage, list[Workspace]]:
    """The first page with its methodologies read."""
    window = MainWindow()
    qtbot.addWidget(window)
    failures = Failures(explain, window)
    opening = Opening(window, Tasks(failures.report, parent=window), failures)
    opened: list[Workspace] = []
    opening.opened.connect(opened.append)
    page = opening.show_page()
    window.show()
    qtbot.waitUntil(lambda: bool(page._packs))
    return opening, page, opened


def test_that_the_choice_names_every_methodology_and_says_what_it_is(qtbot: QtBot) -> None:
    _, page, _ = begun(qtbot)
    page._on_chosen(NEW_SCHOOL)
    for pack in load_methodologies().packs:
        page.school.method.form.editors[METHODOLOGY].editor.chosen.emit(pack.id)
        words = page.school.about.text()
        assert pack.region in words
        assert f"{pack.period_start:%d.%m.%Y}" in words


def test_that_a_school_begins_by_the_methodology_that_was_chosen_and_by_none_that_was_not(qtbot: QtBot) -> None:
    _, page, opened = begun(qtbot)
    page._on_chosen(NEW_SCHOOL)
    you = page.school.steps[0]
    assert isinstance(you, WizardStep)
    you.form.editors["position"].edited.emit("position", "deputy")
    you.submit()
    for name, value in VALUES.items():
        page.school.school.form.editors[name].edited.emit(name, value)
    page.school.school.submit()
    page.school.method.submit()
    assert page.school.stack.currentWidget() is page.school.method
    assert page.school.method.form.editors[METHODOLOGY].problem_text() == "Заполните это поле."
    chosen = load_methodologies().packs[0].id
    page.school.method.form.editors[METHODOLOGY].edited.emit(METHODOLOGY, chosen)
    page.school.method.submit()
    page.school.lists.do_button.click()
    assert opened == []
    page.school.year.submit()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].pack.id == chosen
    opened[0].close()


def test_that_a_centre_begins_by_the_methodology_that_was_chosen(qtbot: QtBot) -> None:
    _, page, opened = begun(qtbot)
    page._on_chosen(NEW_CENTRE)
    chosen = load_methodologies().packs[-2].id
    for name, value in {"code": "M-1", "name": "МОЦ", METHODOLOGY: chosen}.items():
        page.centre.form.editors[name].edited.emit(name, value)
    page.centre.submit()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].pack.id == chosen
    opened[0].close()
