"""The programme: drafted in one step, read paragraph by paragraph, led through its states."""

from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from shnor_desktop.models.programme import TargetIndicator
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import problems, records
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_text import edit_paragraph, paragraphs_of
from shnor_desktop.ui.forms.editors import PAUSE_MS
from shnor_desktop.ui.pages.printing import write_to
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.workspaces.school.programme import ProgrammePage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, type_over, words_on
from tests.ui.typing_keys import type_text


def opened_programme(school: SchoolWindow) -> ProgrammePage:
    return cast(ProgrammePage, school.open("programme"))


def begun(diagnosed: SchoolWindow) -> ProgrammePage:
    """A programme with one problem field, drafted by the button of the empty page."""
    problems.accept(diagnosed.workspace, problems.suggest(diagnosed.workspace)[0])
    page = opened_programme(diagnosed)
    empty = page.findChild(EmptyState)
    assert isinstance(empty, EmptyState)
    click(diagnosed, empty.button)
    return page


def open_section(school: SchoolWindow, page: ProgrammePage, code: str) -> None:
    page.contents.select(code)
    school.settle()


def test_that_an_empty_page_says_what_the_draft_is_made_of(school: SchoolWindow) -> None:
    page = opened_programme(school)
    words = words_on(page)
    assert "Программы перехода ещё нет" in words
    assert "Проблемных полей в работе нет" in words
    assert button(page, "Составить проект программы").isVisible()
    assert not button(page, "Печать программы").isEnabled()


