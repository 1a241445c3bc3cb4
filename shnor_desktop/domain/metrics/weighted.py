"""A figure over several schools: weighted by participants, never the mean of percentages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from shnor_desktop.domain.methodology import SampleSizes
from shnor_desktop.domain.metrics.registry import Metric, with_warnings
from shnor_desktop.domain.metrics.samples import DEFAULT_SIZES
from shnor_desktop.domain.metrics.values import YES_NO, MetricPart, MetricValue, ratio, share


def weighted(description: Metric, values: Sequence[MetricValue], sizes: SampleSizes = DEFAULT_SIZES) -> MetricValue:
    """The sum of the numerators to the sum of the denominators; counts are added up, «yes» makes a share of schools.

    A school whose figure is unknown or does not concern it is left out: who calls says which.
    """
    found = with_warnings(description, _together(description.unit, values), sizes)
    codes = {part.code: part.caption for value in values for part in value.parts}
    parts = []
    for code, caption in codes.items():
        of_code = [part.value for value in values for part in value.parts if part.code == code]
        parts.append(MetricPart(code, caption, with_warnings(description, _together(description.unit, of_code), sizes)))
    return MetricValue(
        found.value, found.numerator, found.denominator, year=found.year, parts=tuple(parts), warning=found.warning
    )


def _together(unit: str, values: Sequence[MetricValue]) -> MetricValue:
    known = [value for value in values if value.value is not None]
    if not known:
        return MetricValue(None)
    if any(value.denominator is None for value in known):
        total = sum((value.value for value in known if value.value is not None), Decimal(0))
        return MetricValue(total, int(total) if total == int(total) else total)
    numerator = sum((Decimal(value.numerator or 0) for value in known), Decimal(0))
    denominator = sum(value.denominator or 0 for value in known)
    if unit in ("%", YES_NO):
        return share(int(numerator), denominator)
    return ratio(numerator, denominator)
