"""Rules of partner schools and development plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import StaffFact
from tests.domain.checked_school import SOUND, codes, found, spoilt, with_more, without


# ----------------------------------------------------------------------------------------------------------- partners
def test_that_a_school_without_a_partner_gives_a_reason() -> None:
    findings = found(without("partners", "events"))
    assert [(item.code, item.needs_reason) for item in findings] == [("partners.absent", True)]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"agreement_number": ""}, ["partners.agreement_absent"]),
        ({"agreement_date": None}, ["partners.agreement_absent"]),
        ({"agreement_until": date(2024, 2, 1)}, ["partners.agreement_dates_reversed"]),
        ({"agreement_until": date(2024, 6, 14)}, ["partners.agreement_expired"]),
        ({"agreement_until": date(2024, 6, 15)}, []),
    ],
)
def test_that_an_agreement_has_a_number_and_dates_that_hold(fields: dict[str, Any], told: list[str]) -> None:
    assert codes(spoilt("partners", "pa", **fields)) == told


def test_that_events_keep_pace_with_what_was_promised_for_a_year() -> None:
    # 106 days of the agreement: of 4 promised one is due and held, of 8 two are due.
    finding = found(spoilt("partners", "pa", promised_events=8))[0]
    assert (finding.code, finding.needs_reason) == ("partners.fewer_events_than_promised", True)
    assert (finding.params["due"], finding.params["held"]) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": " "}, ["partners.event_without_outcome"]),
        ({"partner": "gone"}, ["partners.event_without_partner", "partners.fewer_events_than_promised"]),
        ({"held_on": date(2024, 6, 16)}, ["partners.event_ahead", "partners.fewer_events_than_promised"]),
    ],
)
def test_that_an_event_has_a_partner_an_outcome_and_took_place(fields: dict[str, Any], told: list[str]) -> None:
    assert sorted(codes(spoilt("events", "e1", **fields))) == told


# -------------------------------------------------------------------------------------------------------- development
def test_that_a_school_without_plans_gives_one_reason() -> None:
    assert codes(without("plans", "deficits", "activities")) == ["development.absent"]


@pytest.mark.parametrize(
    ("member", "row", "fields", "told"),
    [
        ("plans", "d1", {"ends_on": date(2024, 2, 1)}, ["development.dates_reversed"]),
        ("plans", "d1", {"state": "done"}, ["development.done_without_diagnostics"]),
        ("plans", "d1", {"state": "done", "diagnostics_out": Decimal(80)}, []),
        ("plans", "d1", {"teacher": "gone"}, ["development.without_teacher", "development.core_teacher_without_plan"]),
        ("deficits", "df", {"plan": "other"}, ["development.without_deficits"]),
        ("activities", "ac", {"due_on": date(2024, 12, 2)}, ["development.activity_outside_plan"]),
        ("activities", "ac", {"due_on": date(2024, 6, 14)}, ["development.activities_overdue"]),
        ("activities", "ac", {"due_on": date(2024, 6, 14), "state": "cancelled"}, []),
    ],
)
def test_that_a_plan_is_complete(member: str, row: str, fields: dict[str, Any], told: list[str]) -> None:
    assert codes(spoilt(member, row, **fields)) == told


def test_that_a_plan_has_a_step_that_is_not_cancelled() -> None:
    assert codes(without("activities")) == ["development.without_activities"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"mentor": None}, ["development.mentor_unnamed"]),
        ({"mentor": None, "mentor_text": "Учитель школы-партнёра"}, []),
        ({"mentor": "s1"}, ["development.mentor_is_teacher"]),
        ({"mentoring": "not_needed"}, ["development.mentoring_unexplained"]),
        ({"mentoring": "impossible"}, ["development.mentoring_unexplained"]),
        ({"mentoring": "impossible", "mentoring_reason": "Единственный в районе"}, []),
        ({"mentoring": "not_needed", "teacher": "s2"}, ["development.core_teacher_without_plan"]),
    ],
)
def test_that_a_teacher_of_russian_or_mathematics_has_a_mentor_or_a_reason(
    fields: dict[str, Any], told: list[str]
) -> None:
    assert codes(spoilt("plans", "d1", **fields)) == told


def test_that_a_teacher_of_russian_or_mathematics_without_a_plan_is_named() -> None:
    person = StaffFact(
        id="s3", full_name="Третий", position="teacher", subjects=("math",), last_training=date(2023, 1, 1)
    )
    finding = found(with_more("staff", person))[0]
    assert (finding.code, finding.row, finding.entity) == (
        "development.core_teacher_without_plan",
        "s3",
        "staff_member",
    )
    assert len(SOUND.plans) == 1