def test_that_one_button_drafts_the_whole_programme(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    facts = read_facts(diagnosed.workspace)
    assert facts.programme is not None
    assert {"goal", "task"} == {goal.kind for goal in facts.goals}
    assert "состояние: проект" in page.header.progress.text()
    assert "не прочитано:" in page.header.progress.text()


def test_that_a_drafted_paragraph_is_marked_until_it_is_read(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    editor = next(iter(page.section.editors.values()))
    text = editor.text.toPlainText()
    assert "прочтите и поправьте" in editor.mark.words.text()
    click(diagnosed, editor.confirm)
    assert editor.mark.isHidden()
    assert editor.text.toPlainText() == text


def test_that_a_paragraph_is_changed_in_place_and_kept_when_it_is_left(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    row, editor = next(iter(page.section.editors.items()))
    editor.focus()
    type_text(editor.text, " Так решил педсовет.")
    page.contents.setFocus()
    diagnosed.settle()
    (kept,) = [item for item in read_facts(diagnosed.workspace).paragraphs if item.id == row]
    assert (kept.body or "").endswith("Так решил педсовет.")
    assert kept.generated is False
    diagnosed.desk.undo()
    diagnosed.settle()
    assert not editor.text.toPlainText().endswith("Так решил педсовет.")


def test_that_a_whole_section_is_read_at_once(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    click(diagnosed, button(page.section, "Весь раздел прочитан"))
    assert all(editor.mark.isHidden() for editor in page.section.editors.values())


def test_that_a_paragraph_is_kept_while_it_is_typed_and_keeps_the_cursor(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    row, editor = next(iter(page.section.editors.items()))
    editor.focus()
    with diagnosed.qtbot.waitSignal(diagnosed.desk.changed, timeout=PAUSE_MS + 3000):
        type_text(editor.text, " Так решил ")
    diagnosed.settle()
    (kept,) = [item for item in read_facts(diagnosed.workspace).paragraphs if item.id == row]
    assert (kept.body or "").endswith(" Так решил")
    assert page.section.editors[row].text.hasFocus()
    assert page.section.editors[row].text.toPlainText().endswith(" Так решил ")


def test_that_a_new_paragraph_takes_the_cursor(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    before = len(page.section.editors)
    click(diagnosed, button(page.section, "Добавить абзац"))
    diagnosed.qtbot.waitUntil(lambda: len(page.section.editors) == before + 1)
    *_, last = page.section.editors.values()
    assert last.text.hasFocus()


def test_that_a_paragraph_can_be_moved_divided_and_removed(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    first, second, *_ = page.section.editors
    menu = page.section.editors[first].open_menu()
    assert [action.text() for action in menu.actions()][:2] == ["Выше", "Ниже"]
    menu.actions()[1].trigger()
    menu.close()
    diagnosed.settle()
    assert list(page.section.editors)[:2] == [second, first]
    page.section.editors[first].removed.emit(first)
    diagnosed.settle()
    assert first not in page.section.editors


def test_that_adoption_asks_for_the_protocol(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    step = page.title_page.steps["adopted"]
    click(diagnosed, step.button)
    assert step.form is not None
    assert set(step.form.editors) == {"council_protocol", "council_date"}
    click(diagnosed, step.button)
    assert "ротокол" in step.problem.words.text()
    type_over(diagnosed, step.form.editors["council_protocol"].editor.input(), "7")
    type_over(diagnosed, step.form.editors["council_date"].editor.input(), "19.04.2024")
    click(diagnosed, step.button)
    assert "Состояние: принята педсоветом" in words_on(page.title_page)
    assert "19 апреля 2024 г. № 7" in words_on(page.title_page)


def test_that_base_and_target_are_typed_in_the_table(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "indicators")
    table = page.section.indicators.table
    assert table is not None
    row = table.rows_model.shown[0].id
    column = [one.key for one in table.rows_model.columns].index("target")
    table.rows_model.setData(table.rows_model.index(0, column), "12,5")
    diagnosed.settle()
    stored = records.row(diagnosed.workspace, TargetIndicator, row)
    assert stored is not None
    assert str(stored.target) == "12.5"
    assert table.rows_model.shown[0].cells[column] == "12,5"


def test_that_hanging_ends_are_named_and_mended_from_the_tree(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    assert "внимания" in page.links.hanging.words.text()
    goal = page.links.model.index(0, 0, page.links.model.index(0, 0))
    task = page.links.model.index(0, 0, goal)
    assert task.data().startswith("нет мероприятий — ")
    diagnosed.qtbot.waitUntil(page.links.view.isVisible)
    page.links.view.setFocus()
    assert diagnosed.window.current_page_id() == "programme"
    page.links.view.setCurrentIndex(task)
    assert "Для задачи нет ни одного мероприятия" in page.node.hanging.words.text()
    click(diagnosed, page.node.measure)
    assert diagnosed.window.current_page_id() == "roadmap"


def test_that_an_indicator_added_to_a_goal_opens_for_its_values(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    goal = next(item for item in read_facts(diagnosed.workspace).goals if item.kind == "goal")
    page.links.node_chosen.emit("goal", goal.id)
    click(diagnosed, page.node.indicator)
    diagnosed.qtbot.waitUntil(lambda: page.node.entity == "target_indicator")
    assert page.node.form is not None
    type_over(diagnosed, page.node.form.editors["base"].editor.input(), "10")
    (added,) = [item for item in read_facts(diagnosed.workspace).indicators if item.title == "Новый показатель"]
    assert (added.goal, str(added.base)) == (goal.id, "10")


def test_that_the_tables_of_the_program_stand_in_their_sections(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "goals")
    assert page.section.table is not None
    assert "Снизить значимость фактора" in page.section.table.text()
    open_section(diagnosed, page, "passport")
    assert page.section.passport is not None
    assert page.section.passport.isVisible()


def test_that_an_antirisk_programme_begins_from_its_factor(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "antirisk")
    click(diagnosed, button(page.section.antirisks, "Начать: Высокая доля обучающихся с рисками учебной неуспешности"))
    assert "Антирисковая программа «Высокая доля" in words_on(page.section.antirisks)


def test_that_the_programme_is_printed_into_a_file(diagnosed: SchoolWindow, tmp_path: Path) -> None:
    page = begun(diagnosed)
    target = tmp_path / "программа.pdf"
    write_to(page, DocumentKind.PROGRAMME, target)
    diagnosed.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert "Документ сохранён: программа.pdf." in words_on(diagnosed.window.messages)


def test_that_very_long_paragraphs_are_shown_whole(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "concept")
    row, editor = next(iter(page.section.editors.items()))
    low = editor.text.height()
    word = "Водогрязеторфопарафинолечениеводогрязето"
    with diagnosed.qtbot.waitSignal(page.loaded):
        diagnosed.desk.write(
            lambda: records.edit(diagnosed.workspace, "programme_paragraph", row, "body", f"{word} " * 120)
        )
    QApplication.sendPostedEvents()
    assert editor.text.height() > 5 * low


def test_that_a_kept_version_is_compared_and_a_paragraph_comes_back(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "versions")
    assert "Редакций ещё нет" in words_on(page.versions)
    page.versions.note.setText("для педсовета")
    click(diagnosed, page.versions.save)
    assert page.versions.table.rows_model.shown[0].cells[-1] == "для педсовета"
    facts = read_facts(diagnosed.workspace)
    first = paragraphs_of(facts, "concept")[0]
    diagnosed.desk.write(lambda: edit_paragraph(diagnosed.workspace, first.id, "Коротко."))
    diagnosed.settle()
    click(diagnosed, page.versions.compare)
    assert "Всего: 1" in words_on(page.versions.compared).replace("\u00a0", " ")
    click(diagnosed, button(page.versions.compared, "Вернуть этот абзац"))
    assert paragraphs_of(read_facts(diagnosed.workspace), "concept")[0].body == first.body
    diagnosed.qtbot.waitUntil(lambda: "Различий нет." in words_on(page.versions.compared))
    page.versions.open_version(page.versions.table.rows_model.shown[0].id)
    diagnosed.qtbot.waitUntil(lambda: "Только для чтения." in words_on(page.versions.compared))


def test_that_a_stamp_is_changed_on_the_title_page(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    stamps = page.title_page.stamps
    click(diagnosed, button(stamps.cards[1], "Изменить"))
    stamps.editor.heading.setText("ПРИНЯТА")
    stamps.editor.lines.setPlainText("Протокол № {номер}")
    click(diagnosed, button(stamps.editor, "Записать гриф"))
    assert "{номер}" in stamps.editor.problem.words.text()
    stamps.editor.lines.setPlainText("Протокол № ")
    click(diagnosed, button(stamps.editor, "номер протокола"))
    click(diagnosed, button(stamps.editor, "Записать гриф"))
    diagnosed.qtbot.waitUntil(stamps.editor.isHidden)
    assert "ПРИНЯТА" in words_on(stamps)
    click(diagnosed, button(stamps.cards[2], "Не печатать"))
    assert "не печатается" in words_on(stamps.cards[2])
    click(diagnosed, stamps.reset)
    assert "ПРИНЯТО" in words_on(stamps)


def test_that_changed_data_are_shown_under_the_paragraph_and_taken_by_a_click(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    open_section(diagnosed, page, "analysis")
    facts = read_facts(diagnosed.workspace)
    row = next(item.id for item in paragraphs_of(facts, "analysis") if "педагогов" in (item.body or ""))
    values = {"full_name": "Новый Учитель", "birth_year": 1990, "subjects": ["math"]}
    diagnosed.desk.write(lambda: records.begin(diagnosed.workspace, StaffMember, values))
    diagnosed.settle()
    note = page.section.editors[row].stale
    assert note is not None
    assert note.question.words.text() == "Данные изменились: обновить?"
    assert "[исключено: 9][добавлено: 10]" in note.difference.accessibleName()
    click(diagnosed, note.renew)
    assert "10 педагогов" in page.section.editors[row].text.toPlainText()
    assert note.isHidden()


def test_that_each_hanging_place_has_a_button_that_mends_it(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    workspace = diagnosed.workspace
    task = next(item for item in read_facts(workspace).goals if item.kind == "task")
    page.links.select("goal", task.id)
    click(diagnosed, button(page.links.gaps, "Подобрать мероприятие"))
    assert page.node.row == task.id
    offer = page.node.offers.offers.offers[0]
    click(diagnosed, offer.own)
    type_over(diagnosed, offer.editors["deadline"].editor.input(), "до 1 декабря 2024 года")
    click(diagnosed, button(offer, "Добавить с этими сроками"))
    (measure,) = read_facts(workspace).measures
    assert (measure.task, measure.deadline) == (task.id, "до 1 декабря 2024 года")
    page.links.select("measure", measure.id)
    click(diagnosed, button(page.links.gaps, "Назначить ответственного"))
    assert page.node.entity == "measure"
    assert page.node.form is not None
    assert page.node.form.editors["owner"].isAncestorOf(QApplication.focusWidget())


def test_that_a_problem_without_a_goal_gets_one_from_the_tree(diagnosed: SchoolWindow) -> None:
    page = begun(diagnosed)
    row = problems.add_own(diagnosed.workspace, "Семьи слабо участвуют в учёбе детей", ["parents"], "Встреч мало").row
    page.refresh()
    diagnosed.settle()
    page.links.select("problem_field", row)
    click(diagnosed, button(page.links.gaps, "Составить цель"))
    diagnosed.qtbot.waitUntil(lambda: page.node.entity == "goal")
    goal = next(item for item in read_facts(diagnosed.workspace).goals if item.id == page.node.row)
    assert (goal.kind, goal.problem) == ("goal", row)
