"""Who takes part in a support project: lanes of the plan, roles, curators by territory, mentors."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.methodology.terms import Level, Page


@dataclass(frozen=True, slots=True)
class Lane:
    """A participant of the plan that has its own column of tasks (ДОН, ТОГИРРО, МОУО, ШНОР)."""

    id: str
    title: str
    """Short name, as in the column of the plan."""
    full_title: str
    public_title: str = ""
    """The name for pages that the site and the founder see; empty = `title`."""
    at_school: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a person is appointed to; `lane` is the participant that appoints."""

    id: str
    title: str
    lane: str
    functions: tuple[str, ...] = ()
    people: int | None = None
    """How many people the source appoints; None where the source gives no number."""
    executor: bool = False
    """May be written as the executor of a measure of the school's road map."""
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class CoordinatorFunction:
    """One of the functions of the municipal coordinator and the page where it is done."""

    id: str
    number: int
    text: str
    action: Page = Page.NONE


@dataclass(frozen=True, slots=True)
class Territory:
    """A municipality of the region."""

    id: str
    title: str
    unconfirmed: bool = False
    """True where the source does not name it (it is known from public sources only)."""


@dataclass(frozen=True, slots=True)
class Curator:
    """A territorial curator: an anonymous post and the territories that it covers."""

    id: str
    title: str
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A code and its caption; in a question also the level that the choice stands for."""

    code: str
    caption: str
    level: Level | None = None
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class MentorRule:
    """Which teachers are to have a mentor, and what may be said instead of naming one."""

    text: str
    subjects: tuple[str, ...]
    """Codes of subjects whose every teacher is to be covered."""
    optional: bool
    states: tuple[Choice, ...]
