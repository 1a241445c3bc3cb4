"""Reading: detached, read-only rows of a school, its conflicts and its history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.log import ChangeKey, ChangeRef, ValueState
from shnor_desktop.models.base import Entity
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.tables import CONFLICT, LOG_BATCH, LOG_CHANGE, LOG_VALUE, SCHOOL_STATE

E = TypeVar("E", bound=Entity)
_MOST_VERSIONS = 100
_REFUSAL = "replicated tables are written only by the projection of the log"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change as the history shows it; `value` is None when it was left out or erased."""

    ref: ChangeRef
    key: ChangeKey
    time: str
    replica: str
    operation: str
    state: ValueState
    value: WireValue
    is_head: bool
    author: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """A field that waits for a decision; the first line is shown meanwhile."""

    key: ChangeKey
    lines: tuple[HistoryLine, ...]


class ReadOnlySession(Session):
    """A session that only reads: a flush or a bulk statement over entities is a mistake of ours."""

    def bulk_save_objects(self, *_: Any, **__: Any) -> None:
        """Refused: it would pass the events below by."""
        raise BugError(_REFUSAL)

    def bulk_insert_mappings(self, *_: Any, **__: Any) -> None:
        """Refused likewise."""
        raise BugError(_REFUSAL)

    def bulk_update_mappings(self, *_: Any, **__: Any) -> None:
        """Refused likewise."""
        raise BugError(_REFUSAL)


@event.listens_for(ReadOnlySession, "before_flush")
def _refuse_flush(session: Session, *_: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise BugError(_REFUSAL)


@event.listens_for(ReadOnlySession, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise BugError(_REFUSAL)


class Reader:
    """One consistent view of the store, for as long as its transaction lives."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._said: dict[str, tuple[str, str]] = {}
        self.records = LocalRecords(connection)

    def rows(self, cls: type[E], school: str | None = None, *, hidden: bool = False) -> list[E]:
        """The rows of an entity, oldest first; deleted ones and their children only when asked for."""
        with ReadOnlySession(self._connection) as session:
            found = list(session.scalars(_rows_query(cls, school is not None, hidden), {"school": school}))
            session.expunge_all()
        return found

    def plain_rows(self, cls: type[Entity], school: str) -> Sequence[Any]:
        """The same as bare tuples with the names of the columns: for facts, which are made by the thousand."""
        return self._connection.execute(_plain_query(cls), {"school": school}).all()

    def row(self, cls: type[E], row: str, school: str) -> E | None:
        """One row of a school by its id, deleted or not: another school may have a row of the same id."""
        with ReadOnlySession(self._connection) as session:
            found = session.get(cls, (row, school))
            session.expunge_all()
        return found

    def schools(self) -> list[str]:
        """The ids of all schools with accepted batches."""
        return list(self._connection.execute(select(SCHOOL_STATE.c.school).order_by(SCHOOL_STATE.c.school)).scalars())

    def projection_digest(self, school: str) -> str:
        """The digest of a school's projection: equal on replicas that hold the same."""
        query = select(SCHOOL_STATE.c.digest).where(SCHOOL_STATE.c.school == school)
        return self._connection.execute(query).scalar() or ""

    def batch_count(self, school: str) -> int:
        """How many batches of a school are stored."""
        query = select(func.count()).select_from(LOG_BATCH).where(LOG_BATCH.c.school == school)
        return self._connection.execute(query).scalar() or 0

    def batch_data(self, name: str) -> bytes | None:
        """The exact bytes of a batch."""
        return self._connection.execute(select(LOG_BATCH.c.data).where(LOG_BATCH.c.name == name)).scalar()

    def history(
        self, school: str, entity: str = "", row: str = "", field: str = "", limit: int = 500
    ) -> list[HistoryLine]:
        """The changes of a school, an entity, a row or a field; newest first."""
        query = _HISTORY.where(LOG_CHANGE.c.school == school)
        for column, value in ((LOG_CHANGE.c.entity, entity), (LOG_CHANGE.c.row, row), (LOG_CHANGE.c.field, field)):
            if value:
                query = query.where(column == value)
        order = (LOG_CHANGE.c.lamport.desc(), LOG_CHANGE.c.replica, LOG_CHANGE.c.place)
        return self._lines_of(query.order_by(*order).limit(limit))

    def conflict_count(self, school: str) -> int:
        """How many fields wait for a decision."""
        query = select(func.count()).select_from(CONFLICT).where(CONFLICT.c.school == school)
        return self._connection.execute(query).scalar() or 0

    def conflicts(self, school: str) -> list[ConflictRecord]:
        """The fields that wait for a decision, each with its first versions: whichever is kept replaces them all."""
        found = []
        for record in self._connection.execute(select(CONFLICT).where(CONFLICT.c.school == school)):
            refs = [ChangeRef(*ref) for ref in json.loads(record.refs)[:_MOST_VERSIONS]]
            lines = tuple(line for ref in refs for line in self._lines(ref))
            found.append(ConflictRecord(ChangeKey(record.entity, record.row, record.field), lines))
        return found

    def _lines(self, ref: ChangeRef) -> list[HistoryLine]:
        return self._lines_of(_HISTORY.where(LOG_CHANGE.c.batch == ref.batch, LOG_CHANGE.c.place == ref.place))

    def _lines_of(self, query: Select[Any]) -> list[HistoryLine]:
        return [_line(record, *self._of_batch(record.batch)) for record in self._connection.execute(query).all()]

    def _of_batch(self, batch: str) -> tuple[str, str]:
        """Operation and author. A batch may be long, and many of its changes be asked for: it is unpacked once."""
        if batch not in self._said:
            found = json.loads(self.batch_data(batch) or b'{"o":"","a":""}')
            self._said[batch] = (found["o"], found["a"])
        return self._said[batch]


@cache
def _rows_query(cls: type[E], of_school: bool, hidden: bool) -> Select[Any]:
    query: Select[Any] = select(cls).order_by(cls.id)
    if of_school:
        query = query.where(cls.school_id == bindparam("school"))
    return query if hidden else query.where(cls.hidden.is_(False))


@cache
def _plain_query(cls: type[Entity]) -> Select[Any]:
    table = cls.__table__
    return select(table).where(table.c.school_id == bindparam("school"), ~table.c.hidden).order_by(table.c.id)


_HISTORY = (
    select(LOG_CHANGE, LOG_BATCH.c.time, LOG_VALUE.c.state, LOG_VALUE.c.value)
    .join(LOG_BATCH, LOG_BATCH.c.name == LOG_CHANGE.c.batch)
    .join(LOG_VALUE, (LOG_VALUE.c.batch == LOG_CHANGE.c.batch) & (LOG_VALUE.c.place == LOG_CHANGE.c.place))
)


def _line(record: Any, operation: str, author: str) -> HistoryLine:
    state = ValueState(record.state)
    value = json.loads(record.value) if state is ValueState.PRESENT else None
    key = ChangeKey(record.entity, record.row, record.field)
    ref = ChangeRef(record.batch, record.place)
    return HistoryLine(ref, key, record.time, record.replica, operation, state, value, bool(record.is_head), author)
