"""What follows from the days of measures and the values of indicators: states, late days, the newest figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from shnor_desktop.domain.facts import IndicatorFact, IndicatorValueFact, MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences.occurrences import (
    CANCELLED,
    CLOSED,
    DONE,
    IN_PROGRESS,
    MOVED,
    PARTLY,
    PLANNED,
    Occurrence,
    Occurrences,
    occurrences_of,
)
from shnor_desktop.domain.occurrences.readings import deadlines_of
from shnor_desktop.domain.russian import short_date


def followed(pack: Pack, facts: SchoolFacts) -> SchoolFacts:
    """The facts with the state of each measure as its days say, its late and its last day, and the newest figures."""
    deadlines = deadlines_of(pack, facts)
    current = {measure.id for measure in facts.current(facts.measures)}
    measures, late, last = [], {}, {}
    for measure in facts.measures:
        found = occurrences_of(measure, deadlines)
        own = measure_of_days(measure, found)
        measures.append(own)
        open_day = found.late(facts.as_of) if own.state not in CLOSED else None
        if open_day is not None and measure.id in current:
            late[measure.id] = open_day.due
        if found.items:
            last[measure.id] = max(item.due for item in found.items)
    indicators = tuple(_with_newest(pack, item, facts.indicator_values) for item in facts.indicators)
    return replace(facts, measures=tuple(measures), indicators=indicators, late=late, last_days=last)


def measure_of_days(measure: MeasureFact, found: Occurrences) -> MeasureFact:
    """The measure with the state that its days give; without marks of days it stays as it was typed."""
    if not found.is_marked or measure.state in CLOSED:
        return measure
    state = _state_of(measure, found.items)
    evidence = [measure.evidence_given or "", *(_evidence(item, len(found.items)) for item in found.items)]
    notes = [measure.note or "", *(change_words(item) for item in found.items)]
    done = [item.mark.done_on for item in found.items if item.mark is not None and item.mark.done_on is not None]
    return replace(
        measure,
        state=state,
        done_on=max(done, default=measure.done_on) if state == DONE else measure.done_on,
        evidence_given=_joined(evidence) or None,
        note=_joined(notes) or None,
    )


def change_words(item: Occurrence) -> str:
    """«перенесено с 12.03.2025 на 20.03.2025: карантин», «снято 12.03.2025: …»; empty where nothing was changed."""
    reason = f": {item.reason}" if item.reason else ""
    if item.state == CANCELLED and item.mark is not None:
        return f"срок {short_date(item.planned)} снят{reason}"
    if item.is_moved:
        return f"перенесено с {short_date(item.planned)} на {short_date(item.due)}{reason}"
    return ""


def newest_value(
    indicator: str, values: Iterable[IndicatorValueFact], until: date | None = None
) -> IndicatorValueFact | None:
    """The value of an indicator that was measured last, up to a day if one is given."""
    own = (
        item
        for item in values
        if item.indicator == indicator
        and item.value is not None
        and item.measured_on is not None
        and (until is None or item.measured_on <= until)
    )
    return max(own, key=lambda item: (item.measured_on or date.min, item.id), default=None)


def _state_of(measure: MeasureFact, items: tuple[Occurrence, ...]) -> str | None:
    states = {item.state for item in items}
    if states == {CANCELLED}:
        return CANCELLED
    if all(item.is_closed for item in items):
        return DONE if states <= {DONE, CANCELLED} else PARTLY
    if PARTLY in states and len(items) == 1:
        return PARTLY
    if states & {DONE, PARTLY, IN_PROGRESS} or measure.state in (IN_PROGRESS, PARTLY):
        return IN_PROGRESS
    return MOVED if MOVED in states else measure.state or PLANNED


def _evidence(item: Occurrence, total: int) -> str:
    given = item.mark.evidence_given if item.mark is not None else None
    return f"{short_date(item.due)}: {given}" if given and total > 1 else given or ""


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(part for part in parts if part)


def _with_newest(pack: Pack, indicator: IndicatorFact, values: tuple[IndicatorValueFact, ...]) -> IndicatorFact:
    """The newest values stand where the two monitorings were typed: the first up to its day, then the second."""
    newest = newest_value(indicator.id, values)
    if newest is None or newest.measured_on is None:
        return indicator
    waves = sorted(wave.due for wave in pack.monitoring_waves)
    if len(waves) > 1 and newest.measured_on > waves[0]:
        first = newest_value(indicator.id, values, waves[0])
        reached = indicator.reached_first if first is None else first.value
        return replace(indicator, reached_first=reached, reached_second=newest.value)
    if indicator.reached_second is not None:
        return indicator
    return replace(indicator, reached_first=newest.value)
