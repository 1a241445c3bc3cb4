"""The paper side of a regional plan: reports with dates, interviews, projects, results of earlier years, defects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """A report that is due on a day; `inner_due` is set by the centre for those who hand in their data."""

    code: str
    title: str
    to: str
    by: str
    """The lane that hands it in."""
    deadline: str
    """As the source words it."""
    due: date
    inner_due: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class InterviewSlot:
    """One conversation: a day, from and until as «14:30», and who is invited (a territory or a kind of school)."""

    day: date
    starts: str
    ends: str
    invited: str


@dataclass(frozen=True, slots=True)
class InterviewSession:
    """A series of conversations with the administrations of schools."""

    code: str
    title: str
    deadline: str
    mode: str
    slots: tuple[InterviewSlot, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class NetworkProject:
    """A project that several schools carry out together."""

    code: str
    title: str
    purpose: str
    members: str
    measures: tuple[str, ...] = ()
    """Measures of the plan that belong to it."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an earlier year ended with; the plan starts from it."""

    code: str
    year: int
    text: str
    numerator: int | None = None
    denominator: int | None = None
    value: Decimal | None = None
    """Percent, as the source states it."""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedResult:
    """A result that the plan promises; without indicators it is said that nothing measures it."""

    code: str
    number: int
    text: str
    indicators: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of low results that a diagnosis chooses from; `group` gathers causes of one kind."""

    code: str
    title: str
    group: str = ""
    advice: str = ""
    measures: tuple[str, ...] = ()
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class ActivityCriterion:
    """A criterion of the teachers' activity log; it never rates a teacher by pupils' results."""

    code: str
    title: str
    examples: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class SourceDefect:
    """A defect of the source document that no rule can compute; the linter reports it as it stands."""

    code: str
    text: str
    place: str = ""
    """Where in the source: «план, п. 1.7»."""
    measures: tuple[str, ...] = ()
