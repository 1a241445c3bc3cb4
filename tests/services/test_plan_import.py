"""A road map out of a file: previewed, added as one step, taken back, known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import Column, ColumnKind
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import plan_import, records
from shnor_desktop.services.plan_import import add_measures, find_measures, read_again, read_plan_file
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.importers import road_maps
from tests.importers.road_maps import Drawn, as_document, as_workbook
from tests.services.school import make_school_workspace

HEAD = ("№", "Мероприятия", "Сроки", "Ответственные")


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school of which only its card is known, with a programme of 2024."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    ensure_programme(workspace)
    return workspace


def measures(workspace: Workspace) -> list[Measure]:
    return sorted(records.rows(workspace, Measure), key=lambda item: item.position or "")


def drawn(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    return as_workbook(tmp_path / "plan.xlsx", Drawn([HEAD, *rows]))


def test_that_a_plan_is_added_as_one_step_and_taken_back_as_one(school: Workspace, tmp_path: Path) -> None:
    file = read_plan_file(as_document(tmp_path / "plan.docx", road_maps.lebedyan()))
    found = find_measures(school, file)
    assert all(measure.is_offered for measure in found)
    done = add_measures(school, file, found)
    assert done.operation == "загружена дорожная карта: 31\u00a0мероприятие"
    assert len(measures(school)) == 31
    assert records.undoable(school) == done.operation
    records.undo(school)
    assert measures(school) == []
    records.redo(school)
    assert len(measures(school)) == 31


def test_that_the_words_of_the_file_stand_in_their_fields(school: Workspace, tmp_path: Path) -> None:
    file = read_plan_file(as_workbook(tmp_path / "plan.xlsx", *road_maps.tambov()))
    add_measures(school, file, find_measures(school, file))
    stored = {item.title: item for item in measures(school)}
    row = stored["Мониторинг локальных актов организаций"]
    assert (row.deadline, row.owner_text, row.expected) == (
        "Ежегодно в сентябре",
        "Управление образования",
        "Аналитическая справка",
    )
    assert row.due_on == "2024-09-30"
    assert row.state == "planned"
    assert row.note == "Из файла «plan.xlsx»: № 1.5, раздел «1. Организационные механизмы»."
    assert [item.title for item in measures(school)][:2] == [
        "Перечень школ для ресурсной поддержки",
        "Перечень площадок успешной практики",
    ]


def test_that_a_deadline_that_is_not_understood_gives_no_date(school: Workspace, tmp_path: Path) -> None:
    file = read_plan_file(drawn(tmp_path, ("1", "Опрос", "как получится", "Завуч"), ("2", "Отчёт", "", "Завуч")))
    found = find_measures(school, file)
    assert [measure.is_understood for measure in found] == [False, False]
    add_measures(school, file, found)
    assert [(item.deadline, item.due_on) for item in measures(school)] == [("как получится", None), (None, None)]


def test_that_what_is_there_already_is_left_out_unless_asked_for(school: Workspace, tmp_path: Path) -> None:
    rows = (("1", "Опрос родителей", "май", "Завуч"), ("2", "Итоговый отчёт", "май", "Завуч"))
    first = read_plan_file(drawn(tmp_path, *rows))
    add_measures(school, first, find_measures(school, first)[:1])
    again = find_measures(school, first)
    assert [(one.is_there, one.is_offered) for one in again] == [(True, False), (False, True)]
    other_number = read_plan_file(drawn(tmp_path, ("7", "Опрос родителей", "май", "Завуч"), rows[1]))
    assert not find_measures(school, other_number)[0].is_there
    add_measures(school, first, again)
    assert len(measures(school)) == 3


def test_that_task_and_stage_are_given_to_all(school: Workspace, tmp_path: Path) -> None:
    places = plan_import.plan_places(school)
    file = read_plan_file(drawn(tmp_path, ("1", "Опрос", "май", "Завуч"), ("2", "Отчёт", "май", "Завуч")))
    stage = places.stages[1][0]
    task = places.tasks[0][0] if places.tasks else ""
    add_measures(school, file, find_measures(school, file), task, stage)
    assert {(item.stage, item.task or "") for item in measures(school)} == {(stage, task)}


def test_that_stages_may_follow_the_dates(school: Workspace, tmp_path: Path) -> None:
    rows = (("1", "Опрос", "март-апрель", "Завуч"), ("2", "Отчёт", "декабрь", "Завуч"), ("3", "Совет", "", "Завуч"))
    file = read_plan_file(drawn(tmp_path, *rows))
    add_measures(school, file, find_measures(school, file), "", plan_import.BY_DATES)
    stages = {stage.id: stage for stage in school.pack.stages}
    found = [item.stage for item in measures(school)]
    assert found[2] is None
    assert [
        stages[stage].start <= day <= stages[stage].end
        for stage, day in zip(found[:2], (date(2024, 3, 1), date(2024, 12, 1)), strict=True)
        if stage
    ] == [True, True]


def test_that_a_heading_called_as_a_section_of_the_methodology_gives_the_section(
    school: Workspace, tmp_path: Path
) -> None:
    section = school.pack.directions[1]
    heads = [(words, "", "", "") for words in (f"1. {section.title}", "2. Своё дело школы")]
    file = read_plan_file(
        drawn(tmp_path, heads[0], ("1.1", "Опрос", "май", ""), heads[1], ("2.1", "Беседа", "июнь", ""))
    )
    assert [row.section for row in file.plan.rows] == [head[0] for head in heads]
    add_measures(school, file, find_measures(school, file))
    stored = {item.title: item.direction for item in measures(school)}
    assert stored["Опрос"] == section.code
    assert stored["Беседа"] is None


def test_that_an_executor_of_the_staff_list_becomes_the_owner(school: Workspace, tmp_path: Path) -> None:
    for name, position in (("Образцова Анна Ивановна", "director"), ("Примерова Вера Петровна", "deputy")):
        records.begin(school, StaffMember, {"full_name": name, "position": position})
    rows = (
        ("1", "Опрос", "май", "Директор"),
        ("2", "Отчёт", "май", "Примерова В.П., Управление образования"),
        ("3", "Совет", "май", "Управление образования"),
    )
    found = find_measures(school, read_plan_file(drawn(tmp_path, *rows)))
    assert [measure.owner for measure in found] == ["Образцова Анна Ивановна", "Примерова Вера Петровна", ""]
    assert found[1].values["owner_text"] == "Примерова В.П., Управление образования"


def test_that_accepted_repairs_are_written_and_refused_ones_are_not(school: Workspace, tmp_path: Path) -> None:
    file = read_plan_file(drawn(tmp_path, ("1", "Школы, демонстри рующие рост", "май", "Завуч")))
    assert find_measures(school, file)[0].values["title"] == "Школы, демонстри рующие рост"
    assert find_measures(school, file, {0: [0]})[0].values["title"] == "Школы, демонстрирующие рост"


def test_that_words_that_do_not_fit_go_to_the_note_or_are_refused(school: Workspace, tmp_path: Path) -> None:
    rows = (
        ("1", " ".join(["слово"] * 110), "май", "Завуч"),
        ("2", " ".join(["слово"] * 17_000), "май", "Завуч"),
        ("3", "Отчёт", "май", "Завуч"),
    )
    found = find_measures(school, read_plan_file(as_document(tmp_path / "plan.docx", Drawn([HEAD, *rows]))))
    assert len(str(found[0].values["title"])) <= 500
    assert "продолжение: слово" in str(found[0].values["note"])
    assert found[0].notes
    assert found[1].refusal
    add_measures(school, read_plan_file(tmp_path / "plan.docx"), found)
    assert len(measures(school)) == 2


def test_that_a_row_written_twice_is_offered_once(school: Workspace, tmp_path: Path) -> None:
    row = ("Проведение мониторинга качества подготовки", "май", "Завуч")
    found = find_measures(school, read_plan_file(drawn(tmp_path, ("1", *row), ("2", *row))))
    assert [measure.is_offered for measure in found] == [True, False]


def test_that_hundreds_of_measures_keep_their_order_and_leave_room_after_them(
    school: Workspace, tmp_path: Path
) -> None:
    rows = [(str(at), f"Мероприятие недели {at}", "май", "Завуч") for at in range(1, 401)]
    file = read_plan_file(drawn(tmp_path, *rows))
    add_measures(school, file, find_measures(school, file))
    more = read_plan_file(drawn(tmp_path, ("1", "Ещё одно дело", "май", "Завуч")))
    add_measures(school, more, find_measures(school, more))
    assert [item.title for item in measures(school)] == [*(row[1] for row in rows), "Ещё одно дело"]
    assert max(len(item.position or "") for item in measures(school)) < 10


def test_that_nothing_chosen_is_said(school: Workspace, tmp_path: Path) -> None:
    file = read_plan_file(drawn(tmp_path, ("1", "Опрос", "май", "Завуч")))
    with pytest.raises(KnownError) as caught:
        add_measures(school, file, ())
    assert caught.value.code == "road_map.nothing_chosen"


def test_that_a_programme_is_begun_if_there_is_none(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    file = read_plan_file(drawn(tmp_path, ("1", "Опрос", "май", "Завуч")))
    add_measures(workspace, file, find_measures(workspace, file))
    assert [item.title for item in measures(workspace)] == ["Опрос"]
    assert measures(workspace)[0].due_on == date(2024, 5, 31).isoformat()


def test_that_mended_columns_are_remembered_for_the_next_file(tmp_path: Path) -> None:
    table = Drawn([("№", "Мероприятия", "Сроки", "Кабинет"), ("1", "Опрос", "май", "Завуч")])
    file = read_plan_file(as_workbook(tmp_path / "first.xlsx", table))
    columns = (*file.layouts[0].columns[:3], Column(ColumnKind.EXECUTORS, "Кабинет"))
    mended = read_again(file, [replace(file.layouts[0], columns=columns)])
    assert mended.plan.rows[0].executors == ("Завуч",)
    plan_import.remember_layouts(mended)
    again = read_plan_file(as_document(tmp_path / "second.docx", table))
    assert again.is_remembered
    assert again.plan.rows[0].executors == ("Завуч",)


def test_that_a_damaged_memory_of_columns_harms_nothing(tmp_path: Path, own_folders: Path) -> None:
    own_folders.mkdir(parents=True, exist_ok=True)
    file = drawn(tmp_path, ("1", "Опрос", "май", "Завуч"))
    for content in ("{", "[]", '{"layouts": {"№|мероприятия|сроки|ответственные": {"kinds": ["x"], "skip": "1"}}}'):
        (own_folders / "plan_layouts.json").write_text(content, "utf-8")
        assert not read_plan_file(file).is_remembered
