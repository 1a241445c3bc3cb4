"""Counts of people out of what a report shows: counts as they are, percents only where they give whole people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.importers.school_tables.found import Doubt

_HUNDRED = Decimal(100)
_SLACK = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people each part is. Without certainty they are an offer, and `doubt` says why."""

    parts: tuple[int | None, ...]
    is_sure: bool = True
    doubt: Doubt | None = None


def counts_of(values: Sequence[Decimal | None], participants: int | None, *, percents: bool = False) -> Counts:
    """Read the parts of one whole; `percents` when the headings say so. Empty parts are nobody if any is filled."""
    nothing = Counts((None,) * len(values))
    if all(value is None for value in values):
        return nothing
    filled = [value if value is not None else Decimal(0) for value in values]
    if any(value < 0 for value in filled):
        return Counts(nothing.parts, False, Doubt("negative"))
    total = sum(filled, Decimal(0))
    are_whole = all(value == value.to_integral_value() for value in filled)
    if are_whole and not percents and (participants is None or total == participants):
        is_hundred = participants is None and total == _HUNDRED
        return Counts(_whole(filled), not is_hundred, Doubt("percent_or_people") if is_hundred else None)
    if percents or _is_near(total, _HUNDRED, filled) or (not are_whole and _is_near(total, Decimal(1), filled)):
        return _from_percents(filled, total, participants, nothing)
    if are_whole and participants is not None:
        code = "marks_exceed" if total > participants else "marks_below"
        return Counts(_whole(filled), False, Doubt(code, {"sum": int(total), "participants": participants}))
    return Counts(nothing.parts, False, Doubt("percent_sum", {"sum": _shown(total)}))


def _from_percents(values: list[Decimal], total: Decimal, participants: int | None, nothing: Counts) -> Counts:
    if _is_near(total, Decimal(1), values) and total < 2:
        values, total = [value * _HUNDRED for value in values], total * _HUNDRED
    if participants is None:
        return Counts(nothing.parts, False, Doubt("percent_alone"))
    people = [participants * value / _HUNDRED for value in values]
    rounded = [int(one.quantize(Decimal(1), ROUND_HALF_UP)) for one in people]
    step = Decimal(1).scaleb(-max(_places(value) for value in values))
    slack = participants * step / 2 / _HUNDRED + _SLACK
    if not _is_near(total, _HUNDRED, values):
        return Counts(tuple(rounded), False, Doubt("percent_sum", {"sum": _shown(total)}))
    are_whole = all(abs(one - whole) <= slack for one, whole in zip(people, rounded, strict=True))
    if are_whole and slack < Decimal("0.5") and sum(rounded) == participants:
        return Counts(tuple(rounded))
    return Counts(tuple(rounded), False, Doubt("percent_not_whole", {"participants": participants}))


def _is_near(total: Decimal, whole: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether rounded parts may add up to the whole."""
    step = Decimal(1).scaleb(-max((_places(value) for value in values), default=0))
    return abs(total - whole) <= step / 2 * len(values) + _SLACK


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _whole(values: Sequence[Decimal]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP)}".replace(".", ",")
