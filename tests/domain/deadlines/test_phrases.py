"""Phrases of plans with the meaning that a reader of Russian gives them."""

from __future__ import annotations

from collections import Counter

import pytest

from shnor_desktop.domain.deadlines import DeadlineKind, read_deadline
from tests.domain.deadlines.tables import STAGES, rows

SOURCES = rows("source_phrases.tsv")
TABLES = {name: rows(f"{name}.tsv") for name in ("phrases", "wide_phrases")}


def test_that_phrases_of_the_sources_have_their_meaning() -> None:
    assert [difference for row in SOURCES if (difference := row.difference(STAGES))] == []
    assert [row.phrase for row in SOURCES if read_deadline(row.phrase, row.plan, STAGES).unparsed] == []


@pytest.mark.parametrize("kind", [kind.value for kind in DeadlineKind])
@pytest.mark.parametrize("table", TABLES)
def test_that_phrases_of_plans_have_their_meaning(table: str, kind: str) -> None:
    group = [row for row in TABLES[table] if row.kind == kind]
    assert [difference for row in group if (difference := row.difference(STAGES))] == []


def test_that_no_phrase_is_asked_twice() -> None:
    asked = Counter(str(row) for table in TABLES.values() for row in table)
    assert [phrase for phrase, count in asked.items() if count > 1] == []
