"""Tables of a school taken in: recognised, compared with what is stored, written as one step, known again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers import school_tables as school_tables_package
from shnor_desktop.importers.f1_writer import f1_bytes
from shnor_desktop.models.results import ResultGroup, ResultScore, ResultSheet, ResultTask
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.table_import import (
    Asked,
    ImportPlan,
    TableKind,
    apply_plan,
    default_choice,
    meanings_of,
    plan_import,
    planning,
    read_table_file,
    remember_layouts,
    with_answers,
    with_layout,
)
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.wording import has_words
from tests.clock import FixedClock
from tests.importers import sample_workbooks
from tests.importers import school_tables as tables
from tests.services.school import make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school of which only its card is known."""
    return make_school_workspace(tmp_path, fixed_clock)


def take(school: Workspace, path: Path) -> ImportPlan:
    plan = plan_import(school, read_table_file(path))
    apply_plan(school, plan, default_choice(plan))
    return plan


def the_sheet(school: Workspace) -> ResultSheet:
    [sheet] = records.rows(school, ResultSheet)
    return sheet


def test_that_six_reports_fill_one_result_beside_each_other(school: Workspace, tmp_path: Path) -> None:
    for name, make in tables.REPORTS.items():
        take(school, tables.save(tmp_path / f"{name}.xlsx", make()))
    sheet = the_sheet(school)
    assert (sheet.procedure, sheet.subject, sheet.grade, sheet.year) == ("vpr", "math", 5, 2024)
    assert (sheet.participants, sheet.mark_2, sheet.mark_3, sheet.mark_4, sheet.mark_5) == (20, 3, 8, 6, 3)
    assert (sheet.lowered, sheet.confirmed, sheet.raised) == (5, 13, 2)
    assert (str(sheet.mean_score), sheet.max_score, sheet.source) == ("3.35", 6, "marks.xlsx")
    done = {task.code: (task.max_score, task.difficulty, task.attempts) for task in records.rows(school, ResultTask)}
    assert done["4К1"] == (3, "advanced", 20)
    skills = {task.code: task.skill for task in records.rows(school, ResultTask)}
    assert (skills["2"], skills["4К1"]) == ("Решать задачи на доли", None)
    assert {one.score: one.pupils for one in records.rows(school, ResultScore)} == {
        0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 3, 6: 2,
    }  # fmt: skip
    groups = {(one.cohort, one.code): (one.pupils, str(one.percent)) for one in records.rows(school, ResultGroup)}
    assert groups["получили «3»", "3.1"] == (8, "55")
    assert len(groups) == 20


def test_that_the_preview_names_the_distribution_and_one_undo_takes_it_back(school: Workspace, tmp_path: Path) -> None:
    plan = take(school, tables.save(tmp_path / "scores.xlsx", tables.scores()))
    assert "распределение первичных баллов: 7" in plan.rows[0].place
    records.undo(school)
    assert records.rows(school, ResultScore) == []


def test_that_a_workbook_of_pupils_gives_scores_and_borders_that_a_report_does_not_replace(
    school: Workspace, tmp_path: Path
) -> None:
    book = sample_workbooks.save(tmp_path / "f1.xlsx", f1_bytes(sample_workbooks.workbook()))
    plan = plan_import(school, read_table_file(book))
    assert "распределение первичных баллов" in plan.rows[0].place
    apply_plan(school, plan, default_choice(plan, confirmed=True))
    before = {one.score: one.pupils for one in records.rows(school, ResultScore)}
    assert sum(count or 0 for count in before.values()) == sum(
        1 for row in sample_workbooks.workbook().rows if row.total is not None
    )
    rows = tables.scores()
    rows[0][0] = "ВПР 2024 Русский язык 5 класс"
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "s.xlsx", rows)))
    assert any("Ф1" in note for note in plan.rows[0].notes)
    apply_plan(school, plan, {row.key: {cell.field for cell in row.cells} for row in plan.rows})
    assert {one.score: one.pupils for one in records.rows(school, ResultScore)} == before
    [sheet] = records.rows(school, ResultSheet)
    assert sheet.mark_3_from is None or sheet.mark_3_from <= (sheet.mark_4_from or 99)


