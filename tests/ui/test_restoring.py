"""«Вернуть ключи по листу восстановления»: on a new computer a copy of the data and the code of the sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.services import recovery
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.workspace import Profile
from shnor_desktop.system.wording import explain
from shnor_desktop.ui.program import Program, Wanted
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.workspaces.start.restoring import SheetCodeDialog
from tests.clock import FixedClock

WAIT = 30_000
pytestmark = pytest.mark.timeout(200)


@pytest.fixture
def program(qtbot: QtBot, own_folders: Path) -> Iterator[Program]:
    """The program on a computer without a store."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    program = Program(found, window, explain, lambda **_: None, Wanted())
    program.begin()
    yield program
    program.end()


def test_that_a_copy_and_the_sheet_bring_the_same_key_back(
    qtbot: QtBot, program: Program, own_folders: Path, tmp_path: Path
) -> None:
    lost = create_school_desk(
        tmp_path / "lost.shnor-db", SchoolCard("7201", "Школа"), FixedClock(), profile=Profile(tmp_path / "lost")
    )
    sheet, fingerprint = recovery.begin_sheet(lost), lost.identity.certificate.fingerprint
    lost.close()
    copy = tmp_path / "copy.shnor-db"
    shutil.copy(tmp_path / "lost.shnor-db", copy)
    qtbot.waitUntil(lambda: program._opening is not None, timeout=WAIT)
    opening = program._opening
    assert opening is not None
    opening.bring_keys_back(copy)
    asked = QApplication.activeModalWidget() or program._window.findChild(SheetCodeDialog)
    assert isinstance(asked, SheetCodeDialog)
    asked.code.setText(sheet.groups[0])
    asked.do_button.click()
    qtbot.waitUntil(lambda: not asked.problem.isHidden(), timeout=WAIT)
    assert asked.isVisible()
    asked.code.setText(" ".join(sheet.groups).lower())
    asked.do_button.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=WAIT)
    assert program.desk is not None
    assert program.desk.workspace.identity.certificate.fingerprint == fingerprint
