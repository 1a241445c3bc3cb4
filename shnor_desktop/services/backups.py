"""Backups as the window offers them: one a day, the newest good one when a store is damaged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.russian import date_time
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.backup import (
    back_up_daily,
    backups,
    copy_everything,
    is_good_backup,
    restore_backup,
)
from shnor_desktop.storage.upgrade import backup_folder


@dataclass(frozen=True, slots=True)
class GoodBackup:
    """A backup that opens and whose check found nothing."""

    path: Path
    when: str


def newest_good_backup(store: Path, key: StoreKey | None = None) -> GoodBackup | None:
    """The newest sound backup of a store; it takes seconds, each is checked until one is good."""
    for path in backups(backup_folder(store), store):
        if is_good_backup(path, key=key):
            return GoodBackup(path, date_time(datetime.fromtimestamp(path.stat().st_mtime).astimezone()))
    return None


def bring_back(backup: GoodBackup, store: Path, clock: Clock, key: StoreKey | None = None) -> Path | None:
    """Put a backup in the place of a damaged store; returns where the old file lies. KnownError `store.*`."""
    return restore_backup(backup.path, store, clock=clock, key=key)


def back_up_today(workspace: Workspace) -> Path | None:
    """The backup of the day, unless it is there. KnownError `store.*`."""
    if workspace.store.read_only:
        return None
    return back_up_daily(workspace.store, workspace.clock.now())


def copy_to_folder(workspace: Workspace, folder: Path) -> Path:
    """«Скопировать всё на флешку»: a new folder with a checked copy; returns it. KnownError `store.*`."""
    return copy_everything(workspace.store, folder, workspace.clock.now())
