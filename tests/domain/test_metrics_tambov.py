"""The indicators of a road map: each by hand, with what is missing, what does not apply and what is too small."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import (
    ClassFact,
    DirectionFact,
    GraduationFact,
    LevelFact,
    LiteracyFact,
    OfferFact,
    ResultFact,
    SchoolContext,
    SchoolFacts,
    StaffFact,
    SurveyFact,
)
from shnor_desktop.domain.methodology import SampleSizes
from shnor_desktop.domain.metrics import METRICS, MetricValue, compute
from shnor_desktop.domain.metrics.samples import group_warning

TODAY = date(2024, 10, 15)
TAMBOV = (
    "graduates.share_ege_both_passed",
    "graduates.share_profile_chose_ege",
    "graduates.share_profile_passed_ege",
    "results.oge_quality_russian",
    "results.oge_quality_math",
    "parents.share_satisfied",
    "parents.share_in_governance",
    "teaching.directions",
    "graduates.share_oge_both_passed",
    "teaching.share_in_depth",
    "teaching.share_elective_time_grade9",
    "teaching.share_individual_plans",
    "teaching.distance_courses",
    "extra.three_offers",
    "staff.share_project_technology",
    "teaching.share_independent_work",
    "staff.share_highest_category",
    "staff.share_under_35",
    "staff.share_training_overdue",
    "staff.share_pension_age",
    "staff.share_trained_for_categories",
)
OF_SENIORS = (*TAMBOV[:3], "teaching.share_individual_plans", "graduates.share_certificates")
OF_NINTH = (
    "results.oge_quality_russian",
    "results.oge_quality_math",
    "graduates.share_oge_both_passed",
    "graduates.share_certificates_9",
    "teaching.share_elective_time_grade9",
)


def facts(**rows: Any) -> SchoolFacts:
    return SchoolFacts(as_of=TODAY, **rows)


def school(kind: str = "secondary", **fields: Any) -> tuple[SchoolContext, ...]:
    return (SchoolContext(id="school", short_name="Школа", kind=kind, **fields),)


def classes(**sizes: int) -> tuple[ClassFact, ...]:
    return tuple(ClassFact(id=name, grade=int(name[1:]), pupils=pupils) for name, pupils in sizes.items())


def graduation(level: str = "11", year: int = 2024, **fields: Any) -> GraduationFact:
    return GraduationFact(id=f"g{level}-{year}", year=year, level=level, **fields)


def shown(value: MetricValue) -> tuple[str, object, object]:
    return str(value.value), value.numerator, value.denominator


def test_that_all_21_indicators_are_in_the_registry_with_a_caption_and_a_polarity() -> None:
    assert len(set(TAMBOV)) == 21
    assert all(METRICS[name].caption and METRICS[name].polarity != "none" for name in TAMBOV)
    assert METRICS["staff.share_training_overdue"].polarity == "lower_better"


# ---------------------------------------------------------------------------------------------------------- graduates
def test_that_the_threshold_of_both_subjects_is_a_share_of_the_graduates_of_the_newest_year() -> None:
    rows = (graduation(graduates=12, passed_both=11), graduation(year=2023, graduates=15, passed_both=12))
    found = compute("graduates.share_ege_both_passed", facts(schools=school(), graduations=rows))
    assert shown(found) == ("91.7", 11, 12)
    assert (found.year, found.warning) == (2024, "")
    assert [(row.label, row.note) for row in found.rows] == [("Выпуск 2024 г., 11 класс", "11 из 12")]
    before = compute("graduates.share_ege_both_passed", facts(schools=school(), graduations=rows), 2023)
    assert shown(before) == ("80.0", 12, 15)


def test_that_ninth_and_eleventh_graders_are_not_mixed() -> None:
    rows = (graduation(graduates=12, passed_both=12), graduation("9", graduates=20, passed_both=17))
    assert shown(compute("graduates.share_oge_both_passed", facts(graduations=rows))) == ("85.0", 17, 20)


def test_that_profile_subjects_are_shares_of_those_who_studied_by_profiles() -> None:
    row = graduation(graduates=14, profile_pupils=10, profile_chose=8, profile_passed=7)
    given = facts(schools=school(), graduations=(row,))
    assert shown(compute("graduates.share_profile_chose_ege", given)) == ("80.0", 8, 10)
    assert shown(compute("graduates.share_profile_passed_ege", given)) == ("70.0", 7, 10)


def test_that_certificates_are_a_share_of_all_graduates() -> None:
    rows = (graduation(graduates=11, certificates=11), graduation("9", graduates=30, certificates=29))
    assert shown(compute("graduates.share_certificates", facts(graduations=rows))) == ("100.0", 11, 11)
    assert shown(compute("graduates.share_certificates_9", facts(graduations=rows))) == ("96.7", 29, 30)


def test_that_without_profiles_the_profile_does_not_apply() -> None:
    row = graduation(graduates=14, profile_pupils=0)
    found = compute("graduates.share_profile_chose_ege", facts(schools=school(), graduations=(row,)))
    assert (found.value, found.missing) == (None, ())
    assert "Профильных" in found.not_applicable


@pytest.mark.parametrize("name", OF_SENIORS)
def test_that_figures_of_seniors_do_not_concern_a_school_without_them(name: str) -> None:
    found = compute(name, facts(schools=school("basic"), classes=classes(g9=12)))
    assert (found.value, found.missing) == (None, ())
    assert found.not_applicable == "В школе нет 10–11 классов"


@pytest.mark.parametrize("name", OF_NINTH)
def test_that_figures_of_grade_9_do_not_concern_a_primary_school(name: str) -> None:
    found = compute(name, facts(schools=school("primary"), classes=classes(g1=12)))
    assert (found.value, found.missing) == (None, ())
    assert found.not_applicable == "В школе нет 9 класса"


@pytest.mark.parametrize("name", [*OF_SENIORS, *OF_NINTH])
def test_that_a_secondary_school_whose_classes_are_not_all_listed_is_asked_for_the_figures(name: str) -> None:
    found = compute(name, facts(schools=school(pupils=100), classes=classes(g1=12)))
    assert found.missing
    assert not found.not_applicable


def test_that_a_complete_list_of_classes_without_seniors_says_that_there_are_none_this_year() -> None:
    given = facts(schools=school(pupils=30), classes=classes(g1=10, g9=20))
    found = compute("graduates.share_ege_both_passed", given)
    assert found.not_applicable == "В этом году в школе нет 10–11 классов"


def test_that_the_last_graduates_count_although_the_grade_is_gone_this_year() -> None:
    row = graduation(graduates=10, passed_both=9)
    given = facts(schools=school("basic"), graduations=(row,))
    assert shown(compute("graduates.share_ege_both_passed", given)) == ("90.0", 9, 10)
    older = facts(schools=school("basic"), graduations=(graduation(year=2022, graduates=10, passed_both=9),))
    assert compute("graduates.share_ege_both_passed", older).not_applicable
    assert shown(compute("graduates.share_ege_both_passed", older, 2022)) == ("90.0", 9, 10)


def test_that_an_empty_count_is_named_with_its_row_and_field() -> None:
    found = compute("graduates.share_ege_both_passed", facts(schools=school(), graduations=(graduation(graduates=9),)))
    missing = found.missing[0]
    assert (found.value, missing.page, missing.entity, missing.row) == (None, "results", "graduation", "g11-2024")
    assert missing.field == "passed_both"
    assert "Выпуск 2024 г., 11 класс" in missing.sentence


def test_that_a_part_greater_than_its_whole_gives_no_figure_and_says_which_numbers_contradict() -> None:
    row = graduation(graduates=9, passed_both=10)
    found = compute("graduates.share_ege_both_passed", facts(schools=school(), graduations=(row,)))
    assert found.value is None
    assert "больше" in found.missing[0].sentence


# -------------------------------------------------------------------------------------------------------- small groups
def test_that_a_share_of_fewer_than_ten_carries_a_warning_with_its_n() -> None:
    row = graduation(graduates=8, passed_both=7)
    given = facts(schools=school(), graduations=(row,))
    found = compute("graduates.share_ege_both_passed", given)
    assert shown(found) == ("87.5", 7, 8)
    assert "n = 8, меньше 10" in found.warning
    assert "12,5\u00a0%" in found.warning
    assert compute("graduates.share_ege_both_passed", given, sizes=SampleSizes(group=5)).warning == ""


def test_that_a_group_of_ten_and_one_that_is_not_counted_are_not_small() -> None:
    assert group_warning(10) == group_warning(None) == group_warning(0) == ""
    assert "n = 9" in group_warning(9)


def test_that_hours_and_checklists_are_no_small_groups() -> None:
    given = facts(schools=school(grade9_hours=8, grade9_elective_hours=2, conditions=("gym",)))
    assert compute("teaching.share_elective_time_grade9", given).warning == ""
    assert compute("school.share_conditions_met", given).warning == ""


# ---------------------------------------------------------------------------------------------------------------- ОГЭ
def test_that_the_quality_of_oge_is_of_the_exam_alone() -> None:
    def sheet(procedure: str, subject: str, four: int, five: int) -> ResultFact:
        marks = {"mark_2": 1, "mark_3": 9, "mark_4": four, "mark_5": five, "participants": 20}
        return ResultFact(id=f"{procedure}{subject}", procedure=procedure, subject=subject, grade=9, year=2024, **marks)

    rows = (sheet("oge", "russian", 7, 3), sheet("oge", "math", 4, 1), sheet("vpr", "math", 10, 10))
    given = facts(schools=school("basic"), results=rows)
    assert shown(compute("results.oge_quality_russian", given)) == ("50.0", 10, 20)
    assert shown(compute("results.oge_quality_math", given)) == ("25.0", 5, 20)


# ----------------------------------------------------------------------------------------------------------- teaching
def levels(**of: tuple[int | None, int | None, int | None]) -> tuple[LevelFact, ...]:
    made = []
    for level, (in_depth, minutes, independent) in of.items():
        values = {"pupils_in_depth": in_depth, "lesson_minutes": minutes, "independent_minutes": independent}
        made.append(LevelFact(id=level, year=2024, level=level, **values))
    return tuple(made)


def test_that_in_depth_study_is_split_by_levels_over_their_classes() -> None:
    given = facts(
        schools=school(pupils=100),
        classes=classes(g1=40, g9=50, g10=10),
        levels=levels(primary=(0, None, None), basic=(15, None, None), secondary=(8, None, None)),
    )
    found = compute("teaching.share_in_depth", given)
    assert shown(found) == ("23.0", 23, 100)
    assert [(part.code, *shown(part.value)) for part in found.parts] == [
        ("primary", "0.0", 0, 40),
        ("basic", "30.0", 15, 50),
        ("secondary", "80.0", 8, 10),
    ]


def test_that_a_level_that_the_school_has_not_is_not_applicable_and_one_that_is_not_typed_is_missing() -> None:
    given = facts(
        schools=school("basic", pupils=90), classes=classes(g1=40, g9=50), levels=levels(basic=(15, 400, 120))
    )
    found = compute("teaching.share_independent_work", given)
    assert found.value is None
    assert [missing.sentence for missing in found.missing] == ["Добавьте в паспорте уровень образования НОО"]
    by_level = {part.code: part.value for part in found.parts}
    assert shown(by_level["basic"]) == ("30.0", 120, 400)
    assert by_level["secondary"].not_applicable
    assert by_level["primary"].missing
    assert compute("teaching.share_independent_work_secondary", given).not_applicable
    assert shown(compute("teaching.share_independent_work_basic", given)) == ("30.0", 120, 400)


def test_that_independent_work_is_weighted_by_minutes_and_has_three_values() -> None:
    given = facts(schools=school(), levels=levels(primary=(0, 200, 60), basic=(0, 400, 100), secondary=(0, 100, 45)))
    found = compute("teaching.share_independent_work", given)
    assert shown(found) == ("29.3", 205, 700)
    assert [str(part.value.value) for part in found.parts] == ["30.0", "25.0", "45.0"]
    assert [part.caption for part in found.parts] == ["НОО", "ООО", "СОО"]


def test_that_directions_are_counted_and_zero_only_where_nobody_studies_in_depth() -> None:
    two = (DirectionFact(id="a", title="математика", kind="in_depth"), DirectionFact(id="b", title="химия"))
    assert shown(compute("teaching.directions", facts(directions=two))) == ("2", 2, None)
    assert compute("teaching.directions", facts()).missing
    nobody = facts(levels=levels(basic=(0, None, None)))
    assert shown(compute("teaching.directions", nobody)) == ("0", 0, None)


def test_that_electives_are_a_share_of_the_hours_of_grade_9() -> None:
    given = facts(schools=school("basic", grade9_hours=1122, grade9_elective_hours=68))
    assert shown(compute("teaching.share_elective_time_grade9", given)) == ("6.1", 68, 1122)
    empty = compute("teaching.share_elective_time_grade9", facts(schools=school("basic", grade9_hours=1122)))
    assert empty.missing[0].field == "grade9_elective_hours"


def test_that_individual_plans_are_a_share_of_the_pupils_of_the_senior_classes() -> None:
    given = facts(schools=school(pupils_individual_plan=6), classes=classes(g10=11, g11=9, g9=30))
    assert shown(compute("teaching.share_individual_plans", given)) == ("30.0", 6, 20)
    too_many = facts(schools=school(pupils_individual_plan=21), classes=classes(g10=11, g11=9))
    assert compute("teaching.share_individual_plans", too_many).missing


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [(True, True, ("1", "1")), (True, False, ("1", "0")), (False, None, ("0", "0")), (True, None, ("1", "None"))],
)
def test_that_distance_courses_are_answered_for_own_pupils_and_for_others(
    own: bool, others: bool | None, expected: tuple[str, str]
) -> None:
    given = facts(schools=school(distance_courses=own, distance_courses_for_others=others))
    found = compute("teaching.distance_courses", given)
    alone = compute("teaching.distance_courses_for_others", given)
    assert (str(found.value), str(alone.value)) == expected
    assert [str(part.value.value) for part in found.parts] == list(expected)


# ------------------------------------------------------------------------------------------------------ beside lessons
def test_that_satisfaction_puts_the_surveys_of_a_year_together() -> None:
    def survey(day: date, asked: int, satisfied: int) -> SurveyFact:
        return SurveyFact(id=str(day), held_on=day, question="Удовлетворены?", asked=asked, satisfied=satisfied)

    rows = (
        survey(date(2024, 2, 1), 40, 30),
        survey(date(2024, 9, 20), 60, 51),
        survey(date(2023, 9, 20), 50, 25),
        survey(date(2025, 2, 1), 10, 10),
    )
    found = compute("parents.share_satisfied", facts(surveys=rows))
    assert (*shown(found), found.year) == ("81.0", 81, 100, 2024)
    assert shown(compute("parents.share_satisfied", facts(surveys=rows), 2023)) == ("50.0", 25, 50)


def test_that_nobody_who_answered_is_no_satisfaction_of_zero() -> None:
    row = SurveyFact(id="s", held_on=date(2024, 2, 1), question="?", asked=0, satisfied=0)
    found = compute("parents.share_satisfied", facts(surveys=(row,)))
    assert (found.value, found.not_applicable) == (None, "На опрос никто не ответил")


def test_that_governance_is_a_share_of_all_parents() -> None:
    given = facts(schools=school(parents=150, parents_in_governance=12))
    assert shown(compute("parents.share_in_governance", given)) == ("8.0", 12, 150)
    gap = compute("parents.share_in_governance", facts(schools=school(parents=150)))
    assert (gap.missing[0].entity, gap.missing[0].field) == ("school", "parents_in_governance")


def offers(*spheres: str | None) -> tuple[OfferFact, ...]:
    return tuple(OfferFact(id=str(at), title=f"Кружок {at}", sphere=one) for at, one in enumerate(spheres))


def test_that_three_offers_must_be_of_different_spheres() -> None:
    def found(*spheres: str | None) -> MetricValue:
        return compute("extra.three_offers", facts(offers=offers(*spheres)))

    assert found("sport", "art", "technical").value == 1
    same = found("sport", "sport", "sport")
    assert same.value == 0
    assert [row.counted for row in same.rows] == [True, False, False]
    assert found("sport", "art", None).missing[0].field == "sphere"
    assert found("sport", "art", "technical", None).value == 1
    assert compute("extra.three_offers", facts()).missing
    assert compute("extra.three_offers", facts(schools=school(pupils_extra=0))).value == 0


def test_that_coverage_is_a_share_of_all_pupils() -> None:
    assert shown(compute("extra.share_covered", facts(schools=school(pupils=120, pupils_extra=90)))) == (
        "75.0",
        90,
        120,
    )


def test_that_literacy_below_the_base_is_split_by_kinds() -> None:
    def check(kind: str, below: int, participants: int, year: int = 2024) -> LiteracyFact:
        return LiteracyFact(
            id=f"{kind}{year}", year=year, kind=kind, grade=8, participants=participants, below_base=below
        )

    rows = (check("reading", 4, 20), check("mathematical", 9, 20), check("reading", 20, 20, 2023))
    found = compute("results.share_below_base_literacy", facts(literacy=rows))
    assert (*shown(found), found.year) == ("32.5", 13, 40, 2024)
    assert [(part.caption, str(part.value.value)) for part in found.parts] == [
        ("читательская", "20.0"),
        ("математическая", "45.0"),
    ]


def test_that_modern_conditions_are_a_share_of_the_list() -> None:
    given = facts(schools=school(conditions=("gym", "meals", "library", "unknown_to_us")))
    found = compute("school.share_conditions_met", given)
    assert shown(found) == ("25.0", 3, 12)
    assert len(found.rows) == 12
    assert sum(row.counted for row in found.rows) == 3


# -------------------------------------------------------------------------------------------------------------- staff
def test_that_project_technology_is_asked_of_those_who_give_lessons() -> None:
    people = (
        StaffFact(id="a", full_name="А", position="teacher", project_technology=True),
        StaffFact(id="b", full_name="Б", position="primary_teacher", project_technology=False),
        StaffFact(id="c", full_name="В", position="deputy", subjects=("math",), project_technology=True),
        StaffFact(id="d", full_name="Г", position="psychologist"),
    )
    found = compute("staff.share_project_technology", facts(staff=people))
    assert shown(found) == ("66.7", 2, 3)
    assert "n = 3" in found.warning


def test_that_courses_for_categories_are_a_share_of_everyone_and_wait_for_every_answer() -> None:
    people = [StaffFact(id=str(at), full_name=str(at), trained_for_categories=at < 6) for at in range(10)]
    found = compute("staff.share_trained_for_categories", facts(staff=tuple(people)))
    assert (*shown(found), found.warning) == ("60.0", 6, 10, "")
    unasked = (*people, StaffFact(id="x", full_name="Новый"))
    gap = compute("staff.share_trained_for_categories", facts(staff=unasked))
    assert (gap.value, gap.missing[0].row) == (None, "x")
    assert gap.missing[0].field == "trained_for_categories"


def test_that_no_metric_gives_more_than_all_on_bad_counts() -> None:
    row = graduation(graduates=-5, passed_both=-7)
    found = compute("graduates.share_ege_both_passed", facts(schools=school(), graduations=(row,)))
    assert found.value is None or Decimal(0) <= found.value <= 100
