"""Where on this computer data that were erased may still stand: packages, backups, documents that were written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.backup import make_backup
from shnor_desktop.storage.closed import wipe
from shnor_desktop.storage.upgrade import backup_folder
from shnor_desktop.system.paths import data_folder

BY_HAND = (
    "Документы, которые вы уже сохранили или напечатали, программа не ищет: удалите сами те, где назван этот человек.",
    "Копии на флешках, в почте и у тех, кому вы передали файлы, удалите сами.",
)


@dataclass(frozen=True, slots=True)
class Traces:
    """Files of this computer that may hold what was erased."""

    packages: tuple[Path, ...]
    """Packages that were written here and are still where they were written."""
    away: tuple[str, ...]
    """Names of packages that were written here and are not there any more."""
    backups: tuple[Path, ...]
    by_hand: tuple[str, ...] = BY_HAND


def traces(workspace: Workspace, school: str) -> Traces:
    """What can be reached now, and what only a person can find."""
    found = list(_packages(workspace, school))
    return Traces(
        tuple(path for path in found if path.is_file()),
        tuple(path.name for path in found if not path.is_file()),
        tuple(_copies(workspace)),
    )


def remove_packages(workspace: Workspace, school: str) -> list[str]:
    """Remove the packages of a school that were written or kept on this computer; their lines in the journal stay."""
    found = [path for path in _packages(workspace, school) if path.is_file()]
    for path in found:
        wipe(path)
    return [path.name for path in found]


def renew_backups(workspace: Workspace) -> list[str]:
    """A fresh backup, checked, and then the older ones go. KnownError `store.*`, and then none of them goes."""
    fresh = make_backup(workspace.store, backup_folder(workspace.store.path), workspace.clock.now())
    old = [path for path in _copies(workspace) if path != fresh]
    for path in old:
        wipe(path)
    return [path.name for path in old]


def forget_opened() -> None:
    """Remove the copies of attachments that were opened for reading."""
    folder = data_folder() / "opened"
    if folder.is_dir():
        for file in folder.rglob("*"):
            with suppress(OSError):
                if file.is_file():
                    file.chmod(0o600)
                    wipe(file)
        shutil.rmtree(folder, ignore_errors=True)


def _packages(workspace: Workspace, school: str) -> Iterator[Path]:
    """Where the packages about a school lie or lay that this computer knows of."""
    with workspace.reading() as reader:
        records = reader.records.packages(school)
    for record in records:
        details = json.loads(record.details)
        folder = details.get("folder")
        if isinstance(folder, str) and folder:
            yield Path(folder) / record.file_name


def _copies(workspace: Workspace) -> Iterator[Path]:
    """Every copy of the store beside it: backups by day, before an upgrade, what a restored backup replaced."""
    path = workspace.store.path
    for folder in (backup_folder(path), path.parent):
        if not folder.is_dir():
            continue
        for one in sorted(folder.iterdir()):
            is_copy = one.name.startswith(f"{path.stem}_") or (folder != path.parent and one.stem.startswith(path.stem))
            if one.is_file() and is_copy and one.suffix == path.suffix and one != path:
                yield one
