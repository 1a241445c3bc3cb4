"""The JSON Schema of a pack, derived from its dataclasses, for editors outside of the program.

The file in `resources/methodologies/schema` is this function's answer; `python -m shnor_desktop.methodologies.schema`
prints it.
"""

from __future__ import annotations

import dataclasses
import json
import types
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE

_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": ["number", "string"]},
    date: {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
}


def pack_schema() -> dict[str, Any]:
    """The schema of the plain form of a pack, as `pack` stands in its travelling form."""
    definitions: dict[str, Any] = {}
    root = _schema_of(Pack, definitions)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **root, "definitions": definitions}


def schema_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(pack_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _schema_of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is tuple:
        return {"type": "array", "items": _schema_of(get_args(hint)[0], definitions)}
    if origin in (Union, types.UnionType):
        return _schema_of(next(arg for arg in get_args(hint) if arg is not type(None)), definitions)
    if dataclasses.is_dataclass(hint):
        name = hint.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = {}  # stands while its fields are read
            definitions[name] = _table_schema(hint, definitions)
        return {"$ref": f"#/definitions/{name}"}
    if issubclass(hint, StrEnum):
        return {"enum": [str(word) for word in hint]}
    return dict(_SCALARS[hint])


def _table_schema(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    fields = [item for item in dataclasses.fields(cls) if item.name not in NOT_OF_THE_FILE]
    return {
        "type": "object",
        "properties": {item.name: _schema_of(hints[item.name], definitions) for item in fields},
        "required": sorted(item.name for item in fields if item.default is dataclasses.MISSING),
        "additionalProperties": False,
    }


if __name__ == "__main__":
    print(schema_text(), end="")
