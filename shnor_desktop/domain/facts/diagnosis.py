"""Facts of the diagnostic map."""

from __future__ import annotations

from dataclasses import dataclass

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
