"""A centre, and small packages of many schools whose keys it has confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.school_packages import MadeSchool, confirm, make_schools
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import Desks


@dataclass(frozen=True, slots=True)
class Many:
    """The centre, and a folder with a package of each school."""

    desks: Desks
    folder: Path
    schools: tuple[MadeSchool, ...]

    @property
    def centre(self) -> Workspace:
        """The desk that takes them in."""
        return self.desks.centre

    @property
    def files(self) -> list[Path]:
        """The packages."""
        return [one.path for one in self.schools]


def many_schools(desks: Desks, count: int, *, confirmed: bool = True) -> Many:
    """A centre with so many schools, made of the one school of the desks."""
    folder = desks.flash.parent / "many"
    schools = make_schools(desks.send(), folder, count, desks.clock.now())
    if confirmed:
        confirm(desks.centre, schools)
    return Many(desks, folder, tuple(schools))


def digests(workspace: Workspace) -> dict[str, str]:
    """What a store holds of every school."""
    with workspace.reading() as reader:
        return {school: reader.projection_digest(school) for school in reader.schools()}
