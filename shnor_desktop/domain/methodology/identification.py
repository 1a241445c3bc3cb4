"""How a school gets into the project, its social index, and how results are read: rules whose figures are data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shnor_desktop.domain.methodology.actors import Choice
from shnor_desktop.domain.methodology.terms import Polarity


class RuleKind(StrEnum):
    """How a rule of identification is judged."""

    LOW_RESULTS = "low_results"
    """At least `procedures` procedures of the last `years` years with the share below the minimum or more."""
    AT_LEAST = "at_least"
    """The metric is the threshold or more."""
    AT_MOST = "at_most"
    """The metric is the threshold or less."""


@dataclass(frozen=True, slots=True)
class IdentificationRule:
    """One sign of a category. `threshold` is in the unit of the metric; `low_results` uses the common parameters."""

    code: str
    title: str
    kind: RuleKind
    metric: str = ""
    threshold: Decimal | None = None
    explanation: str = ""
    """One sentence: why this sign counts."""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A category of schools; a school is in it when `needed` of its rules hold. A school may be in several."""

    code: str
    title: str
    text: str
    rules: tuple[IdentificationRule, ...]
    needed: int = 1
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Identification:
    """How a school gets into the project: lists, the parameters of low results, the categories."""

    text: str
    levels: tuple[Choice, ...]
    share_below_minimum: Decimal
    """Percent of participants of a procedure below its minimum from which the result counts as low."""
    procedures: int
    years: int
    small_group: int
    """Groups of fewer people carry a warning."""
    subjects: tuple[str, ...]
    unconfirmed: bool = False
    categories: tuple[Category, ...] = ()
    kinds: tuple[str, ...] = ()
    """Procedures that count («vpr», «oge», «ege»); empty = all."""
    minimum_participants: int = 0
    """Procedures with fewer participants are left out and named."""


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A sign of the social index (ИСБШ): the metric, scaled from `minimum` to `maximum`, times its weight."""

    code: str
    title: str
    metric: str
    weight: Decimal
    polarity: Polarity
    """`lower_better`: the more, the harder the conditions."""
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(100)
    source: str = ""


@dataclass(frozen=True, slots=True)
class SocialIndex:
    """The table of weights of the index of the school's social well-being; printed with its version.

    Defaults of the comparison. Source: field notes 2.3.
    """

    title: str
    version: str
    items: tuple[IndexItem, ...]
    text: str = ""
    unconfirmed: bool = False
    schools_for_expectation: int = 15
    """So many schools with index and results make an expectation; of fewer nothing is claimed."""
    harder_share: Decimal = Decimal(33)
    """Percent of the schools, from the hardest conditions, among whom one above expectation is resilient."""


@dataclass(frozen=True, slots=True)
class TaskBand:
    """Borders for tasks of one difficulty: percent done from which it is enough, below which it is not."""

    difficulty: str
    """«basic», «advanced» or «high»."""
    sufficient: Decimal
    insufficient: Decimal


@dataclass(frozen=True, slots=True)
class SampleSizes:
    """How many participants make a figure speak."""

    distribution_informative: int = 50
    distribution_approximate: int = 20
    group: int = 10


@dataclass(frozen=True, slots=True)
class ResultReading:
    """How results of assessment procedures are read. Source of the default figures: ФИОКО, 2026."""

    text: str
    bands: tuple[TaskBand, ...]
    years: int = 5
    """How many years a dynamic looks back."""
    worsening_points: Decimal = Decimal(10)
    """Percentage points of growth of the share of «2» that count as a negative dynamic."""
    journal_gap: int = 2
    """A difference of this many marks between a procedure and the journal is looked into."""
    majority: Decimal = Decimal(50)
    """Percent of red skills from which the deficit is called systemic."""
    samples: SampleSizes = SampleSizes()
    source: str = ""
    unconfirmed: bool = False
