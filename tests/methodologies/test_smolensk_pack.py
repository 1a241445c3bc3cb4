"""The Smolensk 2020/21 pack against its source."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.deadlines import PlanPeriod, read_deadline
from shnor_desktop.domain.facts import ResultFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.identification import identify
from shnor_desktop.domain.methodology import Measure, Pack, QuestionKind
from shnor_desktop.domain.methodology_lint import LintCode, lint_pack
from tests.methodologies.packs import pack_of

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "golden" / "smolensk_categories.toml").read_text(encoding="utf-8")
)["cases"]
OCTOBER = (date(2020, 10, 1), date(2020, 10, 31))


def smolensk() -> Pack:
    return pack_of("smolensk-2020-2021")


def measure(name: str) -> Measure:
    found = smolensk().measure(name)
    assert found is not None, name
    return found


def found_by_linter(code: LintCode) -> list[str]:
    return [item.item for item in lint_pack(smolensk()) if item.code is code]


# ------------------------------------------------------------------------------------------------- orders and reports
def test_that_two_orders_are_registered_with_dates_annexes_and_what_they_were_issued_for() -> None:
    orders = {item.number: item for item in smolensk().legal_basis if item.number.endswith("-ОД")}
    assert {number: (item.date, len(item.annexes)) for number, item in orders.items()} == {
        "338-ОД": ("8 мая 2020 г.", 3),
        "418-ОД": ("8 октября 2020 г.", 2),
    }
    assert all(item.basis.startswith("во исполнение") for item in orders.values())
    assert "338-ОД" in orders["418-ОД"].basis


def test_that_the_second_date_of_the_order_is_a_recorded_defect() -> None:
    defect = next(item for item in smolensk().source_defects if item.code == "order_dated_twice")
    assert "08.10.2020" in defect.text
    assert "06.10.20" in defect.text


def test_that_the_institute_reports_twice_and_the_inner_day_is_left_to_the_centre() -> None:
    reports = smolensk().reports
    assert [item.due for item in reports] == [date(2021, 1, 30), date(2021, 7, 20)]
    assert {(item.by, item.inner_due) for item in reports} == {("soiro", None)}
    pack = smolensk()
    reading = read_deadline(reports[0].deadline, PlanPeriod(pack.period_start, pack.period_end))
    assert reading.due_dates() == (date(2021, 1, 30), date(2021, 7, 20))


def test_that_five_participants_carry_the_plan() -> None:
    assert [lane.title for lane in smolensk().lanes] == ["Департамент", "СОИРО", "ОМСУ", "МОЦ", "ОО"]
    executors = {role.lane for role in smolensk().roles if role.executor}
    assert executors == {lane.id for lane in smolensk().lanes}


# ----------------------------------------------------------------------------------------------------------- measures
def test_that_six_organisational_measures_of_october_depend_on_each_other() -> None:
    own = [item for item in smolensk().plan_measures() if item.section == "organisation"]
    assert [item.number for item in own] == ["1", "2", "3", "4", "5", "6"]
    assert {item.deadline.lower() for item in own} == {"октябрь"}
    assert {(item.start, item.due) for item in own} == {OCTOBER}
    before: set[str] = set()
    for item in own:
        assert set(item.after) <= before, item.number
        assert item.after or item.number == "1"
        before.add(item.id)
    assert [item.executors for item in own] == [
        ("omsu",),
        ("moc",),
        ("soiro", "moc"),
        ("moc", "soiro"),
        ("omsu", "moc"),
        ("school_organisation",),
    ]


def test_that_the_plan_of_a_school_has_eleven_obligatory_sections() -> None:
    pack = smolensk()
    assert [item.number for item in pack.directions] == [str(number) for number in range(1, 12)]
    assert all(item.required and item.executors == ("moc", "school_organisation") for item in pack.directions)
    printed = [item for item in pack.programme_sections if item.parent == "roadmap"]
    assert [item.number for item in printed] == [item.number for item in pack.directions]
    assert all(item.draft and item.guidance for item in printed)


def test_that_every_section_can_be_filled_from_the_library() -> None:
    offered = Counter(item.direction for item in smolensk().school_measures())
    assert set(offered) == {item.code for item in smolensk().directions}


def test_that_the_lists_of_the_source_are_5_and_a_contest_10_10_and_4() -> None:
    sections = Counter(item.section for item in smolensk().plan_measures())
    assert sections == {"organisation": 6, "s5": 10, "s7": 5, "s8": 1, "s9": 10, "other": 4, "s11": 1}


def test_that_executors_come_from_the_section_and_no_date_is_invented() -> None:
    pack = smolensk()
    own = [item for item in pack.plan_measures() if item.section not in ("organisation",)]
    assert {pack.executors_of(item) for item in own} == {("moc", "school_organisation")}
    assert all(not item.executors for item in own)
    dated = {item.id: item.deadline for item in own if item.deadline}
    assert dated == {
        "school.5.5": "ежемесячно",
        "school.5.10": "ежегодно",
        "school.11.1": "следующего учебного года",
    }
    assert all(item.due is None for item in own)


def test_that_parents_are_consulted_with_a_signature_and_taught_four_topics() -> None:
    assert measure("school.7.3").evidence == ("signed_journal",)
    assert len(measure("school.7.4").details) == 4
    assert measure("school.8.1").direction == "s8"


def test_that_the_review_of_a_teacher_stays_at_the_school() -> None:
    review = measure("school.5.2")
    assert review.evidence == ("feedback_card",)
    assert any("не передаётся" in item for item in review.details)
    assert any("Рейтинг" in item for item in review.details)


def test_that_the_district_school_keeps_codes_timetable_and_attendance() -> None:
    words = " ".join(measure("school.9.8").details)
    assert all(word in words for word in ("под кодами", "Расписание", "Посещаемость"))
    assert [item.code for item in smolensk().projects] == ["strong_and_weak", "district_subject_school"]


def test_that_seven_channels_of_support_are_event_forms_too() -> None:
    channels = [item for item in smolensk().measures if item.section == "support"]
    assert len(channels) == 7
    captions = " ".join(item.caption for item in smolensk().partnership.event_forms)
    assert all(name in captions for name in ("РЕГИОН 67", "Консультант-прогноз", "Мобильный консультант"))
    assert all(word in captions for word in ("дистанционно", "ВКС", "выезд"))


# --------------------------------------------------------------------------------------------- interviews, documents
def test_that_22_conversations_of_half_an_hour_stand_as_in_the_tables() -> None:
    session = smolensk().interviews[0]
    assert (session.deadline, session.mode) == ("16-17.11.2020", "ВКС")
    assert Counter(slot.day.day for slot in session.slots) == {17: 6, 20: 5, 18: 11}
    for slot in session.slots:
        starts, ends = (int(time[:2]) * 60 + int(time[3:]) for time in (slot.starts, slot.ends))
        assert ends - starts == 30, slot
    assert Counter(slot.invited for slot in session.slots) == {
        "Вязьма": 2, "Гагарин": 2, "Десногорск": 1, "Ельня": 1, "Ярцево": 1, "Глинка": 1,
        "Сафоновский район": 3, "Смоленск": 9, "Угра": 1, "Шумячи": 1,
    }  # fmt: skip
    assert {slot.invited for slot in session.slots} == {item.title for item in smolensk().territories}


def test_that_no_two_conversations_of_a_day_overlap() -> None:
    slots = sorted((slot.day, slot.starts, slot.ends) for slot in smolensk().interviews[0].slots)
    for (day, _, ends), (next_day, starts, _) in pairwise(slots):
        assert next_day > day or starts >= ends


def test_that_five_documents_are_reviewed_by_13_november_and_the_scan_is_due_on_the_23rd() -> None:
    documents = {item.code: item for item in smolensk().documents}
    reviewed = [item for item in smolensk().documents if item.reviewed]
    assert [(item.deadline, item.due) for item in reviewed] == [("к 13.11.2020", date(2020, 11, 13))] * 5
    assert "по числу членов администрации" in documents["assessment_reports"].count_rule
    scan = documents["programme_scan"]
    assert (scan.deadline, scan.due) == ("до 23.11.2020", date(2020, 11, 23))


def test_that_stages_are_ours_and_every_form_wave_and_document_fits_one() -> None:
    pack = smolensk()
    assert all(stage.unconfirmed for stage in pack.stages)
    stages = {stage.id: stage for stage in pack.stages}
    assert (pack.stages[0].start, pack.stages[-1].end) == (pack.period_start, pack.period_end)
    for wave in pack.monitoring_waves:
        assert stages[wave.stage].start <= wave.start <= wave.due <= stages[wave.stage].end, wave.id
    assert all(form.stage in stages for form in pack.forms)
    for document in pack.documents:
        assert document.due is None or stages[document.stage].start <= document.due <= stages[document.stage].end
    for item in pack.measures:
        if item.start is not None and item.due is not None:
            assert stages[item.stage].start <= item.start <= item.due <= stages[item.stage].end, item.id


# ------------------------------------------------------------------------------------------------------------- causes
def test_that_causes_are_grouped_advised_and_ours() -> None:
    causes = smolensk().causes
    assert len({item.group for item in causes}) == 6
    assert all(item.unconfirmed and item.advice and item.measures for item in causes)


def test_that_the_workbook_gives_numbers_and_no_pupil() -> None:
    form = smolensk().form("failure_causes")
    assert form is not None
    asked = {question.code for question in form.questions()}
    assert asked >= {f"causes.{item.code}" for item in smolensk().causes}
    assert all(question.kind is not QuestionKind.TEXT for question in form.questions())


def test_that_the_final_monitoring_compares_exams_with_those_before_the_plan() -> None:
    waves = [wave for wave in smolensk().monitoring_waves if wave.form == "state_exam_results"]
    assert [(wave.number, wave.stage) for wave in waves] == [(1, "I"), (2, "IV")]
    assert smolensk().baselines[0].year == 2020


# ------------------------------------------------------------------------------------------------------------ defects
def test_that_the_linter_finds_what_contradicts_itself() -> None:
    assert found_by_linter(LintCode.SLOT_OUTSIDE_SESSION) == ["november_2020"]
    assert found_by_linter(LintCode.DOCUMENT_AFTER_MEASURE) == ["programme"]
    assert found_by_linter(LintCode.NEAR_DUPLICATE) == ["school.9.6", "school.9.9"]
    assert found_by_linter(LintCode.DEADLINE_OUTSIDE_PERIOD) == ["school.11.1"]
    assert found_by_linter(LintCode.BEFORE_ITS_BASIS) == []


def test_that_the_linter_names_what_is_missing() -> None:
    assert len(found_by_linter(LintCode.NO_DEADLINE)) == 28
    assert found_by_linter(LintCode.NO_RESULT) == [f"org.{number}" for number in range(1, 7)]
    assert found_by_linter(LintCode.NO_INDICATORS)
    assert found_by_linter(LintCode.PERSONAL_DATA) == []


def test_that_what_no_rule_computes_is_recorded() -> None:
    codes = {item.code for item in smolensk().source_defects}
    assert codes >= {
        "list_before_identification", "broken_date_blanks", "order_points_cut", "navigation_pasted",
        "personal_contacts", "municipalities_as_schools", "old_results",
    }  # fmt: skip


def test_that_nothing_of_another_region_is_left_in_the_texts() -> None:
    texts = [section.draft + section.guidance for section in smolensk().programme_sections]
    assert not [text for text in texts if "Тюмен" in text or "ТОГИРРО" in text]


# -------------------------------------------------------------------------------------------------------- golden cases
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_results_put_a_school_into_the_category_of_the_golden_case(case: dict[str, Any]) -> None:
    facts = SchoolFacts(
        as_of=date(2020, 10, 15),
        schools=(SchoolContext(id="school", short_name="Школа", kind="basic"),),
        results=tuple(ResultFact(id=f"sheet-{at}", **row) for at, row in enumerate(case["results"])),
    )
    assert list(identify(smolensk().identification, facts).codes) == case["categories"]
