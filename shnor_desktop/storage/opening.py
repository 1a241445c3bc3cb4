"""Making a store and opening one: what is no store of ours, newer, held elsewhere or only readable is said so."""

from __future__ import annotations

import errno
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from shnor_desktop.domain.clock import Clock, iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import lock
from shnor_desktop.storage.closed import key_for, sweep
from shnor_desktop.storage.copying import forget, publish
from shnor_desktop.storage.engine import make_engine, open_connection
from shnor_desktop.storage.failures import code_of, explained, explained_files, explained_opening, of_disk
from shnor_desktop.storage.form import APPLICATION_ID, RELEASED, StoreForm, version_text
from shnor_desktop.storage.lock import Holder, InstanceLock
from shnor_desktop.storage.store import Store
from shnor_desktop.storage.upgrade import META_LOG_SCHEMA, lay_tables, replay_all, upgrade

_READ_ONLY_MEDIUM = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_PLACE_BESIDE = {"store.cannot_open", "store.read_only"}


class StoreKind(StrEnum):
    """Whose store it is."""

    SCHOOL = "school"
    MUNICIPAL = "municipal"
    METHODIST = "methodist"


@dataclass(frozen=True, slots=True)
class StoreIdentity:
    """What a store says of itself. `restored_at` is empty, or when a backup took its place."""

    store_id: str
    kind: StoreKind
    created_at: str
    is_demo: bool
    restored_at: str