@pytest.mark.parametrize("name", [*tables.REPORTS, "exams", "staff", "classes"])
def test_that_a_second_import_changes_nothing_and_undo_takes_all_back(
    school: Workspace, tmp_path: Path, name: str
) -> None:
    make: Callable[[], list[list[Any]]] = getattr(tables, name)
    path = tables.save(tmp_path / f"{name}.xlsx", make())
    take(school, path)
    again = plan_import(school, read_table_file(path))
    assert not default_choice(again)
    records.undo(school)
    for cls in (ResultSheet, ResultTask, StaffMember, SchoolClass):
        assert records.rows(school, cls) == []
    assert plan_import(school, read_table_file(path)).rows[0].is_new


def test_that_a_typed_figure_is_not_replaced_without_a_tick(school: Workspace, tmp_path: Path) -> None:
    key = {"procedure": "vpr", "subject": "math", "grade": 5, "year": 2024}
    records.begin(school, ResultSheet, {**key, "participants": 20, "mark_2": 4})
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "m.xlsx", tables.marks())))
    cells = {cell.field: cell for cell in plan.rows[0].cells}
    assert (cells["mark_2"].old, cells["mark_2"].new, cells["mark_2"].is_offered) == ("4", "3", False)
    assert "вручную" in cells["mark_2"].note
    apply_plan(school, plan, default_choice(plan))
    assert (the_sheet(school).mark_2, the_sheet(school).mark_3) == (4, 8)
    plan = plan_import(school, read_table_file(tmp_path / "m.xlsx"))
    apply_plan(school, plan, default_choice(plan, overwrite=True))
    assert the_sheet(school).mark_2 == 3


def test_that_a_figure_of_a_workbook_of_pupils_stands_over_a_report(school: Workspace, tmp_path: Path) -> None:
    book = sample_workbooks.save(tmp_path / "f1.xlsx", f1_bytes(sample_workbooks.workbook()))
    plan = plan_import(school, read_table_file(book))
    assert "Учебная школа" in plan.rows[0].stops
    apply_plan(school, plan, default_choice(plan, confirmed=True))
    assert the_sheet(school).dataset
    rows = tables.marks((5, 40, 20, 20, 20))
    rows[0][0] = "ВПР 2024 Русский язык 5 класс"
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "m.xlsx", rows)))
    assert any("Ф1" in cell.note and not cell.is_offered for cell in plan.rows[0].cells)
    assert not default_choice(plan)


def test_that_percents_that_give_no_whole_people_are_asked_about(school: Workspace, tmp_path: Path) -> None:
    path = tables.save(tmp_path / "m.xlsx", tables.marks((20, 17, 38, 30, 15)))
    plan = plan_import(school, read_table_file(path))
    cells = {cell.field: cell for cell in plan.rows[0].cells}
    assert not cells["mark_2"].is_offered
    assert "не получается целое" in " ".join(plan.rows[0].notes)
    apply_plan(school, plan, default_choice(plan))
    assert (the_sheet(school).participants, the_sheet(school).mark_2) == (20, None)


def test_that_the_report_of_another_school_waits_for_a_confirmation(school: Workspace, tmp_path: Path) -> None:
    other = tables.OWN.replace("Лесная", "Степная")
    rows = [[other if cell == tables.OWN else cell for cell in row] for row in tables.marks()]
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "m.xlsx", rows)))
    assert "другой организации" in plan.rows[0].stops
    assert not default_choice(plan)
    with pytest.raises(KnownError, match=r"table\.nothing_chosen"):
        apply_plan(school, plan, {})
    apply_plan(school, plan, default_choice(plan, confirmed=True))
    assert the_sheet(school).mark_2 == 3


