"""How the log names entities and fields, and how batches of an older schema are read today.

An upcaster is frozen once its version is released: it turns (entity, field, value) of schema N into schema N + 1, or
None for a field that is gone. Names of a newer schema are kept in the log and projected after the upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shnor_desktop.domain.canonical import WireValue, parse_decimal
from shnor_desktop.domain.log import DELETED, ChangeKey
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import SCHEMA_VERSION, EntityInfo, entities

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
        if key.field == DELETED:
            return role in info.writers
        return key.field in info.fields and role in info.fields[key.field].writers


def column_value(field_info: FieldInfo, value: WireValue) -> Any:
    """The value of a field as its column holds it; None for a value of a wrong type, which the check reports."""
    match field_info.kind, value:
        case _, None:
            return None
        case FieldKind.DECIMAL, str(text):
            return _decimal(text)
        case FieldKind.INTEGER, bool():
            return None
        case FieldKind.INTEGER, int(number):
            return number
        case FieldKind.BOOLEAN, bool(flag):
            return flag
        case FieldKind.CHOICES, list(items) if all(isinstance(item, str) for item in items):
            return items
        case ((FieldKind.DECIMAL | FieldKind.INTEGER | FieldKind.BOOLEAN | FieldKind.CHOICES), _):
            return None
        case _, str(text):
            return text
        case _:
            return None


def _decimal(text: str) -> Decimal | None:
    try:
        return parse_decimal(text)
    except ValueError:
        return None
