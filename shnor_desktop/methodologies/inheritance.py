"""What packs have in common: a pack joined with the base that it inherits.

One rule for everything: tables are joined key by key; lists whose items are named (`id` or `code`) are joined item by
item, those of the base first and in its order; anything else of the pack replaces what the base has. `leaves_out` names
what the pack does not take over: a part («stages») or one item of it («measures/equipment.4»).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shnor_desktop.methodologies.findings import KeyPath

Note = Callable[[KeyPath, bool, KeyPath], None]
"""Told of every value of the joined tables whose place differs: path, whether it is the base's, path there."""


def without(tables: Mapping[str, Any], left_out: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """The base without what a pack leaves out, and the names that the base does not hold."""
    kept, unknown = dict(tables), []
    for name in left_out:
        part, _, item = name.partition("/")
        if part not in kept:
            unknown.append(name)
        elif not item:
            del kept[part]
        else:
            others = [held for held in kept[part] if name_of(held) != item] if isinstance(kept[part], list) else []
            if not isinstance(kept[part], list) or len(others) == len(kept[part]):
                unknown.append(name)
            else:
                kept[part] = others
    return kept, unknown


def join(base: Any, own: Any, note: Note, path: KeyPath = (), places: tuple[KeyPath, KeyPath] = ((), ())) -> Any:
    """The base's value with the pack's on top of it; `places` are the paths of both in their own folders."""
    if isinstance(base, dict) and isinstance(own, dict):
        return _join_tables(base, own, note, path, places)
    if isinstance(base, list) and isinstance(own, list) and _are_named(base) and _are_named(own):
        return _join_lists(base, own, note, path, places)
    note(path, False, places[1])
    return own


def name_of(item: Any) -> str:
    """The name of an item of a list; empty where it has none."""
    if not isinstance(item, dict):
        return ""
    name = item.get("id", item.get("code", ""))
    return name if isinstance(name, str) else ""


def _are_named(items: list[Any]) -> bool:
    return bool(items) and all(name_of(item) for item in items)


def _join_tables(
    base: dict[str, Any], own: dict[str, Any], note: Note, path: KeyPath, places: tuple[KeyPath, KeyPath]
) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for key in [*base, *(key for key in own if key not in base)]:
        inner, in_base, in_own = (*path, key), (*places[0], key), (*places[1], key)
        if key not in own:
            note(inner, True, in_base)
            joined[key] = base[key]
        elif key not in base:
            note(inner, False, in_own)
            joined[key] = own[key]
        else:
            joined[key] = join(base[key], own[key], note, inner, (in_base, in_own))
    return joined


def _join_lists(
    base: list[Any], own: list[Any], note: Note, path: KeyPath, places: tuple[KeyPath, KeyPath]
) -> list[Any]:
    own_at: dict[str, int] = {}
    for index, item in enumerate(own):
        own_at.setdefault(name_of(item), index)
    joined: list[Any] = []
    taken: set[int] = set()
    for index, item in enumerate(base):
        here, in_base = (*path, len(joined)), (*places[0], index)
        other = own_at.get(name_of(item))
        if other is None or other in taken:
            note(here, True, in_base)
            joined.append(item)
        else:
            taken.add(other)
            note(here, False, (*places[1], other))
            joined.append(join(item, own[other], note, here, (in_base, (*places[1], other))))
    for index, item in enumerate(own):
        if index not in taken:
            note((*path, len(joined)), False, (*places[1], index))
            joined.append(item)
    return joined
