"""Identification from the command line."""

from __future__ import annotations

from tests.cli.shell import Shell, World, is_message


def test_that_the_command_names_categories_and_figures_of_a_school(shell: Shell, world: World) -> None:
    status, content = shell.json("identification", world.school)
    assert status == 0
    assert content["categories"][0]["verdict"] in ("holds", "does_not", "unknown")
    assert content["low_results"]["sheets"][0]["participants"] > 0
    assert content["index"]["version"]
    assert content["explanation"]
    status, out, _ = shell.words("identification", world.school)
    assert status == 0
    assert content["explanation"][0] in out


def test_that_the_command_lists_the_schools_of_a_centre_and_explains_one(shell: Shell, world: World) -> None:
    status, content = shell.json("identification", world.centre)
    assert status == 0
    assert content["parameters"]
    assert content["note"]
    first = content["schools"][0]
    status, one = shell.json("identification", world.centre, "--school", first["code"])
    assert (status, one["code"]) == (0, first["code"])
    assert one["expectation"] == first["expectation"]


def test_that_an_unknown_school_is_refused(shell: Shell, world: World) -> None:
    status, content = shell.json("identification", world.centre, "--school", "00-000")
    assert (status, content["code"]) == (1, "call.no_such_school")
    assert is_message(content)
