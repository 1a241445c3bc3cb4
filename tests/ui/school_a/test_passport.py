"""The passport is typed, kept, taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.desks import open_desk
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.pages import Target
from shnor_desktop.ui.workspaces.school.passport import PassportPage
from tests.clock import FixedClock
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.typing_keys import type_text

CONTEXT = "Социальный контекст"


def opened_passport(school: SchoolWindow) -> PassportPage:
    page = school.open("passport")
    assert isinstance(page, PassportPage)
    return page


def pupils(page: PassportPage) -> tuple[FieldEditor, QLineEdit]:
    page.sections.select(CONTEXT)
    editor = page.forms[CONTEXT].editors["pupils"]
    line = editor.editor.input()
    assert isinstance(line, QLineEdit)
    return editor, line


def replace_text(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    qtbot.waitUntil(line.hasFocus, timeout=WAIT)
    line.selectAll()
    type_text(line, text)


def test_that_a_typed_value_is_there_after_the_store_is_opened_again(
    school: SchoolWindow, qtbot: QtBot, fixed_clock: FixedClock
) -> None:
    page = opened_passport(school)
    _, line = pupils(page)
    replace_text(qtbot, line, "118")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    school.settle()
    assert school.window.status.saved.text().startswith("Сохранено в ")
    path = school.workspace.store.path
    school.close()
    again = open_desk(path, fixed_clock)
    row = records.row(again, School, again.school)
    assert row is not None
    assert row.pupils == 118
    school.workspace = again


def test_that_ctrl_z_brings_the_old_value_back_and_the_line_below_names_the_step(
    school: SchoolWindow, qtbot: QtBot
) -> None:
    page = opened_passport(school)
    _, line = pupils(page)
    for text in ("118", "120"):
        replace_text(qtbot, line, text)
        with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
            line.clearFocus()
        school.settle()
    assert "обучающихся всего" in school.window.status.undo.text()
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.keyClick(school.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: line.text() == "118", timeout=WAIT)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.keyClick(school.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: line.text() == "120", timeout=WAIT)


def test_that_bad_input_stays_in_the_field_with_its_message(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_passport(school)
    editor, line = pupils(page)
    replace_text(qtbot, line, "сто")
    line.clearFocus()
    school.settle()
    page.refresh()
    school.settle()
    assert line.text() == "сто"
    assert "не число" in editor.problem_text()
    row = records.row(school.workspace, School, school.workspace.school)
    assert row is not None
    assert row.pupils is None


def test_that_a_required_field_says_so_and_a_link_of_the_header_leads_to_it(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_passport(school)
    assert "ошиб" in page.header.progress.text()
    page.header.progress_chosen.emit("errors")
    focused = school.window.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)
    assert isinstance(focused, QLineEdit)


def test_that_a_target_opens_the_part_with_the_cursor_in_the_field(school: SchoolWindow, qtbot: QtBot) -> None:
    school.window.open_page("passport", str(Target("school", school.workspace.school, "director")))
    school.settle()
    page = school.window.page("passport")
    assert isinstance(page, PassportPage)
    line = page.forms["Контакты"].editors["director"].editor.input()
    qtbot.waitUntil(line.hasFocus, timeout=WAIT)
    assert page.sections.current_id() == "Контакты"


def test_that_the_history_names_what_was_changed_from_what_to_what(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_passport(school)
    _, line = pupils(page)
    for text in ("118", "120"):
        replace_text(qtbot, line, text)
        with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
            line.clearFocus()
        school.settle()
    page.toggle_history()
    school.settle()
    assert page.history is not None
    first = page.history.list.cards_model.cards[0]
    assert first.title == "Обучающихся всего"
    assert "118 → 120" in first.text
    assert "этот компьютер" in first.text


def test_that_a_class_is_begun_by_its_grade_and_letter(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_passport(school)
    page.sections.select("school_class")
    panel = page.panels["school_class"]
    panel.begin_draft()
    assert panel.draft is not None
    grade = panel.draft.form.editors["grade"].editor.input()
    letter = panel.draft.form.editors["letter"].editor.input()
    assert isinstance(grade, QLineEdit)
    assert isinstance(letter, QLineEdit)
    replace_text(qtbot, grade, "5")
    replace_text(qtbot, letter, "А")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(panel.draft.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert panel.table is not None
    assert panel.table.rows_model.shown[0].cells[:2] == ("5", "А")
    qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    assert panel.add.text() == "Добавить класс"
    assert panel.draft.isVisible()
