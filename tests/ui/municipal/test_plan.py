"""«План» of a centre by clicking: measures with their reading, reports with inner dates, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.plan import plan_view
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.errors import Failures
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Tasks
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.plan import PlanPage
from shnor_desktop.ui.workspaces.municipal.plan_parts import countdown
from tests.clock import FixedClock

WAIT = 30_000


class PlanWindow:
    """The window of a centre on its plan."""

    def __init__(self, qtbot: QtBot, workspace: Workspace) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        failures = Failures(explain, self.window)
        self.broken: list[str] = []
        failures.worded.connect(lambda message: self.broken.append(message.what))
        self.tasks = Tasks(failures.report, parent=self.window)
        self.desk = Desk(self.window, workspace, self.tasks, failures, "")
        self.window.set_pages(municipal_pages(self.desk))
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open_page("plan")
        page = self.window.page("plan")
        assert isinstance(page, PlanPage)
        self.page = page
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.is_busy(), timeout=WAIT)


def opened(qtbot: QtBot, tmp_path: Path, pack: str) -> Iterator[PlanWindow]:
    workspace = create_centre_desk(tmp_path / "centre.shnor-db", "72-900", "Центр", FixedClock(), pack)
    made = PlanWindow(qtbot, workspace)
    yield made
    made.settle()
    made.tasks.wait()
    assert made.broken == []
    workspace.close()


@pytest.fixture
def smolensk(qtbot: QtBot, tmp_path: Path) -> Iterator[PlanWindow]:
    yield from opened(qtbot, tmp_path, "smolensk-2020-2021")


@pytest.fixture
def tyumen(qtbot: QtBot, tmp_path: Path) -> Iterator[PlanWindow]:
    yield from opened(qtbot, tmp_path, "tyumen-2024")


def test_that_a_measure_shows_its_deadline_as_it_is_read(smolensk: PlanWindow) -> None:
    page = smolensk.page
    measures = page.measures
    row = next(one for one in measures.table.rows_model.shown if not one.is_heading)
    measures.select(row.id)
    assert measures.number.text() == "Мероприятие 1"
    assert measures.note.line.text() == "читается так: 01.10.2020 – 31.10.2020"
    assert [one.cells[1] for one in measures.table.rows_model.shown if one.is_heading]


def test_that_a_deadline_of_the_plan_is_corrected_for_the_methodology(smolensk: PlanWindow) -> None:
    page = smolensk.page
    row = next(one for one in page.measures.table.rows_model.shown if not one.is_heading)
    page.measures.select(row.id)
    note = page.measures.note
    note.line.correct.click()
    assert note.panel is not None
    note.panel._values["windows"] = "05.10.2020"
    note.panel.submit()
    smolensk.settle()
    smolensk.qtbot.waitUntil(lambda: note.line.text().endswith("(исправлено вами)"), timeout=WAIT)
    line = plan_view(smolensk.workspace).line(row.id)
    assert line is not None
    assert line.reading.reading.due_dates() == (date(2020, 10, 5),)


def test_that_the_inner_day_of_a_report_is_typed_in_place(smolensk: PlanWindow) -> None:
    page = smolensk.page
    page.show_part("reports")
    row = next(iter(page.reports.rows.values()))
    line = row.inner.editor.input()
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "15.01.2021")
    QTest.keyClick(line, Qt.Key.Key_Return)
    smolensk.settle()
    assert plan_view(smolensk.workspace).reports[0].inner_due == date(2021, 1, 15)
    line.selectAll()
    QTest.keyClicks(line, "01.03.2021")
    QTest.keyClick(line, Qt.Key.Key_Return)
    smolensk.settle()
    assert "Внутренний срок позже самого отчёта" in row.inner.problem_text()
    assert plan_view(smolensk.workspace).reports[0].inner_due == date(2021, 1, 15)


def test_that_only_the_parts_of_this_plan_are_offered(tyumen: PlanWindow) -> None:
    bar = tyumen.page.parts
    words = [segment.text().replace("\u00a0", " ") for segment in bar._segments.values()]
    assert words == ["Задачи, без исполнителя 4", "Кураторы, не охвачено 10", "Календарь", "Список"]
    first = tyumen.page.tasks.cards_model.cards[0]
    assert first.heading.replace("\u00a0", " ") == "▲ Исполнитель не назван · 4 задачи"
    assert tyumen.page.curators.cards_model.cards[0].title.replace("\u00a0", " ") == "Без куратора: 10 территорий"


def test_that_the_calendar_of_a_past_plan_opens_where_the_plan_was(smolensk: PlanWindow) -> None:
    page = smolensk.page
    page.show_part("calendar")
    assert page.calendar.title.text().endswith("2021")
    item = next(one for one in page._view.calendar.items if one.kind == "interview") if page._view else None
    assert item is not None
    page.calendar.item_opened.emit(item.id)
    assert page.card.title.text() == item.title
    assert page.card.open.isHidden()
    measure = next(one for one in page._view.calendar.items if one.kind == "measure") if page._view else None
    assert measure is not None
    page.calendar.item_opened.emit(measure.id)
    assert page.parts.current() == "measures"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (21, "остался 21 день"),
        (2, "осталось 2 дня"),
        (11, "осталось 11 дней"),
        (0, "сегодня"),
        (-3, "срок прошёл 3 дня назад"),
        (-300, "срок прошёл"),
    ],
)
def test_that_the_days_left_are_counted_in_words(days: int, words: str) -> None:
    assert countdown(days)[0].replace("\u00a0", " ") == words
