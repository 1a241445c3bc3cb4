"""`shnor results analyse`: tables in words, figures in JSON, small numbers said to be small."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell, World
from tests.importers import school_tables as tables


def taken(shell: Shell, world: World, tmp_path: Path) -> None:
    own = tables.OWN.replace("Лесная", "Учебная")
    for name in ("marks", "scores", "tasks", "groups", "planned"):
        rows = [[own if cell == tables.OWN else cell for cell in row] for row in getattr(tables, name)()]
        rows[0][0] = "ВПР 2024 Математика 4 класс"
        file = tables.save(tmp_path / f"{name}.xlsx", rows)
        status, content = shell.json("results", "import", world.school, file, "--confirm", "--overwrite")
        assert status == 0, content


def test_that_the_analysis_tells_marks_skills_scores_and_how_far_they_carry(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    taken(shell, world, tmp_path)
    status, content = shell.json("results", "analyse", world.school, "--subject", "math", "--grade", "4")
    assert status == 0
    [card] = [card for card in content["cards"] if card["years"] and card["years"][0]["year"] == 2024]
    assert card["years"][0]["marks"] == {"2": 3, "3": 8, "4": 6, "5": 3}
    skills = {skill["skill"]: skill for skill in card["skills"]}
    assert skills["Решать задачи на доли"]["tasks"] == ["2"]
    assert skills["Решать задачи на доли"]["level"] == "high"
    assert skills["Решать задачи на доли"]["in_register"] is False
    assert card["scores"]["4"] == 5
    assert {group["name"] for group in card["groups"] if group["is_small"]} >= {"получили «2»"}
    assert content["not_in_register"] >= 1
    status, words, _ = shell.words("results", "analyse", world.school, "--subject", "math")
    assert status == 0
    assert "Умения и задания 2024 года" in words
    assert "Решать задачи на доли (2)" in words
    assert "n\u00a0=\u00a020, меньше 50" in words


def test_that_an_empty_analysis_says_what_to_do(shell: Shell, world: World) -> None:
    status, words, _ = shell.words("results", "analyse", world.school, "--subject", "chemistry")
    assert (status, "shnor results import" in words) == (0, True)
