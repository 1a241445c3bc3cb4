"""The registry of metrics: named functions over the facts of a school, with what their figures mean.

A pack names a metric by its name and can do no more: no expression of a pack is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.values import MetricValue, Missing

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


def compute(name: str, facts: SchoolFacts, year: int | None = None) -> MetricValue:
    """The figure of that name; `year` asks for an earlier year of the procedures. BugError for an unknown name."""
    try:
        description, function = _registered[name]
    except KeyError:
        raise BugError(f"no metric {name!r}") from None
    found = function(facts, year)
    if found.value is None and not found.missing:
        missing = Missing(description.page, description.entity, description.needs)
        return replace(found, missing=(missing,))
    return found


def known_metric_names() -> frozenset[str]:
    """The names that a pack may use."""
    return frozenset(METRICS)


def _add(description: Metric, function: ComputeOfYear) -> None:
    if description.name in _registered:
        raise BugError(f"metric {description.name!r} is declared twice")
    _registered[description.name] = (description, function)
    _metrics[description.name] = description


def _not_kept(description: Metric) -> MetricValue:
    sentence = "Значения прошлых лет по этому показателю не хранятся"
    return MetricValue(None, missing=(Missing(description.page, description.entity, sentence),))
