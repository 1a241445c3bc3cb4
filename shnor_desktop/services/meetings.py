"""Meetings and charges: whose charge is open, late, done and unchecked, and what a protocol decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import DecisionFact, MeetingFact, SchoolFacts
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.quality import Decision
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

DAYS_FOR_CHARGE = 14


class Filter(StrEnum):
    """Which charges are listed."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    UNCHECKED = "unchecked"

    @property
    def caption(self) -> str:
        """As a segment names it."""
        return {"all": "Все", "open": "Открытые", "overdue": "Просроченные", "unchecked": "Не проверены"}[self.value]


@dataclass(frozen=True, slots=True)
class Charge:
    """A decision with its people and what it comes from in words."""

    decision: DecisionFact
    owner: str
    source: str
    is_overdue: bool

    def fits(self, chosen: Filter, owner: str = "") -> bool:
        """Whether it is in a filter, and a person's where one is named."""
        if owner and self.decision.owner != owner:
            return False
        if chosen is Filter.OPEN:
            return self.decision.is_open
        if chosen is Filter.OVERDUE:
            return self.is_overdue
        if chosen is Filter.UNCHECKED:
            return self.decision.state == "done" and self.decision.checked_on is None
        return True


@dataclass(frozen=True, slots=True)
class ChargesView:
    """All charges, the open ones first, by their days."""

    charges: tuple[Charge, ...]

    def of(self, chosen: Filter, owner: str = "") -> tuple[Charge, ...]:
        """Those of a filter."""
        return tuple(charge for charge in self.charges if charge.fits(chosen, owner))

    @property
    def owners(self) -> tuple[tuple[str, str], ...]:
        """The people who have a charge, by name: id and name."""
        found = {charge.decision.owner: charge.owner for charge in self.charges if charge.decision.owner}
        return tuple(sorted(((key, name) for key, name in found.items() if key), key=lambda pair: pair[1]))


def charges(workspace: Workspace, school: str | None = None) -> ChargesView:
    """All charges of the school."""
    return charges_of(workspace.pack_of(school).code_list("meeting_kinds"), read_facts(workspace, school))


def charges_of(meeting_kinds: tuple[tuple[str, str], ...], facts: SchoolFacts) -> ChargesView:
    """The same from facts that were read already."""
    people = {person.id: person.label for person in facts.staff}
    kinds = dict(meeting_kinds)
    sources = {item.id: meeting_words(item, kinds) for item in facts.meetings}
    sources |= {item.id: f"справка «{item.label}»" for item in facts.notes}
    found = [
        Charge(
            item,
            people.get(item.owner or "", "") or item.owner_text or "",
            sources.get(item.meeting or "", "") or sources.get(item.report or "", ""),
            item.is_overdue(facts.as_of),
        )
        for item in facts.decisions
    ]
    found.sort(key=lambda one: (not one.decision.is_open, one.decision.due_on or date.max, one.decision.id))
    return ChargesView(tuple(found))


def meeting_words(meeting: MeetingFact, kinds: dict[str, str]) -> str:
    """«педагогический совет 02.09.2024, протокол № 3»."""
    words = kinds.get(meeting.kind or "", meeting.kind or "совещание")
    day = f" {short_date(meeting.held_on)}" if meeting.held_on else ""
    return f"{words}{day}{f', протокол № {meeting.number}' if meeting.number else ''}"


def charge_at(workspace: Workspace, meeting: str, title: str) -> Done:
    """Begin a charge of a meeting, due in two weeks until a person says another day."""
    facts = read_facts(workspace)
    if all(item.id != meeting for item in facts.meetings):
        raise BugError(f"no meeting {meeting!r}")
    due = facts.as_of + timedelta(days=DAYS_FOR_CHARGE)
    return records.begin(workspace, Decision, {"title": title, "meeting": meeting, "due_on": due, "state": "open"})


def mark_done(workspace: Workspace, decision: str) -> Done:
    """The charge was carried out today."""
    day = read_facts(workspace).as_of
    return records.edit_many(workspace, Decision.log_name, decision, {"state": "done", "done_on": day})
