"""Four desks of one school at random: the school, the deputy's computer, a methodist and the centre.

What travels is lost, late, doubled, replayed and torn; stores are restored from backups and copied; clocks are decades
off. After a last round in which everything reaches everybody, all hold the same.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.review import Remark
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import packages, records
from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package, undo_import
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.methodist import export_visit
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.services.workspace import Profile, StoreKind, Workspace
from shnor_desktop.storage.backup import make_backup, restore_backup
from shnor_desktop.storage.check import check_store
from tests.clock import FixedClock
from tests.services.exchange_desks import add_teacher

CLOCKS = (-20 * 365, -1, 0, 0, 0, 1, 30 * 365)
"""Days by which a computer's clock may be off."""
FINE = frozenset({VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS, VerdictCode.OLDER, VerdictCode.ALREADY_HERE})

LATER = frozenset({"package.visit_before_school", "package.sender_expired"})
"""What is refused for now: a visit before the school was met; both clocks thirty years ahead of a certificate."""


class OffClock(Clock):
    """A clock that is some days off."""

    def __init__(self, base: FixedClock) -> None:
        self.base = base
        self.days = 0

    def now(self) -> datetime:
        return self.base.now() + timedelta(days=self.days)


@dataclass(slots=True)
class Walk:
    """The desks, the files that were ever written, and the notes that came."""

    desks: dict[str, Workspace]
    folder: Path
    clock: FixedClock
    chance: random.Random
    school: str
    files: list[tuple[str, Path]] = field(default_factory=list)
    backups: list[tuple[str, Path]] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)

    def step(self) -> None:
        """One thing that happens to one desk."""
        name = self.chance.choice(sorted(self.desks))
        self.clock.advance(minutes=self.chance.randrange(1, 90))
        self.set_clock(name)
        acts = (self.write, self.write, self.write, self.export, self.export, self.deliver, self.deliver)
        acts += (self.deliver, self.back_up, self.restore, self.undo, self.take_back, self.reopen)
        self.chance.choice(acts)(name)

    def set_clock(self, name: str) -> None:
        clock = self.desks[name].clock
        if isinstance(clock, OffClock):
            clock.days = self.chance.choice(CLOCKS)

    # ------------------------------------------------------------------------------------------ what people do
    def write(self, who: str) -> None:
        """An edit, a new row, a deletion, a row brought back, or a remark."""
        desk = self.desks[who]
        if desk.kind is not StoreKind.SCHOOL:
            values = {"body": f"Замечание {self.chance.random()}", "kind": "remark", "state": "new"}
            records.begin(desk, Remark, {**values, "target_entity": "school"}, self.school)
            return
        rows = [row for row in self.staff(desk) if row.full_name]
        match self.chance.randrange(6):
            case 0:
                name = f"Педагог{self.chance.choice('абвгд')} Имя Отчество"
                if all(row.hidden or row.full_name != name for row in rows):
                    add_teacher(desk, name)
            case 1 if rows:
                records.remove(desk, "staff_member", self.chance.choice(rows).id)
            case 2 if [row for row in rows if row.hidden]:
                records.bring_back(desk, "staff_member", self.chance.choice([row for row in rows if row.hidden]).id)
            case _ if [row for row in rows if not row.hidden]:
                row = self.chance.choice([row for row in rows if not row.hidden]).id
                records.edit(desk, "staff_member", row, "experience", str(self.chance.randrange(1, 40)))

    def undo(self, name: str) -> None:
        """Ctrl+Z."""
        records.undo(self.desks[name])

    def staff(self, desk: Workspace) -> list[StaffMember]:
        with desk.reading() as reader:
            return reader.rows(StaffMember, self.school, hidden=True)

    # ------------------------------------------------------------------------------------- what travels, and how
    def export(self, name: str, *, full: bool = False) -> Path | None:
        """A file for the others."""
        desk, flash = self.desks[name], self.folder / "flash"
        if desk.kind is StoreKind.SCHOOL:
            full = full or self.chance.random() < 0.3
            path = packages.export_package(desk, flash, full=full, plain=True).path
        elif desk.kind is StoreKind.METHODIST:
            with desk.writing() as transaction:
                if not transaction.log.head(desk.writer.replica, self.school).sequence:
                    return None
            path = export_visit(desk, self.school, flash, plain=True).path
        else:
            path = packages.export_receipt(desk, self.school, flash, plain=True).path
        self.files.append((name, path))
        return path

    def deliver(self, name: str) -> None:
        """Any file that was ever written comes to a desk: late, twice, or the wrong one."""
        if self.files:
            sender, path = self.chance.choice(self.files)
            if sender != name:
                self.take(name, path)

    def take(self, name: str, path: Path) -> Verdict:
        desk = self.desks[name]
        verdict = import_package(desk, path)
        if verdict.code is VerdictCode.SENDER_UNKNOWN and verdict.fingerprint:
            verdict = import_package(desk, path, verdict.fingerprint)
        assert verdict.code in FINE or verdict.cause in LATER, (name, verdict)
        self.notes |= set(verdict.notes)
        assert not verdict.details, verdict.details
        return verdict

    def take_back(self, name: str) -> None:
        """The newest import is taken back, where nothing stands on it."""
        desk = self.desks[name]
        came = [one for one in packages.packages(desk, self.school) if one.direction == "in"]
        if not came or self.chance.random() < 0.5:
            return
        try:
            undo_import(desk, came[0].id)
        except KnownError as error:
            if error.code not in ("log.import_has_dependents", "package.undo_later_first"):
                raise

    # --------------------------------------------------------------------------------------- what befalls stores
    def back_up(self, name: str) -> None:
        desk = self.desks[name]
        self.backups.append((name, make_backup(desk.store, self.folder / f"{name}-backups", self.clock.now())))

    def restore(self, name: str) -> None:
        """A backup comes back in the place of the store."""
        found = [path for of, path in self.backups if of == name]
        if found and self.chance.random() < 0.6:
            desk = self.desks[name]
            path, profile, clock = desk.store.path, desk.profile, desk.clock
            desk.close()
            restore_backup(self.chance.choice(found), path, clock=clock)
            self.desks[name] = open_desk(path, clock, profile=profile)

    def reopen(self, name: str) -> None:
        """The program is closed and opened; or the profile of keys is lost with nothing else."""
        desk = self.desks[name]
        path, profile, clock = desk.store.path, desk.profile, desk.clock
        desk.close()
        self.desks[name] = open_desk(path, clock, profile=profile)

    def copy_store(self, name: str, *, with_profile: bool = False) -> str:
        """The store is copied and both go on: under one user, or, with the profile too, on two computers (a fork)."""
        desk = self.desks[name]
        path, profile, clock = desk.store.path, desk.profile, desk.clock
        desk.close()
        twin = self.folder / f"{name}-twin" / path.name
        twin.parent.mkdir()
        shutil.copyfile(path, twin)
        other = profile
        if with_profile:
            other = Profile(twin.parent / "profile")
            shutil.copytree(profile.folder, other.folder)
            register = other.folder / "replicas.json"  # on another computer the first file is not there to be seen
            register.write_text(register.read_text("utf-8").replace('"place"', '"elsewhere"'), "utf-8")
        self.desks[name] = open_desk(path, clock, profile=profile)
        self.desks[f"{name}-twin"] = open_desk(twin, OffClock(self.clock), profile=other)
        return f"{name}-twin"

    # --------------------------------------------------------------------------------------------------- the end
    def last_round(self, rounds: int = 3) -> None:
        """Everybody writes everything for everybody, and it all arrives."""
        for desk in self.desks.values():
            if isinstance(desk.clock, OffClock):
                desk.clock.days = 0
        for _ in range(rounds):
            for sender in sorted(self.desks):
                self.clock.advance(minutes=10)
                path = self.export(sender, full=True)
                for receiver in sorted(self.desks):
                    if path is not None and receiver != sender:
                        self.take(receiver, path)

    def digests(self) -> dict[str, str]:
        found = {}
        for name, desk in self.desks.items():
            with desk.reading() as reader:
                found[name] = reader.projection_digest(self.school)
        return found

    def are_sound(self) -> bool:
        return all(check_store(one.store, verify_seal=is_sound_seal).is_clean for one in self.desks.values())

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()
