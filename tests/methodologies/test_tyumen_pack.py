"""The Tyumen 2024 pack against its source."""

from __future__ import annotations

import re
from datetime import date

from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Level, Measure, Question
from tests.methodologies.packs import PACKS, shipped, tyumen

ASPECTS = {"staff", "results", "resources", "parents", "partnership", "conclusions"}


def questions(form_id: str) -> tuple[Question, ...]:
    form = tyumen().form(form_id)
    assert form is not None
    return form.questions()


def test_that_all_shipped_packs_are_sound() -> None:
    assert shipped().problems == ()
    assert [pack.id for pack in shipped().packs if pack.id == "tyumen-2024"] == ["tyumen-2024"]


def test_that_the_35_tasks_are_divided_among_stages_and_lanes_as_in_the_source() -> None:
    lanes = ("don", "togirro", "centre", "school", None)
    counts = {stage.id: tuple(len(tyumen().tasks_of(stage.id, lane)) for lane in lanes) for stage in tyumen().stages}
    assert counts == {"I": (2, 2, 1, 1, 0), "II": (0, 2, 3, 4, 0), "III": (0, 8, 6, 2, 0), "IV": (0, 0, 0, 0, 4)}
    assert len(tyumen().tasks) == 35


def test_that_the_stages_have_the_months_of_the_source_and_the_project_the_dates_of_the_order() -> None:
    assert [(stage.id, stage.start, stage.end) for stage in tyumen().stages] == [
        ("I", date(2024, 1, 1), date(2024, 2, 29)),
        ("II", date(2024, 3, 1), date(2024, 4, 30)),
        ("III", date(2024, 4, 1), date(2024, 11, 30)),
        ("IV", date(2024, 12, 1), date(2024, 12, 31)),
    ]
    assert (tyumen().period_start, tyumen().period_end) == (date(2024, 2, 1), date(2024, 12, 31))


def test_that_both_stages_count_in_april() -> None:
    assert [stage.id for stage in tyumen().stages_on(date(2024, 4, 15))] == ["II", "III"]
    april = tyumen().stage_on(date(2024, 4, 15))
    assert april is not None
    assert april.id == "III"
    assert tyumen().stage_on(date(2025, 1, 1)) is None


def test_that_three_curators_cover_8_3_and_5_territories_and_the_rest_is_named() -> None:
    assert [len(curator.territories) for curator in tyumen().curators] == [8, 3, 5]
    assert len(tyumen().uncovered_territories()) == 10
    assert all(territory.unconfirmed for territory in tyumen().uncovered_territories())


def test_that_the_coordinator_has_four_functions_and_the_project_eight_tasks_and_three_principles() -> None:
    assert len(tyumen().coordinator_functions) == 4
    assert [task.number for task in tyumen().programme_tasks] == list(range(1, 9))
    assert len(tyumen().principles) == 3


def test_that_optional_tasks_say_under_which_condition() -> None:
    optional = [task for task in tyumen().tasks if task.optional]
    assert [task.condition for task in optional] == ["по возможности и при необходимости"]


def test_that_the_mentor_rule_is_about_russian_and_maths() -> None:
    assert tyumen().mentor_rule.subjects == ("russian", "math")
    needing_reason = [state.code for state in tyumen().mentor_rule.states if state.needs_reason]
    assert needing_reason == ["not_needed", "impossible"]


def test_that_two_monitoring_forms_have_two_waves_each() -> None:
    waves = [(wave.form, wave.number) for wave in tyumen().monitoring_waves]
    assert sorted(waves) == [
        ("failure_prevention", 1),
        ("failure_prevention", 2),
        ("school_processes", 1),
        ("school_processes", 2),
    ]


def test_that_the_diagnostic_map_has_12_blocks_and_most_numbers_fill_themselves() -> None:
    form = tyumen().form("diagnostic_map")
    assert form is not None
    assert len(form.blocks) == 12
    assert {block.code for block in form.blocks} > ASPECTS
    assert 45 <= len(form.questions()) <= 60
    numeric = [question for question in form.questions() if question.kind in ("number", "percent", "share")]
    assert sum(1 for question in numeric if question.metric) > len(numeric) / 2


def test_that_thresholds_without_a_source_are_marked() -> None:
    for form in tyumen().forms:
        assert all(question.unconfirmed for question in form.questions() if question.thresholds)
    assert all(factor.unconfirmed for factor in tyumen().factors)
    assert tyumen().identification.unconfirmed


def test_that_context_is_not_judged() -> None:
    context = [question for question in questions("diagnostic_map") if question.code.startswith("contingent.low")]
    assert [question.thresholds for question in context] == [()]


