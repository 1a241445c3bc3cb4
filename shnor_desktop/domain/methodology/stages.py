"""The plan of the project: stages with dates, tasks of each participant, waves of monitoring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.methodology.terms import Page


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the project. `phrase` is the period as the source words it."""

    id: str
    number: str
    """Roman, as printed: «I»…«IV»."""
    title: str
    phrase: str
    start: date
    end: date
    """Inclusive."""
    unconfirmed: bool = False
    """The source names no such stage or no dates of it."""


@dataclass(frozen=True, slots=True)
class StageTask:
    """One task of one participant at one stage; `lane` is None where the source names nobody."""

    id: str
    stage: str
    text: str
    lane: str | None = None
    optional: bool = False
    """«При необходимости», «по возможности»: never counted as overdue."""
    condition: str = ""
    """The words of the source that make it optional."""
    action: Page = Page.NONE
    frequency: str = ""
    """A frequency hidden in the wording of the task («ежемесячно»)."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class MonitoringWave:
    """One collection of a monitoring form; waves of one form are compared with each other."""

    id: str
    form: str
    number: int
    title: str
    start: date
    due: date
    stage: str = ""
    unconfirmed: bool = False
