"""Figures of a school: what they count, over what, and what they say while something is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import (
    BuildingFact,
    ClassFact,
    EventFact,
    MeasureFact,
    PartnerFact,
    PlanFact,
    ProgrammeFact,
    ResultFact,
    SchoolContext,
    SchoolFacts,
    StaffFact,
)
from shnor_desktop.domain.metrics import METRICS, compute, known_metric_names
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import MetricValue

TODAY = date(2024, 4, 15)


def facts(**rows: Any) -> SchoolFacts:
    return SchoolFacts(as_of=TODAY, **rows)


def school(**fields: Any) -> SchoolFacts:
    return facts(schools=(SchoolContext(id="school", short_name="Школа", **fields),))


def staff(*people: dict[str, Any]) -> tuple[StaffFact, ...]:
    return tuple(
        StaffFact(id=f"s{number}", full_name=f"Педагог {number}", **person) for number, person in enumerate(people)
    )


def vpr(subject: str, marks: Iterable[int], year: int = 2023, **fields: Any) -> ResultFact:
    two, three, four, five = marks
    defaults: dict[str, Any] = {"procedure": "vpr", "grade": 5, "participants": two + three + four + five}
    return ResultFact(
        id=f"{subject}-{year}",
        subject=subject,
        year=year,
        mark_2=two,
        mark_3=three,
        mark_4=four,
        mark_5=five,
        **{**defaults, **fields},
    )


def shown(value: MetricValue) -> tuple[str, object, object]:
    return str(value.value), value.numerator, value.denominator


def counted(value: MetricValue) -> list[str]:
    return [row.id for row in value.rows if row.counted]


@pytest.mark.parametrize("name", sorted(known_metric_names()))
def test_that_a_figure_of_an_empty_school_is_unknown_and_says_what_to_fill_and_where(name: str) -> None:
    found = compute(name, facts())
    assert found.value is None
    assert bool(found.missing) is not METRICS[name].is_municipal
    assert bool(found.not_applicable) is METRICS[name].is_municipal
    for missing in found.missing:
        assert missing.sentence
        assert missing.page in {"passport", "staff", "results", "partners", "development", "roadmap"}


@pytest.mark.parametrize("description", METRICS.values(), ids=lambda item: item.name)
def test_that_every_share_says_what_it_counts_and_over_what(description: Metric) -> None:
    if description.unit == "%":
        assert description.numerator_caption
        assert description.denominator_caption


def test_that_an_unknown_name_and_a_second_declaration_are_mistakes_of_ours() -> None:
    with pytest.raises(BugError):
        compute("staff.no_such_figure", facts())
    with pytest.raises(BugError):
        metric(METRICS["staff.count"])(lambda _: MetricValue(None))


# -------------------------------------------------------------------------------------------------------------- staff
def test_that_a_share_of_the_staff_lists_everyone_and_counts_those_it_is_about() -> None:
    people = staff({"category": "highest"}, {"category": "first"}, {"category": "none"})
    found = compute("staff.share_highest_category", facts(staff=people))
    assert shown(found) == ("33.3", 1, 3)
    assert [row.label for row in found.rows] == ["Педагог 0", "Педагог 1", "Педагог 2"]
    assert counted(found) == ["s0"]
    assert shown(compute("staff.share_any_category", facts(staff=people))) == ("66.7", 2, 3)
    assert shown(compute("staff.count", facts(staff=people))) == ("3", 3, None)


def test_that_a_share_is_rounded_half_up_to_one_place() -> None:
    people = staff(*[{"retired": number == 0} for number in range(16)])
    assert shown(compute("staff.share_pension_age", facts(staff=people))) == ("6.3", 1, 16)  # 6.25


def test_that_a_category_that_is_not_filled_leaves_the_share_unknown_and_names_the_row() -> None:
    people = staff({"category": "highest"}, {}, {})
    found = compute("staff.share_highest_category", facts(staff=people))
    assert found.value is None
    assert (found.missing[0].row, found.missing[0].field) == ("s1", "category")
    assert "2\u00a0педагогов" in found.missing[0].sentence


def test_that_young_is_below_35() -> None:
    people = staff({"birth_year": 1989}, {"birth_year": 1990}, {"birth_year": 1960})
    found = compute("staff.share_under_35", facts(staff=people))
    assert counted(found) == ["s1"]


def test_that_courses_are_overdue_after_three_years_and_when_there_were_none() -> None:
    people = staff(
        {"last_training": date(2021, 4, 15)},
        {"last_training": date(2021, 4, 14)},
        {},
        {"last_training": date(2020, 2, 29)},
    )
    found = compute("staff.share_training_overdue", facts(staff=people))
    assert counted(found) == ["s1", "s2", "s3"]


def test_that_the_mean_workload_is_over_those_whose_workload_is_known() -> None:
    people = staff({"workload": Decimal("18")}, {"workload": Decimal("27.5")}, {})
    found = compute("staff.mean_workload", facts(staff=people))
    assert shown(found) == ("22.8", Decimal("45.5"), 2)


def test_that_a_teacher_who_needs_no_mentor_is_left_out_and_one_without_a_plan_has_none() -> None:
    people = staff(
        {"subjects": ("russian",)}, {"subjects": ("math", "physics")}, {"subjects": ("math",)}, {"subjects": ("pe",)}
    )
    plans = (PlanFact(teacher="s0", mentoring="has"), PlanFact(teacher="s1", mentoring="not_needed"))
    found = compute("staff.share_mentored_core_subjects", facts(staff=people, plans=plans))
    assert shown(found) == ("50.0", 1, 2)
    assert counted(found) == ["s0"]
    assert shown(compute("staff.core_subject_teachers", facts(staff=people))) == ("3", 3, None)


def test_that_the_share_of_mentored_is_unknown_where_nobody_needs_a_mentor() -> None:
    plans = (PlanFact(teacher="s0", mentoring="not_needed"),)
    found = compute("staff.share_mentored_core_subjects", facts(staff=staff({"subjects": ("math",)}), plans=plans))
    assert found.value is None
    assert "не требуется" in found.missing[0].sentence


def test_that_no_vacancies_are_zero_and_not_unknown() -> None:
    assert shown(compute("staff.vacancies", school(vacancies=0))) == ("0", 0, None)


# ------------------------------------------------------------------------------------------------------------- pupils
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("pupils.share_sen", "pupils_sen"),
        ("pupils.share_not_native_russian", "pupils_not_native"),
        ("pupils.share_single_parent", "pupils_single_parent"),
        ("pupils.share_low_income", "pupils_low_income"),
        ("pupils.share_large_family", "pupils_large_family"),
        ("pupils.share_unemployed_parents", "pupils_unemployed"),
        ("pupils.share_on_register", "pupils_on_register"),
        ("pupils.share_guardianship", "pupils_guardianship"),
        ("pupils.share_parents_higher_education", "parents_higher_education"),
        ("pupils.share_bussed", "pupils_bussed"),
        ("risk.share_at_risk", "pupils_at_risk"),
    ],
)
def test_that_a_group_of_pupils_is_a_share_of_all_pupils(name: str, field: str) -> None:
    found = compute(name, school(pupils=160, **{field: 23}))
    assert shown(found) == ("14.4", 23, 160)
    gap = compute(name, school(pupils=160))
    assert [missing.field for missing in gap.missing] == [field]
    assert compute(name, school(pupils=0, **{field: 0})).value is None


def test_that_pupils_are_counted_by_the_passport_and_a_class_by_its_size() -> None:
    assert shown(compute("pupils.count", school(pupils=160))) == ("160", 160, None)
    classes = (ClassFact(id="a", grade=1, pupils=11), ClassFact(id="b", grade=2, pupils=14))
    assert shown(compute("pupils.per_class", facts(classes=classes))) == ("12.5", 25, 2)
    gap = (*classes, ClassFact(id="c", grade=3))
    assert compute("pupils.per_class", facts(classes=gap)).value is None


def test_that_figures_of_resources_come_from_the_passport() -> None:
    passport = school(pupils=160, computers=30, internet_mbps=Decimal(0), distance_km=Decimal("34.5"))
    assert shown(compute("school.pupils_per_computer", passport)) == ("5.3", 160, 30)
    assert compute("school.internet_mbps", passport).value == 0
    assert compute("school.distance_km", passport).value == Decimal("34.5")
    assert compute("school.buildings", facts(buildings=(BuildingFact(id="a"), BuildingFact(id="b")))).value == 2


def test_that_a_school_without_computers_has_no_figure_but_a_sentence() -> None:
    found = compute("school.pupils_per_computer", school(pupils=160, computers=0))
    assert found.value is None
    assert "нет" in found.missing[0].sentence


# ------------------------------------------------------------------------------------------------------------ results
def test_that_procedures_of_a_year_are_weighted_by_their_participants() -> None:
    results = (vpr("russian", (2, 4, 3, 1)), vpr("russian", (1, 12, 13, 4), procedure="oge", grade=9))
    found = compute("results.share_below_minimum_russian", facts(results=results))
    assert shown(found) == ("7.5", 3, 40)
    assert [row.note for row in found.rows] == ["2 из 10", "1 из 30"]
    assert shown(compute("results.quality_russian", facts(results=results))) == ("52.5", 21, 40)


def test_that_the_exam_counts_below_the_minimum_but_has_no_quality() -> None:
    results = (vpr("math", (1, 4, 4, 1)), vpr("math", (2, 8, 0, 0), procedure="ege", grade=11))
    assert shown(compute("results.share_below_minimum_math", facts(results=results))) == ("15.0", 3, 20)
    assert shown(compute("results.quality_math", facts(results=results))) == ("50.0", 5, 10)


def test_that_a_diagnostic_work_of_the_school_is_no_procedure() -> None:
    results = (vpr("math", (5, 5, 0, 0), procedure="diagnostic"),)
    assert compute("results.share_below_minimum_math", facts(results=results)).value is None


def test_that_all_subjects_are_put_together() -> None:
    results = (vpr("math", (1, 4, 4, 1)), vpr("history", (3, 4, 2, 1)))
    assert shown(compute("results.share_below_minimum_all", facts(results=results))) == ("20.0", 4, 20)
    assert shown(compute("results.quality_all", facts(results=results))) == ("40.0", 8, 20)
    assert shown(compute("results.procedures", facts(results=results))) == ("2", 2, None)
    assert shown(compute("results.participants", facts(results=results))) == ("20", 20, None)


def test_that_the_newest_year_is_shown_and_the_one_before_stands_beside_it() -> None:
    results = (
        vpr("russian", (3, 4, 2, 1), 2022),
        vpr("russian", (1, 4, 4, 1), 2023),
        vpr("russian", (9, 1, 0, 0), 2042),
    )
    school_year = facts(results=results)
    newest = compute("results.share_below_minimum_russian", school_year)
    assert (newest.value, newest.year) == (10, 2023)
    before = compute("results.share_below_minimum_russian", school_year, 2022)
    assert (before.value, before.year) == (30, 2022)


def test_that_a_figure_without_years_has_no_last_year() -> None:
    people = facts(staff=staff({"category": "highest"}))
    found = compute("staff.count", people, 2023)
    assert found.value is None
    assert "не хранятся" in found.missing[0].sentence


def test_that_last_year_without_results_is_none_and_not_zero() -> None:
    results = (vpr("russian", (1, 4, 4, 1), 2023),)
    assert compute("results.quality_russian", facts(results=results), 2022).value is None


@pytest.mark.parametrize(("field", "asked"), [("participants", "participants"), ("mark_2", "mark_2")])
def test_that_a_sheet_with_a_gap_is_named_and_the_share_unknown(field: str, asked: str) -> None:
    sheet = ResultFact(
        id="r",
        **{"procedure": "vpr", "subject": "math", "grade": 5, "year": 2023, "participants": 9, "mark_2": 1}
        | {field: None},
    )
    found = compute("results.share_below_minimum_math", facts(results=(sheet,)))
    assert found.value is None
    assert (found.missing[0].row, found.missing[0].field) == ("r", asked)
    assert "математика" in found.missing[0].sentence


def test_that_marks_are_compared_with_the_journal_where_the_comparison_is_known() -> None:
    results = (
        vpr("russian", (1, 4, 4, 1), lowered=3, confirmed=6, raised=1),
        vpr("math", (1, 4, 4, 1), lowered=1, confirmed=9, raised=0),
        vpr("history", (1, 4, 4, 1)),
    )
    school_year = facts(results=results)
    assert shown(compute("results.share_confirmed_marks", school_year)) == ("75.0", 15, 20)
    assert shown(compute("results.share_lowered_marks", school_year)) == ("20.0", 4, 20)
    assert shown(compute("results.share_raised_marks", school_year)) == ("5.0", 1, 20)


# ------------------------------------------------------------------------------------------------------------ support
def test_that_events_count_when_their_day_has_come() -> None:
    partners = (PartnerFact(id="p"),)
    events = tuple(
        EventFact(id=str(number), partner="p", held_on=day)
        for number, day in enumerate((date(2023, 8, 31), date(2023, 9, 1), TODAY, date(2024, 5, 1), None))
    )
    held = facts(partners=partners, events=events)
    assert counted(compute("partners.events_held", held)) == ["0", "1", "2"]
    assert counted(compute("partners.events_held_school_year", held)) == ["1", "2"]
    assert compute("partners.schools", held).value == 1


def test_that_no_event_with_a_partner_is_a_true_zero() -> None:
    assert compute("partners.events_held", facts(partners=(PartnerFact(id="p"),))).value == 0


def test_that_a_teacher_with_two_plans_counts_once() -> None:
    plans = (PlanFact(teacher="s0", state="done"), PlanFact(teacher="s0", state="draft"))
    planned = facts(staff=staff({}, {}), plans=plans)
    assert shown(compute("development.share_teachers_with_plan", planned)) == ("50.0", 1, 2)
    assert shown(compute("development.share_plans_completed", planned)) == ("50.0", 1, 2)


# ------------------------------------------------------------------------------------------------------------ roadmap
def roadmap(*measures: dict[str, Any]) -> SchoolFacts:
    rows = tuple(MeasureFact(**{"id": f"m{number}", "programme": "p", **item}) for number, item in enumerate(measures))
    return facts(programmes=(ProgrammeFact(id="p"),), measures=rows)


def test_that_cancelled_rows_and_optional_ones_that_nobody_began_do_not_count() -> None:
    found = compute(
        "roadmap.share_done",
        roadmap(
            {"state": "done"},
            {"state": "planned"},
            {"state": "cancelled"},
            {"state": "planned", "is_optional": True},
            {"state": "done", "is_optional": True},
            {"state": "done", "programme": "last year's"},
        ),
    )
    assert shown(found) == ("66.7", 2, 3)


def test_that_on_time_means_done_by_the_deadline_of_those_whose_deadline_has_passed() -> None:
    past = date(2024, 3, 31)
    found = compute(
        "roadmap.share_done_on_time",
        roadmap(
            {"state": "done", "due_on": past, "done_on": past},
            {"state": "done", "due_on": past, "done_on": date(2024, 4, 2)},
            {"state": "in_progress", "due_on": past},
            {"state": "planned", "due_on": TODAY},
            {"state": "done", "due_on": past, "done_on": past, "is_optional": True},
        ),
    )
    assert shown(found) == ("33.3", 1, 3)


def test_that_overdue_is_open_work_past_its_deadline_and_never_what_is_optional() -> None:
    past = date(2024, 4, 14)
    found = compute(
        "roadmap.overdue",
        roadmap(
            {"state": "planned", "due_on": past},
            {"state": "planned", "due_on": TODAY},
            {"state": "done", "due_on": past},
            {"state": "in_progress", "due_on": past, "is_optional": True},
        ),
    )
    assert counted(found) == ["m0"]
