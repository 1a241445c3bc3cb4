"""Days of a measure in the window: told one by one, dragged in the calendar; many measures changed in one step."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records, roadmap, roadmap_days
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.ui.pages.bulk_edit import BulkForm
from shnor_desktop.ui.widgets.table import box_of
from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, type_over, words_on
from tests.ui.typing_keys import type_text

OCTOBER, NOVEMBER, DECEMBER = date(2024, 10, 31), date(2024, 11, 30), date(2024, 12, 31)


def opened(diagnosed: SchoolWindow, *phrases: str) -> RoadmapPage:
    """The road map with a measure of one's own for each phrase, the first one chosen."""
    ensure_programme(diagnosed.workspace)
    for phrase in phrases:
        roadmap.add_own(diagnosed.workspace, {"title": f"Дело: {phrase}", "stage": "III", "deadline": phrase})
    page = cast(RoadmapPage, diagnosed.open("roadmap"))
    page.select(rows(page)[0])
    diagnosed.settle()
    return page


def rows(page: RoadmapPage) -> list[str]:
    """The ids of the measures shown."""
    return [row.id for row in page.table.rows_model.shown if not row.is_heading]


def cell(page: RoadmapPage, row: str, column: int = 3) -> str:
    """What stands in a cell of a measure."""
    return next(one for one in page.table.rows_model.shown if one.id == row).cells[column].replace("\u00a0", " ")


def test_that_each_day_is_told_of_in_its_own_line(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь, ноябрь, декабрь 2024 г.")
    (row,) = rows(page)
    days = page.measure.days
    assert "Сроки: выполнено 0 из 3" in words_on(days)
    days.begin("partly", OCTOBER)
    type_over(diagnosed, days.panels["partly"].editors["evidence"].editor.input(), "Проверены 5 и 6 классы")
    assert "1. 31.10.2024, выполнено частично: Проверены 5 и 6 классы" in words_on(days)
    days.begin("cancel", DECEMBER)
    type_over(diagnosed, days.panels["cancel"].editors["reason"].editor.input(), "Каникулы")
    assert "3. 31.12.2024, отменено; срок 31.12.2024 снят: Каникулы" in words_on(days)
    days.begin("done", NOVEMBER)
    type_over(diagnosed, days.panels["done"].editors["evidence"].editor.input(), "Справка № 4")
    assert cell(page, row).startswith("выполняется, 1 из 2")
    click(diagnosed, button(days, "Вернуть"))
    assert [item.state for item in roadmap_days.days_of(diagnosed.workspace, row).items] == [
        "partly",
        "planned",
        "cancelled",
    ]


def test_that_a_day_dragged_in_the_calendar_asks_for_the_reason_only(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь, ноябрь 2024 г.")
    (row,) = rows(page)
    page.views.show_view("month")
    diagnosed.settle()
    item = next(one for one in page._data.calendar.items if one.row == row)  # type: ignore[union-attr]
    page.views.calendar.grid.mark_moved.emit(item.id, date(2024, 11, 5))
    panel = page.measure.days.panels["move"]
    assert panel.isVisible()
    assert panel.editors["due"].value() == "2024-11-05"
    type_text(panel.editors["reason"].editor.input(), "Карантин")
    click(diagnosed, panel.do)
    (first, _) = roadmap_days.days_of(diagnosed.workspace, row).items
    assert (first.planned, first.due, first.reason) == (OCTOBER, date(2024, 11, 5), "Карантин")
    assert "перенесено с 31.10.2024 на 05.11.2024: Карантин" in words_on(page.measure.days)


def test_that_many_measures_get_an_owner_in_one_step(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.", "ноябрь 2024 г.", "декабрь 2024 г.")
    owner = records.rows(diagnosed.workspace, StaffMember)[0]
    assert page.bulk.bar.isHidden()
    page.table.choose_rows(rows(page))
    assert page.bulk.bar.isVisible()
    assert "Выбрано: 3" in words_on(page.bulk.bar)
    form = begin(diagnosed, page, "set:owner")
    assert form.preview.words.text() == "У выбранных менять нечего: так уже есть."
    form.editors["owner"].edited.emit("owner", owner.id)
    assert form.preview.words.text().replace("\u00a0", " ") == "Изменится у 3 мероприятий."
    click(diagnosed, form.do)
    assert {one.owner for one in read_facts(diagnosed.workspace).measures} == {owner.id}
    assert page.bulk.bar.isHidden()
    assert page.stack.currentWidget() is page.measure
    records.undo(diagnosed.workspace)
    assert {one.owner for one in read_facts(diagnosed.workspace).measures} == {None}


def test_that_open_days_of_many_measures_are_shifted_with_a_reason(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь, ноябрь 2024 г.", "декабрь 2024 г.", "при необходимости")
    page.table.choose_rows(rows(page))
    form = begin(diagnosed, page, "shift")
    assert "из 3; остальные 1 останутся как есть" in form.preview.words.text().replace("\u00a0", " ")
    type_over(diagnosed, form.editors["days"].editor.input(), "-7")
    click(diagnosed, form.do)
    assert form.editors["reason"].problem_text() == "Заполните это поле."
    type_over(diagnosed, form.editors["reason"].editor.input(), "Каникулы")
    facts = read_facts(diagnosed.workspace)
    assert sorted(mark.moved_to for mark in facts.occurrences if mark.moved_to) == [
        date(2024, 10, 24),
        date(2024, 11, 23),
        date(2024, 12, 24),
    ]
    records.undo(diagnosed.workspace)
    assert read_facts(diagnosed.workspace).occurrences == ()


def test_that_many_are_done_by_one_paper_and_deleted_together(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.", "ноябрь 2024 г.", "декабрь 2024 г.")
    page.table.choose_rows(rows(page)[:2])
    form = begin(diagnosed, page, "done")
    assert page.table.chosen_ids() == rows(page)[:2]
    line = form.editors["evidence"].editor.input()
    line.setFocus()
    type_text(line, "Протокол № 5")
    click(diagnosed, form.do)
    assert sorted(str(one.state) for one in read_facts(diagnosed.workspace).measures) == ["done", "done", "planned"]
    page.table.choose_rows(rows(page))
    click(diagnosed, page.bulk.bar.delete)
    assert read_facts(diagnosed.workspace).measures == ()
    records.undo(diagnosed.workspace)
    assert len(read_facts(diagnosed.workspace).measures) == 3


def test_that_check_boxes_choose_rows_beside_one_another(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.", "ноябрь 2024 г.")
    first, second = rows(page)
    page.table.select(first)
    at = page.table.rows_model.index(page.table.rows_model.index_of(second), 0)
    place: QPoint = box_of(page.table.visualRect(at)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.table.chosen_ids() == [first, second]
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.table.chosen_ids() == [first]
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.chosen_ids() == [first, second]
    page.refresh()
    diagnosed.settle()
    assert page.table.chosen_ids() == [first, second]


def begin(diagnosed: SchoolWindow, page: RoadmapPage, change: str) -> BulkForm:
    """Open the form for the chosen measures at one of its changes."""
    click(diagnosed, page.bulk.bar.change)
    form = page.bulk.form
    at = form.what.findData(change)
    assert at >= 0
    form.what.setCurrentIndex(at)
    form.what.activated.emit(at)
    return form
