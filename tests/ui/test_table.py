"""Tables: sorting, filtering, choosing, copying and pasting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.theme import Look
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, RowState, TablePanel, parse_block

COLUMNS = [
    Column("name", "Мероприятие", 20, stretches=True),
    Column("term", "Срок", 12, is_number=True),
    Column("share", "Выполнено", 8, is_number=True, is_editable=True),
]


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    made = RecordTable(COLUMNS, "Мероприятия")
    rows = [
        Row("a", ("Ярмарка", "02.01.2025", "9"), (None, "2025-01-02", 9)),
        Row("b", ("ёлка", "31.12.2024", "10"), (None, "2024-12-31", 10), RowState.ERROR),
        Row("c", ("Акция", "", ""), (None, None, None)),
    ]
    made.set_rows(rows)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(table: RecordTable) -> list[str]:
    return [row.id for row in table.rows_model.shown]


def test_that_columns_sort_by_their_keys_and_empty_cells_stand_last(table: RecordTable) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["b", "a", "c"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["a", "b", "c"]


def test_that_sorting_keeps_the_chosen_row(table: RecordTable) -> None:
    table.select("a")
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert table.current_id() == "a"


def test_that_new_rows_keep_the_chosen_one_without_telling_again(table: RecordTable, qtbot: QtBot) -> None:
    table.select("b")
    with qtbot.assertNotEmitted(table.row_selected):
        table.set_rows([Row("z", ("Новое", "", "")), Row("b", ("Ёлка", "", ""))])
    assert table.current_id() == "b"


def test_that_the_filter_takes_parts_of_words_in_any_case(table: RecordTable) -> None:
    panel = TablePanel(table)
    panel.field.setText("ЁЛ 2024")
    assert shown(table) == ["b"]
    assert panel.count.text() == "1 из 3"
    table.setParent(None)


def test_that_arrows_choose_and_enter_opens(table: RecordTable, qtbot: QtBot) -> None:
    table.select("a")
    table.setFocus()
    with qtbot.waitSignal(table.row_selected) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == opened.args == ["b"]


def test_that_chosen_rows_are_copied_as_excel_takes_them(table: RecordTable, qtbot: QtBot) -> None:
    table.select("a")
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ярмарка\t02.01.2025\t9"


def test_that_a_block_of_excel_is_told_with_the_place_where_it_begins(table: RecordTable, qtbot: QtBot) -> None:
    table.select("b")
    QGuiApplication.clipboard().setText('Первый\t1\r\n"Второй\nстрокой"\t2\r\n')
    with qtbot.waitSignal(table.block_pasted) as pasted:
        qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == ["b", "name", [["Первый", "1"], ["Второй\nстрокой", "2"]]]


def test_that_an_empty_clipboard_is_no_block() -> None:
    assert parse_block("\r\n\t\r\n") == []


def test_that_what_is_typed_in_a_cell_is_told_and_left_to_the_owner(table: RecordTable, qtbot: QtBot) -> None:
    index = table.rows_model.index(0, 2)
    with qtbot.waitSignal(table.cell_edited) as edited:
        table.rows_model.setData(index, "12")
    assert edited.args == ["a", "share", "12"]
    assert table.rows_model.data(index) == "9"
    assert not table.rows_model.flags(table.rows_model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_that_the_state_of_a_row_is_said_in_words(table: RecordTable) -> None:
    index = table.rows_model.index(1, 0)
    assert table.rows_model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "ошибка: ёлка"


def test_that_rows_and_columns_grow_with_the_text(table: RecordTable, look_of_the_program: Look) -> None:
    height, width = table.rowHeight(0), table.columnWidth(1)
    look_of_the_program.set_scale(2.0)
    assert table.rowHeight(0) > 1.8 * height
    assert table.columnWidth(1) > 1.8 * width
