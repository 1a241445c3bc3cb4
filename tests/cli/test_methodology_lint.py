"""`shnor methodology lint` tells the defects of a plan in sentences and as data."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.pack_lint import lint, lint_groups
from tests.cli.shell import Shell, is_message


@pytest.mark.parametrize("pack", load_methodologies().packs, ids=lambda pack: pack.id)
def test_that_the_groups_hold_every_finding_and_tell_many_of_a_sort_in_one_sentence(pack: Pack) -> None:
    groups = lint_groups(pack)
    assert sum(group.count for group in groups) == len(lint(pack))
    assert all(group.sentences for group in groups)
    assert all(len(group.sentences) <= group.count for group in groups)


def test_that_the_plan_of_tver_is_told_its_gaps(shell: Shell) -> None:
    status, said, _ = shell.words("methodology", "lint", "tver")
    assert status == 0
    assert "нет ни одной даты" in said
    assert "Нет результата у мероприятий (14)" in said
    status, told = shell.json("methodology", "lint", "tver")
    assert (status, told["id"]) == (0, "tver")
    codes = {finding["code"] for finding in told["findings"]}
    assert {"lint.no_dates", "lint.deadline_inherited", "lint.task_without_measure", "lint.recorded"} <= codes
    assert sum(told["counts"].values()) == len(told["findings"])


def test_that_the_plan_of_tambov_is_told_its_vague_results_and_its_order(shell: Shell) -> None:
    _, told = shell.json("methodology", "lint", "tambov-2021-2023")
    vague = [finding for finding in told["findings"] if finding["code"] == "lint.result_unverifiable"]
    assert len(vague) == 11, [finding["what"] for finding in vague]
    early = {finding["place"] for finding in told["findings"] if finding["code"] == "lint.before_its_basis"}
    assert "п. 1.7" in early


def test_that_an_unknown_methodology_is_named(shell: Shell) -> None:
    status, told = shell.json("methodology", "lint", "none")
    assert status == 1
    assert is_message(told.get("error", told))
