"""What accompanies the programme: teacher development plans, partner schools, names, documents."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.methodology.actors import Choice


@dataclass(frozen=True, slots=True)
class Development:
    """Code lists of the individual development plan of a teacher (ИОМ)."""

    title: str
    short_title: str
    deficit_kinds: tuple[Choice, ...]
    deficit_levels: tuple[Choice, ...]
    activity_forms: tuple[Choice, ...]
    presentation_forms: tuple[Choice, ...]
    """How the teacher shows the result."""
    diagnostics: tuple[Choice, ...]
    """Entrance and final diagnostics, in order."""
    activity_states: tuple[Choice, ...]
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Partnership:
    """Code lists of the work with a partner school."""

    title: str
    event_forms: tuple[Choice, ...]
    event_states: tuple[Choice, ...]
    participant_kinds: tuple[Choice, ...]
    minimum_events: int
    """How many events a plan should hold at least; a proposal of ours where unconfirmed."""
    contact_kinds: tuple[Choice, ...]
    """With whom the first contact is recorded at stage II."""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """How this methodology calls an object of the program («ДТК», «МОУО»)."""

    code: str
    short: str
    full: str
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that a part of the methodology stands on."""

    title: str
    date: str
    number: str
    parts: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    basis: str = ""
    """What the document itself was issued for («во исполнение…»)."""
