"""Deadlines in the road map: read under the field, corrected beside it; the same days as a calendar and as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import vobject
from PySide6.QtWidgets import QLineEdit

from shnor_desktop.domain.deadlines import Window
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.services import deadlines, records, roadmap
from shnor_desktop.services.calendar import calendar_of
from shnor_desktop.services.calendar_export import write_calendar
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.ui.pages.calendar_pane import write_calendar_to
from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, plain, type_over, words_on
from tests.ui.typing_keys import type_text


def opened(diagnosed: SchoolWindow, *phrases: str) -> RoadmapPage:
    """The road map with a measure of one's own for each phrase."""
    ensure_programme(diagnosed.workspace)
    for phrase in phrases:
        roadmap.add_own(diagnosed.workspace, {"title": f"Дело: {phrase}", "stage": "III", "deadline": phrase})
    return cast(RoadmapPage, diagnosed.open("roadmap"))


def choose_first(diagnosed: SchoolWindow, page: RoadmapPage) -> str:
    """Choose the first measure."""
    row = next(one.id for one in page.table.rows_model.shown if not one.is_heading)
    page.select(row)
    diagnosed.settle()
    return row


def due_days(diagnosed: SchoolWindow) -> set[date | None]:
    """The days of all measures."""
    return {item.due_on for item in read_facts(diagnosed.workspace).measures}


def test_that_the_reading_stands_under_the_phrase_and_follows_it(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "Не реже 1 раза в квартал")
    choose_first(diagnosed, page)
    note = page.measure.note
    assert plain(note.line.text()) == "читается так: 4 срока, ближайший 30.09.2024"
    form = page.measure.form
    assert form is not None
    type_over(diagnosed, form.editors["deadline"].editor.input(), "ноябрь 2024 г.")
    assert plain(note.line.text()) == "читается так: 01.11.2024 – 30.11.2024"
    assert due_days(diagnosed) == {date(2024, 11, 30)}
    type_over(diagnosed, form.editors["deadline"].editor.input(), "абракадабра")
    assert "не понято: «абракадабра» — укажите срок сами" in note.line.text()


def test_that_a_correction_is_one_click_is_remembered_and_undone(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "к празднику урожая", "К празднику  урожая")
    choose_first(diagnosed, page)
    note = page.measure.note
    click(diagnosed, note.line.correct)
    panel = note.panel
    assert panel is not None
    panel.editors["kind"].editor.chosen.emit("window")
    panel.editors["windows"].set_value("01.10.2024–10.10.2024")
    panel._values["windows"] = "01.10.2024–10.10.2024"
    click(diagnosed, panel.do)
    assert panel.isHidden()
    assert due_days(diagnosed) == {date(2024, 10, 10)}
    assert note.line.text().endswith("(исправлено вами)")
    diagnosed.desk.undo()
    diagnosed.settle()
    assert due_days(diagnosed) != {date(2024, 10, 10)}
    assert "исправлено" not in note.line.text()


def test_that_a_bad_line_of_a_correction_says_what_is_wrong(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "осень 2024 г.")
    choose_first(diagnosed, page)
    click(diagnosed, page.measure.note.line.correct)
    panel = page.measure.note.panel
    assert panel is not None
    panel._values["windows"] = "когда-нибудь"
    click(diagnosed, panel.do)
    assert "«когда-нибудь» — не день и не период" in panel.editors["windows"].problem_text()
    panel._values["windows"] = "31.02.2024"
    click(diagnosed, panel.do)
    assert "такого дня нет" in panel.editors["windows"].problem_text()
    assert not panel.isHidden()


def test_that_a_correction_is_taken_back(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "ноябрь 2024 г.")
    window = Window(date(2024, 10, 1), date(2024, 10, 31))
    deadlines.correct(diagnosed.workspace, "ноябрь 2024 г.", deadlines.Correction("window", (window,)))
    choose_first(diagnosed, page)
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    click(diagnosed, page.measure.note.line.correct)
    panel = page.measure.note.panel
    assert panel is not None
    click(diagnosed, panel.back)
    assert due_days(diagnosed) == {date(2024, 11, 30)}


