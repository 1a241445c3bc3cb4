"""One application with the product's look for all window tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from shnor_desktop.ui.theme import Look

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def session_look(qapp: QApplication) -> Look:
    made = Look(qapp, RESOURCES)
    made.complete()
    return made


@pytest.fixture(autouse=True)
def look_of_the_program(session_look: Look) -> Iterator[Look]:
    yield session_look
    if session_look.scale != 1.0:
        session_look.set_scale(1.0)
    if session_look.theme != "light":
        session_look.set_theme("light")
