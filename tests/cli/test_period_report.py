"""`shnor report STORE report_period`: of a report date, of a period between two days, or of the next report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell, World, is_message


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_that_the_report_of_a_period_is_written(shell: Shell, world: World, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"report.{form}"
    status, content = shell.json(
        "report", world.school, "report_period", "--row", "2024-04-01..2024-09-30", "--out", target
    )
    assert (status, content["kind"], content["size"]) == (0, "report_period", target.stat().st_size)


def test_that_an_unknown_date_names_those_there_are(shell: Shell, world: World, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    assert shell.json("report", world.school, "report_period", "--out", target)[0] == 0
    status, content = shell.json("report", world.school, "report_period", "--row", "нет", "--out", target)
    assert (status, content["code"]) == (1, "report.no_such_date")
    assert is_message(content)
