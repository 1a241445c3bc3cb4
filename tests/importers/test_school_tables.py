"""Foreign tables: headings in any order, figures typed in any way, wrong files; each read or refused in words."""

from __future__ import annotations

import random
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.school_tables import (
    Asked,
    FoundRecord,
    OwnSchool,
    Reading,
    TableKind,
    find_layout,
    read_records,
    read_tables,
)
from shnor_desktop.importers.school_tables.own_rows import words_of
from shnor_desktop.importers.school_tables.shares import counts_of
from shnor_desktop.importers.school_tables.staff_lists import same_name
from shnor_desktop.importers.school_tables.staff_words import position_of
from tests.importers import fuzz_school_tables, road_maps
from tests.importers import school_tables as tables

OWN = OwnSchool("", words_of("МАОУ «Лесная СОШ» село Лесное"), 2024)


def read(path: Path, asked: Asked | None = None) -> tuple[TableKind | None, Reading]:
    [table] = read_tables(path)
    layout = find_layout(table)
    return (layout.kind, read_records(table, layout, OWN, asked or Asked(), path.name)) if layout else (None, Reading())


def the_record(path: Path) -> FoundRecord:
    [record] = read(path)[1].records
    return record


def doubts(record: FoundRecord) -> set[str]:
    return {value.doubt.code for value in record.values.values() if value.doubt} | {one.code for one in record.doubts}


@pytest.mark.parametrize("name", list(fuzz_school_tables.MAKERS))
def test_that_every_kind_is_recognised_whatever_the_order_of_its_columns(tmp_path: Path, name: str) -> None:
    rows = fuzz_school_tables.MAKERS[name]()
    width = max(len(row) for row in rows)
    order = random.Random(name).sample(range(width), width)
    mixed = [[row[at] if at < len(row) else None for at in order] if len(row) > 1 else row for row in rows]
    kind, reading = read(tables.save(tmp_path / "book.xlsx", mixed))
    assert kind is TableKind(name)
    if name not in ("journal", "groups", "staff"):  # their rows are read in order of the file in any case
        straight = read(tables.save(tmp_path / "book.xlsx", rows))[1]
        assert [one.title for one in reading.records] == [one.title for one in straight.records]


def test_that_a_plan_of_measures_is_none_of_these_tables(tmp_path: Path) -> None:
    path = road_maps.as_workbook(tmp_path / "plan.xlsx", road_maps.lebedyan())
    assert find_layout(read_tables(path)[0]) is None


def test_that_headings_over_two_rows_with_merged_cells_are_read_as_one(tmp_path: Path) -> None:
    rows = [
        ["Группы участников", "Кол-во участников", "Распределение отметок, %", None, None, None],
        [None, None, 2, 3, 4, 5],
        ["Вся выборка", 1000, 10, 40, 30, 20],
        [tables.OWN, 20, "15,00", "40,00 %", 30, "15\u00a0"],
    ]
    path = tables.save(tmp_path / "ВПР 2024 Математика 5 класс.xlsx", rows, merged=("A1:A2", "B1:B2", "C1:F1"))
    record = the_record(path)
    assert [record.value(f"mark_{mark}") for mark in (2, 3, 4, 5)] == [3, 8, 6, 3]
    assert record.title == "Математика, 5 класс, 2024 г."


def test_that_a_regional_table_gives_only_the_rows_of_the_school(tmp_path: Path) -> None:
    heads = ["Год", "Класс", "Предмет", "Муниципалитет", "ОО", "Логин", "Кол-во участников", 2, 3, 4, 5]
    rows = [
        heads,
        [2024, 5, "Математика", "Лесной район", "МАОУ «Лесная СОШ»", "edu720001", 20, 3, 8, 6, 3],
        [2024, 5, "Математика", "Лесной район", "МБОУ СОШ № 2", "edu720002", 30, 9, 9, 6, 6],
        [2024, 6, "Русский язык", "Лесной район", "МАОУ «Лесная СОШ»", "edu720001", 18, 2, 8, 6, 2],
    ]
    kind, reading = read(tables.save(tmp_path / "region.xlsx", rows))
    assert kind is TableKind.MARKS
    assert [one.title for one in reading.records] == ["Математика, 5 класс, 2024 г.", "Русский язык, 6 класс, 2024 г."]


