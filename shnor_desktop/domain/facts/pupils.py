"""Facts of pupils at risk by code, of rehearsals, of the parents and of what stands beside the lessons; no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from shnor_desktop.domain.facts.base import Fact
from shnor_desktop.domain.facts.results import SUBJECTS
from shnor_desktop.domain.russian import short_date

EXAMS: Mapping[str, str] = MappingProxyType({"oge": "ОГЭ", "ege": "ЕГЭ", "vpr": "ВПР"})
"""Exams that are rehearsed, by code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPupilFact(Fact):
    """A pupil of the risk group under a code."""

    entity = "risk_pupil"
    title_field = "code"

    code: str | None = None
    school_class: str | None = None
    risks: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    curator: str | None = None
    parents_informed_on: date | None = None
    state: str | None = None
    outcome: str | None = None

    def is_at_risk(self, day: date) -> bool:
        """Whether the pupil stood in the risk group on a day; from an unknown day on, always."""
        has_begun = self.since is None or self.since <= day
        if self.until is not None:
            return has_begun and self.until > day
        return has_begun and self.state != "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCauseFact(Fact):
    """A cause in the workbook of causes."""

    entity = "failure_cause"

    pupil: str | None = None
    cause: str | None = None
    subject: str | None = None
    seen_in: str | None = None
    advice: str | None = None
    is_removed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilStepFact(Fact):
    """A step of a pupil's plan."""

    entity = "pupil_step"
    title_field = "title"

    pupil: str | None = None
    title: str | None = None
    subject: str | None = None
    owner: str | None = None
    due_on: date | None = None
    state: str | None = None
    done_on: date | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFact(Fact):
    """A measurement of a pupil's progress."""

    entity = "pupil_progress"

    pupil: str | None = None
    subject: str | None = None
    measured_on: date | None = None
    kind: str | None = None
    percent: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalFact(Fact):
    """A rehearsal of an exam."""

    entity = "rehearsal_exam"

    exam: str | None = None
    subject: str | None = None
    grade: int | None = None
    held_on: date | None = None
    participants: int | None = None
    below_minimum: int | None = None
    mean_score: Decimal | None = None
    analysis: str | None = None
    correction: str | None = None
    parents_informed_on: date | None = None
    informed_how: str | None = None

    @property
    def label(self) -> str:
        """«ОГЭ, математика, 9 класс, 12.03.2024»."""
        parts = (
            EXAMS.get(self.exam or "", self.exam or ""),
            SUBJECTS.get(self.subject or "", self.subject or "").lower(),
            f"{self.grade} класс" if self.grade is not None else "",
            short_date(self.held_on) if self.held_on is not None else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationFact(Fact):
    """An entry of the journal of consultations."""

    entity = "parent_consultation"
    title_field = "topic"

    held_on: date | None = None
    school_class: str | None = None
    pupil: str | None = None
    form: str | None = None
    topic: str | None = None
    parents: int | None = None
    given_by: str | None = None
    advice: str | None = None
    is_signed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentEventFact(Fact):
    """An event for parents."""

    entity = "parent_event"
    title_field = "topic"

    held_on: date | None = None
    direction: str | None = None
    topic: str | None = None
    parents: int | None = None
    outcome: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceFact(Fact):
    """A meeting of a body of self-government."""

    entity = "governance_meeting"
    title_field = "question"

    held_on: date | None = None
    body: str | None = None
    question: str | None = None
    parents: int | None = None
    pupils: int | None = None
    decided: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestFact(Fact):
    """Participation in a contest."""

    entity = "contest"
    title_field = "title"

    held_on: date | None = None
    title: str | None = None
    who: str | None = None
    level: str | None = None
    participants: int | None = None
    winners: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectGroupFact(Fact):
    """An inter-school group in a subject."""

    entity = "subject_group"
    title_field = "title"

    title: str | None = None
    subject: str | None = None
    schedule: str | None = None
    pupils: int | None = None
    codes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLessonFact(Fact):
    """A session of a subject group."""

    entity = "group_lesson"
    title_field = "topic"

    subject_group: str | None = None
    held_on: date | None = None
    topic: str | None = None
    attended: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportFact(Fact):
    """A session of psychological and pedagogical support."""

    entity = "support_record"
    title_field = "topic"

    held_on: date | None = None
    form: str | None = None
    topic: str | None = None
    grade: int | None = None
    participants: int | None = None
    advice: str | None = None
