"""Results are taken in after they were seen; a wrong file is refused in words."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from shnor_desktop.importers.f1_writer import write_f1
from shnor_desktop.services import results
from shnor_desktop.ui.workspaces.school.results import ResultsPage
from tests.importers.sample_workbooks import workbook
from tests.ui.school_a.conftest import WAIT, SchoolWindow


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Русский 5.xlsx"
    write_f1(path, workbook(24))
    return path


def opened_results(school: SchoolWindow) -> ResultsPage:
    page = school.open("results")
    assert isinstance(page, ResultsPage)
    return page


def test_that_a_workbook_is_shown_before_it_is_taken_in_and_ctrl_z_takes_it_back(
    school: SchoolWindow, qtbot: QtBot, book: Path
) -> None:
    page = opened_results(school)
    page.take_files([book])
    qtbot.waitUntil(lambda: page.importing.dialog is not None, timeout=WAIT)
    dialog = page.importing.dialog
    assert dialog is not None
    first = dialog.changes.table.rows_model.shown[0]
    assert first.cells[1:3] == ("Русский язык, 5 класс, 2024 г.", "будет добавлено")
    assert "Учебная школа" in first.cells[3]
    dialog.changes.table.ticked.emit(first.id)
    assert results.sheets(school.workspace) == ()
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        qtbot.mouseClick(dialog.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert page.table.rows_model.shown[0].cells[:3] == ("русский язык", "5", "2024")
    assert page.sheet.title.text() == "ВПР, русский язык, 5 класс, 2024 г."
    assert page.sheet.tasks.isVisible()
    assert "Загружены результаты" in school.window.messages.text.text()
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        school.desk.undo()
    school.settle()
    assert results.sheets(school.workspace) == ()


def test_that_numbers_of_an_imported_sheet_say_why_they_only_show(school: SchoolWindow, book: Path) -> None:
    results.import_workbook(school.workspace, book)
    page = opened_results(school)
    assert page.sheet.form is not None
    editor = page.sheet.form.editors["mark_2"].editor
    assert "загруженной книги" in editor.toolTip()


def test_that_a_file_that_is_no_workbook_changes_nothing_and_says_what_to_do(
    school: SchoolWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "письмо.xlsx"
    other.write_text("Здравствуйте", encoding="utf-8")
    page = opened_results(school)
    page.take_files([other])
    qtbot.waitUntil(lambda: school.window.messages.isVisible(), timeout=WAIT)
    assert "письмо.xlsx" in school.window.messages.text.text()
    assert page.importing.dialog is None


def test_that_a_workbook_dropped_on_the_window_opens_the_page_of_results(
    school: SchoolWindow, qtbot: QtBot, book: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(book))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(school.window.files_dropped) as dropped:
        school.window.dropEvent(event)
    from shnor_desktop.ui.workspaces.school.desk import page_of_files

    assert page_of_files([Path(name) for name in dropped.args[0]]) == "results"
