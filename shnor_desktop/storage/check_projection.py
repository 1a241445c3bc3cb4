"""The projection of a store against a replay of its log beside it, row by row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sqlalchemy import FromClause, Table
from sqlalchemy.schema import CreateIndex, CreateTable

from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.engine import memory_engine
from shnor_desktop.storage.findings import DamageKind, Finding
from shnor_desktop.storage.log_store import LogStore
from shnor_desktop.storage.raw_rows import MODULUS, Row, key_text, row_hash, scan
from shnor_desktop.storage.tables import (
    DERIVED,
    KEPT,
    LOCAL_DIGEST,
    LOG_BATCH,
    LOG_EDGE,
    LOG_VALUE,
    LOG_VECTOR,
    REPLICA,
    SCHOOL_STATE,
)
from shnor_desktop.storage.writer_rights import REPLICA_SCHOOL

_NAMED = 5
"""So many differing rows of a table are named."""
_TRUTH = (LOG_BATCH, LOG_VALUE, LOG_VECTOR)


@dataclass(slots=True)
class ProjectionExamination:
    """Compares every row that the log makes with the row that lies in the store."""

    connection: Any
    schema: LogSchema
    school_of_batch: Callable[[str], str]
    school: str | None = None
    sums: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    schools: set[str] = field(default_factory=set)
    rows: int = 0

    def run(self) -> Iterator[Finding]:
        """Findings per school and table."""
        tables = projected_tables(self.schema)
        self.schools |= {row[1] for row in scan(self.connection, LOG_VECTOR) if self._wanted(row[1])}
        for table in tables:
            for school, row in self._rows(table):
                self.sums[school, table.name] = (self.sums[school, table.name] + row_hash(row)) % MODULUS
                self.schools.add(school)
                self.rows += 1
        with memory_engine().connect() as connection:
            scratch = connection.connection.driver_connection
            assert scratch is not None
            scratch.executescript(_script((*tables, *_TRUTH, REPLICA, KEPT, LOCAL_DIGEST)))
            copy_rows(scratch, REPLICA, scan(self.connection, REPLICA))
            copy_rows(scratch, KEPT, (row for row in scan(self.connection, KEPT) if row[0] == REPLICA_SCHOOL))
            for school in sorted(self.schools, key=repr):
                self._fill(scratch, school)
                with connection.begin():
                    LogStore(connection, self.schema).replay(school)
                yield from self._compare(scratch, school, tables)
                scratch.executescript("".join(f'DELETE FROM "{t.name}";' for t in (*tables, *_TRUTH)))

    def _wanted(self, school: str) -> bool:
        return self.school is None or school == self.school

    def _rows(self, table: Table) -> Iterator[tuple[str, Row]]:
        school_of = _school_reader(table, self.school_of_batch)
        for row in scan(self.connection, table):
            school = school_of(row)
            if self._wanted(school):
                yield school, row

    def _fill(self, scratch: Any, school: str) -> None:
        for table in (LOG_BATCH, LOG_VECTOR):
            copy_rows(
                scratch, table, self.connection.execute(f'SELECT * FROM "{table.name}" WHERE school = ?', (school,))
            )
        query = "SELECT v.* FROM log_batch b JOIN log_value v ON v.batch = b.name WHERE b.school = ?"
        copy_rows(scratch, LOG_VALUE, self.connection.execute(query, (school,)))

    def _compare(self, scratch: Any, school: str, tables: Iterable[Table]) -> Iterator[Finding]:
        for table in tables:
            expected = sum(row_hash(row) for row in scan(scratch, table)) % MODULUS
            if self.sums.get((school, table.name), 0) != expected:
                yield from self._differences(scratch, school, table)

    def _differences(self, scratch: Any, school: str, table: Table) -> Iterator[Finding]:
        there = Counter(row for found, row in self._rows(table) if found == school)
        made = Counter(scan(scratch, table))
        named = 0
        for rows, reason in ((made - there, "the log makes another row"), (there - made, "the log does not make it")):
            for row in list(rows)[:_NAMED]:
                named += 1
                yield Finding(DamageKind.PROJECTION, reason, table.name, key_text(table, row), school)
        if not named:  # 1 and 1.0 are equal to Python
            yield Finding(DamageKind.PROJECTION, "a value of another type", table.name, "", school)


def projected_tables(schema: LogSchema) -> tuple[Table, ...]:
    """The tables that the log makes."""
    entities = tuple(cast("Table", info.cls.__table__) for info in schema.entities.values())
    return (*DERIVED, SCHOOL_STATE, *entities)


def copy_rows(connection: Any, table: FromClause, rows: Iterable[Row]) -> None:
    """Insert rows as they are."""
    places = ", ".join("?" for _ in table.columns)
    connection.executemany(f'INSERT INTO "{table.description}" VALUES ({places})', rows)


def _school_reader(table: Table, school_of_batch: Callable[[str], str]) -> Callable[[Row], str]:
    names = [column.name for column in table.columns]
    if table is LOG_EDGE:
        place = names.index("batch")
        return lambda row: school_of_batch(row[place])
    place = names.index("school" if "school" in names else "school_id")
    return lambda row: cast("str", row[place])


@cache
def _script(tables: tuple[Table, ...]) -> str:
    """The statements that make the tables with their indexes."""
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
    from sqlcipher3 import dbapi2 as driver  # already loaded where a store is open

    dialect = SQLiteDialect_pysqlite(dbapi=driver)
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in tables]
    statements += [str(CreateIndex(index).compile(dialect=dialect)) for table in tables for index in table.indexes]
    return ";".join(statements) + ";"
