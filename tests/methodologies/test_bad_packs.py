"""A faulty pack is left out, and each fault is named by file, key and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shnor_desktop.methodologies import PackProblem, load_pack, load_packs
from shnor_desktop.system.paths import resource
from shnor_desktop.system.wording import explain, has_words
from tests.methodologies.packs import METRICS, copy_of_tyumen, spoil

DTK = "forms/diagnostic_map.toml"
BAD: dict[str, tuple[str, str, str, str, str]] = {
    # name: file, what is replaced, by what, the code of the fault, its key
    "a wrong type": ("stages.toml", 'number = "I"', "number = 1", "methodology.wrong_type", "stages[1].number"),
    "a date that is none": (
        "stages.toml",
        "start = 2024-03-01",
        'start = "2024-03-41"',
        "methodology.wrong_type",
        "stages[2].start",
    ),
    "a text for a list": (
        "measures.toml",
        'executors = ["deputy", "it_specialist"]',
        'executors = "deputy"',
        "methodology.wrong_type",
        "measures[1].executors",
    ),
    "a missing reference": (
        "measures.toml",
        'factors = ["equipment"]',
        'factors = ["equipement"]',
        "methodology.missing_reference",
        "measures[1].factors[1]",
    ),
    "an indicator of no question": (
        "factors.toml",
        '  { question = "resources.pupils_per_computer"',
        '  { question = "resources.nothing"',
        "methodology.missing_reference",
        "factors[1].indicators[2].question",
    ),
    "equal ids": (
        "indicators.toml",
        'id = "below_math"',
        'id = "below_russian"',
        "methodology.id_twice",
        "indicators[2].id",
    ),
    "equal questions": (
        DTK,
        'code = "passport.buildings"',
        'code = "passport.pupils"',
        "methodology.id_twice",
        "blocks[1].questions[3].code",
    ),
    "an unknown metric": (
        DTK,
        'metric = "school.buildings"',
        'metric = "school.chimneys"',
        "methodology.unknown_metric",
        "blocks[1].questions[3].metric",
    ),
    "thresholds in the wrong order": (
        DTK,
        "thresholds = [40, 25]",
        "thresholds = [25, 40]",
        "methodology.thresholds_not_descending",
        "blocks[3].questions[4].thresholds",
    ),
    "thresholds in the wrong order where less is better": (
        DTK,
        "thresholds = [10, 20]",
        "thresholds = [20, 10]",
        "methodology.thresholds_not_ascending",
        "blocks[2].questions[1].thresholds",
    ),
    "thresholds of a factor": (
        "factors.toml",
        "thresholds = [34, 67]",
        "thresholds = [67, 34]",
        "methodology.factor_thresholds",
        "factors[1].thresholds",
    ),
    "an unknown key": ("roles.toml", "people = 1", "peple = 1", "methodology.unknown_key", "roles[1].peple"),
    "a missing key": (
        "indicators.toml",
        'polarity = "lower_better"',
        "",
        "methodology.missing_key",
        "indicators[1].polarity",
    ),
    "an unknown word": (
        DTK,
        'kind = "share"',
        'kind = "portion"',
        "methodology.unknown_word",
        "blocks[2].questions[1].kind",
    ),
    "a blank": (
        "programme.toml",
        'title = "Введение"',
        'title = " "',
        "methodology.blank",
        "programme_sections[2].title",
    ),
    "an unknown placeholder": (
        "programme.toml",
        '"{municipality}"',
        '"{municipalty}"',
        "methodology.unknown_placeholder",
        "stamps[2].lines[2]",
    ),
    "a role that executes nothing": (
        "measures.toml",
        'executors = ["deputy", "it_specialist"]',
        'executors = ["don_head"]',
        "methodology.not_an_executor",
        "measures[1].executors[1]",
    ),
    "an end before its start": (
        "stages.toml",
        "end = 2024-02-29",
        "end = 2023-02-28",
        "methodology.period_reversed",
        "stages[1].end",
    ),
    "a weight of nothing": (
        "factors.toml",
        '  { question = "resources.equipment", weight = 2 }',
        '  { question = "resources.equipment", weight = 0 }',
        "methodology.weight_not_positive",
        "factors[1].indicators[1].weight",
    ),
    "an expectation from three schools": (
        "indicators.toml",
        "schools_for_expectation = 15",
        "schools_for_expectation = 3",
        "methodology.schools_for_expectation_out_of_range",
        "social_index.schools_for_expectation",
    ),
    "most schools in the hardest conditions": (
        "indicators.toml",
        "harder_share = 33",
        "harder_share = 51",
        "methodology.harder_share_out_of_range",
        "social_index.harder_share",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_that_a_fault_is_named_by_file_key_and_line(name: str, tmp_path: Path) -> None:
    file, old, new, code, key = BAD[name]
    pack = copy_of_tyumen(tmp_path)
    place = spoil(pack, file, old, new)
    loaded = load_packs(tmp_path, METRICS)
    assert loaded.packs == ()
    found = next((problem for problem in loaded.problems if problem.code == code), None)
    assert found is not None, loaded.problems
    assert (found.file, found.key) == (place.file, key)
    if code == "methodology.missing_key":
        assert found.line < place.line  # the table that lacks it
    else:
        assert found.line == place.line


@pytest.mark.parametrize("name", BAD)
def test_that_a_fault_is_explained_in_russian_with_its_place(name: str, tmp_path: Path) -> None:
    file, old, new, code, _ = BAD[name]
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, file, old, new)
    problem = next(item for item in load_pack(pack, METRICS)[1] if item.code == code)
    message = explain(problem.as_error())
    assert file in message.what
    assert f"строка {problem.line}" in message.what
    assert message.means
    assert message.do
    assert "…" not in message.text


def test_that_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, DTK, 'metric = "school.buildings"', 'metric = "school.chimneys"')
    spoil(pack, DTK, "thresholds = [40, 25]", "thresholds = [25, 40]")
    spoil(pack, "measures.toml", 'factors = ["equipment"]', 'factors = ["none"]')
    _, problems = load_pack(pack, METRICS)
    assert {problem.code for problem in problems} == {
        "methodology.unknown_metric",
        "methodology.thresholds_not_descending",
        "methodology.missing_reference",
    }


def test_that_measures_that_wait_for_each_other_are_a_cycle(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, "measures.toml", 'id = "equipment.1"\n', 'id = "equipment.1"\nafter = ["equipment.2"]\n')
    _, problems = load_pack(pack, METRICS)
    assert [problem.code for problem in problems] == ["methodology.cycle", "methodology.cycle"]


def test_that_a_syntax_error_is_named_by_its_line(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    place = spoil(pack, "stages.toml", 'number = "II"', 'number = "II')
    _, problems = load_pack(pack, METRICS)
    assert problems == (PackProblem("tyumen-2024", "methodology.not_toml", place.file, "", place.line),)


def test_that_files_missing_from_a_pack_of_its_own_are_named(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, "pack.toml", 'inherits = "common"\n', "")
    _, problems = load_pack(pack, METRICS)
    assert {problem.code for problem in problems} == {"methodology.no_file"}
    assert "factors.toml" in {problem.file for problem in problems}


def test_that_a_common_part_that_is_not_there_is_named_by_its_line(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    place = spoil(pack, "pack.toml", 'inherits = "common"', 'inherits = "../comon"')
    _, problems = load_pack(pack, METRICS)
    assert [(problem.code, problem.line) for problem in problems][:1] == [("methodology.no_base", place.line)]


def test_that_a_part_that_cannot_be_left_out_is_named(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, "pack.toml", 'inherits = "common"', 'inherits = "common"\nleaves_out = ["measures/none", "chimneys"]')
    _, problems = load_pack(pack, METRICS)
    assert [(problem.code, problem.params["name"]) for problem in problems] == [
        ("methodology.leaves_out_unknown", "measures/none"),
        ("methodology.leaves_out_unknown", "chimneys"),
    ]


def test_that_a_fault_behind_an_item_that_was_left_out_is_named_by_its_line(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, "pack.toml", 'inherits = "common"', 'inherits = "common"\nleaves_out = ["indicators/below_russian"]')
    place = spoil(pack, "indicators.toml", 'metric = "results.quality_russian"', 'metric = "results.none"')
    _, problems = load_pack(pack, METRICS)
    assert [(item.code, item.file, item.line) for item in problems if item.code == "methodology.unknown_metric"] == [
        ("methodology.unknown_metric", place.file, place.line)
    ]


@pytest.mark.parametrize(("folder", "shown"), [("common", "../common/factors.toml"), ("tyumen-2024", "factors.toml")])
def test_that_a_file_of_another_encoding_is_named(folder: str, shown: str, tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    (tmp_path / folder / "factors.toml").write_bytes("title = 'Факторы'".encode("cp1251"))
    _, problems = load_pack(pack, METRICS)
    assert [(problem.code, problem.file) for problem in problems] == [("methodology.unreadable_file", shown)]


def test_that_a_part_in_two_files_is_refused(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    path = pack / "pack.toml"
    path.write_text('goal = "другая"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    _, problems = load_pack(pack, METRICS)
    assert [(problem.code, problem.file) for problem in problems] == [("methodology.part_twice", "programme.toml")]


def test_that_a_bad_pack_does_not_stop_the_others(tmp_path: Path) -> None:
    copy_of_tyumen(tmp_path, "a-bad")
    spoil(tmp_path / "a-bad", "stages.toml", 'number = "I"', "number = 1")
    copy_of_tyumen(tmp_path, "b-good")
    loaded = load_packs(tmp_path, METRICS)
    assert [pack.id for pack in loaded.packs] == ["tyumen-2024"]
    assert {problem.pack for problem in loaded.problems} == {"a-bad"}


def test_that_of_two_packs_of_one_id_the_second_is_refused(tmp_path: Path) -> None:
    copy_of_tyumen(tmp_path, "a")
    copy_of_tyumen(tmp_path, "b")
    loaded = load_packs(tmp_path, METRICS)
    assert len(loaded.packs) == 1
    assert [(problem.pack, problem.code) for problem in loaded.problems] == [("b", "methodology.pack_twice")]


def test_that_a_folder_that_is_not_there_holds_no_packs(tmp_path: Path) -> None:
    assert load_packs(tmp_path / "none", METRICS).packs == ()


def test_that_every_code_of_the_loader_has_its_words() -> None:
    package = resource("..").resolve() / "shnor_desktop"
    sources = [*(package / "methodologies").glob("*.py"), package / "domain" / "scoring.py"]
    codes = {code for path in sources for code in re.findall(r'"(methodology\.\w+)"', path.read_text(encoding="utf-8"))}
    assert len(codes) > 25
    assert sorted(code for code in codes if not has_words(code)) == []
