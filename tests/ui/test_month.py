"""A month is walked by keys and by mouse; what falls due is read on its day, late things first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.widgets.month import DayMark, MonthGrid, cell_lines, small_font

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


def drag(grid: MonthGrid, begin: QPoint, end: QPoint) -> None:
    """Press, move in two steps, let go."""
    port = grid.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(port, (begin + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def place_of(grid: MonthGrid, day: date, line: int = 0) -> QPoint:
    """A point on a line of a day."""
    rect = grid.visualRect(grid.month.index_of(day))
    marks = max(1, len(grid.month.marks_on(day)))
    layout = cell_lines(marks, rect.height(), QFontMetrics(small_font(grid.font())).lineSpacing())
    return QPoint(rect.left() + 12, rect.top() + layout.top + line * layout.step + 3)


def test_that_a_mark_is_dragged_to_another_day_where_it_may_be_moved(grid: MonthGrid, qtbot: QtBot) -> None:
    grid.set_marks([replace(MARKS[3], is_movable=True), MARKS[1]], TODAY)
    opened: list[str] = []
    grid.mark_opened.connect(opened.append)
    with qtbot.waitSignal(grid.mark_moved) as moved:
        drag(grid, place_of(grid, date(2024, 9, 16)), place_of(grid, date(2024, 9, 20)))
    assert moved.args == ["d", date(2024, 9, 20)]
    with qtbot.assertNotEmitted(grid.mark_moved):
        drag(grid, place_of(grid, DAY), place_of(grid, date(2024, 9, 24)))
        drag(grid, place_of(grid, date(2024, 9, 16)), place_of(grid, date(2024, 9, 16)) + QPoint(30, 2))
    assert opened == ["b"]
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place_of(grid, date(2024, 9, 16)))
    assert opened == ["b", "d"]


def test_that_the_menu_of_a_day_moves_what_may_be_moved_without_a_mouse(grid: MonthGrid, qtbot: QtBot) -> None:
    grid.set_marks([replace(MARKS[3], is_movable=True)], TODAY)
    menu = grid.make_menu(date(2024, 9, 16))
    entry = next(one for one in menu.actions() if one.text().startswith("Перенести"))
    with qtbot.waitSignal(grid.mark_moved) as moved:
        entry.trigger()
    assert moved.args == ["d", None]
    assert not [one for one in grid.make_menu(DAY).actions() if one.text().startswith("Перенести")]
