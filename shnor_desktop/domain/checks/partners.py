"""Partner schools: an agreement that holds, events with an outcome, as many and as often as were promised."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import EventFact, PartnerFact, PlanItemFact
from shnor_desktop.domain.findings import PARTNERS, CheckCode, Finding, about
from shnor_desktop.domain.partnership import YEAR, promise_of
from shnor_desktop.domain.russian import long_date


def partners_findings(case: Case) -> Iterator[Finding]:
    """Each partner, then each event, then the joint plan."""
    partners = case.facts.partners
    if not partners:
        yield Finding(CheckCode.PARTNERS_ABSENT, PARTNERS, "partner_school")
    for partner in partners:
        yield from _agreement(case, partner)
        yield from _promise(case, partner)
        yield from _words(case, partner)
    known = frozenset(partner.id for partner in partners)
    for event in case.facts.events:
        yield from _event(case, event, known)
    planned = {event.plan_item for event in case.facts.events if event.is_held(case.as_of)}
    for item in case.facts.plan_items:
        yield from _plan_item(case, item, planned)


def _agreement(case: Case, partner: PartnerFact) -> Iterator[Finding]:
    since, until = partner.agreement_date, partner.agreement_until
    if is_blank(partner.agreement_number) or since is None:
        yield about(partner, CheckCode.AGREEMENT_ABSENT, PARTNERS, "agreement_number")
    if since is not None and until is not None and until < since:
        yield about(partner, CheckCode.AGREEMENT_DATES_REVERSED, PARTNERS, "agreement_until")
    elif until is not None and until < case.as_of:
        yield about(partner, CheckCode.AGREEMENT_EXPIRED, PARTNERS, "agreement_until", until=long_date(until))


def _promise(case: Case, partner: PartnerFact) -> Iterator[Finding]:
    """Promised for a year: after half a year half of it is due."""
    if not partner.promised_events or partner.agreement_date is None:
        return
    begin = max(partner.agreement_date, case.as_of - YEAR)
    due = partner.promised_events * max((case.as_of - begin).days, 0) // YEAR.days
    own = (event for event in case.facts.events if event.partner == partner.id and event.is_held(case.as_of))
    held = sum(1 for event in own if event.held_on is not None and begin <= event.held_on)
    if held < due:
        yield about(
            partner,
            CheckCode.EVENTS_FEWER_THAN_PROMISED,
            PARTNERS,
            "promised_events",
            promised=partner.promised_events,
            due=due,
            held=held,
        )


def _words(case: Case, partner: PartnerFact) -> Iterator[Finding]:
    """Promised in words: which quarters that are over lack an event."""
    own = [event for event in case.facts.events if event.partner == partner.id]
    lacking = promise_of(partner, own, case.as_of).lacking
    if lacking:
        periods = ", ".join(period.title for period in lacking)
        words = (partner.frequency or "").strip()
        yield about(partner, CheckCode.PROMISED_PERIODS_EMPTY, PARTNERS, "frequency", frequency=words, periods=periods)


def _event(case: Case, event: EventFact, known: frozenset[str]) -> Iterator[Finding]:
    if event.partner not in known:
        yield about(event, CheckCode.EVENT_WITHOUT_PARTNER, PARTNERS, "partner")
    if not event.is_meant_held:
        return
    if is_blank(event.outcome):
        yield about(event, CheckCode.EVENT_WITHOUT_OUTCOME, PARTNERS, "outcome")
    if event.held_on is not None and event.held_on > case.as_of:
        yield about(event, CheckCode.EVENT_AHEAD, PARTNERS, "held_on", day=long_date(event.held_on))


def _plan_item(case: Case, item: PlanItemFact, planned: set[str | None]) -> Iterator[Finding]:
    """An item whose day is over without an event, still open."""
    is_open = item.state in (None, "", "planned", "postponed")
    if is_open and item.due_on is not None and item.due_on < case.as_of and item.id not in planned:
        due = long_date(item.due_on)
        yield about(item, CheckCode.PLAN_ITEM_OVERDUE, PARTNERS, "due_on", due=due)
