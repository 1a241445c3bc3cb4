"""The registry of metrics: named functions over the facts of a school, with what their figures mean.

A pack names a metric by its name and can do no more: no expression of a pack is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Polarity, SampleSizes
from shnor_desktop.domain.metrics.samples import DEFAULT_SIZES, group_warning
from shnor_desktop.domain.metrics.values import MetricValue, Missing, does_not_apply

Compute = Callable[[SchoolFacts], MetricValue]
ComputeOfYear = Callable[[SchoolFacts, int | None], MetricValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure by name; `needs` says in one sentence what to fill, on `page`, while the figure is unknown."""

    name: str
    caption: str
    unit: str = "%"
    numerator_caption: str = ""
    denominator_caption: str = ""
    polarity: Polarity = Polarity.NONE
    page: str
    entity: str
    needs: str
    by_year: bool = False
    """The figure exists for each year of the procedures."""
    of_people: bool = True
    """A share of people, of whom a few change it much; else one of hours or of a checklist."""
    is_municipal: bool = False
    """A figure over the schools of a municipality: a centre computes it (`domain.metrics.municipal`)."""


_registered: dict[str, tuple[Metric, ComputeOfYear]] = {}
_metrics: dict[str, Metric] = {}
METRICS: Mapping[str, Metric] = MappingProxyType(_metrics)
"""Every metric by its name."""


def metric(description: Metric) -> Callable[[Compute], Compute]:
    """Registers a figure of the present state."""

    def register(function: Compute) -> Compute:
        def of_year(facts: SchoolFacts, year: int | None) -> MetricValue:
            return function(facts) if year is None else _not_kept(description)

        _add(description, of_year)
        return function

    return register


def metric_by_year(description: Metric) -> Callable[[ComputeOfYear], ComputeOfYear]:
    """Registers a figure that exists for each year; the function gets None for the newest."""

    def register(function: ComputeOfYear) -> ComputeOfYear:
        _add(replace(description, by_year=True), function)
        return function

    return register


def compute(name: str, facts: SchoolFacts, year: int | None = None, sizes: SampleSizes = DEFAULT_SIZES) -> MetricValue:
    """The figure of that name; `year` asks for an earlier year of the procedures. BugError for an unknown name.

    A share of a group smaller than `sizes` says carries a warning, and so do its parts.
    """
    try:
        description, function = _registered[name]
    except KeyError:
        raise BugError(f"no metric {name!r}") from None
    found = function(facts, year)
    if found.value is None and not found.missing and not found.not_applicable:
        missing = Missing(description.page, description.entity, description.needs)
        return replace(found, missing=(missing,))
    return with_warnings(description, found, sizes)


def with_warnings(description: Metric, found: MetricValue, sizes: SampleSizes) -> MetricValue:
    """The figure with what must be said of a small group, in the whole and in its parts."""
    if description.unit != "%" or not description.of_people:
        return found
    parts = tuple(part._replace(value=_warned(part.value, sizes)) for part in found.parts)
    return replace(_warned(found, sizes), parts=parts)


def known_metric_names() -> frozenset[str]:
    """The names that a pack may use."""
    return frozenset(METRICS)


def _add(description: Metric, function: ComputeOfYear) -> None:
    if description.name in _registered:
        raise BugError(f"metric {description.name!r} is declared twice")
    _registered[description.name] = (description, function)
    _metrics[description.name] = description


def register_municipal(description: Metric) -> None:
    """Make the name of a figure of a municipality known to packs; a school says of it that the centre computes it."""

    def of_year(facts: SchoolFacts, year: int | None) -> MetricValue:
        return does_not_apply("Это показатель муниципалитета: его вычисляет центр по реестру школ", year)

    _add(description, of_year)


def _warned(found: MetricValue, sizes: SampleSizes) -> MetricValue:
    words = group_warning(found.denominator, sizes) if found.value is not None else ""
    return replace(found, warning=words) if words else found


def _not_kept(description: Metric) -> MetricValue:
    sentence = "Значения прошлых лет по этому показателю не хранятся"
    return MetricValue(None, missing=(Missing(description.page, description.entity, sentence),))