def test_that_of_two_schools_in_a_file_the_own_one_is_asked_for(school: Workspace, tmp_path: Path) -> None:
    rows = [row for row in tables.marks() if row[0] != tables.OWN]
    rows += [["МБОУ СОШ № 1", 20, 15, 40, 30, 15], ["МБОУ СОШ № 2", 30, 10, 40, 30, 20]]
    file = read_table_file(tables.save(tmp_path / "m.xlsx", rows))
    [question] = plan_import(school, file).questions
    assert (question.name, [code for code, _ in question.options]) == ("own", ["МБОУ СОШ № 1", "МБОУ СОШ № 2"])
    plan = plan_import(school, with_answers(file, {0: Asked(own="МБОУ СОШ № 2")}))
    apply_plan(school, plan, default_choice(plan))
    assert the_sheet(school).participants == 30


def test_that_what_the_title_does_not_say_is_asked(school: Workspace, tmp_path: Path) -> None:
    file = read_table_file(tables.save(tmp_path / "m.xlsx", tables.marks()[2:]))
    assert [one.name for one in plan_import(school, file).questions] == ["subject", "grade", "year"]
    plan = plan_import(school, with_answers(file, {0: Asked(subject="math", grade=5, year=2024)}))
    assert [row.title for row in plan.rows] == ["Математика, 5 класс, 2024 г."]


def test_that_exams_of_two_years_come_out_of_one_table(school: Workspace, tmp_path: Path) -> None:
    take(school, tables.save(tmp_path / "exams.xlsx", tables.exams()))
    found = {(one.procedure, one.subject, one.year): one for one in records.rows(school, ResultSheet)}
    assert set(found) == {
        ("oge", "russian", 2024), ("oge", "math", 2024), ("ege", "math", 2024), ("ege", "math_base", 2024),
        ("oge", "russian", 2023),
    }  # fmt: skip
    profile = found["ege", "math", 2024]
    assert (profile.grade, profile.participants, profile.mark_2, str(profile.mean_score)) == (11, 5, 1, "48.4")
    assert found["ege", "math_base", 2024].mark_3 == 2


def test_that_a_staff_list_is_read_with_what_is_doubted(school: Workspace, tmp_path: Path) -> None:
    plan = take(school, tables.save(tmp_path / "staff.xlsx", tables.staff()))
    people = {one.full_name: one for one in records.rows(school, StaffMember)}
    assert sorted(people) == [
        "Берёзкина-Лесная Анна Петровна", "Дубов Пётр Иванович", "О'Коннор Мария Ивановна", "Соснова Ольга Олеговна",
    ]  # fmt: skip
    maria = people["О'Коннор Мария Ивановна"]
    assert (maria.position, maria.subjects, maria.category, maria.birth_year) == ("teacher", ["math"], "first", 1975)
    assert (maria.last_training, maria.training_hours, str(maria.workload)) == ("2022-03-31", 36, "22.5")
    said = " ".join(note for row in plan.rows for note in row.notes)
    for words in ("«вторая» — такой категории нет", "робототехника", "библиотекарь", "это ставка", "«2021» — не дата"):
        assert words in said
    assert any("вакансии" in note for note in plan.notes)


def test_that_a_person_is_known_again_whatever_the_spelling(school: Workspace, tmp_path: Path) -> None:
    take(school, tables.save(tmp_path / "staff.xlsx", tables.staff()))
    heads = ["Фамилия", "Имя", "Отчество", "Должность", "Год рождения"]
    anna = ["БЕРЕЗКИНА – ЛЕСНАЯ", "АННА", "ПЕТРОВНА", "учитель", 1980]
    rows = [heads, anna, ["О’Коннор", "М.", "И.", "учитель", None]]
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "other.xlsx", rows)))
    assert [row.words for row in plan.rows] == ["уже есть, без изменений"] * 2
    rows = [heads, ["Соснова", "Ольга", "Олеговна", "учитель", 1960]]
    plan = plan_import(school, read_table_file(tables.save(tmp_path / "namesake.xlsx", rows)))
    assert "1990 года рождения" in plan.rows[0].stops


