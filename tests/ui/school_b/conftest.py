"""Windows over a school that has just begun and over one whose map is filled in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school, make_school_workspace
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.typing_keys import type_text


@pytest.fixture
def school(qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock) -> Iterator[SchoolWindow]:
    yield from opened(SchoolWindow(qtbot, make_school_workspace(tmp_path, fixed_clock)))


@pytest.fixture
def diagnosed(qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock) -> Iterator[SchoolWindow]:
    yield from opened(SchoolWindow(qtbot, make_diagnosed_school(tmp_path, fixed_clock)))


def opened(made: SchoolWindow) -> Iterator[SchoolWindow]:
    yield made
    made.settle()
    made.close()
    assert made.broken == []


def button(root: QWidget, words: str) -> QAbstractButton:
    """The visible button with these words."""
    QApplication.sendPostedEvents()  # what has just been put into a layout is shown by an event
    shown = [one for one in root.findChildren(QAbstractButton) if one.isVisible()]
    found = [one for one in shown if plain(one.text()) == words]
    assert found, f"no button {words!r}: {sorted({one.text() for one in shown})}"
    return found[0]


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return words.replace("\u00a0", " ")


def click(school: SchoolWindow, what: QWidget) -> None:
    """Press it as soon as it is there and let everything that follows happen."""
    school.qtbot.waitUntil(lambda: what.isVisible() and what.width() > 0 and what.height() > 0)
    QTest.mouseClick(what, Qt.MouseButton.LeftButton)
    school.settle()


def type_over(school: SchoolWindow, line: QWidget, text: str) -> None:
    """Replace the text of a line as a person does, and leave it with Enter."""
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    type_text(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    school.settle()


def words_on(root: QWidget) -> str:
    """All words of labels that can be seen."""
    QApplication.sendPostedEvents()
    return "\n".join(plain(one.text()) for one in root.findChildren(QLabel) if one.isVisible())
