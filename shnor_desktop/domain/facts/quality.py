"""Facts of how the school is managed: ВСОКО as a cycle, meetings with their charges, requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts.base import Fact

CONTROL_OPEN = frozenset({"planned", "moved"})
DECISION_OPEN = frozenset({"open", "in_progress"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFact(Fact):
    """A control of the year plan."""

    entity = "quality_control"
    title_field = "title"

    year: int | None = None
    title: str | None = None
    area: str | None = None
    method: str | None = None
    classes: str | None = None
    due_on: date | None = None
    owner: str | None = None
    reviewed_at: str | None = None
    state: str | None = None
    held_on: date | None = None
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Planned and not held yet."""
        return self.state in CONTROL_OPEN or not self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFact(Fact):
    """The analytical note (справка) of a control."""

    entity = "quality_report"
    title_field = "title"

    control: str | None = None
    number: str | None = None
    title: str | None = None
    made_on: date | None = None
    author: str | None = None
    looked_at: str | None = None
    found: str | None = None
    conclusions: str | None = None
    advice: str | None = None
    generated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact(Fact):
    """A meeting with its protocol."""

    entity = "meeting"
    title_field = "agenda"

    held_on: date | None = None
    kind: str | None = None
    number: str | None = None
    agenda: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact(Fact):
    """A decision or a charge: who, until when, done, checked."""

    entity = "decision"
    title_field = "title"

    title: str | None = None
    meeting: str | None = None
    report: str | None = None
    owner: str | None = None
    owner_text: str | None = None
    due_on: date | None = None
    state: str | None = None
    done_on: date | None = None
    checked_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in DECISION_OPEN or not self.state

    def is_overdue(self, on: date) -> bool:
        """Still to be done, and its control date has passed."""
        return self.is_open and self.due_on is not None and self.due_on < on

    @property
    def was_on_time(self) -> bool:
        """Done by its control date."""
        if self.state != "done" or self.done_on is None or self.due_on is None:
            return False
        return self.done_on <= self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFact(Fact):
    """A request for resources to the founder."""

    entity = "resource_request"
    title_field = "title"

    title: str | None = None
    kind: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    cost: Decimal | None = None
    funding: str | None = None
    question: str | None = None
    problem: str | None = None
    justification: str | None = None
    to_whom: str | None = None
    number: str | None = None
    sent_on: date | None = None
    state: str | None = None
    decision: str | None = None
    decided_on: date | None = None
