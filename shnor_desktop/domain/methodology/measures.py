"""Measures: the plan of the region or the municipality, and what a school may take into its own road map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A section of the source's plan; a measure without a deadline or executors of its own has those of its section."""

    code: str
    title: str
    number: str = ""
    """As the source prints it: «1», «2.2»."""
    deadline: str = ""
    executors: tuple[str, ...] = ()
    parent: str = ""
    """The section that this one is a part of."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure (мероприятие): of the source's plan where it has a number, else a suggestion for schools."""

    id: str
    title: str
    factors: tuple[str, ...] = ()
    direction: str = ""
    stage: str = ""
    deadline: str = ""
    """The deadline in the words of the plan; printed verbatim. Empty: the one of the section."""
    due: date | None = None
    """The last day, where the words alone do not give it; `domain.deadlines` reads them otherwise."""
    executors: tuple[str, ...] = ()
    """Role ids; the first one answers for the measure. Empty: those of the section."""
    expected_result: str = ""
    evidence: tuple[str, ...] = ()
    """Codes of `Pack.evidence_kinds`."""
    start: date | None = None
    optional: bool = False
    after: tuple[str, ...] = ()
    """Measures that must be done before."""
    source: str = ""
    unconfirmed: bool = False
    number: str = ""
    """The number in the source's plan: «2.1.3»; empty where the measure is a suggestion of the library."""
    section: str = ""
    tasks: tuple[str, ...] = ()
    """Programme tasks that the measure serves."""
    indicators: tuple[str, ...] = ()
    """Target indicators that show whether it worked."""
    details: tuple[str, ...] = ()
    """What the measure consists of, where the source lists parts of it."""
