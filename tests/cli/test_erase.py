"""`shnor erase`: ordered, listed and confirmed from the command line."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.services.erasures import WORD
from tests.cli.shell import Shell, is_message
from tests.clock import FixedClock
from tests.services.exchange_desks import add_teacher
from tests.services.school import make_school_workspace


def test_that_a_person_is_erased_by_commands(shell: Shell, tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    row = add_teacher(workspace, "Стиранова Проба Пробовна")
    workspace.close()
    store = workspace.store.path
    ask = ("erase", "order", store, "--entity", "staff_member", "--row", row, "--reason", "left")
    status, refused = shell.json(*ask, "--document", "приказ № 7")
    assert (status, refused["code"]) == (1, "erasure.not_confirmed")
    assert is_message(refused)
    status, made = shell.json(*ask, "--document", "приказ № 7", "--word", WORD)
    assert status == 0
    number = made["order"]["id"]
    status, listed = shell.json("erase", "list", store, "--pending")
    assert [one["id"] for one in listed["orders"]] == [number]
    status, done = shell.json("erase", "confirm", store, number, "--packages", "--backups")
    assert (status, done["rows"]) == (0, 1)
    assert shell.json("erase", "list", store, "--pending")[1] == {"orders": []}
    status, said, _ = shell.words("erase", "list", store)
    assert "стёрто здесь" in said
    assert shell.json("check", store)[0] == 0
    assert "Стиранова".encode() not in store.read_bytes()
