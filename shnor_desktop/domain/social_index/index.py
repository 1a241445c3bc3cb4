"""The index of one school: shares of pupils scaled from 0 to 100, weighted by the table of the pack.

100 means the easiest conditions. The weights are those of the pack: no universal ones are published (field notes 2.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import IndexItem, Polarity, SocialIndex
from shnor_desktop.domain.metrics import METRICS, MetricValue, Missing, compute
from shnor_desktop.domain.metrics.values import tenth

_ALL = Decimal(100)
_LEAST_KNOWN = Decimal(50)
"""Percent of the weights from which there is an index."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One sign: its figure, the figure on the scale of 0–100, its part of the known weight in percent, what it adds."""

    item: IndexItem
    figure: MetricValue
    scaled: Decimal | None = None
    weight: Decimal = Decimal(0)
    contribution: Decimal | None = None

    @property
    def is_known(self) -> bool:
        """Whether it is part of the index."""
        return self.scaled is not None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to type; empty for a sign that is known or does not concern the school."""
        return self.figure.missing


@dataclass(frozen=True, slots=True)
class IndexValue:
    """The index, or None with what is missing: it needs at least half of the weights."""

    table: SocialIndex
    value: Decimal | None
    lines: tuple[IndexLine, ...]
    known: Decimal
    """Percent of all weights whose signs are known."""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Every sign that waits for a number."""
        return tuple(missing for line in self.lines for missing in line.missing)


def social_index(table: SocialIndex, facts: SchoolFacts) -> IndexValue:
    """Compute the index; the weights of the signs that are known are brought to 100 %."""
    figures = [(item, _figure(item, facts)) for item in table.items]
    scaled = [_scaled(item, figure) for item, figure in figures]
    pairs = list(zip(figures, scaled, strict=True))
    total = sum((item.weight for item in table.items), Decimal(0))
    known = sum((item.weight for (item, _), at in pairs if at is not None), Decimal(0))
    lines = tuple(_line(item, figure, at, known) for (item, figure), at in pairs)
    part = _ALL * known / total if total > 0 else Decimal(0)
    value = sum((line.contribution or Decimal(0) for line in lines), Decimal(0))
    return IndexValue(table, tenth(value) if known > 0 and part >= _LEAST_KNOWN else None, lines, tenth(part))


def _figure(item: IndexItem, facts: SchoolFacts) -> MetricValue:
    if item.metric not in METRICS:
        return MetricValue(None)
    return compute(item.metric, facts)


def _scaled(item: IndexItem, figure: MetricValue) -> Decimal | None:
    span = item.maximum - item.minimum
    if figure.value is None or span <= 0 or item.weight <= 0:
        return None
    within = min(max(figure.value, item.minimum), item.maximum)
    at = _ALL * (within - item.minimum) / span
    return _ALL - at if item.polarity is Polarity.LOWER_BETTER else at


def _line(item: IndexItem, figure: MetricValue, scaled: Decimal | None, known: Decimal) -> IndexLine:
    if scaled is None or known <= 0:
        return IndexLine(item, figure)
    weight = _ALL * item.weight / known
    return IndexLine(item, figure, tenth(scaled), tenth(weight), scaled * weight / _ALL)
