"""What a copy keeps for itself (`LocalRecords.kept`) as JSON: a dataclass or a struct, written and read back."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

_Kept = TypeVar("_Kept")


def kept_json(value: Any) -> str:
    """The JSON of a value. In ASCII: a path of this computer may be in no Unicode form."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def kept_value(body: str, kind: type[_Kept]) -> _Kept:
    """The value that was kept."""
    return msgspec.convert(json.loads(body), kind)
