"""The map in its second wave: earlier answers taken over, figures kept, changes shown; causes and the expert."""

from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtWidgets import QComboBox

from shnor_desktop.domain.facts import ExpertFact
from shnor_desktop.services.diagnosis import MAP, ExpertView, answer_question, form_view, waves_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.pages.question_answer import Problems
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.workspaces.school.map import CAUSES, COMPARISON, PROBLEMS, MapPage
from shnor_desktop.ui.workspaces.school.map_causes import CauseSheet
from shnor_desktop.ui.workspaces.school.monitoring import MonitoringPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, words_on


def opened_map(school: SchoolWindow) -> MapPage:
    return cast(MapPage, school.open("map"))


def second(school: SchoolWindow) -> str:
    return waves_of(school.workspace.pack, MAP)[1]


def in_second_wave(school: SchoolWindow) -> MapPage:
    page = opened_map(school)
    page.waves.chosen.emit(second(school))
    school.settle()
    assert page.form.view is not None
    assert page.form.view.wave == second(school)
    return page


def choose(box: QComboBox, data: str) -> None:
    at = box.findData(data)
    assert at >= 0
    box.setCurrentIndex(at)
    box.activated.emit(at)


def cause(school: SchoolWindow, code: str = "gaps") -> tuple[MapPage, CauseSheet]:
    page = opened_map(school)
    page.form.show_section(CAUSES)
    page.causes.show_cause(code)
    school.settle()
    return page, page.causes.sheets[code]


def test_that_the_arrow_takes_the_earlier_answer_over(diagnosed: SchoolWindow) -> None:
    page = in_second_wave(diagnosed)
    page.form.show_question("teaching.deficits")
    card = page.form.card("teaching.deficits")
    assert card is not None
    take = next(one for one in card.field.note_widgets if one.accessibleName().startswith("Взять прошлогоднее"))
    assert take.isEnabled()
    assert "Входная 2024, до " in take.toolTip()
    click(diagnosed, take)
    stored = [a for a in read_facts(diagnosed.workspace).answers if a.wave == second(diagnosed)]
    assert [a.question for a in stored] == ["teaching.deficits"]
    assert "Без изменений: Входная 2024" in words_on(card)


def test_that_everything_unchanged_is_confirmed_by_one_button(diagnosed: SchoolWindow) -> None:
    page = in_second_wave(diagnosed)
    assert "Ждут подтверждения" in page.form.previous.words.text()
    click(diagnosed, button(page, "Подтвердить все неизменные"))
    assert page.form.previous.isHidden()
    assert page.form.progress().filled == page.form.progress().total
    diagnosed.desk.undo()
    diagnosed.settle()
    assert not [a for a in read_facts(diagnosed.workspace).answers if a.wave == second(diagnosed)]


def test_that_who_wants_to_change_one_by_one_is_led_to_the_first(diagnosed: SchoolWindow) -> None:
    page = in_second_wave(diagnosed)
    click(diagnosed, button(page, "Изменить по одному"))
    assert page.form.previous.isHidden()
    diagnosed.desk.changed.emit()
    diagnosed.settle()
    assert page.form.previous.isHidden(), "it does not come back in this wave"


