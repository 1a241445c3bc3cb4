"""`shnor indicators`: figures of a school and of a municipality, in words and as JSON."""

from __future__ import annotations

from decimal import Decimal

from tests.cli.shell import Shell, World


def test_that_the_indicators_of_a_school_are_told_with_counts_targets_and_gaps(shell: Shell, world: World) -> None:
    status, out, _ = shell.words("indicators", world.school)
    assert status == 0
    assert "Доля педагогов с высшей категорией: 4\u00a0из\u00a022 (18,2\u00a0%)" in out
    assert "до цели" in out
    assert "Не хватает: " in out
    assert "Малая группа: n = 8" in out


def test_that_a_program_reads_the_counts_the_rows_and_what_is_missing(shell: Shell, world: World) -> None:
    status, found = shell.json("indicators", world.school)
    assert status == 0
    lines = {line["metric"]: line for line in found}
    highest = lines["staff.share_highest_category"]
    assert (highest["value"], highest["numerator"], highest["denominator"]) == ("18.2", 4, 22)
    assert sum(row["counted"] for row in highest["rows"]) == 4
    assert len(highest["rows"]) == 22
    gaps = [line for line in found if line["missing"]]
    assert all(gap["value"] is None and gap["missing"][0]["page"] for gap in gaps)


def test_that_figures_over_the_schools_of_a_centre_are_weighted_by_participants(shell: Shell, world: World) -> None:
    status, found = shell.json("indicators", world.centre)
    assert status == 0
    line = next(line for line in found if line["metric"] == "results.share_below_minimum_russian")
    assert len(line["schools"]) == 18
    assert line["numerator"] == sum(school["numerator"] for school in line["schools"])
    assert line["denominator"] == sum(school["denominator"] for school in line["schools"])
    means = [Decimal(school["value"]) for school in line["schools"]]
    assert Decimal(line["value"]) != (sum(means) / len(means)).quantize(Decimal("0.1"))


def test_that_one_school_of_a_centre_is_asked_for_by_its_code(shell: Shell, world: World) -> None:
    status, found = shell.json("indicators", world.centre, "--school", "72-102")
    assert status == 0
    assert "schools" not in found[0]
    status, refused = shell.json("indicators", world.centre, "--school", "00-000")
    assert status == 1
    assert refused["code"] == "call.no_such_school"