def test_that_there_are_12_factors_each_with_indicators_a_problem_and_measures() -> None:
    assert [factor.number for factor in tyumen().factors] == list(range(1, 13))
    for factor in tyumen().factors:
        assert factor.indicators
        assert tyumen().problem_field_of(factor.code) is not None
        assert len(tyumen().measures_for(factor.code)) >= 3, factor.code


def test_that_every_measure_answers_a_known_factor_and_can_be_verified() -> None:
    factors = {factor.code for factor in tyumen().factors}
    stages = {stage.id: stage for stage in tyumen().stages}
    assert len(tyumen().measures) >= 40
    for measure in tyumen().measures:
        assert set(measure.factors) <= factors, measure.id
        assert measure.executors
        assert measure.evidence
        assert len(measure.expected_result) > 30
        assert measure.start is not None
        assert measure.start <= measure.due <= stages[measure.stage].end, measure.id


def test_that_measures_of_a_problem_come_first_in_its_order() -> None:
    field = tyumen().problem_field_of("sen")
    assert field is not None
    found: list[str] = [measure.id for measure in tyumen().measures_for("sen")]
    assert found[: len(field.measures)] == list(field.measures)


def test_that_a_dependent_measure_starts_after_the_one_before_it() -> None:
    measures: dict[str, Measure] = {measure.id: measure for measure in tyumen().measures}
    for measure in measures.values():
        for before in measure.after:
            assert measures[before].due <= measure.due, measure.id


def test_that_the_programme_has_the_twelve_sections_with_drafts() -> None:
    sections = tyumen().programme_sections
    assert [section.number for section in sections] == [str(number) for number in range(1, 13)]
    assert all(section.draft and section.guidance for section in sections)
    assert [section.code for section in sections if not section.required] == ["antirisk", "appendices"]


def test_that_the_programme_goes_through_the_eight_states_of_the_trade() -> None:
    assert [state.caption for state in tyumen().programme_states] == [
        "проект",
        "принята педсоветом",
        "на рассмотрении у координатора",
        "на доработке",
        "согласована",
        "утверждена",
        "в реализации",
        "завершена",
    ]


def test_that_every_code_list_of_the_pack_has_captions() -> None:
    names = (
        "stages",
        "roles",
        "factors",
        "event_forms",
        "deficit_kinds",
        "activity_forms",
        "indicators",
        "stage_tasks",
    )
    for name in names:
        assert tyumen().code_list(name), name
        assert all(code and caption for code, caption in tyumen().code_list(name)), name
    assert tyumen().code_list("no_such_list") == ()


def test_that_the_words_of_the_pack_are_typed_as_russian_is_printed() -> None:
    for path in sorted(PACKS.rglob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert '\\"' not in text, path.name
        ours = re.sub(r"(?m)^deadline = .*$", "", text)  # deadlines keep the hyphens of their source
        assert not re.search(r"[А-Яа-яё)»] - [А-Яа-яё(«]", ours), path.name
        assert "\u00a0" not in text, path.name


def test_that_no_contact_of_a_person_is_in_a_pack() -> None:
    for path in sorted(PACKS.rglob("*.*")):
        if path.suffix not in {".toml", ".md"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[\w.]+@[\w.]+\.\w+", text), path.name
        assert not re.search(r"(\+7|\b8)[ (-]*\d{3}[ )-]*\d{3}", text), path.name


def test_that_every_level_has_a_word() -> None:
    assert set(LEVEL_CAPTIONS) == set(Level)


def test_that_the_order_has_its_four_annexes_and_what_it_stands_on() -> None:
    order = next(item for item in tyumen().legal_basis if item.number == "83/ОД")
    assert len(order.annexes) == 4
    assert "ФИОКО" in order.basis


def test_that_the_reading_of_results_has_the_figures_of_the_recommendations() -> None:
    reading = tyumen().result_reading
    assert reading is not None
    bands = {band.difficulty: (str(band.sufficient), str(band.insufficient)) for band in reading.bands}
    assert bands == {"basic": ("60", "57"), "advanced": ("30", "28.5"), "high": ("30", "28.5")}
    assert (reading.worsening_points, reading.journal_gap) == (10, 2)
    samples = reading.samples
    assert (samples.distribution_informative, samples.distribution_approximate, samples.group) == (50, 20, 10)


def test_that_the_index_of_social_wellbeing_is_a_versioned_table_of_weights_that_says_it_is_ours() -> None:
    index = tyumen().social_index
    assert index is not None
    assert index.unconfirmed
    assert index.version
    assert all(item.weight > 0 for item in index.items)


def test_that_the_defects_of_the_source_are_recorded() -> None:
    assert {"lanes_lost", "partners_regional_only", "annex_4_missing"} <= {d.code for d in tyumen().source_defects}
