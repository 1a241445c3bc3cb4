"""The inbox: what came by the channels is fetched once, taken in quietly where it is fine, and told where it is not.

Like the outbox in three steps: `visits` reads, `collect` talks to the other side, `take_in` writes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Channel, Remote, Unfinished, digest_of
from shnor_desktop.exchange.package import free_path
from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package
from shnor_desktop.services.channels import (
    ChannelSettings,
    boxes_from,
    channels,
    incoming_folder,
    open_channel,
)
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.outbox import Interrupted, Stop
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.wording import Message, explain

KEPT = "fetched"
_MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came by a channel, and what became of it."""

    id: str
    channel: str
    name: str
    file: str
    sha256: str
    at: str
    verdict: str
    what: str = ""
    means: str = ""
    do: str = ""
    was_looked_at: bool = False

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to look at it; a sender who is to be confirmed by digits waits until that is done."""
        code = VerdictCode(self.verdict)
        return not code.is_fine and (not self.was_looked_at or code is VerdictCode.SENDER_UNKNOWN)


@dataclass(slots=True)
class Visit:
    """A channel to be looked into, with what was fetched from it before."""

    settings: ChannelSettings
    channel: Channel | None
    boxes: tuple[str, ...]
    known: frozenset[str]
    folder: Path
    failure: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was fetched, under its name in the folder of what came."""

    id: str
    name: str
    file: Path


@dataclass(frozen=True, slots=True)
class Haul:
    """What a visit brought, and why it stopped, if it did."""

    settings: ChannelSettings
    brought: tuple[Brought, ...]
    failure: KnownError | None
    unfinished: tuple[Unfinished, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was judged."""

    fetched: Fetched
    verdict: Verdict


def visits(workspace: Workspace) -> list[Visit]:
    """The channels that are on."""
    folder = incoming_folder(workspace)
    with workspace.reading() as reader:
        known = frozenset(reader.records.kept(KEPT))
    found = []
    for settings in channels(workspace):
        if not settings.is_on:
            continue
        visit = Visit(settings, None, (), known, folder)
        try:
            visit.boxes = boxes_from(workspace, settings)
            visit.channel = open_channel(workspace, settings)
        except KnownError as error:
            visit.failure = error
        found.append(visit)
    return found


def collect(visit: Visit, stop: Stop = lambda: False) -> Haul:
    """Fetch what is new. No store is touched; nothing is raised."""
    brought: list[Brought] = []
    failure = visit.failure

    def progress(_done: int, _whole: int) -> None:
        if stop():
            raise Interrupted

    try:
        if failure is None and visit.channel is not None and visit.channel.capabilities.fetches:
            _make(visit.folder)
            for remote in _new(visit, visit.channel):
                brought.append(_bring(visit, visit.channel, remote, progress))
    except KnownError as error:
        failure = error
    except Interrupted:
        failure = KnownError("channel.cut", host=visit.settings.title)
    unfinished = visit.channel.unfinished if visit.channel is not None else ()
    return Haul(visit.settings, tuple(brought), failure, unfinished)


def _new(visit: Visit, channel: Channel) -> list[Remote]:
    every = [remote for box in visit.boxes for remote in channel.list(box)]
    return [remote for remote in every if _mark(visit.settings, remote) not in visit.known][:_MOST_AT_ONCE]


def _bring(visit: Visit, channel: Channel, remote: Remote, progress: Callable[[int, int], None]) -> Brought:
    """Fetch beside and name it; the same bytes under the same name, of a note that was lost, are kept once."""
    mark = _mark(visit.settings, remote)
    fresh = visit.folder / f".{mark}.new"
    channel.fetch(remote, fresh, progress)
    target = visit.folder / remote.name
    try:
        if target.exists() and digest_of(target) == digest_of(fresh):
            fresh.unlink()
        else:
            target = free_path(visit.folder, remote.name)
            os.replace(fresh, target)
    except OSError as error:
        raise KnownError("channel.write_failed", folder=str(visit.folder), file=remote.name) from error
    return Brought(mark, remote.name, target)


def _mark(settings: ChannelSettings, remote: Remote) -> str:
    return f"{settings.id}-{hashlib.sha256(remote.id.encode()).hexdigest()[:32]}"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("channel.folder_readonly", folder=str(folder.parent)) from error


def take_in(workspace: Workspace, haul: Haul) -> list[Taken]:
    """Import what came; a file that needs a person waits where it is."""
    found = []
    for brought in haul.brought:
        verdict = import_package(workspace, brought.file)
        sha256, _size = digest_of(brought.file)
        fetched = Fetched(
            brought.id,
            haul.settings.title,
            brought.name,
            str(brought.file),
            sha256,
            iso_utc(workspace.clock.now()),
            verdict.code.value,
            verdict.message.what,
            verdict.message.means,
            verdict.message.do,
        )
        _keep(workspace, fetched)
        found.append(Taken(fetched, verdict))
    return found


def fetch_all(workspace: Workspace, stop: Stop = lambda: False) -> tuple[list[Taken], list[tuple[str, Message]]]:
    """A whole round on one thread: what was taken in, and which channels failed, in words."""
    taken: list[Taken] = []
    failed = []
    for visit in visits(workspace):
        haul = collect(visit, stop)
        taken += take_in(workspace, haul)
        if haul.failure is not None:
            failed.append((haul.settings.title, explain(haul.failure)))
    return taken, failed


def fetched(workspace: Workspace) -> list[Fetched]:
    """What came by the channels, newest first."""
    with workspace.reading() as reader:
        bodies = reader.records.kept(KEPT).values()
    found = [kept_value(body, Fetched) for body in bodies]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def waiting(workspace: Workspace) -> list[Fetched]:
    """What somebody has to look at and still lies there."""
    return [one for one in fetched(workspace) if one.needs_person and Path(one.file).is_file()]


def take_in_file(workspace: Workspace, file: Path, trust: str = "") -> Verdict:
    """A person takes a file in that waited."""
    verdict = import_package(workspace, file, trust)
    settle(workspace, {file: verdict})
    return verdict


def settle(workspace: Workspace, judged: Mapping[Path, Verdict]) -> None:
    """A person took files in: what became of them counts from now on."""
    for one in fetched(workspace):
        verdict = judged.get(Path(one.file))
        if verdict is not None:
            message = verdict.message
            words = {"what": message.what, "means": message.means, "do": message.do}
            _keep(workspace, replace(one, verdict=verdict.code.value, was_looked_at=True, **words))


def _keep(workspace: Workspace, one: Fetched) -> None:
    with workspace.writing() as transaction:
        transaction.records.keep(KEPT, one.id, kept_json(one))
