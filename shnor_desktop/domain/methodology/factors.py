"""Risk factors and the problem fields that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.methodology.terms import Aggregation


@dataclass(frozen=True, slots=True)
class FactorIndicator:
    """A question that a factor is judged by, with its weight (a positive number)."""

    question: str
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Factor:
    """A risk factor. `thresholds` are points 0–100: from the first on medium, from the second on high."""

    code: str
    number: int
    title: str
    description: str
    indicators: tuple[FactorIndicator, ...]
    aggregation: Aggregation = Aggregation.WEIGHTED
    thresholds: tuple[Decimal, ...] = (Decimal(34), Decimal(67))
    verification: str = ""
    """How the school checks that the level is true."""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class ProblemField:
    """What a high or medium factor typically means for a school, why, and what to do about it."""

    code: str
    factor: str
    title: str
    description: str
    causes: tuple[str, ...]
    task: str
    """The task of the programme that answers this problem."""
    measures: tuple[str, ...]
    """Ids of the suggested measures, best first."""
    indicators: tuple[str, ...] = ()
