"""Rules of the programme and its road map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import GoalFact
from shnor_desktop.domain.methodology import Direction
from tests.domain.checked_school import PACK, SOUND, TODAY, codes, found, spoilt, with_more, without


# ---------------------------------------------------------------------------------------------------------- programme
def test_that_a_school_without_a_programme_is_told_so_and_asked_for_no_part_of_it() -> None:
    assert [code for code in codes(without("programmes")) if code.startswith(("programme.", "roadmap."))] == [
        "programme.absent"
    ]


def test_that_a_programme_ends_after_it_begins() -> None:
    assert "programme.dates_reversed" in codes(spoilt("programmes", "pr", ends_on=date(2024, 2, 1)))


@pytest.mark.parametrize(("field", "day"), [("starts_on", date(2024, 1, 31)), ("ends_on", date(2025, 1, 1))])
def test_that_a_programme_outside_the_project_is_a_warning_at_that_date(field: str, day: date) -> None:
    finding = found(spoilt("programmes", "pr", **{field: day}))[0]
    assert (finding.code, finding.field, finding.needs_reason) == ("programme.outside_project", field, True)


def test_that_an_adopted_programme_names_the_protocol_and_an_approved_one_the_order() -> None:
    assert codes(spoilt("programmes", "pr", council_date=None)) == ["programme.protocol_absent"]
    assert codes(spoilt("programmes", "pr", order_number="")) == ["programme.order_absent"]
    assert codes(spoilt("programmes", "pr", order_number="", state="adopted")) == []
    assert codes(spoilt("programmes", "pr", order_number="", council_protocol="", state="draft")) == []


def test_that_a_written_section_is_not_empty_and_a_built_or_optional_one_may_be() -> None:
    finding = found(spoilt("paragraphs", "t1", body="\n"))[0]
    assert (finding.code, finding.field) == ("programme.section_empty", "introduction")


def test_that_a_paragraph_that_nobody_read_is_a_warning_a_section() -> None:
    unread = (replace(SOUND.paragraphs[0], generated=True), replace(SOUND.paragraphs[0], id="t2", generated=True))
    findings = found(replace(SOUND, paragraphs=unread))
    assert [item.code for item in findings] == ["programme.paragraph_unread"]
    assert findings[0].params["paragraphs"] == "2\u00a0абзаца"
    assert findings[0].needs_reason


def test_that_there_is_a_goal() -> None:
    assert codes(replace(SOUND, goals=SOUND.goals[1:])) == ["programme.goal_absent"]


def test_that_a_goal_has_an_indicator_of_its_own_or_of_its_task() -> None:
    other = GoalFact(id="g3", programme="pr", kind="goal", title="Вторая цель")
    finding = found(with_more("goals", other))[0]
    assert (finding.code, finding.row) == ("programme.goal_without_indicator", "g3")
    assert codes(spoilt("indicators", "i1", goal="g1")) == []


def test_that_a_task_belongs_to_a_goal_and_has_a_measure() -> None:
    task = GoalFact(id="g3", programme="pr", kind="task", title="Вторая задача", goal="nowhere")
    assert codes(with_more("goals", task)) == ["programme.task_without_goal", "programme.task_without_measure"]


def test_that_an_indicator_has_a_base_and_a_target() -> None:
    assert codes(spoilt("indicators", "i1", base=None)) == ["programme.indicator_without_base"]
    assert codes(spoilt("indicators", "i1", target=None)) == ["programme.indicator_without_target"]


@pytest.mark.parametrize(
    ("code", "target", "told"),
    [
        ("quality", 39, ["programme.target_worse_than_base"]),
        ("quality", 40, ["programme.target_equals_base"]),
        ("below", 41, ["programme.target_worse_than_base", "programme.indicator_of_model_absent"]),
        ("below", 39, ["programme.indicator_of_model_absent"]),
        (None, 39, ["programme.indicator_of_model_absent"]),
    ],
)
def test_that_a_target_is_better_than_its_base_by_the_polarity_of_the_model(
    code: str | None, target: int, told: list[str]
) -> None:
    assert codes(spoilt("indicators", "i1", code=code, target=Decimal(target))) == told


def test_that_an_antirisk_programme_without_a_measure_is_a_warning() -> None:
    finding = found(spoilt("measures", "m1", antirisk=None))[0]
    assert (finding.code, finding.row, finding.needs_reason) == ("programme.antirisk_without_measure", "ar", True)


# ------------------------------------------------------------------------------------------------------------ roadmap
def test_that_a_programme_has_a_road_map() -> None:
    assert "roadmap.absent" in codes(without("measures"))


def test_that_an_empty_section_of_the_school_plan_asks_for_a_reason() -> None:
    sections = (
        Direction("parents", "Родители", "7", required=True),
        Direction("final", "Итоговый мониторинг", "11", required=True),
        Direction("other", "Другое"),
    )
    measure = SOUND.measures[0].id
    facts, pack = spoilt("measures", measure, direction="parents"), replace(PACK, directions=sections)
    empty = [item for item in found(facts, pack=pack) if item.code == "roadmap.section_empty"]
    assert [(item.field, item.params["section"], item.needs_reason) for item in empty] == [
        ("final", "11. Итоговый мониторинг", True)
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"owner_text": " "}, ["roadmap.without_owner"]),
        ({"owner_text": None, "owner": "gone"}, ["roadmap.without_owner"]),
        ({"owner_text": None, "owner": "s2"}, []),
        ({"due_on": None}, ["roadmap.without_deadline"]),
        ({"due_on": None, "is_optional": True}, []),
        ({"evidence": ""}, ["roadmap.without_evidence"]),
        ({"expected": None}, ["roadmap.without_expected"]),
        ({"task": None}, ["roadmap.without_task"]),
        ({"task": "gone"}, ["roadmap.without_task"]),
        ({"due_on": date(2024, 8, 31)}, ["roadmap.dates_reversed"]),
        ({"due_on": date(2025, 1, 10)}, ["roadmap.outside_programme"]),
        ({"state": "done", "done_on": TODAY}, ["roadmap.done_without_evidence"]),
        ({"state": "done", "evidence_given": "Приказ"}, ["roadmap.done_without_date"]),
        ({"state": "done", "evidence_given": "Приказ", "done_on": date(2024, 6, 16)}, ["roadmap.done_ahead"]),
        ({"state": "moved"}, ["roadmap.changed_without_note"]),
        ({"state": "moved", "note": "Ремонт"}, []),
        ({"state": "cancelled"}, ["roadmap.changed_without_note"]),
        ({"state": "cancelled", "note": "Не нужно", "evidence": "", "due_on": None}, []),
    ],
)
def test_that_a_row_of_the_road_map_is_complete(fields: dict[str, Any], told: list[str]) -> None:
    assert codes(spoilt("measures", "m2", **fields)) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ["roadmap.overdue"]),
        ({"state": "partly"}, ["roadmap.overdue"]),
        ({"is_optional": True}, []),
        ({"due_on": TODAY}, []),
    ],
)
def test_that_open_work_past_its_deadline_is_a_warning_and_what_is_optional_never_is(
    fields: dict[str, Any], told: list[str]
) -> None:
    findings = found(spoilt("measures", "m2", **{"starts_on": None, "due_on": date(2024, 6, 14), **fields}))
    assert [item.code for item in findings] == told
    assert all(item.needs_reason for item in findings)


def test_that_a_problem_in_work_has_a_goal() -> None:
    loose = tuple(replace(goal, problem=None) for goal in SOUND.goals)
    direct = tuple(replace(item, problem="p1") for item in SOUND.measures)
    assert codes(replace(SOUND, goals=loose, measures=direct)) == ["programme.problem_without_goal"]
