"""Changes to the plain data of a methodology: each gives changed data, those that were given stay as they were."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology_difference.naming import name_field_of
from shnor_desktop.methodologies.findings import KeyPath
from shnor_desktop.services import pack_words
from shnor_desktop.services.pack_structure import (
    FieldForm,
    Plain,
    Shape,
    TableForm,
    forms_of,
    row_at,
    rows_of,
    table_of,
    tables,
)
from shnor_desktop.services.pack_tables import references, title_of

_MOST_NAMED = 3


def set_value(plain: Plain, place: KeyPath, field: str, value: Any) -> Plain:
    """Set one field of a row; None leaves it out. A new code is followed by everything that refers to the row."""
    changed = copy.deepcopy(plain)
    row = _row(changed, place)
    table = table_of(place)
    form = forms_of(table.cls)[field]
    old = row.get(field)
    is_name = field == name_field_of(table.cls) and (table.id, field) not in references()
    if is_name and value != old:
        _require_free(changed, place, table, str(value))
        for other, name, _ in list(_referring(changed, table, str(old))):
            _rename(other, name, str(old), value)
    if value is None or _is_default(form, value):
        row.pop(field, None)
    else:
        row[field] = value
    return changed


def add_row(plain: Plain, table_id: str, beside: KeyPath = ()) -> tuple[Plain, KeyPath]:
    """Begin a row after the one that is given, or at the end of the list that it stands in."""
    changed = copy.deepcopy(plain)
    table = tables()[table_id]
    holder_place, at = _where(changed, table, beside)
    holder = _row(changed, holder_place)
    name = table.path[-1]
    if not table.is_list:
        holder[name] = _fresh(changed, table, [])
        return changed, (*holder_place, name)
    held = holder.setdefault(name, [])
    at = len(held) if at is None else at + 1
    held.insert(at, _fresh(changed, table, held))
    return changed, (*holder_place, name, at)


def copy_row(plain: Plain, place: KeyPath) -> tuple[Plain, KeyPath]:
    """A row once more, right after itself, under a code of its own."""
    changed = copy.deepcopy(plain)
    held, at = _list_of(changed, place)
    fresh = copy.deepcopy(held[at])
    _rename_within(changed, table_of(place), fresh)
    held.insert(at + 1, fresh)
    return changed, (*place[:-1], at + 1)


def remove_row(plain: Plain, place: KeyPath) -> Plain:
    """Take a row out. KnownError pack_editing.referenced names who refers to it."""
    row = _row(plain, place)
    for table, inner_place, inner in _with_inner(plain, place):
        name = str(inner.get(name_field_of(table.cls), ""))
        who = [
            pack_words.place_words(plain, other_place)
            for _, _, other_place in _referring(plain, table, name)
            if other_place[: len(place)] != place
        ]
        if name and who:
            shown = "; ".join(dict.fromkeys(who[:_MOST_NAMED])) + (" и другие" if len(who) > _MOST_NAMED else "")
            title = title_of(table, inner) if inner_place != place else title_of(table, row)
            raise KnownError("pack_editing.referenced", title=title, who=shown)
    changed = copy.deepcopy(plain)
    if isinstance(place[-1], int):
        held, at = _list_of(changed, place)
        del held[at]
    else:
        _row(changed, place[:-1]).pop(str(place[-1]))
    return changed


def move_row(plain: Plain, place: KeyPath, by: int) -> tuple[Plain, KeyPath]:
    """A row some places further among its neighbours; at the end it stays."""
    changed = copy.deepcopy(plain)
    held, at = _list_of(changed, place)
    to = max(0, min(len(held) - 1, at + by))
    held.insert(to, held.pop(at))
    return changed, (*place[:-1], to)


def row_words(plain: Plain, place: KeyPath) -> str:
    """What a step calls a row: «мероприятия: «Наставничество»»."""
    row = row_at(plain, place) or {}
    table = table_of(place)
    title = pack_words.cut(title_of(table, row), 60)
    caption = pack_words.table_caption(table.id)
    return f"{caption}: «{title}»" if title and table.is_list else caption


def _row(plain: Plain, place: KeyPath) -> Plain:
    row = row_at(plain, place)
    if row is None:
        raise KnownError("pack_editing.row_gone")
    return row


def _list_of(plain: Plain, place: KeyPath) -> tuple[list[Any], int]:
    _row(plain, place)
    held: Any = plain
    for part in place[:-1]:
        held = held[part]
    at = place[-1]
    if not isinstance(at, int):
        raise KnownError("pack_editing.row_gone")
    return held, at


def _where(plain: Plain, table: TableForm, beside: KeyPath) -> tuple[KeyPath, int | None]:
    """The row that holds the list, and the place in it of the row that is given."""
    depth = len(table.path)
    names = tuple(part for part in beside if isinstance(part, str))
    if names == table.path and isinstance(beside[-1], int):
        return beside[:-2], beside[-1]
    if depth and names == table.path[: depth - 1]:
        return beside, None
    outer = tables()[".".join(table.path[:-1])]
    found = [place for place, _ in rows_of(plain, outer)]
    if not found:
        raise KnownError("pack_editing.row_gone")
    return found[-1], None


def _fresh(plain: Plain, table: TableForm, neighbours: list[Any]) -> Plain:
    """A row with what it must hold, to be filled in."""
    row: Plain = {}
    for form in forms_of(table.cls).values():
        if form.name == name_field_of(table.cls) and (table.id, form.name) not in references():
            row[form.name] = _free_name(plain, table, "new")
        elif form.is_obligatory:
            value = _beginning(form, neighbours)
            if value is not None:
                row[form.name] = value
    return row


def _beginning(form: FieldForm, neighbours: list[Any]) -> Any:
    if form.shape is Shape.INTEGER:
        known = [one.get(form.name) for one in neighbours if isinstance(one.get(form.name), int)]
        return max(known, default=0) + 1 if form.name == "number" else 0
    if form.shape is Shape.WORD:
        return str(next(iter(form.inner)))
    if form.shape is Shape.ITEM:
        return {
            one.name: value
            for one in forms_of(form.inner).values()
            if one.is_obligatory and (value := _beginning(one, [])) is not None
        }
    begun: dict[Shape, Any] = {
        Shape.TEXT: "",
        Shape.FLAG: False,
        Shape.NUMBER: "0",
        Shape.TEXTS: [],
        Shape.NUMBERS: [],
        Shape.ITEMS: [],
    }
    return begun.get(form.shape)


def _names(plain: Plain, table: TableForm) -> set[str]:
    field = name_field_of(table.cls)
    return {str(row.get(field, "")) for _, row in rows_of(plain, table)} if field else set()


def _free_name(plain: Plain, table: TableForm, stem: str) -> str:
    taken = _names(plain, table)
    at = 1
    while f"{stem}-{at}" in taken:
        at += 1
    return f"{stem}-{at}"


def _rename_within(plain: Plain, table: TableForm, row: Plain) -> None:
    """Give a copied row and everything named inside of it codes that nobody has."""
    field = name_field_of(table.cls)
    if field in row and (table.id, field) not in references() and table.id.count(".choices") == 0:
        row[field] = _free_name(plain, table, str(row[field]))
    for form in forms_of(table.cls).values():
        if form.shape is Shape.ITEMS:
            inner = tables()[".".join((*table.path, form.name))]
            for item in row.get(form.name, []):
                _rename_within(plain, inner, item)


def _require_free(plain: Plain, place: KeyPath, table: TableForm, name: str) -> None:
    """Codes are alone in their list; those of questions in the whole pack."""
    within = place[:-1] if table.id.endswith((".choices", ".levels", ".states", ".rules")) else ()
    for other, row in rows_of(plain, table):
        if other != place and other[: len(within)] == within and str(row.get(name_field_of(table.cls))) == name:
            raise KnownError("pack_editing.code_taken", text=name)


def _referring(plain: Plain, table: TableForm, name: str) -> Iterator[tuple[Plain, str, KeyPath]]:
    """Rows whose field names the row of this table."""
    for (part, field), targets in references().items():
        if table.id in targets:
            for place, row in rows_of(plain, tables()[part]):
                value = row.get(field)
                if value == name or (isinstance(value, list) and name in value):
                    yield row, field, place


def _rename(row: Plain, field: str, old: str, new: Any) -> None:
    value = row[field]
    row[field] = [new if one == old else one for one in value] if isinstance(value, list) else new


def _with_inner(plain: Plain, place: KeyPath) -> Iterator[tuple[TableForm, KeyPath, Plain]]:
    """A row and every row inside of it."""
    table = table_of(place)
    yield table, place, _row(plain, place)
    for inner in tables().values():
        if inner.path[: len(table.path)] == table.path and len(inner.path) > len(table.path):
            for other, row in rows_of(plain, inner):
                if other[: len(place)] == place:
                    yield inner, other, row


def _is_default(form: FieldForm, value: object) -> bool:
    if form.is_obligatory:
        return False
    default: object = form.default
    if isinstance(default, tuple):
        return [str(one) for one in default] == value
    is_written = form.shape in (Shape.WORD, Shape.NUMBER)
    return str(value) == str(default) if is_written else value == default
