"""The difference of two packs, generic over their dataclasses: a field that is added later is compared too.

Items of a list are matched by their name (`id`, `code`, …), items without one by their place. Lists inside of an item
(blocks of a form, questions of a block) give changes of their own, with the items that they stand in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE
from shnor_desktop.domain.methodology_difference.naming import name_of, title_of

_SKIPPED = NOT_OF_THE_FILE
OF_PACK = ""
"""The part of the fields that stand in the pack itself: its title, its period."""


class ChangeKind(StrEnum):
    """What became of an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """The same, at another place among its neighbours."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item, before and after; values as the pack holds them."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that is added, removed, changed or moved. `item` is its newest form, `around` what it stands in."""

    kind: ChangeKind
    list: str
    """The field that holds it: `measures`, `questions`."""
    item: Any
    around: tuple[str, ...] = ()
    """Titles of the items around it, outermost first."""
    fields: tuple[FieldChange, ...] = ()

    @property
    def name(self) -> str:
        """The name of the item among its neighbours."""
        return name_of(self.item)

    @property
    def title(self) -> str:
        """What a person calls it."""
        return title_of(self.item)


@dataclass(frozen=True, slots=True)
class PartDifference:
    """Everything that differs in one part of a pack."""

    part: str
    changes: tuple[ItemChange, ...]


def difference(old: Pack, new: Pack) -> tuple[PartDifference, ...]:
    """What `new` has otherwise than `old`, in the order of the parts of a pack; nothing for equal packs."""
    found: list[PartDifference] = []
    own = _changed_fields(old, new)
    if own:
        found.append(PartDifference(OF_PACK, (ItemChange(ChangeKind.CHANGED, OF_PACK, new, (), own),)))
    for field in dataclasses.fields(Pack):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if _has_items(before, after):
            changes = tuple(_differ(field.name, before, after, ()))
            if changes:
                found.append(PartDifference(field.name, changes))
    return tuple(found)


def _has_items(*values: Any) -> bool:
    """Whether a field holds items of its own rather than a value."""
    for value in values:
        if dataclasses.is_dataclass(value):
            return True
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            return True
    return False


def _differ(field: str, old: Any, new: Any, around: tuple[str, ...]) -> Iterator[ItemChange]:
    if isinstance(old, tuple) or isinstance(new, tuple):
        yield from _lists(field, old or (), new or (), around)
    elif old is None:
        yield ItemChange(ChangeKind.ADDED, field, new, around)
    elif new is None:
        yield ItemChange(ChangeKind.REMOVED, field, old, around)
    else:
        yield from _items(field, old, new, around, is_moved=False)


def _lists(field: str, old: Sequence[Any], new: Sequence[Any], around: tuple[str, ...]) -> Iterator[ItemChange]:
    before, after = _by_name(old), _by_name(new)
    moved = _moved([name for name in before if name in after], [name for name in after if name in before])
    for name, item in after.items():
        if name not in before:
            yield ItemChange(ChangeKind.ADDED, field, item, around)
        else:
            yield from _items(field, before[name], item, around, is_moved=name in moved)
    for name, item in before.items():
        if name not in after:
            yield ItemChange(ChangeKind.REMOVED, field, item, around)


def _items(field: str, old: Any, new: Any, around: tuple[str, ...], *, is_moved: bool) -> Iterator[ItemChange]:
    if old == new:
        if is_moved:
            yield ItemChange(ChangeKind.MOVED, field, new, around)
        return
    own = _changed_fields(old, new)
    if own or is_moved:
        yield ItemChange(ChangeKind.CHANGED if own else ChangeKind.MOVED, field, new, around, own)
    inner = (*around, title_of(new)) if title_of(new) else around
    for name, before, after in _fields(old, new):
        if _has_items(before, after):
            yield from _differ(name, before, after, inner)


def _changed_fields(old: Any, new: Any) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before, after)
        for name, before, after in _fields(old, new)
        if before != after and not _has_items(before, after)
    )


def _fields(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    for field in dataclasses.fields(new):
        if field.name not in _SKIPPED:
            yield field.name, getattr(old, field.name), getattr(new, field.name)


def _by_name(items: Sequence[Any]) -> dict[str, Any]:
    """Items by their name; one without a name, or with a name that is taken, by its place."""
    found: dict[str, Any] = {}
    for at, item in enumerate(items):
        name = name_of(item)
        found[name if name and name not in found else f"#{at}"] = item
    return found


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest names that have to move to make the second order of the first: those outside of the longest run."""
    places = {name: at for at, name in enumerate(before)}
    best: list[tuple[int, str]] = []  # per length: the last name of the run with the smallest place
    came_from: dict[str, str] = {}
    for name in after:
        place = places[name]
        length = next((at for at, (other, _) in enumerate(best) if other >= place), len(best))
        if length:
            came_from[name] = best[length - 1][1]
        best[length : length + 1] = [(place, name)]
    kept: set[str] = set()
    name = best[-1][1] if best else ""
    while name:
        kept.add(name)
        name = came_from.get(name, "")
    return frozenset(after) - kept
