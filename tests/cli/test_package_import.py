"""Unattended: a folder is taken in by one command that never asks; the exit status says whether anything is left."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.workspace import Profile
from tests.cli.shell import Shell, is_message
from tests.services.exchange_desks import Desks, changed_bytes, desks, without_check
from tests.services.many_schools import Many, digests, many_schools

__all__ = ["desks", "without_check"]
TAKEN = "accepted_with_remarks"
"""The packages are of 2024, and the command line has the clock of this computer: that is worth a note."""


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """A person at the command line."""
    return Shell(capsys)


@pytest.fixture
def many(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> Many:
    """A closed centre whose profile is that of the command line, and a folder with packages of three schools."""
    found = many_schools(desks, 3)
    profile = found.centre.profile.folder
    monkeypatch.setenv("SHNOR_DATA_DIR", str(profile.parent / "data"))
    found.centre.close()
    shutil.copytree(profile, profile.parent / "data" / "profile")
    return found


def held(many: Many) -> dict[str, str]:
    """What the centre holds of every school."""
    desk = open_desk(many.centre.store.path, many.desks.clock, profile=Profile(many.folder / "p"), read_only=True)
    try:
        return digests(desk)
    finally:
        desk.close()


def test_that_a_folder_is_taken_in_and_everything_in_it_is_named(shell: Shell, many: Many) -> None:
    (many.folder / "письмо.txt").write_text("words", "utf-8")
    status, content = shell.json("package", "import", many.centre.store.path, many.folder)
    assert status == 0
    assert [item["code"] for item in content] == [TAKEN] * 3 + ["skipped"]
    assert content[0]["is_new_school"]
    assert content[0]["changes"]["rows"] > 0
    assert len(held(many)) >= 3
    status, content = shell.json("package", "import", many.centre.store.path, many.folder)
    assert (status, {item["code"] for item in content}) == (0, {"already_here", "skipped"})


def test_that_a_dry_run_tells_the_same_and_leaves_the_store_byte_for_byte(shell: Shell, many: Many) -> None:
    store = many.centre.store.path
    before = store.read_bytes()
    status, content = shell.json("package", "import", store, many.folder, "--dry-run")
    assert (status, [item["code"] for item in content]) == (0, [TAKEN] * 3)
    assert held(many).keys().isdisjoint({one.school for one in many.schools})
    assert store.read_bytes() == before
    status, out, _ = shell.words("package", "import", store, many.folder, "--dry-run")
    assert "Было бы принято: 3" in out


def test_that_bad_files_go_to_the_quarantine_and_answers_to_their_folder(shell: Shell, many: Many) -> None:
    bad = changed_bytes(many.files[0], lambda data: data.__setitem__(900, data[900] ^ 1))
    bin_, answers, log = many.folder.parent / "bin", many.folder.parent / "answers", many.folder.parent / "log.json"
    words = ("--quarantine", bin_, "--move", "--answer", answers, "--log", log)
    status, content = shell.json("package", "import", many.centre.store.path, many.folder, *words)
    assert status == 1
    assert not bad.exists()
    assert sorted(path.name for path in bin_.iterdir()) == [bad.name, f"{bad.name}.txt"]
    assert len(list(answers.iterdir())) == 3
    assert [item["code"] for item in json.loads(log.read_text("utf-8"))] == [item["code"] for item in content]
    [refused] = [item for item in content if item["code"] == "damaged"]
    assert refused["quarantined"]
    assert is_message({**refused, "code": refused["cause"]})


def test_that_a_bad_file_alone_leaves_the_store_as_it_was(shell: Shell, many: Many) -> None:
    bad = changed_bytes(many.files[0], lambda data: data.__setitem__(900, data[900] ^ 1))
    store = many.centre.store.path
    shell.json("package", "import", store, bad)
    before = store.read_bytes()
    status, content = shell.json("package", "import", store, bad)
    assert (status, content[0]["code"]) == (1, "damaged")
    assert store.read_bytes() == before


def test_that_an_empty_folder_is_no_fault(shell: Shell, many: Many, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, out, _ = shell.words("package", "import", many.centre.store.path, tmp_path / "empty")
    assert status == 0
    assert "нет пакетов" in out


def test_that_a_store_that_is_open_elsewhere_is_told_and_nothing_done(shell: Shell, many: Many) -> None:
    profile = Profile(many.centre.profile.folder)
    other = open_desk(many.centre.store.path, many.desks.clock, profile=profile)
    try:
        status, content = shell.json("package", "import", many.centre.store.path, many.folder)
        assert status == 1
        assert content["code"] == "store.in_use"
    finally:
        other.close()


def test_that_wrong_calls_are_told_as_such(shell: Shell, many: Many, tmp_path: Path) -> None:
    store = many.centre.store.path
    for words in (("--move",), ("--dry-run", "--answer", tmp_path), ("--dry-run", "--move", "--quarantine", tmp_path)):
        status, content = shell.json("package", "import", store, many.folder, *words)
        assert (status, content["code"]) == (2, "call.wrong")


def test_that_runs_are_listed_printed_and_taken_back(shell: Shell, many: Many, tmp_path: Path) -> None:
    store = many.centre.store.path
    assert shell.json("import", "list", store) == (0, [])
    shell.json("package", "import", store, many.folder)
    status, [run] = shell.json("import", "list", store)
    assert (status, run["verdicts"], run["place"]) == (0, {TAKEN: 3}, str(many.folder))
    status, shown = shell.json("import", "list", store, "--run", run["id"], "--log", tmp_path / "run.xlsx")
    assert (status, len(shown["files"])) == (0, 3)
    assert (tmp_path / "run.xlsx").read_bytes().startswith(b"PK")
    package = shown["files"][0]["id"]
    status, content = shell.json("import", "undo", store, package[:12])
    assert (status, content["undone"]) == (0, [package])
    status, content = shell.json("import", "undo", store, run["id"])
    assert (status, len(content["undone"]), content["refused"]) == (0, 3, [])
    status, content = shell.json("import", "undo", store, "никакой")
    assert (status, content["code"]) == (1, "bench.no_such_run")
