"""The plan of a pack with its deadlines read, so that each rule looks at the same dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.deadlines import DeadlineKind, PlanPeriod, Reading, read_deadline
from shnor_desktop.domain.methodology import Measure, Pack

WITHOUT_DATES = frozenset({DeadlineKind.EVENT, DeadlineKind.SCHEDULE, DeadlineKind.ON_DEMAND, DeadlineKind.UNKNOWN})
"""Readings that name no day of the calendar."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A numbered measure with its words, own or inherited, and what they mean in the period of the pack."""

    measure: Measure
    phrase: str
    reading: Reading | None

    @property
    def place(self) -> str:
        """«п. 2.1.3»."""
        return f"п. {self.measure.number}"

    @property
    def earliest(self) -> date | None:
        """The first day on which the measure can be done."""
        if self.measure.start or self.measure.due:
            return self.measure.start or self.measure.due
        return self.reading.windows[0].start if self.reading and self.reading.windows else None

    @property
    def first_due(self) -> date | None:
        """The last day of the first occurrence."""
        if self.reading and self.reading.windows:
            return self.reading.windows[0].end
        return self.measure.due


def period_of(pack: Pack) -> PlanPeriod:
    """The period in which the phrases of a pack are read."""
    return PlanPeriod(pack.period_start, pack.period_end)


def plan_lines(pack: Pack) -> Iterator[PlanLine]:
    """The measures of the source's plan, in its order."""
    period = period_of(pack)
    stages = {stage.number: PlanPeriod(stage.start, stage.end) for stage in pack.stages}
    for measure in pack.plan_measures():
        phrase = pack.deadline_of(measure)
        yield PlanLine(measure, phrase, read_deadline(phrase, period, stages) if phrase else None)