def test_that_kept_figures_make_the_waves_comparable(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_section(COMPARISON)
    diagnosed.settle()
    assert "сравнить нельзя" in page.comparison.summary.text()
    click(diagnosed, button(page, "Зафиксировать значения волны"))
    assert "без изменений" in page.comparison.summary.text()
    assert page.comparison.unkept.isHidden()
    page.comparison.only.setChecked(True)
    assert page.comparison.answers.isHidden()
    assert "Изменений нет" in page.comparison.nothing.text()


def test_that_a_line_of_the_comparison_opens_its_question_in_the_later_wave(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_section(COMPARISON)
    diagnosed.settle()
    page.comparison.answers.row_activated.emit("teaching.deficits")
    diagnosed.settle()
    assert page.form.view is not None
    assert page.form.view.wave == second(diagnosed)
    assert page.form.card("teaching.deficits") is not None


def test_that_a_strong_cause_becomes_a_problem_field(diagnosed: SchoolWindow) -> None:
    page, sheet = cause(diagnosed)
    choose(sheet.level, "high")
    diagnosed.settle()
    assert "выраженность высокая" in sheet.badge.text()
    assert sheet.facts.value(), "its facts are the red figures of the map"
    menu = sheet.take.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    diagnosed.settle()
    problem = read_facts(diagnosed.workspace).problems[0]
    assert problem.causes == sheet.view.cause.title
    assert sheet.take.isHidden()
    sheet.problem.link_chosen.emit(problem.id)
    diagnosed.settle()
    assert page.form.sections.current_id() == PROBLEMS


def test_that_the_check_leads_to_a_cause_and_to_a_wave_that_is_to_be_kept(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.show_target(Target("cause_mark", "", "gaps"))
    diagnosed.settle()
    assert page.form.sections.current_id() == CAUSES
    page.show_target(Target("diagnostic_answer", "", second(diagnosed)))
    diagnosed.settle()
    assert page.form.sections.current_id() == COMPARISON


def test_that_the_workbook_of_pupils_is_one_click_away(diagnosed: SchoolWindow) -> None:
    page, _sheet = cause(diagnosed)
    assert "пока пуста" in page.causes.pupils.text()
    page.causes.pupils.link_chosen.emit("pupils")
    diagnosed.settle()
    assert diagnosed.window.current_page_id() == "pupils"


def test_that_a_school_that_has_just_begun_sees_causes_and_waves(school: SchoolWindow) -> None:
    page = opened_map(school)
    for section in (CAUSES, COMPARISON):
        page.form.show_section(section)
        school.settle()
    assert "Отмечено: 0 причин из 10" in page.causes.count.text().replace("\u00a0", " ")
    assert "Сравнивать пока не с чем" in page.comparison.nothing.text()
    assert page.comparison.answers.isHidden()
    assert page.form.previous.isHidden()


def test_that_the_waves_of_a_monitoring_are_compared(diagnosed: SchoolWindow) -> None:
    workspace = diagnosed.workspace
    first = waves_of(workspace.pack, "school_processes")[0]
    typed = next(one.question for one in form_view(workspace, "school_processes").questions if not one.question.metric)
    answer_question(workspace, "school_processes", first, typed.code, {"value": "12"})
    page = cast(MonitoringPage, diagnosed.open("monitoring"))
    page.waves.chosen.emit("compared:school_processes")
    diagnosed.settle()
    assert page.comparison.isVisible()
    questions = form_view(diagnosed.workspace, "school_processes").questions
    assert page.comparison.answers.rows_model.rowCount() == len(questions)
    page.comparison.answers.row_activated.emit(questions[0].question.code)
    diagnosed.settle()
    assert page.shown == "school_processes.2"


def test_that_the_expert_stands_beside_the_school(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_question("teaching.deficits")
    card = page.form.card("teaching.deficits")
    assert card is not None
    row = ExpertFact(id="e", value="45", comment="По посещённым урокам", expert="Методист", made_on=date(2024, 9, 2))
    card.show_view(replace(card.view, expert=ExpertView(row, "45 %", differs=True)), Problems())
    assert "Эксперт: 45 %, у школы иначе. По посещённым урокам (Методист, 02.09.2024)" in words_on(card)
    card.show_view(replace(card.view, expert=None), Problems())
    assert "Эксперт" not in words_on(card)


def test_that_a_file_stands_beside_an_answer_that_is_stored(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_question("teaching.deficits")
    stored = page.form.card("teaching.deficits")
    assert stored is not None
    stored.open_details()
    diagnosed.settle()
    assert stored.details is not None
    assert stored.details.files is not None
    assert stored.details.files.owner is not None
    assert "Файлы подтверждения" in words_on(stored)
    page.form.show_question("staff.highest_category")
    computed = page.form.card("staff.highest_category")
    assert computed is not None
    computed.open_details()
    diagnosed.settle()
    assert "можно приложить, когда" in words_on(computed)
