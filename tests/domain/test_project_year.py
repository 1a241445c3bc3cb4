"""A methodology in another year keeps its days; what happened stays where it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from shnor_desktop.domain.methodology.project_year import moved_to
from shnor_desktop.services.methodology import load_methodologies

PACKS = load_methodologies().packs


def days(value: Any) -> Iterator[date]:
    """Every date in a value."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from days(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for item in dataclasses.fields(value):
            yield from days(getattr(value, item.name))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_that_every_day_of_a_plan_moves_by_the_same_years(pack: Any) -> None:
    moved = moved_to(pack, pack.period_start.year + 4)
    assert moved.hash == pack.hash
    for part in ("stages", "tasks", "monitoring_waves", "measures", "reports", "interviews", "documents"):
        before, after = list(days(getattr(pack, part))), list(days(getattr(moved, part)))
        assert [(day.year + 4, day.month, day.day) for day in before] == [(d.year, d.month, d.day) for d in after]
    assert moved.legal_basis == pack.legal_basis
    assert moved.history == pack.history
    assert moved.baselines == pack.baselines


def test_that_a_named_year_of_a_deadline_moves_and_other_numbers_stay() -> None:
    pack = next(one for one in PACKS if one.id == "lebedyan-2018")
    named = [one.deadline for one in pack.measures if "2018" in one.deadline]
    assert named
    moved = moved_to(pack, 2026)
    assert [one.deadline for one in moved.measures if "2026" in one.deadline] == [
        words.replace("2018", "2026") for words in named
    ]
    assert not [one for one in moved.measures if "2018" in one.deadline]


def test_that_the_own_year_changes_nothing() -> None:
    for pack in PACKS:
        assert moved_to(pack, None) is pack
        assert moved_to(pack, pack.period_start.year) is pack
        for year in (-1, 0, 1999, 2100, 2**63 - 1):
            assert moved_to(pack, year) is pack, "what a foreign program wrote is no year of a project"


def test_that_29_february_becomes_the_28th() -> None:
    pack = next(one for one in PACKS if one.id == "tyumen-2024")
    leap = dataclasses.replace(pack, period_end=date(2024, 2, 29))
    assert moved_to(leap, 2027).period_end == date(2027, 2, 28)
