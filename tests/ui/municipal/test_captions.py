"""Short captions: schools without their legal form, categories in two words, numbers beside their words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.words import kept_together
from shnor_desktop.ui.workspaces.municipal.captions import short_categories, short_school, short_schools


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("МБОУ «Заречная ООШ»", "Заречная ООШ"),
        ("МАОУ СОШ № 5", "СОШ №\u00a05"),
        ("МБОУ «Луговая СОШ» Степного района", "«Луговая СОШ» Степного района"),
        ("ГБОУ «Школа № 12»", "Школа №\u00a012"),
        ("Моховая основная школа", "Моховая основная школа"),
        ("", ""),
    ],
)
def test_that_a_school_is_called_without_its_legal_form(name: str, short: str) -> None:
    assert short_school(name) == short


def test_that_schools_that_would_be_called_the_same_keep_their_full_names() -> None:
    names = short_schools(["МБОУ «Заречная СОШ»", "МАОУ «Заречная СОШ»", "МБОУ «Луговая ООШ»"])
    assert list(names.values()) == ["МБОУ «Заречная СОШ»", "МАОУ «Заречная СОШ»", "Луговая ООШ"]


def test_that_one_category_is_said_in_two_words_and_several_in_one_each() -> None:
    low, social = "Низкие образовательные результаты", "Сложные социальные условия"
    assert short_categories([low]) == "Низкие результаты"
    assert short_categories([low, social]) == "Результаты, условия"
    assert short_categories(["Отдалённая школа"]) == "Отдалённая школа"
    assert short_categories([]) == ""


def test_that_a_number_stays_on_the_line_of_its_word() -> None:
    assert kept_together("ОГЭ, 9 класс, 2024 г., № 5") == "ОГЭ, 9\u00a0класс, 2024\u00a0г., №\u00a05"


def test_that_a_shortened_row_is_found_copied_and_hinted_in_full(qtbot: QtBot) -> None:
    table = RecordTable([Column("name", "Школа", 20)], "Школы")
    qtbot.addWidget(table)
    table.set_rows([Row("1", ("Заречная ООШ",), full=("МБОУ «Заречная ООШ»",)), Row("2", ("Луговая ООШ",))])
    table.set_filter("мбоу")
    assert [row.id for row in table.rows_model.shown] == ["1"]
    table.select("1")
    table.copy()
    assert QGuiApplication.clipboard().text() == "МБОУ «Заречная ООШ»"
    hint = table.rows_model.data(table.rows_model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert hint == "МБОУ «Заречная ООШ»"
