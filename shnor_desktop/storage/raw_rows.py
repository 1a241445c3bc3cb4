"""Rows exactly as they lie in the tables: read by a scan, never through an index, and without conversion."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, FromClause, Integer, LargeBinary
from sqlalchemy.exc import SQLAlchemyError

from shnor_desktop.domain.errors import BugError, KnownError

Row = tuple[Any, ...]
MODULUS = 2**128


def reading_failures() -> tuple[type[BaseException], ...]:
    """Everything that reading a damaged file may raise."""
    import sqlcipher3.dbapi2 as driver  # already loaded where a store is open

    ours: tuple[type[BaseException], ...] = (KnownError, BugError, SQLAlchemyError)
    python = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, MemoryError, RecursionError)
    return (*ours, driver.Error, *python)


def scan(connection: Any, table: FromClause, where: str = "", values: Row = ()) -> Iterator[Row]:
    """All rows of a table in the order of its declared columns."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    condition = f" WHERE {where}" if where else ""
    yield from connection.execute(f'SELECT {columns} FROM "{table.description}" NOT INDEXED{condition}', values)


def is_well_typed(table: FromClause, row: Row) -> bool:
    """Whether each value is of the type that its column is written with."""
    return all(_fits(column, value) for column, value in zip(table.columns, row, strict=True))


def _fits(column: Any, value: Any) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Boolean):
        return type(value) is int and value in (0, 1)
    if isinstance(column.type, Integer):
        return type(value) is int
    if isinstance(column.type, LargeBinary):
        return type(value) is bytes
    return type(value) is str


def as_written(table: FromClause, row: Row) -> dict[str, Any]:
    """A well-typed row as the program wrote it: truth values are truth values."""
    return {
        column.name: bool(value) if isinstance(column.type, Boolean) and value is not None else value
        for column, value in zip(table.columns, row, strict=True)
    }


def row_hash(row: Row) -> int:
    """A number that stands for a row with the types of its values; sums of them stand for sets of rows."""
    text = repr(row).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=16).digest(), "big")


def key_text(table: FromClause, row: Row) -> str:
    """The primary key of a row, to name it."""
    keys = [str(value) for column, value in zip(table.columns, row, strict=True) if column.primary_key]
    return " ".join(keys)[:200]
