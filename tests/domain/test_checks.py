"""The check as a whole: a sound school passes, findings are ordered, worded, and kept apart."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from shnor_desktop.domain.checks import PAGE_OF_ENTITY, RequiredField, required_findings
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import FACT_CLASSES, ProgrammeFact, RemarkFact, SchoolFacts, StaffFact
from shnor_desktop.domain.findings import PAGES, WARNINGS, CheckCode, Severity
from tests.domain.checked_school import PLACEHOLDER, SOUND, TODAY, WORDS, codes, found, spoilt, with_more, without

NAME = RequiredField("staff_member", "full_name", "Фамилия, имя, отчество")


def test_that_a_sound_school_has_no_errors_and_no_warnings() -> None:
    assert found() == ()


def test_that_every_code_has_both_sentences_and_no_word_is_without_a_code() -> None:
    assert set(WORDS) == {str(code) for code in CheckCode}
    for sentences in WORDS.values():
        assert set(sentences) == {"text", "do"}
        assert not PLACEHOLDER.findall(sentences["do"])


def test_that_only_a_warning_asks_for_a_reason() -> None:
    overdue = found(spoilt("measures", "m2", due_on=date(2024, 6, 14), starts_on=None))[0]
    assert (overdue.severity, overdue.needs_reason) == (Severity.WARNING, True)
    ownerless = found(spoilt("measures", "m1", owner=None))[0]
    assert (ownerless.severity, ownerless.needs_reason) == (Severity.ERROR, False)
    assert set(CheckCode) >= WARNINGS


def test_that_findings_follow_the_pages_and_errors_come_before_warnings() -> None:
    findings = found(SchoolFacts(as_of=TODAY), answers={})
    assert findings
    places = [(PAGES.index(item.page), item.needs_reason) for item in findings]
    assert places == sorted(places)


def test_that_two_findings_never_share_a_key() -> None:
    findings = found(SchoolFacts(as_of=TODAY), answers={})
    assert len({item.key for item in findings}) == len(findings)


def test_that_an_empty_required_field_is_an_error_on_the_page_of_its_entity() -> None:
    finding = found(spoilt("staff", "s2", full_name="  "), required=[NAME])[0]
    assert (finding.code, finding.page, finding.row, finding.field) == ("required.empty", "staff", "s2", "full_name")
    assert finding.params == {"row": "без названия", "caption": "Фамилия, имя, отчество"}


def test_that_zero_and_no_are_answers_and_an_empty_list_is_none() -> None:
    rows = {"staff_member": (StaffFact(id="s", experience=0, retired=False),)}
    empty = [
        item.field
        for item in required_findings(
            rows, [RequiredField("staff_member", name, "") for name in ("experience", "retired", "subjects")]
        )
    ]
    assert empty == ["subjects"]


def test_that_a_place_with_words_of_its_own_is_told_once() -> None:
    deadline = RequiredField("measure", "due_on", "Срок")
    assert codes(spoilt("measures", "m2", due_on=None), required=[deadline]) == ["roadmap.without_deadline"]


def test_that_last_years_programme_and_cancelled_measures_are_not_asked() -> None:
    old = ProgrammeFact(id="old", starts_on=date(2023, 2, 1))
    required = [RequiredField("programme", "title", "Наименование"), RequiredField("measure", "title", "Мероприятие")]
    assert codes(with_more("programmes", old), required=required) == []
    cancelled = with_more("measures", replace(SOUND.measures[1], id="m3", title="", state="cancelled", note="Отменено"))
    assert codes(cancelled, required=required) == []


def test_that_a_required_field_of_an_entity_without_a_page_is_a_mistake_of_ours() -> None:
    with pytest.raises(BugError):
        list(required_findings({}, [RequiredField("review_decision", "decision", "Решение")]))


def test_that_every_entity_that_is_read_has_a_page() -> None:
    assert set(PAGE_OF_ENTITY) == set(FACT_CLASSES)
    assert set(PAGE_OF_ENTITY.values()) <= set(PAGES)


_DERIVED = ("as_of", "late", "last_days")


@pytest.mark.parametrize("member", [item.name for item in fields(SchoolFacts) if item.name not in _DERIVED])
def test_that_the_check_survives_a_school_without_any_one_kind_of_row(member: str) -> None:
    found(without(member))


# ------------------------------------------------------------------------------------------- stages, monitoring, team
def test_that_an_open_task_of_the_school_is_overdue_when_its_stage_is_over() -> None:
    finding = found(without("stage_tasks"))[0]
    assert (finding.code, finding.page, finding.field) == ("stages.task_overdue", "today", "map")


def test_that_a_task_not_needed_is_closed_and_one_in_progress_is_not() -> None:
    assert codes(spoilt("stage_tasks", "st", state="not_needed")) == []
    assert codes(spoilt("stage_tasks", "st", state="in_progress")) == ["stages.task_overdue"]


def test_that_a_wave_with_nothing_typed_is_asked_for_after_its_day() -> None:
    assert codes(replace(SOUND, answers=SOUND.answers[:1])) == ["monitoring.wave_unfilled"]
    in_time = replace(SOUND, answers=SOUND.answers[:1], as_of=date(2024, 5, 31))
    assert "monitoring.wave_unfilled" not in codes(in_time)


def test_that_a_role_without_a_person_is_an_error() -> None:
    assert codes(spoilt("assignments", "as", person=" ")) == ["stages.assignment_without_person"]
    assert codes(spoilt("assignments", "as", person=None, staff="s1")) == []


def test_that_an_open_remark_is_a_warning_on_the_page_that_it_speaks_of() -> None:
    remark = RemarkFact(id="k", kind="remark", state="new", target_entity="measure", body="Уточните срок")
    finding = found(with_more("remarks", remark))[0]
    assert (finding.code, finding.page, finding.needs_reason) == ("remarks.unanswered", "roadmap", True)
    assert (finding.entity, finding.row) == ("remark", "k")  # of no row in particular
    assert codes(with_more("remarks", replace(remark, state="fixed"))) == []
    assert codes(with_more("remarks", replace(remark, kind="praise"))) == []


def test_that_a_remark_warns_at_its_very_place_once_and_at_itself_when_that_is_gone() -> None:
    measure = SOUND.measures[0].id
    remark = RemarkFact(
        id="k", kind="remark", state="new", target_entity="measure", target_row=measure, target_field="expected"
    )
    (finding,) = found(replace(SOUND, remarks=(remark, replace(remark, id="l"))))
    assert (finding.page, finding.entity, finding.row, finding.field) == ("roadmap", "measure", measure, "expected")
    (finding,) = found(replace(SOUND, remarks=(replace(remark, target_row="gone"),)))
    assert (finding.entity, finding.row) == ("remark", "k")
