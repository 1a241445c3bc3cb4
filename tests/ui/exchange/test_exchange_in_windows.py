"""A school and its centre exchange packages by clicking: what each of the two people reads on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.services.remark_feed import threads
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.review import ReviewPage
from shnor_desktop.ui.workspaces.municipal.schools import SchoolsPage
from shnor_desktop.ui.workspaces.school import exchange as exchange_page
from shnor_desktop.ui.workspaces.school.exchange import ExchangePage
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]


@pytest.fixture
def make_desk(qtbot: QtBot) -> Callable[[Workspace], Desk]:
    """A window over a workspace, with the lanes of work of the program."""

    def make(workspace: Workspace) -> Desk:
        window = MainWindow()
        qtbot.addWidget(window)
        failures = Failures(explain, window)
        tasks = Tasks(failures.report, parent=window)
        school = workspace.school if workspace.kind == "school" else ""
        return Desk(window, workspace, tasks, failures, school)

    return make


@pytest.fixture
def clean_check(monkeypatch: pytest.MonkeyPatch, without_check: None) -> None:
    """The page of the school asks the check too; a school with one teacher would not pass it."""
    monkeypatch.setattr(exchange_page, "check", exchange_page.packages.check)


def open_school(qtbot: QtBot, desk: Desk) -> ExchangePage:
    desk.window.set_pages([PageSpec("exchange", "Обмен", "package", lambda: ExchangePage(desk))])
    desk.window.show()
    page = desk.window.page("exchange")
    assert isinstance(page, ExchangePage)
    qtbot.waitUntil(lambda: page.header.primary is not None and page.header.primary.isEnabled())
    return page


def open_centre(qtbot: QtBot, desk: Desk) -> SchoolsPage:
    desk.window.set_pages(municipal_pages(desk))
    desk.window.show()
    page = desk.window.page("schools")
    assert isinstance(page, SchoolsPage)
    return page


def confirm(qtbot: QtBot, digits: str) -> None:
    """Compare the digits in the dialog and press the button that says that they agree."""
    found: list[ConfirmDialog] = []

    def is_open() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog) and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open)
    assert any(digits in label.text() for label in found[0].findChildren(QLabel))
    assert found[0].do_button.text() == "Цифры совпали, подтвердить"
    qtbot.mouseClick(found[0].do_button, Qt.MouseButton.LeftButton)


def cell(page: SchoolsPage, column: str) -> str:
    model = page.table.rows_model
    if not model.rowCount():
        return ""
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    return str(model.index(0, titles.index(column)).data())


def test_that_a_package_goes_to_the_centre_and_its_answer_back(
    qtbot: QtBot, desks: Desks, clean_check: None, make_desk: Callable[[Workspace], Desk], tmp_path: Path
) -> None:
    school = open_school(qtbot, make_desk(desks.school))
    with qtbot.waitSignal(school.desk.changed, timeout=20_000):
        school.export_to(tmp_path / "flash")
    package = next((tmp_path / "flash").glob("*.shnor"))

    centre = open_centre(qtbot, make_desk(desks.centre))
    centre.take_files([package])
    confirm(qtbot, desks.school.identity.certificate.fingerprint_words)
    qtbot.waitUntil(lambda: cell(centre, "Состояние") == "ждёт ответа", timeout=20_000)
    assert cell(centre, "Школа") == "Лесная СОШ"

    centre.open_school(desks.school.school)
    review = centre.desk.window.page("review")
    assert isinstance(review, ReviewPage)
    qtbot.waitUntil(lambda: review.header.title.text() == "МАОУ «Лесная СОШ»", timeout=20_000)
    review.text.setPlainText("Укажите директора школы")
    with qtbot.waitSignal(review.desk.changed):
        qtbot.mouseClick(review.leave, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(review.desk.changed):
        review.keep_decision("returned", "Дополните паспорт", "2024-10-01")
    with qtbot.waitSignal(review.desk.changed, timeout=20_000):
        review.answer_to(tmp_path / "answers")
    answer = next((tmp_path / "answers").glob("*.shnor.age"))

    school.take_files([answer])
    confirm(qtbot, desks.centre.identity.certificate.fingerprint_words)
    model = school._table.rows_model

    def shown() -> list[str]:
        return [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(6)]

    qtbot.waitUntil(lambda: "на доработке" in shown(), timeout=20_000)
    assert any("Доработать до 01.10.2024" in words for words in shown())
    qtbot.waitUntil(lambda: school.remarks.list.model().rowCount() == 1)
    school.remarks.list.setCurrentIndex(school.remarks.list.model().index(0, 0))
    assert str(school.remarks.list.currentIndex().data()).startswith("Укажите директора школы")
    assert school.news.words.text().startswith("Пакет № 1 вернули на доработку до 01.10.2024: осталось")
    qtbot.mouseClick(school._to_remarks, Qt.MouseButton.LeftButton)
    school.remarks.talk.answer.setPlainText("Директор указан")
    with qtbot.waitSignal(school.desk.changed):
        qtbot.mouseClick(school.remarks.talk.buttons["fixed"], Qt.MouseButton.LeftButton)
    (found,) = threads(desks.school)
    assert (found.line.state, [one.body for one in found.messages]) == ("fixed", ["Директор указан"])
    qtbot.waitUntil(lambda: school.remarks.again.isVisible(), timeout=20_000)


def test_that_a_damaged_file_is_said_in_words_and_the_good_one_goes_in(
    qtbot: QtBot, desks: Desks, make_desk: Callable[[Workspace], Desk]
) -> None:
    desks.meet()
    good = desks.send()
    bad = good.with_name("bad.shnor")
    bad.write_bytes(good.read_bytes()[:-7])
    centre = open_centre(qtbot, make_desk(desks.centre))
    centre.take_files([bad, good])
    verdicts = centre.verdicts.rows_model
    qtbot.waitUntil(lambda: verdicts.rowCount() == 2, timeout=20_000)
    assert [str(verdicts.index(row, 2).data()) for row in range(2)] == ["повреждён", "принят"]


def test_that_an_empty_centre_says_how_the_first_school_comes(
    qtbot: QtBot, desks: Desks, make_desk: Callable[[Workspace], Desk]
) -> None:
    centre = open_centre(qtbot, make_desk(desks.centre))
    qtbot.waitUntil(lambda: any("Пакетов ещё не было" in label.text() for label in centre.findChildren(QLabel)))
