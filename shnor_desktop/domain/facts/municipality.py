"""Facts of a municipal centre: its registry of schools and what is known of each school that sent a package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shnor_desktop.domain.facts.base import Fact
from shnor_desktop.domain.facts.snapshot import SchoolFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryFact(Fact):
    """A school of the municipality in the registry of a year; None is «not said»."""

    entity = "registered_school"
    title_field = "name"

    year: int | None = None
    code: str | None = None
    name: str | None = None
    categories: tuple[str, ...] = ()
    included_since: int | None = None
    is_analysed: bool | None = None
    in_events: bool | None = None
    trained_staff: int | None = None
    realises: bool | None = None
    has_succeeded: bool | None = None
    disseminates: bool | None = None
    is_practice_site: bool | None = None

    @property
    def is_registered(self) -> bool:
        """Whether the school stands in the registry as one that needs support."""
        return bool(self.categories)


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreFacts:
    """What a centre knows on one day: the registry of every year, and its schools by their codes."""

    as_of: date
    registry: tuple[RegistryFact, ...] = ()
    schools: Mapping[str, SchoolFacts] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that have a registry, the newest first."""
        return tuple(sorted({row.year for row in self.registry if row.year is not None}, reverse=True))

    def of_year(self, year: int | None = None) -> tuple[RegistryFact, ...]:
        """The registry of a year, by name; of the newest one where none is named."""
        wanted = year if year is not None else next(iter(self.years), None)
        found = [row for row in self.registry if row.year == wanted]
        return tuple(sorted(found, key=lambda row: (row.label.casefold(), row.code or "")))
