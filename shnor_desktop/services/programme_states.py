"""The way of the programme from a draft to the end: which state may follow, what it needs, what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import SimpleNamespace

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import ProgrammeFact, SchoolFacts, fact_from
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.models.programme import Programme
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_versions import write_with_versions
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

NEEDS: Mapping[str, tuple[str, ...]] = {
    "adopted": ("council_protocol", "council_date"),
    "agreed": ("agreed_by", "agreed_on"),
    "approved": ("order_number", "order_date"),
}
"""Fields of the programme that a state wants filled in."""
_FAILURES = {
    "adopted": "programme.protocol_needed",
    "agreed": "programme.agreement_needed",
    "approved": "programme.order_needed",
}
SCHOOL = "школа"
"""How the school's own lane is called to the school itself."""


@dataclass(frozen=True, slots=True)
class StateStep:
    """A state that may follow: who moves the programme there and which fields are still asked for."""

    code: str
    caption: str
    by: str
    asks: tuple[str, ...]


def next_steps(workspace: Workspace, school: str | None = None) -> tuple[StateStep, ...]:
    """The states that may follow the present one; empty before the programme is begun and after its end."""
    return next_steps_of(workspace.pack_of(school), read_facts(workspace, school))


def next_steps_of(pack: Pack, facts: SchoolFacts) -> tuple[StateStep, ...]:
    """The same from facts that were read already."""
    programme = facts.programme
    if programme is None:
        return ()
    states = {item.code: item for item in pack.programme_states}
    present = states.get(programme.state or "draft")
    actors = {lane.id: SCHOOL if lane.at_school else lane.title for lane in pack.lanes}
    actors |= {role.id: role.title for role in pack.roles}
    return tuple(
        StateStep(code, states[code].caption, actors.get(states[code].by, states[code].by), _missing(programme, code))
        for code in (present.next if present else ())
    )


def change_state(workspace: Workspace, state: str, details: Mapping[str, object] | None = None) -> Done:
    """Lead the programme into a state; `details` are the fields that it asks for, typed or as dates.

    KnownError programme.state_unreachable, .protocol_needed, .agreement_needed, .order_needed.
    """
    facts = read_facts(workspace)
    programme = current_of(facts)
    captions = {item.code: item.caption for item in workspace.pack.programme_states}
    if state not in captions:
        raise BugError(f"no programme state {state!r}")
    if state not in {step.code for step in next_steps_of(workspace.pack, facts)}:
        present = captions.get(programme.state or "", "проект")
        raise KnownError("programme.state_unreachable", present=present, wanted=captions[state])
    info = info_of(Programme)
    values = {name: parse_value(info.fields[name], typed) for name, typed in (details or {}).items()}
    if any(not values.get(name, getattr(programme, name)) for name in NEEDS.get(state, ())):
        raise KnownError(_FAILURES[state])
    operation = f"программа: {captions[state]}"
    changes = {**values, "state": state}
    requests = [Set(info.log_name, programme.id, name, value) for name, value in changes.items()]
    batch = write_with_versions(workspace, requests, operation, facts, _after(facts, programme, changes))
    return Done(operation, programme.id, batch.name if batch else "")


def _after(facts: SchoolFacts, programme: ProgrammeFact, changes: Mapping[str, object]) -> SchoolFacts:
    """The facts as they will stand after the step: a version holds the numbers that its state was given by."""
    wire = SimpleNamespace(**{item.name: getattr(programme, item.name) for item in fields(programme)} | dict(changes))
    moved = fact_from(ProgrammeFact, wire)
    others = tuple(item for item in facts.programmes if item.id != programme.id)
    return replace(facts, programmes=(*others, moved))


def _missing(programme: ProgrammeFact, state: str) -> tuple[str, ...]:
    return tuple(name for name in NEEDS.get(state, ()) if not getattr(programme, name))
