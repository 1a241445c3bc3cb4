"""Partner schools: what was promised and what was held, the joint plan, and what was taken into work after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import EventFact, PartnerFact, SchoolFacts
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.partnership import YEAR, Promise, ends_soon, promise_of
from shnor_desktop.domain.russian import long_date, short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.partners import JointPlanItem, PartnerEvent
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap import mark_occurrence
from shnor_desktop.services.roadmap_days import days_of
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PartnerView:
    """A partner school. `held` counts the last year, as the promise does; `events` are newest first."""

    partner: PartnerFact
    events: tuple[EventFact, ...]
    promised: int
    held: int
    promise: Promise
    term_words: str = ""
    """«договор заканчивается 24 марта 2025 г.», where it ends soon or has ended."""

    @property
    def caption(self) -> str:
        """«проведено 5 из 6», or without a promise only what was held."""
        return f"проведено {self.held} из {self.promised}" if self.promised else f"проведено {self.held}"

    @property
    def promise_words(self) -> str:
        """What became of the words of the promise; empty where nothing was promised in words."""
        promise = self.promise
        if not promise.words:
            return ""
        if not promise.is_understood:
            words = "не читается как частота, сверяется только число встреч"
            return f"Обещано «{promise.words}»: {words}"
        if promise.lacking:
            lacking = ", ".join(period.title for period in promise.lacking)
            return f"Обещано «{promise.words}», встречи не было: {lacking}"
        running = next((item for item in promise.periods if not item.is_over and item.held < item.needed), None)
        if running is not None:
            return f"Обещано «{promise.words}», встреча нужна до {short_date(running.window.end)}"
        return f"Обещано «{promise.words}», выполняется"


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


def hold(workspace: Workspace, item: str, held_on: date | None = None, school: str | None = None) -> Done:
    """«Провести»: an event is made from an item of the joint plan, and the item counts as held; `row` is the event.

    An item that has its event already gives that one.
    """
    facts = read_facts(workspace, school)
    planned = next((one for one in facts.plan_items if one.id == item), None)
    if planned is None:
        raise BugError(f"no item {item!r} of a joint plan")
    operation = "проведено по совместному плану"
    known = next((event for event in facts.events if event.plan_item == item), None)
    if known is not None:
        return Done(operation, known.id)
    row = new_row_id(workspace.clock.now())
    day = held_on or today(workspace)
    values: dict[str, str | None] = {
        "partner": planned.partner,
        "held_on": day.isoformat(),
        "form": planned.form,
        "topic": planned.title,
        "state": "held",
        "plan_item": item,
    }
    requests = [Set(PartnerEvent.log_name, row, name, value) for name, value in values.items() if value is not None]
    batch = workspace.write([*requests, Set(JointPlanItem.log_name, item, "state", "held")], operation, school)
    return Done(operation, row, batch.name if batch else "")


@dataclass(frozen=True, slots=True)
class LinkedDay:
    """The day of a measure of the road map that an event may close; `given` is what proves it."""

    measure: str
    title: str
    due: date
    given: str


def linked_day(workspace: Workspace, event: str) -> LinkedDay | None:
    """The open day of the event's measure that is nearest to the event; None where nothing is to be marked."""
    facts = read_facts(workspace)
    held = next((one for one in facts.events if one.id == event and one.is_held(facts.as_of)), None)
    measure = next((one for one in facts.measures if held is not None and one.id == held.measure), None)
    if held is None or held.held_on is None or measure is None or measure.state in ("done", "cancelled"):
        return None
    day = held.held_on
    days = [item.due for item in days_of(workspace, measure.id).items if not item.is_closed or item.is_lapsed]
    due = min(days, key=lambda one: abs((one - day).days), default=day)
    return LinkedDay(measure.id, measure.label, due, f"{held.label}, {short_date(day)}")


def mark_linked(workspace: Workspace, day: LinkedDay) -> Done:
    """The measure's day was kept by the event."""
    return mark_occurrence(workspace, day.measure, day.due, day.given)


def _partner(facts: SchoolFacts, partner: PartnerFact, events: tuple[EventFact, ...]) -> PartnerView:
    own = tuple(event for event in events if event.partner == partner.id)
    since = facts.as_of - YEAR
    held = sum(
        1 for event in own if event.is_held(facts.as_of) and event.held_on is not None and since <= event.held_on
    )
    promise = promise_of(partner, own, facts.as_of)
    return PartnerView(partner, own, partner.promised_events or 0, held, promise, _term_words(facts, partner))


def _term_words(facts: SchoolFacts, partner: PartnerFact) -> str:
    until = partner.agreement_until
    if until is None:
        return ""
    if until < facts.as_of:
        return f"Договор закончился {long_date(until)}"
    return f"Договор заканчивается {long_date(until)}: пора продлить" if ends_soon(partner, facts.as_of) else ""
