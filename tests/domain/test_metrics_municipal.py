"""The figures of a municipality from its registry: 4 of 9 schools, the goal, the people, what is not judged yet."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import CentreFacts, RegistryFact
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.metrics.municipal import CATEGORIES, compute_municipal, municipal_names
from shnor_desktop.domain.metrics.values import MetricValue
from shnor_desktop.models.municipality import CATEGORIES as DECLARED

TODAY = date(2018, 11, 1)
JUDGED: dict[str, Any] = {
    "included_since": 2017,
    "in_events": True,
    "realises": True,
    "disseminates": True,
    "trained_staff": 6,
}


def row(at: int, year: int = 2018, **fields: Any) -> RegistryFact:
    return RegistryFact(id=f"{year}-{at}", year=year, code=f"L-{at}", name=f"Школа {at}", is_analysed=True, **fields)


def centre(*rows: RegistryFact) -> CentreFacts:
    return CentreFacts(as_of=TODAY, registry=rows)


def lebedyan() -> CentreFacts:
    """Nine schools, four of them in the registry and in the Programme, three with success."""
    listed = [
        row(at, categories=("low_results",) if at < 3 else ("social",), has_succeeded=at != 4, **JUDGED)
        for at in range(1, 5)
    ]
    return centre(*listed, *(row(at) for at in range(5, 10)))


def shown(value: MetricValue) -> tuple[str, object, object]:
    return str(value.value), value.numerator, value.denominator


@pytest.mark.parametrize("name", ["registered", "included", "in_events", "realising", "disseminating"])
def test_that_four_of_nine_schools_are_44_4_percent(name: str) -> None:
    found = compute_municipal(f"municipal.share_{name}", lebedyan())
    assert shown(found) == ("44.4", 4, 9)
    assert (found.year, len(found.rows), sum(one.counted for one in found.rows)) == (2018, 9, 4)


def test_that_the_goal_the_people_and_the_analysis_are_computed_from_the_same_registry() -> None:
    assert shown(compute_municipal("municipal.share_succeeded", lebedyan())) == ("33.3", 3, 9)
    assert shown(compute_municipal("municipal.trained_staff", lebedyan())) == ("24", 24, None)
    assert shown(compute_municipal("municipal.share_analysed", lebedyan())) == ("100.0", 9, 9)
    assert shown(compute_municipal("municipal.schools", lebedyan())) == ("9", 9, None)


def test_that_the_registry_is_split_by_categories() -> None:
    found = compute_municipal("municipal.share_registered", lebedyan())
    assert [(part.code, part.value.numerator) for part in found.parts] == [
        ("low_results", 2),
        ("social", 2),
        ("resources", 0),
    ]
    assert [code for code, _ in DECLARED] == list(CATEGORIES)


def test_that_a_school_that_is_not_judged_yet_is_named_and_not_counted_as_no() -> None:
    judged = {**JUDGED, "realises": None}
    rows = (row(1, categories=("social",), **JUDGED), row(2, categories=("social",), **judged), row(3))
    found = compute_municipal("municipal.share_realising", centre(*rows))
    assert found.value is None
    assert [(one.row, one.field, one.page) for one in found.missing] == [("2018-2", "realises", "registry")]
    assert "Школа 2" in found.missing[0].sentence


def test_that_schools_outside_of_the_registry_are_not_asked() -> None:
    found = compute_municipal("municipal.share_in_events", centre(row(1), row(2, in_events=True)))
    assert shown(found) == ("0.0", 0, 2)


def test_that_each_year_has_its_own_registry() -> None:
    rows = (row(1, 2017, categories=("social",)), row(2, 2017), row(1, 2018), row(2, 2018))
    assert shown(compute_municipal("municipal.share_registered", centre(*rows))) == ("0.0", 0, 2)
    assert shown(compute_municipal("municipal.share_registered", centre(*rows), 2017)) == ("50.0", 1, 2)


def test_that_an_inclusion_of_a_later_year_does_not_count_yet() -> None:
    found = compute_municipal("municipal.share_included", centre(row(1, included_since=2019), row(2)))
    assert shown(found) == ("0.0", 0, 2)


@pytest.mark.parametrize("name", municipal_names())
def test_that_an_empty_registry_gives_no_figure_and_leads_to_its_page(name: str) -> None:
    found = compute_municipal(name, centre())
    assert found.value is None
    assert found.missing[0].page == METRICS[name].page == "registry"


def test_that_a_school_s_figure_is_none_of_a_municipality() -> None:
    with pytest.raises(BugError):
        compute_municipal("staff.count", centre())
