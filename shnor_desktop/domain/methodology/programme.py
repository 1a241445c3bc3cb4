"""The transition programme: sections, goal, tasks, indicators, stamps, antirisk programmes, states."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shnor_desktop.domain.methodology.terms import Polarity, SectionContent

PLACEHOLDERS: frozenset[str] = frozenset(
    {
        "school_name",
        "school_short_name",
        "municipality",
        "region",
        "director_name",
        "founder",
        "period",
        "year",
        "staff_count",
        "pupils_count",
        "classes_count",
        "partner_school",
        "coordinator_name",
        "problem_fields",
        "problem_field",
        "factor",
        "factors_high",
        "factors_medium",
        "causes",
        "goal",
        "tasks",
        "indicators",
        "measures",
        "measures_count",
        "results_summary",
        "context_summary",
        "protocol_number",
        "protocol_date",
        "order_number",
        "order_date",
    }
)
"""Names that a template may hold in braces; the values are supplied when a draft is made."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class ProgrammeTask:
    """A task of the project, worded for the programme of one school."""

    id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle of the project."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ProgrammeSection:
    """A section of a document with guidance and a draft; the draft's paragraphs are divided by empty lines."""

    code: str
    number: str
    title: str
    guidance: str
    draft: str = ""
    required: bool = True
    parent: str = ""
    content: SectionContent = SectionContent.TEXT


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction of work: measures of the road map are grouped by it."""

    code: str
    title: str
    number: str = ""
    required: bool = False
    """The road map must hold a measure of it; an empty one is reported."""
    executors: tuple[str, ...] = ()
    guidance: str = ""


class IndicatorScope(StrEnum):
    """Over what an indicator is computed."""

    SCHOOL = "school"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target indicator of the programme."""

    id: str
    title: str
    unit: str
    polarity: Polarity
    metric: str = ""
    """The registry's function that computes the value; empty = typed by hand."""
    factors: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    suggested_change: Decimal | None = None
    """The change over the project that is offered as a first target; always a proposal of ours."""
    required: bool = False
    source: str = ""
    unconfirmed: bool = False
    number: str = ""
    scope: IndicatorScope = IndicatorScope.SCHOOL
    target: Decimal | None = None
    """What the source promises; None where it names none."""
    target_phrase: str = ""
    """«не менее 20 человек»."""
    tasks: tuple[str, ...] = ()
    """Programme tasks that it measures; empty with `for_goal`."""
    for_goal: bool = False
    baseline: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp on the title page (ПРИНЯТО, СОГЛАСОВАНО, УТВЕРЖДЕНО): lines with placeholders."""

    code: str
    title: str
    lines: tuple[str, ...]
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ProgrammeState:
    """A state of the programme and the states that may follow it."""

    code: str
    caption: str
    by: str
    """Lane or role that moves the programme into this state."""
    next: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolRisk:
    """A risk of carrying the programme out, with the answer to it."""

    code: str
    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class SchoolDocument:
    """A document of the school's set; the centre reviews those with `reviewed`."""

    code: str
    title: str
    stage: str = ""
    required: bool = True
    reviewed: bool = False
    guidance: str = ""
    source: str = ""
    unconfirmed: bool = False
    deadline: str = ""
    due: date | None = None
    made_by: tuple[str, ...] = ()
    """Measures of the plan whose result it is."""
    count_rule: str = ""
    """How many are needed, where the source says it («по числу членов администрации»)."""


def placeholders_in(template: str) -> tuple[str, ...]:
    """Names in braces, in order of appearance, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill_template(template: str, values: Mapping[str, str]) -> str:
    """The text with known placeholders replaced; one without a value becomes a blank to fill in by hand."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), "") or "____________", template)
