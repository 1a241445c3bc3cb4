"""The Tambov 2021–2023 pack against its source, and the figures that it gives."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.deadlines import PlanPeriod, Reading, read_deadline
from shnor_desktop.domain.facts import (
    ClassFact,
    DirectionFact,
    GraduationFact,
    LevelFact,
    OfferFact,
    ResultFact,
    SchoolContext,
    SchoolFacts,
    StaffFact,
    SurveyFact,
)
from shnor_desktop.domain.identification import identify
from shnor_desktop.domain.methodology import Indicator, IndicatorScope, Measure, Pack, Polarity
from shnor_desktop.domain.methodology_lint import LintCode, lint_pack
from shnor_desktop.domain.metrics import METRICS, MetricValue, compute
from tests.methodologies.packs import pack_of

GOLDEN = Path(__file__).parent / "golden" / "tambov_indicators.toml"
CASES: list[dict[str, Any]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["cases"]
FACTS: dict[str, Any] = {
    "graduations": GraduationFact,
    "results": ResultFact,
    "surveys": SurveyFact,
    "directions": DirectionFact,
    "levels": LevelFact,
    "offers": OfferFact,
}


def tambov() -> Pack:
    return pack_of("tambov-2021-2023")


def measure(number: str) -> Measure:
    found = tambov().measure(f"plan.{number}")
    assert found is not None, number
    return found


def indicators() -> tuple[Indicator, ...]:
    return tuple(item for item in tambov().indicators if item.number)


def read(number: str) -> Reading:
    pack = tambov()
    return read_deadline(pack.deadline_of(measure(number)), PlanPeriod(pack.period_start, pack.period_end))


# ----------------------------------------------------------------------------------------------------------- passport
def test_that_the_passport_names_period_coordinator_goal_six_tasks_and_three_directions() -> None:
    pack = tambov()
    assert (pack.period_start, pack.period_end) == (date(2021, 1, 1), date(2023, 12, 31))
    assert "Тамбовского района" in pack.coordinator
    assert pack.goal
    assert [task.number for task in pack.programme_tasks] == [1, 2, 3, 4, 5, 6]
    assert [(item.number, item.title) for item in pack.directions] == [
        ("1", "Организационные механизмы"),
        ("2", "Повышение качества образования"),
        ("3", "Развитие кадрового потенциала"),
    ]


def test_that_the_source_names_no_stages_and_every_form_wave_and_document_has_one() -> None:
    pack = tambov()
    assert all(stage.unconfirmed for stage in pack.stages)
    stages = {stage.id: stage for stage in pack.stages}
    assert all(form.stage in stages for form in pack.forms)
    assert all(document.stage in stages for document in pack.documents)
    for wave in pack.monitoring_waves:
        assert stages[wave.stage].start <= wave.start <= wave.due <= stages[wave.stage].end, wave.id


# --------------------------------------------------------------------------------------------------------- indicators
def test_that_the_21_indicators_come_first_and_in_the_order_of_the_source() -> None:
    assert [item.number for item in tambov().indicators[:21]] == [str(number) for number in range(1, 22)]
    assert len(indicators()) == 21


def test_that_every_indicator_is_computed_and_means_what_its_metric_means() -> None:
    for item in indicators():
        metric = METRICS[item.metric]
        assert (item.unit, bool(item.denominator)) == (metric.unit, item.unit == "%"), item.id
        assert item.polarity is metric.polarity, item.id
        assert item.tasks, item.id


def test_that_the_source_gives_units_and_neither_base_nor_target() -> None:
    assert Counter(item.unit for item in indicators()) == {"%": 18, "да/нет": 2, "ед.": 1}
    assert all(item.baseline is None and item.target is None and not item.target_phrase for item in indicators())


def test_that_less_is_better_only_for_courses_not_passed_in_time_and_for_pension_age() -> None:
    lower = [item.number for item in indicators() if item.polarity is Polarity.LOWER_BETTER]
    assert lower == ["19", "20"]


def test_that_seven_results_are_linked_to_indicators_or_said_to_have_none() -> None:
    results = tambov().expected_results
    assert [item.number for item in results] == [1, 2, 3, 4, 5, 6, 7]
    assert [item.number for item in results if not item.indicators] == [1, 7]
    own = {item.id for item in tambov().indicators if not item.number}
    assert [item.number for item in results if own & set(item.indicators)] == [2, 3, 4, 6]


def test_that_the_two_annual_registries_are_figures_of_the_municipality() -> None:
    municipal = {item.id: item.metric for item in tambov().indicators if item.scope is IndicatorScope.MUNICIPALITY}
    assert municipal == {
        "schools_registered": "municipal.share_registered",
        "practice_sites": "municipal.practice_sites",
    }


# ----------------------------------------------------------------------------------------------------------- measures
def test_that_25_measures_stand_in_three_sections() -> None:
    numbers = [item.number for item in tambov().plan_measures()]
    assert numbers == [
        *(f"1.{number}" for number in range(1, 11)),
        *(f"2.{number}" for number in range(1, 10)),
        *(f"3.{number}" for number in range(1, 7)),
    ]
    assert all(item.section == item.number.split(".")[0] for item in tambov().plan_measures())


def test_that_every_measure_has_the_deadline_the_executor_and_the_result_of_the_source() -> None:
    for item in tambov().plan_measures():
        assert all((item.deadline, item.executors, item.expected_result, item.tasks)), item.number
        assert set(item.executors) <= {"education_department", "school_organisation"}
        assert item.source.endswith(f"п. {item.number}")


def test_that_results_that_promise_growth_stay_as_they_are() -> None:
    repeated = Counter(item.expected_result for item in tambov().plan_measures())
    assert repeated["Повышение качества образования"] == 6
    assert repeated["Повышение кадрового потенциала школ"] == 3
    assert repeated["Повышение качества подготовки обучающихся к ГИА"] == 1
    assert measure("2.8").expected_result == "Уменьшение детей «группы риска»"


def test_that_the_linter_finds_every_result_that_nobody_can_verify() -> None:
    found = [item for item in lint_pack(tambov()) if item.code is LintCode.RESULT_UNVERIFIABLE]
    assert [item.place for item in found] == [f"п. {number}" for number in (
        "2.1", "2.2", "2.3", "2.6", "2.7", "2.8", "3.1", "3.2", "3.3", "3.4", "3.5",
    )]  # fmt: skip


def test_that_the_linter_finds_indicators_without_base_and_the_monitoring_before_the_programmes() -> None:
    found = lint_pack(tambov())
    for code in (LintCode.INDICATOR_WITHOUT_BASE, LintCode.INDICATOR_WITHOUT_TARGET):
        assert {item.item for item in found if item.code is code} >= {item.id for item in indicators()}
    assert [item.item for item in found if item.code is LintCode.BEFORE_ITS_BASIS] == ["plan.1.7"]
    results = [item.item for item in found if item.code is LintCode.RESULT_WITHOUT_INDICATOR]
    assert results == ["support_mechanisms", "practices"]


def test_that_schools_are_offered_the_measures_that_they_carry_out() -> None:
    offered = [item.number for item in tambov().school_measures() if item.number]
    assert offered == ["1.4", "1.6", "1.8", "2.1", "2.2", "2.3", "2.4", "2.6", "2.7", "2.8", "3.3"]
    assert len(tambov().school_measures()) == 11 + 52


def test_that_forms_of_preparation_are_named() -> None:
    assert measure("2.1").details[:3] == ("Тест-классы", "Видеоконсультации", "Каникулярные школы")


@pytest.mark.parametrize(
    ("number", "phrase", "count"),
    [
        ("1.1", "ежегодно", 3),
        ("1.3", "Сентябрь 2021", 1),
        ("1.4", "Ежегодно в сентябре", 3),
        ("1.7", "Ежегодно в июне", 3),
        ("1.9", "Не реже 1 раза в квартал", 12),
        ("2.3", "2021/2022 учебный год", 1),
        ("2.9", "Не реже двух раз в год", 3),
        ("3.1", "2021-2023", 1),
        ("3.3", "2022", 1),
    ],
)
def test_that_a_deadline_stands_verbatim_and_is_read(number: str, phrase: str, count: int) -> None:
    assert measure(number).deadline == phrase
    reading = read(number)
    assert (reading.recognised, len(reading.windows)) == (True, count)


def test_that_meetings_are_at_least_quarterly_and_lectures_twice_a_year() -> None:
    meetings, lectures = read("1.9").times, read("2.9").times
    assert meetings is not None
    assert lectures is not None
    assert (meetings.min, meetings.per) == (1, "quarter")
    assert (lectures.min, lectures.per) == (2, "year")


def test_that_dates_of_measures_agree_with_their_words() -> None:
    assert (measure("1.3").start, measure("1.3").due) == (date(2021, 9, 1), date(2021, 9, 30))
    assert measure("2.3").due == date(2022, 8, 31)
    assert measure("1.4").due is None
    assert not [item for item in lint_pack(tambov()) if item.code is LintCode.DUE_DIFFERS]


# ---------------------------------------------------------------------------------------------------------- documents
def test_that_the_programme_is_asked_for_every_school_year_and_local_acts_are_reviewed() -> None:
    documents = {item.code: item for item in tambov().documents}
    assert "2023/24" in documents["programme"].count_rule
    acts = [item for item in documents.values() if item.code.startswith("act_")]
    assert len(acts) == 6
    assert all(item.reviewed and item.unconfirmed and item.deadline == "Ежегодно в сентябре" for item in acts)
    assert documents["web_page"].due == date(2021, 9, 30)
    assert documents["web_page"].made_by == ("plan.1.8",)


def test_that_the_library_has_a_direction_of_this_source_and_fits_its_stage() -> None:
    pack = tambov()
    stages = {stage.id: stage for stage in pack.stages}
    for item in pack.school_measures():
        assert item.direction in {"organisation", "quality", "staff"}, item.id
        if not item.number:
            assert item.start is not None
            assert item.due is not None
            assert stages[item.stage].start <= item.start <= item.due <= stages[item.stage].end, item.id


def test_that_nothing_of_another_region_is_left_in_the_texts() -> None:
    texts = [section.draft + section.guidance for section in tambov().programme_sections]
    assert not [text for text in texts if "Тюмен" in text or "ТОГИРРО" in text or "83/ОД" in text]


def test_that_the_defects_of_the_scan_are_recorded() -> None:
    codes = {item.code for item in tambov().source_defects}
    assert codes >= {"indicator_lines_doubled", "words_out_of_order", "square_marks", "word_cut", "stray_number"}


# -------------------------------------------------------------------------------------------------------- golden cases
def rows_of(kind: str, given: list[dict[str, Any]]) -> tuple[Any, ...]:
    return tuple(FACTS[kind](id=f"{kind}-{at}", **row) for at, row in enumerate(given))


def staff_of(given: list[dict[str, Any]]) -> tuple[StaffFact, ...]:
    people: list[StaffFact] = []
    for group in given:
        fields = {name: value for name, value in group.items() if name != "count"}
        people += [StaffFact(id=f"p{len(people) + at}", full_name="Педагог", **fields) for at in range(group["count"])]
    return tuple(people)


def facts_of(case: dict[str, Any]) -> SchoolFacts:
    classes = case.get("classes", {}).items()
    return SchoolFacts(
        as_of=case["as_of"],
        schools=(SchoolContext(id="school", short_name="Школа", **case["school"]),),
        classes=tuple(ClassFact(id=grade, grade=int(grade), pupils=pupils) for grade, pupils in classes),
        staff=staff_of(case.get("staff", [])),
        **{kind: rows_of(kind, case.get(kind, [])) for kind in FACTS},
    )


def shown(found: MetricValue) -> str:
    if found.not_applicable:
        return "не применимо"
    parts = (found.value, found.numerator, found.denominator)
    return ", ".join("—" if part is None else str(part) for part in parts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_school_gets_the_figures_of_the_golden_case(case: dict[str, Any]) -> None:
    facts = facts_of(case)
    metrics = {item.id: item.metric for item in indicators()}
    assert {code: shown(compute(metrics[code], facts)) for code in case["figures"]} == case["figures"]
    for code, expected in case.get("parts", {}).items():
        assert {part.code: str(part.value.value) for part in compute(metrics[code], facts).parts} == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_a_school_is_in_the_categories_of_the_golden_case(case: dict[str, Any]) -> None:
    assert sorted(identify(tambov().identification, facts_of(case)).codes) == sorted(case["categories"])


def test_that_a_small_group_carries_its_n() -> None:
    found = compute("graduates.share_oge_both_passed", facts_of(CASES[1]))
    assert "n = 8" in found.warning
