"""`shnor remarks`: list, add, move from the command line, with refusals in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.workspace import Profile
from shnor_desktop.system.clock import SystemClock
from tests.cli.shell import Shell, is_message
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]
CODE = "72-014"


@pytest.fixture
def centre(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store of a centre that has met one school; the profile of the test is that of the centre."""
    desks.meet()
    profile = desks.centre.profile
    monkeypatch.setattr(Profile, "default", classmethod(lambda _cls: profile))
    desks.school.close()
    desks.centre.close()
    return desks.centre.store.path


def test_that_a_remark_is_left_answered_and_settled_by_commands(shell: Shell, centre: Path) -> None:
    status, made = shell.json(
        "remarks", "add", centre, "--school", CODE, "--place", "school::founder", "--text", "Укажите учредителя"
    )
    assert (status, made["state"], made["quoted"]) == (0, "new", "не заполнено")
    status, said = shell.json("remarks", "move", centre, made["id"], "--text", "Ждём до пятницы")
    assert (status, said["state"], [one["body"] for one in said["messages"]]) == (0, "new", ["Ждём до пятницы"])
    status, moved = shell.json("remarks", "move", centre, made["id"], "--to", "withdrawn")
    assert (status, moved["state"], moved["moves"]) == (0, "withdrawn", ["new"])
    assert shell.json("remarks", "list", centre, "--open")[1] == {"remarks": []}
    assert [one["id"] for one in shell.json("remarks", "list", centre)[1]["remarks"]] == [made["id"]]
    assert shell.json("remarks", "list", centre, "--id", made["id"])[1]["messages"] == moved["messages"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "--text", " "), "remarks.empty_body"),
        (("add", "--text", "да", "--place", "нет:такого"), "remarks.no_such_place"),
        (("add", "--text", "да", "--place", "measure:нет"), "remarks.no_such_place"),
        (("add", "--text", "да", "--due", "вчера"), "value.not_a_date"),
        (("add", "--text", "да", "--due", "01.01.2001"), "remarks.due_is_past"),
        (("add", "--text", "я" * 4001), "value.too_long"),
        (("move", "нет-такого", "--to", "accepted"), "remarks.no_such"),
    ],
)
def test_that_a_bad_call_is_refused_in_words(shell: Shell, centre: Path, words: tuple[str, ...], code: str) -> None:
    before = centre.read_bytes()
    command, *rest = words
    status, said = shell.json("remarks", command, centre, *rest, "--school", CODE)
    assert (status, said["code"]) == (1, code)
    assert is_message(said)
    assert shell.json("remarks", "list", centre)[1] == {"remarks": []}
    assert len(centre.read_bytes()) == len(before)


def test_that_a_school_may_not_accept_by_command(shell: Shell, desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = desks.school.profile
    monkeypatch.setattr(Profile, "default", classmethod(lambda _cls: profile))
    desks.school.close()
    status, said = shell.json("remarks", "add", desks.school.store.path, "--text", "Сами себе")
    assert (status, said["code"]) == (1, "store.other_desk")
    workspace = open_desk(desks.school.store.path, SystemClock())
    assert workspace.kind.value == "school"
    workspace.close()
