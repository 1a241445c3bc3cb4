"""`shnor calendar`: a file that another program reads, from the store of a school or of a centre."""

from __future__ import annotations

from pathlib import Path

import vobject

from tests.cli.shell import Shell, World, is_message


def test_that_the_days_of_a_school_become_a_file(shell: Shell, world: World, tmp_path: Path) -> None:
    target = tmp_path / "c.ics"
    status, content = shell.json("calendar", world.school, "--ics", target)
    assert (status, content["file"], content["size"]) == (0, str(target), target.stat().st_size)
    events = vobject.readOne(target.read_text("utf-8")).contents["vevent"]
    assert len(events) == content["events"] > 30


def test_that_names_are_left_out_when_asked(shell: Shell, world: World, tmp_path: Path) -> None:
    shell.json("calendar", world.school, "--out", tmp_path / "named.ics")
    shell.json("calendar", world.school, "--out", tmp_path / "bare.ics", "--no-names")
    named, bare = (unfolded(tmp_path / f"{name}.ics") for name in ("named", "bare"))
    assert "Ответственный:" in named
    assert "Педагог:" in named
    assert "Ответственный:" not in bare
    assert "Педагог:" not in bare


def unfolded(path: Path) -> str:
    """The text with its long lines whole again."""
    return path.read_bytes().decode("utf-8").replace("\r\n ", "")


def test_that_a_centre_names_the_school(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("calendar", world.centre, "--out", tmp_path / "c.ics")
    assert status == 2
    status, content = shell.json("calendar", world.centre, "--out", tmp_path / "c.ics", "--school", "нет")
    assert status == 1
    assert is_message(content)


def test_that_a_missing_folder_is_told_in_words(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("calendar", world.school, "--out", tmp_path / "none" / "c.ics")
    assert (status, content["code"]) == (1, "calendar.folder_missing")
    assert is_message(content)


def test_that_the_file_is_asked_for_and_the_old_name_of_the_option_serves(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    assert shell.json("calendar", world.school)[0] == 2
    one, two = tmp_path / "one.ics", tmp_path / "two.ics"
    assert shell.json("calendar", world.school, "--ics", one, "--out", two)[0] == 2
    assert shell.json("calendar", world.school, "--ics", one)[0] == 0
    assert shell.json("calendar", world.school, "--out", two)[0] == 0
    assert one.read_bytes() == two.read_bytes()
