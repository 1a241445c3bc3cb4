"""A school and a centre that exchange packages in a test; each has a profile of its own, as on two computers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import packages, records
from shnor_desktop.services.arrivals import Verdict, import_package
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.desks import SchoolCard, create_centre_desk, create_school_desk
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock

CARD = SchoolCard("72-014", "МАОУ «Лесная СОШ»", municipality="Лесной муниципальный район")


@dataclass(frozen=True, slots=True)
class Desks:
    """Two desks, and a folder that a flash drive stands for."""

    school: Workspace
    centre: Workspace
    flash: Path
    clock: FixedClock

    def send(self) -> Path:
        """The school writes its next package onto the flash drive."""
        return packages.export_package(self.school, self.flash).path

    def receive(self, file: Path, trust: str = "") -> Verdict:
        """The centre takes a file in."""
        return import_package(self.centre, file, trust)

    def meet(self) -> Path:
        """The first package, confirmed by its digits."""
        file = self.send()
        first = self.receive(file)
        assert self.receive(file, first.fingerprint).code.is_fine
        return file

    def same(self) -> bool:
        """Whether both hold the same of the school."""
        with self.school.reading() as ours, self.centre.reading() as theirs:
            return ours.projection_digest(self.school.school) == theirs.projection_digest(self.school.school)


def add_teacher(workspace: Workspace, name: str = "Образцова Анна Ивановна") -> str:
    """A person of the staff list; the id of the row."""
    values = {"full_name": name, "birth_year": 1980, "position": "teacher", "category": "first"}
    return records.begin(workspace, StaffMember, values).row


@pytest.fixture
def without_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a school with next to nothing in it send packages: the check has tests of its own."""
    monkeypatch.setattr(packages, "check", lambda _workspace: CheckResult((), (), ()))


@pytest.fixture
def desks(tmp_path: Path, fixed_clock: FixedClock, without_check: None) -> Desks:
    """A school with one teacher and a centre that has not met it."""
    return make_desks(tmp_path, fixed_clock)


def make_desks(folder: Path, clock: FixedClock) -> Desks:
    """A school with one teacher and a centre that has not met it, in a folder of their own."""
    school = create_school_desk(folder / "school.db", CARD, clock, profile=Profile(folder / "school-profile"))
    centre = create_centre_desk(
        folder / "centre.db", "moc-1", "МОЦ Лесного района", clock, profile=Profile(folder / "centre-profile")
    )
    add_teacher(school)
    return Desks(school, centre, folder / "flash", clock)


def changed_bytes(file: Path, change: Callable[[bytearray], None]) -> Path:
    """A copy of a file with some of its bytes changed."""
    data = bytearray(file.read_bytes())
    change(data)
    copy = file.with_name(f"changed-{file.name}")
    copy.write_bytes(bytes(data))
    return copy
