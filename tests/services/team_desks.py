"""A school and the colleagues who take parts of its work home; each has a computer of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.arrivals import Verdict, import_package
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.team_packages import give_part, open_part, return_part
from shnor_desktop.services.teamwork import PartDraft
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, make_desks


@dataclass(slots=True)
class Team:
    """The desks of an exchange, and colleagues."""

    desks: Desks
    folder: Path
    clock: FixedClock
    given: int = 0
    colleagues: list[Workspace] = field(default_factory=list)

    @property
    def school(self) -> Workspace:
        """The desk of the school."""
        return self.desks.school

    def give(self, name: str, parts: Sequence[str] = ("staff",), wanted_by: str = "") -> Path:
        """The file for a colleague."""
        return give_part(self.school, self.folder / "flash", PartDraft(name, parts, wanted_by)).path

    def open(self, file: Path) -> Workspace:
        """The colleague begins the desk of the part, on a computer of their own."""
        self.given += 1
        folder = self.folder / f"colleague-{self.given}"
        made = open_part(file, folder / "part.db", self.clock, profile=Profile(folder / "profile"))
        self.colleagues.append(made)
        return made

    def bring_back(self, colleague: Workspace) -> Path:
        """The colleague writes the file for the school."""
        return return_part(colleague, self.folder / "back").path

    def take(self, file: Path, trust: str = "") -> Verdict:
        """The school takes a file in; with «yes» the digits were compared and are right."""
        if trust != "yes":
            return import_package(self.school, file, trust)
        return import_package(self.school, file, import_package(self.school, file).fingerprint)

    def are_sound(self) -> bool:
        """Whether `shnor check` is content with every store."""
        stores = (self.school, self.desks.centre, *self.colleagues)
        return all(check_store_file(one.store.path, self.clock).is_sound for one in stores)

    def teacher(self, name: str, workspace: Workspace | None = None) -> StaffMember:
        """A person of the staff list by name."""
        desk = workspace or self.school
        return next(one for one in records.rows(desk, StaffMember) if one.full_name == name)


@pytest.fixture
def team(tmp_path: Path, fixed_clock: FixedClock, without_check: None) -> Team:
    """A school with one teacher, its centre, and no colleague yet."""
    return Team(make_desks(tmp_path, fixed_clock), tmp_path, fixed_clock)
