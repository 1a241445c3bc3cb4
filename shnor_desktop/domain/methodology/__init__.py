"""Methodology packs as plain values. Regions differ in these data, never in code."""

from shnor_desktop.domain.methodology.actors import (
    Choice,
    CoordinatorFunction,
    Curator,
    Lane,
    MentorRule,
    Role,
    Territory,
)
from shnor_desktop.domain.methodology.factors import Factor, FactorIndicator, Measure, ProblemField
from shnor_desktop.domain.methodology.forms import Block, Form, Question
from shnor_desktop.domain.methodology.pack import CodeList, Pack
from shnor_desktop.domain.methodology.programme import (
    PLACEHOLDERS,
    Direction,
    Indicator,
    Principle,
    ProgrammeSection,
    ProgrammeState,
    ProgrammeTask,
    SchoolDocument,
    SchoolRisk,
    Stamp,
    fill_template,
    placeholders_in,
)
from shnor_desktop.domain.methodology.stages import MonitoringWave, Stage, StageTask
from shnor_desktop.domain.methodology.support import (
    Development,
    Identification,
    LegalBasis,
    Partnership,
    Term,
)
from shnor_desktop.domain.methodology.terms import (
    LEVEL_CAPTIONS,
    Aggregation,
    Level,
    Page,
    Polarity,
    QuestionKind,
)

__all__ = [
    "LEVEL_CAPTIONS",
    "PLACEHOLDERS",
    "Aggregation",
    "Block",
    "Choice",
    "CodeList",
    "CoordinatorFunction",
    "Curator",
    "Development",
    "Direction",
    "Factor",
    "FactorIndicator",
    "Form",
    "Identification",
    "Indicator",
    "Lane",
    "LegalBasis",
    "Level",
    "Measure",
    "MentorRule",
    "MonitoringWave",
    "Pack",
    "Page",
    "Partnership",
    "Polarity",
    "Principle",
    "ProblemField",
    "ProgrammeSection",
    "ProgrammeState",
    "ProgrammeTask",
    "Question",
    "QuestionKind",
    "Role",
    "SchoolDocument",
    "SchoolRisk",
    "Stage",
    "StageTask",
    "Stamp",
    "Term",
    "Territory",
    "fill_template",
    "placeholders_in",
]
