"""A statement about results: what is seen, on how many participants, and how far it carries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shnor_desktop.domain.methodology import Level, SampleSizes
from shnor_desktop.domain.russian import NBSP, number
from shnor_desktop.domain.sheet_counts import one_work_words


class StatementKind(StrEnum):
    """What a statement is about."""

    BELOW = "below"
    TASKS = "tasks"
    DYNAMICS = "dynamics"
    JOURNAL = "journal"
    BORDERS = "borders"


@dataclass(frozen=True, slots=True)
class Statement:
    """`level` high asks for action, medium for a look, low is well, unknown says that nothing can be concluded."""

    kind: StatementKind
    level: Level
    text: str
    n: int
    caution: str = ""


def caution(n: int, samples: SampleSizes) -> str:
    """How far a figure over so many carries; empty from the informative size on."""
    if n >= samples.distribution_informative:
        return ""
    if n >= samples.distribution_approximate:
        return f"n{NBSP}={NBSP}{n}, меньше {samples.distribution_informative}: вывод приблизительный."
    if n <= 0:
        return "Число участников не указано: вывод ограничен."
    return f"n{NBSP}={NBSP}{n}, меньше {samples.distribution_approximate}: вывод ограничен, {one_work_words(n)}."


def points(value: Decimal) -> str:
    """«12,5 п. п.»."""
    return f"{number(value.quantize(Decimal('0.1')))}{NBSP}п.{NBSP}п."
