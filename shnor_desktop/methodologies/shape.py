"""Between the dataclasses of a pack and plain data (TOML tables, JSON objects).

The dataclasses are the schema: a field without a default is obligatory and not blank, an unknown key is a fault.
All faults are collected, none is raised.
"""

from __future__ import annotations

import dataclasses
import types
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from shnor_desktop.domain.canonical import Json, decimal_text
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE
from shnor_desktop.methodologies.findings import Finding, KeyPath

FAULTY = object()
"""Stands for a value that could not be read; a finding says why."""

MAX_NUMBER = 10**9
MAX_PLACES = 9

MAY_BE_EMPTY = frozenset(
    {"history", "tasks", "monitoring_waves", "coordinator_functions", "territories", "curators", "principles"}
)
"""Lists of a pack that a source may say nothing about; they are written, but empty."""

Reader = Callable[[object, KeyPath, list[Finding]], Any]

_EXPECTED = {
    "text": "текст в кавычках",
    "bool": "true или false",
    "integer": "целое число",
    "number": "число",
    "date": "дата вида 2024-03-01",
    "list": "список в квадратных скобках",
    "table": "таблица с полями",
}


@cache
def reader_of(hint: Any) -> Reader:
    """The reader of a type hint: dataclass, tuple[X, ...], X | None, StrEnum or a scalar."""
    origin = get_origin(hint)
    if origin is tuple:
        return _list_reader(reader_of(get_args(hint)[0]))
    if origin in (Union, types.UnionType):
        return reader_of(next(arg for arg in get_args(hint) if arg is not type(None)))
    if dataclasses.is_dataclass(hint):
        return _table_reader(hint)
    if issubclass(hint, StrEnum):
        return _word_reader(hint)
    return _SCALARS[hint]


def _wrong(expected: str, path: KeyPath, found: list[Finding]) -> object:
    found.append(Finding("methodology.wrong_type", path, {"expected": _EXPECTED[expected]}))
    return FAULTY


def _table_reader(cls: Any) -> Reader:
    hints = get_type_hints(cls)
    fields = [item for item in dataclasses.fields(cls) if item.name not in NOT_OF_THE_FILE]
    readers = {item.name: reader_of(hints[item.name]) for item in fields}
    obligatory = {item.name for item in fields if item.default is dataclasses.MISSING}

    def read(value: object, path: KeyPath, found: list[Finding]) -> Any:
        if not isinstance(value, Mapping):
            return _wrong("table", path, found)
        known: dict[str, Any] = {}
        for name, item in value.items():
            if name not in readers:
                found.append(Finding("methodology.unknown_key", (*path, name), {"name": name}))
                continue
            known[name] = readers[name](item, (*path, name), found)
            if known[name] in ("", ()) and name in obligatory and not (path == () and name in MAY_BE_EMPTY):
                found.append(Finding("methodology.blank", (*path, name)))
        missing = [name for name in readers if name in obligatory and name not in known]
        found.extend(Finding("methodology.missing_key", (*path, name), {"name": name}) for name in missing)
        if missing or any(item is FAULTY for item in known.values()):
            return FAULTY
        return cls(**known)

    return read


def _list_reader(read_item: Reader) -> Reader:
    def read(value: object, path: KeyPath, found: list[Finding]) -> Any:
        if not isinstance(value, list):
            return _wrong("list", path, found)
        items = [read_item(item, (*path, index), found) for index, item in enumerate(value)]
        return FAULTY if any(item is FAULTY for item in items) else tuple(items)

    return read


def _word_reader(words: type[StrEnum]) -> Reader:
    def read(value: object, path: KeyPath, found: list[Finding]) -> Any:
        try:
            return words(value)  # type: ignore[arg-type]
        except ValueError:
            allowed = ", ".join(f"«{word}»" for word in words if word)
            found.append(Finding("methodology.unknown_word", path, {"value": str(value), "allowed": allowed}))
            return FAULTY

    return read


def _read_text(value: object, path: KeyPath, found: list[Finding]) -> Any:
    if not isinstance(value, str):
        return _wrong("text", path, found)
    return unicodedata.normalize("NFC", value.strip())


def _read_bool(value: object, path: KeyPath, found: list[Finding]) -> Any:
    return value if isinstance(value, bool) else _wrong("bool", path, found)


def _read_integer(value: object, path: KeyPath, found: list[Finding]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong("integer", path, found)
    return value


def _read_number(value: object, path: KeyPath, found: list[Finding]) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return _wrong("number", path, found)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return _wrong("number", path, found)
    return number if _is_sensible(number) else _wrong("number", path, found)


def _is_sensible(number: Decimal) -> bool:
    """Finite, below a billion and of at most nine places, so that its plain text is short."""
    return number.is_finite() and abs(number) < MAX_NUMBER and int(number.as_tuple().exponent) >= -MAX_PLACES


def _read_date(value: object, path: KeyPath, found: list[Finding]) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _wrong("date", path, found)
    if isinstance(value, datetime) or not isinstance(value, date):
        return _wrong("date", path, found)
    return value


_SCALARS: dict[Any, Reader] = {
    str: _read_text,
    bool: _read_bool,
    int: _read_integer,
    Decimal: _read_number,
    date: _read_date,
}


def to_plain(value: Any) -> Json:
    """JSON data of a value of a pack; fields that hold their default are left out, the hash always."""
    if dataclasses.is_dataclass(value):
        return {
            item.name: to_plain(held)
            for item in dataclasses.fields(value)
            if item.name not in NOT_OF_THE_FILE and (held := getattr(value, item.name)) != item.default
        }
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no plain form for {type(value).__name__}")
