"""The tabs «Анализ» and «Почему школа в проекте»: what a director reads, and that a red card ends in an action."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.services import programme, records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.widgets.labels import LinkText
from shnor_desktop.ui.workspaces.school.results import ResultsPage
from shnor_desktop.ui.workspaces.school.results_identification import WhyInProjectPane
from shnor_desktop.ui.workspaces.school.results_parts import READING, WHY
from shnor_desktop.ui.workspaces.school.results_reading import ReadingPane
from tests.ui.school_a.conftest import WAIT, SchoolWindow


def add(school: SchoolWindow, subject: str, n: int, low: int, year: int = 2024) -> str:
    values = {"procedure": "vpr", "subject": subject, "grade": 6, "year": year, "participants": n}
    marks = {"mark_2": low, "mark_3": max(n - low, 0), "mark_4": 0, "mark_5": 0}
    return records.begin(school.workspace, ResultSheet, {**values, **marks}).row


def pane(school: SchoolWindow, name: str) -> QWidget:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    page.parts.show_part(name)
    found = page.parts.panes[name]
    school.qtbot.waitUntil(lambda: bool(texts(found)), timeout=WAIT)
    school.settle()
    return found


def texts(widget: QWidget) -> str:
    found = " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))
    return found.replace("\u00a0", " ")


def test_that_without_results_the_analysis_says_what_will_be_there(school: SchoolWindow) -> None:
    found = pane(school, READING)
    assert "Анализировать пока нечего" in texts(found)
    for words in found.findChildren(QLabel):
        if words.isVisibleTo(found):
            assert words.height() >= words.heightForWidth(words.width()), words.text()


def test_that_a_red_card_offers_measures_and_adds_one_in_place(school: SchoolWindow, qtbot: QtBot) -> None:
    sheet = add(school, "math", 20, 9)
    for code, percent in (("1", "30"), ("2", "58"), ("3", "90")):
        values = {"sheet": sheet, "code": code, "difficulty": "basic", "percent": percent}
        records.begin(school.workspace, ResultTask, values)
    programme.ensure_programme(school.workspace)
    found = pane(school, READING)
    assert isinstance(found, ReadingPane)
    card = found.cards["vpr:math:6"]
    said = texts(card)
    assert "9 из 20 (45 %)" in said
    assert "Низкий результат 2024 года" in said
    card.toggle_tasks()
    assert card.tasks is not None
    assert [row.cells[5] for row in card.tasks.rows_model.shown] == ["▲ недостаточно", "◆ на границе", "● достаточно"]
    card.toggle_offers()
    assert card.offers is not None
    school.settle()
    offer = card.offers.offers[0].add
    qtbot.waitUntil(lambda: offer.height() > 0, timeout=WAIT)
    found.area.show_widget(offer)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    school.settle()
    assert len(read_facts(school.workspace).measures) == 1


@pytest.mark.parametrize(("n", "low"), [(0, 0), (5, 30)])
def test_that_bad_numbers_are_said_and_the_tabs_stay(school: SchoolWindow, n: int, low: int) -> None:
    add(school, "math", n, low)
    assert "участников" in texts(pane(school, READING))
    assert "Не хватает" not in school.broken


def test_that_the_school_reads_why_and_goes_to_what_is_missing(school: SchoolWindow, tmp_path: Path) -> None:
    add(school, "math", 20, 9)
    found = pane(school, WHY)
    assert isinstance(found, WhyInProjectPane)
    assert "не хватает данных" in texts(found)
    links = [link for link in found.sheet.findChildren(LinkText) if "passport|" in link.text()]
    assert links
    links[0].link_chosen.emit("passport|school::pupils")
    school.settle()
    assert school.window.current_page_id() == "passport"


def test_that_the_explanation_is_copied_whole(school: SchoolWindow) -> None:
    found = pane(school, WHY)
    assert isinstance(found, WhyInProjectPane)
    found.copy_text()
    copied = QGuiApplication.clipboard().text()
    assert "не определена: не хватает данных" in copied
    assert "слаб" not in copied.casefold()
