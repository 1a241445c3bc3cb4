"""Commands on a store, and every store that is not what it should be."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shnor_desktop.cli import desk
from shnor_desktop.importers.f1_writer import write_f1
from shnor_desktop.services import records
from shnor_desktop.services.desks import open_desk
from shnor_desktop.system.clock import SystemClock
from tests.cli.shell import Shell, World, is_message
from tests.importers.sample_workbooks import FIRST_PUPIL_ROW, HEADER_ROW, column, edited, workbook

pytestmark = pytest.mark.timeout(400)
"""The first of them makes a demo world of thirteen schools."""

WRITING = (("package", "export", "STORE", "--out", "OUT"), ("results", "import", "STORE", "WORKBOOK"))
READING = (("check", "STORE"), ("validate", "STORE"), ("history", "STORE"))


def filled(words: tuple[str, ...], store: Path, folder: Path) -> list[str | Path]:
    """A call with its places filled in."""
    places = {"STORE": store, "OUT": folder / "out", "WORKBOOK": folder / "book.xlsx"}
    write_f1(folder / "book.xlsx", workbook())
    return [places.get(word, word) for word in words]


def test_that_the_demo_school_is_sound_and_has_no_errors(shell: Shell, world: World) -> None:
    status, content = shell.json("check", world.school)
    assert (status, content["sound"], content["damages"], content["schools"]) == (0, True, [], 1)
    assert content["batches"] > 0
    status, content = shell.json("validate", world.school)
    assert (status, content["clean"], content["errors"]) == (0, True, [])
    assert content["summary"].startswith("Ошибок нет")
    status, out, _ = shell.words("validate", world.school)
    assert (status, out.startswith("Ошибок нет")) == (0, True)


def test_that_the_demo_centre_is_sound_and_has_twelve_schools(shell: Shell, world: World) -> None:
    status, content = shell.json("check", world.centre)
    assert (status, content["sound"]) == (0, True)


def test_that_a_demo_never_replaces_a_file(shell: Shell, world: World) -> None:
    before = world.school.read_bytes()
    status, content = shell.json("demo", world.school)
    assert (status, content["code"]) == (1, "demo.store_exists")
    assert is_message(content)
    assert world.school.read_bytes() == before


def test_that_a_school_with_errors_is_status_1_and_exports_nothing(shell: Shell, world: World, tmp_path: Path) -> None:
    window = open_desk(world.school, SystemClock())
    records.edit(window, "school", window.school, "short_name", "")
    window.close()
    status, content = shell.json("validate", world.school)
    assert (status, content["clean"]) == (1, False)
    assert all(line["code"] and line["message"] and line["page"] for line in content["errors"])
    status, out, _ = shell.words("validate", world.school)
    assert status == 1
    assert "Ошибка [" in out
    status, content = shell.json("package", "export", world.school, "--out", tmp_path / "out")
    assert (status, content["code"]) == (1, "package.has_errors")
    assert is_message(content)
    assert not (tmp_path / "out").exists()


def test_that_the_history_shows_what_was_changed(shell: Shell, world: World) -> None:
    status, steps = shell.json("history", world.school)
    assert status == 0
    assert steps
    assert {"when", "who", "what", "old", "new", "operation", "entity", "row", "field"} <= steps[0].keys()
    status, steps = shell.json("history", world.school, "--entity", "school")
    assert status == 0
    assert {step["entity"] for step in steps} == {"school"}
    row = steps[0]["row"]
    status, steps = shell.json("history", world.school, "--row", row)
    assert {step["row"] for step in steps} == {row}
    status, content = shell.json("history", world.school, "--entity", "nonsense")
    assert (status, content["code"]) == (1, "call.no_such_entity")
    assert is_message(content)


def test_that_the_centre_is_asked_for_a_school_by_its_code(shell: Shell, world: World) -> None:
    status, content = shell.json("validate", world.centre)
    assert (status, content["code"]) == (2, "call.wrong")
    status, content = shell.json("validate", world.centre, "--school", "00-000")
    assert (status, content["code"]) == (1, "call.no_such_school")
    assert is_message(content)


def test_that_a_workbook_is_imported_once(shell: Shell, world: World, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_f1(book, workbook(24))
    status, content = shell.json("results", "import", world.school, book)
    assert status == 0
    assert set(content) == {
        *("subject", "grade", "year", "participants", "tasks", "max_score", "marks", "no_mark", "warnings")
    }
    assert (content["subject"], content["grade"], content["participants"]) == ("Русский язык", 5, 24)
    assert (content["tasks"], content["max_score"], content["no_mark"]) == (4, 10, 4)
    assert content["marks"] == {"2": 4, "3": 4, "4": 8, "5": 4}
    before = state(shell, world.school)
    status, again = shell.json("results", "import", world.school, book)
    assert (status, again) == (0, content)
    assert state(shell, world.school) == before


def state(shell: Shell, store: Path) -> tuple[int, int]:
    """How much a store holds."""
    status, content = shell.json("check", store)
    assert (status, content["sound"]) == (0, True)
    return content["batches"], content["rows"]


def put(row: int, heading: str, value: object) -> Callable[[Any], None]:
    """An edit of one cell of the sample workbook, by the heading of its column."""

    def edit(sheet: Any) -> None:
        sheet.cell(row, column(sheet, heading)).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (put(HEADER_ROW, "Отметка", "Оценка"), "results.no_columns"),
        (put(FIRST_PUPIL_ROW, "Отметка", 6), "results.bad_value"),
        (put(FIRST_PUPIL_ROW, "Код участника", "Фамилия Имя"), "results.personal_names"),
        (lambda sheet: sheet.delete_rows(FIRST_PUPIL_ROW, 99), "results.no_rows"),
    ],
    ids=["no such column", "a mark of six", "names for codes", "no pupils"],
)
def test_that_a_workbook_with_a_fault_changes_nothing(
    shell: Shell, world: World, tmp_path: Path, edit: Callable[[Any], None], code: str
) -> None:
    before = state(shell, world.school)
    status, content = shell.json("results", "import", world.school, edited(tmp_path / "bad.xlsx", edit))
    assert (status, content["code"]) == (1, code)
    assert is_message(content)
    assert state(shell, world.school) == before


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (put(HEADER_ROW, "1К1 (4б)", "1K1 (4б)"), "results.latin_letters"),
        (put(FIRST_PUPIL_ROW, "Отметка", "Х"), ""),
        (lambda sheet: sheet.delete_rows(FIRST_PUPIL_ROW), "results.declared_differs"),
    ],
    ids=["Latin K", "Х for a mark", "fewer rows than declared"],
)
def test_that_a_workbook_with_an_oddity_is_taken_with_a_warning(
    shell: Shell, world: World, tmp_path: Path, edit: Callable[[Any], None], code: str
) -> None:
    status, content = shell.json("results", "import", world.school, edited(tmp_path / "odd.xlsx", edit))
    assert status == 0, content
    assert code in ["", *(warning["code"] for warning in content["warnings"])]
    assert all(warning["message"] for warning in content["warnings"])
    assert sum(content["marks"].values()) + content["no_mark"] == content["participants"]


def test_that_a_workbook_that_is_none_changes_nothing(shell: Shell, world: World, tmp_path: Path) -> None:
    before = state(shell, world.school)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"not a workbook")
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Группы участников", "Кол-во участников", 2, 3, 4, 5])
    book.save(other)
    assert shell.json("results", "import", world.school, other)[1]["code"] == "table.asks"
    for file in (bad, empty, other, tmp_path / "absent.xlsx", tmp_path, world.package):
        status, content = shell.json("results", "import", world.school, file)
        assert status == 1, content
        assert content["code"].startswith(("results.", "table.")), content
        assert is_message(content), content
    assert state(shell, world.school) == before


def test_that_results_belong_to_a_school(shell: Shell, world: World, tmp_path: Path) -> None:
    write_f1(tmp_path / "book.xlsx", workbook())
    status, content = shell.json("results", "import", world.centre, tmp_path / "book.xlsx")
    assert (status, content["code"]) == (1, "store.other_desk")
    assert is_message(content)


@pytest.mark.parametrize("words", [*WRITING, *READING], ids=lambda words: " ".join(words[:2]))
def test_that_what_is_no_store_is_refused(shell: Shell, tmp_path: Path, words: tuple[str, ...]) -> None:
    text, foreign, empty = tmp_path / "notes.txt", tmp_path / "foreign.db", tmp_path / "empty.db"
    text.write_text("Это не хранилище", encoding="utf-8")
    empty.write_bytes(b"")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE pupil (name TEXT)")
    for store, code in (
        (tmp_path / "absent.db", "store.missing"),
        (text, "store.not_a_store"),
        (foreign, "store.not_a_store"),
        (empty, "store.not_a_store"),
    ):
        before = store.read_bytes() if store.exists() else None
        status, content = shell.json(*filled(words, store, tmp_path))
        assert (status, content["code"]) == (1, code)
        assert is_message(content)
        assert (store.read_bytes() if store.exists() else None) == before
    status, content = shell.json(*filled(words, tmp_path, tmp_path))
    assert status == 1
    assert is_message(content)


@pytest.mark.parametrize("words", [*WRITING, *READING], ids=lambda words: " ".join(words[:2]))
def test_that_a_newer_store_is_refused_and_left_alone(
    shell: Shell, world: World, tmp_path: Path, words: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(world.school)) as connection:
        connection.execute(f"PRAGMA user_version = {99 * 65536}")
    before = world.school.read_bytes()
    status, content = shell.json(*filled(words, world.school, tmp_path))
    assert (status, content["code"]) == (1, "store.newer_version")
    assert is_message(content)
    assert world.school.read_bytes() == before


def test_that_a_store_in_use_can_be_looked_at_but_not_written(shell: Shell, world: World, tmp_path: Path) -> None:
    window = open_desk(world.school, SystemClock())
    try:
        for words in WRITING:
            status, content = shell.json(*filled(words, world.school, tmp_path))
            assert (status, content["code"]) == (1, "store.in_use")
            assert is_message(content)
        for words in READING:
            status, content = shell.json(*filled(words, world.school, tmp_path))
            assert status == 0
    finally:
        window.close()
    assert not (tmp_path / "out").exists()


def test_that_a_read_only_store_takes_nothing_in(
    shell: Shell, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "open_desk", partial(open_desk, read_only=True))
    for words in WRITING:
        status, content = shell.json(*filled(words, world.school, tmp_path))
        assert (status, content["code"]) == (1, "store.read_only")
        assert is_message(content)
    status, verdicts = shell.json("package", "import", world.centre, world.package)
    assert (status, [one["code"] for one in verdicts]) == (1, ["not_stored"])
    assert "не записан" in verdicts[0]["verdict"]
    assert not list((tmp_path / "out").glob("*.shnor"))


def test_that_a_damaged_store_is_named_so(shell: Shell, world: World) -> None:
    with closing(sqlite3.connect(world.school)) as connection:
        connection.execute(
            "UPDATE log_value SET value = '\"подделка\"' WHERE rowid = (SELECT max(rowid) FROM log_value)"
        )
        connection.commit()
    status, content = shell.json("check", world.school)
    assert (status, content["sound"]) == (1, False)
    assert content["damages"]
    assert all(is_message(damage) for damage in content["damages"])
    status, out, _ = shell.words("check", world.school)
    assert status == 1
    assert "повреждено" in out


def test_that_documents_are_written_as_pdf(shell: Shell, world: World, tmp_path: Path) -> None:
    for kind in ("programme", "diagnostic_map", "roadmap"):
        status, content = shell.json("document", world.school, kind, "--out", tmp_path / f"{kind}.pdf")
        assert (status, content["kind"]) == (0, kind)
        assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF")
    status, content = shell.json("document", world.school, "nonsense", "--out", tmp_path / "x.pdf")
    assert (status, content["code"]) == (1, "call.no_such_document")
    assert is_message(content)
    status, content = shell.json("document", world.school, "programme", "--out", tmp_path / "absent" / "x.pdf")
    assert (status, content["code"]) == (1, "document.folder_missing")
    assert is_message(content)


def test_that_a_store_survives_a_copy_without_its_user(
    shell: Shell, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tmp_path / "elsewhere.shnor-db"
    shutil.copyfile(world.school, moved)
    monkeypatch.setenv("SHNOR_DATA_DIR", str(tmp_path / "another user"))
    status, content = shell.json("validate", moved)
    assert (status, content["clean"]) == (0, True)
    status, content = shell.json("package", "export", moved, "--out", tmp_path / "out")
    assert status == 0
