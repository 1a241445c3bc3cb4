"""Workbooks of results enter as one step, once, and leave the store as it was when they are not sound."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.f1_writer import f1_bytes, write_f1
from shnor_desktop.models.results import ResultSheet, ResultTask
from shnor_desktop.services import records, results
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.wording import has_words
from tests.clock import FixedClock
from tests.importers.sample_workbooks import edited, workbook
from tests.services.school import make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_school_workspace(tmp_path, fixed_clock)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ВПР 5 русский.xlsx"
    write_f1(path, workbook(24))
    return path


def _state(workspace: Workspace) -> tuple[str, int]:
    with workspace.reading() as reader:
        return reader.projection_digest(workspace.school), reader.batch_count(workspace.school)


def test_that_a_workbook_becomes_a_sheet_with_its_tasks_and_dataset(school: Workspace, file: Path) -> None:
    imported = results.import_workbook(school, file)
    assert imported.words.endswith("2024 г.")
    assert not imported.words.endswith("..")
    [sheet] = records.rows(school, ResultSheet)
    assert (sheet.procedure, sheet.subject, sheet.grade, sheet.year) == ("vpr", "russian", 5, 2024)
    assert (sheet.participants, sheet.mark_2, sheet.mark_3, sheet.mark_4, sheet.mark_5) == (20, 4, 4, 8, 4)
    assert (sheet.lowered, sheet.confirmed, sheet.raised) == (8, 8, 4)
    assert sheet.source == file.name
    assert sheet.mean_score == Decimal("6.4")
    assert {task.code for task in records.rows(school, ResultTask)} == {"1К1", "1К2", "9.1", "9.2"}
    with school.reading() as reader:
        assert reader.records.blob(school.school, sheet.dataset or "") is not None
        assert reader.records.blobs(school.school) == [(sheet.dataset, "dataset")]
    assert imported.done.changed


def test_that_the_summary_is_what_the_command_line_prints(school: Workspace, file: Path) -> None:
    summary = results.import_workbook(school, file).preview.json
    assert isinstance(summary, dict)
    assert {name: summary[name] for name in ("grade", "year", "participants", "tasks", "max_score", "no_mark")} == {
        "grade": 5, "year": 2024, "participants": 24, "tasks": 4, "max_score": 10, "no_mark": 4,
    }  # fmt: skip
    assert summary["marks"] == {"2": 4, "3": 4, "4": 8, "5": 4}
    assert all(set(warning) == {"code", "message"} for warning in summary["warnings"])


def test_that_the_same_file_again_changes_nothing_and_says_so(school: Workspace, file: Path) -> None:
    results.import_workbook(school, file)
    before = _state(school)
    renamed = file.with_name("копия.xlsx")
    renamed.write_bytes(file.read_bytes())
    for path in (file, renamed):
        again = results.import_workbook(school, path)
        assert not again.done.changed
        assert again.preview.is_unchanged
        assert "уже загружен" in again.words
    assert _state(school) == before


def test_that_ctrl_z_takes_a_whole_import_back_and_the_file_can_come_again(school: Workspace, file: Path) -> None:
    results.import_workbook(school, file)
    undone = records.undo(school)
    assert undone is not None
    assert records.rows(school, ResultSheet) == []
    assert records.rows(school, ResultTask) == []
    results.import_workbook(school, file)
    assert len(records.rows(school, ResultTask)) == 4


def test_that_a_preview_shows_old_and_new_figures_and_writes_nothing(school: Workspace, file: Path) -> None:
    results.import_workbook(school, file)
    before = _state(school)
    changed = file.with_name("новая.xlsx")
    write_f1(changed, workbook(12))
    [preview] = results.preview_workbook(school, changed).workbooks
    assert not preview.is_new
    assert ("participants", "20", "10") in [(c.field, c.old, c.new) for c in preview.changes]
    assert _state(school) == before


def test_that_tasks_which_a_newer_workbook_lacks_disappear(school: Workspace, file: Path) -> None:
    results.import_workbook(school, file)
    sample = workbook(24)
    rows = tuple(replace(row, scores=row.scores[:3], total=None) for row in sample.rows)
    shorter = file.with_name("короче.xlsx")
    write_f1(shorter, replace(sample, tasks=sample.tasks[:3], rows=rows))
    results.import_workbook(school, shorter)
    assert {task.code for task in records.rows(school, ResultTask)} == {"1К1", "1К2", "9.1"}


def test_that_another_login_is_only_a_warning(school: Workspace, file: Path) -> None:
    results.import_workbook(school, file)
    other = file.with_name("чужая.xlsx")
    write_f1(other, replace(workbook(24), school_login="edu729999", grade=6))
    imported = results.import_workbook(school, other)
    assert imported.done.changed
    [preview] = imported.preview.workbooks
    assert "results.other_login" in {warning.code for warning in preview.warnings}


def test_that_the_first_workbook_of_a_school_with_another_name_is_warned_of(school: Workspace, file: Path) -> None:
    [preview] = results.preview_workbook(school, file).workbooks
    assert "results.other_school_name" in {warning.code for warning in preview.warnings}
    named = file.with_name("своя.xlsx")
    write_f1(named, replace(workbook(24), school_name="МАОУ Лесная СОШ"))
    [own] = results.preview_workbook(school, named).workbooks
    assert "results.other_school_name" not in {warning.code for warning in own.warnings}


def test_that_an_unknown_subject_is_kept_verbatim(school: Workspace, file: Path) -> None:
    write_f1(file, replace(workbook(24), subject="Черчение", subject_code=""))
    results.import_workbook(school, file)
    [line] = results.sheets(school)
    assert line.subject == "Черчение"


def _spoil_mark(sheet: object) -> None:
    sheet.cell(9, 12, "9")  # type: ignore[attr-defined]


def test_that_a_bad_workbook_leaves_the_store_unchanged(school: Workspace, tmp_path: Path) -> None:
    before = _state(school)
    bad = tmp_path / "плохая.xlsx"
    contents = {
        "results.not_workbook": b"%PDF-1.4 not a workbook at all",
        "results.empty_file": b"",
        "results.damaged": f1_bytes(workbook())[:2000],
    }
    for code, content in contents.items():
        bad.write_bytes(content)
        with pytest.raises(KnownError) as refused:
            results.import_workbook(school, bad)
        assert refused.value.code == code
    edited(bad, _spoil_mark)
    with pytest.raises(KnownError):
        results.import_workbook(school, bad)
    assert _state(school) == before
    with school.reading() as reader:
        assert reader.records.blobs(school.school) == []
    assert not school.undo_stack.done


def test_that_one_bad_sheet_refuses_the_whole_file(school: Workspace, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "две.xlsx"
    write_f1(path, workbook(24))
    book = openpyxl.load_workbook(path)
    book.active.title = "Индивидуальные результаты"
    book.copy_worksheet(book.active).title = "Индивидуальные результаты (2)"
    book.save(path)
    with pytest.raises(KnownError, match=r"results\.twin_sheets"):
        results.import_workbook(school, path)
    assert results.sheets(school) == ()


def test_that_a_centre_imports_no_workbooks(tmp_path: Path, fixed_clock: FixedClock, file: Path) -> None:
    centre = create_centre_desk(tmp_path / "centre.shnor-db", "72-MOC", "Центр", fixed_clock)
    with pytest.raises(KnownError, match=r"store\.other_desk"):
        results.import_workbook(centre, file)


def test_that_an_opened_sheet_lists_its_least_done_tasks_first(school: Workspace, file: Path) -> None:
    sheet = results.import_workbook(school, file).done.row
    detail = results.sheet_detail(school, sheet)
    assert detail is not None
    percents = [task.percent for task in detail.tasks if task.percent is not None]
    assert percents == sorted(percents)
    assert detail.journal is not None
    assert (detail.journal.n, detail.journal.confirmed.part) == (20, 8)
    assert list(detail.classes) == ["5А", "5Б"]
    assert detail.line.quality_shown == "12 из 20 (60 %)".replace(" ", "\u00a0").replace("\u00a0(", " (")
    assert "меньше 50: вывод приблизительный" in detail.line.caution
    assert detail.mean_mark == "3,60"


def test_that_a_small_sheet_says_that_its_shares_only_hint(school: Workspace, file: Path) -> None:
    write_f1(file, workbook(6))
    results.import_workbook(school, file)
    [line] = results.sheets(school)
    assert "вывод ограничен" in line.caution


def test_that_every_warning_of_an_import_has_words() -> None:
    assert all(has_words(code) for code in ("results.other_login", "results.other_school_name", "results.twin_sheets"))
