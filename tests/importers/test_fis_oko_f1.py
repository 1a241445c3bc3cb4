"""Reading «Ф1 Индивидуальные результаты»: what is read, what is remarked on, what is refused."""

from __future__ import annotations

import re
import tempfile
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.domain.results import ResultWorkbook, aggregate
from shnor_desktop.importers.f1_writer import f1_bytes, write_f1
from shnor_desktop.importers.fis_oko_f1 import read_f1
from tests.importers.sample_workbooks import (
    CODE_COLUMN,
    FIRST_PUPIL_ROW,
    HEADER_ROW,
    column,
    edited,
    workbook,
)

WORDS = Path(__file__).parents[2] / "resources" / "i18n" / "ru" / "results.toml"


def read_one(path: Path) -> ResultWorkbook:
    (found,) = read_f1(path)
    return found


def warning_codes(found: ResultWorkbook) -> list[str]:
    return [warning.code for warning in found.warnings]


def refusal(path: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_f1(path)
    return caught.value


def code_of_reading(path: Path) -> str:
    """The code of the refusal, empty if the file was read."""
    try:
        aggregate(read_one(path))
    except KnownError as error:
        return error.code
    return ""


def test_that_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "Ф1.xlsx"
    write_f1(path, workbook())
    found = read_one(path)
    assert replace(found, warnings=()) == workbook()
    assert warning_codes(found) == ["results.no_marks"]
    assert list(tmp_path.iterdir()) == [path]


def test_that_the_same_results_give_the_same_file() -> None:
    assert f1_bytes(workbook()) == f1_bytes(workbook())


def test_that_columns_are_found_by_their_headings_wherever_they_stand(tmp_path: Path) -> None:
    def move_marks_to_the_front(sheet: Any) -> None:
        sheet.insert_cols(1, 2)
        last = sheet.max_column
        for row in range(HEADER_ROW, sheet.max_row + 1):
            for target, source in ((1, last), (2, last - 1)):
                sheet.cell(row, target).value = sheet.cell(row, source).value
        sheet.delete_cols(last - 1, 2)

    found = read_one(edited(tmp_path / "x.xlsx", move_marks_to_the_front))
    assert found.rows == workbook().rows


def test_that_latin_k_in_task_codes_becomes_cyrillic_with_a_warning(tmp_path: Path) -> None:
    def latinise(sheet: Any) -> None:
        for cell in sheet[HEADER_ROW]:
            cell.value = re.sub("К(?=[12] )", "K", cell.value)

    found = read_one(edited(tmp_path / "x.xlsx", latinise))
    assert [task.code for task in found.tasks] == ["1К1", "1К2", "9.1", "9.2"]
    assert "results.latin_letters" in warning_codes(found)


@pytest.mark.parametrize("text", ["X", "Х", "х", "-", "—", "НЕТ ОТМЕТКИ", "нет отметки", None])
def test_that_every_spelling_of_no_mark_is_no_mark(tmp_path: Path, text: str | None) -> None:
    def blank_mark(sheet: Any) -> None:
        sheet.cell(FIRST_PUPIL_ROW, column(sheet, "Отметка")).value = text

    found = read_one(edited(tmp_path / "x.xlsx", blank_mark))
    assert found.rows[0].mark is None
    assert aggregate(found).overall.no_mark == 2


def test_that_fewer_rows_than_declared_is_a_warning_with_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_f1(path, replace(workbook(), declared_participants=9))
    found = read_one(path)
    assert found.declared_participants == 9
    (warning,) = [warning for warning in found.warnings if warning.code == "results.declared_differs"]
    assert warning.params == {"declared": 9, "rows": 6}


@pytest.mark.parametrize(
    ("text", "subject", "code"),
    [
        ("МА", "Математика", "math"),
        ("русский  ЯЗЫК", "Русский язык", "russian"),
        ("Физика (базовый уровень)", "Физика (базовый уровень)", "physics"),
        ("Родной язык", "Родной язык", ""),
        ("77", "77", ""),
    ],
)
def test_that_a_subject_is_recognised_or_kept_verbatim(tmp_path: Path, text: str, subject: str, code: str) -> None:
    path = tmp_path / "x.xlsx"
    write_f1(path, replace(workbook(), subject=text))
    found = read_one(path)
    assert (found.subject, found.subject_code) == (subject, code)
    assert ("results.unknown_subject" in warning_codes(found)) is (code == "")


@pytest.mark.parametrize("title", ["ВПР 2023. Химия, 8 класс", "впр 2023  Химия 8  класс", "ВПР 2023 8 класс"])
def test_that_the_title_gives_year_and_grade_in_its_spellings(tmp_path: Path, title: str) -> None:
    found = read_one(edited(tmp_path / "x.xlsx", lambda sheet: sheet.__setitem__("A1", title)))
    assert (found.year, found.grade, found.subject) == (2023, 8, "Русский язык")


def test_that_the_subject_is_taken_from_the_title_where_its_row_is_gone(tmp_path: Path) -> None:
    def rename(sheet: Any) -> None:
        sheet["A1"], sheet["A3"], sheet["B3"] = "ВПР 2023. Химия, 8 класс", None, None

    assert read_one(edited(tmp_path / "x.xlsx", rename)).subject_code == "chemistry"


def test_that_a_total_unlike_the_sum_is_a_warning_with_its_row(tmp_path: Path) -> None:
    def raise_total(sheet: Any) -> None:
        sheet.cell(FIRST_PUPIL_ROW + 1, column(sheet, "Первичный балл")).value = 9

    found = read_one(edited(tmp_path / "x.xlsx", raise_total))
    (warning,) = [warning for warning in found.warnings if warning.code == "results.sum_differs"]
    assert warning.params == {"count": 1, "row": FIRST_PUPIL_ROW + 1}


def test_that_two_subjects_in_one_file_are_both_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_saved(tmp_path / "one.xlsx"))
    book.active.title = "Индивидуальные результаты"
    twin = book.copy_worksheet(book.active)
    twin.title = "2 Индивидуальные результаты"
    twin["A1"], twin["B3"] = "ВПР 2024 Математика 6 класс", "Математика"
    book.save(tmp_path / "two.xlsx")
    assert [(found.subject, found.grade) for found in read_f1(tmp_path / "two.xlsx")] == [
        ("Русский язык", 5),
        ("Математика", 6),
    ]


