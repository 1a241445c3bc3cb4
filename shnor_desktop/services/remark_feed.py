"""Remarks as they are read: the feed of a desk, a thread in the order of the log, its place then and now.

The row of a remark holds its state; every move and every word is a row of its own, so that two people who write at
once are both heard. Whose the words are the key says that wrote them, never what they say of themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shnor_desktop.domain import findings
from shnor_desktop.domain.checks import PAGE_OF_ENTITY
from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.programme_difference import Piece, same_spaces, word_difference
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.review import REMARK_KINDS, REMARK_STATES, SIDES, Remark, RemarkMessage
from shnor_desktop.services import records
from shnor_desktop.services.facts import today
from shnor_desktop.services.remark_places import Places, PlaceText, Successor
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.reading import Reader

OPEN_STATES = frozenset({"new", "in_work", "fixed"})
SCHOOL_SIDE = "school"
MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "school": {"new": ("in_work", "fixed"), "in_work": ("fixed",), "fixed": ("in_work",)},
    "reviewer": {
        "new": ("accepted", "withdrawn"),
        "in_work": ("accepted", "withdrawn", "new"),
        "fixed": ("accepted", "withdrawn", "new"),
        "accepted": ("new",),
        "withdrawn": ("new",),
    },
}
"""From which state a side may move a remark where; nothing else."""
FLAG = "remark_flag"
_ALL = 1_000_000
SIDE_OF_ROLE = {WriterRole.DELEGATE.value: SCHOOL_SIDE}


def is_open(kind: str | None, state: str | None) -> bool:
    """Whether a remark is not settled; a good word asks for nothing."""
    return kind != "praise" and (state or "new") in OPEN_STATES


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark in words, as a list shows it."""

    id: str
    place: str
    body: str
    kind: str
    state: str
    state_words: str
    made_on: str
    author: str
    answer: str
    target_entity: str = ""
    target_row: str = ""
    target_field: str = ""
    school: str = ""
    kind_code: str = ""
    page: str = ""
    due: date | None = None
    is_overdue: bool = False
    is_flagged: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something; a good word asks for nothing."""
        return is_open(self.kind_code, self.state)

    @property
    def waits_for_school(self) -> bool:
        """Whether the school is to answer."""
        return self.kind_code != "praise" and self.state in ("new", "in_work")

    @property
    def due_words(self) -> str:
        """«исправить до 10.09.2024»; empty without a day."""
        return f"исправить до {short_date(self.due)}" if self.due else ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One word of a thread; `moved_to` is the state that it gave the remark."""

    id: str
    side: str
    side_words: str
    author: str
    made_at: str
    body: str
    moved_to: str
    moved_words: str


