"""Facts of the work with partner schools: agreements, events and who took part, the joint plan, practices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts.base import Fact

NOT_HELD = ("planned", "postponed", "cancelled")
"""States of an event that did not take place, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFact(Fact):
    """A partner school."""

    entity = "partner_school"
    title_field = "name"

    name: str | None = None
    municipality: str | None = None
    agreement_number: str | None = None
    agreement_date: date | None = None
    agreement_until: date | None = None
    agreement_subject: str | None = None
    topics: str | None = None
    frequency: str | None = None
    promised_events: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Fact):
    """An event with a partner school; one without a state is taken as held."""

    entity = "partner_event"
    title_field = "topic"

    partner: str | None = None
    held_on: date | None = None
    form: str | None = None
    topic: str | None = None
    state: str | None = None
    mode: str | None = None
    place: str | None = None
    subjects: tuple[str, ...] = ()
    own_participants: int | None = None
    partner_participants: int | None = None
    outcome: str | None = None
    taken_into_work: str | None = None
    measure: str | None = None
    plan_item: str | None = None
    used_on: date | None = None
    used_note: str | None = None

    @property
    def is_meant_held(self) -> bool:
        """Whether the school says that the event took place."""
        return self.state not in NOT_HELD

    def is_held(self, as_of: date) -> bool:
        """Whether the event took place, and on a day that has come."""
        return self.is_meant_held and self.held_on is not None and self.held_on <= as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFact(Fact):
    """A teacher of the school at an event."""

    entity = "event_participant"

    event: str | None = None
    staff: str | None = None
    role: str | None = None
    used: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemFact(Fact):
    """An item of the joint plan."""

    entity = "joint_plan_item"
    title_field = "title"

    partner: str | None = None
    title: str | None = None
    form: str | None = None
    deadline: str | None = None
    due_on: date | None = None
    owner: str | None = None
    expected: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFact(Fact):
    """A practice of the bank."""

    entity = "practice"
    title_field = "title"

    title: str | None = None
    description: str | None = None
    author: str | None = None
    subjects: tuple[str, ...] = ()
    event: str | None = None
    used_by: int | None = None
