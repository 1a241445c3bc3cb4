"""The values of a projected row: as its columns hold them, as they are bound and read, and the digest over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import Select, Table, Update, and_, bindparam, select, update
from sqlalchemy.engine import Dialect

from shnor_desktop.domain.canonical import WireValue, decimal_text, encode_canonical
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.log_schema import column_value
from shnor_desktop.models.registry import EntityInfo

Values = Mapping[str, WireValue]
"""By the name of the field; one that is not there is None."""


def projected(info: EntityInfo, values: Values) -> dict[str, WireValue]:
    """Values of the log as the columns of their fields can hold them, in the form of the log."""
    found: dict[str, WireValue] = {}
    for name, value in values.items():
        held = column_value(info.fields[name], value)
        found[name] = decimal_text(held) if isinstance(held, Decimal) else held
    return found


def entity_row_digest(info: EntityInfo, row: str, hidden: bool, values: Values) -> int:
    """The digest of one projected row; their sum is the digest of a school's projection."""
    data = encode_canonical([info.log_name, row, hidden, {name: values.get(name) for name in info.fields}])
    return int.from_bytes(hashlib.sha256(data).digest(), "big")


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of an entity as a dialect binds and reads them: only lists and truth values differ from the log."""

    names: tuple[str, ...]
    lists: Mapping[str, Callable[[Any], Any]]
    flags: tuple[str, ...]

    def bound(self, values: Values) -> dict[str, Any]:
        """Values to be written."""
        found: dict[str, Any] = dict(values)
        for name, process in self.lists.items():
            if name in found:
                found[name] = process(found[name])
        return found

    def whole(self, values: Values) -> dict[str, Any]:
        """The same with every field."""
        return {**dict.fromkeys(self.names), **self.bound(values)}

    def read(self, record: tuple[Any, ...]) -> dict[str, WireValue]:
        """What `row_query` answered."""
        found = dict(zip(self.names, record, strict=True))
        for name in self.lists:
            if isinstance(found[name], str):
                found[name] = json.loads(found[name])
        for name in self.flags:
            if found[name] is not None:
                found[name] = bool(found[name])
        return found


_COLUMNS: dict[tuple[str, Table], Columns] = {}


def columns_of(info: EntityInfo, dialect: Dialect) -> Columns:
    """How the rows of an entity are written and read."""
    key = (dialect.name, table_of(info))
    found = _COLUMNS.get(key)
    if found is None:
        table = table_of(info)
        kinds = {kind: [f.name for f in info.fields.values() if f.kind is kind] for kind in FieldKind}
        bound = {name: table.c[name].type.dialect_impl(dialect) for name in kinds[FieldKind.CHOICES]}
        lists = {name: kind.bind_processor(dialect) for name, kind in bound.items()}
        found = _COLUMNS[key] = Columns(
            tuple(info.fields),
            {name: process for name, process in lists.items() if process is not None},
            tuple(kinds[FieldKind.BOOLEAN]),
        )
    return found


def table_of(info: EntityInfo) -> Table:
    """The table of an entity."""
    return cast("Table", info.cls.__table__)


@cache
def row_query(table: Table, names: tuple[str, ...]) -> Select[Any]:
    """The fields of the row of a key, in order."""
    return select(*(table.c[name] for name in names)).where(_is_of_key(table))


@lru_cache(maxsize=1000)
def row_update(table: Table, names: tuple[str, ...]) -> Update:
    """Set some fields of the row of a key, and whether it is hidden."""
    values: dict[str, Any] = {name: bindparam(name) for name in (*names, "hidden")}
    return update(table).where(_is_of_key(table)).values(values)


def _is_of_key(table: Table) -> Any:
    return and_(table.c.id == bindparam("key_id"), table.c.school_id == bindparam("key_school_id"))
