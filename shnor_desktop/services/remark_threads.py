"""Threads of remarks: who may move a remark where, what is said under it, what became of the place it speaks of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.review import REMARK_STATES, Remark, RemarkMessage
from shnor_desktop.services import records
from shnor_desktop.services.facts import today
from shnor_desktop.services.records import Done
from shnor_desktop.services.remark_feed import (
    FLAG,
    SIDE_OF_ROLE,
    Filter,
    RemarkLine,
    day_of,
    feed,
    moves_from,
    owner_of,
    remark_of,
    thread,
)
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind


def move(workspace: Workspace, remark: str, state: str, words: str = "", school: str | None = None) -> Done:
    """Move a remark, with a word if there is one.

    KnownError remarks.no_such, .move_refused, .reason_needed (back to «новое»), .bad_state.
    """
    owner = owner_of(workspace, school)
    found = remark_of(workspace, remark, owner)
    _require_move(workspace, found, state, words)
    requests = _move_requests(workspace, found.id, state, words)
    return _written(workspace, requests, f"замечание: {dict(REMARK_STATES)[state]}", found.id, owner)


def say(workspace: Workspace, remark: str, words: str, school: str | None = None) -> Done:
    """A word under a remark that moves nothing. KnownError remarks.no_such, .nothing_said."""
    owner = owner_of(workspace, school)
    found = remark_of(workspace, remark, owner)
    if not words.strip():
        raise KnownError("remarks.nothing_said")
    requests = _message(workspace, found.id, words, "")
    return _written(workspace, requests, "слово под замечанием", found.id, owner)


def accept_fixed(workspace: Workspace, school: str, remarks: Sequence[str] = ()) -> Done:
    """«Принять все исправленные» as one step; `remarks` names only some of them."""
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    requests: list[ChangeRequest] = []
    fixed = [one for one in records.rows(workspace, Remark, school) if one.state == "fixed" and one.kind != "praise"]
    for one in fixed:
        if not remarks or one.id in remarks:
            requests += _move_requests(workspace, one.id, "accepted", "")
    if not requests:
        raise KnownError("remarks.none_fixed")
    return _written(workspace, requests, "приняты исправленные замечания", "", school)


def attach_again(workspace: Workspace, remark: str, school: str) -> Done:
    """Put a remark whose row is gone to the row that took its place. KnownError remarks.no_successor."""
    require_kind(workspace, StoreKind.MUNICIPAL, StoreKind.METHODIST)
    found = thread(workspace, remark, school)
    if found.successor is None:
        raise KnownError("remarks.no_successor")
    values = {"target_row": found.successor.row, "target_caption": found.successor.caption[:400]}
    requests: list[ChangeRequest] = [Set(Remark.log_name, remark, name, value) for name, value in values.items()]
    requests += _message(workspace, remark, f"Замечание перенесено: {found.successor.caption}.", "")
    return _written(workspace, requests, "замечание перенесено", remark, school)


def due_requests(workspace: Workspace, remarks: Collection[str], due: str) -> list[ChangeRequest]:
    """Changes of the day until which these are to be mended; an empty one takes it away.

    KnownError value.*, remarks.due_is_past.
    """
    value = parse_value(info_of(Remark).fields["due_on"], due)
    require_ahead(workspace, day_of(str(value)) if value else None)
    return [Set(Remark.log_name, one, "due_on", value) for one in sorted(remarks)]


def require_ahead(workspace: Workspace, due: date | None) -> None:
    """A day that is over is no day to mend anything by. KnownError remarks.due_is_past."""
    if due is not None and due < today(workspace):
        raise KnownError("remarks.due_is_past", day=short_date(due))


def flag(workspace: Workspace, remark: str, *, on: bool) -> None:
    """A mark that only this computer keeps: «вернуться к этому»."""
    with workspace.writing() as transaction:
        if on:
            transaction.records.keep(FLAG, remark, "{}")
        else:
            transaction.records.drop(FLAG, remark)


def open_remarks(workspace: Workspace, school: str) -> list[RemarkLine]:
    """What stands between a package and «принят»."""
    return feed(workspace, Filter(school=school, only_open=True))


def _require_move(workspace: Workspace, remark: Remark, state: str, words: str) -> None:
    captions = dict(REMARK_STATES)
    now = remark.state or "new"
    if state not in captions:
        raise KnownError("remarks.bad_state", state=state, known=", ".join(captions))
    allowed = moves_from(workspace, now)
    if state not in allowed:
        can = ", ".join(f"«{captions[one]}»" for one in allowed) or "никуда: ответ за другой стороной"
        raise KnownError("remarks.move_refused", now=captions.get(now, now), wanted=captions[state], can=can)
    if state == "new" and not words.strip():
        raise KnownError("remarks.reason_needed")


def _move_requests(workspace: Workspace, remark: str, state: str, words: str) -> list[ChangeRequest]:
    return [Set(Remark.log_name, remark, "state", state), *_message(workspace, remark, words, state)]


def _message(workspace: Workspace, remark: str, words: str, moved_to: str) -> list[ChangeRequest]:
    info, moment = info_of(RemarkMessage), workspace.clock.now()
    body = parse_value(info.fields["body"], words)
    row = new_row_id(moment)
    values = {
        "remark": remark,
        "body": body,
        "author": workspace.identity.certificate.name,
        "side": SIDE_OF_ROLE.get(workspace.role.value, workspace.role.value),
        "made_at": iso_utc(moment),
        "moved_to": moved_to or None,
    }
    return [Set(info.log_name, row, name, value) for name, value in values.items() if value is not None]


def _written(workspace: Workspace, requests: Sequence[ChangeRequest], words: str, row: str, school: str) -> Done:
    batch = workspace.write(requests, words, school)
    return Done(words, row, batch.name if batch else "")
