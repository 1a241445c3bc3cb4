"""Methodology packs from the command line."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.services.methodology import DEFAULT_PACK
from tests.cli.shell import Shell, is_message
from tests.methodologies.packs import copy_of_tyumen


def test_that_the_list_names_id_title_and_version(shell: Shell) -> None:
    status, content = shell.json("methodology", "list")
    assert status == 0
    [pack] = [item for item in content if item["id"] == DEFAULT_PACK]
    assert pack["title"]
    assert pack["version"]
    status, out, _ = shell.words("methodology", "list")
    assert status == 0
    assert DEFAULT_PACK in out


def test_that_a_pack_is_shown_whole(shell: Shell) -> None:
    status, content = shell.json("methodology", "show", DEFAULT_PACK)
    assert status == 0
    for name in ("roles", "stages", "measures", "indicators", "programme_sections"):
        assert isinstance(content[name], list)
        assert content[name], name
    assert len(content["stages"]) == 4
    assert len(content["hash"]) == 64
    status, out, _ = shell.words("methodology", "show", DEFAULT_PACK)
    assert status == 0
    assert content["title"] in out


def test_that_an_unknown_pack_is_refused(shell: Shell) -> None:
    status, content = shell.json("methodology", "show", "nowhere-1900")
    assert (status, content["code"]) == (1, "methodology.unknown")
    assert is_message(content)


def test_that_the_shipped_packs_are_valid(shell: Shell) -> None:
    status, content = shell.json("methodology", "validate")
    assert (status, content["valid"], content["problems"]) == (0, True, [])
    assert DEFAULT_PACK in [pack["id"] for pack in content["packs"]]


def test_that_a_faulty_pack_is_named_with_file_and_line(shell: Shell, tmp_path: Path) -> None:
    folder = copy_of_tyumen(tmp_path / "packs", DEFAULT_PACK)
    with (folder / "roles.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[roles]]\nnonsense = 1\n")
    for place in (folder.parent, folder):
        status, content = shell.json("methodology", "validate", place)
        assert (status, content["valid"]) == (1, False)
        assert all(is_message(problem) for problem in content["problems"])
        assert {(problem["file"]) for problem in content["problems"]} == {"roles.toml"}
        assert any(problem["line"] for problem in content["problems"])


def test_that_a_folder_without_packs_is_refused(shell: Shell, tmp_path: Path) -> None:
    status, content = shell.json("methodology", "validate", tmp_path)
    assert (status, content["code"]) == (1, "methodology.no_packs")
    assert is_message(content)
