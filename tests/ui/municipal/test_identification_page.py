"""«Выявление» at the centre: schools with their categories, the explanation beside, printing and copying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.domain.social_index import Band
from shnor_desktop.services.demo.centre import make_demo_centre
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.widgets.table import RecordTable
from shnor_desktop.ui.workspaces.municipal.identification import IdentificationPage
from tests.clock import FixedClock

WAIT = 30_000


class CentreWindow:
    """A window with the page alone."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, editor_page: str = "") -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.failures = Failures(explain, self.window)
        self.broken: list[str] = []
        self.failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(self.failures.report, parent=self.window)
        desk = Desk(self.window, workspace, self.tasks, self.failures, "")
        make = lambda: IdentificationPage(desk, editor_page)  # noqa: E731
        self.window.set_pages([PageSpec("identification", "Выявление", "target", make)])
        self.window.show()
        self.settle()

    @property
    def page(self) -> IdentificationPage:
        """The page."""
        page = self.window.page("identification")
        assert isinstance(page, IdentificationPage)
        return page

    def settle(self) -> None:
        """Wait until every reading is over."""
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)

    def close(self) -> None:
        """Leave."""
        self.settle()
        self.tasks.wait()
        self.workspace.close()
        assert self.broken == []


@pytest.fixture
def centre(qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock) -> Iterator[CentreWindow]:
    made = CentreWindow(qtbot, make_demo_centre(tmp_path / "c.shnor-db", fixed_clock, schools=3), "methodology")
    yield made
    made.close()


def shown(page: IdentificationPage) -> str:
    return " ".join(label.text() for label in page.sheet.findChildren(QLabel)).replace("\u00a0", " ")


def test_that_every_school_stands_with_its_category_and_a_click_shows_why(centre: CentreWindow) -> None:
    page = centre.page
    rows = page.table.rows_model.shown
    assert len(rows) == 3
    assert all(row.cells[1] for row in rows)
    for row in rows:
        page.table.select(row.id)
        assert row.cells[0] in shown(page)
        assert "Таблица весов, версия 1.0" in shown(page)
    assert "нужно не меньше 15" in page.context.text()
    assert "изменить в методике" in page.parameters.text()


def test_that_only_the_column_beside_the_list_scrolls_not_the_tables_in_it(centre: CentreWindow) -> None:
    for table in centre.page.sheet.findChildren(RecordTable):
        rows = table.rows_model.rowCount() * table.verticalHeader().defaultSectionSize()
        assert table.height() >= table.header_height() + rows
        assert all("9 класс" not in row.cells[0] for row in table.rows_model.shown)


def test_that_a_page_says_that_it_reads_until_the_schools_are_there(centre: CentreWindow) -> None:
    fresh = IdentificationPage(centre.page.desk)
    centre.qtbot.addWidget(fresh)
    assert fresh.is_reading
    fresh.refresh()
    centre.settle()
    assert not fresh.is_reading
    assert fresh.table.rows_model.rowCount() == 3


def test_that_a_resilient_school_is_named_in_the_list(centre: CentreWindow) -> None:
    data = centre.page._data
    assert data is not None
    first = data.schools[0]
    expectation = data.expectation(first.id)
    assert expectation is not None
    found = replace(expectation, band=Band.ABOVE, is_resilient=True)
    compared = replace(data.comparison, schools={**data.comparison.schools, first.id: found})
    centre.page.show_data(replace(data, comparison=compared))
    cells = {row.id: row.cells for row in centre.page.table.rows_model.shown}
    assert cells[first.id][4] == "↑ выше\nрезильентная"
    assert "резильентных: 1" in centre.page.header.purpose.text()


def test_that_the_document_of_one_school_and_of_all_is_written(centre: CentreWindow, tmp_path: Path) -> None:
    for name, school in (("one.pdf", centre.page.current), ("all.pdf", "")):
        target = tmp_path / name
        centre.page.write_to(target, school)
        centre.settle()
        assert target.read_bytes().startswith(b"%PDF-")
        assert name in centre.window.messages.text.text()


def test_that_the_explanation_is_copied_with_the_note_under_the_comparison(centre: CentreWindow) -> None:
    centre.page.copy_text()
    copied = QGuiApplication.clipboard().text()
    assert centre.page.sheet.text() == copied
    assert "ИСБШ" in copied


def test_that_a_centre_without_schools_is_told_where_they_come_from(
    qtbot: QtBot, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    empty = create_centre_desk(tmp_path / "e.shnor-db", "72-100", "Методический центр", fixed_clock)
    made = CentreWindow(qtbot, empty)
    words = " ".join(label.text() for label in made.page.findChildren(QLabel))
    assert "Пакетов ещё не было" in words
    made.close()
