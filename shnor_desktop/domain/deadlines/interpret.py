"""From the chunks of a phrase to its meaning: the kind, the windows in the plan, how many times, after what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shnor_desktop.domain.deadlines.bounds import due_day, has_year, is_day, is_long, is_scope, under_year
from shnor_desktop.domain.deadlines.calendar import (
    DAY,
    LENGTHS,
    Grain,
    Span,
    clipped,
    occurrences,
    units,
    without,
)
from shnor_desktop.domain.deadlines.line import MONTH_AFTER, Bound, Chunk, Part, PickOf
from shnor_desktop.domain.deadlines.reading import DeadlineKind, PlanPeriod, Times, Window
from shnor_desktop.domain.deadlines.repetition import default_unit, picked, times_of_picks, times_of_places
from shnor_desktop.domain.deadlines.words import ROMAN

_ORDER = (
    DeadlineKind.RECURRING, DeadlineKind.ONGOING, DeadlineKind.STAGE, DeadlineKind.DATE, DeadlineKind.WINDOW,
)  # fmt: skip
"""Which kind a composite phrase has: the first of these that is there, else that of its first part."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What chunks say together; `windows` are clipped to the plan."""

    kind: DeadlineKind
    windows: tuple[Window, ...] = ()
    times: Times | None = None
    event: str = ""
    stage: str = ""
    is_optional: bool = False


def meaning_of(chunks: Sequence[Chunk], plan: PlanPeriod, stages: Mapping[str, PlanPeriod]) -> Meaning:
    """The meaning of all chunks; what stands behind «далее» begins where the part before it ends."""
    found: list[Meaning] = []
    after: date | None = None
    for segment in _segments(chunks):
        meaning = _Segment(segment, plan, stages).meaning()
        if meaning is None:
            continue
        if after is not None and meaning.kind in (DeadlineKind.RECURRING, DeadlineKind.ONGOING):
            later = tuple(window for window in meaning.windows if window.start >= after)
            if meaning.kind is DeadlineKind.ONGOING:
                later = clipped([replace(w, start=max(w.start, after + DAY)) for w in meaning.windows], plan)
            meaning = replace(meaning, windows=later)
        found.append(meaning)
        after = max((window.end for window in meaning.windows), default=after)
    return _together(found, plan)


def _segments(chunks: Sequence[Chunk]) -> Iterable[list[Chunk]]:
    segment: list[Chunk] = []
    for chunk in chunks:
        if chunk.part is Part.THEN:
            yield segment
            segment = []
        else:
            segment.append(chunk)
    yield segment


def _together(meanings: Sequence[Meaning], plan: PlanPeriod) -> Meaning:
    if not meanings:
        return Meaning(DeadlineKind.UNKNOWN)
    kinds = [meaning.kind for meaning in meanings]
    kind = next((kind for kind in _ORDER if kind in kinds), kinds[0])
    if kind is DeadlineKind.ONGOING and kinds[0] in (DeadlineKind.ON_DEMAND, DeadlineKind.SCHEDULE):
        kind = kinds[0]
    if kind is DeadlineKind.WINDOW or kind is DeadlineKind.DATE:
        kind = next(kind for kind in kinds if kind in (DeadlineKind.WINDOW, DeadlineKind.DATE))
    return Meaning(
        kind,
        clipped((window for meaning in meanings for window in meaning.windows), plan),
        next((meaning.times for meaning in meanings if meaning.times), None),
        next((meaning.event for meaning in meanings if meaning.event), ""),
        ", ".join(dict.fromkeys(meaning.stage for meaning in meanings if meaning.stage)),
        any(meaning.is_optional for meaning in meanings),
    )


