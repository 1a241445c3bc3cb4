"""What holds for every page of the school."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.domain.findings import PAGES
from shnor_desktop.ui.widgets.page import Page
from tests.ui.school_a.conftest import SchoolWindow


class StrayWindows(QObject):
    """Notes every window that opens beside the main one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and not isinstance(watched, QMainWindow):
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def stray_windows(qapp: QApplication) -> Iterator[StrayWindows]:
    watch = StrayWindows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def test_that_no_page_flashes_a_window_of_its_own(
    school: SchoolWindow, qtbot: QtBot, stray_windows: StrayWindows
) -> None:
    for page_id in PAGES:
        school.open(page_id)
    assert stray_windows.seen == []


def test_that_every_page_of_a_new_school_says_what_it_is_for_and_how_to_begin(school: SchoolWindow) -> None:
    for page_id in PAGES:
        page = school.open(page_id)
        assert isinstance(page, Page)
        assert page.header.title.text()
        assert page.header.purpose.text().endswith(".")


def test_that_f1_explains_the_page_that_is_shown(school: SchoolWindow, qtbot: QtBot) -> None:
    from shnor_desktop.services.wording import has_words

    assert [page_id for page_id in PAGES if not has_words(f"help.{page_id}")] == []
