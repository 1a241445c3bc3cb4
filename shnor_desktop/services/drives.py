"""Flash drives that are plugged in, and the folder «ШНОР» on them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Remote
from shnor_desktop.exchange.channels.folder import FolderChannel
from shnor_desktop.exchange.channels.volumes import Volume, removable_volumes
from shnor_desktop.services.channels import ChannelKind, ChannelSettings, boxes_from, boxes_to
from shnor_desktop.services.workspace import Workspace

Lister = Callable[[], tuple[Volume, ...]]


@dataclass(frozen=True, slots=True)
class Drive:
    """A flash drive as a person knows it, with the packages on it that are for this desk."""

    root: Path
    title: str
    file_system: str
    waiting: tuple[Path, ...]
    is_writable: bool


def drives(workspace: Workspace, lister: Lister = removable_volumes) -> list[Drive]:
    """The drives that are plugged in now; one that does not answer is passed over."""
    found = []
    for volume in lister():
        try:
            waiting = tuple(Path(remote.place) for remote in _waiting(workspace, volume))
        except (KnownError, OSError):
            continue
        writable = os.access(volume.root, os.W_OK)
        found.append(Drive(volume.root, volume.title, volume.file_system, waiting, writable))
    return found


def drive_box(workspace: Workspace, school: str) -> str:
    """The folder of a drive for a package about a school."""
    return boxes_to(workspace, _DRIVE, school)[0]


def _waiting(workspace: Workspace, volume: Volume) -> list[Remote]:
    channel = FolderChannel(volume.root, volume.file_system)
    return [remote for box in boxes_from(workspace, _DRIVE) for remote in channel.list(box)]


_DRIVE = ChannelSettings("", ChannelKind.FOLDER, "флешка", "")
