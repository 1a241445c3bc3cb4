"""What a metric gives: the figure, the counts it was made of, the rows behind it, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from shnor_desktop.domain.facts import Fact
from shnor_desktop.domain.scoring import Figure

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row that a figure came from; `counted` rows make the numerator, `note` is what the row adds («6 из 20»)."""

    entity: str
    id: str
    label: str
    counted: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a figure waits for: a sentence, and the page where it is typed."""

    page: str
    entity: str
    sentence: str
    row: str = ""
    field: str = ""


class MetricPart(NamedTuple):
    """The figure of one level of education, or of another part of the whole."""

    code: str
    caption: str
    value: MetricValue


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A figure, or None with what is missing: an unknown figure is never shown as zero."""

    value: Decimal | None
    numerator: int | Decimal | None = None
    denominator: int | None = None
    rows: tuple[RowRef, ...] = ()
    missing: tuple[Missing, ...] = ()
    year: int | None = None
    """The year of the procedures, where the figure has one."""
    parts: tuple[MetricPart, ...] = ()
    not_applicable: str = ""
    """Why the figure does not concern the school («В школе нет 10–11 классов»); then nothing is missing."""
    warning: str = ""
    """What a reader must know of a small group; empty where there is nothing."""

    def figure(self) -> Figure | None:
        """The value as `domain.scoring` judges it; None while it is unknown."""
        if self.value is None:
            return None
        numerator = self.numerator if isinstance(self.numerator, int) else None
        return Figure(self.value, numerator, self.denominator)


UNKNOWN = MetricValue(None)
"""Nothing is known; the registry adds the sentence of the metric."""
YES_NO = "да/нет"
"""The unit of a figure that is 1 or 0; its counts are 1 or 0 of 1, so that over schools it is a share of schools."""


def does_not_apply(reason: str, year: int | None = None) -> MetricValue:
    """The figure does not concern the school."""
    return MetricValue(None, year=year, not_applicable=reason)


def yes_no(is_so: bool, rows: Iterable[RowRef] = ()) -> MetricValue:
    """Yes or no."""
    return MetricValue(Decimal(int(is_so)), int(is_so), 1, tuple(rows))


def tenth(value: Decimal) -> Decimal:
    """Rounded half up to one place, as every figure is shown."""
    return value.quantize(TENTH, rounding=ROUND_HALF_UP)


def share(numerator: int, denominator: int, rows: Iterable[RowRef] = ()) -> MetricValue:
    """Percent of a whole; unknown of an empty one."""
    if denominator <= 0:
        return MetricValue(None, numerator, denominator, tuple(rows))
    return MetricValue(tenth(Decimal(numerator) * 100 / denominator), numerator, denominator, tuple(rows))


def ratio(numerator: int | Decimal, denominator: int, rows: Iterable[RowRef] = ()) -> MetricValue:
    """So many of one for one of the other; unknown where there is no other."""
    if denominator <= 0:
        return MetricValue(None, numerator, denominator, tuple(rows))
    return MetricValue(tenth(Decimal(numerator) / denominator), numerator, denominator, tuple(rows))


def count(rows: Sequence[Fact]) -> MetricValue:
    """How many rows there are."""
    return MetricValue(Decimal(len(rows)), len(rows), None, refs(rows))


def refs(rows: Iterable[Fact]) -> tuple[RowRef, ...]:
    """The rows, all counted."""
    return tuple(ref(row) for row in rows)


def ref(row: Fact, *, counted: bool = True, note: str = "") -> RowRef:
    """One row behind a figure."""
    return RowRef(row.entity, row.id, row.label, counted, note)


def share_of_rows(part: Sequence[Fact], whole: Sequence[Fact]) -> MetricValue:
    """Percent of the rows; every row of the whole is listed, those of the part are counted."""
    counted = {id(row) for row in part}
    return share(len(part), len(whole), (ref(row, counted=id(row) in counted) for row in whole))
