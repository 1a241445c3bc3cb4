"""The tables of a new store, laid by the revisions once a run: each further store begins as a copy of that one.

The revisions take most of a second, and nearly every test makes a store. What they do is tested where nothing is
copied: in tests/migrations and tests/storage.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage import upgrade
from shnor_desktop.storage.engine import migration_engine
from shnor_desktop.storage.form import StoreForm
from shnor_desktop.storage.records import LocalRecords

_laid_once: dict[tuple[StoreForm, int], bytes] = {}


def lay_by_copy(path: Path, schema: LogSchema, form: StoreForm, properties: Mapping[str, str]) -> None:
    """Make a new store as `storage.upgrade.lay_tables` does."""
    key = (form, schema.version)
    if key not in _laid_once:
        upgrade.lay_tables(path, schema, form, {})
        _laid_once[key] = path.read_bytes()
    else:
        path.write_bytes(_laid_once[key])
    engine = migration_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            records = LocalRecords(connection)
            for name, value in properties.items():
                records.set_meta(name, value)
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    finally:
        engine.dispose()
