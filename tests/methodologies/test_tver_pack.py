"""The Tver pack against its source: a draft without dates, 14 measures that inherit all, three categories."""

from __future__ import annotations

from datetime import date

import pytest

from shnor_desktop.domain.deadlines import read_deadline
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint import lint_pack
from shnor_desktop.domain.methodology_lint.readings import period_of
from tests.methodologies.golden_cases import GoldenCase, golden, measure_of, question_of
from tests.methodologies.packs import pack_of

PHRASE = "По результатам проведения оценочных процедур"
FIVE = ("moto", "coko", "toiuu", "municipality", "oo")


def tver() -> Pack:
    return pack_of("tver")


def test_that_the_pack_says_that_its_source_is_a_draft_without_a_period() -> None:
    assert (tver().draft, tver().period_unconfirmed) == (True, True)
    assert tver().source_title.startswith("Проект")
    assert "Тверской области" in tver().source_title


def test_that_three_principles_allow_comparison_only_with_context() -> None:
    assert [item.id for item in tver().principles] == ["conditions", "resources", "context"]
    assert "только с учётом условий и ресурсов" in tver().comparison_note


def test_that_the_14_measures_stand_under_the_numbers_of_the_source() -> None:
    assert [item.number for item in tver().plan_measures()] == [
        *("1.1", "1.2", "1.3"),
        *("2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5", "2.1.6"),
        *("2.2.1", "2.2.2", "2.2.3", "2.2.4"),
        "2.3.1",
    ]
    sections = [item.section for item in tver().plan_measures()]
    assert [sections.count(code) for code in ("1", "2", "2.2", "2.3")] == [3, 6, 4, 1]


def test_that_every_measure_inherits_deadline_and_five_executors_also_through_a_section_in_a_section() -> None:
    assert [(item.code, item.parent) for item in tver().plan_sections][2:] == [("2.2", "2"), ("2.3", "2")]
    for measure in tver().plan_measures():
        assert (measure.deadline, measure.executors, measure.due) == ("", (), None)
        assert tver().deadline_of(measure) == PHRASE
        assert tver().executors_of(measure) == FIVE


def test_that_the_inherited_deadline_waits_for_assessment_procedures_and_has_no_dates() -> None:
    reading = read_deadline(PHRASE, period_of(tver()))
    assert (reading.recognised, reading.kind.value, reading.windows) == (True, "event", ())


def test_that_schools_are_offered_all_measures_because_the_source_names_them_everywhere() -> None:
    assert set(tver().plan_measures()) <= set(tver().school_measures())


def test_that_the_first_three_of_seven_tasks_have_measures_and_no_task_has_an_indicator() -> None:
    assert [item.number for item in tver().programme_tasks] == list(range(1, 8))
    served = {task for measure in tver().measures for task in measure.tasks}
    assert served == {"gap", "transition", "identification"}
    assert all(measure.tasks for measure in tver().plan_measures())
    assert not any(item.tasks or item.for_goal for item in tver().indicators)


def test_that_the_road_map_knows_six_areas_of_change_and_the_measure_lists_them() -> None:
    assert [item.number for item in tver().directions] == ["1", "2", "3", "4", "5", "6"]
    assert len(measure_of(tver(), "2.1.2").details) == 6
    areas = {item.code for item in tver().directions}
    library = [item for item in tver().measures if not item.number]
    assert len(library) >= 50
    assert {item.direction for item in library} == areas


def test_that_three_categories_have_indicators_of_their_own_that_nobody_has_confirmed() -> None:
    categories = tver().identification.categories
    assert [(item.code, item.needed, len(item.rules)) for item in categories] == [
        ("low_results", 1, 1),
        ("social", 3, 9),
        ("resources", 2, 7),
    ]
    metrics = [rule.metric for item in categories for rule in item.rules if rule.metric]
    assert len(metrics) == len(set(metrics)) == 16
    assert all(rule.unconfirmed for item in categories for rule in item.rules)


@pytest.mark.parametrize("case", golden("tver.toml", "categories"), ids=str)
def test_that_a_school_falls_into_the_categories_of_the_golden_case(case: GoldenCase) -> None:
    assert case.verdicts(tver(), date(2026, 9, 1)) == case.data["verdicts"]


@pytest.mark.parametrize("case", golden("tver.toml", "levels"), ids=str)
def test_that_an_answer_of_the_packs_own_questions_gets_the_level_of_the_golden_case(case: GoldenCase) -> None:
    assert case.level(tver()) == (case.data["level"], case.data["sentence"])


def test_that_the_activity_log_has_four_criteria_and_none_is_about_results_of_pupils() -> None:
    assert [item.code for item in tver().activity_criteria] == [
        "individual_work",
        "families",
        "self_education",
        "progress",
    ]
    assert len(measure_of(tver(), "2.3.1").details) == 4
    words = " ".join(item.title for item in tver().activity_criteria)
    assert not any(word in words for word in ("ВПР", "ОГЭ", "ЕГЭ", "балл"))


def test_that_transport_and_context_stand_in_the_map() -> None:
    metrics = {"resources.bussed": "pupils.share_bussed", "passport.distance": "school.distance_km"}
    assert {code: question_of(tver(), code).metric for code in metrics} == metrics
    assert question_of(tver(), "transport.minutes").unit == "мин"


def test_that_tasks_without_measures_have_a_place_in_documents_projects_and_forms() -> None:
    documents = {item.code for item in tver().documents}
    assert documents > {"assessment_regulation", "self_government_plan", "leaders_group_plan", "contest_log"}
    assert "leaders_group" in {item.code for item in tver().projects}
    assert [wave.number for wave in tver().monitoring_waves if wave.form == "failure_prevention"] == [1, 2]


def test_that_every_stage_wave_and_task_lies_in_the_proposed_period_and_is_marked() -> None:
    stages = {item.id: item for item in tver().stages}
    assert all(item.unconfirmed for item in stages.values())
    assert (tver().stages[0].start, tver().stages[-1].end) == (tver().period_start, tver().period_end)
    for wave in tver().monitoring_waves:
        assert stages[wave.stage].start <= wave.start <= wave.due <= stages[wave.stage].end
    assert all(item.stage for item in (*tver().documents, *tver().forms, *tver().measures))


def test_that_the_text_of_programmes_does_not_speak_of_another_region() -> None:
    texts = [item.draft for item in (*tver().programme_sections, *tver().antirisk_sections)]
    assert not any(word in text for text in texts for word in ("Тюмен", "ТОГИРРО", "83/ОД"))


@pytest.mark.parametrize(
    ("code", "items"),
    [
        ("task_without_measure", {"self_government", "leaders_group", "failure_monitoring", "contests"}),
        ("number_without_heading", {"tver.2.1.1"}),
        ("no_indicators", {""}),
        ("no_dates", {""}),
        ("period_unconfirmed", {""}),
    ],
)
def test_that_the_linter_finds_the_defects_that_follow_from_the_data(code: str, items: set[str]) -> None:
    assert {item.item for item in lint_pack(tver()) if item.code.value == code} == items


def test_that_all_14_measures_lack_a_result_and_have_only_the_deadline_of_the_section() -> None:
    found = [item.code.value for item in lint_pack(tver())]
    assert (found.count("no_result"), found.count("deadline_inherited")) == (14, 14)


def test_that_what_no_rule_can_compute_is_recorded_with_its_place() -> None:
    recorded = {item.code for item in tver().source_defects}
    assert recorded > {"two_or_three_categories", "headings_as_rows", "nobody_answers", "broken_words", "empty_rows"}
    assert all(item.place for item in tver().source_defects)
