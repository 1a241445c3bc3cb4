"""The target indicators of the programme: what was measured on which day, and how that stands to the way planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.facts import IndicatorFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.methodology import Indicator, Pack
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.occurrences import newest_value, plan_of
from shnor_desktop.domain.russian import NBSP, number, percent, short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import IndicatorValue
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.indicators import IndicatorLine, indicator_lines_of, is_municipal, sizes_of
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

_INFO = info_of(IndicatorValue)
_TENTH = Decimal("0.1")
_NEAR = Decimal("0.05")
"""Which part of the whole way may be missing before it is called behind."""


class Pace(StrEnum):
    """How the newest value stands to the straight way from base to target."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    WORSE = "worse"
    """Farther from the target than at the beginning."""


@dataclass(frozen=True, slots=True)
class ValuePoint:
    """A value on a day; `row` is empty for what was typed as the value of a monitoring."""

    day: date
    value: Decimal
    source: str = ""
    note: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the data give today, and from what; nothing is kept until a person takes it."""

    value: Decimal
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target indicator with its values by days, oldest first."""

    id: str
    title: str
    unit: str
    base: Decimal | None
    base_day: date
    target: Decimal | None
    target_day: date
    values: tuple[ValuePoint, ...] = ()
    expected: Decimal | None = None
    """What the straight way from base to target gives on the day of the newest value."""
    pace: Pace = Pace.UNKNOWN
    pace_words: str = ""
    ahead_words: str = ""
    """What will be reached at the end at this pace; empty where that cannot be said."""
    offer: Offer | None = None
    goal: str = ""

    @property
    def newest(self) -> ValuePoint | None:
        """The value that counts."""
        return self.values[-1] if self.values else None

    def shown(self, value: Decimal | None) -> str:
        """A value with its unit."""
        return amount(value, self.unit)


def target_views(workspace: Workspace, school: str | None = None) -> tuple[TargetView, ...]:
    """The target indicators of the current programme."""
    return target_views_of(workspace.pack_of(school), read_facts(workspace, school))


def target_views_of(pack: Pack, facts: SchoolFacts) -> tuple[TargetView, ...]:
    """The same from facts that were read already, in the order of the goals."""
    own = facts.current(facts.indicators)
    wanted = {item.code for item in own if item.code}
    known = [
        item for item in pack.indicators if item.id in wanted and item.metric in METRICS and not is_municipal(item)
    ]
    lines = {line.id: line for line in indicator_lines_of(known, facts, sizes_of(pack))}
    return tuple(_view(pack, facts, item, lines.get(item.code or "")) for item in own)


def record_value(
    workspace: Workspace, indicator: str, value: object, on: date | str | None = None, source: str = "", note: str = ""
) -> Done:
    """Keep what an indicator has reached on a day, today unless named; a value of the same day is replaced.

    KnownError `value.*`.
    """
    day = parse_value(_INFO.fields["measured_on"], on or today(workspace))
    key: dict[str, WireValue] = {"indicator": indicator, "measured_on": day}
    typed = {"value": value, "source": source, "note": note}
    parsed = {**key, **{name: parse_value(_INFO.fields[name], item) for name, item in typed.items()}}
    row = records.row_id_for(workspace, _INFO, key)
    requests: list[ChangeRequest] = [Restore(_INFO.log_name, row)]
    requests += [Set(_INFO.log_name, row, name, item) for name, item in parsed.items()]
    operation = "записано значение показателя"
    batch = workspace.write(requests, operation)
    return Done(operation, row, batch.name if batch else "")


def amount(value: Decimal | None, unit: str) -> str:
    """«62 %», «14 чел.»; a dash for nothing."""
    if value is None:
        return "—"
    return percent(value) if unit == "%" else f"{number(value)} {unit}".strip()


def way_at(base: Decimal, base_day: date, target: Decimal, target_day: date, on: date) -> Decimal:
    """The value of the straight way from base to target on a day; outside of the way its nearer end."""
    whole = (target_day - base_day).days
    if whole <= 0 or on >= target_day:
        return target
    gone = max(0, (on - base_day).days)
    return (base + (target - base) * gone / whole).quantize(_TENTH, ROUND_HALF_UP)


def _view(pack: Pack, facts: SchoolFacts, item: IndicatorFact, line: IndicatorLine | None) -> TargetView:
    plan = plan_of(pack, facts)
    described = next((one for one in pack.indicators if one.id == item.code), None)
    unit = item.unit or (described.unit if described else "")
    values = tuple(_values(pack, facts, item))
    goal = next((one.label for one in facts.goals if one.id == item.goal), "")
    base_day = min(item.base_date or plan.start, plan.end)
    view = TargetView(
        item.id, item.label, unit, item.base, base_day, item.target, plan.end, values, offer=_offer(line), goal=goal
    )
    return _judged(view, described)


