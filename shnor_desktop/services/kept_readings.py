"""What was read once and holds until something is written: one change is read once for all the pages that show it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Place(Generic[T]):
    lock: threading.Lock = field(default_factory=threading.Lock)
    held: tuple[tuple[object, ...], T] | None = None


class Same:
    """Part of a stamp: this very object, not one that is equal to it."""

    __slots__ = ("what",)

    def __init__(self, what: object) -> None:
        self.what = what

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.what is self.what

    __hash__ = None  # type: ignore[assignment]


class KeptReadings(Generic[T]):
    """The newest readings by name, each with the stamp that it holds for. Readers of one name wait for one reading.

    What is kept is handed to several threads at once: only what nobody can change belongs here.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[Hashable, _Place[T]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable, stamp: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was read under the same stamp, or a new reading.

        The stamp is taken before: what is written while `make` reads gets another, and is never told as older.
        """
        place = self._place(name)
        with place.lock:
            if place.held is not None and place.held[0] == stamp:
                return place.held[1]
            place.held = None  # the old goes before the new comes: both at once are twice the memory
            made = make()
            place.held = (stamp, made)
            return made

    def _place(self, name: Hashable) -> _Place[T]:
        with self._lock:
            place = self._places.get(name)
            if place is None:
                place = self._places[name] = _Place()
            self._places.move_to_end(name)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
            return place
