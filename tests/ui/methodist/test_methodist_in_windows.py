"""A methodist by clicking: a school's package in, a remark, a lesson, one file out for school and centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.services import packages, remark_threads
from shnor_desktop.services.enrolment_requests import RequestReason
from shnor_desktop.services.methodist import curated_schools
from shnor_desktop.services.remark_feed import threads
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import PreviewDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.review_page import ReviewPage
from shnor_desktop.ui.program import methodist_role
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.methodist.connection import ConnectionPage
from shnor_desktop.ui.workspaces.methodist.exchange import ExchangePage
from shnor_desktop.ui.workspaces.methodist.schools import SchoolsPage
from shnor_desktop.ui.workspaces.methodist.visits import VisitsPage
from tests.services.exchange_desks import without_check
from tests.services.methodist_desks import Three, three

__all__ = ["three", "without_check"]
WAIT = 30_000


class Program:
    """The window of a desk with the pages of its role, and what went wrong in it."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.broken: list[str] = []
        failures = Failures(explain, self.window)
        failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(failures.report, parent=self.window)
        self.desk = Desk(self.window, workspace, self.tasks, failures, "")
        role = methodist_role()
        self.window.set_pages(role.pages(self.desk), role.title)
        self.desk.set_state_reader(lambda: role.state(self.desk))
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Everything that was asked for is done."""
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)
        assert self.broken == []

    def page(self, name: str, target: str = "") -> object:
        """Open a page and wait until it shows."""
        self.window.open_page(name, target)
        self.settle()
        return self.window.page(name)


@pytest.fixture
def open_program(qtbot: QtBot) -> Callable[[Workspace], Program]:
    """A window over a desk."""
    return lambda workspace: Program(qtbot, workspace)


def test_that_every_page_says_how_to_begin_before_the_first_school(
    three: Three, open_program: Callable[[Workspace], Program]
) -> None:
    program = open_program(three.methodist)
    for name, words in (
        ("schools", "Школ ещё нет"),
        ("review", "Рассматривать нечего"),
        ("visits", "Сначала примите пакет школы"),
        ("exchange", "Передавать пока нечего"),
    ):
        page = program.page(name)
        assert isinstance(page, SchoolsPage | ReviewPage | VisitsPage | ExchangePage)
        assert any(words in shown.text() for shown in page.findChildren(QLabel)), name


def test_that_a_methodist_asks_the_centre_for_a_place_and_has_channels(
    three: Three, open_program: Callable[[Workspace], Program], tmp_path: Path
) -> None:
    program = open_program(three.methodist)
    page = program.page("connection")
    assert isinstance(page, ConnectionPage)
    page.parts.chosen.emit("computer")
    program.settle()
    assert page.computer.phrase.text()
    page.computer.write_request(tmp_path, "Методова Анна Ивановна", RequestReason.NEW)
    program.settle()
    assert [path.suffix for path in tmp_path.glob("*запрос*")] == [".shnor"]
    assert "Ждём приглашения" in page.computer.state.words.text()
    page.parts.chosen.emit("channels")
    program.settle()
    assert page.channels.new.isEnabled()


def test_that_a_package_comes_in_and_a_remark_and_a_visit_go_out(
    qtbot: QtBot, three: Three, open_program: Callable[[Workspace], Program], tmp_path: Path
) -> None:
    three.meet()
    program = open_program(three.methodist)
    schools = program.page("schools")
    assert isinstance(schools, SchoolsPage)
    assert schools.table.rows_model.rowCount() == 1
    review = program.page("review", three.school)
    assert isinstance(review, ReviewPage)
    review.text.setPlainText("Назовите учредителя полностью")
    qtbot.mouseClick(review.leave, Qt.MouseButton.LeftButton)
    program.settle()
    assert review.remark_list.model().rowCount() == 1
    three.visit()
    visits = program.page("visits", three.school)
    assert isinstance(visits, VisitsPage)
    assert three.topics(three.methodist) == ["Дроби"]
    assert visits.pane.list.model().rowCount() > 0
    exchange = program.page("exchange")
    assert isinstance(exchange, ExchangePage)
    qtbot.mouseClick(exchange.header.primary, Qt.MouseButton.LeftButton)
    program.settle()
    dialogs: list[PreviewDialog] = []

    def is_shown() -> bool:
        dialogs[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog)]
        return bool(dialogs)

    qtbot.waitUntil(is_shown, timeout=WAIT)
    dialogs[0].reject()
    exchange.export_to(tmp_path / "out")
    program.settle()
    (file,) = (tmp_path / "out").glob("*.shnor*")
    for desk in (three.desks.school, three.desks.centre):
        assert three.take(desk, file, three.methodist).code.is_fine
    assert three.same()


def test_that_what_the_school_mended_is_accepted_by_one_key(
    qtbot: QtBot, three: Three, open_program: Callable[[Workspace], Program]
) -> None:
    three.meet()
    program = open_program(three.methodist)
    review = program.page("review", three.school)
    assert isinstance(review, ReviewPage)
    for words in ("Первое", "Второе"):
        review.text.setPlainText(words)
        qtbot.mouseClick(review.leave, Qt.MouseButton.LeftButton)
        program.settle()
    three.hand_over()
    for thread in threads(three.desks.school):
        remark_threads.move(three.desks.school, thread.line.id, "fixed", "Готово")
    three.refresh()
    review.refresh()
    program.settle()
    review.open_thread(threads(three.methodist, three.school)[0].line.id)
    program.settle()
    assert review.feed.accept_all.isEnabled()
    qtbot.keyClick(review.feed.list, Qt.Key.Key_F8)
    program.settle()
    qtbot.waitUntil(lambda: [t.line.state for t in threads(three.methodist, three.school)].count("accepted") == 1)
    qtbot.keyClick(review.feed.list, Qt.Key.Key_F9)
    program.settle()
    assert review.feed.view.answer.placeholderText().startswith("Напишите, что осталось")
    review.feed.view.answer.setPlainText("Ещё нет индекса")
    qtbot.keyClick(review.feed.list, Qt.Key.Key_F9)
    program.settle()
    assert sorted(t.line.state for t in threads(three.methodist, three.school)) == ["accepted", "new"]


def test_that_all_mended_remarks_are_accepted_at_once_and_the_badge_goes(
    qtbot: QtBot, three: Three, open_program: Callable[[Workspace], Program]
) -> None:
    three.meet()
    program = open_program(three.methodist)
    review = program.page("review", three.school)
    assert isinstance(review, ReviewPage)
    review.text.setPlainText("Назовите")
    qtbot.mouseClick(review.leave, Qt.MouseButton.LeftButton)
    program.settle()
    three.hand_over()
    remark_threads.move(three.desks.school, threads(three.desks.school)[0].line.id, "fixed")
    three.refresh()
    review.refresh()
    program.settle()
    assert curated_schools(three.methodist)[0].fixed_remarks == 1
    review.show_mode("feed")
    qtbot.mouseClick(review.feed.accept_all, Qt.MouseButton.LeftButton)
    program.settle()
    assert curated_schools(three.methodist)[0].fixed_remarks == 0


def test_that_a_bad_file_is_said_in_words_and_changes_nothing(
    qtbot: QtBot, three: Three, open_program: Callable[[Workspace], Program]
) -> None:
    three.meet()
    good = packages.export_package(three.desks.school, three.desks.flash, full=True, plain=True).path
    bad = good.with_name("bad.shnor")
    bad.write_bytes(good.read_bytes()[:-9])
    program = open_program(three.methodist)
    schools = program.page("schools")
    assert isinstance(schools, SchoolsPage)
    schools.take_files([bad])
    program.settle()
    verdicts = schools.verdicts.rows_model
    qtbot.waitUntil(lambda: verdicts.rowCount() == 1, timeout=WAIT)
    assert str(verdicts.index(0, 2).data()) == "повреждён"
