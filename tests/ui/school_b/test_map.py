"""The diagnostic map: values with their origin, counts, reasons, and the way to the first problem field."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from shnor_desktop.services.diagnosis import form_view
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.pages.question_card import AnswerCard
from shnor_desktop.ui.widgets.labels import LinkText
from shnor_desktop.ui.workspaces.school.map import PROBLEMS, PROFILE, MapPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, type_over, words_on
from tests.ui.typing_keys import type_text


def opened_map(school: SchoolWindow) -> MapPage:
    return cast(MapPage, school.open("map"))


def card_of(page: MapPage, code: str) -> AnswerCard:
    page.form.show_question(code)
    card = page.form.card(code)
    assert card is not None
    return card


def line_of(card: AnswerCard) -> QLineEdit:
    return cast(QLineEdit, card.field.editor.input())


def test_that_a_computed_value_says_its_origin_and_leads_there(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "staff.highest_category")
    assert line_of(card).text() == "11,1"
    link = next(one for one in card.field.note_widgets if isinstance(one, LinkText))
    assert "1 из 9 · из списка педагогов" in link.text()
    link.link_chosen.emit("staff|")
    diagnosed.settle()
    assert diagnosed.window.current_page_id() == "staff"


def test_that_two_counts_typed_in_one_line_become_a_share(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "teaching.deficits")
    type_over(diagnosed, line_of(card), "4 из 22")
    assert line_of(card).text() == "18,2"
    assert "4 из 22 · введено школой" in words_on(card)
    answer = next(a for a in read_facts(diagnosed.workspace).answers if a.question == "teaching.deficits")
    assert (answer.numerator, answer.denominator) == (4, 22)


def test_that_a_plain_percentage_forgets_the_counts_before_it(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "teaching.deficits")
    type_over(diagnosed, line_of(card), "4 из 22")
    type_over(diagnosed, line_of(card), "30")
    assert line_of(card).text() == "30"
    assert "введено школой" not in words_on(card)


def test_that_a_part_greater_than_its_whole_is_refused_where_it_was_typed(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "teaching.deficits")
    type_over(diagnosed, line_of(card), "25 из 22")
    assert card.field.problem_text() == "Часть (25) больше целого (22). Исправьте одно из двух чисел."
    assert line_of(card).text() == "25 из 22"


def test_that_undo_takes_an_answer_back(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "teaching.deficits")
    before = line_of(card).text()
    type_over(diagnosed, line_of(card), "40")
    assert line_of(card).text() == "40"
    diagnosed.desk.undo()
    diagnosed.settle()
    assert line_of(card).text() == before


def test_that_a_value_typed_over_a_computed_one_can_be_given_back(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "staff.highest_category")
    type_over(diagnosed, line_of(card), "50")
    click(diagnosed, button(card, "вернуть посчитанное: 1 из 9 (11,1 %)"))
    assert line_of(card).text() == "11,1"


def test_that_why_lists_every_row_behind_the_figure(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "staff.highest_category")
    click(diagnosed, button(card, "почему"))
    assert card.why is not None
    assert "ниже порога" in card.why.sentence.text()
    cells = [row.cells[1] for row in card.why.table.rows_model.shown]
    assert (len(cells), cells.count("учтено")) == (9, 1)


def test_that_what_does_not_apply_asks_for_a_comment(diagnosed: SchoolWindow) -> None:
    card = card_of(opened_map(diagnosed), "parents.council")
    click(diagnosed, button(card, "подтверждение и комментарий"))
    assert card.details is not None
    card.details.not_applicable.setFocus()
    QTest.keyClick(card.details.not_applicable, Qt.Key.Key_Space)
    diagnosed.settle()
    assert "без пояснения" in card.field.problem_text()
    card.details.comment.focus()
    type_text(card.details.comment.editor.input(), "Совета в школе нет")
    card.details.evidence.focus()
    diagnosed.settle()
    assert card.field.problem_text() == ""


def test_that_the_check_of_filling_marks_what_is_missing_and_goes_there(school: SchoolWindow) -> None:
    page = opened_map(school)
    assert "заполнено 0 из 60" in page.header.progress.text()
    card = card_of(page, "passport.pupils")
    assert card.field.problem_text() == ""
    click(school, button(page, "Проверить заполнение"))
    assert card.field.problem_text().startswith("Нет ответа.")
    assert line_of(card).hasFocus()


def test_that_missing_data_say_where_they_are_typed(school: SchoolWindow) -> None:
    card = card_of(opened_map(school), "passport.pupils")
    link = next(one for one in card.field.note_widgets if isinstance(one, LinkText))
    assert "Укажите в паспорте" in link.text()
    card.origin_opened.emit("passport|")
    school.settle()
    assert school.window.current_page_id() == "passport"


def test_that_the_first_problem_field_gets_its_measure_in_two_clicks(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_section(PROBLEMS)
    click(diagnosed, page.problems.suggested[0].accept)
    (sheet,) = page.problems.sheets.values()
    assert "Мероприятия ещё нет" in sheet.unanswered.words.text()
    offered = sheet.offers.offers[0].measure
    click(diagnosed, sheet.offers.offers[0].add)
    (measure,) = read_facts(diagnosed.workspace).measures
    assert (measure.library_code, measure.problem) == (offered.id, sheet.row)
    assert sheet.unanswered.isHidden()
    assert offered.title in sheet.findChildren(LinkText)[0].text()


def test_that_a_worrying_answer_leads_to_what_can_be_done(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    card = card_of(page, "results.below_math")
    click(diagnosed, button(card, "добавить мероприятие"))
    assert page.form.sections.current_id() == PROBLEMS
    assert page.problems.suggested[0].accept.hasFocus()


def test_that_a_level_is_changed_by_hand_only_with_a_reason(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_section(PROFILE)
    diagnosed.qtbot.waitUntil(lambda: "failure_risk" in page.profile.factors)
    sheet = page.profile.factors["failure_risk"]
    click(diagnosed, button(sheet, "изменить значимость"))
    form = sheet.override
    assert form is not None
    form.level.editor.chosen.emit("low")
    click(diagnosed, button(form, "Изменить значимость"))
    assert "Напишите одним предложением, почему" in form.reason.problem_text()
    type_text(form.reason.editor.input(), "Учтены итоги четверти")
    click(diagnosed, button(form, "Изменить значимость"))
    assert sheet.badge.text() == "● значимость низкая, изменена вручную"
    assert "Посчитано программой: высокая" in sheet.summary.text()


def test_that_the_profile_is_bars_with_sign_and_word_and_a_table(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    page.form.show_section(PROFILE)
    assert "▲ высокая" in page.profile.chart.chart.accessibleName()
    click(diagnosed, button(page.profile.chart, "Показать таблицей"))
    assert button(page.profile.chart, "Показать картинкой").isVisible()


def test_that_a_place_of_the_check_opens_the_question(diagnosed: SchoolWindow) -> None:
    diagnosed.window.open_page("map", "diagnostic_answer::parents.meetings")
    diagnosed.settle()
    page = cast(MapPage, diagnosed.window.page("map"))
    assert page.form.sections.current_id() == "parents"
    card = page.form.card("parents.meetings")
    assert card is not None
    assert line_of(card).hasFocus()


def test_that_a_map_of_another_school_can_only_be_read(diagnosed: SchoolWindow) -> None:
    desk = diagnosed.desk.viewing(diagnosed.workspace.school, "Карта открыта для просмотра.", "Изменяет школа.")
    page = MapPage(desk)
    diagnosed.qtbot.addWidget(page)
    page.show()
    with diagnosed.qtbot.waitSignal(page.loaded):
        page.refresh()
    assert page.banner.text() == "Карта открыта для просмотра. Изменяет школа."
    card = card_of(page, "teaching.deficits")
    assert line_of(card).isReadOnly()
    page.form.show_section(PROBLEMS)
    assert page.problems.suggested[0].accept.isHidden()
    page.hide()


def test_that_every_question_has_a_card_in_the_order_of_the_form(diagnosed: SchoolWindow) -> None:
    page = opened_map(diagnosed)
    view = form_view(diagnosed.workspace)
    for block in view.blocks:
        page.form.show_section(block.block.code)
        wanted = [one.question.code for one in block.questions]
        cards = page.form.columns[block.block.code].cards
        diagnosed.qtbot.waitUntil(lambda cards=cards, wanted=wanted: list(cards) == wanted)
