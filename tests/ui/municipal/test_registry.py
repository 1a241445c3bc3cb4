"""The registry of a centre by clicking: a school is entered, a figure opens to its schools, a new year begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shnor_desktop.models.municipality import RegisteredSchool
from shnor_desktop.services import records, registry
from shnor_desktop.services.demo import make_demo_centre
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.registry import RegistryPage
from tests.clock import FixedClock

WAIT = 30_000


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("centre")
    made = make_demo_centre(folder / "c.shnor-db", FixedClock(), schools=2, profile=Profile(folder / "profile"))
    yield made
    made.close()


class RegistryWindow:
    """The window of a centre on its registry."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        failures = Failures(explain, self.window)
        self.broken: list[str] = []
        failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(failures.report, parent=self.window)
        desk = Desk(self.window, workspace, self.tasks, failures, "")
        self.window.set_pages(municipal_pages(desk))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_page("registry")
        page = self.window.page("registry")
        assert isinstance(page, RegistryPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)


@pytest.fixture
def opened(qtbot: QtBot, centre: Workspace) -> Iterator[RegistryWindow]:
    made = RegistryWindow(qtbot, centre)
    yield made
    made.settle()
    assert made.broken == []
    while records.undoable(centre):
        records.undo(centre)


def test_that_the_registry_shows_every_school_also_without_a_package(opened: RegistryWindow) -> None:
    page = opened.page
    panel = page.panels[2024]
    assert panel.rows is not None
    assert len(panel.rows.rows) == 6
    assert "Школ: 6" in page.figures.accessibleName()
    assert "в реестре: 3\u00a0из\u00a06\u00a0(50\u00a0%)" in page.figures.accessibleName()


def test_that_figures_without_data_are_counted_in_one_link_that_opens_the_indicators(opened: RegistryWindow) -> None:
    page = opened.page
    data = page._data
    assert data is not None
    first, *others = data.figures
    page.show_data(
        replace(data, figures=(first, *((name, caption, "") for name, caption, _ in others[:2]), *others[2:]))
    )
    words = page.figures.accessibleName()
    assert words.endswith("нет данных: 2\u00a0показателя")
    assert others[0][1] not in words
    page.figures.link_chosen.emit("indicators")
    assert page.board.isVisible()


def test_that_the_list_shows_short_names_and_a_dash_for_nothing(opened: RegistryWindow) -> None:
    panel = opened.page.panels[2024]
    assert panel.rows is not None
    for row in panel.rows.rows:
        assert not row.cells[0].startswith("МБОУ")
        assert row.cells[0] in row.full[0].replace("№ ", "№\u00a0")
        assert all(row.cells)


def test_that_values_of_packages_bear_an_asterisk_and_say_where_they_come_from(opened: RegistryWindow) -> None:
    panel = opened.page.panels[2024]
    assert panel.rows is not None
    assert any(cell.endswith("*") for row in panel.rows.rows for cell in row.cells)
    assert "взято" in opened.page.filled.text()
    assert all("из пакета" in words for found in panel.rows.origins.values() for words in found.values())


def test_that_a_figure_opens_to_the_schools_behind_it(opened: RegistryWindow) -> None:
    page = opened.page
    page.figures.link_chosen.emit("municipal.share_registered")
    assert page.board.isVisible()
    assert page.board.detail.value.text() == "3\u00a0из\u00a06 (50\u00a0%)"
    assert page.board.detail.rows.rows_model.rowCount() == 6
    page.board.detail.rows.row_activated.emit("0")
    opened.settle()
    assert page.lists.isVisible()


def test_that_a_school_is_entered_into_the_year_that_is_shown(opened: RegistryWindow, centre: Workspace) -> None:
    page = opened.page
    assert page.header.primary is not None
    opened.qtbot.mouseClick(page.header.primary, Qt.MouseButton.LeftButton)
    draft = page.panels[2024].draft
    assert draft is not None
    draft.submitted.emit({"code": "72-199", "name": "МБОУ «Новая ООШ»"})
    opened.settle()
    rows = records.rows(centre, RegisteredSchool, centre.centre)
    assert [(row.year, row.name) for row in rows if row.code == "72-199"] == [(2024, "МБОУ «Новая ООШ»")]
    assert "Школ: 7" in page.figures.accessibleName()


def test_that_a_pasted_list_enters_schools_of_this_year_beside_those_of_the_last(
    opened: RegistryWindow, centre: Workspace
) -> None:
    panel = opened.page.panels[2024]
    known = registry.registry(centre, 2023).lines[0].fact
    panel.paste.take("name", [["Код школы", "Школа"], ["72-201", "МБОУ «Первая»"], ["72-202", known.name or ""]])
    opened.settle()
    rows = records.rows(centre, RegisteredSchool, centre.centre)
    assert {(row.year, row.code) for row in rows if row.code in ("72-201", "72-202")} == {
        (2024, "72-201"),
        (2024, "72-202"),
    }
    kept = [row for row in rows if row.id == known.id]
    assert (kept[0].year, kept[0].code) == (2023, known.code)


def test_that_a_new_year_begins_by_a_button(opened: RegistryWindow, centre: Workspace) -> None:
    page = opened.page
    opened.qtbot.mouseClick(page.begin_year, Qt.MouseButton.LeftButton)
    opened.settle()
    opened.settle()
    assert page.year == 2025
    assert len(registry.registry(centre, 2025).lines) == 6
