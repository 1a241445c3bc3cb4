"""Packages of many schools made of one: the same work under other ids, names and keys, every chain sealed anew.

A real school of each would take a thousand times longer to type. The same seed gives the same schools; their keys and
the names of their replicas are new each time.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.log import (
    BatchHeader,
    Change,
    ChangeRef,
    Head,
    Seal,
    StoredValue,
    ValueState,
    make_batch,
    value_digest,
)
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.container import read_container, write_container
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.package import COVER, Package, package_file_name, package_members, read_package
from shnor_desktop.exchange.package_log import TravellingBatch
from shnor_desktop.services.replica_names import new_replica
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import TrustedSigner

_NAMES = ("Лесная", "Луговая", "Заречная", "Степная", "Озёрная", "Полевая", "Нагорная", "Ключевая")


@dataclass(frozen=True, slots=True)
class MadeSchool:
    """A package of a school that was made, with the key that it is sealed with."""

    path: Path
    school: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class _Renaming:
    """What stands in the template, and what stands for it in the new school."""

    school: tuple[str, str]
    values: dict[tuple[str, str], WireValue]
    replicas: dict[str, str]
    author: str


def make_schools(
    template: Path, folder: Path, count: int, now: datetime, seed: int = 1, share: float = 1.0
) -> list[MadeSchool]:
    """Write a package for each of `count` schools into a folder; `template` is a full package of one school.

    `share` is the part of its changes that they have, from the first one on.
    """
    container = read_container(template)
    package, cover = _beginning(read_package(container), share), container.read(COVER)
    folder.mkdir(parents=True, exist_ok=True)
    names = random.Random(seed)
    demo = container.signer.is_demo
    return [_make(package, cover, folder, now, number, names, demo) for number in range(1, count + 1)]


def _beginning(package: Package, share: float) -> Package:
    """The first steps of the school's work, with the files that they name."""
    ordered = sorted(package.batches, key=_order)
    wanted, kept, count = share * package.manifest.counts.changes, [], 0
    for item in ordered:
        if count >= wanted:
            break
        kept.append(item)
        count += len(item.batch.changes)
    named = {value.value for item in kept for value in item.values if isinstance(value.value, str)}
    files = {name: package.datasets[name] for name in package.datasets if name in named}
    counts = msgspec.structs.replace(
        package.manifest.counts, batches=len(kept), changes=count, seals=1, datasets=len(files)
    )
    return replace(
        package,
        manifest=msgspec.structs.replace(package.manifest, counts=counts),
        batches=tuple(kept),
        datasets=files,
    )


def _order(item: TravellingBatch) -> tuple[int, str, int]:
    return item.batch.lamport, item.batch.replica, item.batch.sequence


def confirm(workspace: Workspace, schools: Sequence[MadeSchool]) -> None:
    """Trust the keys of schools, as after so many telephone calls."""
    moment = iso_utc(workspace.clock.now())
    with workspace.writing() as transaction:
        for one in schools:
            card = one.identity.certificate
            transaction.records.trust(
                TrustedSigner(card.fingerprint, card.code, card.role, card.name, card.der, moment)
            )


def _make(
    package: Package, cover: bytes, folder: Path, now: datetime, number: int, names: random.Random, is_demo: bool
) -> MadeSchool:
    code, name = f"90-{number:04d}", f"МБОУ «{names.choice(_NAMES)} СОШ № {number}»"
    school = str(uuid.UUID(int=names.getrandbits(128), version=4))
    subject = subject_of(code, WriterRole.SCHOOL, name, name, is_demo=is_demo)
    identity = Identity.create(subject, now)
    renaming = _Renaming(
        (package.manifest.school, school),
        {("school", "code"): code, ("school", "short_name"): name, ("school", "full_name"): name},
        {item.batch.replica: new_replica(identity.certificate) for item in package.batches},
        identity.certificate.fingerprint[:32],
    )
    batches, heads = _batches(package, renaming)
    seals = [_seal(identity, replica, school, head, now) for replica, head in sorted(heads.items())]
    card = identity.certificate
    sender = msgspec.structs.replace(
        package.manifest.sender, code=card.code, name=card.name, fingerprint=card.fingerprint
    )
    manifest = msgspec.structs.replace(
        package.manifest,
        sender=sender,
        school=school,
        school_code=code,
        school_name=name,
        made_at=iso_utc(now),
        vector=tuple((replica, head.sequence, head.name) for replica, head in sorted(heads.items())),
        counts=msgspec.structs.replace(package.manifest.counts, seals=len(seals)),
    )
    replica = min(heads)
    path = folder / package_file_name(code, replica, now.date().isoformat(), manifest.kind, manifest.number)
    write_container(path, package_members(manifest, batches, seals, package.datasets, cover), identity, now)
    return MadeSchool(path, school, identity)


def _batches(package: Package, renaming: _Renaming) -> tuple[list[TravellingBatch], dict[str, Head]]:
    names: dict[str, str] = {}
    heads: dict[str, Head] = {}
    written: list[TravellingBatch] = []
    for item in sorted(package.batches, key=_order):
        old = item.batch
        replica = renaming.replicas[old.replica]
        pairs = [_renamed(change, value, renaming) for change, value in zip(old.changes, item.values, strict=True)]
        changes = [_restood(change, names) for change, _ in pairs]
        header = BatchHeader(
            schema=old.schema,
            replica=replica,
            school=renaming.school[1],
            sequence=old.sequence,
            previous=heads[replica].name if replica in heads else "",
            lamport=old.lamport,
            time=old.time,
            author=renaming.author,
            operation=old.operation,
        )
        batch = make_batch(header, changes)
        names[old.name] = batch.name
        heads[replica] = batch.head
        written.append(TravellingBatch(batch, tuple(value for _, value in pairs)))
    return written, heads


def _renamed(change: Change, value: StoredValue, renaming: _Renaming) -> tuple[Change, StoredValue]:
    before, after = renaming.school
    key = change.key._replace(row=after) if change.key.row == before else change.key
    said = renaming.values.get((key.entity, key.field), after if value.value == before else value.value)
    if value.state is not ValueState.PRESENT or said == value.value:
        return replace(change, key=key), value
    return replace(change, key=key, digest=value_digest(value.salt, said)), value._replace(value=said)


def _restood(change: Change, names: dict[str, str]) -> Change:
    refs = sorted(ChangeRef(names.get(ref.batch, ref.batch), ref.place) for ref in change.replaces)
    return replace(change, replaces=tuple(refs))


def _seal(identity: Identity, replica: str, school: str, head: Head, now: datetime) -> Seal:
    bare = Seal(replica, school, head, iso_utc(now), identity.certificate.der, b"")
    return replace(bare, signature=identity.sign(bare.signed_bytes()))
