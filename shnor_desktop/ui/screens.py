"""Every page as a picture, drawn off the screen from demo data: for the README, for eyes, for comparison.

`school-NN-page.png` are the pages of the demo school, `centre-NN-page.png` those of the demo centre,
`empty-NN-page.png` those of a school that has only begun, `start.png` the first screen.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from shnor_desktop.services import demo, desks
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Profile, StoreKind, Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.program import Role, methodist_role, municipal_role, school_role
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.start.opening import Opening

SIZE = (1366, 768)
_PATIENCE_MS = 30_000
_SETTLING_MS = 150
_BEGUN = desks.SchoolCard(code="72-001", short_name="МАОУ «Новая СОШ»", municipality="Район", kind="secondary")


class Studio:
    """One window with its lanes of work, where pages are opened one after another and a picture of each is kept."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.window = MainWindow()
        self.window.resize(*SIZE)
        self.failures = Failures(explain)
        self.failures.worded.connect(lambda message: print(message.what, file=sys.stderr))
        self.tasks = Tasks(self.failures.report)

    def take_desk(self, workspace: Workspace, role: Role, prefix: str) -> list[Path]:
        """Every page of a store."""
        own = workspace.school if workspace.kind is StoreKind.SCHOOL else ""
        desk = Desk(self.window, workspace, self.tasks, self.failures, own)
        pages = role.pages(desk)
        self.window.set_pages(pages, role.title)
        desk.set_state_reader(lambda: role.state(desk))
        self.window.show()
        made = []
        for number, page in enumerate(pages, 1):
            self.window.open_page(page.id)
            made.append(self.shoot(f"{prefix}-{number:02}-{page.id}"))
        return made

    def take_start(self) -> Path:
        """The first screen."""
        Opening(self.window, self.tasks, self.failures).show_page()
        self.window.show()
        return self.shoot("start")

    def shoot(self, name: str) -> Path:
        """Let reading end and the page draw itself, then keep what the window shows."""
        wait_until(lambda: not self.tasks.is_busy())
        pause(_SETTLING_MS)
        wait_until(lambda: not self.tasks.is_busy())
        path = self._out / f"{name}.png"
        if not self.window.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        return path

    def leave(self) -> None:
        """Close the window and let everything end."""
        self.window.close()
        self.tasks.wait()
        self.window.deleteLater()


def make_screens(out: Path) -> int:
    """Draw all pages into a folder, in the look of the application; the exit status of the command."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shnor-screens-") as name:
        folder = Path(name)
        profile = Profile(folder / "profile")
        clock = system_clock()
        _with_studio(out, lambda studio: studio.take_start())
        _say("новая школа")
        begun = desks.create_school_desk(folder / "begun.shnor-db", _BEGUN, clock, profile=profile)
        _draw(out, begun, school_role(), "empty")
        _say("учебная школа")
        school = demo.make_demo_school(folder / "school.shnor-db", clock, profile=profile)
        _draw(out, school, school_role(), "school")
        _say("учебный центр")
        centre = demo.make_demo_centre(folder / "centre.shnor-db", clock, profile=profile)
        _draw(out, centre, municipal_role(), "centre")
        _say("учебный методист")
        methodist = demo.make_demo_methodist(folder / "methodist.shnor-db", clock, profile=profile)
        _draw(out, methodist, methodist_role(), "methodist")
    return 0


def wait_until(is_reached: Callable[[], bool]) -> None:
    """Let events run until something is true, for half a minute at most."""
    if is_reached():
        return
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: loop.quit() if is_reached() else None)
    timer.start()
    QTimer.singleShot(_PATIENCE_MS, timer, loop.quit)
    loop.exec()


def pause(milliseconds: int) -> None:
    """Let events run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _draw(out: Path, workspace: Workspace, role: Role, prefix: str) -> None:
    try:
        _with_studio(out, lambda studio: studio.take_desk(workspace, role, prefix))
    finally:
        workspace.close()


def _with_studio(out: Path, work: Callable[[Studio], object]) -> None:
    studio = Studio(out)
    try:
        work(studio)
    finally:
        studio.leave()


def _say(what: str) -> None:
    print(f"Рисую: {what}…", file=sys.stderr)
