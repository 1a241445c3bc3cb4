"""«Выявление»: which categories each school belongs to and why, its social index, its results beside what is expected.

Nothing is stored: everything is computed from the facts by the rules of the pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.identification import IdentificationResult, LowResults, explanation, identify, parameters
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import Missing
from shnor_desktop.domain.russian import percent, plural
from shnor_desktop.domain.social_index import (
    DEFAULT_NOTE,
    Comparison,
    ContextGroup,
    Expectation,
    IndexValue,
    SchoolPoint,
    compare,
    context_groups,
    expectation_words,
    group_words,
    social_index,
)
from shnor_desktop.services.centre import school_ids
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.registry import StoreKey
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_LEAST_SCHOOLS = 2
"""Fewer are no group: the figure would be that of one school."""


@dataclass(frozen=True, slots=True)
class SchoolIdentification:
    """One school judged. `index` is None where the methodology has no table of weights."""

    id: str
    code: str
    name: str
    result: IdentificationResult
    index: IndexValue | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """«Почему школа попала»: a paragraph a category."""
        return explanation(self.result)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to type, of the categories and of the index, each thing once."""
        of_index = self.index.missing if self.index is not None else ()
        return tuple(dict.fromkeys((*self.result.missing, *of_index)))

    @property
    def point(self) -> SchoolPoint | None:
        """The school in a comparison; None without index or counted results."""
        low = self.result.low
        if self.index is None or self.index.value is None or low.participants <= 0:
            return None
        reached = 100 * (low.participants - low.below) / low.participants
        return SchoolPoint(self.id, float(self.index.value), reached, low.participants)


@dataclass(frozen=True, slots=True)
class CentreIdentification:
    """All schools of a centre, by name, and their comparison."""

    schools: tuple[SchoolIdentification, ...]
    comparison: Comparison
    groups: tuple[ContextGroup, ...]
    dynamics: tuple[str, ...]
    """A line a group: its result in each year; empty where the years cannot be compared."""
    parameters: tuple[tuple[str, str], ...]
    note: str
    """Stands under every comparison."""
    is_unconfirmed: bool

    def school(self, school: str) -> SchoolIdentification | None:
        """A school by its id."""
        return next((item for item in self.schools if item.id == school), None)

    def expectation(self, school: str) -> Expectation | None:
        """What is expected of a school; None where it cannot be compared."""
        return self.comparison.of(school)

    @property
    def group_lines(self) -> tuple[str, ...]:
        """Each group with its conditions, its result and its years."""
        pairs = zip(self.groups, self.dynamics, strict=True)
        return tuple(group_words(group) + (f". По годам: {years}" if years else "") for group, years in pairs)

    def comparison_words(self, school: str) -> str:
        """The comparison of a school in sentences."""
        return expectation_words(self.expectation(school), self.comparison)


def identification_of(pack: Pack, facts: SchoolFacts, school: str = "") -> SchoolIdentification:
    """Judge one school from facts that were read already."""
    card = facts.school
    index = social_index(pack.social_index, facts) if pack.social_index is not None else None
    return SchoolIdentification(
        id=school or (card.id if card else ""),
        code=(card.code if card else None) or "",
        name=card.label if card else "",
        result=identify(pack.identification, facts),
        index=index,
    )


def school_identification(workspace: Workspace, school: str | None = None) -> SchoolIdentification:
    """One school of this store; its own at a school's desk."""
    owner = school or workspace.school
    with workspace.reading() as reader:
        digest = reader.projection_digest(owner)
    return _judged(StoreKey(workspace), owner, digest)


def centre_identification(workspace: Workspace) -> CentreIdentification:
    """All schools of a centre; only those whose data changed are judged anew."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    judged = [school_identification(workspace, school) for school in school_ids(workspace)]
    return compared(workspace.pack, judged)


def compared(pack: Pack, judged: Sequence[SchoolIdentification]) -> CentreIdentification:
    """Schools that were judged, by name and beside each other."""
    points = [point for item in judged if (point := item.point) is not None]
    groups = context_groups(points)
    rules = pack.identification
    return CentreIdentification(
        schools=tuple(sorted(judged, key=lambda item: (item.name.casefold(), item.code, item.id))),
        comparison=compare(points, pack.social_index),
        groups=groups,
        dynamics=tuple(_dynamics(group, judged) for group in groups),
        parameters=parameters(rules),
        note=comparison_note(pack),
        is_unconfirmed=rules.unconfirmed,
    )


def _dynamics(group: ContextGroup, judged: Sequence[SchoolIdentification]) -> str:
    """The group over the years that all its counted schools have: the same schools are compared with themselves.

    «2023: 71,2 % из 402 участий, 2024: 73,8 % из 398 участий (3 школы из 4)»; empty where there are no two years.
    """
    members = [item.result.low for item in judged if item.id in group.schools]
    spans = {(low.first_year, low.last_year) for low in members}
    chosen: tuple[range, list[LowResults]] = range(0), []
    for first, last in sorted(spans):
        years = range(first, last + 1)
        found = [low for low in members if all(low.of_year(year)[0] for year in years)]
        if len(years) > 1 and len(found) >= len(chosen[1]):
            chosen = years, found
    window, whole = chosen
    if len(whole) < _LEAST_SCHOOLS:
        return ""
    parts = []
    for year in window:
        people = sum(low.of_year(year)[0] for low in whole)
        below = sum(low.of_year(year)[1] for low in whole)
        reached = percent(Decimal(100) * (people - below) / people)
        parts.append(f"{year}: {reached} из {plural(people, 'участия', 'участий', 'участий')}")
    return f"{', '.join(parts)} ({plural(len(whole), 'школа', 'школы', 'школ')} из {len(group.schools)})"


def comparison_note(pack: Pack) -> str:
    """What stands under every comparison: the pack's own words, else ours."""
    return pack.comparison_note or DEFAULT_NOTE


@lru_cache(maxsize=1024)
def _judged(key: StoreKey, school: str, digest: str) -> SchoolIdentification:
    return identification_of(key.workspace.pack, read_facts(key.workspace, school), school)
