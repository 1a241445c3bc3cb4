"""The program starts on its frame, and explains what stands between a person and their store."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.program import Program, Wanted
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.start.opening import Opening
from shnor_desktop.ui.workspaces.start.page import StartPage
from shnor_desktop.ui.workspaces.start.wizard import WizardStep
from tests.clock import FixedClock
from tests.services.school import make_school_workspace
from tests.ui.school_a.conftest import WAIT
from tests.ui.typing_keys import type_text

ROOT = Path(__file__).parents[3]
HEAVY = {"alembic", "docx", "numpy", "openpyxl", "pandas", "reportlab"}
DATA = {"cryptography", "msgspec", "sqlalchemy", "sqlcipher3", "tomlkit"}
PROBE = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shnor_desktop import app
from shnor_desktop.app import WindowOptions

def loaded():
    own = {name for name in sys.modules if name.startswith("shnor_desktop.")}
    return sorted({name.split(".")[0] for name in sys.modules} | own)

found = {}

def painted():
    found["first"] = loaded()
    QTimer.singleShot(200, look)

def look():
    window = next(iter(w for w in QApplication.topLevelWidgets() if hasattr(w, "current_page_id")))
    page = window.page("today")
    if page is not None and getattr(page, "_view", None) is not None:
        found["open"] = loaded()
        QApplication.quit()
    else:
        QTimer.singleShot(100, look)

status = app.run_window(WindowOptions(store=sys.argv[1]), painted)
print(json.dumps(found))
sys.exit(status)
"""


class StartWindow:
    """The first screen with its presenter."""

    def __init__(self) -> None:
        self.window = MainWindow()
        self.failures = Failures(explain)
        self.tasks = Tasks(self.failures.report)
        self.opening = Opening(self.window, self.tasks, self.failures)
        self.opened: list[Workspace] = []
        self.opening.opened.connect(self.opened.append)
        self.window.show()

    def close(self) -> None:
        self.window.close()
        self.tasks.wait()
        for workspace in self.opened:
            workspace.close()
        self.window.deleteLater()


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[StartWindow]:
    made = StartWindow()
    yield made
    made.close()


def actions(page: StartPage) -> list[str]:
    return [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]


def type_into(page: StartPage, values: dict[str, str]) -> None:
    for name, text in values.items():
        line = page.school.school.form.editors[name].editor.input()
        assert isinstance(line, QLineEdit)
        line.setFocus()
        type_text(line, text)


