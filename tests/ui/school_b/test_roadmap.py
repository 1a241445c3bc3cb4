"""The road map: done with evidence, moved and cancelled with a reason, filled from the methodology."""

from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shnor_desktop.domain.log import Set
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import problems, records, roadmap
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage
from shnor_desktop.ui.workspaces.school.roadmap_rows import GROUP
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, type_over, words_on
from tests.ui.typing_keys import type_text

LONG = "Водогрязеторфопарафинолечениеводогрязето"


def planned(diagnosed: SchoolWindow, count: int = 2) -> RoadmapPage:
    """A road map with measures of the methodology that answer the first suggested problem field."""
    workspace = diagnosed.workspace
    suggestion = problems.suggest(workspace)[0]
    row = problems.accept(workspace, suggestion).row
    ensure_programme(workspace)
    for measure in problems.measures_for(workspace, row)[:count]:
        roadmap.add_from_library(workspace, measure.id, problem=row)
    page = cast(RoadmapPage, diagnosed.open("roadmap"))
    page.select(page_rows(page)[0])
    return page


def page_rows(page: RoadmapPage) -> list[str]:
    return [row.id for row in page.table.rows_model.shown if not row.id.startswith(GROUP)]


def stored(diagnosed: SchoolWindow, row: str) -> Measure:
    found = records.row(diagnosed.workspace, Measure, row)
    assert found is not None
    return found