def test_that_totals_and_empty_rows_below_the_pupils_are_passed_over(tmp_path: Path) -> None:
    def add_totals(sheet: Any) -> None:
        sheet.cell(sheet.max_row + 2, CODE_COLUMN).value = "Итого"
        sheet.cell(sheet.max_row, column(sheet, "Первичный балл")).value = 27

    assert read_one(edited(tmp_path / "x.xlsx", add_totals)).rows == workbook().rows


def _saved(path: Path) -> Path:
    write_f1(path, workbook())
    return path


def put(row: int, heading: str, value: object) -> Any:
    def edit(sheet: Any) -> None:
        sheet.cell(row, column(sheet, heading)).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "code", "params"),
    [
        (put(FIRST_PUPIL_ROW + 2, "1К1 (4б)", 5), "results.score_above_max", {"row": 11, "column": "1К1", "max": 4}),
        (put(FIRST_PUPIL_ROW, "Первичный балл", 11), "results.score_above_max", {"row": 9, "max": 10}),
        (put(FIRST_PUPIL_ROW, "1К1 (4б)", 1.5), "results.bad_value", {"row": 9, "column": "1К1"}),
        (put(FIRST_PUPIL_ROW, "1К1 (4б)", -1), "results.bad_value", {"row": 9, "value": "-1"}),
        (put(FIRST_PUPIL_ROW, "Отметка", 6), "results.bad_value", {"row": 9, "column": "Отметка"}),
        (put(FIRST_PUPIL_ROW, "Отметка", "зачёт"), "results.bad_value", {"row": 9, "value": "зачёт"}),
        (put(FIRST_PUPIL_ROW, "Код участника", "Фамилия Имя"), "results.personal_names", {"row": 9}),
        (put(FIRST_PUPIL_ROW, "Код участника", "Фамилия И.О."), "results.personal_names", {"row": 9}),
        (put(FIRST_PUPIL_ROW, "Код участника", "1 Фамилия"), "results.personal_names", {"row": 9}),
        (put(FIRST_PUPIL_ROW, "Класс", "Фамилия Имя Отчество"), "results.personal_names", {"column": "Класс"}),
        (put(FIRST_PUPIL_ROW, "Код участника", None), "results.no_code", {"row": 9}),
        (put(FIRST_PUPIL_ROW, "ОО", "edu999999"), "results.several_schools", {"count": 2}),
        (put(HEADER_ROW, "Код участника", "Номер"), "results.no_columns", {"columns": "«Код участника»"}),
        (put(HEADER_ROW, "Отметка", "Оценка"), "results.no_columns", {"columns": "«Отметка»"}),
        (put(HEADER_ROW, "1К2 (3б)", "1K1 (4б)"), "results.twin_column", {"column": "1K1 (4б)"}),
        (lambda sheet: sheet.delete_cols(7, 4), "results.no_tasks", {}),
        (lambda sheet: sheet.delete_rows(1), "results.no_title", {}),
        (lambda sheet: sheet.delete_rows(HEADER_ROW), "results.no_columns", {}),
        (lambda sheet: sheet.delete_rows(FIRST_PUPIL_ROW, 99), "results.no_rows", {}),
        (lambda sheet: sheet.__setitem__("B4", "много"), "results.bad_max_score", {"value": "много"}),
    ],
)
def test_that_a_workbook_with_a_fault_is_refused_with_its_place(
    tmp_path: Path, edit: Any, code: str, params: dict[str, object]
) -> None:
    error = refusal(edited(tmp_path / "x.xlsx", edit))
    assert error.code == code
    assert params.items() <= error.params.items()
    assert error.params["file"] == "x.xlsx"


