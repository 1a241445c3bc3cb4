"""The layouts of plans that a person mended once, by the headings of the table: the next file of that kind is read so.

Format 1: {"format": 1, "layouts": {headings: {"kinds": [kind, …], "skip": rows between heading and data}}}.
Damaged parts are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.system.paths import data_folder

_MOST = 200
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """What each column holds, and how many rows below the heading the data begin."""

    kinds: tuple[str, ...]
    skip: int = 1


def layouts_file() -> Path:
    """Where the layouts lie."""
    return data_folder() / "plan_layouts.json"


def load_layouts() -> dict[str, KeptLayout]:
    """The layouts by their headings; a file that cannot be read holds none."""
    try:
        found = json.loads(layouts_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    layouts = found.get("layouts") if isinstance(found, dict) else None
    if not isinstance(layouts, dict):
        return {}
    read = {str(headings): _layout(value) for headings, value in layouts.items()}
    return {headings: layout for headings, layout in read.items() if layout is not None}


def keep_layouts(layouts: Mapping[str, KeptLayout]) -> None:
    """Add layouts to those that are kept, the newest last; a disk that refuses is no reason to trouble anybody."""
    whole = load_layouts()
    for headings, layout in layouts.items():
        if headings and len(headings) <= _LONGEST:
            whole.pop(headings, None)
            whole[headings] = layout
    kept = dict(list(whole.items())[-_MOST:])
    content = {"format": 1, "layouts": {key: {"kinds": list(one.kinds), "skip": one.skip} for key, one in kept.items()}}
    path = layouts_file()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(path)


def _layout(value: object) -> KeptLayout | None:
    if not isinstance(value, dict):
        return None
    kinds, skip = value.get("kinds"), value.get("skip", 1)
    if not isinstance(kinds, list) or not isinstance(skip, int) or not 0 <= skip < 100:
        return None
    return KeptLayout(tuple(str(kind) for kind in kinds), skip)
