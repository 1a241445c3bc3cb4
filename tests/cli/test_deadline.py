"""The deadline of a plan read from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell, is_message

PLAN = "2023-09-01..2024-08-31"
KEYS = {"phrase", "recognised", "kind", "windows", "times", "event", "confident", "unparsed"}


def test_that_a_quarterly_phrase_gives_the_quarters_of_the_school_year(shell: Shell) -> None:
    status, content = shell.json("deadline", "не реже 1 раза в квартал", "--plan", PLAN)
    assert status == 0
    assert set(content) == KEYS
    assert content["kind"] == "recurring"
    assert content["recognised"] is content["confident"] is True
    assert content["times"] == {"min": 1, "max": None, "per": "quarter"}
    assert content["windows"][0] == {"start": "2023-09-01", "end": "2023-09-30"}
    assert len(content["windows"]) == 5
    assert content["event"] is None
    assert content["unparsed"] == []


def test_that_an_unknown_phrase_is_answered_and_not_refused(shell: Shell) -> None:
    status, content = shell.json("deadline", "Иванова М.П.", "--plan", PLAN)
    assert status == 0
    assert (content["recognised"], content["kind"], content["windows"]) == (False, "unknown", [])
    assert content["unparsed"] == ["Иванова М.П"]


def test_that_a_person_reads_the_windows(shell: Shell) -> None:
    status, out, _ = shell.words("deadline", "октябрь, март", "--plan", PLAN)
    assert status == 0
    assert "октябрь, март → " in out
    assert "01.10.2023 – 31.10.2023" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_that_a_file_gives_a_list_without_its_empty_lines(shell: Shell, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "сроки.txt"
    file.write_bytes("ежегодно\r\n\r\n   \r\nпо графику\r\n".encode(encoding))
    status, content = shell.json("deadline", "--file", file, "--plan", PLAN)
    assert status == 0
    assert [(item["phrase"], item["kind"]) for item in content] == [
        ("ежегодно", "recurring"),
        ("по графику", "schedule"),
    ]


def test_that_a_file_of_one_phrase_is_a_list_too(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "срок.txt"
    file.write_text("май", encoding="utf-8")
    status, content = shell.json("deadline", "--file", file, "--plan", PLAN)
    assert (status, len(content)) == (0, 1)


@pytest.mark.parametrize("plan", ["", "2023", "2023-09-01", "2024-08-31..2023-09-01", "2023-02-31..2024-08-31", "а..б"])
def test_that_a_wrong_period_is_a_wrong_call(shell: Shell, plan: str) -> None:
    status, content = shell.json("deadline", "май", "--plan", plan)
    assert (status, content["code"]) == (2, "call.wrong")
    assert is_message(content)
    assert "--plan" in content["message"]


def test_that_a_call_without_a_plan_or_a_phrase_is_a_wrong_call(shell: Shell, tmp_path: Path) -> None:
    assert shell.json("deadline", "май")[0] == 2
    assert shell.json("deadline", "--plan", PLAN)[0] == 2
    assert shell.json("deadline", "май", "--file", tmp_path / "срок.txt", "--plan", PLAN)[0] == 2


def test_that_a_file_that_cannot_be_read_is_at_fault(shell: Shell, tmp_path: Path) -> None:
    for path in (tmp_path / "нет.txt", tmp_path):
        status, content = shell.json("deadline", "--file", path, "--plan", PLAN)
        assert status == 1
        assert is_message(content)
