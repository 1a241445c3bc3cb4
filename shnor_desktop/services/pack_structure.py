"""The form of a pack as its dataclasses give it: which tables it is made of and how each field is typed.

Nothing here knows a part by name: a field or a list that is added to the dataclasses has its place in the editor, in
the words about a fault and in the difference of two versions.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE
from shnor_desktop.methodologies.findings import KeyPath

Plain = dict[str, Any]


class Shape(StrEnum):
    """How the value of a field looks."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"
    WORD = "word"
    TEXTS = "texts"
    NUMBERS = "numbers"
    ITEM = "item"
    """A table of its own with one row."""
    ITEMS = "items"
    """A table of its own with rows."""


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field of a dataclass: its shape, the dataclass or enum inside of it, whether it may be left out."""

    name: str
    shape: Shape
    inner: Any = None
    is_obligatory: bool = False
    default: Any = None


_SHAPES = {str: Shape.TEXT, int: Shape.INTEGER, Decimal: Shape.NUMBER, date: Shape.DATE, bool: Shape.FLAG}


@cache
def _forms(cls: Any) -> Mapping[str, FieldForm]:
    hints = get_type_hints(cls)
    found: dict[str, FieldForm] = {}
    for field in dataclasses.fields(cls):
        if field.name not in NOT_OF_THE_FILE:
            shape, inner = _shape_of(hints[field.name])
            is_obligatory = field.default is dataclasses.MISSING
            found[field.name] = FieldForm(
                field.name, shape, inner, is_obligatory, None if is_obligatory else field.default
            )
    return found


def forms_of(cls: Any) -> Mapping[str, FieldForm]:
    """Every field of a dataclass by its name, in order."""
    return _forms(cls)


def _shape_of(hint: Any) -> tuple[Shape, Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return _shape_of(next(one for one in get_args(hint) if one is not type(None)))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if dataclasses.is_dataclass(inner):
            return Shape.ITEMS, inner
        return (Shape.NUMBERS if inner is Decimal else Shape.TEXTS), None
    if dataclasses.is_dataclass(hint):
        return Shape.ITEM, hint
    if issubclass(hint, StrEnum):
        return Shape.WORD, hint
    return _SHAPES[hint], None


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of the pack: the fields that lead to it; `()` is the pack itself, with one row."""

    path: tuple[str, ...]
    cls: Any
    is_list: bool

    @property
    def id(self) -> str:
        """The fields that lead to it, with dots between."""
        return ".".join(self.path)

    def own_fields(self) -> tuple[FieldForm, ...]:
        """The fields that are no tables of their own."""
        return tuple(one for one in forms_of(self.cls).values() if one.shape not in (Shape.ITEM, Shape.ITEMS))


@cache
def tables() -> Mapping[str, TableForm]:
    """Every table of a pack by its id, a part before what stands inside of it."""
    return {table.id: table for table in (TableForm((), Pack, False), *_inside(Pack, ()))}


def _inside(cls: Any, path: tuple[str, ...]) -> Iterator[TableForm]:
    for field in forms_of(cls).values():
        if field.shape in (Shape.ITEM, Shape.ITEMS):
            here = (*path, field.name)
            yield TableForm(here, field.inner, field.shape is Shape.ITEMS)
            yield from _inside(field.inner, here)


def rows_of(plain: Plain, table: TableForm) -> list[tuple[KeyPath, Plain]]:
    """The rows of a table with their places, from all items around it."""
    found: list[tuple[KeyPath, Plain]] = [((), plain)]
    for name in table.path:
        found = [inner for place, row in found for inner in _step(place, row, name)]
    return found


def _step(place: KeyPath, row: Plain, name: str) -> list[tuple[KeyPath, Plain]]:
    held = row.get(name)
    if isinstance(held, list):
        return [((*place, name, at), item) for at, item in enumerate(held) if isinstance(item, dict)]
    return [((*place, name), held)] if isinstance(held, dict) else []


def table_of(place: KeyPath) -> TableForm:
    """The table that a row of this place stands in."""
    return tables()[".".join(str(part) for part in place if isinstance(part, str))]


def row_at(plain: Plain, place: KeyPath) -> Plain | None:
    """The row of a place; None where there is none any more."""
    found: Any = plain
    for part in place:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return None
    return found if isinstance(found, dict) else None


def split_place(path: KeyPath) -> tuple[KeyPath, str]:
    """A place in the pack as its row and the field of it that is meant; an empty field means the row."""
    cls: Any = Pack
    place: list[str | int] = []
    left = list(path)
    while left:
        name = left.pop(0)
        form = forms_of(cls).get(str(name))
        if form is None or form.shape not in (Shape.ITEM, Shape.ITEMS):
            return tuple(place), str(name)
        if form.shape is Shape.ITEMS and not (left and isinstance(left[0], int)):
            return tuple(place), str(name)
        place.append(str(name))
        if form.shape is Shape.ITEMS:
            place.append(left.pop(0))
        cls = form.inner
    return tuple(place), ""


def place_text(place: KeyPath) -> str:
    """A place as one word: the id of a row in a list on the screen."""
    return "/".join(str(part) for part in place)


def place_from(text: str) -> KeyPath:
    """The place that such a word means."""
    return tuple(int(part) if part.isdigit() else part for part in text.split("/") if part)
