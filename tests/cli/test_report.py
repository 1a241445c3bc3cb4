"""`shnor report`: every kind in every format, and what is said where it cannot be."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.services.document_kinds import list_kinds
from shnor_desktop.services.document_templates import own_template
from tests.cli.shell import Shell, World, is_message

pytestmark = pytest.mark.timeout(400)
"""The first of them makes a demo world of thirteen schools."""

BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "html": b"<!DOCTYPE html>"}


def test_that_the_list_names_kinds_and_formats(shell: Shell) -> None:
    status, content = shell.json("report", "--list")
    assert status == 0
    assert [line["kind"] for line in content] == [str(info.kind) for info in list_kinds()]
    assert {"pdf", "docx"} <= set(content[0]["formats"])
    status, out, _ = shell.words("report", "--list")
    assert (status, "programme" in out, "Программа перехода" in out) == (0, True, True)


def test_that_every_kind_is_written_each_in_the_next_of_its_formats(shell: Shell, world: World, tmp_path: Path) -> None:
    written = set()
    for at, info in enumerate(list_kinds()):
        form = info.formats[at % len(info.formats)]
        target = tmp_path / f"{info.kind!s}.{form.value}"
        status, content = shell.json("report", world.school, str(info.kind), "--format", form.value, "--out", target)
        assert (status, content.get("message")) == (0, None)
        assert (content["format"], content["size"]) == (form.value, target.stat().st_size)
        assert target.read_bytes().startswith(BEGINNINGS[form.value])
        written.add(form.value)
    assert written >= {"pdf", "docx", "xlsx"}


def test_that_the_centre_names_the_school(shell: Shell, world: World, tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    status, content = shell.json("report", world.centre, "diagnostic_map", "--out", target)
    assert (status, content["code"]) == (2, "call.wrong")
    assert "--school" in content["message"]
    assert not target.exists()


def test_that_the_format_is_read_from_the_name_of_the_file(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("report", world.school, "roadmap", "--out", tmp_path / "map.XLSX")
    assert (status, content["format"]) == (0, "xlsx")


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("roadmap", "--out", "a.pdf", "--format", "docx"), 2, "call.wrong"),
        (("roadmap", "--out", "a.bin"), 2, "call.wrong"),
        (("roadmap", "--out", "a.pdf", "--format", "rtf"), 2, "call.wrong"),
        (("roadmap",), 2, "call.wrong"),
        (("--out", "a.pdf"), 2, "call.wrong"),
        (("no-such", "--out", "a.pdf"), 1, "call.no_such_document"),
        (("roadmap", "--out", "nowhere/a.docx"), 1, "document.folder_missing"),
    ],
)
def test_that_a_wrong_call_is_answered_in_words(
    shell: Shell, world: World, tmp_path: Path, words: tuple[str, ...], status: int, code: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    filled = [str(folder / word) if "." in word else word for word in words]
    answered, content = shell.json("report", world.school, *filled)
    assert (answered, content["code"]) == (status, code)
    assert is_message(content)
    assert list(folder.iterdir()) == []


def test_that_a_full_disk_is_said_and_leaves_nothing(
    shell: Shell, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "a.docx"
    target.parent.mkdir()
    target.write_bytes(b"before")

    def no_room(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    status, content = shell.json("report", world.school, "roadmap", "--out", target)
    assert (status, content["code"]) == (1, "document.disk_full")
    assert is_message(content)
    assert [path.name for path in target.parent.iterdir()] == ["a.docx"]
    assert target.read_bytes() == b"before"


def test_that_the_old_command_gives_the_same_pdf(shell: Shell, world: World, tmp_path: Path) -> None:
    old, new = tmp_path / "old.pdf", tmp_path / "new.pdf"
    assert shell.json("document", world.school, "roadmap", "--out", old)[0] == 0
    assert shell.json("report", world.school, "roadmap", "--out", new)[0] == 0
    assert old.read_bytes() == new.read_bytes()


def test_that_a_spoilt_template_is_said_and_the_built_in_one_can_be_asked_for(
    shell: Shell, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHNOR_DATA_DIR", str(tmp_path / "data"))
    own_template("roadmap").parent.mkdir(parents=True)
    own_template("roadmap").write_bytes(b"no document")
    call = ("report", world.school, "roadmap", "--out", tmp_path / "a.docx")
    status, content = shell.json(*call)
    assert (status, content["code"]) == (1, "report.template_not_docx")
    assert is_message(content)
    assert shell.json(*call, "--built-in-template")[0] == 0
    assert zipfile.is_zipfile(tmp_path / "a.docx")
