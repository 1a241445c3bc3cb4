"""How the log names entities and fields, and how batches of an older schema are read today.

An upcaster is frozen once its version is released: it turns (entity, field, value) of schema N into schema N + 1, or
None for a field that is gone. Names of a newer schema are kept in the log and projected after the upgrade.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shnor_desktop.domain.canonical import WireValue, parse_decimal, without_control
from shnor_desktop.domain.log import DELETED, ChangeKey
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import SCHEMA_VERSION, EntityInfo, entities
from shnor_desktop.models.team_parts import is_in_some_part

_BEYOND_MEASURE = 10**12
_LONGEST_NUMBER = 40
_LONGEST_CODE = 200
_LONGEST = {FieldKind.TEXT: 4_000, FieldKind.LONG_TEXT: 40_000}
_MOST_CHOICES = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Named = tuple[str, str, WireValue]
Upcaster = Callable[[str, str, WireValue], Named | None]


@dataclass(frozen=True, slots=True)
class LogSchema:
    """The entities that a store projects, with the way there from every older schema."""

    version: int = SCHEMA_VERSION
    entities: Mapping[str, EntityInfo] = field(default_factory=entities)
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)

    def read(self, schema: int, key: ChangeKey, value: WireValue = None) -> tuple[ChangeKey, WireValue] | None:
        """A change of an older schema in today's names; None when today's schema does not know it."""
        entity, name = key.entity, key.field
        for version in range(schema, self.version):
            upcaster = self.upcasters.get(version)
            if upcaster is None:
                continue
            moved = upcaster(entity, name, value)
            if moved is None:
                return None
            entity, name, value = moved
        info = self.entities.get(entity)
        if info is None or (name != DELETED and name not in info.fields):
            return None
        return ChangeKey(entity, key.row, name), value

    def may_write(self, role: WriterRole, key: ChangeKey) -> bool:
        """Whether a writer of that role may make this change; every replica computes it alike."""
        info = self.entities.get(key.entity)
        if info is None:
            return False
        if role is WriterRole.DELEGATE:
            return is_in_some_part(key.entity) and self.may_write(WriterRole.SCHOOL, key)
        if key.field == DELETED:
            return role in info.deleters
        return key.field in info.fields and role in info.fields[key.field].writers


def column_value(field_info: FieldInfo, value: WireValue) -> Any:
    """The value of a field as its column holds it, whoever wrote it: every replica makes the same of a foreign one.

    None for what no field of this kind can hold (another type, no day of a calendar, a number beyond all measure),
    which the check reports as missing; texts lose control signs, and what makes them longer than any of ours.
    """
    match field_info.kind, value:
        case _, None:
            return None
        case ((FieldKind.TEXT | FieldKind.LONG_TEXT), str(text)):
            return _text(text, _LONGEST[field_info.kind])
        case ((FieldKind.CHOICE | FieldKind.REFERENCE), str(text)):
            return _code(text)
        case FieldKind.DATE, str(text):
            return text if _is_day(text) else None
        case FieldKind.DECIMAL, str(text):
            return _decimal(text)
        case FieldKind.INTEGER, int(number) if not isinstance(number, bool):
            return number if abs(number) < _BEYOND_MEASURE else None
        case FieldKind.BOOLEAN, bool(flag):
            return flag
        case FieldKind.CHOICES, list(items) if len(items) <= _MOST_CHOICES and all(isinstance(i, str) for i in items):
            return [code for item in items if (code := _code(item)) is not None]
        case _:
            return None


def _text(text: str, longest: int) -> str:
    return without_control(text if len(text) <= longest else text[: longest - 1] + "…")


def _code(text: str) -> str | None:
    return without_control(text) if len(text) <= _LONGEST_CODE else None


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        return _FIRST_YEAR <= date.fromisoformat(text).year <= _LAST_YEAR
    except ValueError:
        return False


def _decimal(text: str) -> Decimal | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        number = parse_decimal(text)
    except ValueError:
        return None
    return number if abs(number) < _BEYOND_MEASURE else None
