"""`shnor visit`: the schools of a methodist, and the file for a school and its centre."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.services.centre import RemarkDraft, leave_remark
from shnor_desktop.services.workspace import Profile
from tests.cli.shell import Shell, is_message
from tests.services.exchange_desks import without_check
from tests.services.methodist_desks import Three, three

__all__ = ["three", "without_check"]
CODE = "72-014"


@pytest.fixture
def store(three: Three, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The closed store of a methodist who has one remark to hand over."""
    three.meet()
    draft = RemarkDraft("school", three.school, "founder", "Паспорт", "Назовите")
    leave_remark(three.methodist, three.school, draft)
    profile = three.methodist.profile
    monkeypatch.setattr(Profile, "default", classmethod(lambda _cls: profile))
    three.methodist.close()
    return three.methodist.store.path


def test_that_a_file_for_both_is_made_by_a_command(shell: Shell, three: Three, store: Path, tmp_path: Path) -> None:
    status, listed = shell.json("visit", "list", store)
    assert (status, [(one["code"], one["to_hand"]) for one in listed["schools"]]) == (0, [(CODE, True)])
    status, done = shell.json("visit", "export", store, "--school", CODE, "--out", tmp_path / "out")
    assert status == 0
    for desk in (three.desks.school, three.desks.centre):
        assert three.take(desk, Path(done["file"]), three.methodist).code.is_fine
    assert shell.json("visit", "list", store)[1]["schools"][0]["to_hand"] is False


def test_that_another_desk_and_an_unknown_school_are_refused_in_words(
    shell: Shell, three: Three, store: Path, tmp_path: Path
) -> None:
    status, said = shell.json("visit", "export", store, "--school", "нет", "--out", tmp_path / "out")
    assert (status, said["code"]) == (1, "call.no_such_school")
    assert is_message(said)
    three.desks.school.close()
    status, said = shell.json("visit", "list", three.desks.school.store.path)
    assert (status, said["code"]) == (1, "store.other_desk")
    assert is_message(said)