def _values(pack: Pack, facts: SchoolFacts, item: IndicatorFact) -> list[ValuePoint]:
    """What was measured; where nothing was, the values that stand as those of the two monitorings, on their days."""
    found = [
        ValuePoint(one.measured_on, one.value, one.source or "", one.note or "", one.id)
        for one in facts.indicator_values
        if one.indicator == item.id and one.measured_on is not None and one.value is not None
    ]
    if found:
        return sorted(found, key=lambda one: (one.day, one.row))
    days = sorted({wave.due for wave in pack.monitoring_waves}) or [facts.as_of]
    typed = ((item.reached_first, days[0], "I этап"), (item.reached_second, days[-1], "II этап"))
    return [
        ValuePoint(min(day, facts.as_of), value, f"из программы, {words}")
        for value, day, words in typed
        if value is not None
    ]


def _offer(line: IndicatorLine | None) -> Offer | None:
    if line is None or line.value.value is None or line.value.not_applicable:
        return None
    value = line.value.value.quantize(_TENTH, ROUND_HALF_UP)
    described = METRICS.get(line.metric)
    counted = f"{line.numerator_caption}: {line.shown}" if line.numerator_caption else line.shown
    source = f"по данным программы: {(described.caption if described else line.title).lower()}"
    return Offer(value, counted, source[:300])


def _judged(view: TargetView, described: Indicator | None) -> TargetView:
    newest, base, target = view.newest, view.base, view.target
    if newest is None or target is None:
        words = "значений ещё нет" if newest is None else "цель не указана"
        return _with(view, None, Pace.UNKNOWN, words, "")
    falls = _falls(base, target, described)
    gap = (newest.value - target) if falls else (target - newest.value)
    if gap <= 0:
        return _with(view, target, Pace.REACHED, "цель достигнута", "")
    if base is None or base == target:
        return _with(view, None, Pace.UNKNOWN, f"до цели {_difference(gap, view.unit)}; базы нет, путь не оценить", "")
    expected = way_at(base, view.base_day, target, view.target_day, newest.day)
    behind = (newest.value - expected) if falls else (expected - newest.value)
    ahead = _ahead(view, base, target, newest)
    if behind <= abs(target - base) * _NEAR:
        return _with(view, expected, Pace.ON_TRACK, "идёт по плану", ahead)
    is_worse = newest.value > base if falls else newest.value < base
    words = f"отстаёт на {_difference(behind, view.unit)}: к {short_date(newest.day)} ожидалось {view.shown(expected)}"
    if is_worse:
        return _with(view, expected, Pace.WORSE, f"хуже, чем было в начале; {words}", ahead)
    return _with(view, expected, Pace.BEHIND, words, ahead)


def _ahead(view: TargetView, base: Decimal, target: Decimal, newest: ValuePoint) -> str:
    """At the pace so far; said only after a quarter of the way, and never beyond the target."""
    gone, whole = (newest.day - view.base_day).days, (view.target_day - view.base_day).days
    if whole <= 0 or gone * 4 < whole or newest.day >= view.target_day:
        return ""
    end = base + (newest.value - base) * whole / gone
    end = min(end, target) if target > base else max(end, target)
    if view.unit == "%":
        end = max(Decimal(0), min(Decimal(100), end))
    if end == target:
        return f"при таком темпе к {short_date(view.target_day)} цель будет достигнута"
    shown = view.shown(end.quantize(_TENTH, ROUND_HALF_UP))
    return f"при таком темпе к {short_date(view.target_day)} будет {shown} из {view.shown(target)}"


def _falls(base: Decimal | None, target: Decimal, described: Indicator | None) -> bool:
    """Whether a smaller value is better."""
    if base is not None and base != target:
        return target < base
    return described is not None and described.polarity.value == "lower_better"


def _difference(value: Decimal, unit: str) -> str:
    shown = number(value.quantize(_TENTH, ROUND_HALF_UP))
    return f"{shown}{NBSP}п.{NBSP}п." if unit == "%" else f"{shown} {unit}".strip()


def _with(view: TargetView, expected: Decimal | None, pace: Pace, words: str, ahead: str) -> TargetView:
    return replace(view, expected=expected, pace=pace, pace_words=words, ahead_words=ahead)


def value_on(views: Sequence[TargetView], facts: SchoolFacts, indicator: str, on: date) -> Decimal | None:
    """What an indicator had reached by a day."""
    measured = newest_value(indicator, facts.indicator_values, on)
    if measured is not None:
        return measured.value
    view = next((one for one in views if one.id == indicator), None)
    known = [one.value for one in view.values if one.day <= on] if view is not None else []
    return known[-1] if known else None