def test_that_an_own_measure_is_read_while_it_is_typed_and_gets_its_dates(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.")
    page.begin_adding()
    page.adding.begin_own()
    draft = page.adding.draft
    assert draft is not None
    phrase = draft.form.editors["deadline"].editor.input()
    assert isinstance(phrase, QLineEdit)
    type_text(phrase, "до 15 октября 2024 г.")
    note = page.adding.note
    diagnosed.qtbot.waitUntil(lambda: note.line.text() == "читается так: до 15.10.2024")
    type_text(phrase, " и ещё что-то")
    diagnosed.qtbot.waitUntil(lambda: "не понято" in note.line.text())
    phrase.setText("до 15 октября, " * 20)
    diagnosed.qtbot.waitUntil(lambda: "не прочитано" in note.line.text())


def test_that_the_terms_of_an_offer_are_read_and_its_day_follows(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.")
    page.begin_adding()
    offer = page.adding.offers.offers[0]
    assert offer.reading.text().startswith("читается так: ")
    offer.toggle_terms()
    type_over(diagnosed, offer.editors["deadline"].editor.input(), "сентябрь–ноябрь 2024 г.")
    assert offer.editors["due_on"].value() == "2024-11-30"
    click(diagnosed, button(offer, "Добавить с этими сроками"))
    added = next(one for one in read_facts(diagnosed.workspace).measures if one.library_code == offer.measure.id)
    assert (added.starts_on, added.due_on, added.deadline) == (
        date(2024, 9, 1), date(2024, 11, 30), "сентябрь–ноябрь 2024 г.",
    )  # fmt: skip


def test_that_a_library_measure_without_dates_gets_them_from_the_phrase(diagnosed: SchoolWindow) -> None:
    ensure_programme(diagnosed.workspace)
    roadmap.add_from_library(diagnosed.workspace, "failure_risk.1", deadline="сентябрь–октябрь 2024 г.")
    assert due_days(diagnosed) == {date(2024, 10, 31)}


def test_that_the_views_show_the_same_days(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь, ноябрь", "по отдельному графику", "август 2024 г.")
    click(diagnosed, button(page, "Календарь"))
    pane = page.views.calendar
    assert pane.title.text() == "Сентябрь 2024"
    click(diagnosed, pane.ahead)
    assert pane.title.text() == "Октябрь 2024"
    assert [mark.title for mark in pane.grid.month.marks_on(date(2024, 10, 31))] == ["Дело: октябрь, ноябрь"]
    click(diagnosed, button(page, "Список"))
    headings = [card.heading for card in pane.list.cards_model.cards if card.heading]
    assert headings[0].startswith("▲ Просрочено")
    assert "Октябрь 2024" in headings
    assert headings[-1].startswith("Без даты")
    click(diagnosed, button(page, "Исполнители"))
    assert any("Без ответственного" in card.heading for card in pane.list.cards_model.cards)
    assert "▲ просрочено" in words_on(page)


def test_that_a_day_opens_its_measure_beside_and_other_things_a_card(diagnosed: SchoolWindow) -> None:
    workspace = diagnosed.workspace
    partner = records.begin(workspace, PartnerSchool, {"name": "Гимназия"}).row
    records.begin(workspace, PartnerEvent, {"partner": partner, "topic": "Открытый урок", "held_on": "2024-09-20"})
    page = opened(diagnosed, "октябрь 2024 г.")
    page.views.show_view("month")
    (measure,) = read_facts(workspace).measures
    page.views.calendar.grid.mark_opened.emit(f"{measure.id}-1")
    assert page.measure.row == measure.id
    assert page.stack.currentWidget() is page.measure
    event = next(item for item in calendar_of(workspace).items if item.title == "Открытый урок")
    page.views.calendar.grid.mark_opened.emit(event.id)
    assert page.stack.currentWidget() is page.card
    assert "Открытый урок" in words_on(page.card)
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    assert page.stack.currentWidget() is page.card
    click(diagnosed, page.card.open)
    assert diagnosed.window.page("partners").isVisible()


def test_that_one_day_of_a_series_is_marked_and_the_rest_stays(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "сентябрь, октябрь, ноябрь")
    choose_first(diagnosed, page)
    click(diagnosed, page.measure.buttons["kept"])
    type_over(diagnosed, page.measure.days.panels["done"].editors["evidence"].editor.input(), "Протокол № 1")
    (measure,) = read_facts(diagnosed.workspace).measures
    assert (measure.state, measure.evidence_given) == ("in_progress", "30.09.2024: Протокол № 1")
    assert "(2 из 3)" in words_on(page.measure)
    assert "Сроки: выполнено 1 из 3" in words_on(page.measure)


def test_that_sorting_keeps_the_headings_of_the_stages(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.", "ноябрь 2024 г.", "сентябрь 2024 г.")
    page.table.sortByColumn(2, page.table.horizontalHeader().sortIndicatorOrder())
    shown = page.table.rows_model.shown
    assert shown[0].is_heading
    cells = [row.cells[2] for row in shown if not row.is_heading]
    assert cells in (
        ["сентябрь 2024 г.", "октябрь 2024 г.", "ноябрь 2024 г."],
        ["ноябрь 2024 г.", "октябрь 2024 г.", "сентябрь 2024 г."],
    )
    page.panel.field.setText("такого нет")
    assert page.table.rows_model.shown == []


def test_that_the_calendar_is_written_and_said(diagnosed: SchoolWindow, tmp_path: Path) -> None:
    page = opened(diagnosed, "октябрь 2024 г.")
    workspace = diagnosed.workspace
    write_calendar_to(page, tmp_path / "сроки", lambda target: write_calendar(workspace, target))
    diagnosed.settle()
    found = vobject.readOne((tmp_path / "сроки.ics").read_text("utf-8")).contents["vevent"]
    assert "Дело: октябрь 2024 г." in {event.summary.value for event in found}
    assert "Календарь сохранён" in words_on(diagnosed.window)


def test_that_a_measure_is_taken_off_the_plan_by_words_that_are_no_undo(diagnosed: SchoolWindow) -> None:
    page = opened(diagnosed, "октябрь 2024 г.")
    choose_first(diagnosed, page)
    assert page.measure.buttons["cancel"].text() == "Снять с плана"
