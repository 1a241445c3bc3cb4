"""The whole way from a school's data to the centre's answer, and the self-test of the installed program."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.cli.main_job import REMARK
from shnor_desktop.domain.errors import BugError
from tests.cli.shell import Shell

pytestmark = pytest.mark.timeout(400)
"""Two demo worlds are made here."""


def test_that_the_main_job_goes_the_whole_way_as_often_as_one_likes(shell: Shell, own_folders: Path) -> None:
    status, content = shell.json("main-job")
    assert status == 0, content
    assert Path(content["package"]).is_relative_to(own_folders)
    assert Path(content["receipt"]).is_file()
    assert content["check"].startswith("Ошибок нет")
    assert (content["verdict"], content["receipt_verdict"], content["state"]) == ("accepted", "accepted", "returned")
    assert content["remarks"][0] == REMARK
    assert shell.json("check", content["school_store"])[1]["sound"] is True
    status, out, err = shell.words("main-job")
    assert (status, err) == (0, "")
    assert REMARK in out
    assert "на доработке" in out
    [package] = [line.removeprefix("Пакет: ") for line in out.splitlines() if line.startswith("Пакет: ")]
    assert Path(package).is_file()
    assert package != content["package"]


def test_that_the_self_test_tries_every_part_and_leaves_nothing(shell: Shell, own_folders: Path) -> None:
    status, content = shell.json("self-test")
    assert (status, content["fine"]) == (0, True), content
    assert [step["name"] for step in content["steps"]] == ["pack", "fonts", "store", "check", "package", "documents"]
    assert not (own_folders / "profile").exists()


def test_that_the_self_test_names_the_part_that_fails(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **more: object) -> None:
        raise BugError("no store today")

    monkeypatch.setattr("shnor_desktop.services.self_test.make_demo_school", fail)
    status, out, _ = shell.words("self-test")
    assert status == 3
    assert "Хранилище: НЕ В ПОРЯДКЕ — no store today" in out
    assert "Методика: в порядке" in out