def test_that_done_asks_for_the_evidence_and_nothing_else(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    click(diagnosed, page.measure.buttons["done"])
    panel = page.measure.panels["done"]
    assert list(panel.editors) == ["evidence"]
    type_over(diagnosed, panel.editors["evidence"].editor.input(), "Протокол № 3")
    measure = stored(diagnosed, page.measure.row)
    assert (measure.state, measure.evidence_given, str(measure.done_on)) == ("done", "Протокол № 3", "2024-09-02")
    assert "Выполнено 02.09.2024. Подтверждение: Протокол № 3." in words_on(page.measure)
    assert panel.isHidden()


def test_that_done_without_evidence_is_not_taken(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    click(diagnosed, page.measure.buttons["done"])
    panel = page.measure.panels["done"]
    click(diagnosed, panel.do)
    assert "Назовите документ" in panel.editors["evidence"].problem_text()
    assert stored(diagnosed, page.measure.row).state == "planned"


def test_that_a_deadline_is_moved_with_its_reason(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    click(diagnosed, page.measure.buttons["move"])
    panel = page.measure.days.panels["move"]
    type_over(diagnosed, panel.editors["due"].editor.input(), "30.11.2024")
    click(diagnosed, panel.do)
    assert panel.editors["reason"].problem_text()
    type_text(panel.editors["reason"].editor.input(), "Ремонт кабинета")
    click(diagnosed, panel.do)
    measure = next(one for one in read_facts(diagnosed.workspace).measures if one.id == page.measure.row)
    assert measure.state == "moved"
    was = stored(diagnosed, page.measure.row)
    assert (
        measure.note == f"перенесено с {short_date(date.fromisoformat(str(was.due_on)))} на 30.11.2024: Ремонт кабинета"
    )
    assert f"{was.deadline} → 30.11.2024" in [row.cells[2] for row in page.table.rows_model.shown]


def test_that_a_cancelled_measure_stays_in_sight(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    row = page.measure.row
    click(diagnosed, page.measure.buttons["cancel"])
    panel = page.measure.panels["cancel"]
    type_over(diagnosed, panel.editors["reason"].editor.input(), "Повторяет другое")
    assert stored(diagnosed, row).state == "cancelled"
    assert row in page_rows(page)
    click(diagnosed, page.measure.buttons["reopen"])
    assert stored(diagnosed, row).state == "planned"


def test_that_an_overdue_measure_has_its_sign_and_words(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    row = page.measure.row
    with diagnosed.qtbot.waitSignal(page.loaded):
        diagnosed.desk.write(lambda: records.edit(diagnosed.workspace, "measure", row, "due_on", "2024-08-31"))
    shown = next(one for one in page.table.rows_model.shown if one.id == row)
    assert (shown.state.word, shown.cells[3].replace("\u00a0", " ")) == ("ошибка", "просрочено на 2 дня")


def test_that_the_rows_are_gathered_by_stage_or_by_owner(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    headings = [row.cells[0] for row in page.table.rows_model.shown if row.id.startswith(GROUP)]
    assert headings
    assert all("этап" in heading for heading in headings)
    page.grouping.setCurrentIndex(1)
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.grouping.activated.emit(1)
    headings = [row.cells[0] for row in page.table.rows_model.shown if row.id.startswith(GROUP)]
    assert headings
    assert not any("этап." in heading for heading in headings)


def test_that_only_the_wanted_rows_are_shown(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    roadmap.mark_done(diagnosed.workspace, page_rows(page)[0], "Протокол")
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    page.kept.setCurrentIndex(page.kept.findData("done"))
    page.kept.activated.emit(0)
    assert len(page_rows(page)) == 1


def test_that_a_measure_of_the_methodology_is_added_with_own_terms(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed, count=1)
    click(diagnosed, button(page, "Добавить мероприятие"))
    offer = page.adding.offers.offers[0]
    click(diagnosed, offer.own)
    type_over(diagnosed, offer.editors["due_on"].editor.input(), "01.11.2024")
    click(diagnosed, button(offer, "Добавить с этими сроками"))
    added = next(one for one in read_facts(diagnosed.workspace).measures if one.library_code == offer.measure.id)
    assert (str(added.due_on), added.deadline) == ("2024-11-01", "до 01.11.2024")
    diagnosed.qtbot.waitUntil(lambda: page.measure.row == added.id)
    assert page.measure.title.text() == offer.measure.title


def test_that_the_library_is_searched_by_words(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed, count=1)
    click(diagnosed, button(page, "Добавить мероприятие"))
    type_text(page.adding.search, "родител")
    assert page.adding.offers.offers
    assert all(
        "родител" in f"{one.measure.title} {one.measure.expected_result}".casefold()
        for one in page.adding.offers.offers
    )
    type_text(page.adding.search, "ъъъ")
    assert "Такого в методике нет" in page.adding.count.text()


def test_that_the_first_measure_of_a_new_school_begins_its_programme(school: SchoolWindow) -> None:
    page = cast(RoadmapPage, school.open("roadmap"))
    assert "начнёт и проект программы" in words_on(page)
    empty = button(page, "Добавить мероприятие")
    click(school, empty)
    click(school, page.adding.offers.offers[0].add)
    assert len(read_facts(school.workspace).measures) == 1
    assert len(page_rows(page)) == 1


def test_that_a_place_of_the_check_opens_the_field(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    row = page_rows(page)[1]
    diagnosed.window.open_page("roadmap", f"measure:{row}:evidence")
    diagnosed.settle()
    assert page.measure.row == row
    assert page.measure.form is not None
    assert page.measure.form.editors["evidence"].editor.input().hasFocus()


def test_that_three_hundred_measures_with_long_words_are_one_table(diagnosed: SchoolWindow) -> None:
    page = planned(diagnosed)
    workspace = diagnosed.workspace
    programme = read_facts(workspace).programme
    assert programme is not None
    requests = []
    for at in range(298):
        row = new_row_id(workspace.clock.now())
        values = {"programme": programme.id, "position": f"z{at:04}", "title": f"{LONG} {at}", "stage": "III"}
        requests += [Set("measure", row, name, value) for name, value in {**values, "state": "planned"}.items()]
    with diagnosed.qtbot.waitSignal(page.loaded):
        diagnosed.desk.write(lambda: workspace.write(requests, "добавлено: мероприятия"))
    assert len(page_rows(page)) == 300
    assert page.panel.count.text() == "всего 300"
    QTest.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert LONG in page.measure.title.text()
