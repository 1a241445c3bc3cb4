"""What to know of a share of a small group; how small it may be says the methodology (field notes 2.2)."""

from __future__ import annotations

from decimal import Decimal

from shnor_desktop.domain.methodology import SampleSizes
from shnor_desktop.domain.russian import percent

DEFAULT_SIZES = SampleSizes()
"""Group analysis from 10 participants, where a methodology says nothing else."""


def group_warning(count: int | None, sizes: SampleSizes = DEFAULT_SIZES) -> str:
    """What to know of a share of so many; empty where the group is large enough or nothing is counted."""
    if not count or count >= sizes.group:
        return ""
    step = percent(Decimal(100) / count)
    about = f"Малая группа: n = {count}, меньше {sizes.group}."
    return f"{about} Один человек меняет долю на {step}, сравнивайте осторожно."
