"""The decision on a package in the window: a return with its day and remarks; «принят» over open ones is asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.models.review import ReviewDecision
from shnor_desktop.services import records
from shnor_desktop.services.centre import RemarkDraft, leave_remark
from shnor_desktop.services.remark_feed import threads
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.decision import DecisionDialog
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.review import ReviewPage
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]
WAIT = 30_000


@pytest.fixture
def review(qtbot: QtBot, desks: Desks) -> ReviewPage:
    """The review of a school with one open remark."""
    desks.meet()
    draft = RemarkDraft("school", desks.school.school, "founder", "Паспорт — Учредитель", "Назовите полностью")
    leave_remark(desks.centre, desks.school.school, draft)
    window = MainWindow()
    qtbot.addWidget(window)
    tasks = Tasks(Failures(explain, window).report, parent=window)
    desk = Desk(window, desks.centre, tasks, Failures(explain, window), "")
    window.set_pages(municipal_pages(desk))
    window.resize(1366, 768)
    window.show()
    window.open_page("review", desks.school.school)
    page = window.page("review")
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.view is not None and not tasks.is_busy(), timeout=WAIT)
    return page


def dialog(qtbot: QtBot, cls: type[ConfirmDialog]) -> ConfirmDialog:
    """The dialog that is open now."""
    found: list[ConfirmDialog] = []

    def is_open() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if type(one) is cls and one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open, timeout=WAIT)
    return found[0]


def decisions(desks: Desks) -> list[str | None]:
    return [row.decision for row in records.rows(desks.centre, ReviewDecision, desks.school.school)]


def test_that_remarks_to_close_ask_for_a_day_and_get_it(qtbot: QtBot, desks: Desks, review: ReviewPage) -> None:
    review.decide("returned")
    asked = dialog(qtbot, DecisionDialog)
    assert isinstance(asked, DecisionDialog)
    assert asked.remarks.count() == 1
    qtbot.mouseClick(asked.do_button, Qt.MouseButton.LeftButton)
    assert asked.isVisible()
    assert decisions(desks) == []
    asked.editors["due_on"].edited.emit("due_on", "2024-09-20")
    with qtbot.waitSignal(review.desk.changed, timeout=WAIT):
        qtbot.mouseClick(asked.do_button, Qt.MouseButton.LeftButton)
    assert decisions(desks) == ["returned"]
    assert [one.line.due_words for one in threads(desks.centre, desks.school.school)] == ["исправить до 20.09.2024"]


@pytest.mark.parametrize("goes_on", [True, False])
def test_that_accepting_over_open_remarks_is_asked_about(
    qtbot: QtBot, desks: Desks, review: ReviewPage, goes_on: bool
) -> None:
    asked = _accept_until_asked(qtbot, review)
    assert decisions(desks) == []
    if goes_on:
        with qtbot.waitSignal(review.desk.changed, timeout=WAIT):
            qtbot.mouseClick(asked.do_button, Qt.MouseButton.LeftButton)
        assert decisions(desks) == ["accepted"]
    else:
        qtbot.mouseClick(asked.leave_button, Qt.MouseButton.LeftButton)
        assert decisions(desks) == []
        assert review.mode.current() == "feed"


def _accept_until_asked(qtbot: QtBot, review: ReviewPage) -> ConfirmDialog:
    review.decide("accepted")
    first = dialog(qtbot, DecisionDialog)
    qtbot.mouseClick(first.do_button, Qt.MouseButton.LeftButton)
    return dialog(qtbot, ConfirmDialog)
