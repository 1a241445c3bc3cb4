"""«Стереть данные…»: asked with what goes, done when the word is typed, listed afterwards."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import erasures, records
from shnor_desktop.ui.pages.erasing import EraseDialog, OrdersDialog, show_orders
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_a.test_staff import add_teacher, opened_staff

NAME = "Стиранова Проба Пробовна"


def test_that_a_person_is_erased_when_the_director_has_typed_the_word(school: SchoolWindow, qtbot: QtBot) -> None:
    row = add_teacher(school, NAME, 1980)
    add_teacher(school, "Образцова Анна Ивановна", 1981)
    page = opened_staff(school)
    page.panel.select(row)
    school.settle()
    qtbot.mouseClick(page.panel.erase, Qt.MouseButton.LeftButton)
    school.settle()
    dialog = school.window.findChild(EraseDialog)
    assert NAME in "".join(one.text() for one in dialog.findChildren(type(page.panel.title)))
    assert not dialog.do_button.isEnabled()
    dialog.word.setText("стереть")
    dialog.document.setText("заявление Стирановой")
    assert dialog.do_button.isEnabled()
    qtbot.mouseClick(dialog.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert "фамилия" in dialog.problem.words.text()
    dialog.document.setText("заявление от 12.05.2025 № 7")
    qtbot.mouseClick(dialog.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert [one.full_name for one in records.rows(school.workspace, StaffMember)] == ["Образцова Анна Ивановна"]
    (order,) = erasures.orders(school.workspace)
    assert order.done_at
    show_orders(school.desk, school.window)
    school.settle()
    listed = school.window.findChild(OrdersDialog)
    assert listed.table.isVisible()
    assert not listed.confirm.isEnabled()
    listed.reject()
