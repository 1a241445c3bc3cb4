"""«Подключение»: the one page of a desk that waits for its place: ask the centre, take its invitation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.trust_own import ComputerPane, OwnTrust, read_own
from shnor_desktop.ui.shell.pages import PageSpec

JOINING = "joining"
_PURPOSE = "Рабочее место ждёт приглашения центра: передайте запрос, сверьте слова по телефону, примите файл ответа."


def joining_pages(desk: Desk) -> list[PageSpec]:
    """The sidebar of a desk that waits."""
    return [PageSpec(JOINING, "Подключение", "shield-check", lambda: JoiningPage(desk))]


class JoiningPage(DeskPage):
    """Request, words, invitation; then the desk opens with its own pages."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Подключение", _PURPOSE, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(lambda _: self.refresh())
        self.header.set_primary("Принять приглашение", "inbox").setEnabled(not desk.is_read_only)
        self.header.primary_clicked.connect(self.choose_invitation)
        self.pane = ComputerPane(self)
        self.set_body(self.pane)

    def load(self) -> OwnTrust:
        """How this computer stands."""
        return read_own(self)

    def show_data(self, snapshot: OwnTrust) -> None:
        """Show it; a desk that has got its place is opened anew with its pages."""
        self.pane.show_own(snapshot)
        if not self.desk.workspace.is_waiting:
            self.desk.place_given.emit()

    def choose_invitation(self) -> None:
        """Let the person choose the file of the centre."""
        files = choose_files(self, "Принять приглашение центра", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)
