"""`shnor risk`: the profile with its indicators, what is missing, the problem fields in their order."""

from __future__ import annotations

from tests.cli.shell import Shell, World, is_message


def test_that_the_profile_is_told_from_the_worst_factor_on(shell: Shell, world: World) -> None:
    status, out, _ = shell.words("risk", world.school)
    assert status == 0
    signs = [line[0] for line in out.splitlines() if line[:1] in "▲◆●○"]
    assert signs == sorted(signs, key="▲◆●○".index)
    assert "4\u00a0из\u00a022 (18,2\u00a0%)" in out
    assert "1. " in out
    assert "мероприятий: " in out


def test_that_a_program_reads_levels_indicators_and_problem_fields(shell: Shell, world: World) -> None:
    status, found = shell.json("risk", world.school)
    assert status == 0
    assert {item["level"] for item in found["factors"]} <= {"high", "medium", "low", "unknown"}
    assert all(item["indicators"] and item["title"] for item in found["factors"])
    active = [item for item in found["problems"] if item["is_active"]]
    assert [item["place"] for item in active] == list(range(1, len(active) + 1))
    assert any(item["measures"] for item in active)
    assert [item["level"] for item in found["causes"]].count("high") == 1
    compared = {item["form"]: item for item in found["comparisons"]}
    assert compared["school_processes"]["before"] == "school_processes.1"


def test_that_a_school_of_a_centre_is_named_by_its_code(shell: Shell, world: World) -> None:
    assert shell.json("risk", world.centre)[0] == 2, "a centre has many schools"
    status, found = shell.json("risk", world.centre, "--school", "72-999")
    assert status == 1
    assert is_message(found.get("error", found))


def test_that_a_school_with_nothing_says_what_is_missing(shell: Shell, world: World) -> None:
    status, schools = shell.json("indicators", world.centre)
    assert status == 0
    gaps = schools[0]["without_data"] or schools[0]["schools"]
    status, found = shell.json("risk", world.centre, "--school", gaps[0]["code"])
    assert status == 0
    for factor in found["factors"]:
        if factor["level"] == "unknown":
            assert factor["missing"] or not any(one["is_applicable"] for one in factor["indicators"])
