"""The closed vocabularies of a methodology pack: kinds, polarities, levels, pages.

A pack may only choose from these words; everything that differs between regions is text and numbers.
"""

from __future__ import annotations

from enum import StrEnum


class QuestionKind(StrEnum):
    """How a question of a form is answered."""

    NUMBER = "number"
    PERCENT = "percent"
    SHARE = "share"
    """A percentage that is asked as numerator and denominator: «4 из 22 (18,2 %)»."""
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


class Polarity(StrEnum):
    """Which direction of a figure is good for the school."""

    HIGHER_BETTER = "higher_better"
    LOWER_BETTER = "lower_better"
    NONE = "none"


class Level(StrEnum):
    """Significance of a risk factor («значимость фактора»)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Aggregation(StrEnum):
    """How the levels of the indicators of one factor become the level of the factor."""

    WEIGHTED = "weighted"
    """Low = 0, medium = 50, high = 100 points; the weighted mean is compared with the factor's thresholds."""
    WORST = "worst"
    """The worst indicator decides."""


class SectionContent(StrEnum):
    """What stands in a section of a document: text that people write, or what the program builds."""

    TEXT = "text"
    PASSPORT = "passport"
    ANALYSIS = "analysis"
    GOALS = "goals"
    INDICATORS = "indicators"
    ROADMAP = "roadmap"
    ANTIRISK = "antirisk"
    RISKS = "risks"
    APPENDICES = "appendices"


class Page(StrEnum):
    """Where in the program a task is done; empty when it is done outside of it."""

    NONE = ""
    TODAY = "today"
    PASSPORT = "passport"
    STAFF = "staff"
    RESULTS = "results"
    DIAGNOSTIC_MAP = "diagnostic_map"
    PROBLEM_FIELDS = "problem_fields"
    PROGRAMME = "programme"
    ROADMAP = "roadmap"
    PARTNERS = "partners"
    DEVELOPMENT = "development"
    MONITORING = "monitoring"
    VALIDATION = "validation"
    EXCHANGE = "exchange"
    SCHOOLS = "schools"
    """The centre's list of schools."""


LEVEL_CAPTIONS: dict[Level, str] = {
    Level.HIGH: "высокая",
    Level.MEDIUM: "средняя",
    Level.LOW: "низкая",
    Level.UNKNOWN: "не определена",
}