@pytest.mark.parametrize(
    ("values", "people", "parts", "doubt"),
    [
        ((15, 40, 30, 15), 20, (3, 8, 6, 3), ""),
        (("14.29", "42.86", "28.57", "14.29"), 7, (1, 3, 2, 1), ""),
        (("0.15", "0.4", "0.3", "0.15"), 20, (3, 8, 6, 3), ""),
        ((3, 8, 6, 3), 20, (3, 8, 6, 3), ""),
        ((3, 8, 6, 3), None, (3, 8, 6, 3), ""),
        ((15, 40, 30, 15), None, (15, 40, 30, 15), "percent_or_people"),
        (("14.3", "42.9", "28.6", "14.2"), None, (None,) * 4, "percent_alone"),
        ((17, 38, 30, 15), 20, (3, 8, 6, 3), "percent_not_whole"),
        ((15, 40, 30, 15), 700_000, (105_000, 280_000, 210_000, 105_000), "percent_not_whole"),
        (("10.5", "20.5", "20.5", "10.1"), 20, (None,) * 4, "percent_sum"),
        ((3, 8, 6, 5), 20, (3, 8, 6, 5), "marks_exceed"),
        ((3, 8, 6, 1), 20, (3, 8, 6, 1), "marks_below"),
        ((-3, 8, 6, 9), 20, (None,) * 4, "negative"),
    ],
)
def test_that_people_are_counted_from_percents_only_where_they_are_whole(
    values: tuple[Any, ...], people: int | None, parts: tuple[int | None, ...], doubt: str
) -> None:
    found = counts_of([Decimal(str(value)) for value in values], people)
    assert found.parts == parts
    assert (found.doubt.code if found.doubt else "") == doubt
    assert found.is_sure is (not doubt)


def test_that_a_year_to_come_waits_for_a_person(tmp_path: Path) -> None:
    rows = tables.marks()
    rows[0][0] = "ВПР 2031 Математика 5 класс"
    record = the_record(tables.save(tmp_path / "m.xlsx", rows))
    assert record.stops is not None
    assert record.stops.code == "year_ahead"


def test_that_error_cells_and_uncounted_formulas_are_said(tmp_path: Path) -> None:
    rows = tables.marks()
    rows[-1][2], rows[-1][3] = "#DIV/0!", "=A1*2"
    path = tables.save(tmp_path / "m.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active.cell(len(rows), 3).data_type = "e"
    book.save(path)
    record = the_record(path)
    assert "formula_error" in doubts(record)
    assert record.doubts[0].params["count"] == 2
    assert not all(record.values[name].is_sure for name in ("mark_4", "mark_5"))


def test_that_names_are_compared_without_what_people_type_in_several_ways() -> None:
    assert same_name("Берёзкина - Лесная  О’Анна") == same_name("БЕРЕЗКИНА–ЛЕСНАЯ О'АННА")
    assert same_name("Иванова Анна") != same_name("Иванов Анна")


def test_that_a_name_of_two_hundred_letters_is_read_whole(tmp_path: Path) -> None:
    name = f"{'Я' + 'я' * 98} {'Ж' + 'ж' * 99}"
    rows = [["ФИО", "Должность"], [name, "учитель"]]
    assert the_record(tables.save(tmp_path / "s.xlsx", rows)).value("full_name") == name


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b""), "table.empty_file"),
        (lambda path: path.write_bytes(b"no table at all"), "table.not_workbook"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
            "table.password",
        ),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "table.other_format"),
        (lambda path: tables.save(path, [[None]]), "table.nothing_in_it"),
        (lambda path: tables.save(path, [["x"] * 2_500]), "table.too_large"),
    ],
    ids=["empty", "a letter", "password", "old format", "no cell", "thousands of columns"],
)
def test_that_a_wrong_file_is_refused_by_its_code(tmp_path: Path, make: Any, code: str) -> None:
    path = tmp_path / "book.xlsx"
    make(path)
    with pytest.raises(KnownError) as refused:
        read_tables(path)
    assert refused.value.code == code


def test_that_a_list_of_fifty_thousand_people_is_refused_and_as_many_text_lines_too(tmp_path: Path) -> None:
    line = "Ёлкина Яна Яновна{0};учитель\n"
    text = "ФИО;Должность\n" + "".join(line.format("я" * (at % 7 + 1) + str(at)) for at in range(49_000))
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        read(path)
    assert refused.value.code == "table.too_many_people"
    path.write_text(text * 2, encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        read(path)
    assert refused.value.code == "table.too_large"


def test_that_macros_of_a_file_are_left_out_and_its_cells_read(tmp_path: Path) -> None:
    path = tables.save(tmp_path / "book.xlsm", tables.classes())
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf macros")
    assert len(read(path)[1].records) == 4


def test_that_spoilt_tables_are_read_or_refused_in_words() -> None:
    said = fuzz_school_tables.run(60, seed=3)
    assert said.total() == 60


def test_that_a_counsellor_of_the_director_is_no_director() -> None:
    assert position_of("Директор").value == "director"
    assert position_of("Заместитель директора по УВР").value == "deputy"
    for words in ("Советник директора по воспитанию", "Секретарь директора", "Помощник заместителя директора"):
        found = position_of(words)
        assert found.value == "other"
        assert found.doubt is not None
        assert found.doubt.code == "position_other"
