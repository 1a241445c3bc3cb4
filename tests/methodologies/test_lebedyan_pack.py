"""The Lebedyan 2018 pack against its source: 31 measures, targets of the municipality, two monitorings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.deadlines import read_deadline
from shnor_desktop.domain.facts import CentreFacts, RegistryFact
from shnor_desktop.domain.methodology import Indicator, IndicatorScope, Pack
from shnor_desktop.domain.methodology_lint import lint_pack
from shnor_desktop.domain.methodology_lint.readings import period_of
from shnor_desktop.domain.metrics.municipal import compute_municipal
from tests.methodologies.golden_cases import GoldenCase, golden, measure_of, question_of
from tests.methodologies.packs import pack_of

SPECIALISTS = ("psychologist", "defectologist", "speech_therapist", "social_teacher", "extra_education")


def lebedyan() -> Pack:
    return pack_of("lebedyan-2018")


def indicator(name: str) -> Indicator:
    return next(item for item in lebedyan().indicators if item.id == name)


def municipality() -> CentreFacts:
    """Nine schools: four of the programme, three of them with success."""
    judged: dict[str, Any] = {"included_since": 2018, "in_events": True, "disseminates": True, "trained_staff": 6}
    rows = [RegistryFact(id=str(at), year=2018, code=f"L-{at}", is_analysed=True) for at in range(5, 10)]
    for at in range(1, 5):
        told = {**judged, "realises": at < 4, "has_succeeded": at < 4, "categories": ("low_results",)}
        rows.append(RegistryFact(id=str(at), year=2018, code=f"L-{at}", is_analysed=True, **told))
    return CentreFacts(as_of=date(2018, 12, 1), registry=tuple(rows))


def test_that_the_31_measures_are_divided_14_4_11_2_and_numbered_as_in_the_source() -> None:
    sizes = {"1": 14, "2": 4, "3": 11, "4": 2}
    wanted = [f"{section}.{number}" for section, size in sizes.items() for number in range(1, size + 1)]
    assert [item.number for item in lebedyan().plan_measures()] == wanted
    assert all(item.section == item.number.split(".", maxsplit=1)[0] for item in lebedyan().plan_measures())


@pytest.mark.parametrize(
    ("number", "phrase", "ends"),
    [
        ("1.8", "Январь 2018 г.", ["2018-01-31"]),
        ("1.10", "апрель - май", ["2018-05-31"]),
        ("1.9", "апрель-август", ["2018-08-31"]),
        ("3.2", "июнь- октябрь", ["2018-10-31"]),
        ("3.8", "март, май, октябрь, ноябрь", ["2018-03-31", "2018-05-31", "2018-10-31", "2018-11-30"]),
        ("4.1", "апрель, июнь, ноябрь", ["2018-04-30", "2018-06-30", "2018-11-30"]),
        ("2.1", "в течение года", ["2018-12-31"]),
        ("1.12", "по отдельному графику", []),
    ],
)
def test_that_a_deadline_is_the_sources_and_reads_in_2018(number: str, phrase: str, ends: list[str]) -> None:
    measure = measure_of(lebedyan(), number)
    assert measure.deadline == phrase
    reading = read_deadline(phrase, period_of(lebedyan()))
    assert [str(window.end) for window in reading.windows] == ends


def test_that_the_dates_of_every_measure_are_those_that_its_words_give() -> None:
    for measure in lebedyan().plan_measures():
        windows = read_deadline(measure.deadline, period_of(lebedyan())).windows
        told = (windows[0].start, windows[-1].end) if windows else (None, None)
        assert (measure.start, measure.due) == told, measure.number


def test_that_seminars_are_series_of_seven_and_four_months() -> None:
    series = [
        read_deadline(measure_of(lebedyan(), number).deadline, period_of(lebedyan())) for number in ("3.1", "3.8")
    ]
    assert [len(reading.windows) for reading in series] == [7, 4]


def test_that_schools_carry_out_six_measures_of_the_plan() -> None:
    own = [item.number for item in lebedyan().school_measures() if item.number]
    assert own == ["1.10", "1.13", "2.2", "2.3", "2.4", "3.1"]


def test_that_several_executors_of_one_cell_are_several_roles() -> None:
    assert measure_of(lebedyan(), "3.1").executors == ("uoin", "iro", "department", "resource_centre", "ou")


def test_that_targets_are_those_of_the_source_and_numbered_as_printed_there() -> None:
    own = [item for item in lebedyan().indicators if item.scope is IndicatorScope.MUNICIPALITY]
    assert [(item.number, item.target, item.unit) for item in own if item.number] == [
        ("1", Decimal(44), "%"),
        ("2", Decimal(44), "%"),
        ("3", Decimal(20), "чел."),
        ("4", Decimal(44), "%"),
        ("5", Decimal(44), "%"),
    ]
    assert [(item.target, item.metric) for item in own if item.for_goal] == [(Decimal(30), "municipal.share_succeeded")]
    assert indicator("task_1_analysed").target == 100
    assert indicator("task_3_trained").target_phrase == "не менее 20 человек"


def test_that_the_shift_of_numbers_is_kept_and_noted() -> None:
    places = {task.id: task.number for task in lebedyan().programme_tasks}
    for number in range(1, 6):
        printed = [item for item in lebedyan().indicators if item.number == str(number)]
        assert [places[task] for item in printed for task in item.tasks] == [number]
    assert "измеряет задачу 4" in indicator("task_3_trained").note


def test_that_nine_schools_are_marked_as_derived() -> None:
    derived = [item for item in lebedyan().baselines if item.denominator]
    assert [(item.numerator, item.denominator, item.unconfirmed) for item in derived] == [(4, 9, True)]
    shares = [item for item in lebedyan().indicators if item.target == 44]
    assert len(shares) == 5
    assert all(item.unconfirmed and "выведен" in item.note for item in shares)


@pytest.mark.parametrize("case", golden("lebedyan.toml", "figures"), ids=str)
def test_that_a_figure_of_nine_schools_stands_beside_the_target_of_the_source(case: GoldenCase) -> None:
    wanted = indicator(case.data["indicator"])
    found = compute_municipal(wanted.metric, municipality(), 2018)
    counts = [found.numerator, found.denominator][: len(case.data["counts"])]
    assert (str(found.value), counts, str(wanted.target)) == (
        case.data["value"],
        case.data["counts"],
        case.data["target"],
    )


@pytest.mark.parametrize("case", golden("lebedyan.toml", "categories"), ids=str)
def test_that_a_school_falls_into_the_categories_of_the_golden_case(case: GoldenCase) -> None:
    assert case.verdicts(lebedyan(), date(2018, 9, 1)) == case.data["verdicts"]


@pytest.mark.parametrize("case", golden("lebedyan.toml", "levels"), ids=str)
def test_that_an_answer_of_the_packs_own_questions_gets_the_level_of_the_golden_case(case: GoldenCase) -> None:
    assert case.level(lebedyan()) == (case.data["level"], case.data["sentence"])


def test_that_three_rounds_of_programmes_stand_beside_the_monitoring_of_the_whole_year() -> None:
    waves = {(item.form, item.number): (item.start, item.due) for item in lebedyan().monitoring_waves}
    rounds = [waves["programme_results", number][1] for number in (1, 2, 3)]
    assert rounds == [date(2018, 4, 30), date(2018, 6, 30), date(2018, 11, 30)]
    assert waves["achievements", 1] == (date(2018, 1, 1), date(2018, 12, 31))
    codes = [{item.code for item in form.questions()} for form in lebedyan().forms]
    assert {form.id for form in lebedyan().forms} >= {"programme_results", "achievements"}
    assert sum(map(len, codes)) == len(set.union(*codes))


def test_that_appointments_name_their_measure_and_month() -> None:
    roles = {item.id: " ".join(item.functions) for item in lebedyan().roles}
    wanted = {
        "support_school": "1.3",
        "resource_centre": "1.4",
        "working_group": "1.6",
        "curator": "1.7",
        "impulse": "1.8",
    }
    assert all(f"п. {number}" in roles[role] for role, number in wanted.items())
    assert set(roles) > {
        "base_school",
        "innovation_site",
        "methodical_council",
        "rmo_head",
        "uoin",
        "iro",
        "department",
    }


def test_that_the_network_project_and_the_results_of_2017_have_a_place() -> None:
    assert [item.code for item in lebedyan().projects] == ["equal_opportunities", "impulse"]
    assert "lebedyan.2.2" in lebedyan().projects[0].measures
    assert {item.year for item in lebedyan().baselines} == {2017}
    model = lebedyan().baselines[0]
    assert (model.numerator, model.value) == (4, Decimal(44))


def test_that_four_causes_stand_beside_the_conditions_that_a_school_does_not_choose() -> None:
    groups = [item.group for item in lebedyan().causes]
    assert (groups.count("Причины неуспешности"), groups.count("Условия школы")) == (4, 6)


def test_that_the_map_asks_for_each_staff_post_that_the_programme_wants() -> None:
    assert all(question_of(lebedyan(), f"specialists.{name}").choices for name in SPECIALISTS)


def test_that_the_programme_of_a_school_has_the_five_required_parts_before_the_appendices() -> None:
    sections = lebedyan().programme_sections
    assert [item.number for item in sections if item.parent == "improvement"] == ["8.1", "8.2", "8.3", "8.4", "8.5"]
    assert [item.number for item in sections if not item.parent] == [str(number) for number in range(1, 14)]
    assert not any(word in item.draft for item in sections for word in ("Тюмен", "ТОГИРРО", "83/ОД"))


def test_that_courses_are_listed_by_those_who_learn() -> None:
    forms = {item.code for item in lebedyan().development.activity_forms}
    assert forms > {"course_directors", "course_teachers", "course_russian_math"}


def test_that_documents_name_the_measure_that_makes_them() -> None:
    made = {item.code: item.made_by for item in lebedyan().documents}
    assert made["programme"] == ("lebedyan.1.10",)
    assert made["partner_agreement"] == ("lebedyan.1.7",)
    assert made["municipal_programme_change"] == ("lebedyan.1.1",)
    assert made["methodical_recommendations"] == ("lebedyan.3.2",)
    assert made["publications"] == ("lebedyan.3.10",)


def test_that_stages_follow_each_other_through_2018_and_everything_ends_inside_of_its_stage() -> None:
    stages = {item.id: item for item in lebedyan().stages}
    assert all(item.unconfirmed for item in stages.values())
    assert (lebedyan().period_start, lebedyan().period_end) == (date(2018, 1, 1), date(2018, 12, 31))
    for item in (*lebedyan().measures, *lebedyan().documents):
        assert item.due is None or item.due <= stages[item.stage].end, item


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("before_its_basis", {"lebedyan.1.8", "lebedyan.4.1"}),
        ("near_duplicate", {"lebedyan.1.9"}),
        ("goal_below_task", {"goal_succeeded"}),
        ("target_not_whole", {"goal_succeeded"}),
        ("task_without_indicator", {"dissemination"}),
        ("frequency_in_title", {"lebedyan.1.12"}),
        ("no_deadline", set()),
        ("no_executor", set()),
        ("due_differs", set()),
        ("stages_overlap", set()),
    ],
)
def test_that_the_linter_finds_the_defects_that_follow_from_the_data(code: str, items: set[str]) -> None:
    assert {item.item for item in lint_pack(lebedyan()) if item.code.value == code} == items


def test_that_what_no_rule_can_compute_is_recorded_with_its_place() -> None:
    recorded = {item.code for item in lebedyan().source_defects}
    assert recorded > {
        "measure_21_or_2_2",
        "six_tasks_five_indicators",
        "curators_into_schools",
        "executors_run_together",
        "registry_before_identification",
        "typos",
    }
    assert all(item.place for item in lebedyan().source_defects)
