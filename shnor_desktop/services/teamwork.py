"""Parts of the work at colleagues: who has what, until when, and whether it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.exchange.fingerprint import fingerprint_words
from shnor_desktop.models.registry import entity
from shnor_desktop.models.team_parts import part_titles
from shnor_desktop.models.teamwork import DELEGATION_STATES, PARTS, Delegation
from shnor_desktop.services import records
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value, show_value
from shnor_desktop.services.workspace import Workspace

GIVEN, RETURNED, RECALLED = (code for code, _ in DELEGATION_STATES)
__all__ = ["PARTS", "DelegationLine", "PartDraft", "delegations", "recall"]


@dataclass(frozen=True, slots=True)
class PartDraft:
    """What a person fills in to give a part: to whom, which parts (codes of `PARTS`), until which day as typed."""

    colleague: str
    parts: Sequence[str]
    wanted_by: str = ""


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """A part at a colleague as a list shows it."""

    id: str
    colleague: str
    parts: tuple[str, ...]
    part_titles: str
    given_on: str
    wanted_by: str
    returned_on: str
    state: str
    state_words: str
    is_late: bool
    key_words: str
    """The digits of the colleague's key that were confirmed, empty before the first return."""


def delegations(workspace: Workspace) -> list[DelegationLine]:
    """Every part that was given, the newest first; those that are out before the others."""
    today = workspace.clock.now().astimezone().date()
    rows = records.rows(workspace, Delegation)
    rows.sort(key=lambda row: (row.given_on or "", row.id), reverse=True)
    rows.sort(key=lambda row: row.state != GIVEN)
    return [_line(row, today) for row in rows]


def recall(workspace: Workspace, delegation: str) -> Done:
    """Take a part back without the file: what comes later from this colleague is not taken."""
    row = records.row(workspace, Delegation, delegation)
    if row is None or row.hidden:
        raise KnownError("team.no_such_part")
    return records.edit(workspace, Delegation.log_name, delegation, "state", RECALLED)


def values_of(workspace: Workspace, wanted: PartDraft) -> list[tuple[str, object]]:
    """What a new row says, checked. KnownError team.no_colleague, .no_parts, value.*, .day_is_past."""
    fields = entity(Delegation.log_name).fields
    today = workspace.clock.now().astimezone().date().isoformat()
    colleague = parse_value(fields["colleague"], wanted.colleague)
    known = [code for code, _ in PARTS if code in set(wanted.parts)]
    if not colleague:
        raise KnownError("team.no_colleague")
    if not known or len(known) != len(set(wanted.parts)):
        raise KnownError("team.no_parts", parts=", ".join(code for code, _ in PARTS))
    wanted_by = parse_value(fields["wanted_by"], wanted.wanted_by)
    if isinstance(wanted_by, str) and wanted_by < today:
        raise KnownError("team.day_is_past", day=show_value(fields["wanted_by"], wanted_by))
    said = [("colleague", colleague), ("parts", known), ("given_on", today), ("state", GIVEN)]
    return [*said, ("wanted_by", wanted_by)]


def requests_of(row: str, values: Sequence[tuple[str, object]]) -> list[Set]:
    """The changes that write them."""
    fields = entity(Delegation.log_name).fields
    return [Set(Delegation.log_name, row, name, parse_value(fields[name], value)) for name, value in values]


def _line(row: Delegation, today: date) -> DelegationLine:
    fields = entity(Delegation.log_name).fields
    wanted = row.wanted_by or ""
    is_late = row.state == GIVEN and bool(wanted) and wanted < today.isoformat()
    words = fields["state"].choice_caption(row.state or "")
    return DelegationLine(
        id=row.id,
        colleague=row.colleague or "",
        parts=tuple(row.parts or ()),
        part_titles=part_titles(row.parts or ()),
        given_on=show_value(fields["given_on"], row.given_on),
        wanted_by=show_value(fields["wanted_by"], row.wanted_by),
        returned_on=show_value(fields["returned_on"], row.returned_on),
        state=row.state or "",
        state_words=f"{words}, срок прошёл" if is_late else words,
        is_late=is_late,
        key_words=fingerprint_words(row.fingerprint) if row.fingerprint else "",
    )
