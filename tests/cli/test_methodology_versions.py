"""Versions of a methodology from the command line: the difference, a file out and in, the package for the schools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shnor_desktop.services.desks import create_centre_desk, create_school_desk
from shnor_desktop.services.methodology import DEFAULT_PACK
from tests.cli.shell import Shell, is_message
from tests.clock import FixedClock
from tests.services.exchange_desks import CARD


@pytest.fixture
def centre(tmp_path: Path, fixed_clock: FixedClock) -> Path:
    """The store of a centre."""
    path = tmp_path / "centre.db"
    create_centre_desk(path, "moc-1", "МОЦ Лесного района", fixed_clock).close()
    return path


@pytest.fixture
def file(shell: Shell, tmp_path: Path) -> Path:
    """The default methodology as one file."""
    path = tmp_path / "pack.json"
    status, content = shell.json("methodology", "export", DEFAULT_PACK, "--out", str(path))
    assert (status, content["id"]) == (0, DEFAULT_PACK)
    return path


def test_that_a_methodology_does_not_differ_from_its_own_file(shell: Shell, file: Path) -> None:
    status, content = shell.json("methodology", "difference", DEFAULT_PACK, str(file))
    assert (status, content["parts"]) == (0, [])
    assert content["old"] == content["new"]


def test_that_a_changed_file_differs_in_words(shell: Shell, file: Path) -> None:
    content = json.loads(file.read_text("utf-8"))
    content["pack"]["goal"] = "Другая цель"
    file.write_bytes(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    status, out, _ = shell.words("methodology", "difference", DEFAULT_PACK, str(file))
    assert status == 0
    assert "Цель проекта" in out
    assert "Другая цель" in out


def test_that_an_existing_file_is_not_written_over(shell: Shell, file: Path) -> None:
    before = file.read_bytes()
    status, content = shell.json("methodology", "export", DEFAULT_PACK, "--out", str(file))
    assert (status, content["code"]) == (1, "pack_editing.file_exists")
    assert file.read_bytes() == before


def test_that_a_centre_takes_a_file_and_sends_its_methodology_out(
    shell: Shell, file: Path, centre: Path, tmp_path: Path
) -> None:
    assert shell.json("methodology", "import", str(centre), str(file))[0] == 0
    status, content = shell.json("methodology", "send", str(centre), "--out", str(tmp_path / "out"))
    assert status == 0
    assert "методика" in Path(content["file"]).name
    status, shown = shell.json("package", "show", content["file"])
    assert (status, shown["kind"], shown["format"]) == (0, "methodology", "1.3")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}", "methodology.not_a_pack"),
        (b"\x00\xff", "json.malformed"),
        (b'{"format":9,"pack":{}}', "methodology.newer_format"),
        (b"[" * 200_000, "json.malformed"),
        (b" " * (10 << 20), "methodology.too_large"),
    ],
)
def test_that_a_file_that_is_no_methodology_is_refused_in_words(
    shell: Shell, centre: Path, tmp_path: Path, data: bytes, code: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(data)
    status, content = shell.json("methodology", "import", str(centre), str(bad))
    assert (status, content["code"]) == (1, code)
    assert is_message(content)


def test_that_a_school_takes_no_methodology_that_nobody_signed(
    shell: Shell, file: Path, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    store = tmp_path / "school.db"
    create_school_desk(store, CARD, fixed_clock).close()
    status, content = shell.json("methodology", "import", str(store), str(file))
    assert (status, content["code"]) == (1, "store.other_desk")


def test_that_a_file_that_is_not_there_is_said_so(shell: Shell, centre: Path, tmp_path: Path) -> None:
    status, content = shell.json("methodology", "import", str(centre), str(tmp_path / "none.json"))
    assert (status, content["code"]) == (1, "pack_editing.file_unreadable")
    status, content = shell.json("methodology", "difference", DEFAULT_PACK, str(tmp_path / "none.json"))
    assert (status, content["code"]) == (1, "methodology.unknown")
