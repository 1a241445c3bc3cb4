"""All entities by their log names, with their fields in the order of declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models import (
    attachments,
    checks,
    deadlines,
    development_plans,
    diagnostics,
    difficulties,
    education,
    erasures,
    monitoring,
    municipality,
    partners,
    programme,
    pupils,
    quality,
    results,
    review,
    roadmap,
    school,
    staff,
    support,
    teaching,
    teamwork,
)
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo, FieldKind

_MODULES = (
    school,
    staff,
    results,
    education,
    diagnostics,
    programme,
    roadmap,
    partners,
    development_plans,
    monitoring,
    support,
    review,
    checks,
    municipality,
    deadlines,
    difficulties,
    teaching,
    pupils,
    quality,
    attachments,
    teamwork,
    erasures,
)

SCHEMA_VERSION = 1
"""Version of the entities and fields as the log names them; a later one reads older batches through upcasters."""


@dataclass(frozen=True, slots=True)
class EntityInfo:
    """One entity as every layer sees it; `cls` is its mapped class."""

    log_name: str
    caption: str
    plural: str
    natural_key: tuple[str, ...]
    parent: str
    title_field: str
    cls: type[Entity]
    fields: Mapping[str, FieldInfo]
    is_root: bool = False
    stays: bool = False

    @property
    def writers(self) -> frozenset[WriterRole]:
        """Who may begin a row: everyone who may write one of its fields."""
        return frozenset(role for field in self.fields.values() for role in field.writers)

    @property
    def deleters(self) -> frozenset[WriterRole]:
        """Who may delete a row: who gives it its name. A school answers a remark and does not make it vanish."""
        return self.fields[self.title_field].writers if self.title_field else self.writers

    def may_hold(self, row: str, school: str) -> bool:
        """Whether a row of this id may stand in the data of a school."""
        return not self.is_root or row == school


@cache
def entities() -> Mapping[str, EntityInfo]:
    """Every entity, by log name, in the order in which a school meets them."""
    found: dict[str, EntityInfo] = {}
    for module in _MODULES:
        for cls in vars(module).values():
            if isinstance(cls, type) and issubclass(cls, Entity) and cls.__module__ == module.__name__:
                found[cls.log_name] = _describe(cls)
    _require_sound(found)
    return MappingProxyType(found)


def entity(log_name: str) -> EntityInfo:
    """The entity of that log name; BugError when there is none."""
    try:
        return entities()[log_name]
    except KeyError:
        raise BugError(f"no entity {log_name!r}") from None


def info_of(cls: type[Entity]) -> EntityInfo:
    """The description of a mapped class."""
    return entity(cls.log_name)


def _describe(cls: type[Entity]) -> EntityInfo:
    fields = {
        column.name: replace(column.info["field"], name=column.name)
        for column in cls.__table__.columns
        if "field" in column.info
    }
    return EntityInfo(
        cls.log_name,
        cls.caption,
        cls.plural,
        cls.natural_key,
        cls.parent,
        cls.title_field,
        cls,
        MappingProxyType(fields),
        cls.is_root,
        cls.stays,
    )


def _require_sound(found: Mapping[str, EntityInfo]) -> None:
    for info in found.values():
        for name in (*info.natural_key, *filter(None, (info.parent, info.title_field))):
            if name not in info.fields:
                raise BugError(f"{info.log_name} has no field {name!r}")
        for field in info.fields.values():
            if field.kind is FieldKind.REFERENCE and field.target not in found:
                raise BugError(f"{info.log_name}.{field.name} refers to {field.target!r}")
