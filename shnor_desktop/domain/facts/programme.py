"""Facts of the transition programme and its road map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFact(Fact):
    """The passport of a programme."""

    entity = "programme"
    title_field = "title"

    title: str | None = None
    period: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    state: str | None = None
    basis: str | None = None
    developers: str | None = None
    expected: str | None = None
    council_protocol: str | None = None
    council_date: date | None = None
    order_number: str | None = None
    order_date: date | None = None
    agreed_by: str | None = None
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphFact(Fact):
    """A paragraph of the programme."""

    entity = "programme_paragraph"
    title_field = "section"

    programme: str | None = None
    section: str | None = None
    position: str | None = None
    body: str | None = None
    generated: bool | None = None
    drafted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFact(Fact):
    """A goal or a task of the programme (`kind`)."""

    entity = "goal"
    title_field = "title"

    programme: str | None = None
    kind: str | None = None
    title: str | None = None
    problem: str | None = None
    goal: str | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFact(Fact):
    """A target indicator."""

    entity = "target_indicator"
    title_field = "title"

    programme: str | None = None
    goal: str | None = None
    code: str | None = None
    title: str | None = None
    unit: str | None = None
    base: Decimal | None = None
    base_date: date | None = None
    target: Decimal | None = None
    reached_first: Decimal | None = None
    reached_second: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AntiriskFact(Fact):
    """A programme against one factor."""

    entity = "antirisk_programme"
    title_field = "title"

    programme: str | None = None
    factor: str | None = None
    title: str | None = None
    aim: str | None = None
    tasks: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFact(Fact):
    """A stamp of the title page as the school wants it; None leaves what the methodology has."""

    entity = "stamp_block"
    title_field = "heading"

    programme: str | None = None
    position: int | None = None
    heading: str | None = None
    lines: str | None = None
    is_hidden: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact(Fact):
    """A row of the road map."""

    entity = "measure"
    title_field = "title"

    programme: str | None = None
    position: str | None = None
    title: str | None = None
    stage: str | None = None
    direction: str | None = None
    task: str | None = None
    problem: str | None = None
    antirisk: str | None = None
    library_code: str | None = None
    owner: str | None = None
    owner_text: str | None = None
    deadline: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    expected: str | None = None
    evidence: str | None = None
    is_optional: bool | None = None
    state: str | None = None
    done_on: date | None = None
    evidence_given: str | None = None
    note: str | None = None

    def is_overdue(self, as_of: date) -> bool:
        """The deadline has passed and the work is open; «при необходимости» is never overdue."""
        if self.is_optional or self.state in ("done", "cancelled") or self.due_on is None:
            return False
        return self.due_on < as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingFact(Fact):
    """How a person says that a phrase of a deadline is to be read; `windows` is JSON, see `services.deadlines`."""

    entity = "deadline_reading"
    title_field = "phrase"

    pack: str | None = None
    phrase: str | None = None
    kind: str | None = None
    windows: str | None = None
    times: str | None = None
    event: str | None = None
    is_optional: bool | None = None
    note: str | None = None
