"""Facts of what accompanies the programme: development plans, stages, team, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact(Fact):
    """The development plan of a teacher."""

    entity = "development_plan"
    title_field = "goal"

    teacher: str | None = None
    goal: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    mentoring: str | None = None
    mentor: str | None = None
    mentor_text: str | None = None
    mentoring_reason: str | None = None
    diagnostics_in: Decimal | None = None
    diagnostics_in_on: date | None = None
    diagnostics_out: Decimal | None = None
    diagnostics_out_on: date | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeficitFact(Fact):
    """A deficit of a teacher."""

    entity = "development_deficit"
    title_field = "description"

    plan: str | None = None
    kind: str | None = None
    description: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFact(Fact):
    """A step of a development plan."""

    entity = "development_activity"
    title_field = "title"

    plan: str | None = None
    deficit: str | None = None
    form: str | None = None
    title: str | None = None
    due_on: date | None = None
    expected: str | None = None
    state: str | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTaskFact(Fact):
    """How a task of a stage stands."""

    entity = "stage_task_mark"
    title_field = "task"

    task: str | None = None
    state: str | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFact(Fact):
    """A person in a role of the project."""

    entity = "assignment"
    title_field = "person"

    role: str | None = None
    staff: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None
    first_contact_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkFact(Fact):
    """A remark of a reviewer."""

    entity = "remark"
    title_field = "body"

    kind: str | None = None
    target_entity: str | None = None
    target_row: str | None = None
    target_field: str | None = None
    target_caption: str | None = None
    body: str | None = None
    made_on: date | None = None
    state: str | None = None
    answer: str | None = None
    due_on: date | None = None
