"""Facts of the diagnostic map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact(Fact):
    """A typed, confirmed or replaced answer of a form."""

    entity = "diagnostic_answer"
    title_field = "question"

    form: str | None = None
    wave: str | None = None
    question: str | None = None
    value: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    not_applicable: bool | None = None
    evidence: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorLevelFact(Fact):
    """A level of a factor that was set by hand."""

    entity = "factor_level"
    title_field = "factor"

    wave: str | None = None
    factor: str | None = None
    level: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemFact(Fact):
    """A problem field."""

    entity = "problem_field"
    title_field = "title"

    title: str | None = None
    factors: tuple[str, ...] = ()
    causes: str | None = None
    facts: str | None = None
    rank: int | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseFact(Fact):
    """How strongly a cause of the methodology is at work."""

    entity = "cause_mark"
    title_field = "cause"

    wave: str | None = None
    cause: str | None = None
    level: str | None = None
    facts: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertFact(Fact):
    """The answer of an expert beside the school's own."""

    entity = "expert_answer"
    title_field = "question"

    form: str | None = None
    wave: str | None = None
    question: str | None = None
    value: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    comment: str | None = None
    expert: str | None = None
    made_on: date | None = None
