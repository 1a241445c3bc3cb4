"""Schools in similar conditions: thirds by the index, each with the result of all its participants together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.social_index.expectation import SchoolPoint, weighted_mean

_ENOUGH_TO_GROUP = 6
_TITLES = ("Более трудные условия", "Средние условия", "Более благоприятные условия")


@dataclass(frozen=True, slots=True)
class ContextGroup:
    """Schools whose index lies between `lowest` and `highest`; `reached` is weighted by participants."""

    title: str
    schools: tuple[str, ...]
    lowest: float
    highest: float
    participants: int
    reached: float | None


def context_groups(points: Sequence[SchoolPoint]) -> tuple[ContextGroup, ...]:
    """Three groups, from the hardest conditions; one of few schools. Schools of one index stay together."""
    ordered = sorted((point for point in points if point.participants > 0), key=lambda point: (point.index, point.id))
    if not ordered:
        return ()
    if len(ordered) < _ENOUGH_TO_GROUP:
        return (_group("Все школы", ordered),)
    cuts = [ordered[len(ordered) * part // 3 - 1].index for part in (1, 2)]
    parts: list[list[SchoolPoint]] = [[], [], []]
    for point in ordered:
        parts[sum(point.index > cut for cut in cuts)].append(point)
    return tuple(_group(title, part) for title, part in zip(_TITLES, parts, strict=True) if part)


def _group(title: str, points: Sequence[SchoolPoint]) -> ContextGroup:
    return ContextGroup(
        title,
        tuple(point.id for point in points),
        points[0].index,
        points[-1].index,
        sum(point.participants for point in points),
        weighted_mean(points),
    )
