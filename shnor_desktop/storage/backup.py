"""Backups: made by SQLite's backup interface, checked, kept by day and week, and brought back in one step."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from shnor_desktop.domain.clock import Clock, iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import lock
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.closed import carry_key_file, is_closed, key_file, key_for
from shnor_desktop.storage.copying import copy_verified, database_size, forget, publish, require_room, sync_folder
from shnor_desktop.storage.engine import make_engine
from shnor_desktop.storage.failures import explained, explained_files
from shnor_desktop.storage.lock import Holder
from shnor_desktop.storage.store import Store, fold
from shnor_desktop.storage.upgrade import backup_folder

KEEP_DAYS, KEEP_WEEKS = 7, 4
_NAME = re.compile(r"_(\d{4}-\d{2}-\d{2})_(\d{6})")


def make_backup(store: Store, folder: Path, now: datetime) -> Path:
    """Copy the store to a file named by the day and time of `now` (UTC); the copy is opened and checked.

    KnownError store.no_space, .folder_missing and the like; store.backup_of_damaged when the store itself is hurt:
    then nothing is kept, so that no bad copy ever stands where a good one is looked for.
    """
    target = folder / f"{store.path.stem}_{now.astimezone(UTC):%Y-%m-%d_%H%M%S}{store.path.suffix}"
    with explained_files(target):
        folder.mkdir(parents=True, exist_ok=True)
    _copy(store, target)
    if not is_good_backup(target, store.schema, store.key):
        _remove(target)
        raise KnownError("store.backup_of_damaged", path=store.path.name)
    return target


def back_up_daily(store: Store, now: datetime, folder: Path | None = None) -> Path | None:
    """The backup of the day, if it is not there yet; older ones beyond seven days and four weeks go."""
    folder = folder or backup_folder(store.path)
    if any(_day_of(path) == now.astimezone(UTC).date() for path in backups(folder, store.path)):
        return None
    made = make_backup(store, folder, now)
    rotate_backups(folder, store.path, store.schema, store.key)
    return made


def backups(folder: Path, store: Path) -> list[Path]:
    """The backups of a store by day, newest first."""
    if not folder.is_dir():
        return []
    found = [
        path
        for path in folder.iterdir()
        if path.suffix == store.suffix
        and path.stem.startswith(store.stem)
        and _NAME.fullmatch(path.stem[len(store.stem) :])
    ]
    return sorted(found, key=lambda path: path.stem, reverse=True)


def rotate_backups(
    folder: Path, store: Path, schema: LogSchema | None = None, key: StoreKey | None = None
) -> list[Path]:
    """Remove what is older than the newest of seven days and four weeks; returns what was removed.

    Nothing is removed unless the newest of all is good: the last good one is never the one that goes.
    """
    found = backups(folder, store)
    kept = _to_keep(found)
    leaving = [path for path in found if path not in kept]
    if not leaving or not is_good_backup(found[0], schema, key):
        return []
    with explained_files(folder):
        for path in leaving:
            _remove(path)
    return leaving


def is_good_backup(path: Path, schema: LogSchema | None = None, key: StoreKey | None = None) -> bool:
    """Whether the copy opens, with its `key` if it is closed, and its check finds nothing."""
    try:
        key = key_for(path, key)
        engine = make_engine(path, immutable=True, key=key)
        with Store(path, engine, schema or LogSchema(), read_only=True, key=key) as store:
            return check_store(store).is_clean
    except KnownError:
        return False


def restore_backup(
    backup: Path,
    path: Path,
    *,
    clock: Clock,
    holder: Holder | None = None,
    schema: LogSchema | None = None,
    key: StoreKey | None = None,
) -> Path | None:
    """Put a backup in the place of a store, in one step; returns where the old file now lies (None: there was none).

    The store must not be open. KnownError store.backup_bad for a copy that is not sound: then nothing changes.
    `identity(...).restored_at` tells that a new replica must start. A closed backup needs its `key` (KnownError
    store.closed) and brings its key file; the store is then closed as the backup was.
    """
    with explained_files(backup):
        closed = is_closed(backup)
    if closed and key is None:
        raise KnownError("store.closed", path=backup.name)
    if not is_good_backup(backup, schema, key):
        raise KnownError("store.backup_bad", path=backup.name)
    now = clock.now()
    with explained_files(path), ExitStack() as stack:
        path.parent.mkdir(parents=True, exist_ok=True)
        stack.callback(lock.acquire(path, now, holder).release)
        require_room(path.parent, database_size(backup))
        beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
        stack.callback(forget, beside)
        shutil.copyfile(backup, beside)
        _mark_restored(beside, now, schema or LogSchema(), key if closed else None)
        aside = _put_aside(path, now, key) if path.exists() else None
        if closed:
            carry_key_file(backup, path)
        publish(beside, path)
        return aside


def copy_everything(store: Store, folder: Path, now: datetime, extras: Sequence[Path] = ()) -> Path:
    """«Скопировать всё на флешку»: a new folder with a checked copy of the store and the `extras`, files or folders.

    KnownError store.no_space (need, free: megabytes) before anything is written. The folder appears whole.
    """
    target = folder / f"{store.path.stem}_{now.astimezone(UTC):%Y-%m-%d_%H%M%S}"
    with explained_files(target):
        sizes = sum(path.stat().st_size for extra in extras for path in _files(extra))
    require_room(folder, database_size(store.path) + sizes)
    beside = folder / f".{target.name}.part"
    with explained_files(target), ExitStack() as stack:
        stack.callback(shutil.rmtree, beside, ignore_errors=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        _copy(store, beside / store.path.name)
        if not is_good_backup(beside / store.path.name, store.schema, store.key):
            raise KnownError("store.backup_of_damaged", path=store.path.name)
        for extra in extras:
            if extra.is_dir():
                shutil.copytree(extra, beside / extra.name)
            elif extra.exists():
                shutil.copy2(extra, beside / extra.name)
        beside.rename(target)
        sync_folder(folder)
    return target


def _copy(store: Store, target: Path) -> None:
    """A checked copy, closed as the store is, with the file of its key."""
    if store.key is not None:
        carry_key_file(store.path, target)
    copy_verified(store.path, target, immutable=store.immutable, key=store.key)


def _remove(backup: Path) -> None:
    for path in (backup, key_file(backup)):
        path.unlink(missing_ok=True)


def _files(extra: Path) -> Iterable[Path]:
    return (
        (path for path in extra.rglob("*") if path.is_file()) if extra.is_dir() else [extra] if extra.exists() else []
    )


def _day_of(path: Path) -> date | None:
    found = _NAME.search(path.stem)
    return date.fromisoformat(found[1]) if found else None


def _to_keep(newest_first: Sequence[Path]) -> set[Path]:
    """The newest backup of each of the last seven days that have one, and of the last four weeks."""
    days: dict[date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    for path in newest_first:
        day = _day_of(path)
        if day is not None:
            days.setdefault(day, path)
            weeks.setdefault(day.isocalendar()[:2], path)
    return {*list(days.values())[:KEEP_DAYS], *list(weeks.values())[:KEEP_WEEKS]}


def _mark_restored(path: Path, now: datetime, schema: LogSchema, key: StoreKey | None) -> None:
    engine = make_engine(path, create=False, key=key)
    with explained(path), Store(path, engine, schema, key=key) as store, store.writing() as work:
        work.records.set_meta("restored_at", iso_utc(now))


def _put_aside(path: Path, now: datetime, key: StoreKey | None) -> Path:
    """Give the present file a second name, with its write-ahead file when that cannot be folded in."""
    aside = path.with_name(f"{path.stem}_replaced_{now.astimezone(UTC):%Y-%m-%d_%H%M%S}{path.suffix}")
    with suppress(KnownError), explained(path):
        engine = make_engine(path, create=False, key=key_for(path, key))
        fold(engine)
        engine.dispose()
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    try:
        aside.unlink(missing_ok=True)
        aside.hardlink_to(path)
    except OSError:  # a flash drive knows no second names
        shutil.copy2(path, aside)
    carry_key_file(path, aside)
    return aside
