"""Tables taken in through one window of review: recognised, asked about, ticked, taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.ui.pages.table_import import TableImport
from shnor_desktop.ui.pages.table_review import TableReviewDialog
from shnor_desktop.ui.workspaces.school.results import ResultsPage
from shnor_desktop.ui.workspaces.school.staff import StaffPage
from tests.importers import school_tables as tables
from tests.ui.school_a.conftest import WAIT, SchoolWindow


def reviewed(school: SchoolWindow, importing: TableImport) -> TableReviewDialog:
    school.qtbot.waitUntil(lambda: importing.dialog is not None, timeout=WAIT)
    dialog = importing.dialog
    assert dialog is not None
    return dialog


def press(school: SchoolWindow, dialog: TableReviewDialog) -> None:
    with school.qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        school.qtbot.mouseClick(dialog.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert not school.broken


def test_that_a_list_of_people_dropped_on_results_goes_to_the_staff(school: SchoolWindow, tmp_path: Path) -> None:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    page.take_files([tables.save(tmp_path / "staff.xlsx", tables.staff())])
    dialog = reviewed(school, page.importing)
    assert dialog.kind.text() == "Узнано: Список педагогов"
    assert dialog.do_button.text() == "Загрузить 4\u00a0записи"
    press(school, dialog)
    assert len(records.rows(school.workspace, StaffMember)) == 4
    assert isinstance(school.window.page("staff"), StaffPage)
    assert school.window.page("staff").isVisible()
    with school.qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        school.desk.undo()
    school.settle()
    assert records.rows(school.workspace, StaffMember) == []


def test_that_a_field_that_is_not_ticked_is_not_written(school: SchoolWindow, tmp_path: Path) -> None:
    page = school.open("staff")
    assert isinstance(page, StaffPage)
    rows = [["ФИО", "Должность", "Стаж"], ["Ёлкина Яна Яновна", "учитель", 7]]
    page.take_files([tables.save(tmp_path / "staff.xlsx", rows)])
    dialog = reviewed(school, page.importing)
    tick = dialog.changes.card.findChild(QCheckBox, "field-experience")
    assert isinstance(tick, QCheckBox)
    tick.click()
    press(school, dialog)
    [person] = records.rows(school.workspace, StaffMember)
    assert (person.full_name, person.position, person.experience) == ("Ёлкина Яна Яновна", "teacher", None)


def test_that_questions_are_answered_over_the_preview(school: SchoolWindow, tmp_path: Path) -> None:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    page.take_files([tables.save(tmp_path / "m.xlsx", tables.marks()[2:])])
    dialog = reviewed(school, page.importing)
    assert not dialog.do_button.isEnabled()
    for name, answer in (("subject", "math"), ("grade", "5"), ("year", "2024")):
        combo = dialog.questions.combos[0, name]
        combo.setCurrentIndex(combo.findData(answer))
        combo.activated.emit(combo.currentIndex())
        school.settle()
    assert dialog.do_button.isEnabled()
    press(school, dialog)
    [sheet] = records.rows(school.workspace, ResultSheet)
    assert (sheet.subject, sheet.mark_2) == ("math", 3)


def test_that_columns_of_an_unknown_table_are_named_once(school: SchoolWindow, tmp_path: Path) -> None:
    page = school.open("staff")
    assert isinstance(page, StaffPage)
    rows = [["Кто", "Кем работает", "Лет"], ["Ёлкина Яна Яновна", "учитель", 7]]
    path = tables.save(tmp_path / "odd.xlsx", rows)
    page.take_files([path])
    dialog = reviewed(school, page.importing)
    assert dialog.kind.text() == "Что это за таблица, не узнано"
    columns = dialog.columns
    columns.kinds.setCurrentIndex(columns.kinds.findData("staff"))
    columns.kinds.activated.emit(columns.kinds.currentIndex())
    school.settle()
    for at, meaning in enumerate(("full_name", "position", "experience")):
        combo = columns.choices.combos[at]
        combo.setCurrentIndex(combo.findData(meaning))
        combo.activated.emit(combo.currentIndex())
        school.settle()
    press(school, dialog)
    assert [one.experience for one in records.rows(school.workspace, StaffMember)] == [7]
    page.take_files([path])
    school.qtbot.waitUntil(lambda: "уже загружено" in school.window.messages.text.text(), timeout=WAIT)


def test_that_files_are_looked_through_one_after_another(school: SchoolWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    page.take_files([tables.save(tmp_path / "c.xlsx", tables.classes()), bad])
    dialog = reviewed(school, page.importing)
    press(school, dialog)
    assert len(records.rows(school.workspace, SchoolClass)) == 4
    qtbot.waitUntil(lambda: "bad.xlsx" in school.window.messages.text.text(), timeout=WAIT)
    assert page.importing.dialog is None
