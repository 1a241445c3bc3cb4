"""What the agreement and the joint plan with partner schools print."""

from __future__ import annotations

from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import long_date, short_date
from shnor_desktop.models.partners import JointPlanItem, PartnerSchool
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.agreement import AgreementFacts, SideFacts, agreement_document
from shnor_desktop.reports.documents.joint_plan import JointPlanFacts, PlanLine, joint_plan_document
from shnor_desktop.services import records
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.workspace import Workspace


def make_agreement(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> Document:
    """The draft of one agreement (`which` is the id of a partner or the beginning of its name), or of all."""
    card = source.card
    own = SideFacts(full_name(source), draft_values(source)["director_name"], (card and card.address) or "")
    place = (source.facts.school and source.facts.school.locality) or ""
    agreements = [
        AgreementFacts(
            school=own,
            partner=SideFacts(one.name or "", one.director or ""),
            place=place,
            number=one.agreement_number or "",
            day=_day(one.agreement_date),
            until=_day(one.agreement_until),
            subject=one.agreement_subject or "",
            topics=_lines(one.topics),
            frequency=one.frequency or "",
            promised=one.promised_events,
        )
        for one in _partners(workspace, school, which)
    ]
    return agreement_document(agreements)


def make_joint_plan(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> Document:
    """The joint plan with one partner (or the partner of an item), else with every partner."""
    items = records.rows(workspace, JointPlanItem, school)
    of_item = next((item.partner for item in items if item.id == which), "") or which
    forms = dict(source.pack.code_list("event_forms"))
    states = dict(source.pack.code_list("event_states"))
    people = {person.id: person.label for person in source.facts.staff}
    held = {event.plan_item: event for event in source.facts.events if event.is_held(source.facts.as_of)}
    plans = []
    for one in _partners(workspace, school, of_item):
        own = sorted(
            (item for item in items if item.partner and item.partner == one.id), key=lambda item: item.due_on or "9999"
        )
        lines = []
        for item in own:
            event = held.get(item.id)
            done = short_date(event.held_on) if event is not None and event.held_on else ""
            mark = f"проведено {done}" if done else states.get(item.state or "", "")
            due = _day(item.due_on)
            lines.append(
                PlanLine(
                    title=item.title or "",
                    form=forms.get(item.form or "", item.form or ""),
                    due=item.deadline or (short_date(due) if due else ""),
                    owner=people.get(item.owner or "", ""),
                    partner_owner=item.partner_owner or "",
                    expected=item.expected or "",
                    mark="" if mark == states.get("planned") else mark,
                )
            )
        plans.append(_plan(source, one, tuple(lines)))
    return joint_plan_document(plans)


def _plan(source: DraftSource, partner: PartnerSchool, lines: tuple[PlanLine, ...]) -> JointPlanFacts:
    signed = _day(partner.agreement_date)
    agreement = ""
    if partner.agreement_number or signed:
        parts = ("по договору", f"№ {partner.agreement_number}" if partner.agreement_number else "")
        agreement = " ".join(part for part in (*parts, f"от {long_date(signed)}" if signed else "") if part)
    return JointPlanFacts(
        school=full_name(source),
        director=draft_values(source)["director_name"],
        partner=partner.name or "",
        partner_director=partner.director or "",
        agreement=agreement,
        lines=lines,
    )


def _partners(workspace: Workspace, school: str | None, which: str) -> list[PartnerSchool]:
    """Those that are asked for; an empty one, for a form to fill in, where the school has none.

    KnownError document.no_such_partner.
    """
    found = records.rows(workspace, PartnerSchool, school)
    if not which:
        return found or [PartnerSchool()]
    wanted = which.casefold()
    named = [one for one in found if one.id == which or (one.name or "").casefold().startswith(wanted)]
    if not named:
        raise KnownError("document.no_such_partner", name=which)
    return named


def _lines(text: str | None) -> tuple[str, ...]:
    """A list from lines, else from what semicolons part."""
    words = text or ""
    parts = words.splitlines() if "\n" in words.strip() else words.split(";")
    return tuple(part.strip(" –-•\t.") for part in parts if part.strip(" –-•\t."))


def _day(text: str | None) -> date | None:
    """A day as the store keeps it; another program may have written anything."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
