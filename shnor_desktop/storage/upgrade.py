"""Bringing a store to the form of this program: verified backup, one transaction, and the backup back if it fails.

Alembic runs on an engine of its own in autocommit with BEGIN IMMEDIATE and foreign keys off: with its defaults a
failed upgrade of SQLite locks the user out, and a batch alter of a parent table deletes its children without a word.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import local
from shnor_desktop.storage.closed import carry_key_file
from shnor_desktop.storage.copying import content_digest, copy_verified, publish
from shnor_desktop.storage.engine import migration_engine, open_connection
from shnor_desktop.storage.failures import explained, explained_files
from shnor_desktop.storage.form import APPLICATION_ID, StoreForm, schema_digest, version_text
from shnor_desktop.storage.log_store import LogStore
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.tables import DERIVED, LOCAL, LOCAL_DIGEST, LOG_VECTOR, SCHOOL_STATE

META_FORM, META_REVISION, META_SCHEMA_DIGEST, META_LOG_SCHEMA = "form", "revision", "schema_digest", "log_schema"
ALEMBIC_TABLE = "alembic_version"
_CAUSES = ("store.disk_full", "store.disk_failed", "store.no_rights")
"""What a person can mend before trying again: said instead of «the upgrade failed»."""


def lay_tables(path: Path, schema: LogSchema, form: StoreForm, properties: Mapping[str, str]) -> None:
    """Make the tables of a new store by the revisions and write its first properties."""
    engine = migration_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            _run_revisions(connection, form)
            _describe(connection, schema, form)
            records = LocalRecords(connection)
            for name, value in properties.items():
                records.set_meta(name, value)
        with closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


def upgrade(
    path: Path, schema: LogSchema, form: StoreForm, now: datetime, found: int, key: StoreKey | None = None
) -> Path:
    """Bring a store of `user_version` `found` to `form`; returns the backup that was made before.

    KnownError store.migration_failed (backup), after which the store is as it was; or the failure of the disk.
    """
    backup = backup_folder(path) / f"{path.stem}_before_{form.text}_{now:%Y-%m-%d_%H%M%S}{path.suffix}"
    with explained_files(path):
        backup.parent.mkdir(exist_ok=True)
    if key is not None:
        carry_key_file(path, backup)
    copy_verified(path, backup, key=key)
    engine = migration_engine(path, key)
    try:
        with explained(path), engine.connect() as connection, connection.begin():
            _upgrade_inside(connection, schema, form)
    except Exception as error:
        engine.dispose()
        _bring_back(backup, path, key)
        if isinstance(error, KnownError) and error.code in _CAUSES:
            raise
        details = {"found": version_text(found), "supported": form.text, "backup": backup.name}
        raise KnownError("store.migration_failed", path=path.name, **details) from error
    finally:
        engine.dispose()
    return backup


def replay_all(connection: Connection, schema: LogSchema) -> None:
    """Project every school again, and remember by which schema."""
    log = LogStore(connection, schema)
    schools = set(connection.execute(select(LOG_VECTOR.c.school)).scalars())
    for school in sorted(schools | set(connection.execute(select(SCHOOL_STATE.c.school)).scalars())):
        log.replay(school)
    LocalRecords(connection).set_meta(META_LOG_SCHEMA, str(schema.version))


def backup_folder(path: Path) -> Path:
    """Where the copies that the program makes by itself are kept."""
    return path.parent / "backups"


def _upgrade_inside(connection: Connection, schema: LogSchema, form: StoreForm) -> None:
    counts, columns = _row_counts(connection), _local_columns(connection)
    changing = _run_revisions(connection, form)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise ValueError(f"a row of {broken[0]} refers to nothing")
    _require_counts(counts, _row_counts(connection), changing | {table.name for table in (*DERIVED, SCHOOL_STATE)})
    _digest_again(
        connection, {name for name, found in _local_columns(connection).items() if found != columns.get(name)}
    )
    _describe(connection, schema, form)
    # The log may hold fields of a later form, from packages that came before this upgrade: now they have a place.
    replay_all(connection, schema)


def _run_revisions(connection: Connection, form: StoreForm) -> set[str]:
    """Run what is missing; returns the tables whose number of rows the revisions say that they change."""
    # 0.3 s of imports that no other start pays
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", _escaped(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(_escaped(folder) for folder in form.versions))
    config.attributes["connection"] = connection
    before = MigrationContext.configure(connection).get_current_revision() or "base"
    missing = ScriptDirectory.from_config(config).iterate_revisions(form.revision, before)
    changing = {table for script in missing for table in getattr(script.module, "changes_rows", ())}
    command.upgrade(config, form.revision)
    return changing


def _escaped(folder: Path) -> str:
    return str(folder).replace("%", "%%")


def _describe(connection: Connection, schema: LogSchema, form: StoreForm) -> None:
    connection.exec_driver_sql(f"PRAGMA user_version={form.user_version}")
    records = LocalRecords(connection)
    records.set_meta(META_FORM, form.text)
    records.set_meta(META_REVISION, form.revision)
    records.set_meta(META_SCHEMA_DIGEST, schema_digest(connection.connection.driver_connection))
    if not records.meta(META_LOG_SCHEMA):
        records.set_meta(META_LOG_SCHEMA, str(schema.version))


def _row_counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}" NOT INDEXED').scalar_one()
        for name in names
        if name != ALEMBIC_TABLE
    }


def _require_counts(before: Mapping[str, int], after: Mapping[str, int], changing: set[str]) -> None:
    for table, rows in before.items():
        if table not in changing and after.get(table) != rows:
            raise ValueError(f"{table} had {rows} rows and would have {after.get(table)}")


def _local_columns(connection: Connection) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')]
        for table in LOCAL
    }


def _digest_again(connection: Connection, names: set[str]) -> None:
    """Digests of local tables cover all columns: a table that was altered gets them anew."""
    for table in LOCAL:
        if table.name in names:
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            connection.execute(delete(LOCAL_DIGEST).where(LOCAL_DIGEST.c["table"] == table.name))
            connection.execute(delete(table))
            for row in rows:
                local.put(connection, table, {name: value for name, value in row.items() if name != "digest"})


def _bring_back(backup: Path, path: Path, key: StoreKey | None) -> None:
    """See that the store is what it was; where the roll-back did not do it, the backup does."""
    if _say_the_same(backup, path, key):
        return
    with explained_files(path):
        beside = path.with_name(f".{path.name}.part")
        shutil.copyfile(backup, beside)
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
        publish(beside, path)


def _say_the_same(backup: Path, path: Path, key: StoreKey | None) -> bool:
    import sqlcipher3.dbapi2 as driver  # already loaded where a store is open

    try:
        with (
            closing(open_connection(backup, immutable=True, key=key)) as kept,
            closing(open_connection(path, key=key)) as store,
        ):
            return content_digest(kept) == content_digest(store)
    except driver.Error:
        return False