class _Segment:
    """Chunks that belong together."""

    def __init__(self, chunks: Sequence[Chunk], plan: PlanPeriod, stages: Mapping[str, PlanPeriod]) -> None:
        self._chunks = chunks
        self._plan = plan
        self._stages = stages
        self._spans = under_year(self._of(Part.SPANS))
        self._main_spans = [chunk for chunk in self._spans if not chunk.is_aside]

    def _of(self, part: Part) -> list[Chunk]:
        return [chunk for chunk in self._chunks if chunk.part is part]

    def meaning(self) -> Meaning | None:
        """The parts of the segment, taken together."""
        parts: list[tuple[int, Meaning]] = list(self._in_words())
        is_repeated = bool(self._of(Part.FREQUENCY) or self._of(Part.PICK) or self._of(Part.EACH_YEAR)) or any(
            chunk.each_year for chunk in self._chunks
        )
        if is_repeated and self._is_place_in_months():
            parts.append((self._main_spans[0].begin, self._in_months()))
        elif is_repeated:
            parts.append((0, self._repeated()))
        elif self._of(Part.ONGOING):
            parts.append((self._of(Part.ONGOING)[0].begin, self._ongoing()))
        elif self._main_spans:
            parts.append((self._main_spans[0].begin, self._dated(self._main_spans)))
        asides = [chunk for chunk in self._spans if chunk.is_aside]
        if asides:
            parts.append((asides[0].begin, self._dated(asides)))
        if not parts:
            return None
        parts.sort(key=lambda part: part[0])
        together = _together([meaning for _, meaning in parts], self._plan)
        excepted = [w for chunk in self._of(Part.EXCEPT) for e in chunk.elements for w in occurrences(e, self._plan)]
        for chunk in self._of(Part.EXCEPT):
            excepted.extend(picked(chunk.pick, Grain.WEEK, 1, self._plan) if chunk.pick else ())
        return replace(together, windows=clipped(without(together.windows, excepted), self._plan))

    # ------------------------------------------------------------------------------------------------ dates and windows

    def _is_place_in_months(self) -> bool:
        """«ноябрь, 3-я неделя», «10 ноября (пятница)»: nothing repeats."""
        if self._of(Part.FREQUENCY) or self._of(Part.EACH_YEAR) or any(chunk.each_year for chunk in self._chunks):
            return False
        elements = [element for chunk in self._main_spans for element in chunk.elements]
        if not elements or any(chunk.bound is not Bound.AT for chunk in self._main_spans):
            return False
        if all(is_day(element) for element in elements):
            return all(chunk.is_weak for chunk in self._of(Part.PICK))
        is_of_months = all(isinstance(element, Span) and element.grain is Grain.MONTH for element in elements)
        units_picked = {chunk.pick.unit for chunk in self._of(Part.PICK) if chunk.pick}
        return is_of_months and units_picked <= {None, Grain.MONTH} and len(elements) == 1

    def _in_months(self) -> Meaning:
        places = self._main_spans
        if all(is_day(element) for chunk in places for element in chunk.elements):
            return self._dated(places)
        picks = self._of(Part.PICK)
        inside = self._inside(self._picked(picks, None, 1), places)
        is_of_days = all(chunk.pick is not None and chunk.pick.of is PickOf.WEEKDAYS for chunk in picks)
        return Meaning(DeadlineKind.DATE if is_of_days else DeadlineKind.WINDOW, tuple(inside))

    def _dated(self, chunks: Sequence[Chunk]) -> Meaning:
        first = chunks[0]
        if first.is_ongoing:
            kind = DeadlineKind.ONGOING
        elif first.bound is Bound.DUE or (first.bound is Bound.AT and all(is_day(e) for e in first.elements)):
            kind = DeadlineKind.DATE
        else:
            kind = DeadlineKind.WINDOW
        return Meaning(kind, self._windows(chunks))

    def _windows(self, chunks: Sequence[Chunk]) -> tuple[Window, ...]:
        found: list[Window] = []
        dues: set[date] = set()
        start = self._plan.start
        chunks = list(chunks)
        if len(chunks) == 2 and chunks[0].bound is Bound.FROM and chunks[1].bound is Bound.DUE:
            return self._from_until(chunks[0], chunks[1])
        for chunk in chunks:
            if chunk.bound is Bound.DUE:
                dues.update(self._due_dates(chunk))
            elif chunk.bound is Bound.FROM:
                found.extend(self._open(chunk))
            else:
                found.extend(window for element in chunk.elements for window in occurrences(element, self._plan))
        for due in sorted(dues):
            if due >= self._plan.start:
                found.append(Window(start, due))
                start = due + DAY
        return clipped(found, self._plan)

    def _due_dates(self, chunk: Chunk) -> list[date]:
        """Dates without a year count where they lie in the plan; a date after the plan is its end."""
        found: list[date] = []
        for element in chunk.elements:
            days = [due_day(window, element, chunk.is_inclusive) for window in occurrences(element, self._plan)]
            if not has_year(element):
                days = [day for day in days if self._plan.start <= day <= self._plan.end]
            found.extend(days)
        return found

    def _open(self, chunk: Chunk) -> list[Window]:
        starts = [window for element in chunk.elements for window in occurrences(element, self._plan)]
        days = [window.start if chunk.is_inclusive else window.end + DAY for window in starts]
        if any(has_year(element) for element in chunk.elements):
            return [Window(day, self._plan.end) for day in days[:1]]
        inside = [day for day in days if self._plan.start <= day <= self._plan.end]
        return [Window(day, self._plan.end) for day in inside[:1]]

    def _from_until(self, start: Chunk, end: Chunk) -> tuple[Window, ...]:
        dues = sorted(self._due_dates(end))
        found = []
        for element in start.elements:
            for window in occurrences(element, self._plan):
                due = next((day for day in dues if day >= window.start), None)
                if due is not None and (due - window.start).days < 370 * (1 + has_year(element) * 20):
                    found.append(Window(window.start, due))
        return clipped(found, self._plan) or self._windows([start])

    # ------------------------------------------------------------------------------------------------------- repetition

    def _repeated(self) -> Meaning:
        frequencies, picks = self._of(Part.FREQUENCY), self._of(Part.PICK)
        counted = next((chunk for chunk in frequencies if chunk.grain), None)
        if counted is None and frequencies and not picks:  # «регулярно»: how often is not said
            return Meaning(DeadlineKind.RECURRING, self._windows(self._main_spans) if self._main_spans else ())
        grain, step = (counted.grain, counted.step) if counted else (None, 1)
        scopes, places = self._scopes(
            grain or (default_unit([c.pick for c in picks if c.pick]) if picks else Grain.YEAR), step
        )
        times = counted.times if counted else None
        if picks:
            windows = self._picked(picks, grain, step)
            own = times_of_picks(picks)
            times = own if times is None or times == Times(1, 1, own.per) else times
        elif places:
            windows = list(self._windows(places))
            times = times_of_places(times, places)
        elif grain is not None:
            windows = list(clipped(units(grain, self._plan, step), self._plan))
        else:
            windows, times = list(clipped(units(Grain.YEAR, self._plan), self._plan)), Times(1, 1, "year")
        if picks and places and not scopes:
            windows = (
                [*windows, *self._windows(places)]
                if not self._inside(windows, places)
                else self._inside(windows, places)
            )
        return Meaning(DeadlineKind.RECURRING, tuple(self._limited(windows, scopes)), times)

    def _scopes(self, grain: Grain, step: int) -> tuple[list[Chunk], list[Chunk]]:
        """Spans longer than the unit say when it repeats; the others are its occurrences."""
        length = LENGTHS[grain] * step
        scopes = [chunk for chunk in self._of(Part.ONGOING)]
        places: list[Chunk] = []
        dues = sum(chunk.bound is Bound.DUE for chunk in self._main_spans)
        for chunk in self._main_spans:  # several due dates are those of the units
            is_due = dues > 1 and chunk.bound is Bound.DUE
            (scopes if is_scope(chunk, length) and not is_due else places).append(chunk)
        return scopes, places

    def _limited(self, windows: Sequence[Window], scopes: Sequence[Chunk]) -> list[Window]:
        if not scopes:
            return list(windows)
        bounded = [chunk for chunk in scopes if chunk.part is Part.SPANS]
        limits = list(self._windows(bounded)) if bounded else []
        for chunk in scopes:
            if chunk.part is Part.ONGOING:
                limits.extend(w for element in chunk.elements for w in occurrences(element, self._plan))
        if bounded and all(chunk.bound is Bound.DUE for chunk in bounded) and limits:
            limits = [Window(min(w.start for w in limits), max(w.end for w in limits))]
        found = [
            Window(max(window.start, limit.start), min(window.end, limit.end))
            for window in windows
            for limit in limits
            if window.end >= limit.start and window.start <= limit.end
        ]
        return sorted(set(found))

    def _inside(self, windows: Sequence[Window], places: Sequence[Chunk]) -> list[Window]:
        limits = self._windows(places)
        return [w for w in windows if any(limit.start <= w.end <= limit.end for limit in limits)]

    def _picked(self, picks: Sequence[Chunk], grain: Grain | None, step: int) -> list[Window]:
        found: list[Window] = []
        for chunk in picks:
            if chunk.pick is None:
                continue
            pick, own_step = chunk.pick, chunk.step
            if own_step > 1 and grain is Grain.MONTH:  # «ежемесячно, каждый второй вторник»: the second of the month
                pick, own_step = replace(pick, unit=Grain.MONTH, nths=(own_step,)), 1
            unit = pick.unit or grain or Grain.MONTH
            if pick.unit is None and pick.of is PickOf.DAYS and unit is not Grain.MONTH and not pick.month:
                pick = replace(pick, month=MONTH_AFTER)  # «ежеквартально, до 10 числа»: of the month after the quarter
            is_own_step = own_step if own_step > 1 else (step if pick.unit in (None, grain) else 1)
            found.extend(picked(pick, unit, is_own_step, self._plan))
        return list(clipped(found, self._plan))

    # ---------------------------------------------------------------------------------------------------------- ongoing

    def _ongoing(self) -> Meaning:
        own = [
            window for chunk in self._of(Part.ONGOING) for e in chunk.elements for window in occurrences(e, self._plan)
        ]
        own = list(clipped(own, self._plan))
        if not self._main_spans:
            return Meaning(DeadlineKind.ONGOING, tuple(own))
        is_scope = all(
            chunk.bound is not Bound.AT or is_long(chunk) or self._touches(chunk) for chunk in self._main_spans
        )
        named = self._windows(self._main_spans)
        return Meaning(DeadlineKind.ONGOING, named if is_scope else clipped([*own, *named], self._plan))

    def _touches(self, chunk: Chunk) -> bool:
        """No sign stands between it and what goes on."""
        return any(chunk.begin == other.end or other.begin == chunk.end for other in self._of(Part.ONGOING))

    # --------------------------------------------------------------------------------------------------------- in words

    def _in_words(self) -> Iterable[tuple[int, Meaning]]:
        for chunk in self._chunks:
            if chunk.part is Part.STAGE:
                yield chunk.begin, self._stage(chunk)
            elif chunk.part is Part.EVENT:
                days = () if self._spans else self._days(chunk)
                yield chunk.begin, Meaning(DeadlineKind.EVENT, days, event=chunk.text)
            elif chunk.part is Part.SCHEDULE:
                yield chunk.begin, Meaning(DeadlineKind.SCHEDULE)
            elif chunk.part is Part.DEMAND:
                optional = chunk.is_optional
                yield chunk.begin, Meaning(DeadlineKind.ON_DEMAND, event=chunk.text, is_optional=optional)

    def _days(self, chunk: Chunk) -> tuple[Window, ...]:
        return clipped((window for e in chunk.elements for window in occurrences(e, self._plan)), self._plan)

    def _stage(self, chunk: Chunk) -> Meaning:
        names = [ROMAN[number - 1] if number <= len(ROMAN) else str(number) for number in chunk.numbers]
        periods = [self._stages[name] for name in names if name in self._stages]
        if not names and chunk.text.lower().startswith(("кажд", "всех", "этапам", "поэтапно")):
            periods = list(self._stages.values())
        windows = () if self._spans else clipped((Window(p.start, p.end) for p in periods), self._plan)
        return Meaning(DeadlineKind.STAGE, windows, event=chunk.text, stage=", ".join(names))
