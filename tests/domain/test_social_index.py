"""The index weighs what is known; a school is compared with its own conditions, never by its own point or by rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shnor_desktop.domain.facts import SchoolContext, SchoolFacts
from shnor_desktop.domain.methodology import IndexItem, Polarity, SocialIndex
from shnor_desktop.domain.social_index import (
    Band,
    SchoolPoint,
    compare,
    context_groups,
    expectation_words,
    social_index,
)

TABLE = SocialIndex(
    "ИСБШ",
    "1.0",
    (
        IndexItem("he", "ВО", "pupils.share_parents_higher_education", Decimal(3), Polarity.HIGHER_BETTER),
        IndexItem("sen", "ОВЗ", "pupils.share_sen", Decimal(1), Polarity.LOWER_BETTER, maximum=Decimal(40)),
        IndexItem("poor", "Мало", "pupils.share_low_income", Decimal(4), Polarity.LOWER_BETTER),
    ),
)
FULL = SchoolContext(id="s", pupils=100, parents_higher_education=50, pupils_sen=10, pupils_low_income=20)


def of(school: SchoolContext) -> SchoolFacts:
    return SchoolFacts(as_of=date(2024, 9, 1), schools=(school,))


def points(results: dict[int, float], n: int = 1000) -> list[SchoolPoint]:
    return [SchoolPoint(str(at), at, reached, n) for at, reached in results.items()]


LINE = {at: 40.0 + at / 2 + (1 if at % 10 else -1) for at in range(0, 100, 5)}


def test_that_the_index_is_the_weighted_mean_of_the_scaled_signs() -> None:
    found = social_index(TABLE, of(FULL))
    assert [line.scaled for line in found.lines] == [Decimal("50.0"), Decimal("75.0"), Decimal("80.0")]
    assert found.value == Decimal("68.1")  # (50·3 + 75·1 + 80·4) / 8
    assert sum(line.weight for line in found.lines) == Decimal(100)
    assert found.known == Decimal("100.0")


def test_that_weights_are_brought_to_the_signs_that_are_known() -> None:
    found = social_index(TABLE, of(replace(FULL, pupils_sen=None)))
    assert found.value == Decimal("67.1")  # (50·3 + 80·4) / 7
    assert found.known == Decimal("87.5")
    assert [item.field for item in found.missing] == ["pupils_sen"]


def test_that_under_half_of_the_weights_there_is_no_index_but_a_list_of_what_is_missing() -> None:
    found = social_index(TABLE, of(replace(FULL, pupils_sen=None, pupils_low_income=None)))
    assert found.value is None
    assert found.known == Decimal("37.5")
    assert {item.field for item in found.missing} == {"pupils_sen", "pupils_low_income"}


def test_that_a_figure_beyond_the_scale_stands_at_its_end() -> None:
    found = social_index(TABLE, of(replace(FULL, pupils_sen=90)))
    assert found.lines[1].scaled == Decimal("0.0")


def test_that_a_table_without_rows_or_weights_gives_no_index() -> None:
    assert social_index(replace(TABLE, items=()), of(FULL)).value is None
    weightless = tuple(replace(item, weight=Decimal(0)) for item in TABLE.items)
    assert social_index(replace(TABLE, items=weightless), of(FULL)).value is None


def test_that_of_few_schools_nothing_is_claimed() -> None:
    found = compare(points(dict(list(LINE.items())[:14])))
    assert not found.has_expectation
    assert "нужно не меньше 15" in found.why_not
    assert {item.band for item in found.schools.values()} == {Band.UNKNOWN}
    assert all(item.expected is None for item in found.schools.values())
    assert found.schools["0"].index_distance is not None


def test_that_schools_near_the_line_are_within_what_is_expected() -> None:
    found = compare(points(LINE, n=60))
    assert found.has_expectation
    assert {item.band for item in found.schools.values()} == {Band.WITHIN}


def test_that_a_school_is_not_measured_by_its_own_point() -> None:
    found = compare(points({**LINE, 95: 10.0}))
    expected = found.schools["95"].expected
    assert expected == pytest.approx(40 + 95 / 2, abs=1.5)
    assert found.schools["95"].band is Band.BELOW


def test_that_the_harder_third_above_what_is_expected_is_resilient() -> None:
    found = compare(points({**LINE, 10: 70.0, 90: 100.0}))
    assert found.schools["10"].band is Band.ABOVE
    assert [name for name, item in found.schools.items() if item.is_resilient] == ["10"]


def test_that_the_pack_says_from_how_many_schools_there_is_an_expectation() -> None:
    of_eight = points(dict(list(LINE.items())[:8]))
    assert compare(of_eight, replace(TABLE, schools_for_expectation=8)).has_expectation
    found = compare(of_eight, replace(TABLE, schools_for_expectation=9))
    assert "у 8\u00a0школ, нужно не меньше 9" in found.why_not
    few = compare(of_eight[:4], replace(TABLE, schools_for_expectation=1))
    assert "нужно не меньше 5" in few.why_not


def test_that_the_pack_says_how_many_schools_have_the_hardest_conditions() -> None:
    schools = points({**LINE, 25: 85.0})
    assert compare(schools).schools["25"].is_resilient
    found = compare(schools, replace(TABLE, harder_share=Decimal(10)))
    assert found.schools["25"].band is Band.ABOVE
    assert not found.schools["25"].is_resilient
    wide = compare(schools, replace(TABLE, harder_share=Decimal(30)))
    assert "30\u00a0% школ центра" in expectation_words(wide.schools["25"], wide)


def test_that_few_participants_widen_the_band() -> None:
    many, few = points({**LINE, 50: 80.0}), points({**LINE, 50: 80.0})
    few = [replace(point, participants=6) if point.id == "50" else point for point in few]
    assert compare(many).schools["50"].band is Band.ABOVE
    assert compare(few).schools["50"].band is Band.WITHIN


def test_that_equal_conditions_give_no_line() -> None:
    same = [SchoolPoint(str(at), 50.0, float(at), 100) for at in range(20)]
    found = compare(same)
    assert not found.has_expectation
    assert "не различаются" in found.why_not


def test_that_no_schools_are_compared_without_a_failure() -> None:
    assert compare([]).mean is None
    assert compare([SchoolPoint("a", 1.0, 2.0, 0)]).schools == {}
    assert context_groups([]) == ()


def test_that_percentages_over_schools_are_weighted_by_participants() -> None:
    found = compare([SchoolPoint("small", 10, 0.0, 10), SchoolPoint("large", 20, 100.0, 90)])
    assert found.mean == pytest.approx(90.0)


def test_that_groups_are_thirds_from_the_hardest_and_equal_schools_stay_together() -> None:
    groups = context_groups(points({at: 50.0 + at for at in range(9)}))
    assert [len(group.schools) for group in groups] == [3, 3, 3]
    assert groups[0].title == "Более трудные условия"
    assert groups[0].reached == pytest.approx(51.0)
    same = [SchoolPoint(str(at), 10.0 if at < 5 else 20.0, 50.0, 10) for at in range(9)]
    assert sorted(len(group.schools) for group in context_groups(same)) == [4, 5]
