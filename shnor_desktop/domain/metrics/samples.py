"""How many participants a figure needs before it says something: the limits are a parameter, ours only by default."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.russian import percent


@dataclass(frozen=True, slots=True)
class SampleSizes:
    """Limits of ФИОКО-2026 as the field notes give them (2.2): group analysis from 10; a distribution says something
    from 50, is approximate down to 20 and of limited use below."""

    group: int = 10
    distribution: int = 50
    approximate: int = 20


DEFAULT_SIZES = SampleSizes()


def group_warning(count: int | None, sizes: SampleSizes = DEFAULT_SIZES) -> str:
    """What to know of a share of so many; empty where the group is large enough or nothing is counted."""
    if not count or count >= sizes.group:
        return ""
    step = percent(Decimal(100) / count)
    return (
        f"Малая группа: n = {count}, меньше {sizes.group}. Один человек меняет долю на {step}, сравнивайте осторожно."
    )


def distribution_warning(count: int | None, sizes: SampleSizes = DEFAULT_SIZES) -> str:
    """What to know of a distribution of so many marks or scores."""
    if not count or count >= sizes.distribution:
        return ""
    if count >= sizes.approximate:
        return f"n = {count}, меньше {sizes.distribution}: распределение приблизительное."
    return f"n = {count}, меньше {sizes.approximate}: по распределению нельзя делать выводов."
