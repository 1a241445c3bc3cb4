"""Partner schools: what was promised and what was held, and what was taken into work after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from shnor_desktop.domain.facts import EventFact, PartnerFact, SchoolFacts
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner school. `held` counts the last year, as the promise does; `events` are newest first."""

    partner: PartnerFact
    events: tuple[EventFact, ...]
    promised: int
    held: int

    @property
    def caption(self) -> str:
        """«проведено 5 из 6», or without a promise only what was held."""
        return f"проведено {self.held} из {self.promised}" if self.promised else f"проведено {self.held}"


@dataclass(frozen=True, slots=True)
class PartnersView:
    """All partners with their sums; `loose` are events whose partner is gone."""

    partners: tuple[PartnerView, ...]
    events: tuple[EventFact, ...]
    loose: tuple[EventFact, ...]
    promised: int
    held: int


def partners_view(workspace: Workspace, school: str | None = None) -> PartnersView:
    """Partners and the journal of events, newest first."""
    return partners_of(read_facts(workspace, school))


def partners_of(facts: SchoolFacts) -> PartnersView:
    """The same from facts that were read already."""
    events = tuple(sorted(facts.events, key=lambda item: (item.held_on or facts.as_of, item.id), reverse=True))
    partners = tuple(_partner(facts, partner, events) for partner in facts.partners)
    known = {partner.id for partner in facts.partners}
    return PartnersView(
        partners=partners,
        events=events,
        loose=tuple(event for event in events if event.partner not in known),
        promised=sum(item.promised for item in partners),
        held=sum(item.held for item in partners),
    )


def _partner(facts: SchoolFacts, partner: PartnerFact, events: tuple[EventFact, ...]) -> PartnerView:
    own = tuple(event for event in events if event.partner == partner.id)
    since = facts.as_of - _YEAR
    held = sum(1 for event in own if event.held_on is not None and since <= event.held_on <= facts.as_of)
    return PartnerView(partner, own, partner.promised_events or 0, held)
