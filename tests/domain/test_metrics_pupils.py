"""Figures that follow from the registers of pupils and parents where the passport does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts import EventFact, GovernanceFact, PartnerFact, RiskPupilFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.metrics import compute

TODAY = date(2024, 6, 15)
SCHOOL = SchoolContext(id="s", pupils=200, parents=250)
PUPILS = (
    RiskPupilFact(id="a", code="7-01", since=date(2024, 1, 10), state="supported"),
    RiskPupilFact(id="b", code="7-02", since=date(2024, 1, 10), until=date(2024, 5, 1), state="left"),
    RiskPupilFact(id="c", code="8-01", since=date(2024, 9, 1), state="watched"),
)


def test_that_the_register_counts_the_risk_group_where_the_passport_does_not() -> None:
    facts = SchoolFacts(as_of=TODAY, schools=(SCHOOL,), risk_pupils=PUPILS)
    found = compute("risk.share_at_risk", facts)
    assert (found.numerator, found.denominator, found.value) == (1, 200, Decimal("0.5"))
    assert [row.label for row in found.rows] == ["7-01"]


def test_that_the_number_of_the_passport_goes_before_the_register() -> None:
    facts = SchoolFacts(as_of=TODAY, schools=(replace(SCHOOL, pupils_at_risk=30),), risk_pupils=PUPILS)
    assert compute("risk.share_at_risk", facts).numerator == 30


def test_that_without_a_register_the_passport_is_asked_for() -> None:
    assert compute("risk.share_at_risk", SchoolFacts(as_of=TODAY, schools=(SCHOOL,))).missing[0].page == "passport"


def test_that_parents_in_governance_follow_from_the_largest_meeting_of_each_body() -> None:
    meetings = tuple(
        GovernanceFact(id=str(at), held_on=day, body=body, question="План", parents=parents)
        for at, (day, body, parents) in enumerate(
            [
                (date(2024, 2, 1), "council", 6),
                (date(2024, 5, 1), "council", 9),
                (date(2024, 3, 1), "parents", 16),
                (date(2022, 3, 1), "parents", 90),
            ]
        )
    )
    facts = SchoolFacts(as_of=TODAY, schools=(SCHOOL,), governance=meetings)
    found = compute("parents.share_in_governance", facts)
    assert (found.numerator, found.denominator) == (25, 250)
    typed = replace(facts, schools=(replace(SCHOOL, parents_in_governance=20),))
    assert compute("parents.share_in_governance", typed).numerator == 20


def test_that_a_planned_event_is_not_counted_as_held() -> None:
    events = (
        EventFact(id="e", partner="p", held_on=date(2024, 5, 1)),
        EventFact(id="f", partner="p", held_on=date(2024, 5, 2), state="postponed"),
    )
    facts = SchoolFacts(as_of=TODAY, partners=(PartnerFact(id="p", name="Школа"),), events=events)
    assert compute("partners.events_held", facts).value == 1
