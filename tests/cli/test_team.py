"""`shnor team …`, and the way back through `package export` and `package import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.desks import open_desk
from shnor_desktop.system.clock import SystemClock
from tests.cli.shell import Shell
from tests.clock import FixedClock
from tests.services.exchange_desks import add_teacher
from tests.services.school import make_school_workspace


@pytest.fixture
def store(tmp_path: Path, fixed_clock: FixedClock) -> Path:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    add_teacher(workspace)
    workspace.close()
    return workspace.store.path


def category(store: Path, wanted: str = "") -> str | None:
    """The category of the only teacher, after it was set where one is wanted."""
    workspace = open_desk(store, SystemClock())
    (teacher,) = records.rows(workspace, StaffMember)
    if wanted:
        records.edit(workspace, StaffMember.log_name, teacher.id, "category", wanted)
        (teacher,) = records.rows(workspace, StaffMember)
    workspace.close()
    return teacher.category


def test_that_a_part_goes_home_and_comes_back_by_commands(shell: Shell, store: Path, tmp_path: Path) -> None:
    name = "Завучева Первая Ивановна"
    status, given = shell.json("team", "give", store, "--to", name, "--parts", "staff,results", "--out", tmp_path / "f")
    assert status == 0
    assert given["part"]["parts"] == ["staff", "results"]
    part = tmp_path / "part.db"
    status, opened = shell.json("team", "open", given["file"], "--store", part)
    assert (status, opened["colleague"]) == (0, name)
    assert category(part, "highest") == "highest"
    status, back = shell.json("package", "export", part, "--out", tmp_path / "back")
    assert status == 0
    assert "возврат" in Path(back["file"]).name
    status, first = shell.json("package", "import", store, back["file"])
    assert status == 1
    (verdict,) = first
    assert (verdict["code"], verdict["fingerprint"]) == ("sender_unknown", opened["fingerprint_digits"])
    status, _ = shell.json("package", "import", store, back["file"], "--trust", opened["fingerprint_digits"])
    assert status == 0
    assert category(store) == "highest"
    status, listed = shell.json("team", "list", store)
    assert [one["state"] for one in listed["parts"]] == ["returned"]
    for checked in (store, part):
        assert shell.json("check", checked)[0] == 0
    status, words, _ = shell.words("team", "list", store)
    assert "вернулась" in words


def test_that_a_wrong_part_is_refused_in_words_with_the_names_of_the_parts(
    shell: Shell, store: Path, tmp_path: Path
) -> None:
    status, content = shell.json("team", "give", store, "--to", "Имя", "--parts", "stuff", "--out", tmp_path)
    assert status == 1
    assert "staff" in content["do"] if "do" in content else "staff" in str(content)
    assert list(tmp_path.glob("*.shnor")) == []
    assert shell.json("team", "open", store, "--store", tmp_path / "x.db")[0] == 1
    assert not (tmp_path / "x.db").exists()


def test_that_a_recalled_part_is_not_taken(shell: Shell, store: Path, tmp_path: Path) -> None:
    _, given = shell.json("team", "give", store, "--to", "Имя", "--parts", "staff", "--out", tmp_path / "f")
    _, opened = shell.json("team", "open", given["file"], "--store", tmp_path / "part.db")
    category(tmp_path / "part.db", "highest")
    _, back = shell.json("package", "export", tmp_path / "part.db", "--out", tmp_path / "back")
    assert shell.json("team", "recall", store, given["part"]["id"])[0] == 0
    status, words, _ = shell.words("package", "import", store, back["file"], "--trust", opened["fingerprint_digits"])
    assert status == 1
    assert "часть отозвана" in words
    assert category(store) == "first"
