"""What a school has typed, as one frozen value that metrics and checks read.

Every fact has the names of the entity's fields (`models/`), so that `school_facts` fills it from any rows with
these attributes; calendar days are `date`, lists are tuples, everything may be missing. A field that no metric
and no check reads is left out.
"""

from shnor_desktop.domain.facts.base import Fact
from shnor_desktop.domain.facts.diagnosis import AnswerFact, FactorLevelFact, ProblemFact
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
from shnor_desktop.domain.facts.programme import (
    AntiriskFact,
    GoalFact,
    IndicatorFact,
    MeasureFact,
    ParagraphFact,
    ProgrammeFact,
    ReadingFact,
)
    StampFact,
from shnor_desktop.domain.facts.results import PROCEDURES, SUBJECTS, ResultFact, TaskFact
from shnor_desktop.domain.facts.school import BuildingFact, ClassFact, SchoolContext, StaffFact
from shnor_desktop.domain.facts.snapshot import FACT_CLASSES, SchoolFacts, fact_from, school_facts
from shnor_desktop.domain.facts.support import (
    ActivityFact,
    AssignmentFact,
    DeficitFact,
    EventFact,
    PartnerFact,
    PlanFact,
    RemarkFact,
    StageTaskFact,
)

__all__ = [
    "FACT_CLASSES",
    "PROCEDURES",
    "SUBJECTS",
    "ActivityFact",
    "AnswerFact",
    "AntiriskFact",
    "AssignmentFact",
    "BuildingFact",
    "CentreFacts",
    "ClassFact",
    "DeficitFact",
    "DirectionFact",
    "DocumentMarkFact",
    "EventFact",
    "Fact",
    "FactorLevelFact",
    "GoalFact",
    "GraduationFact",
    "IndicatorFact",
    "IndicatorValueFact",
    "LevelFact",
    "LiteracyFact",
    "MeasureFact",
    "OccurrenceFact",
    "OfferFact",
    "ParagraphFact",
    "PartnerFact",
    "PlanFact",
    "ProblemFact",
    "ProgrammeFact",
    "ReadingFact",
    "RegistryFact",
    "RemarkFact",
    "ResultFact",
    "SchoolContext",
    "SchoolFacts",
    "StaffFact",
    "StageTaskFact",
    "SurveyFact",
    "TaskFact",
    "fact_from",
    "school_facts",
]
    "StampFact",
    "SubjectGroupFact",
    "SupportFact",
