"""`shnor results|staff|classes import`: any table, recognised, tried and taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell, World, is_message
from tests.importers import school_tables as tables


@pytest.mark.parametrize("name", [*tables.REPORTS, "exams"])
def test_that_a_report_is_tried_taken_and_known_again(shell: Shell, world: World, tmp_path: Path, name: str) -> None:
    own = tables.OWN.replace("Лесная", "Учебная")
    rows = [[own if cell == tables.OWN else cell for cell in row] for row in getattr(tables, name)()]
    file = tables.save(tmp_path / "book.xlsx", rows)
    call = ("results", "import", world.school, file, "--confirm", "--overwrite")
    status, content = shell.json(*call, "--dry-run")
    assert (status, content["dry_run"], content["batch"]) == (0, True, ""), content
    assert name in content["kinds"]
    status, content = shell.json(*call)
    assert status == 0, content
    assert content["batch"]
    status, content = shell.json(*call)
    assert (status, content["batch"]) == (0, "")


def test_that_a_staff_list_and_classes_are_taken_by_their_own_commands(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    staff = tables.save(tmp_path / "staff.xlsx", tables.staff())
    classes = tables.save(tmp_path / "classes.xlsx", tables.classes())
    status, content = shell.json("staff", "import", world.school, staff)
    assert (status, content["kinds"]) == (0, ["staff"])
    assert {row["state"] for row in content["rows"]} == {"new"}
    status, words, _ = shell.words("classes", "import", world.school, classes, "--dry-run")
    assert status == 0
    assert "Распознано: Список классов." in words
    status, content = shell.json("classes", "import", world.school, staff)
    assert (status, content["code"]) == (1, "table.other_kind")
    assert is_message(content)


def test_that_what_a_file_does_not_say_is_asked_by_the_names_of_options(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    file = tables.save(tmp_path / "book.xlsx", tables.marks()[2:])
    status, content = shell.json("results", "import", world.school, file)
    assert (status, content["code"]) == (1, "table.asks")
    assert "--subject, --grade, --year" in content["do"]
    said = ("--subject", "math", "--grade", "5", "--year", "2024", "--confirm")
    assert shell.json("results", "import", world.school, file, *said)[0] == 0


def test_that_the_report_of_another_school_is_refused_unless_confirmed(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    rows = [[str(cell).replace("Лесная", "Дальняя") for cell in row] for row in tables.marks()]
    file = tables.save(tmp_path / "book.xlsx", rows)
    status, content = shell.json("results", "import", world.school, file)
    assert (status, content["code"]) == (1, "table.stopped")
    assert is_message(content)
