"""«Пароль на данные»: closing a store from the window, opening it again, forgetting the passphrase, taking it off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from shnor_desktop.exchange import passphrase_file, store_key
from shnor_desktop.services import store_secret
from shnor_desktop.services.desks import SchoolCard, create_school_desk, is_protected
from shnor_desktop.system.wording import explain
from shnor_desktop.ui.dialogs.passphrase import CAPS, DIFFERENT, UnlockDialog
from shnor_desktop.ui.program import Program, Wanted
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.workspaces.start.protection import CodeDialog, ProtectionDialog
from tests.clock import FixedClock

PASSPHRASE, OTHER = "четыре слова без связи", "совсем другой пароль 7"
WAIT = 90_000
pytestmark = pytest.mark.timeout(400)


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by intention; not here."""
    seal = passphrase_file.seal_with_passphrase
    monkeypatch.setattr(store_key, "seal_with_passphrase", lambda content, words: seal(content, words, cost=4))


@pytest.fixture
def store(own_folders: Path) -> Path:
    """The store of a school, which is the only one of this user."""
    path = own_folders / "stores" / "school-7201.shnor-db"
    create_school_desk(path, SchoolCard("7201", "Школа"), FixedClock()).close()
    return path


@pytest.fixture
def program(qtbot: QtBot, store: Path) -> Iterator[Program]:
    """The program as it starts over this store."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    program = Program(found, window, explain, lambda **_: None, Wanted(str(store)))
    program.begin()
    yield program
    program.end()


def dialog(qtbot: QtBot, kind: type[QDialog]) -> Any:
    """The dialog of a kind, once it is there and can be worked with."""
    found: list[QDialog] = []

    def is_there() -> bool:
        found[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        return bool(found) and found[0].isEnabled()

    qtbot.waitUntil(is_there, timeout=WAIT)
    return found[0]


def type_new(new: Any, passphrase: str) -> None:
    """Type a new passphrase twice."""
    new.first.line.setText(passphrase)
    new.second.line.setText(passphrase)


def wait_for_desk(qtbot: QtBot, program: Program) -> Any:
    """The desk that is open at last."""
    qtbot.waitUntil(lambda: program.desk is not None, timeout=WAIT)
    return program.desk


def protect(qtbot: QtBot, program: Program) -> str:
    """Close the store from its desk; returns the recovery code. The question for the passphrase is asked then."""
    wait_for_desk(qtbot, program).protection_requested.emit()
    asked = dialog(qtbot, ProtectionDialog)
    type_new(asked.new, PASSPHRASE)
    assert not asked.do_button.isEnabled()
    asked.understood.setChecked(True)
    asked.do_button.click()
    told = dialog(qtbot, CodeDialog)
    code = str(told.code.text())
    told.reject()
    assert told.isVisible()
    told.kept.setChecked(True)
    told.do_button.click()
    return code


def unlock(qtbot: QtBot, program: Program, passphrase: str) -> Any:
    """Type the passphrase that is asked for."""
    asked = dialog(qtbot, UnlockDialog)
    asked.passphrase.line.setText(passphrase)
    asked.do_button.click()
    return asked


def test_that_a_store_is_closed_from_its_desk_and_opens_by_its_passphrase(
    qtbot: QtBot, program: Program, store: Path
) -> None:
    protect(qtbot, program)
    asked = unlock(qtbot, program, "не тот пароль")
    qtbot.waitUntil(lambda: asked.isEnabled() and asked.problem.isVisible(), timeout=WAIT)
    assert "не подходит" in asked.problem.words.text()
    unlock(qtbot, program, PASSPHRASE)
    assert wait_for_desk(qtbot, program).workspace.store.key is not None
    assert is_protected(store)


def test_that_a_forgotten_passphrase_is_set_anew_by_the_code(qtbot: QtBot, program: Program, store: Path) -> None:
    code = protect(qtbot, program)
    asked = dialog(qtbot, UnlockDialog)
    asked.show_code()
    asked.code.setText(code[:-1])
    type_new(asked.renewed, OTHER)
    asked.do_button.click()
    qtbot.waitUntil(lambda: asked.isEnabled() and asked.problem.isVisible(), timeout=WAIT)
    asked.code.setText(code)
    asked.do_button.click()
    wait_for_desk(qtbot, program)
    store_secret.unlock(store, OTHER)


def test_that_the_passphrase_is_taken_off_by_who_knows_it(qtbot: QtBot, program: Program, store: Path) -> None:
    protect(qtbot, program)
    unlock(qtbot, program, PASSPHRASE)
    wait_for_desk(qtbot, program).protection_requested.emit()
    asked = dialog(qtbot, ProtectionDialog)
    asked.old.line.setText(OTHER)
    asked.off_button.click()
    qtbot.waitUntil(lambda: asked.isEnabled() and asked.problem.isVisible(), timeout=WAIT)
    assert is_protected(store)
    asked.old.line.setText(PASSPHRASE)
    asked.off_button.click()
    qtbot.waitUntil(lambda: not is_protected(store), timeout=WAIT)
    assert wait_for_desk(qtbot, program).workspace.store.key is None


def test_that_a_closed_store_that_is_hurt_offers_its_copy(qtbot: QtBot, program: Program, store: Path) -> None:
    protect(qtbot, program)
    unlock(qtbot, program, PASSPHRASE)
    desk = wait_for_desk(qtbot, program)
    from shnor_desktop.storage.backup import make_backup
    from shnor_desktop.storage.upgrade import backup_folder

    make_backup(desk.workspace.store, backup_folder(store), FixedClock().now())
    desk.leave_requested.emit()
    opening = program._opening
    assert opening is not None
    qtbot.waitUntil(lambda: not store.with_name(store.name + ".lock").exists(), timeout=WAIT)
    content = bytearray(store.read_bytes())
    content[7] ^= 1
    store.write_bytes(content)
    opening.open_store(store)
    unlock(qtbot, program, PASSPHRASE)
    page = opening.show_page()
    qtbot.waitUntil(lambda: opening._backup is not None, timeout=WAIT)
    page.action_chosen.emit("backup")
    assert wait_for_desk(qtbot, program).workspace.store.key is not None


@pytest.mark.parametrize(("typed", "is_caps"), [("Б", True), ("б", False), ("1", False)])
def test_that_a_capital_without_shift_tells_of_caps_lock(qtbot: QtBot, typed: str, is_caps: bool) -> None:
    asked = UnlockDialog("school.shnor-db")
    qtbot.addWidget(asked)
    asked.show()
    pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, typed)
    QApplication.sendEvent(asked.passphrase.line, pressed)
    assert asked.passphrase.caps.isVisible() is (is_caps and asked.passphrase.caps.text() == CAPS)


def test_that_two_passphrases_that_differ_are_told_and_give_none(qtbot: QtBot) -> None:
    asked = UnlockDialog("school.shnor-db")
    qtbot.addWidget(asked)
    asked.renewed.first.line.setText(PASSPHRASE)
    asked.renewed.second.line.setText(OTHER)
    assert asked.renewed.hint.text() == DIFFERENT
    assert asked.renewed.text() == ""
