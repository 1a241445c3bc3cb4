"""The deadlines of a plan as they are read here: by the program, or as a person corrected them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from shnor_desktop.domain.deadlines import DeadlineKind, PlanPeriod, Reading, Times, Window, describe, read_deadline
from shnor_desktop.domain.facts import MeasureFact, OccurrenceFact, ReadingFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack

MAX_WINDOWS = 120
WAITING = (DeadlineKind.EVENT, DeadlineKind.SCHEDULE, DeadlineKind.ON_DEMAND)
"""Kinds that name no day of their own."""


@dataclass(frozen=True, slots=True)
class PhraseReading:
    """A phrase as it is understood here: by the program, or as a person corrected it."""

    reading: Reading
    is_corrected: bool = False

    @property
    def is_sure(self) -> bool:
        """Nothing asks to be looked at again."""
        has_days = bool(self.reading.windows) or self.reading.kind in WAITING
        return self.reading.recognised and self.reading.confident and has_days

    @property
    def is_optional(self) -> bool:
        """Done when it is needed: never overdue."""
        return self.reading.is_optional or self.reading.kind is DeadlineKind.ON_DEMAND

    def words(self, on: date) -> str:
        """«читается так: 4 срока, ближайший 31.12.2024», or what was not understood; empty for no phrase."""
        reading = self.reading
        if not reading.phrase.strip():
            return ""
        if not reading.recognised:
            part = "; ".join(reading.unparsed) or reading.phrase
            return f"не понято: «{_cut(part)}» — укажите срок сами"
        by_hand = " (исправлено вами)" if self.is_corrected else ""
        return f"читается так: {describe(reading, on)}{by_hand}"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Reads the phrases of one plan; `corrections` by the normalised phrase."""

    plan: PlanPeriod
    on: date
    stages: tuple[tuple[str, str, PlanPeriod], ...] = ()
    """Id, number and days of each stage of the methodology."""
    corrections: Mapping[str, ReadingFact] | None = None
    marks: Mapping[str, tuple[OccurrenceFact, ...]] | None = None
    """What people told of single days, by measure."""

    def read(self, phrase: str | None, stage: str | None = None) -> PhraseReading:
        """What a phrase means in this plan, «данный этап» being the one of that id."""
        words = (phrase or "").strip()
        fact = (self.corrections or {}).get(normalised(words))
        found = _corrected(fact, words, self.plan) if fact is not None else None
        return self.by_program(words, stage) if found is None else PhraseReading(found, is_corrected=True)

    def of(self, measure: MeasureFact) -> PhraseReading:
        """How the deadline of a measure is read."""
        return self.read(measure.deadline, measure.stage)

    def by_program(self, phrase: str, stage: str | None = None) -> PhraseReading:
        """The reading of the program, whatever was corrected."""
        found = _read(phrase.strip(), self.plan, self.stages)
        if found.kind is DeadlineKind.STAGE and not found.windows:
            own = next((days for code, _, days in self.stages if code == stage), None)
            if own is not None and own.end >= self.plan.start and own.start <= self.plan.end:
                window = Window(max(own.start, self.plan.start), min(own.end, self.plan.end))
                found = replace(found, windows=(window,))
        return PhraseReading(found)

    def start_of(self, found: PhraseReading, window: Window) -> date | None:
        """When the work of a window begins; «до 15 мая» says nothing of it."""
        is_until = found.reading.kind is DeadlineKind.DATE and window.start == self.plan.start
        return None if is_until else window.start

    def span(self, found: PhraseReading) -> tuple[date | None, date | None]:
        """Start and due of a measure with this deadline; what waits for something ends with the plan."""
        windows = found.reading.windows
        if windows:
            first = min(windows, key=lambda window: window.start)
            return self.start_of(found, first), max(window.end for window in windows)
        return None, self.plan.end if found.reading.kind in WAITING else None

    def words(self, phrase: str | None) -> str:
        """How a phrase is read, in words."""
        return self.read(phrase).words(self.on)


def normalised(phrase: str) -> str:
    """Phrases that differ in case and spaces only are one phrase."""
    return " ".join(phrase.split()).casefold()[:200]


def plan_of(pack: Pack, facts: SchoolFacts) -> PlanPeriod:
    """The dates of the current programme, else those of the methodology."""
    programme = facts.programme
    starts = (programme and programme.starts_on) or pack.period_start
    ends = (programme and programme.ends_on) or pack.period_end
    return PlanPeriod(starts, ends) if starts <= ends else plan_of_pack(pack)


def plan_of_pack(pack: Pack) -> PlanPeriod:
    """The dates of the methodology itself."""
    return PlanPeriod(pack.period_start, max(pack.period_start, pack.period_end))


def deadlines_of(pack: Pack, facts: SchoolFacts) -> Deadlines:
    """How the deadlines of a school are read on the day of the facts."""
    corrections = corrections_of(pack, facts.readings)
    return Deadlines(plan_of(pack, facts), facts.as_of, stages_of_pack(pack), corrections, marks_of(facts.occurrences))


def marks_of(marks: Sequence[OccurrenceFact]) -> dict[str, tuple[OccurrenceFact, ...]]:
    """What people told of single days, by measure."""
    found: dict[str, tuple[OccurrenceFact, ...]] = {}
    for mark in marks:
        if mark.measure:
            found[mark.measure] = (*found.get(mark.measure, ()), mark)
    return found


def stages_of_pack(pack: Pack) -> tuple[tuple[str, str, PlanPeriod], ...]:
    """The stages that phrases may name."""
    sound = (stage for stage in pack.stages if stage.start <= stage.end)
    return tuple((stage.id, stage.number, PlanPeriod(stage.start, stage.end)) for stage in sound)


def corrections_of(pack: Pack, readings: Sequence[ReadingFact]) -> dict[str, ReadingFact]:
    """The corrections of one methodology by phrase."""
    return {item.phrase: item for item in readings if item.phrase and item.pack == pack.id}


def _corrected(fact: ReadingFact, phrase: str, plan: PlanPeriod) -> Reading | None:
    """The reading that a person gave; None where it cannot be read, or speaks of another plan than this one."""
    try:
        kind = DeadlineKind(fact.kind or "")
        pairs = json.loads(fact.windows) if fact.windows else []
        windows = [Window(date.fromisoformat(start), date.fromisoformat(end)) for start, end in pairs[:MAX_WINDOWS]]
    except (ValueError, TypeError, KeyError, RecursionError):  # another program may have written anything
        return None
    inside = tuple(one for one in windows if one.start <= one.end and one.end >= plan.start and one.start <= plan.end)
    if kind is DeadlineKind.UNKNOWN or (kind not in WAITING and not inside):
        return None
    return Reading(
        phrase=phrase,
        kind=kind,
        windows=inside,
        times=Times(1, 1, fact.times) if fact.times else None,
        event=fact.event or "",
        is_optional=bool(fact.is_optional),
    )


@lru_cache(maxsize=2048)
def _read(phrase: str, plan: PlanPeriod, stages: tuple[tuple[str, str, PlanPeriod], ...]) -> Reading:
    if not phrase:
        return Reading("", DeadlineKind.UNKNOWN)
    return read_deadline(phrase, plan, {number: days for _, number, days in stages})


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