def create_store(
    path: Path,
    *,
    kind: StoreKind,
    clock: Clock,
    is_demo: bool = False,
    schema: LogSchema | None = None,
    holder: Holder | None = None,
    properties: Mapping[str, str] | None = None,
    form: StoreForm = RELEASED,
) -> Store:
    """Make a new store, with its folder, and open it; KnownError store.exists, or what the disk says.

    `properties` go beside, or in place of, those that `identity` reads (a demo has its own store_id).

    The file is made beside and renamed, so that a store that was begun and not finished is never found.
    """
    schema = schema or LogSchema()
    with explained_files(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        held = lock.acquire(path, clock.now(), holder)
    with _undone_on_failure(held.release):
        if path.exists():
            raise KnownError("store.exists", path=path.name)
        meta = {
            "store_id": str(uuid.uuid4()),
            "kind": kind.value,
            "created_at": iso_utc(clock.now()),
            "is_demo": "yes" if is_demo else "no",
            **(properties or {}),
        }
        sweep(path)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with explained_files(path), explained(path):
                lay_tables(beside, schema, form, meta)
                publish(beside, path)
        finally:
            forget(beside)
        return Store(path, make_engine(path, create=False), schema, on_close=held.release)


def open_store(
    path: Path,
    *,
    clock: Clock,
    read_only: bool = False,
    holder: Holder | None = None,
    break_lock: bool = False,
    schema: LogSchema | None = None,
    form: StoreForm = RELEASED,
    key: StoreKey | None = None,
) -> Store:
    """Open a store, bringing it to the form of this program first.

    A store on a medium, in a folder or in a file that may only be read is opened so (`Store.read_only`). KnownError
    store.missing, .not_a_store, .no_rights, .newer_version, .in_use, .locked_elsewhere, .damaged, .migration_failed,
    .older_read_only, .unfinished_read_only, .disk_full, .disk_failed; .closed where a `key` is needed, and
    .key_not_of_store where the one given opens nothing.
    """
    schema = schema or LogSchema()
    key = key_for(path, key)
    held = None if read_only else _lock_if_writable(path, clock, holder, break_lock=break_lock)
    if held is None:
        return _open_for_reading(path, schema, form, key)
    with _undone_on_failure(held.release):
        sweep(path)
        with _explained_key(path, key), closing(open_connection(path, create=False, key=key)) as connection:
            found = _version(connection, path, form)
        if found < form.user_version:
            upgrade(path, schema, form, clock.now(), found, key)
        store = Store(path, make_engine(path, create=False, key=key), schema, on_close=held.release, key=key)
        with explained_opening(path), _undone_on_failure(store.close):
            _follow_schema(store)
        return store


def identity(store: Store) -> StoreIdentity:
    """What the store says of itself."""
    with store.reading() as reader:
        meta = reader.records.meta
        try:
            kind = StoreKind(meta("kind"))
        except ValueError as error:
            raise KnownError("store.damaged", path=store.path.name) from error
        return StoreIdentity(meta("store_id"), kind, meta("created_at"), meta("is_demo") == "yes", meta("restored_at"))


def _version(connection: Any, path: Path, form: StoreForm) -> int:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise KnownError("store.not_a_store", path=path.name)
    if found // 65536 > form.major:
        raise KnownError("store.newer_version", path=path.name, found=version_text(found), supported=form.text)
    if found <= 0:
        raise KnownError("store.damaged", path=path.name)
    return found


def _follow_schema(store: Store) -> None:
    """Project again what a program with other entities projected."""
    with store.reading() as reader:
        projected_by = reader.records.meta(META_LOG_SCHEMA)
    if projected_by != str(store.schema.version):
        with store.writing_connection() as connection:
            replay_all(connection, store.schema)


def _lock_if_writable(path: Path, clock: Clock, holder: Holder | None, *, break_lock: bool) -> InstanceLock | None:
    """The lock, or None where the file or its folder may only be read."""
    try:
        with path.open("r+b"):
            pass
        return lock.acquire(path, clock.now(), holder, break_lock=break_lock)
    except OSError as error:
        if error.errno in _READ_ONLY_MEDIUM:
            return None
        raise of_disk(error, path) from error


def _open_for_reading(path: Path, schema: LogSchema, form: StoreForm, key: StoreKey | None) -> Store:
    immutable = _must_be_immutable(path, key)
    with (
        _explained_key(path, key),
        closing(open_connection(path, read_only=True, immutable=immutable, key=key)) as connection,
    ):
        found = _version(connection, path, form)
    if found < form.user_version:
        raise KnownError("store.older_read_only", path=path.name, found=version_text(found), supported=form.text)
    engine = make_engine(path, read_only=True, immutable=immutable, key=key)
    store = Store(path, engine, schema, read_only=True, immutable=immutable, key=key)
    with explained_opening(path), _undone_on_failure(store.close), store.reading() as reader:
        if reader.records.meta(META_LOG_SCHEMA) != str(schema.version):
            raise KnownError("store.older_read_only", path=path.name, found=version_text(found), supported=form.text)
    return store


def _must_be_immutable(path: Path, key: StoreKey | None) -> bool:
    """Whether only the file itself can be read: beside it no write-ahead file can be made.

    KnownError store.unfinished_read_only when edits still stand in a write-ahead file that cannot be read there.
    """
    import sqlcipher3.dbapi2 as driver  # 21 MB of library: only when a store is opened

    try:
        with closing(open_connection(path, read_only=True, key=key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.OperationalError as error:
        if code_of(str(error)) not in _NO_PLACE_BESIDE:
            return False
        ahead = path.with_name(path.name + "-wal")
        if ahead.exists() and ahead.stat().st_size:
            raise KnownError("store.unfinished_read_only", path=path.name) from error
        return True
    except (driver.Error, UnicodeDecodeError):
        return False
    return False


@contextmanager
def _explained_key(path: Path, key: StoreKey | None) -> Iterator[None]:
    """The failures of an opening; that a closed store cannot be read at all may be the key or the beginning of it."""
    try:
        with explained_opening(path):
            yield
    except KnownError as error:
        if key is None or error.code != "store.not_a_store":
            raise
        raise KnownError("store.key_not_of_store", path=path.name) from None


@contextmanager
def _undone_on_failure(undo: Callable[[], None]) -> Iterator[None]:
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()