def test_that_classes_are_read_and_pupils_counted(school: Workspace, tmp_path: Path) -> None:
    take(school, tables.save(tmp_path / "classes.xlsx", tables.classes()))
    found = {(one.grade, one.letter): one.pupils for one in records.rows(school, SchoolClass)}
    assert found == {(1, "А"): 18, (5, "Б"): 21, (9, "А"): 12, (11, None): 7}
    pupils = [["ФИО", "Класс"], ["Учеников Ян", "5Б"], ["Учеников Яр", "5 Б"], ["Ученикова Яна", "6в"]]
    plan = take(school, tables.save(tmp_path / "pupils.xlsx", pupils))
    assert [row.title for row in plan.rows] == ["5Б класс", "6В класс"]
    assert not any("Учеников" in str(row) for row in plan.rows)


def test_that_a_text_file_of_windows_is_read(school: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "kadry.csv"
    path.write_bytes("Сотрудник;Должность;Стаж пед.\r\nЁлкина Яна Яновна;учитель физики;7\r\n".encode("cp1251"))
    take(school, path)
    [person] = records.rows(school, StaffMember)
    assert (person.full_name, person.subjects, person.experience) == ("Ёлкина Яна Яновна", ["physics"], 7)


def test_that_a_mended_mapping_is_remembered_by_its_headings(school: Workspace, tmp_path: Path) -> None:
    rows = [["Кто", "Кем работает", "Лет в школе"], ["Ёлкина Яна Яновна", "учитель физики", 7]]
    path = tables.save(tmp_path / "odd.xlsx", rows)
    file = read_table_file(path)
    assert not file.is_recognised
    with pytest.raises(KnownError, match=r"table\.not_recognised"):
        plan_import(school, file)
    file = with_layout(file, 0, TableKind.STAFF, 0)
    layout = file.layouts[0]
    assert layout is not None
    mended = replace(layout, meanings=("full_name", "position", "experience"))
    file = replace(file, layouts=(mended,))
    plan = plan_import(school, file)
    assert plan.rows[0].title == "Ёлкина Яна Яновна"
    remember_layouts(file)
    again = read_table_file(path)
    assert (again.is_recognised, again.is_remembered) == (True, True)
    assert plan_import(school, again).rows[0].title == "Ёлкина Яна Яновна"


def test_that_of_two_rows_about_one_result_one_waits(school: Workspace, tmp_path: Path) -> None:
    rows = tables.exams()
    rows.insert(5, [None, "ЕГЭ", "Математика (базовая)", 7, 0, 2, 3, 2, None, None])
    plan = take(school, tables.save(tmp_path / "exams.xlsx", rows))
    [twin] = [row for row in plan.rows if row.stops]
    assert "уже было" in twin.stops
    assert len(default_choice(plan, confirmed=True)) == len(plan.rows) - 1


def test_that_a_list_of_one_hundred_and_fifty_is_one_step(school: Workspace, tmp_path: Path) -> None:
    heads = ["Фамилия", "Имя", "Отчество", "Должность", "Год рождения", "Категория"]
    rows = [heads, *[[f"Педагогова{'а' * at}", "Яна", "Яновна", "учитель", 1980, "первая"] for at in range(150)]]
    plan = take(school, tables.save(tmp_path / "staff.xlsx", rows))
    assert len(plan.rows) == len(records.rows(school, StaffMember)) == 150
    assert records.undoable(school) == "загружен список педагогов: 150\u00a0педагогов"


def test_that_every_kind_column_and_doubt_has_its_words() -> None:
    package = Path(school_tables_package.__file__).parent
    sources = [*package.glob("*.py"), *Path(planning.__file__).parent.glob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    doubts = set(re.findall(r'Doubt\(\s*"(\w+)"', code)) | {"marks_exceed", "marks_below", "only_month", "serial_day"}
    wanted = {f"table_doubt.{code}" for code in doubts} | set(re.findall(r'phrase\(\s*"(table_\w+\.\w+)"', code))
    wanted |= set(re.findall(r'KnownError\(\s*"(table\.\w+)"', code))
    wanted |= {f"table_kind.{kind}" for kind in (*TableKind, "f1")}
    wanted |= {f"table_column.{meaning}" for kind in TableKind for meaning in meanings_of(kind)}
    assert not {code for code in wanted if not has_words(code)}
