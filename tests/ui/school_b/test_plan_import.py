"""A plan of Word or Excel: dropped on the road map, looked through, mended, added, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from shiboken6 import isValid

from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.ui.pages.plan_review import PlanReviewDialog
from shnor_desktop.ui.workspaces.school.desk import page_of_files
from shnor_desktop.ui.workspaces.school.roadmap import RoadmapPage
from tests.importers import road_maps
from tests.importers.road_maps import Drawn, as_document, as_workbook
from tests.ui.school_a.conftest import WAIT, SchoolWindow
from tests.ui.school_b.conftest import button, click, words_on

ROWS = (
    ("№", "Мероприятия", "Сроки", "Ответственные"),
    ("1", "Школы, демонстри рующие рост", "май", "Директор"),
    ("2", "Отчёт о работе", "как получится", "Завуч"),
    ("3", "Родительское собрание", "до 25 сентября 2024", "Завуч"),
)


def review(school: SchoolWindow, file: Path) -> tuple[RoadmapPage, PlanReviewDialog]:
    page = cast(RoadmapPage, school.open("roadmap"))
    page.take_files([file])
    school.settle()
    school.qtbot.waitUntil(lambda: page.importing.dialog is not None)
    dialog = page.importing.dialog
    assert dialog is not None
    school.qtbot.waitUntil(dialog.isVisible)
    return page, dialog


def titles(school: SchoolWindow) -> list[str | None]:
    found = sorted(records.rows(school.workspace, Measure), key=lambda item: item.position or "")
    return [item.title for item in found]


def test_that_what_is_ticked_is_added_and_ctrl_z_takes_all_of_it_back(school: SchoolWindow, tmp_path: Path) -> None:
    page, dialog = review(school, as_document(tmp_path / "plan.docx", Drawn(ROWS)))
    table = dialog.measures.table
    assert [row.cells[5] for row in table.rows_model.shown] == ["1\u00a0сомнение", "проверьте срок", ""]
    table.select("1")
    QTest.keyClick(table, Qt.Key.Key_Space)
    tick = table.visualRect(table.rows_model.index(2, 0)).center()
    for _twice in range(2):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=tick)
    assert table.isVisible()
    assert dialog.do_button.text() == "Добавить 2\u00a0мероприятия"
    click(school, dialog.do_button)
    assert titles(school) == ["Школы, демонстри рующие рост", "Родительское собрание"]
    assert len(page.table.rows_model.shown) >= 2
    school.desk.undo()
    school.settle()
    assert titles(school) == []


def test_that_a_repair_is_ticked_and_written(school: SchoolWindow, tmp_path: Path) -> None:
    _page, dialog = review(school, as_document(tmp_path / "plan.docx", Drawn(ROWS)))
    dialog.measures.table.select("0")
    dialog.measures.split.show_detail()
    card = dialog.measures.card
    assert "демонстри рующие → демонстрирующие" in words_on(card)
    tick = next(one for one in card.findChildren(QCheckBox) if one.objectName() == "doubt-0")
    assert not tick.isChecked()
    tick.click()
    school.settle()
    assert dialog.measures.table.rows_model.shown[0].cells[2] == "Школы, демонстрирующие рост"
    click(school, dialog.do_button)
    assert titles(school)[0] == "Школы, демонстрирующие рост"


def test_that_all_repairs_are_accepted_by_one_button(school: SchoolWindow, tmp_path: Path) -> None:
    _page, dialog = review(school, as_workbook(tmp_path / "plan.xlsx", *road_maps.tambov()))
    click(school, button(dialog, "Принять все исправления"))
    shown = {row.cells[1]: row.cells[2] for row in dialog.measures.table.rows_model.shown}
    assert shown["2.1"] == "Анализ ГИА: тест-классы, каникулярные школы"
    assert shown["2.8"] == "Профилактика с «группой риска»"
    assert shown["2.7"] == "использующих Доля педагогов проекты"


def test_that_a_column_is_chosen_over_the_table(school: SchoolWindow, tmp_path: Path) -> None:
    rows = [("№", "Мероприятия", "Сроки", "Кабинет"), ("1", "Опрос", "май", "Завуч")]
    _page, dialog = review(school, as_workbook(tmp_path / "plan.xlsx", Drawn(rows)))
    assert dialog.chosen[0].row.executors == ()
    dialog.segments._segments["columns"].click()
    combo = dialog.columns.heading._combos[3]
    combo.setCurrentIndex(combo.findData("executors"))
    combo.activated.emit(combo.currentIndex())
    school.settle()
    assert dialog.chosen[0].row.executors == ("Завуч",)


def test_that_a_table_without_a_heading_opens_at_its_columns(school: SchoolWindow, tmp_path: Path) -> None:
    rows = [("1", "Провести диагностику", "сентябрь"), ("2", "Составить график", "октябрь")]
    _page, dialog = review(school, as_document(tmp_path / "plan.docx", Drawn(rows)))
    assert dialog.stack.currentWidget() is dialog.columns
    assert "Нет строки заголовков, проверьте столбцы" in words_on(dialog)
    assert len(dialog.chosen) == 2


def test_that_a_file_that_cannot_be_read_is_said_over_the_page(school: SchoolWindow, tmp_path: Path) -> None:
    page = cast(RoadmapPage, school.open("roadmap"))
    (tmp_path / "plan.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    page.take_files([tmp_path / "plan.doc"])
    school.qtbot.waitUntil(lambda: bool(school.broken), timeout=WAIT)
    assert page.importing.dialog is None
    assert school.broken == ["Файл «plan.doc» записан в формате .doc."]
    school.broken.clear()


def test_that_nothing_is_written_when_the_review_is_left(school: SchoolWindow, tmp_path: Path) -> None:
    page, dialog = review(school, as_document(tmp_path / "plan.docx", Drawn(ROWS)))
    click(school, dialog.leave_button)
    assert titles(school) == []
    QApplication.sendPostedEvents(None, 52)
    school.qtbot.waitUntil(lambda: not isValid(dialog))
    page.take_files([tmp_path / "plan.docx"])
    school.settle()
    assert page.importing.dialog is not None
    assert page.importing.dialog.isVisible()


def test_that_a_plan_dropped_on_the_page_is_read(school: SchoolWindow, tmp_path: Path) -> None:
    page = cast(RoadmapPage, school.open("roadmap"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(as_workbook(tmp_path / "plan.xlsx", Drawn(ROWS))))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))
    school.settle()
    school.qtbot.waitUntil(lambda: page.importing.dialog is not None)


def test_that_a_document_dropped_on_the_window_goes_to_the_road_map() -> None:
    assert page_of_files([Path("plan.docx")]) == "roadmap"
    assert page_of_files([Path("f1.xlsx")]) == "results"
