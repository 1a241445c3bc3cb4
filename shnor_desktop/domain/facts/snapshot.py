"""All facts of one school on one day, and how they are read from rows of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts.base import Fact
from shnor_desktop.domain.facts.diagnosis import AnswerFact, CauseFact, ExpertFact, FactorLevelFact, ProblemFact
from shnor_desktop.domain.facts.education import (
    DirectionFact,
    GraduationFact,
    LevelFact,
    LiteracyFact,
    OfferFact,
    SurveyFact,
)
from shnor_desktop.domain.facts.execution import DocumentMarkFact, IndicatorValueFact, OccurrenceFact
from shnor_desktop.domain.facts.partners import EventFact, ParticipantFact, PartnerFact, PlanItemFact, PracticeFact
from shnor_desktop.domain.facts.programme import (
    AntiriskFact,
    GoalFact,
    IndicatorFact,
    MeasureFact,
    ParagraphFact,
    ProgrammeFact,
    ReadingFact,
    StampFact,
)
from shnor_desktop.domain.facts.pupils import (
    ConsultationFact,
    ContestFact,
    FailureCauseFact,
    GovernanceFact,
    GroupLessonFact,
    ParentEventFact,
    ProgressFact,
    PupilStepFact,
    RehearsalFact,
    RiskPupilFact,
    SubjectGroupFact,
    SupportFact,
)
from shnor_desktop.domain.facts.quality import ControlFact, DecisionFact, MeetingFact, NoteFact, RequestFact
from shnor_desktop.domain.facts.results import DifficultyFact, GroupFact, ResultFact, ScoreFact, TaskFact
from shnor_desktop.domain.facts.school import BuildingFact, ClassFact, SchoolContext, StaffFact
from shnor_desktop.domain.facts.support import (
    ActivityFact,
    AssignmentFact,
    DeficitFact,
    PlanFact,
    RemarkFact,
    StageTaskFact,
)
from shnor_desktop.domain.facts.teaching import (
    ActivityEntryFact,
    CourseFact,
    CrossCheckFact,
    LessonMarkFact,
    MentorMeetingFact,
    ProgrammeCheckFact,
    VisitFact,
    with_finished_courses,
)

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFacts:
    """What one school typed, as of one day. Nothing here is hidden or deleted."""

    as_of: date
    schools: tuple[SchoolContext, ...] = ()
    buildings: tuple[BuildingFact, ...] = ()
    classes: tuple[ClassFact, ...] = ()
    staff: tuple[StaffFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    result_tasks: tuple[TaskFact, ...] = ()
    result_scores: tuple[ScoreFact, ...] = ()
    result_groups: tuple[GroupFact, ...] = ()
    difficulties: tuple[DifficultyFact, ...] = ()
    directions: tuple[DirectionFact, ...] = ()
    offers: tuple[OfferFact, ...] = ()
    levels: tuple[LevelFact, ...] = ()
    graduations: tuple[GraduationFact, ...] = ()
    literacy: tuple[LiteracyFact, ...] = ()
    surveys: tuple[SurveyFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    factor_levels: tuple[FactorLevelFact, ...] = ()
    causes: tuple[CauseFact, ...] = ()
    expert_answers: tuple[ExpertFact, ...] = ()
    problems: tuple[ProblemFact, ...] = ()
    programmes: tuple[ProgrammeFact, ...] = ()
    paragraphs: tuple[ParagraphFact, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    antirisks: tuple[AntiriskFact, ...] = ()
    stamps: tuple[StampFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    participants: tuple[ParticipantFact, ...] = ()
    plan_items: tuple[PlanItemFact, ...] = ()
    practices: tuple[PracticeFact, ...] = ()
    risk_pupils: tuple[RiskPupilFact, ...] = ()
    failure_causes: tuple[FailureCauseFact, ...] = ()
    pupil_steps: tuple[PupilStepFact, ...] = ()
    progress: tuple[ProgressFact, ...] = ()
    rehearsals: tuple[RehearsalFact, ...] = ()
    consultations: tuple[ConsultationFact, ...] = ()
    parent_events: tuple[ParentEventFact, ...] = ()
    governance: tuple[GovernanceFact, ...] = ()
    contests: tuple[ContestFact, ...] = ()
    subject_groups: tuple[SubjectGroupFact, ...] = ()
    group_lessons: tuple[GroupLessonFact, ...] = ()
    support_records: tuple[SupportFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    deficits: tuple[DeficitFact, ...] = ()
    activities: tuple[ActivityFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    lesson_marks: tuple[LessonMarkFact, ...] = ()
    cross_checks: tuple[CrossCheckFact, ...] = ()
    programme_checks: tuple[ProgrammeCheckFact, ...] = ()
    activity_log: tuple[ActivityEntryFact, ...] = ()
    courses: tuple[CourseFact, ...] = ()
    mentor_meetings: tuple[MentorMeetingFact, ...] = ()
    stage_tasks: tuple[StageTaskFact, ...] = ()
    assignments: tuple[AssignmentFact, ...] = ()
    remarks: tuple[RemarkFact, ...] = ()
    readings: tuple[ReadingFact, ...] = ()
    occurrences: tuple[OccurrenceFact, ...] = ()
    indicator_values: tuple[IndicatorValueFact, ...] = ()
    document_marks: tuple[DocumentMarkFact, ...] = ()
    controls: tuple[ControlFact, ...] = ()
    notes: tuple[NoteFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    requests: tuple[RequestFact, ...] = ()
    late: Mapping[str, date] | None = None
    """The day that each late measure owes, by its id, as its deadline is read; None while the words are not read."""
    last_days: Mapping[str, date] | None = None
    """The last day of each measure that has one, as it was moved, by its id; None while the words are not read."""

    @property
    def school(self) -> SchoolContext | None:
        """The passport; None before it is begun."""
        return self.schools[0] if self.schools else None

    @property
    def programme(self) -> ProgrammeFact | None:
        """The current programme: the one that starts last, of those without dates the last period."""
        return max(
            self.programmes,
            key=lambda item: (item.starts_on or date.min, item.period or "", item.id),
            default=None,
        )

    def current(self, rows: tuple[F, ...]) -> tuple[F, ...]:
        """Those of the rows (goals, measures, paragraphs …) that belong to the current programme."""
        programme = self.programme
        if programme is None:
            return ()
        return tuple(row for row in rows if getattr(row, "programme", None) == programme.id)

    def late_day(self, measure: MeasureFact) -> date | None:
        """The day that a measure should have been done by and was not; by its dates alone where no words are read."""
        if self.late is not None:
            return self.late.get(measure.id)
        return measure.due_on if measure.is_overdue(self.as_of) else None

    def last_day(self, measure: MeasureFact) -> date | None:
        """The day by which all of a measure is due, with what was moved; by its dates alone where no words are read."""
        return (self.last_days or {}).get(measure.id, measure.due_on)

    def rows(self, entity: str) -> tuple[Fact, ...]:
        """All rows of an entity by its log name; BugError for one that is not read here."""
        try:
            name = _MEMBERS[entity]
        except KeyError:
            raise BugError(f"the facts hold no {entity!r}") from None
        rows: tuple[Fact, ...] = getattr(self, name)
        return rows


FACT_CLASSES: Mapping[str, type[Fact]] = MappingProxyType(
    {
        cls.entity: cls
        for cls in (
            SchoolContext,
            BuildingFact,
            ClassFact,
            StaffFact,
            ResultFact,
            TaskFact,
            ScoreFact,
            GroupFact,
            DifficultyFact,
            DirectionFact,
            OfferFact,
            LevelFact,
            GraduationFact,
            LiteracyFact,
            SurveyFact,
            AnswerFact,
            FactorLevelFact,
            CauseFact,
            ExpertFact,
            ProblemFact,
            ProgrammeFact,
            ParagraphFact,
            GoalFact,
            IndicatorFact,
            AntiriskFact,
            StampFact,
            MeasureFact,
            PartnerFact,
            EventFact,
            ParticipantFact,
            PlanItemFact,
            PracticeFact,
            RiskPupilFact,
            FailureCauseFact,
            PupilStepFact,
            ProgressFact,
            RehearsalFact,
            ConsultationFact,
            ParentEventFact,
            GovernanceFact,
            ContestFact,
            SubjectGroupFact,
            GroupLessonFact,
            SupportFact,
            PlanFact,
            DeficitFact,
            ActivityFact,
            VisitFact,
            LessonMarkFact,
            CrossCheckFact,
            ProgrammeCheckFact,
            ActivityEntryFact,
            CourseFact,
            MentorMeetingFact,
            StageTaskFact,
            AssignmentFact,
            RemarkFact,
            ReadingFact,
            OccurrenceFact,
            IndicatorValueFact,
            DocumentMarkFact,
            ControlFact,
            NoteFact,
            MeetingFact,
            DecisionFact,
            RequestFact,
        )
    }
)
"""Log names of the entities that are read, with their facts."""

_DERIVED = ("as_of", "late", "last_days")
_MEMBERS: Mapping[str, str] = MappingProxyType(
    dict(zip(FACT_CLASSES, (item.name for item in fields(SchoolFacts) if item.name not in _DERIVED), strict=True))
)


def school_facts(as_of: date, rows: Mapping[str, Iterable[object]]) -> SchoolFacts:
    """The snapshot from rows by log name; entities that are not read are passed over."""
    found: dict[str, Any] = {
        _MEMBERS[entity]: tuple(fact_from(FACT_CLASSES[entity], row) for row in items)
        for entity, items in rows.items()
        if entity in FACT_CLASSES
    }
    facts = SchoolFacts(as_of=as_of, **found)
    return replace(facts, staff=with_finished_courses(facts.staff, facts.courses, as_of))


def fact_from(cls: type[F], row: object) -> F:
    """A fact from any row with the same attributes: ISO days become dates, lists tuples.

    A day that is no day (a foreign program wrote it) reads as missing, so that the check asks for it.
    """
    known: Any = cls
    values: dict[str, Any] = {name: _read(getattr(row, name), kind) for name, kind in _kinds(known)}
    return cls(**values)


@cache
def _kinds(cls: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(cls)
    return tuple((item.name, hints[item.name]) for item in fields(cls))


def _read(value: object, kind: Any) -> object:
    if kind == date | None and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    if kind == tuple[str, ...]:
        return tuple(value) if isinstance(value, list | tuple) else ()
    return value
