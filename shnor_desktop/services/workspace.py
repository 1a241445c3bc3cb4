"""An open store with everything a use case needs: the methodology, the identity of this profile, the clock."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.log import Batch, ChangeKey, ChangeRequest, Head
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.project_year import moved_to
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.key_guard import KeyGuard
from shnor_desktop.exchange.key_store import KeyStore
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.models.registry import entity
from shnor_desktop.models.school import School
from shnor_desktop.models.team_parts import part_of, part_titles
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.identities import begin_identity
from shnor_desktop.services.kept_readings import KeptReadings
from shnor_desktop.services.methodology import Packs
from shnor_desktop.services.replica_names import is_of_key, new_replica
from shnor_desktop.storage.log_store import Writer
from shnor_desktop.storage.reading import Reader
from shnor_desktop.storage.records import ReplicaRecord
from shnor_desktop.storage.store import Store, WriteTransaction
from shnor_desktop.system.paths import data_folder, data_folder_was_moved
from shnor_desktop.system.replicas import ReplicaMemory, ReplicaRegister

CENTRE = "centre"
"""The property of a centre's store that holds the id of its own aggregate: it is no school."""


_MOST_KEPT = 3
"""Schools whose facts are kept: a desk has one, a centre looks at one after another."""

DELEGATION, COLLEAGUE = "delegation", "colleague"
"""The properties of a colleague's store: the row that gives the parts, and the name in the key's certificate."""


WAITING = "waiting"
"""The property of a store that waits for its invitation: «yes» until then."""


class StoreKind(StrEnum):
    """Whose desk a store is."""

    SCHOOL = "school"
    MUNICIPAL = "municipal"
    METHODIST = "methodist"

    @property
    def role(self) -> WriterRole:
        """The role that its replicas write in."""
        return WriterRole(self.value)


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder of this user's keys and replicas; keys are never in the store file."""

    folder: Path

    @classmethod
    def default(cls) -> Profile:
        """The profile of the user who runs the program."""
        return cls(data_folder() / "profile")

    @property
    def replicas(self) -> ReplicaRegister:
        """Which replica this profile is, per store."""
        return ReplicaRegister(self.folder / "replicas.json")

    @property
    def guard(self) -> KeyGuard:
        """The system keeps the secrets of the user's own profile; one that was put elsewhere may be carried about."""
        if data_folder_was_moved() or self.folder != data_folder() / "profile":
            return KeyGuard()
        return KeyGuard(f"profile-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]}")

    @property
    def secrets(self) -> KeyStore:
        """The other secrets of this profile: decryption keys, the authority's key, passwords of channels."""
        return KeyStore(self.folder / "secrets", self.guard)

    def key_file(self, store_id: str) -> Path:
        """The key that this profile seals with in a store."""
        return self.folder / "keys" / f"{store_id}.pem"


@dataclass(frozen=True, slots=True)
class Grant:
    """The parts of a school's work that a colleague may fill in on this desk."""

    id: str
    colleague: str
    parts: tuple[str, ...]
    wanted_by: str

    @property
    def titles(self) -> str:
        """«Кадры, ДТК»."""
        return part_titles(self.parts)


@dataclass(slots=True)
class UndoStack:
    """The names of this session's units of work that Ctrl+Z takes back, newest last."""

    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    taken_back: dict[str, str] = field(default_factory=dict)
    """Of each unit of work that was taken back, the one that did it: under both lies what stood before."""


