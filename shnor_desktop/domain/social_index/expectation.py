"""What is expected of a school in its conditions: a band, never a rank.

With as many schools as the pack wants: least squares of the result on the index, fitted without the school itself, so
that a school is not measured by its own point; the band is one standard error of such a prediction, and never narrower
than the chance of the school's own small number of participants. With fewer schools there is no expectation and no
claim: only how far index and result lie from the mean of the centre. Source: field notes 2.3 (b)–(e).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import fmean, linear_regression, pstdev
from types import MappingProxyType

from shnor_desktop.domain.methodology import SocialIndex
from shnor_desktop.domain.russian import plural

FEWEST_SCHOOLS = 5
"""Of fewer no pack may want an expectation: a line through three others says nothing of the fourth."""
_ENOUGH_FOR_MEAN = 3
_DEFAULTS = SocialIndex("", "", ())


class Band(StrEnum):
    """Where the result lies."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """As it is said; never a place in a list."""
        return _WORDS[self]


_WORDS: Mapping[Band, str] = MappingProxyType(
    {
        Band.ABOVE: "выше ожидаемого",
        Band.WITHIN: "в пределах ожидаемого",
        Band.BELOW: "ниже ожидаемого",
        Band.UNKNOWN: "не определяется",
    }
)


@dataclass(frozen=True, slots=True)
class SchoolPoint:
    """A school whose index and result are known: `reached` is the percent of participants at the minimum or above."""

    id: str
    index: float
    reached: float
    participants: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """One school. Without `expected` only the distances from the mean (in standard deviations) are known."""

    point: SchoolPoint
    expected: float | None = None
    margin: float = 0.0
    band: Band = Band.UNKNOWN
    index_distance: float | None = None
    result_distance: float | None = None
    is_resilient: bool = False
    """Among the schools of the hardest conditions, and above what is expected there."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All schools of a centre that can be compared. `mean` is weighted by participants."""

    schools: Mapping[str, Expectation]
    mean: float | None
    has_expectation: bool
    why_not: str = ""
    """Why there is no expectation, in a sentence."""
    harder_share: Decimal = _DEFAULTS.harder_share

    def of(self, school: str) -> Expectation | None:
        """The expectation of a school; None where its index or result is not known."""
        return self.schools.get(school)


def compare(points: Sequence[SchoolPoint], table: SocialIndex | None = None) -> Comparison:
    """What is expected of each of the schools, by the parameters of the pack's table."""
    rules = table or _DEFAULTS
    usable = [point for point in points if point.participants > 0]
    mean = weighted_mean(usable)
    why_not = _why_not(usable, max(rules.schools_for_expectation, FEWEST_SCHOOLS))
    if why_not:
        return Comparison(
            {point.id: _distances(point, usable) for point in usable}, mean, False, why_not, rules.harder_share
        )
    harder = round(len(usable) * rules.harder_share / 100)
    limit = sorted(point.index for point in usable)[min(max(harder, 1), len(usable)) - 1]
    found = {point.id: _expected(point, usable, limit) for point in usable}
    return Comparison(found, mean, True, harder_share=rules.harder_share)


def weighted_mean(points: Sequence[SchoolPoint]) -> float | None:
    """The percent of all participants together: a large school weighs more than a small one."""
    people = sum(point.participants for point in points)
    return sum(point.reached * point.participants for point in points) / people if people else None


def _why_not(points: Sequence[SchoolPoint], enough: int) -> str:
    if len(points) < enough:
        return (
            f"Индекс и результаты известны у {plural(len(points), 'школы', 'школ', 'школ')}, нужно не меньше {enough}: "
            "ожидаемый результат не вычисляется."
        )
    if len({point.index for point in points}) < _ENOUGH_FOR_MEAN:
        return "Условия школ по индексу не различаются: ожидаемый результат не вычисляется."
    return ""


def _expected(point: SchoolPoint, points: Sequence[SchoolPoint], limit: float) -> Expectation:
    others = [other for other in points if other.id != point.id]
    xs, ys = [other.index for other in others], [other.reached for other in others]
    mean_x = fmean(xs)
    spread = sum((x - mean_x) ** 2 for x in xs)
    if spread <= 0:
        return _distances(point, points)
    slope, intercept = linear_regression(xs, ys)
    rest = sum((y - intercept - slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    error = math.sqrt(rest / (len(others) - 2) * (1 + 1 / len(others) + (point.index - mean_x) ** 2 / spread))
    expected = min(100.0, max(0.0, intercept + slope * point.index))
    margin = max(error, _chance(expected, point.participants))
    residual = point.reached - expected
    band = Band.ABOVE if residual > margin else Band.BELOW if residual < -margin else Band.WITHIN
    far = _distances(point, points)
    return Expectation(
        point,
        expected,
        margin,
        band,
        far.index_distance,
        far.result_distance,
        band is Band.ABOVE and point.index <= limit,
    )


def _chance(expected: float, participants: int) -> float:
    """The standard error of a share of so many people, in percent points."""
    part = min(0.99, max(0.01, expected / 100))
    return 100 * math.sqrt(part * (1 - part) / participants)


def _distances(point: SchoolPoint, points: Sequence[SchoolPoint]) -> Expectation:
    if len(points) < _ENOUGH_FOR_MEAN:
        return Expectation(point)
    return Expectation(
        point,
        index_distance=_distance(point.index, [other.index for other in points]),
        result_distance=_distance(point.reached, [other.reached for other in points]),
    )


def _distance(value: float, values: Sequence[float]) -> float:
    spread = pstdev(values)
    return (value - fmean(values)) / spread if spread > 0 else 0.0
