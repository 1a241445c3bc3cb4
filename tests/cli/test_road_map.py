"""`shnor roadmap`: read and import, in words and in JSON."""

from __future__ import annotations

from pathlib import Path

from tests.cli.shell import Shell, World, is_message
from tests.importers import road_maps
from tests.importers.road_maps import as_document, as_workbook


def test_that_a_plan_is_read_without_a_store(shell: Shell, tmp_path: Path) -> None:
    file = as_document(tmp_path / "plan.docx", *road_maps.tambov())
    status, content = shell.json("roadmap", "read", file)
    assert status == 0
    assert content["count"] == 25
    assert [table["taken"] for table in content["tables"]] == [False, True, True, True]
    row = content["rows"][7]
    assert (row["number"], row["deadline"], len(row["executors"])) == ("1.8", "Сентябрь 2021", 2)
    assert row["doubts"][0]["after"] == "Интернет-ресурс"
    status, words, _ = shell.words("roadmap", "read", file)
    assert status == 0
    assert "2.7 использующих Доля педагогов" in words
    assert "перепутаны местами" in words


def test_that_a_plan_is_taken_into_a_road_map_once(shell: Shell, world: World, tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "plan.xlsx", road_maps.lebedyan())
    status, content = shell.json("roadmap", "import", world.school, file)
    assert (status, content["added"], content["left_out"]) == (0, 31, [])
    status, content = shell.json("roadmap", "import", world.school, file)
    assert (status, content["added"], len(content["left_out"])) == (0, 0, 31)
    status, words, _ = shell.words("history", world.school, "--entity", "measure")
    assert "загружена дорожная карта: 31" in words


def test_that_a_file_without_a_plan_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(b"no document")
    status, content = shell.json("roadmap", "read", tmp_path / "plan.docx")
    assert status == 1
    assert is_message(content)
    drawn = road_maps.Drawn([("Имя", "Число"), ("А", "1")])
    status, content = shell.json("roadmap", "read", as_workbook(tmp_path / "list.xlsx", drawn))
    assert (status, content["code"]) == (1, "road_map.no_plan")
    assert is_message(content)


def test_that_a_centre_has_no_road_map_of_its_own(shell: Shell, world: World, tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "plan.xlsx", road_maps.lebedyan())
    status, content = shell.json("roadmap", "import", world.centre, file)
    assert status == 1
    assert is_message(content)
