"""Phrases of plans with the meaning that a reader of Russian gives them."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.deadlines import read_deadline
from tests.domain.deadlines.tables import STAGES, Row, rows


@pytest.mark.parametrize("row", rows("source_phrases.tsv"), ids=str)
def test_that_a_phrase_of_the_sources_has_its_meaning(row: Row) -> None:
    reading = read_deadline(row.phrase, row.plan, STAGES)
    assert reading.recognised
    assert (reading.kind.value, reading.windows) == (row.kind, row.windows)
    assert reading.unparsed == ()


@pytest.mark.parametrize("row", rows("phrases.tsv"), ids=str)
def test_that_a_phrase_of_a_plan_has_its_meaning(row: Row) -> None:
    reading = read_deadline(row.phrase, row.plan, STAGES)
    said = reading.kind.value, reading.windows, reading.times, reading.confident
    assert said == (row.kind, row.windows, row.times, row.is_confident), reading.unparsed
    assert not (reading.confident and reading.unparsed)
