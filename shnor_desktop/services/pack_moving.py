"""The version of the methodology that a desk works by: what is on the shelf, moving to another one, and back.

A move rewrites no data: answers, programme and road map stay as they are, what a version does not ask for any more
stays in the history. It is a step of Ctrl+Z like any other, and it is noted for ever in the list of moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.clock import iso_utc, parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import short_date
from shnor_desktop.methodologies.loader import pack_to_canonical
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.pack_shelf import OfferState, PackSource, ShelfEntry
from shnor_desktop.services.workspace import Workspace

_STEP = "methodology"
_SOURCES: Mapping[PackSource, str] = {
    PackSource.PROGRAM: "входит в программу",
    PackSource.CENTRE: "прислал центр",
    PackSource.OWN: "опубликована здесь",
}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a methodology as the page lists it."""

    pack: Pack
    entry: ShelfEntry
    is_in_force: bool

    @property
    def hash(self) -> str:
        """By which it is named."""
        return self.entry.hash

    @property
    def title(self) -> str:
        """«Методика ШНОР, версия 1.1»."""
        return title_of(self.pack)

    @property
    def source_words(self) -> str:
        """«прислал центр 02.09.2024»."""
        if self.entry.source is PackSource.PROGRAM:
            return _SOURCES[self.entry.source]
        return f"{_SOURCES[self.entry.source]} {short_date(_day(self.entry.kept_at))}"

    @property
    def is_offer(self) -> bool:
        """Whether it waits for a decision."""
        return self.entry.state is OfferState.OFFERED and not self.is_in_force


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move in words: when, from what, to what."""

    when: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Switched:
    """What a move did, as a step of the status line."""

    operation: str
    old: Pack | None
    new: Pack


def title_of(pack: Pack) -> str:
    """«Методика ШНОР, версия 1.1»."""
    return f"{pack.title}, версия {pack.version}"


def versions(workspace: Workspace) -> list[Version]:
    """Every version of the shelf that can be read: the one in force first, then the newest."""
    with workspace.reading() as reader:
        held = pack_shelf.entries(reader.records)
    current = workspace.pack.hash
    found = []
    for entry in held:
        pack = workspace.version(entry.hash)
        if pack is not None:
            found.append(Version(pack, entry, entry.hash == current))
    return sorted(reversed(found), key=lambda one: not one.is_in_force)


def others(workspace: Workspace) -> list[Version]:
    """The methodologies of the program that this desk has never met: they too can be copied, or worked by."""
    with workspace.reading() as reader:
        known = {one.hash for one in pack_shelf.entries(reader.records)}
    return [
        Version(pack, _of_program(workspace, pack), is_in_force=False)
        for pack in workspace.packs.packs
        if pack.hash not in known
    ]


def offer(workspace: Workspace) -> Version | None:
    """The newest version that waits for a decision, before the program's own one that of the centre."""
    waiting = [one for one in versions(workspace) if one.is_offer]
    return next((one for one in waiting if one.entry.source is not PackSource.PROGRAM), next(iter(waiting), None))


def move_to(workspace: Workspace, pack_hash: str) -> Switched:
    """Work by another version of the shelf from now on; Ctrl+Z takes it back. KnownError pack_editing.not_on_shelf."""
    old = workspace.pack
    new = _switch(workspace, pack_hash)
    if old.hash != new.hash:
        workspace.undo_stack.done.append(_step_name(old.hash, new.hash))
        workspace.undo_stack.undone.clear()
    return Switched(f"методика: переход на версию {new.version}", old, new)


def stay(workspace: Workspace, pack_hash: str) -> None:
    """Do not offer a version any more; it stays on the shelf."""
    with workspace.writing() as transaction:
        held = {one.hash: one for one in pack_shelf.entries(transaction.records)}
        if pack_hash in held and held[pack_hash].state is OfferState.OFFERED:
            pack_shelf.mark(transaction.records, pack_hash, OfferState.DECLINED)


def past_moves(workspace: Workspace) -> list[MoveLine]:
    """Every move from version to version, newest first."""
    with workspace.reading() as reader:
        found = pack_shelf.moves(reader.records)
    return [
        MoveLine(short_date(_day(one.moved_at)), _words(workspace, one.old), _words(workspace, one.new))
        for one in reversed(found)
    ]


def is_move(step: str) -> bool:
    """Whether a step of the undo stack is a move between versions."""
    return step.startswith(f"{_STEP}:")


def move_words(workspace: Workspace, step: str) -> str:
    """The name of such a step for the status line."""
    _, _, new = step.split(":")
    pack = workspace.version(new)
    return f"методика: переход на версию {pack.version}" if pack else "методика: переход на другую версию"


def take_back(workspace: Workspace, step: str) -> str:
    """Go back over a move; the name of the inverse step, empty where another version is in force by now."""
    _, old, new = step.split(":")
    if workspace.pack.hash != new or workspace.version(old) is None:
        return ""
    _switch(workspace, old)
    return _step_name(new, old)


def _switch(workspace: Workspace, pack_hash: str) -> Pack:
    pack = workspace.version(pack_hash)
    if pack is None:
        raise KnownError("pack_editing.not_on_shelf")
    with workspace.writing() as transaction:
        if all(one.hash != pack_hash for one in pack_shelf.entries(transaction.records)):
            pack_shelf.keep(transaction.records, pack_to_canonical(pack), _of_program(workspace, pack))
        pack_shelf.put_in_force(transaction.records, pack, workspace.clock.now())
    workspace.forget_pack()
    return pack


def _of_program(workspace: Workspace, pack: Pack) -> ShelfEntry:
    return ShelfEntry(pack.hash, PackSource.PROGRAM, iso_utc(workspace.clock.now()), OfferState.DECLINED)


def _step_name(old: str, new: str) -> str:
    return f"{_STEP}:{old}:{new}"


def _words(workspace: Workspace, pack_hash: str) -> str:
    pack = workspace.version(pack_hash)
    return title_of(pack) if pack else "версия, которой больше нет"


def _day(moment: str) -> date:
    return parse_utc(moment).astimezone().date()
