"""The staff list: empty, begun, pasted, deleted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shnor_desktop.models.registry import info_of
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.pages.records_page import RecordsPage
from shnor_desktop.ui.widgets.page import EmptyState
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.typing_keys import type_text

NAMES = ("Образцова Анна Ивановна", "Примерова Инна Олеговна")


def opened_staff(school: SchoolWindow) -> RecordsPage:
    page = school.open("staff")
    assert isinstance(page, RecordsPage)
    return page


def add_teacher(school: SchoolWindow, name: str, year: int) -> str:
    with school.qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        values = {"full_name": name, "birth_year": year}
        school.desk.write(lambda: records.begin(school.workspace, StaffMember, values))
    school.settle()
    return next(one.id for one in records.rows(school.workspace, StaffMember) if one.full_name == name)


def type_into(panel_line: object, text: str) -> None:
    assert isinstance(panel_line, QLineEdit)
    panel_line.setFocus()
    panel_line.selectAll()
    type_text(panel_line, text)


def test_that_an_empty_list_says_what_goes_here_and_begins_with_one_button(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_staff(school)
    empty = page.findChild(EmptyState)
    assert empty.isVisible()
    assert empty.button.text() == "Добавить педагога"
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert page.panel.draft is not None
    assert page.panel.draft.isVisible()


def test_that_a_teacher_is_not_begun_without_a_name(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_staff(school)
    page.panel.begin_draft()
    draft = page.panel.draft
    assert draft is not None
    qtbot.mouseClick(draft.do_button, Qt.MouseButton.LeftButton)
    assert "Заполните это поле" in draft.form.editors["full_name"].problem_text()
    assert records.rows(school.workspace, StaffMember) == []


def test_that_a_teacher_begun_by_name_and_year_opens_for_the_rest(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened_staff(school)
    page.panel.begin_draft()
    draft = page.panel.draft
    assert draft is not None
    type_into(draft.form.editors["full_name"].editor.input(), NAMES[0])
    type_into(draft.form.editors["birth_year"].editor.input(), "1980")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(draft.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert page.panel.title.text() == NAMES[0]
    assert page.panel.title.isVisible()
    assert page.panel.form is not None
    position = page.panel.form.editors["position"]
    assert position.problem_text() == ""
    page.header.progress_chosen.emit("missing")
    assert position.problem_text() == "Заполните это поле."


def test_that_the_same_teacher_twice_is_refused_in_words_and_the_typed_stays(
    school: SchoolWindow, qtbot: QtBot
) -> None:
    add_teacher(school, NAMES[0], 1980)
    page = opened_staff(school)
    page.panel.begin_draft()
    draft = page.panel.draft
    assert draft is not None
    type_into(draft.form.editors["full_name"].editor.input(), NAMES[0])
    type_into(draft.form.editors["birth_year"].editor.input(), "1980")
    qtbot.mouseClick(draft.do_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(draft.problem.isVisible, timeout=WAIT)
    assert "уже есть в списке" in draft.problem.words.text()
    assert draft.form.editors["full_name"].value() == NAMES[0]


def test_that_what_is_typed_belongs_to_the_row_that_is_left(school: SchoolWindow, qtbot: QtBot) -> None:
    first, second = add_teacher(school, NAMES[0], 1980), add_teacher(school, NAMES[1], 1975)
    page = opened_staff(school)
    page.panel.select(first, "experience")
    assert page.panel.form is not None
    type_into(page.panel.form.editors["experience"].editor.input(), "12")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        page.panel.select(second, "experience")
    school.settle()
    rows = {one.id: one.experience for one in records.rows(school.workspace, StaffMember)}
    assert rows == {first: 12, second: None}


def test_that_a_deleted_teacher_comes_back_by_ctrl_z(school: SchoolWindow, qtbot: QtBot) -> None:
    row = add_teacher(school, NAMES[0], 1980)
    page = opened_staff(school)
    page.panel.select(row)
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(page.panel.remove, Qt.MouseButton.LeftButton)
    school.settle()
    assert records.rows(school.workspace, StaffMember) == []
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(school.window.status.undo, Qt.MouseButton.LeftButton)
    school.settle()
    assert [one.full_name for one in records.rows(school.workspace, StaffMember)] == [NAMES[0]]


def test_that_a_pasted_list_is_shown_before_it_is_taken_in_and_is_one_step(school: SchoolWindow, qtbot: QtBot) -> None:
    add_teacher(school, NAMES[0], 1980)
    page = opened_staff(school)
    lines = ["Фамилия, имя, отчество\tГод рождения\tДолжность\tПедагогический стаж"]
    lines += [f"{NAMES[0]}\t1980\tучитель\t20", f"{NAMES[1]}\t1975\tучитель\tмного"]
    lines += [f"Пробный {letter} Иванович\t1990\tучитель\t5" for letter in "АБВ"]
    QGuiApplication.clipboard().setText("\n".join(lines))
    assert page.panel.table is not None
    page.panel.table.paste()
    school.settle()
    dialog = page.panel.paste.dialog
    assert dialog is not None
    shown = [" ".join(row.cells) for row in dialog.table.rows_model.shown]
    assert any("много" in line for line in shown)
    assert len(records.rows(school.workspace, StaffMember)) == 1
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(dialog.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    found = {one.full_name: (one.position, one.experience) for one in records.rows(school.workspace, StaffMember)}
    assert found[NAMES[0]] == ("teacher", 20)
    assert found[NAMES[1]] == ("teacher", None)
    assert len(found) == 5
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        school.desk.undo()
    school.settle()
    assert len(records.rows(school.workspace, StaffMember)) == 1


def test_that_a_list_is_pasted_where_there_is_none_yet(school: SchoolWindow, qtbot: QtBot) -> None:
    opened_staff(school)
    QGuiApplication.clipboard().setText(f"Фамилия, имя, отчество\tГод рождения\n{NAMES[0]}\t1980\n{NAMES[1]}\t1975")
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.keyClick(school.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    school.settle()
    assert sorted(one.full_name or "" for one in records.rows(school.workspace, StaffMember)) == sorted(NAMES)


def test_that_the_buttons_of_a_read_only_desk_are_gone_and_its_fields_only_show(
    school: SchoolWindow, qtbot: QtBot
) -> None:
    from shnor_desktop.ui.workspaces.school.staff import StaffPage

    row = add_teacher(school, NAMES[0], 1980)
    viewing = school.desk.viewing(school.workspace.school, "Это данные школы.", "Изменять может школа.")
    page = StaffPage(viewing)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.loaded, timeout=WAIT):
        page.refresh()
    assert page.banner.text() == "Это данные школы. Изменять может школа."
    assert page.header.primary is None
    page.panel.select(row)
    assert not page.panel.remove.isVisible()
    assert page.panel.form is not None
    line = page.panel.form.editors["experience"].editor.input()
    assert isinstance(line, QLineEdit)
    assert line.isReadOnly()
    shown = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert "Добавить педагога" not in shown


def test_that_every_empty_field_of_a_new_row_says_so_at_once(school: SchoolWindow, qtbot: QtBot) -> None:
    fields = info_of(School).fields
    draft = RecordDraft("Новая школа", [fields[name] for name in ("code", "short_name", "kind")], "Завести")
    qtbot.addWidget(draft)
    draft.submit()
    assert {name: editor.problem_text() for name, editor in draft.form.editors.items()} == dict.fromkeys(
        ("code", "short_name", "kind"), "Заполните это поле."
    )
