"""A part that the school gave, opened on this computer: its desk is begun, or goes on with what the school changed."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.package import read_manifest
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.team_packages import open_part
from shnor_desktop.services.workspace import Profile, Workspace

_SHOWN = 12


def open_part_here(file: Path, folder: Path, clock: Clock, suffix: str) -> Workspace:
    """The desk of a part in a folder of this user; the same part a second time opens the desk that was begun."""
    delegated = read_manifest(open_file(file, Profile.default()).container).delegated
    if delegated is None:
        raise KnownError("team.not_a_part")
    plain = "".join(sign for sign in delegated.id if sign.isalnum() or sign == "-")[-_SHOWN:]
    target = folder / f"part-{plain}{suffix}"
    if not target.exists():
        return open_part(file, target, clock)
    workspace = open_desk(target, clock)
    import_package(workspace, file)
    return workspace