class Workspace:
    """What the services work on. One a store; every write goes through `write`."""

    def __init__(
        self, store: Store, packs: Packs, identity: Identity, writer: Writer, clock: Clock, profile: Profile
    ) -> None:
        self.store = store
        self.packs = packs
        self.identity = identity
        self.writer = writer
        self.clock = clock
        self.profile = profile
        self.undo_stack = UndoStack()
        with store.reading() as reader:
            self.store_id = reader.records.meta("store_id")
            self.kind = StoreKind(reader.records.meta("kind"))
            self.is_demo = reader.records.meta("is_demo") == "yes"
            self._school = reader.records.meta("school")
            self.centre = reader.records.meta(CENTRE)
            """The aggregate of a centre's own rows (its registry of schools); empty at a school."""
            self._delegation = reader.records.meta(DELEGATION)
            self.is_waiting = reader.records.meta(WAITING) == "yes"
            """This desk asked a centre for its place and has no answer yet: it holds no school."""
        self._grant: Grant | None = None
        self.kept_facts: KeptReadings[SchoolFacts] = KeptReadings(_MOST_KEPT)
        self.kept_checks: KeptReadings[Any] = KeptReadings(_MOST_KEPT)
        self.kept_leaving: KeptReadings[Any] = KeptReadings(_MOST_KEPT)
        self._in_force: Pack | None = None
        self._in_years: dict[tuple[str, int], Pack] = {}
        self._years: dict[str, tuple[int | None, int | None]] = {}
        """By school: the version of the store, and the year that its passport named then."""

    @property
    def school(self) -> str:
        """The id of the school that this desk belongs to; KnownError enrolment.waiting, BugError at a centre."""
        if self.is_waiting:
            raise KnownError("enrolment.waiting")
        if not self._school:
            raise BugError("this desk has no school of its own")
        return self._school

    @property
    def grant(self) -> Grant | None:
        """What a colleague may fill in here; None at the desk of the school itself and at a centre."""
        if self._delegation and self._grant is None:
            with self.store.reading() as reader:
                row = reader.row(Delegation, self._delegation, self.school)
            name, parts = (row.colleague or "", tuple(row.parts or ())) if row is not None else ("", ())
            self._grant = Grant(self._delegation, name, parts, (row.wanted_by or "") if row is not None else "")
        return self._grant

    def write_as(self, identity: Identity, writer: Writer) -> None:
        """Sign and write with another certificate, or another key, from now on."""
        self.identity, self.writer = identity, writer

    def join(self, school: str) -> None:
        """The invitation came: this desk belongs to a school now, or to a methodist of none."""
        self._school, self.is_waiting = school, False

    def forget_grant(self) -> None:
        """The school sent the part anew: read it again."""
        self._grant = None

    @property
    def pack(self) -> Pack:
        """The version of the methodology that this desk works by, in the year of its school's project."""
        found = self._in_force
        if found is None:
            with self.store.reading() as reader:
                found = pack_shelf.in_force(reader.records, self.packs)
            self._in_force = found
        return self.in_its_year(found)

    def version(self, pack_hash: str) -> Pack | None:
        """A version of a methodology by its hash, of the program or of the shelf; None where it is on neither."""
        with self.store.reading() as reader:
            return pack_shelf.read_version(reader.records, self.packs, pack_hash)

    def pack_of(self, school: str | None) -> Pack:
        """The version that a school works by: at a centre the one of its newest package, where it is at hand."""
        if not school or self.kind is StoreKind.SCHOOL:
            return self.pack
        with self.store.reading() as reader:
            named = pack_shelf.hash_of_packages(reader.records.packages(school))
        return self.in_its_year((self.version(named) if named else None) or self.pack, school)

    def in_its_year(self, pack: Pack, school: str | None = None) -> Pack:
        """A version with its stages and days in the year that the school's passport names."""
        owner = school or self._school
        if not owner:
            return pack
        year = self._project_year(owner)
        if year is None or year == pack.period_start.year:
            return pack
        known = self._in_years.get((pack.hash, year))
        if known is None:
            known = self._in_years[pack.hash, year] = moved_to(pack, year)
        return known

    def _project_year(self, school: str) -> int | None:
        """The methodology is asked for at every turn: the passport is read once after each write."""
        version = self.store.version
        known = self._years.get(school)
        if known is not None and version is not None and known[0] == version:
            return known[1]
        with self.store.reading() as reader:
            rows = reader.plain_rows(School, school)
        year = rows[0].project_year if rows else None
        self._years[school] = (version, year)
        return year

    def forget_pack(self) -> None:
        """Another version is in force from now on: read it anew."""
        self._in_force = None

    @property
    def role(self) -> WriterRole:
        """The role that this desk writes in."""
        return WriterRole.DELEGATE if self._delegation else self.kind.role

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view of the store."""
        with self.store.reading() as reader:
            yield reader

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """One unit of work over several schools or local tables; use `write` for one school."""
        with self.store.writing() as transaction:
            yield transaction

    def write(self, requests: Sequence[ChangeRequest], operation: str, school: str | None = None) -> Batch | None:
        """Append one unit of work; it is on disk when this returns. None when it changes nothing."""
        with self.store.writing() as transaction:
            batch = self.append(transaction, requests, operation, school)
        if batch is not None:
            self.undo_stack.done.append(batch.name)
            self.undo_stack.undone.clear()
        return batch

    def append(
        self,
        transaction: WriteTransaction,
        requests: Sequence[ChangeRequest],
        operation: str,
        school: str | None = None,
    ) -> Batch | None:
        """Append inside a transaction that does more; it is not offered to Ctrl+Z.

        KnownError team.not_your_part at the desk of a colleague for what the school did not give.
        """
        self._require_part(requests)
        return transaction.log.append(school or self.school, requests, self.writer, self.clock.now(), operation[:200])

    def _require_part(self, requests: Sequence[ChangeRequest]) -> None:
        grant = self.grant
        if grant is None:
            return
        for request in requests:
            if part_of(ChangeKey(request.entity, request.row, "")) not in grant.parts:
                raise KnownError("team.not_your_part", what=entity(request.entity).plural, parts=grant.titles)

    def remember_sealed(self, school: str, head: Head) -> None:
        """Keep outside the store how far this replica has sealed: a restored store shows by it."""
        register = self.profile.replicas
        memory = register.get(self.store_id, self.store.path) or ReplicaMemory(self.writer.replica)
        register.put(self.store_id, ReplicaMemory(memory.replica, {**memory.sealed, school: head}), self.store.path)

    def close(self) -> None:
        """Close the store and give back its lock."""
        self.store.close()


def open_workspace(store: Store, packs: Packs, clock: Clock, profile: Profile | None = None) -> Workspace:
    """A workspace over an open store: finds or makes the key, and the replica that this profile is in it."""
    profile = profile or Profile.default()
    with store.reading() as reader:
        meta = reader.records.meta
        store_id, kind, demo = meta("store_id"), StoreKind(meta("kind")), meta("is_demo") == "yes"
        role = WriterRole.DELEGATE if meta(DELEGATION) else kind.role
        subject = subject_of(meta("code"), role, meta(COLLEAGUE) or meta("name"), meta("name"), is_demo=demo)
    identity = begin_identity(store, subject, profile, clock)
    if store.read_only:
        return Workspace(store, packs, identity, Writer(str(uuid.uuid4()), str(uuid.uuid4())), clock, profile)
    memory = profile.replicas.get(store_id, store.path)
    is_mine = memory is not None and is_of_key(memory.replica, identity.certificate)
    if memory is None or not is_mine or _was_restored(store, memory):
        memory = ReplicaMemory(new_replica(identity.certificate))
    if not memory.is_at(store.path):
        profile.replicas.put(store_id, memory, store.path)
    writer = Writer(memory.replica, identity.certificate.fingerprint[:32])
    _register(store, writer, identity)
    if kind is StoreKind.MUNICIPAL:
        _begin_aggregate(store)
    workspace = Workspace(store, packs, identity, writer, clock, profile)
    _adopt_unsealed(workspace)
    _settle_methodology(workspace)
    return workspace


def _was_restored(store: Store, memory: ReplicaMemory) -> bool:
    """Whether the store lacks, or has otherwise, what this replica sealed: a restored backup or an old copy."""
    with store.writing() as transaction:
        for school, head in memory.sealed.items():
            if transaction.log.head(memory.replica, school).sequence < head.sequence:
                return True
            if not transaction.log.has_batch(head.name):
                return True
    return False


def _register(store: Store, writer: Writer, identity: Identity) -> None:
    certificate = identity.certificate
    record = ReplicaRecord(writer.replica, certificate.role.value, certificate.name, certificate.fingerprint, True)
    with store.reading() as reader:
        if record in reader.records.replicas():
            return
    with store.writing() as transaction:
        transaction.records.put_replica(record)


def _begin_aggregate(store: Store) -> None:
    """A store that was made before centres had rows of their own gets the id for them."""
    with store.reading() as reader:
        if reader.records.meta(CENTRE):
            return
    with store.writing() as transaction:
        transaction.records.set_meta(CENTRE, str(uuid.uuid4()))


def _adopt_unsealed(workspace: Workspace) -> None:
    """Say again what an earlier replica of this store wrote and never sealed: only sealed batches count elsewhere."""
    writer = workspace.writer
    with workspace.writing() as transaction:
        local = {r.replica for r in transaction.records.replicas() if r.is_local} - {writer.replica}
        for school in transaction.reader.schools():
            if transaction.log.head(writer.replica, school).sequence:
                continue
            for replica in sorted(local & set(transaction.log.vector(school))):
                transaction.log.adopt(school, replica, writer, workspace.clock.now(), "принято от копии")


def _settle_methodology(workspace: Workspace) -> None:
    """Keep the version of the methodology that the desk works by, whatever the program brings later."""
    with workspace.reading() as reader:
        if not pack_shelf.needs_settling(reader.records, workspace.packs):
            return
    with workspace.writing() as transaction:
        pack_shelf.settle(transaction.records, workspace.packs, workspace.clock.now())


def require_kind(workspace: Workspace, *kinds: StoreKind) -> None:
    """Refuse a command of a centre on a school's store, and the other way round."""
    if workspace.kind not in kinds:
        raise KnownError("store.other_desk", found=workspace.kind.value, wanted=kinds[0].value)