@dataclass(frozen=True, slots=True)
class RemarkThread:
    """A remark with everything that was said under it, and its place then and now."""

    line: RemarkLine
    messages: tuple[MessageLine, ...]
    quoted: str
    now: PlaceText
    moves: tuple[str, ...]
    successor: Successor | None = None
    pieces: tuple[Piece, ...] = ()
    """Word by word what the place has otherwise; a list of threads goes without."""

    @property
    def is_changed(self) -> bool:
        """Whether the place reads otherwise than when the remark was left."""
        is_there = bool(self.quoted) and self.now.is_known and not self.now.is_gone
        return is_there and same_spaces(self.quoted) != same_spaces(self.now.text)

    @property
    def place_words(self) -> str:
        """What became of the place, in a few words; empty where nothing did or nothing is known."""
        if self.now.is_gone:
            return "абзац удалён" if self.line.target_entity == "programme_paragraph" else "запись удалена"
        if self.is_changed:
            return "текст с тех пор изменён"
        return "текст не изменён" if self.quoted and self.now.is_known else ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which remarks a feed shows; an empty part lets all pass."""

    states: Collection[str] = ()
    kind: str = ""
    page: str = ""
    school: str = ""
    only_open: bool = False
    only_overdue: bool = False
    only_flagged: bool = False

    def passes(self, line: RemarkLine) -> bool:
        """Whether the feed shows this remark."""
        return (
            (not self.states or line.state in self.states)
            and (not self.kind or line.kind_code == self.kind)
            and (not self.page or line.page == self.page)
            and (not self.school or line.school == self.school)
            and (not self.only_open or line.is_open)
            and (not self.only_overdue or line.is_overdue)
            and (not self.only_flagged or line.is_flagged)
        )


def feed(workspace: Workspace, wanted: Filter | None = None) -> list[RemarkLine]:
    """The remarks of this desk: first what waits for it, the overdue before the others, then the newest."""
    school = workspace.school if workspace.kind is StoreKind.SCHOOL else (wanted.school if wanted else "") or None
    with workspace.reading() as reader:
        found = reader.rows(Remark, school)
        flags = frozenset(reader.records.kept(FLAG))
    day = today(workspace)
    lines = [remark_line(remark, day, flags) for remark in found]
    lines = [line for line in lines if wanted is None or wanted.passes(line)]
    made = {remark.id: (remark.made_on or "", remark.id) for remark in found}
    lines.sort(key=lambda line: made[line.id], reverse=True)
    is_school = workspace.kind is StoreKind.SCHOOL
    lines.sort(
        key=lambda line: (
            not line.is_open,
            line.waits_for_school is not is_school,
            not line.is_overdue,
            line.due or date.max,
        )
    )
    return lines


def remark_line(remark: Remark, on: date | None = None, flags: Collection[str] = ()) -> RemarkLine:
    """A remark in words; whether it is late is told of a day."""
    state, entity = remark.state or "new", remark.target_entity or ""
    due = day_of(remark.due_on)
    waits = remark.kind != "praise" and state in ("new", "in_work")
    return RemarkLine(
        id=remark.id,
        place=remark.target_caption or "",
        body=remark.body or "",
        kind=dict(REMARK_KINDS).get(remark.kind or "", ""),
        state=state,
        state_words=dict(REMARK_STATES).get(state, state),
        made_on=records.shown(info_of(Remark).fields["made_on"], remark.made_on),
        author=remark.author or "",
        answer=remark.answer or "",
        target_entity=entity,
        target_row=remark.target_row or "",
        target_field=remark.target_field or "",
        school=remark.school_id,
        kind_code=remark.kind or "remark",
        page=PAGE_OF_ENTITY.get(entity) or _page_of_section(entity),
        due=due,
        is_overdue=waits and on is not None and due is not None and due < on,
        is_flagged=remark.id in flags,
    )


def thread(workspace: Workspace, remark: str, school: str | None = None) -> RemarkThread:
    """One remark with its words and its place. KnownError remarks.no_such."""
    owner = owner_of(workspace, school)
    found = remark_of(workspace, remark, owner)
    with workspace.reading() as reader:
        messages = _messages(reader, found, owner)
        flags = frozenset(reader.records.kept(FLAG))
    read = _thread(workspace, found, messages, Places(workspace, owner), flags)
    return replace(read, pieces=word_difference(read.quoted, read.now.text)) if read.is_changed else read


def threads(workspace: Workspace, school: str | None = None) -> list[RemarkThread]:
    """Every thread of a school, in the order of the feed."""
    owner = owner_of(workspace, school)
    with workspace.reading() as reader:
        found = {remark.id: remark for remark in reader.rows(Remark, owner)}
        said = _messages_by_remark(reader, found, owner)
        flags = frozenset(reader.records.kept(FLAG))
    places = Places(workspace, owner)
    order = [line.id for line in feed(workspace, Filter(school=owner))]
    return [_thread(workspace, found[one], said.get(one, ()), places, flags) for one in order if one in found]


def moves_from(workspace: Workspace, state: str) -> tuple[str, ...]:
    """Where this desk may move a remark that stands in a state."""
    side = "school" if workspace.kind is StoreKind.SCHOOL else "reviewer"
    return MOVES[side].get(state, ())


def owner_of(workspace: Workspace, school: str | None) -> str:
    """The school in question: at its own desk it need not be named."""
    return school or workspace.school


def remark_of(workspace: Workspace, remark: str, school: str) -> Remark:
    """A remark that stands. KnownError remarks.no_such."""
    found = records.row(workspace, Remark, remark, school)
    if found is None or found.hidden:
        raise KnownError("remarks.no_such")
    return found


def _thread(
    workspace: Workspace, remark: Remark, messages: Sequence[MessageLine], places: Places, flags: Collection[str]
) -> RemarkThread:
    line = remark_line(remark, today(workspace), flags)
    now = places.now(line.target_entity, line.target_row, line.target_field)
    quoted = remark.quoted or ""
    successor = places.successor(line.target_entity, line.target_row, quoted) if now.is_gone else None
    moves = moves_from(workspace, line.state) if line.kind_code != "praise" else ()
    return RemarkThread(line, tuple(messages), quoted, now, moves, successor)


def _messages(reader: Reader, remark: Remark, school: str) -> tuple[MessageLine, ...]:
    return tuple(_messages_by_remark(reader, {remark.id: remark}, school).get(remark.id, ()))


def _messages_by_remark(reader: Reader, remarks: Mapping[str, Remark], school: str) -> dict[str, list[MessageLine]]:
    """The words under each remark in the order of the log; an answer of the form before this one comes first."""
    said: dict[str, list[MessageLine]] = {}
    for remark in remarks.values():
        if remark.answer:
            said[remark.id] = [MessageLine("", SCHOOL_SIDE, dict(SIDES)[SCHOOL_SIDE], "", "", remark.answer, "", "")]
    found = [row for row in reader.rows(RemarkMessage, school) if row.remark in remarks]
    if not found:
        return said
    lines = reader.history(school, RemarkMessage.log_name, field="remark", limit=_ALL)
    order = {line.key.row: at for at, line in enumerate(reversed(lines))}
    writers = {line.key.row: line.replica for line in lines}
    roles = {one.replica: one.role for one in reader.records.replicas()}
    for row in sorted(found, key=lambda one: (order.get(one.id, _ALL), one.id)):
        role = roles.get(writers.get(row.id, ""), "")
        side = SIDE_OF_ROLE.get(role, role) or row.side or ""
        said.setdefault(row.remark or "", []).append(_message_line(row, side))
    return said


def _message_line(row: RemarkMessage, side: str) -> MessageLine:
    moved = row.moved_to or ""
    return MessageLine(
        id=row.id,
        side=side,
        side_words=dict(SIDES).get(side, side),
        author=row.author or "",
        made_at=_moment(row.made_at),
        body=row.body or "",
        moved_to=moved,
        moved_words=dict(REMARK_STATES).get(moved, moved),
    )


def _moment(text: str | None) -> str:
    try:
        local = parse_utc(text or "").astimezone()
    except ValueError:
        return ""
    return f"{short_date(local.date())} {local:%H:%M}"


def day_of(text: str | None) -> date | None:
    """A stored day; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _page_of_section(section: str) -> str:
    """The page of a part as a whole: «map:staff», «text:intro», «passport»."""
    head = section.split(":", 1)[0]
    return {"map": findings.MAP, "profile": findings.MAP, "text": findings.PROGRAMME}.get(
        head, findings.PASSPORT if head == "passport" else ""
    )
