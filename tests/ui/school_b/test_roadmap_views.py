"""«Ход и риски», «Показатели», «Отчёты»: what is read there, recorded by one click and printed."""

from __future__ import annotations

from datetime import date
from typing import cast

from shnor_desktop.models.programme import TargetIndicator
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records, roadmap
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.indicator_values import record_value, target_views
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.services.report_dates import report_dates
from shnor_desktop.ui.pages import Target
from shnor_desktop.ui.pages.records_page import RecordsPage
from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import click, type_over, words_on


def opened(diagnosed: SchoolWindow) -> RoadmapPage:
    """The road map of a school with a measure that is due in a week, and nothing begun."""
    ensure_programme(diagnosed.workspace)
    values = {"title": "Срез", "stage": "III", "deadline": "до 9 сентября 2024 г."}
    roadmap.add_own(diagnosed.workspace, values)
    return cast(RoadmapPage, diagnosed.open("roadmap"))


def indicator(diagnosed: SchoolWindow, title: str) -> str:
    """A target indicator of one's own, from 40 to 20 per cent."""
    current = read_facts(diagnosed.workspace).programme
    assert current is not None
    values = {"programme": current.id, "title": title, "unit": "%", "base": "40", "target": "20"}
    return records.begin(diagnosed.workspace, TargetIndicator, {**values, "base_date": "2024-01-10"}).row


def test_that_what_is_close_and_not_begun_is_named_and_opens(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    page.views.show_view("progress")
    diagnosed.settle()
    words = words_on(page.views.progress)
    assert "Под угрозой · 1" in words
    assert "Срок 09.09.2024, через 7 дней; отметки о начале нет." in words
    (measure,) = read_facts(diagnosed.workspace).measures
    page.views.progress.place_wanted.emit("roadmap", "measure", measure.id)
    assert page.views.is_table
    assert page.measure.row == measure.id
    assert page.stack.currentWidget() is page.measure


def test_that_a_value_is_typed_and_says_how_it_goes(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    row = indicator(diagnosed, "Ниже минимума")
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    page.views.show_view("targets")
    page.views.targets.table.select(row)
    card = page.parts.target
    assert page.stack.currentWidget() is card
    click(diagnosed, card.begin)
    type_over(diagnosed, card.panel.editors["measured_on"].editor.input(), "01.09.2024")
    type_over(diagnosed, card.panel.editors["value"].editor.input(), "38")
    click(diagnosed, card.panel.do)
    view = next(one for one in target_views(diagnosed.workspace) if one.id == row)
    assert [(one.day, one.value) for one in view.values] == [(date(2024, 9, 1), 38)]
    assert "отстаёт на" in words_on(card)
    cells = next(one for one in page.views.targets.table.rows_model.shown if one.id == row).cells
    assert (cells[1], cells[2], cells[3]) == ("40\u00a0%", "38\u00a0%", "20\u00a0%")


def test_that_the_computed_value_is_kept_by_one_click(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    offered = [one for one in target_views(diagnosed.workspace) if one.offer is not None]
    assert offered
    page.views.show_view("targets")
    page.views.targets.table.select(offered[0].id)
    card = page.parts.target
    click(diagnosed, card.take)
    view = next(one for one in target_views(diagnosed.workspace) if one.id == offered[0].id)
    assert view.newest is not None
    assert offered[0].offer is not None
    assert view.newest.value == offered[0].offer.value
    assert view.newest.day == date(2024, 9, 2)
    assert view.newest.source.startswith("по данным программы")
    assert not card.take.isVisible()


def test_that_an_indicator_that_is_removed_leaves_no_value(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    row = indicator(diagnosed, "Ниже минимума")
    record_value(diagnosed.workspace, row, "30")
    records.remove(diagnosed.workspace, "target_indicator", row)
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    page.views.show_view("targets")
    assert row not in [one.id for one in page.views.targets.table.rows_model.shown]


def test_that_a_report_is_read_marked_and_late_no_more(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed)
    first = report_dates(diagnosed.workspace.pack, read_facts(diagnosed.workspace))[0]
    page.views.show_view("reports")
    page.views.reports.table.select(first.code)
    card = page.parts.report
    diagnosed.qtbot.waitUntil(lambda: "1. Общие итоги" in words_on(card))
    assert "просрочено" in words_on(card).lower()
    click(diagnosed, card.handed)
    type_over(diagnosed, card.panels["handed"].editors["day"].editor.input(), "30.05.2024")
    assert "Сдан 30.05.2024." in words_on(card)
    again = report_dates(diagnosed.workspace.pack, read_facts(diagnosed.workspace))[0]
    assert again.is_handed_in
    click(diagnosed, card.back)
    assert not report_dates(diagnosed.workspace.pack, read_facts(diagnosed.workspace))[0].is_handed_in


def test_that_the_rows_of_any_table_of_records_are_changed_together(diagnosed: SchoolWindow) -> None:
    page = cast(RecordsPage, diagnosed.open("staff"))
    panel = page.panel
    assert panel.table is not None
    panel.table.selectAll()
    click(diagnosed, panel.bulk.bar.change)
    form = panel.bulk.form
    at = form.what.findData("set:category")
    assert at >= 0
    form.what.setCurrentIndex(at)
    form.what.activated.emit(at)
    form.editors["category"].edited.emit("category", "first")
    click(diagnosed, form.do)
    assert {row.category for row in records.rows(diagnosed.workspace, StaffMember)} == {"first"}
    records.undo(diagnosed.workspace)
    assert {row.category for row in records.rows(diagnosed.workspace, StaffMember)} != {"first"}


def test_that_a_report_opens_from_elsewhere_in_a_road_map_without_measures_too(diagnosed: SchoolWindow) -> None:
    ensure_programme(diagnosed.workspace)
    page = cast(RoadmapPage, diagnosed.open("roadmap"))
    report = report_dates(diagnosed.workspace.pack, read_facts(diagnosed.workspace))[-1]
    diagnosed.desk.open("roadmap", Target("document_mark", "", report.code))
    diagnosed.settle()
    assert page.parts.report.isVisible()
    assert report.title in words_on(page.parts.report)
    page.views.show_view("table")
    assert "Мероприятий пока нет" in words_on(page)
