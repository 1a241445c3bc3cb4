"""A plan out of a file in the form of a methodology."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.plan_import import read_plan_file
from shnor_desktop.services.plan_to_pack import pack_parts
from tests.importers import road_maps
from tests.importers.road_maps import Drawn, as_document, as_workbook


def test_that_a_plan_becomes_sections_and_measures_of_a_pack(tmp_path: Path) -> None:
    pack = load_methodologies().get("tyumen-2024")
    parts = pack_parts(pack, read_plan_file(as_document(tmp_path / "plan.docx", road_maps.tver())))
    assert [(one["number"], one.get("parent", "")) for one in parts.sections] == [
        ("1", ""),
        ("2", ""),
        ("2.2", "2"),
        ("2.3", "2"),
    ]
    assert len(parts.measures) == 14
    assert len({one["id"] for one in parts.measures}) == 14
    first = parts.measures[0]
    assert (first["id"], first["number"], first["section"]) == ("tyumen.1.1", "1.1", parts.sections[0]["code"])
    assert "deadline" not in first
    assert "МОТО" in parts.unknown_executors


def test_that_participants_of_the_pack_are_recognised(tmp_path: Path) -> None:
    pack = load_methodologies().get("tyumen-2024")
    parts = pack_parts(pack, read_plan_file(as_workbook(tmp_path / "plan.xlsx", road_maps.tyumen())))
    assert len(parts.measures) == 35
    lanes = {lane.id for lane in pack.lanes}
    named = [one["executors"] for one in parts.measures if one.get("executors")]
    assert len(named) == 31
    assert {code for codes in named for code in codes} <= lanes
    assert parts.unknown_executors == ()


def test_that_what_the_pack_has_is_not_given_twice(tmp_path: Path) -> None:
    pack = load_methodologies().get("tyumen-2024")
    known = pack.measures[0]
    rows = [
        ("№", "Мероприятия", "Сроки", "Ответственные"),
        (known.number, known.title, "май", ""),
        ("", "Новое", "июнь", ""),
    ]
    parts = pack_parts(pack, read_plan_file(as_workbook(tmp_path / "plan.xlsx", Drawn(rows))))
    assert [one["title"] for one in parts.measures] == ["Новое"]
    assert len(parts.already_there) == 1
