"""Rules of the passport, the staff list and the results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import ResultFact
from tests.domain.checked_school import SOUND, codes, found, sheet, spoilt, with_more, without


# ----------------------------------------------------------------------------------------------------------- passport
def test_that_a_school_without_a_passport_begins_with_it() -> None:
    assert codes(without("schools")) == ["passport.absent"]


def test_that_a_group_is_not_greater_than_all_pupils() -> None:
    finding = found(spoilt("schools", "school", pupils_sen=26))[0]
    assert (finding.code, finding.field) == ("passport.group_exceeds_total", "pupils_sen")
    assert (finding.params["count"], finding.params["total"]) == (26, 25)
    assert codes(spoilt("schools", "school", pupils_sen=25)) == []


def test_that_classes_are_listed_and_make_up_the_whole() -> None:
    assert codes(without("classes")) == ["passport.classes_absent"]
    assert codes(spoilt("classes", "c1", pupils=11)) == ["passport.classes_differ_from_total"]


def test_that_a_class_without_its_number_is_not_summed() -> None:
    assert codes(spoilt("classes", "c1", pupils=None)) == []


def test_that_buildings_hold_no_more_than_all_pupils() -> None:
    assert codes(spoilt("buildings", "b1", pupils=26)) == ["passport.buildings_exceed_total"]


def test_that_a_count_of_tomorrow_is_a_warning() -> None:
    finding = found(spoilt("schools", "school", pupils_as_of=date(2024, 6, 16)))[0]
    assert (finding.code, finding.needs_reason) == ("passport.date_ahead", True)


# -------------------------------------------------------------------------------------------------------------- staff
def test_that_a_staff_list_is_wanted() -> None:
    assert "staff.absent" in codes(without("staff"))


@pytest.mark.parametrize("year", [2009, 1920])
def test_that_an_impossible_age_is_an_error(year: int) -> None:
    assert codes(spoilt("staff", "s1", birth_year=year)) == ["staff.age_impossible"]


def test_that_nobody_taught_before_they_were_seventeen() -> None:
    assert codes(spoilt("staff", "s1", experience=28)) == ["staff.experience_exceeds_age"]
    assert codes(spoilt("staff", "s1", experience=27)) == []


def test_that_courses_of_tomorrow_are_an_error() -> None:
    assert codes(spoilt("staff", "s1", last_training=date(2024, 6, 16))) == ["staff.training_ahead"]


def test_that_overdue_courses_are_one_warning_for_the_whole_list() -> None:
    people = tuple(replace(person, last_training=None) for person in SOUND.staff)
    finding = found(replace(SOUND, staff=people))[0]
    assert (finding.code, finding.row, finding.needs_reason) == ("staff.training_overdue", "s1", True)
    assert finding.params["people"] == "2\u00a0педагогов"


def test_that_a_teacher_has_subjects_and_a_director_need_not() -> None:
    assert codes(spoilt("staff", "s1", subjects=())) == ["staff.teacher_without_subjects"]


# ------------------------------------------------------------------------------------------------------------ results
def results(*sheets: ResultFact) -> list[str]:
    return codes(replace(SOUND, results=sheets))


def test_that_results_are_wanted_of_two_years_and_of_the_subjects_of_the_rule() -> None:
    assert results() == ["results.absent"]
    assert results(sheet(2024)) == ["results.one_year"]
    assert results(sheet(2023), sheet(2024, subject="history")) == ["results.subject_absent"]


def test_that_a_diagnostic_work_of_the_school_does_not_stand_for_a_procedure() -> None:
    assert results(sheet(2024, procedure="diagnostic")) == ["results.absent"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mark_3": 6}, "results.marks_exceed_participants"),
        ({"mark_3": 13, "mark_4": None}, "results.marks_exceed_participants"),
        ({"mark_3": 4}, "results.marks_below_participants"),
        ({"lowered": 4, "confirmed": 7, "raised": 2}, "results.journal_exceeds_participants"),
        ({"mean_score": Decimal("38.5"), "max_score": 38}, "results.score_exceeds_maximum"),
    ],
)
def test_that_counts_of_a_sheet_agree(fields: dict[str, Any], code: str) -> None:
    assert results(sheet(2023), sheet(2024, **fields)) == [code]


def test_that_a_sheet_with_a_gap_is_not_summed() -> None:
    assert results(sheet(2023), sheet(2024, mark_2=None)) == []
    assert results(sheet(2023), sheet(2024, participants=None)) == []


def test_that_a_year_ahead_is_an_error_and_counts_for_no_year() -> None:
    assert results(sheet(2024), sheet(2025)) == ["results.year_ahead", "results.one_year"]


def test_that_small_groups_are_one_warning_with_their_number() -> None:
    small = {"participants": 9, "mark_3": 2}
    finding = found(with_more("results", sheet(2024, id="x", grade=6, **small), sheet(2024, id="y", grade=7, **small)))[
        0
    ]
    assert (finding.code, finding.row, finding.needs_reason) == ("results.small_groups", "x", True)
    assert (finding.params["sheets"], finding.params["limit"]) == ("2\u00a0работах", 10)
