"""A store: one file with the log, its projection and what is local; one writer lane, any number of readers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.engine import make_engine
from shnor_desktop.storage.failures import explained
from shnor_desktop.storage.log_store import LogStore
from shnor_desktop.storage.reading import Reader


class WriteTransaction:
    """What a use case may write: the log, and the tables that are local to this copy."""

    def __init__(self, connection: Connection, schema: LogSchema) -> None:
        self._connection = connection
        self._schema = schema
        self.reader = Reader(connection)
        self.records = self.reader.records

    @property
    def log(self) -> LogStore:
        """The log, with the roles as the replica table holds them now."""
        return LogStore(self._connection, self._schema)


class Store:
    """An open store. Close it, so that the write-ahead file is folded in and the lock is given back."""

    def __init__(
        self,
        path: Path,
        engine: Engine,
        schema: LogSchema,
        *,
        read_only: bool = False,
        immutable: bool = False,
        on_close: Callable[[], None] | None = None,
        key: StoreKey | None = None,
    ) -> None:
        self.path = path
        self.schema = schema
        self.read_only = read_only
        self.immutable = immutable
        self.key = key
        """What the file is closed with: its copies are closed with the same."""
        self._engine = engine
        self._writer: Connection | None = None
        self._on_close = on_close
        self._lane = threading.RLock()
        self._rehearsing: int | None = None
        """The thread whose units of work are only tried."""
        self._written = 0

    @property
    def version(self) -> int | None:
        """Another number after every unit of work that wrote a row; None where another program may be writing."""
        return None if self.read_only and not self.immutable else self._written

    @classmethod
    def over(cls, path: Path, schema: LogSchema | None = None, *, read_only: bool = False) -> Store:
        """A store over an existing file whose form is already checked (`storage.opening`)."""
        return cls(path, make_engine(path, read_only=read_only), schema or LogSchema(), read_only=read_only)

    @contextmanager
    def writing(self) -> Iterator[WriteTransaction]:
        """One unit of work: all of it is on disk when the block ends, or none of it."""
        with self.writing_connection() as connection:
            yield WriteTransaction(connection, self.schema)

    @contextmanager
    def writing_connection(self) -> Iterator[Connection]:
        """The connection of one unit of work; only for the storage itself."""
        if self.read_only:
            raise KnownError("store.read_only", path=self.path.name)
        with self._lane, explained(self.path):
            if self._rehearsing is not None and self._writer is not None:
                with self._writer.begin_nested():
                    yield self._writer
                return
            if self._writer is None:  # one for the life of the store: an edit does not wait for a pool
                self._writer = self._engine.connect().execution_options(write=True)
            before = _rows_written(self._writer)
            try:
                with self._writer.begin():
                    yield self._writer
            finally:  # after the commit, before anybody is told of it
                if _rows_written(self._writer) != before:
                    self._written += 1

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Units of work that this thread does in the block see each other, and none of them stays.

        Others read what the store really holds; whoever wants to write waits for the end.
        """
        with self.writing_connection() as connection:
            self._rehearsing = threading.get_ident()
            try:
                yield
            finally:
                self._rehearsing = None
                connection.get_transaction().rollback()  # type: ignore[union-attr]
                self._written += 1  # what was read meanwhile under this version is not to be kept

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One consistent view."""
        if self._rehearsing == threading.get_ident() and self._writer is not None:
            with explained(self.path):
                yield Reader(self._writer)
            return
        with explained(self.path), self._engine.connect() as connection, connection.begin():
            yield Reader(connection)

    @contextmanager
    def scanning(self) -> Iterator[Any]:
        """The driver's own connection in one consistent view: the check reads rows as they lie there."""
        with explained(self.path), closing(self._engine.raw_connection()) as pooled:
            raw = pooled.driver_connection
            assert raw is not None
            raw.execute("BEGIN")
            try:
                yield raw
            finally:
                raw.rollback()

    def fold(self) -> None:
        """Fold the write-ahead file into the store now: what was erased is in no file of it any more."""
        with self._lane:
            fold(self._engine)

    def close(self) -> None:
        """Fold the write-ahead file into the store and let it go."""
        with self._lane:
            try:
                if self._writer is not None:
                    self._writer.close()
                    self._writer = None
                if not self.read_only:
                    fold(self._engine)
            finally:
                self._engine.dispose()
                release, self._on_close = self._on_close, None
                if release is not None:
                    release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _rows_written(connection: Connection) -> int | None:
    """How many rows a connection has written in its life; None where it is lost, which is not what it was before."""
    raw = None if connection.invalidated else connection.connection.driver_connection
    return None if raw is None else int(raw.total_changes)


def fold(engine: Engine) -> None:
    """Fold the write-ahead file into the store. Where the disk refuses, it stays beside it and nothing is lost."""
    import sqlcipher3.dbapi2 as driver  # already loaded where a store is open

    with suppress(SQLAlchemyError, driver.Error), closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
