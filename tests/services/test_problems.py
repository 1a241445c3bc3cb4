"""Problem fields come from the risk profile with their figures and are answered by measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Level
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.services import problems, programme, records, roadmap
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school, make_school_workspace


def test_that_an_empty_map_suggests_nothing(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    assert problems.suggest(workspace) == ()
    workspace.close()


def test_that_a_high_factor_is_suggested_first_with_its_figures(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    first, *others = problems.suggest(workspace)
    assert (first.factor, first.level) == ("failure_risk", Level.HIGH)
    assert all(item.level is Level.MEDIUM for item in others)
    assert "русский язык: 8 из 20 (40 %)" in first.facts.replace("\u00a0", " ")
    assert first.measures
    workspace.close()


def test_that_an_accepted_problem_is_ranked_and_not_suggested_again(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    offered = problems.suggest(workspace)
    for suggestion in offered:
        assert problems.accept(workspace, suggestion).changed
    cards = problems.cards(workspace)
    assert [card.problem.rank for card in cards] == list(range(1, len(offered) + 1))
    assert [card.problem.title for card in cards] == [item.title for item in offered]
    assert cards[0].is_unanswered
    assert cards[0].problem.causes == "\n".join(offered[0].causes)
    assert problems.suggest(workspace) == ()
    workspace.close()


def test_that_an_eleventh_problem_is_not_taken_into_work(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    for number in range(10):
        problems.add_own(workspace, f"Проблема {number}", ["parents"], "Причина")
    with pytest.raises(KnownError, match=r"problems\.too_many"):
        problems.add_own(workspace, "Ещё одна")
    first = problems.cards(workspace)[0].problem
    problems.set_active(workspace, first.id, is_active=False)
    problems.add_own(workspace, "Ещё одна")
    with pytest.raises(KnownError, match=r"problems\.too_many"):
        problems.set_active(workspace, first.id, is_active=True)
    workspace.close()


def test_that_a_measure_in_the_road_map_is_no_longer_suggested(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    row = problems.accept(workspace, problems.suggest(workspace)[0]).row
    programme.ensure_programme(workspace)
    best, *others = problems.measures_for(workspace, row)
    roadmap.add_from_library(workspace, best.id)
    assert problems.measures_for(workspace, row) == tuple(others)
    card = problems.cards(workspace)[0]
    assert [measure.library_code for measure in card.measures] == [best.id]
    assert not card.is_unanswered
    workspace.close()


def test_that_problems_are_put_in_order_as_one_step(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    rows = [problems.add_own(workspace, f"Проблема {number}").row for number in range(3)]
    problems.put_in_order(workspace, [rows[2], rows[0], rows[1]])
    assert [card.problem.id for card in problems.cards(workspace)] == [rows[2], rows[0], rows[1]]
    records.undo(workspace)
    found = {item.id: item.rank for item in records.rows(workspace, ProblemField)}
    assert [found[row] for row in rows] == [1, 2, 3]
    workspace.close()
