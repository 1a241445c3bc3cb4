"""The order that approves the programme: drafted from the template of the methodology, its number and date taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.programme import Programme
from shnor_desktop.models.quality import ORDER_STATES, SchoolOrder
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.orders import draft_order
from shnor_desktop.services.programme import current_of, draft_source
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

APPROVAL = "programme"
"""The kind of the order in the methodology's templates."""


@dataclass(frozen=True, slots=True)
class ApprovalOrder:
    """The order as the title page tells of it; `is_taken` where the programme bears its number and date."""

    row: str
    words: str
    number: str
    day: str
    is_taken: bool


def approval_order(workspace: Workspace, facts: SchoolFacts, school: str | None = None) -> ApprovalOrder | None:
    """The newest order of the kind that is not cancelled."""
    found = [
        item
        for item in records.rows(workspace, SchoolOrder, school)
        if item.kind == APPROVAL and item.state != "cancelled"
    ]
    if not found or facts.programme is None:
        return None
    order = max(found, key=lambda item: (item.made_on or "", item.id))
    programme = facts.programme
    number, day = order.number or "", order.made_on or ""
    told = [f"№ {number}" if number else "без номера", f"от {_shown(day)}" if day else "без даты"]
    state = dict(ORDER_STATES).get(order.state or "", "")
    taken_day = programme.order_date.isoformat() if programme.order_date else ""
    is_taken = (programme.order_number or "", taken_day) == (number, day)
    return ApprovalOrder(order.id, f"Приказ {' '.join(told)}, {state}.", number, day, is_taken)


def can_draft(workspace: Workspace) -> bool:
    """Whether the methodology has a template of the order."""
    return any(item.code == APPROVAL for item in workspace.pack.order_templates)


def draft_approval(workspace: Workspace) -> Done:
    """The draft of the order; the one that is there already instead of a second one."""
    facts = read_facts(workspace)
    current_of(facts)
    there = approval_order(workspace, facts)
    if there is not None:
        return Done("", there.row)
    return draft_order(workspace, APPROVAL, draft_source(workspace, facts))


def take_requisites(workspace: Workspace) -> Done:
    """Write the number and the date of the order into the programme: the stamp bears them."""
    facts = read_facts(workspace)
    order = approval_order(workspace, facts)
    if order is None or not order.number or not order.day:
        return Done("")
    values = {"order_number": order.number, "order_date": order.day}
    return records.edit_many(workspace, Programme.log_name, current_of(facts).id, values)


def _shown(day: str) -> str:
    try:
        return short_date(date.fromisoformat(day))
    except ValueError:
        return day
