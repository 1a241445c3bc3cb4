"""By which field an item of a pack is known, and by which a person knows it."""

from __future__ import annotations

import dataclasses
from typing import Any

_NAMES = ("id", "code", "question", "difficulty")
_TITLES = ("title", "caption", "text", "full", "short_title", "short", "question", "difficulty", "invited")


def name_field_of(cls: Any) -> str:
    """The field that names an item among its neighbours; empty where items have no names."""
    held = {item.name for item in dataclasses.fields(cls)}
    return next((name for name in _NAMES if name in held), "")


def title_field_of(cls: Any) -> str:
    """The field that a person calls an item by; empty where there is none."""
    held = {item.name for item in dataclasses.fields(cls)}
    return next((name for name in _TITLES if name in held), "")


def name_of(item: Any) -> str:
    """The name of an item among its neighbours; empty where it has none."""
    field = name_field_of(type(item))
    return str(getattr(item, field)) if field else ""


def title_of(item: Any) -> str:
    """What a person calls an item."""
    field = title_field_of(type(item))
    return str(getattr(item, field)) if field else ""