def test_that_a_refused_name_is_not_repeated_in_the_error(tmp_path: Path) -> None:
    error = refusal(edited(tmp_path / "x.xlsx", put(FIRST_PUPIL_ROW, "Код участника", "Канарейкина Анна")))
    assert "Канарейкина" not in str(error)


def test_that_another_workbook_is_not_taken_for_f1(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Группы участников", "Кол-во участников", 2, 3, 4, 5])
    book.save(tmp_path / "x.xlsx")
    assert refusal(tmp_path / "x.xlsx").code == "results.not_f1"


def test_that_two_thousand_pupils_are_read_within_seconds(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_f1(path, workbook(2_000))
    start = time.perf_counter()
    found = read_one(path)
    assert len(found.rows) == 2_000
    assert time.perf_counter() - start < 5


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.sampled_from(["Х", "Отметка", "1 (2б)", "=1+1", "Предмет", "ВПР 2024 ", "a" * 600, "\ud800", "5 класс"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=st.lists(st.tuples(st.integers(1, 16), st.integers(1, 15), CELLS), min_size=1, max_size=5))
def test_that_any_cell_values_are_read_or_refused_in_words(places: list[tuple[int, int, object]]) -> None:
    def scatter(sheet: Any) -> None:
        for row, place, value in places:
            try:
                sheet.cell(row, place).value = value
            except (ValueError, UnicodeError, openpyxl.utils.exceptions.IllegalCharacterError):
                sheet.cell(row, place).value = None  # not a value a workbook can hold, and openpyxl leaves it half set

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        try:
            edited(path, scatter)
        except (UnicodeEncodeError, OverflowError, ValueError):
            return
        code = code_of_reading(path)
        assert code == "" or code.startswith("results.")


def test_that_every_code_has_words_and_every_parameter_of_them_is_given() -> None:
    words = tomllib.loads(WORDS.read_text("utf-8"))
    package = Path(__file__).parents[2] / "shnor_desktop"
    sources = [*package.glob("importers/*.py"), *package.glob("services/result*.py")]
    sources.append(package / "domain" / "results_dataset.py")
    used = {code for source in sources for code in re.findall(r'"(results\.\w+)"', source.read_text("utf-8"))}
    figures = {code for code in used if any(name.startswith(code) for name in known_metric_names())}
    assert used - figures == set(words)
    assert all(set(entry) == {"what", "means", "do"} for entry in words.values())
