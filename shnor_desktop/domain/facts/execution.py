"""Facts of how the road map is carried out: days of measures, values of indicators, papers that were handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts.base import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceFact(Fact):
    """How one of the days of a measure stands; `due_on` is the day of the plan, `moved_to` the day that it has now."""

    entity = "measure_occurrence"
    title_field = "due_on"

    measure: str | None = None
    due_on: date | None = None
    state: str | None = None
    moved_to: date | None = None
    reason: str | None = None
    done_on: date | None = None
    evidence_given: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorValueFact(Fact):
    """What a target indicator had reached on a day."""

    entity = "indicator_value"
    title_field = "measured_on"

    indicator: str | None = None
    measured_on: date | None = None
    value: Decimal | None = None
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMarkFact(Fact):
    """How a document or a report of the methodology stands."""

    entity = "document_mark"
    title_field = "document"

    document: str | None = None
    ordinal: int | None = None
    state: str | None = None
    number: str | None = None
    made_on: date | None = None
    due_on: date | None = None
    handed_on: date | None = None
    report: str | None = None
    note: str | None = None
