"""A window over the desk of a small school."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.program import school_role
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from tests.clock import FixedClock
from tests.services.school import make_school_workspace

WAIT = 30_000
"""Milliseconds that a signal may take on a machine that does other work too."""


class SchoolWindow:
    """The window of a school with what a test asks of it."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.window = MainWindow()
        self.failures = Failures(explain)
        self.broken: list[str] = []
        self.failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(self.failures.report)
        self.desk = Desk(self.window, workspace, self.tasks, self.failures, workspace.school)
        self.window.undo_requested.connect(self.desk.undo)
        self.window.redo_requested.connect(self.desk.redo)
        role = school_role()
        self.window.set_pages(role.pages(self.desk), role.title)
        self.desk.set_state_reader(lambda: role.state(self.desk))
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()

    def open(self, page_id: str) -> DeskPage:
        """Show a page with its data."""
        self.window.open_page(page_id)
        page = self.window.page(page_id)
        assert isinstance(page, DeskPage)
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until every write and reading is over."""
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)

    def close(self) -> None:
        """Leave as a person leaves."""
        self.window.close()
        self.settle()
        self.tasks.wait()
        self.workspace.close()

    def forget(self) -> None:
        """Free the window."""
        self.window.deleteLater()
        self.tasks.deleteLater()


@pytest.fixture
def school(qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock) -> Iterator[SchoolWindow]:
    made = SchoolWindow(qtbot, make_school_workspace(tmp_path, fixed_clock))
    yield made
    made.settle()
    made.close()
    made.forget()
    assert made.broken == []
