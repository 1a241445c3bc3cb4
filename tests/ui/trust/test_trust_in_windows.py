"""«Доверие», «Этот компьютер» and «Подключение» by clicking: key, request, invitation, revocation, one more desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.services import authority_desk, enrolment, journal
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.enrolled_people import EnrolledState
from shnor_desktop.services.enrolment_requests import RequestReason, RequestState
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import Arrivals
from shnor_desktop.ui.pages.joining_page import JoiningPage
from shnor_desktop.ui.pages.trust_dialogs import NewPhraseDialog, PersonDialog, PhraseDialog
from shnor_desktop.ui.pages.trust_own import ComputerPane
from shnor_desktop.ui.pages.trust_sheet import SheetDialog, write_sheet
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal import trust_requests
from shnor_desktop.ui.workspaces.municipal.trust import TrustPage
from tests.services.exchange_desks import Desks, desks, without_check
from tests.services.trust_desks import PASSPHRASE, PERSON, TrustDesks, light_passphrases, trust

__all__ = ["desks", "light_passphrases", "trust", "without_check"]
WAIT = 20_000
Page = TypeVar("Page", bound=DeskPage)
Asked = TypeVar("Asked", bound=QDialog)


class ComputerPage(DeskPage):
    """A page that holds the pane alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Обмен", "")
        self.pane = ComputerPane(self)
        self.arrivals = Arrivals(self)
        self.set_body(self.pane)

    def load(self) -> None:
        """The pane reads for itself."""

    def show_data(self, _snapshot: object) -> None:
        """As a page with parts does."""
        self.pane.refresh()


