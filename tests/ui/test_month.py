"""A month is walked by keys and by mouse; what falls due is read on its day, late things first."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.widgets.month import DayMark, MonthGrid, cell_lines

TODAY = date(2024, 9, 2)
DAY = date(2024, 9, 30)
MARKS = [
    DayMark("a", DAY, "Закрытое", is_closed=True),
    DayMark("b", DAY, "Обычное", since=date(2024, 9, 1)),
    DayMark("c", DAY, "Позднее", is_late=True),
    DayMark("d", date(2024, 9, 16), "Одно"),
]


@pytest.fixture
def grid(qtbot: QtBot) -> MonthGrid:
    made = MonthGrid("Календарь")
    qtbot.addWidget(made)
    made.resize(900, 520)
    made.set_marks(MARKS, TODAY)
    made.show()
    qtbot.waitExposed(made)
    return made


def said(grid: MonthGrid, day: date) -> str:
    """What a screen reader hears on a day."""
    return str(grid.month.data(grid.month.index_of(day), Qt.ItemDataRole.AccessibleTextRole)).replace("\u00a0", " ")


def test_that_a_month_begins_on_monday_and_marks_today(grid: MonthGrid) -> None:
    assert grid.month.day(grid.month.index(0, 0)) == date(2024, 8, 26)
    heads = [grid.month.headerData(at, Qt.Orientation.Horizontal) for at in range(7)]
    assert heads == ["Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс"]
    assert said(grid, TODAY) == "2 сентября 2024 г., понедельник, сегодня: сроков нет"
    assert grid.chosen_day() == TODAY


def test_that_a_day_says_what_is_late_first_and_what_is_closed_last(grid: MonthGrid) -> None:
    assert said(grid, DAY).endswith("3 срока. просрочено: Позднее; Обычное; закрыто: Закрытое")
    assert [mark.words for mark in grid.month.marks_on(DAY)] == ["▲ Позднее", "с 01.09: Обычное", "✓ Закрытое"]


def test_that_keys_go_by_day_week_and_month(grid: MonthGrid) -> None:
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.chosen_day() == date(2024, 9, 1)
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.chosen_day() == date(2024, 8, 25)
    assert grid.month.first == date(2024, 8, 1)
    QTest.keyClick(grid, Qt.Key.Key_PageUp)
    assert grid.chosen_day() == date(2024, 7, 25)
    grid.choose(date(2024, 1, 31))
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.chosen_day() == date(2024, 2, 29)
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert grid.chosen_day() == TODAY


def test_that_enter_opens_the_one_thing_of_a_day(grid: MonthGrid, qtbot: QtBot) -> None:
    grid.choose(date(2024, 9, 16))
    with qtbot.waitSignal(grid.mark_opened) as told:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert told.args == ["d"]
    grid.choose(date(2024, 9, 17))
    QTest.keyClick(grid, Qt.Key.Key_Return)


def test_that_several_things_of_a_day_are_chosen_from(grid: MonthGrid, qtbot: QtBot) -> None:
    menu = grid.make_menu(DAY)
    assert isinstance(menu, QMenu)
    entries = menu.actions()
    assert [entry.text() for entry in entries] == ["▲ Позднее", "с 01.09: Обычное", "✓ Закрытое"]
    with qtbot.waitSignal(grid.mark_opened) as told:
        entries[1].trigger()
    assert told.args == ["b"]
    menu.deleteLater()


def test_that_a_click_on_a_line_opens_it_and_on_an_empty_day_only_chooses(grid: MonthGrid, qtbot: QtBot) -> None:
    rect = grid.visualRect(grid.month.index_of(date(2024, 9, 16)))
    layout = cell_lines(1, rect.height(), 15)
    with qtbot.waitSignal(grid.mark_opened) as told:
        QTest.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 20, rect.top() + layout.top + 8)
        )
    assert told.args == ["d"]
    empty = grid.visualRect(grid.month.index_of(date(2024, 9, 18)))
    with qtbot.assertNotEmitted(grid.mark_opened):
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=empty.center())
    assert grid.chosen_day() == date(2024, 9, 18)


def test_that_a_cell_shows_as_many_as_fit_and_counts_the_rest() -> None:
    assert (cell_lines(3, 100, 15).shown, cell_lines(3, 100, 15).rest) == (3, 0)
    assert (cell_lines(9, 100, 15).shown, cell_lines(9, 100, 15).rest) == (4, 5)
    assert (cell_lines(2, 20, 15).shown, cell_lines(2, 20, 15).rest) == (0, 2)


def test_that_the_ends_of_time_are_not_passed(grid: MonthGrid) -> None:
    for day in (date.max, date.min):
        grid.choose(day)
        assert grid.chosen_day() == TODAY
    grid.choose(date(9998, 12, 31))
    grid.turn(1)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.chosen_day() == date(9998, 12, 31)
