"""The outbox: packages go when a channel can, never twice, and every try leaves a trace.

A round has three steps, so that no network is waited for while the store is held: `due` reads, `carry_out` talks to
the other side and touches no store, `note` writes what came of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Channel, Evidence, Resumed, digest_of, fit_name
from shnor_desktop.exchange.channels.folder import FolderChannel
from shnor_desktop.services.channels import ChannelSettings, boxes_to, channels, open_channel
from shnor_desktop.services.delivery import (
    Delivery,
    DeliveryState,
    deliveries_of,
    delivery_of,
    keep_delivery,
    superseded_by,
)
from shnor_desktop.services.drives import Drive, drive_box
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction

TRAVELLING = frozenset({"school", "receipt", "methodology", "request", "invitation", "visit"})
"""The kinds that go by channels; a colleague's part is given from hand to hand."""
Stop = Callable[[], bool]


class Interrupted(Exception):
    """The work was asked to stop; what went stays gone."""


@dataclass(slots=True)
class Job:
    """One package to be carried, with everything that is needed for it without the store."""

    delivery: Delivery
    record: PackageRecord
    settings: ChannelSettings
    channel: Channel | None
    boxes: tuple[str, ...]
    resumed: Resumed | None = None
    failure: KnownError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: the boxes that have the package now, and why it stopped, if it did."""

    job: Job
    reached: tuple[tuple[str, Evidence], ...]
    resumed: Resumed | None
    failure: KnownError | None


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did."""

    sent: tuple[Delivery, ...] = ()
    failed: tuple[Delivery, ...] = ()


def enqueue(workspace: Workspace, package: str, channel_id: str = "", *, again: bool = False) -> Delivery:
    """Let a package go by a channel, or by the first that is on. `again` sends one that went already.

    KnownError package.not_in_journal, channel.none, channel.superseded, channel.already_sent, channel.file_missing.
    """
    settings = [one for one in channels(workspace) if one.is_on and channel_id in ("", one.id)]
    if not settings:
        raise KnownError("channel.none" if not channel_id else "channel.missing")
    with workspace.writing() as transaction:
        record = transaction.records.package(package)
        if record is None or record.direction != "out":
            raise KnownError("package.not_in_journal")
        newer = superseded_by(transaction.records.packages(record.school)).get(package)
        if newer is not None:
            raise KnownError("channel.superseded", number=record.number, newer=newer)
        known = delivery_of(transaction.records, package)
        is_same = known is not None and known.file == str(file_of(record))
        if known is not None and known.state is DeliveryState.SENT and is_same and not again:
            raise KnownError("channel.already_sent", number=record.number)
        return _begin(transaction, record, settings[0].id, known)


def enqueue_prepared(workspace: Workspace) -> list[Delivery]:
    """Let everything go that was prepared and is newest of its kind; nothing where no channel is on."""
    settings = [one for one in channels(workspace) if one.is_on]
    if not settings or workspace.store.read_only:
        return []
    begun = []
    with workspace.writing() as transaction:
        every = transaction.records.packages()
        old, known = superseded_by(every), deliveries_of(transaction.records)
        for delivery in known.values():
            if delivery.package in old and delivery.state is DeliveryState.WAITING:
                keep_delivery(transaction.records, replace(delivery, state=DeliveryState.SUPERSEDED))
        for record in every:
            is_new = record.direction == "out" and record.state == "prepared" and _is_new(record, known.get(record.id))
            if is_new and record.kind in TRAVELLING and record.id not in old:
                try:
                    begun.append(_begin(transaction, record, settings[0].id, None))
                except KnownError:  # its file went with a flash drive: it is told where the package is shown
                    continue
    return begun


def _is_new(record: PackageRecord, known: Delivery | None) -> bool:
    """Whether nothing is known of a file yet; one that was signed again meanwhile has another name."""
    return known is None or (known.state is DeliveryState.WAITING and known.file != str(file_of(record)))


def _begin(transaction: WriteTransaction, record: PackageRecord, channel_id: str, known: Delivery | None) -> Delivery:
    file = file_of(record)
    sha256, size = digest_of(file)
    delivery = Delivery(record.id, channel_id, str(file), sha256, size, proofs=known.proofs if known else ())
    if known is not None and (known.channel, known.sha256) == (channel_id, sha256):
        delivery = replace(delivery, gone=known.gone, part_bytes=known.part_bytes, parts=known.parts)
        if known.state is DeliveryState.SENT:
            delivery = replace(delivery, gone=())
    keep_delivery(transaction.records, delivery)
    return delivery


def file_of(record: PackageRecord) -> Path:
    """Where the file of a package that was made here was written."""
    return Path(str(json.loads(record.details).get("folder") or "")) / record.file_name


def due(workspace: Workspace, *, force: bool = False, only: str = "") -> list[Job]:
    """What is to be carried now; `force` does not wait for the next try, `only` is one package."""
    now, jobs = workspace.clock.now(), []
    known = {settings.id: settings for settings in channels(workspace)}
    with workspace.reading() as reader:
        waiting = [one for one in deliveries_of(reader.records).values() if only in ("", one.package)]
        pairs = [(one, reader.records.package(one.package)) for one in waiting]
    for delivery, record in pairs:
        settings = known.get(delivery.channel)
        is_due = delivery.is_due(now) or (force and delivery.state is DeliveryState.WAITING)
        if not is_due or record is None or settings is None or not settings.is_on:
            continue
        if record.state != "prepared" and only != delivery.package:  # it was handed over by hand meanwhile
            continue
        jobs.append(_job(workspace, delivery, record, settings))
    return jobs


