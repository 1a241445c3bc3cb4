"""A store: one file with the log, its projection and what is local; one writer lane, any number of readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.engine import make_engine
from shnor_desktop.storage.failures import explained
from shnor_desktop.storage.log_store import LogStore
from shnor_desktop.storage.reading import Reader
from shnor_desktop.storage.records import LocalRecords


class WriteTransaction:
    """What a use case may write: the log, and the tables that are local to this copy."""

    def __init__(self, connection: Connection, schema: LogSchema) -> None:
        self._connection = connection
        self._schema = schema
        self.reader = Reader(connection)
        self.records = LocalRecords(connection)

    @property
    def log(self) -> LogStore:
        """The log, with the roles as the replica table holds them now."""
        return LogStore(self._connection, self._schema)


class Store:
    """An open store. Close it, so that the write-ahead file is folded in and the lock is given back."""

    def __init__(self, path: Path, engine: Engine, schema: LogSchema, *, read_only: bool = False) -> None:
        self.path = path
        self.schema = schema
        self.read_only = read_only
        self._engine = engine
        self._lane = threading.RLock()

    @classmethod
    def over(cls, path: Path, schema: LogSchema | None = None, *, read_only: bool = False) -> Store:
        """A store over an existing file whose form is already checked (`storage.opening`)."""
        return cls(path, make_engine(path, read_only=read_only), schema or LogSchema(), read_only=read_only)

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """One unit of work: all of it is on disk when the block ends, or none of it."""
        if self.read_only:
            raise KnownError("store.read_only", path=self.path.name)
        with self._lane, explained(self.path):
            connection = self._engine.connect().execution_options(write=True)
            with connection, connection.begin():
                yield WriteTransaction(connection, self.schema)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view."""
        with explained(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    def close(self) -> None:
        """Fold the write-ahead file into the store and let it go."""
        with self._lane:
            if not self.read_only:
                with self._engine.connect() as connection:
                    raw = connection.connection.driver_connection
                    assert raw is not None
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._engine.dispose()
