"""What a school has typed, as one frozen value that metrics and checks read.

Every fact has the names of the entity's fields (`models/`), so that `school_facts` fills it from any rows with
these attributes; calendar days are `date`, lists are tuples, everything may be missing. A field that no metric
and no check reads is left out.
"""

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
from shnor_desktop.domain.facts.municipality import CentreFacts, RegistryFact
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
    EXAMS,
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
from shnor_desktop.domain.facts.results import (
    PROCEDURES,
    SUBJECTS,
    DifficultyFact,
    GroupFact,
    ResultFact,
    ScoreFact,
    TaskFact,
)
from shnor_desktop.domain.facts.school import BuildingFact, ClassFact, SchoolContext, StaffFact
from shnor_desktop.domain.facts.snapshot import FACT_CLASSES, SchoolFacts, fact_from, school_facts
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
)

__all__ = [
    "EXAMS",
    "FACT_CLASSES",
    "PROCEDURES",
    "SUBJECTS",
    "ActivityEntryFact",
    "ActivityFact",
    "AnswerFact",
    "AntiriskFact",
    "AssignmentFact",
    "BuildingFact",
    "CauseFact",
    "CentreFacts",
    "ClassFact",
    "ConsultationFact",
    "ContestFact",
    "ControlFact",
    "CourseFact",
    "CrossCheckFact",
    "DecisionFact",
    "DeficitFact",
    "DifficultyFact",
    "DirectionFact",
    "DocumentMarkFact",
    "EventFact",
    "ExpertFact",
    "Fact",
    "FactorLevelFact",
    "FailureCauseFact",
    "GoalFact",
    "GovernanceFact",
    "GraduationFact",
    "GroupFact",
    "GroupLessonFact",
    "IndicatorFact",
    "IndicatorValueFact",
    "LessonMarkFact",
    "LevelFact",
    "LiteracyFact",
    "MeasureFact",
    "MeetingFact",
    "MentorMeetingFact",
    "NoteFact",
    "OccurrenceFact",
    "OfferFact",
    "ParagraphFact",
    "ParentEventFact",
    "ParticipantFact",
    "PartnerFact",
    "PlanFact",
    "PlanItemFact",
    "PracticeFact",
    "ProblemFact",
    "ProgrammeCheckFact",
    "ProgrammeFact",
    "ProgressFact",
    "PupilStepFact",
    "ReadingFact",
    "RegistryFact",
    "RehearsalFact",
    "RemarkFact",
    "RequestFact",
    "ResultFact",
    "RiskPupilFact",
    "SchoolContext",
    "SchoolFacts",
    "ScoreFact",
    "StaffFact",
    "StageTaskFact",
    "StampFact",
    "SubjectGroupFact",
    "SupportFact",
    "SurveyFact",
    "TaskFact",
    "VisitFact",
    "fact_from",
    "school_facts",
]