def _job(workspace: Workspace, delivery: Delivery, record: PackageRecord, settings: ChannelSettings) -> Job:
    job = Job(delivery, record, settings, None, ())
    try:
        job.boxes = tuple(box for box in boxes_to(workspace, settings, record.school) if box not in delivery.gone)

        def remember(resumed: Resumed) -> None:
            job.resumed = resumed

        job.channel = open_channel(workspace, settings, resumed=delivery.resumed, sent=remember)
    except KnownError as error:
        job.failure = error
    return job


def carry_out(job: Job, stop: Stop = lambda: False) -> Outcome:
    """Talk to the other side. No store is touched; nothing is raised."""
    reached: list[tuple[str, Evidence]] = []
    failure, file = job.failure, Path(job.delivery.file)

    def progress(_done: int, _whole: int) -> None:
        if stop():
            raise Interrupted

    try:
        if failure is None and digest_of(file) != (job.delivery.sha256, job.delivery.size):
            failure = KnownError("channel.file_changed", file=file.name)
        for box in job.boxes if failure is None and job.channel is not None else ():
            assert job.channel is not None
            reached.append((box, job.channel.send(file, fit_name(file.name), box, progress)))
            job.resumed = None
    except KnownError as error:
        failure = error
    except Interrupted:
        failure = KnownError("channel.cut", host=job.settings.title)
    return Outcome(job, tuple(reached), job.resumed, failure)


def note(workspace: Workspace, outcome: Outcome) -> Delivery | None:
    """Write what came of a job; None where the package went away meanwhile."""
    job, now = outcome.job, workspace.clock.now()
    with workspace.writing() as transaction:
        delivery = delivery_of(transaction.records, job.delivery.package)
        record = transaction.records.package(job.delivery.package)
        if delivery is None or record is None:
            return None
        for box, evidence in outcome.reached:
            delivery = delivery.proven(box, evidence, job.settings.title, now)
        if outcome.failure is not None:
            if outcome.resumed is not None:
                delivery = replace(delivery, part_bytes=outcome.resumed.part_bytes, parts=outcome.resumed.gone)
            delivery = delivery.failed(outcome.failure, now)
        else:
            delivery = _arrived(transaction, record, delivery)
        keep_delivery(transaction.records, delivery)
    return delivery


def _arrived(transaction: WriteTransaction, record: PackageRecord, delivery: Delivery) -> Delivery:
    if record.state == "prepared":
        transaction.records.put_package(replace(record, state="handed"))
    return replace(
        delivery, state=DeliveryState.SENT, attempts=delivery.attempts + 1, next_try="", error="", error_params=()
    )


def send_due(workspace: Workspace, *, force: bool = False, only: str = "", stop: Stop = lambda: False) -> Round:
    """A whole round on one thread."""
    enqueue_prepared(workspace)
    noted = [note(workspace, carry_out(job, stop)) for job in due(workspace, force=force, only=only)]
    return round_of([delivery for delivery in noted if delivery is not None])


def round_of(noted: Sequence[Delivery]) -> Round:
    """Which went, and which did not."""
    return Round(
        tuple(delivery for delivery in noted if delivery.state is DeliveryState.SENT),
        tuple(delivery for delivery in noted if delivery.state is not DeliveryState.SENT),
    )


def send_to_drive(workspace: Workspace, package: str, drive: Drive) -> Delivery:
    """Copy a package onto a flash drive, and note it like any other way; a sent one may be copied again."""
    with workspace.reading() as reader:
        record = reader.records.package(package)
        known = delivery_of(reader.records, package)
    if record is None or record.direction != "out":
        raise KnownError("package.not_in_journal")
    file = file_of(record)
    sha256, size = digest_of(file)
    if known is not None and known.sha256 != sha256:
        raise KnownError("channel.file_changed", file=file.name)
    box = drive_box(workspace, record.school)
    evidence = FolderChannel(drive.root, drive.file_system).send(file, fit_name(file.name), box)
    with workspace.writing() as transaction:
        known = delivery_of(transaction.records, package) or Delivery(package, "", str(file), sha256, size)
        delivery = _arrived(transaction, record, known.proven("", evidence, f"флешка {drive.title}", _now(workspace)))
        keep_delivery(transaction.records, delivery)
    return delivery


def deliveries(workspace: Workspace) -> dict[str, Delivery]:
    """How every package stands that a channel carries or carried."""
    with workspace.reading() as reader:
        return deliveries_of(reader.records)


def try_again(workspace: Workspace, channel_id: str) -> None:
    """The settings of a channel were mended: what waits for it need not wait longer."""
    with workspace.writing() as transaction:
        for delivery in deliveries_of(transaction.records).values():
            if delivery.channel == channel_id and delivery.state is DeliveryState.WAITING:
                keep_delivery(transaction.records, replace(delivery, attempts=0, next_try=""))


def _now(workspace: Workspace) -> datetime:
    return workspace.clock.now()