def test_that_the_frame_comes_before_data_and_no_heavy_library_comes_with_the_school(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    path = workspace.store.path
    workspace.close()
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    first, opened = set(found["first"]), set(found["open"])
    assert first & (HEAVY | DATA) == set()
    assert [name for name in first if name.startswith(("shnor_desktop.services", "shnor_desktop.models"))] == []
    assert "sqlalchemy" in opened
    assert opened & HEAVY == set()


def test_that_without_a_store_three_large_choices_are_offered(start: StartWindow, qtbot: QtBot) -> None:
    start.opening.begin()
    page = start.opening.show_page()
    qtbot.waitExposed(start.window)
    assert [one.text() for one in page.buttons()] == ["Новая школа", "Открыть имеющееся", "Учебная школа"]


def choose_second(qtbot: QtBot, combo: QComboBox) -> None:
    """Choose the first real item of a list by the keyboard."""
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    combo.activated.emit(combo.currentIndex())


def past_the_first_step(qtbot: QtBot, page: StartPage) -> None:
    """Say who one is."""
    qtbot.mouseClick(page.buttons()[0], Qt.MouseButton.LeftButton)
    you = page.school.steps[0]
    assert isinstance(you, WizardStep)
    position = you.form.editors["position"].editor.input()
    assert isinstance(position, QComboBox)
    choose_second(qtbot, position)
    name = you.form.editors["person"].editor.input()
    assert isinstance(name, QLineEdit)
    name.setFocus()
    type_text(name, "Ясенева Вера Игоревна")
    qtbot.mouseClick(you.do_button, Qt.MouseButton.LeftButton)


def test_that_a_new_school_is_begun_in_five_steps(start: StartWindow, qtbot: QtBot, own_folders: Path) -> None:
    start.opening.begin()
    page = start.opening.show_page()
    past_the_first_step(qtbot, page)
    names = {"code": "72-007", "short_name": "МАОУ «Лесная СОШ»", "full_name": "Лесная школа", "municipality": "Район"}
    type_into(page, names)
    combo = page.school.school.form.editors["kind"].editor.input()
    assert isinstance(combo, QComboBox)
    choose_second(qtbot, combo)
    qtbot.mouseClick(page.school.school.do_button, Qt.MouseButton.LeftButton)
    methodologies = page.school.method.form.editors["methodology"].editor.input()
    assert isinstance(methodologies, QComboBox)
    qtbot.waitUntil(lambda: methodologies.count() > 1, timeout=WAIT)
    choose_second(qtbot, methodologies)
    qtbot.mouseClick(page.school.method.do_button, Qt.MouseButton.LeftButton)
    table = own_folders / "Педагоги.xlsx"
    page.school.lists.set_files([table, table])
    qtbot.mouseClick(page.school.lists.do_button, Qt.MouseButton.LeftButton)
    year = page.school.year.values()["project_year"]
    assert isinstance(year, int)
    assert str(year) in page.school.stages.text()
    qtbot.mouseClick(page.school.year.do_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(start.opened) == 1, timeout=WAIT)
    workspace = start.opened[0]
    assert workspace.kind is StoreKind.SCHOOL
    card = records.rows(workspace, School)[0]
    assert (card.director, card.project_year) == ("Ясенева Вера Игоревна", year)
    assert workspace.pack.period_start.year == year
    assert start.opening.take_lists() == [table]
    assert start.opening.take_lists() == []
    assert workspace.store.path == own_folders / "stores" / "school-72-007.shnor-db"


def test_that_a_code_no_package_can_bear_is_refused_in_its_field_and_nothing_typed_is_lost(
    start: StartWindow, qtbot: QtBot, own_folders: Path
) -> None:
    start.opening.begin()
    page = start.opening.show_page()
    past_the_first_step(qtbot, page)
    type_into(page, {"short_name": "МАОУ «Лесная СОШ»", "code": "код 1/..\\"})
    qtbot.mouseClick(page.school.school.do_button, Qt.MouseButton.LeftButton)
    form = page.school.school.form
    assert "латинскими буквами" in form.editors["code"].problem_text()
    assert form.editors["short_name"].value() == "МАОУ «Лесная СОШ»"
    assert form.isVisible()
    assert list(own_folders.glob("stores/*")) == []


def test_that_a_file_that_is_no_store_is_explained_with_what_can_be_done(
    start: StartWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "письмо.shnor-db"
    other.write_text("Здравствуйте", encoding="utf-8")
    start.opening.begin(str(other))
    qtbot.waitUntil(lambda: not start.tasks.is_busy(), timeout=WAIT)
    page = start.opening.show_page()
    assert "не хранилище ШНОР-Десктоп" in page.problem.words.text()
    assert "Выбрать другой файл" in actions(page)
    assert other.read_text(encoding="utf-8") == "Здравствуйте"


def test_that_a_store_that_is_open_elsewhere_can_be_looked_at(
    start: StartWindow, qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    holder = make_school_workspace(tmp_path, fixed_clock)
    try:
        start.opening.begin(str(holder.store.path))
        qtbot.waitUntil(lambda: not start.tasks.is_busy(), timeout=WAIT)
        page = start.opening.show_page()
        assert "уже открыто" in page.problem.words.text()
        page.action_chosen.emit("read_only")
        qtbot.waitUntil(lambda: len(start.opened) == 1, timeout=WAIT)
        assert start.opened[0].store.read_only
    finally:
        holder.close()


def test_that_a_damaged_store_comes_back_from_its_newest_good_copy(
    start: StartWindow, qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    from shnor_desktop.services.backups import back_up_today

    workspace = make_school_workspace(tmp_path, fixed_clock)
    path = workspace.store.path
    back_up_today(workspace)
    workspace.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    start.opening.begin(str(path))
    page = start.opening.show_page()
    qtbot.waitUntil(lambda: any(one.startswith("Вернуть копию от ") for one in actions(page)), timeout=WAIT)
    page.action_chosen.emit("backup")
    qtbot.waitUntil(lambda: len(start.opened) == 1, timeout=WAIT)
    assert start.opened[0].store.path == path


def test_that_the_desk_can_be_left_for_the_first_screen_and_its_store_is_closed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sys, threading):  # the program takes both hooks; they come back with the end of the test
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    workspace = make_school_workspace(tmp_path, fixed_clock)
    path = workspace.store.path
    workspace.close()
    kept: dict[str, str] = {}
    window = MainWindow()
    program = Program(qapp, window, explain, lambda **parts: kept.update(parts), Wanted(store=str(path)))
    window.show()
    program.begin()
    qtbot.waitUntil(lambda: program.desk is not None and not program.tasks.is_busy(), timeout=WAIT)
    assert program.desk is not None
    program.desk.leave_requested.emit()
    assert window.findChild(StartPage) is not None
    qtbot.waitUntil(lambda: not path.with_name(path.name + ".lock").exists(), timeout=WAIT)
    assert kept["store"] == ""
    window.close()
    program.end()
    window.deleteLater()