class Shown(Generic[Page]):
    """A page in a window over a desk."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, make: Callable[[Desk], Page]) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.broken: list[str] = []
        failures = Failures(explain, self.window)
        failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(failures.report, parent=self.window)
        is_school = workspace.kind == "school" and not workspace.is_waiting
        school = workspace.school if is_school else ""
        self.desk = Desk(self.window, workspace, self.tasks, failures, school)
        made: list[Page] = []

        def keep() -> Page:
            made.append(make(self.desk))
            return made[0]

        self.window.set_pages([PageSpec("page", "Страница", "package", keep)])
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()
        self.page = made[0]

    def settle(self) -> None:
        """Everything that was asked for is done."""
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)

    def dialog(self, cls: type[Asked]) -> Asked:
        """The dialog that is open."""
        found: list[Asked] = []

        def is_open() -> bool:
            found[:] = [one for one in QApplication.topLevelWidgets() if type(one) is cls and one.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(is_open, timeout=WAIT)
        return found[0]

    def words(self) -> str:
        """Everything that can be read in the window."""
        return " ".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def centre_page(qtbot: QtBot) -> Callable[[Workspace], Shown[TrustPage]]:
    return lambda workspace: Shown(qtbot, workspace, TrustPage)


def test_that_a_centre_without_a_key_is_told_how_to_begin_and_creates_one(
    desks: Desks, light_passphrases: None, centre_page: Callable[[Workspace], Shown[TrustPage]]
) -> None:
    shown = centre_page(desks.centre)
    assert "Ключа центра ещё нет" in shown.words()
    shown.page.ask_create()
    asked = shown.dialog(NewPhraseDialog)
    asked.first.line.setText("коротко")
    asked.second.line.setText("коротко")
    assert not asked.do_button.isEnabled()
    asked.first.line.setText(PASSPHRASE)
    asked.second.line.setText(PASSPHRASE)
    asked.do_button.click()
    shown.dialog(SheetDialog).reject()
    shown.settle()
    assert authority_desk.state(desks.centre).exists
    assert "Запросов нет" in shown.words()
    assert shown.broken == []


def test_that_a_request_is_compared_invited_and_its_computer_revoked(
    trust: TrustDesks, centre_page: Callable[[Workspace], Shown[TrustPage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    trust.ask(trust.school)
    shown = centre_page(trust.centre)
    pane = shown.page.requests
    own = trust.school.identity.certificate
    assert own.fingerprint_phrase in shown.words()
    assert PERSON in shown.words()
    monkeypatch.setattr(trust_requests, "choose_folder", lambda *_: trust.flash)
    pane.invite_button.click()
    asked = shown.dialog(PhraseDialog)
    asked.phrase.line.setText(PASSPHRASE)
    asked.do_button.click()
    shown.qtbot.waitUntil(lambda: authority_desk.requests(trust.centre)[0].state is RequestState.INVITED, timeout=WAIT)
    shown.settle()
    assert list(trust.flash.glob("*приглашение*"))
    assert pane.again_button.isVisible()
    assert not pane.invite_button.isVisible()
    assert "Позвоните" not in pane.advice.text()

    shown.page.parts.chosen.emit("computers")
    computers = shown.page.computers
    person = next(one for one in authority_desk.people(trust.centre) if one.role == "school")
    computers.table.select(person.fingerprint)
    computers.revoke_button.click()
    asked = shown.dialog(PhraseDialog)
    asked.phrase.line.setText(PASSPHRASE)
    asked.do_button.click()
    shown.qtbot.waitUntil(
        lambda: any(one.state is EnrolledState.REVOKED for one in authority_desk.people(trust.centre)), timeout=WAIT
    )
    shown.settle()
    assert not computers.revoke_button.isEnabled()
    assert shown.broken == []


def test_that_a_wrong_code_phrase_changes_nothing_and_says_so(
    trust: TrustDesks, centre_page: Callable[[Workspace], Shown[TrustPage]]
) -> None:
    trust.ask(trust.school)
    shown = centre_page(trust.centre)
    shown.page.requests.invite(authority_desk.requests(trust.centre)[0], "не та фраза", trust.flash, [])
    shown.qtbot.waitUntil(lambda: bool(shown.broken), timeout=WAIT)
    assert shown.broken == ["Кодовая фраза не подходит."]
    assert authority_desk.requests(trust.centre)[0].state is RequestState.NEW


def test_that_one_more_computer_of_a_school_without_a_package_is_invited_to_that_school(
    trust: TrustDesks, centre_page: Callable[[Workspace], Shown[TrustPage]]
) -> None:
    trust.enrol(trust.school)
    trust.ask(trust.second())
    shown = centre_page(trust.centre)
    pane = shown.page.requests
    assert pane.which.isVisible()
    assert pane.school.currentData() == trust.school.school
    assert pane.invite_button.isEnabled()
    pane.school.setCurrentIndex(0)
    assert not pane.invite_button.isEnabled()
    pane.school.setCurrentIndex(pane.school.findData(trust.school.school))
    pane.invite(authority_desk.requests(trust.centre)[0], PASSPHRASE, trust.flash, [])
    shown.qtbot.waitUntil(lambda: authority_desk.requests(trust.centre)[0].state is RequestState.INVITED, timeout=WAIT)
    shown.settle()
    found = [one.school for one in authority_desk.people(trust.centre) if one.role == "school"]
    assert found == [trust.school.school] * 2
    assert shown.broken == []


def test_that_a_computer_of_an_unknown_school_waits_until_a_school_is_chosen(
    trust: TrustDesks, centre_page: Callable[[Workspace], Shown[TrustPage]]
) -> None:
    trust.ask(trust.second(code="72-777"))
    shown = centre_page(trust.centre)
    assert not shown.page.requests.invite_button.isEnabled()
    assert "школ ещё нет" in shown.page.requests.school.currentText()


def test_that_a_computer_asks_shows_its_words_and_is_confirmed(qtbot: QtBot, trust: TrustDesks) -> None:
    shown = Shown(qtbot, trust.school, ComputerPage)
    pane = shown.page.pane
    assert "ещё не подтверждён" in shown.words()
    pane.ask(RequestReason.NEW)
    asked = shown.dialog(PersonDialog)
    assert not asked.do_button.isEnabled()
    asked.reject()
    pane.write_request(trust.flash, PERSON, RequestReason.NEW)
    qtbot.waitUntil(lambda: enrolment.pending(trust.school) is not None, timeout=WAIT)
    shown.settle()
    assert "Ждём приглашения центра" in shown.words()
    assert trust.school.identity.certificate.fingerprint_phrase in shown.words()
    assert pane.withdraw.isVisible()

    verdict = import_package(trust.centre, next(trust.flash.glob("*запрос*")))
    assert verdict.code.is_fine
    request = authority_desk.requests(trust.centre)[0].id
    made = authority_desk.invite(trust.centre, request, PASSPHRASE, trust.flash)
    shown.page.arrivals.take_in([made.path])
    question = shown.dialog(ConfirmDialog)
    assert any("«Доверие»" in one.text() for one in question.findChildren(QLabel))
    question.do_button.click()
    qtbot.waitUntil(lambda: enrolment.standing(trust.school).is_enrolled, timeout=WAIT)
    shown.settle()
    pane.refresh()
    shown.settle()
    assert "Компьютер подтверждён" in shown.words()
    assert not pane.withdraw.isVisible()
    assert [line.state for line in journal.journal(trust.school)] == ["accepted"]

    sheet = trust.flash / "лист.pdf"
    write_sheet(shown.page, sheet, pane.refresh)
    qtbot.waitUntil(sheet.exists, timeout=WAIT)
    qtbot.waitUntil(lambda: "Лист восстановления напечатан" in shown.words(), timeout=WAIT)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert shown.broken == []


def test_that_enter_saves_the_request_once_a_person_is_named(qtbot: QtBot) -> None:
    dialog = PersonDialog("Подключить к центру", "Программа запишет файл запроса.", "Кто отвечает?")
    qtbot.addWidget(dialog)
    named: list[str] = []
    dialog.named.connect(named.append)
    dialog.open()
    dialog.line.returnPressed.emit()
    assert named == []
    dialog.line.setText(f" {PERSON} ")
    dialog.line.returnPressed.emit()
    assert named == [PERSON]


def test_that_a_desk_that_waits_gets_its_place_with_the_invitation(qtbot: QtBot, trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    deputy = trust.second()
    shown = Shown(qtbot, deputy, JoiningPage)
    assert "ещё не подтверждён" in shown.words()
    request = trust.ask(deputy)
    made = authority_desk.invite(trust.centre, request, PASSPHRASE, trust.flash, school=trust.school.school)
    with qtbot.waitSignal(shown.desk.place_given, timeout=WAIT):
        shown.page.take_files([Path(made.path)])
        shown.dialog(ConfirmDialog).do_button.click()
    assert not deputy.is_waiting
    assert deputy.school == trust.school.school
