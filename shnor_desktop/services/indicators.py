"""The indicators of the methodology as they stand: each with its counts, levels, target, earlier value and gaps.

Nothing here is stored: a figure is computed each time from what was typed once, and opens to its rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from shnor_desktop.domain.facts import IndicatorFact, SchoolFacts
from shnor_desktop.domain.methodology import Indicator, Level, Pack, Polarity, SampleSizes
from shnor_desktop.domain.methodology.programme import IndicatorScope
from shnor_desktop.domain.metrics import METRICS, YES_NO, MetricValue, Missing, RowRef, compute
from shnor_desktop.domain.metrics.municipal import compute_municipal
from shnor_desktop.domain.metrics.samples import DEFAULT_SIZES
from shnor_desktop.domain.metrics.values import refs
from shnor_desktop.domain.metrics.weighted import weighted
from shnor_desktop.domain.russian import NBSP, number, percent, plural, share, short_date
from shnor_desktop.services import registry
from shnor_desktop.services.centre import school_ids
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_MINUS, _PLUS = "−", "+"


@dataclass(frozen=True, slots=True)
class PartLine:
    """The figure of one level of education; `shown` says «не применимо» or «нет данных» where there is none."""

    code: str
    caption: str
    shown: str
    value: MetricValue


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator as a person reads it."""

    id: str
    number: str
    title: str
    unit: str
    metric: str
    polarity: Polarity
    value: MetricValue
    shown: str
    """«4 из 22 (18,2 %)», «да»; «не применимо» or «нет данных» where there is no figure."""
    parts: tuple[PartLine, ...] = ()
    target: Decimal | None = None
    target_words: str = ""
    previous: str = ""
    """«2023: 3 из 20 (15 %)»; empty where there is none."""
    level: Level = Level.UNKNOWN
    """How the figure stands to its target, or to its earlier value: low is good, high wants attention."""
    judged: str = ""
    """The level in words: «до цели 2,5 п. п., стало лучше»."""
    numerator_caption: str = ""
    denominator_caption: str = ""

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to fill, and where."""
        return self.value.missing

    @property
    def rows(self) -> tuple[RowRef, ...]:
        """The rows that the figure came from."""
        return self.value.rows

    @property
    def is_known(self) -> bool:
        """Whether there is a figure."""
        return self.value.value is not None


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """The figure of one school behind that of all."""

    school: str
    code: str
    name: str
    value: MetricValue
    shown: str


@dataclass(frozen=True, slots=True)
class CentreIndicator:
    """An indicator over all schools of the centre, weighted by participants."""

    line: IndicatorLine
    schools: tuple[SchoolFigure, ...] = ()
    """Those that the figure is made of."""
    without_data: tuple[SchoolFigure, ...] = ()
    not_concerned: tuple[SchoolFigure, ...] = ()


def indicator_lines(
    workspace: Workspace, school: str | None = None, sizes: SampleSizes | None = None
) -> tuple[IndicatorLine, ...]:
    """The indicators that the methodology computes for a school, in its order."""
    pack = workspace.pack_of(school) if school else workspace.pack
    return indicator_lines_of(pack.indicators, read_facts(workspace, school), sizes or sizes_of(pack))


def indicator_lines_of(
    indicators: Sequence[Indicator], facts: SchoolFacts, sizes: SampleSizes | None = None
) -> tuple[IndicatorLine, ...]:
    """The same from facts that were read already; indicators of a municipality are left out."""
    targets = {item.code: item for item in facts.current(facts.indicators) if item.code}
    wanted = [item for item in indicators if not is_municipal(item)]
    return tuple(_line_of(item, facts, targets.get(item.id), sizes or DEFAULT_SIZES) for item in wanted)


def sizes_of(pack: Pack) -> SampleSizes:
    """How small a group may be, as the methodology says."""
    return pack.result_reading.samples if pack.result_reading is not None else DEFAULT_SIZES


def metric_line(name: str, facts: SchoolFacts, sizes: SampleSizes | None = None) -> IndicatorLine:
    """Any metric by its name, as a line without a target; BugError for an unknown name."""
    found = METRICS[name]
    made = Indicator(id=name, title=found.caption, unit=found.unit, polarity=found.polarity, metric=name)
    return _line_of(made, facts, None, sizes or DEFAULT_SIZES)


def is_municipal(indicator: Indicator) -> bool:
    """Whether the figure is one of a municipality, by the pack or by its metric."""
    described = METRICS.get(indicator.metric)
    return indicator.scope is IndicatorScope.MUNICIPALITY or bool(described and described.is_municipal)


def centre_indicators(
    workspace: Workspace, year: int | None = None, sizes: SampleSizes | None = None
) -> tuple[CentreIndicator, ...]:
    """Every indicator of the methodology over the municipality: from the registry, else weighted over the schools."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    facts = registry.centre_facts(workspace)
    names = tuple(item.metric for item in workspace.pack.indicators if item.metric)
    known = _school_values(workspace, names)
    made = []
    for item in workspace.pack.indicators:
        described = METRICS.get(item.metric)
        if described is not None and described.is_municipal:
            value = compute_municipal(item.metric, facts, year)
            made.append(CentreIndicator(worded(item, value, None, "")))
        elif described is not None:
            made.append(over_schools(item, known, sizes or sizes_of(workspace.pack)))
        else:
            made.append(CentreIndicator(worded(item, _by_hand(None), None, "")))
    return tuple(made)


def shown_value(value: MetricValue, unit: str, *, of_schools: bool = False) -> str:
    """A figure as a person reads it, with its n where it is a share."""
    if value.not_applicable:
        return "не применимо"
    if value.value is None:
        return "нет данных"
    if unit == YES_NO and not of_schools:
        return "да" if value.value else "нет"
    if unit in ("%", YES_NO):
        if isinstance(value.numerator, int) and value.denominator:
            return share(value.numerator, value.denominator)
        return percent(value.value)
    return f"{number(value.value)} {unit}".strip()


def worded(
    indicator: Indicator, value: MetricValue, before: MetricValue | None, before_named: str, *, of_schools: bool = False
) -> IndicatorLine:
    """An indicator in words, judged against the target that the methodology names."""
    described = METRICS.get(indicator.metric)
    unit = indicator.unit or (described.unit if described else "")
    target = indicator.target
    line = IndicatorLine(
        id=indicator.id,
        number=indicator.number,
        title=indicator.title,
        unit=unit,
        metric=indicator.metric,
        polarity=indicator.polarity,
        value=value,
        shown=shown_value(value, unit, of_schools=of_schools),
        parts=tuple(
            PartLine(part.code, part.caption, shown_value(part.value, unit, of_schools=of_schools), part.value)
            for part in value.parts
        ),
        target=target,
        target_words=indicator.target_phrase or _target_words(target, unit),
        previous=f"{before_named}: {shown_value(before, unit)}" if before is not None and before_named else "",
        numerator_caption=indicator.numerator or (described.numerator_caption if described else ""),
        denominator_caption=indicator.denominator or (described.denominator_caption if described else ""),
    )
    return _judged(line, before)


def _line_of(
    indicator: Indicator, facts: SchoolFacts, typed: IndicatorFact | None, sizes: SampleSizes
) -> IndicatorLine:
    described = METRICS.get(indicator.metric)
    value = compute(indicator.metric, facts, sizes=sizes) if described else _by_hand(typed)
    before: MetricValue | None = None
    named = ""
    if described is not None and described.by_year and value.year is not None and value.value is not None:
        earlier = compute(indicator.metric, facts, value.year - 1, sizes)
        before, named = (earlier, str(value.year - 1)) if earlier.value is not None else (None, "")
    if before is None and described is not None and typed is not None and typed.base is not None:
        before, named = MetricValue(typed.base), _base_named(typed.base_date)
    line = worded(indicator, value, before, named)
    if typed is None or typed.target is None:
        return line
    own = replace(line, target=typed.target, target_words=_target_words(typed.target, line.unit))
    return _judged(own, before)


def _by_hand(typed: IndicatorFact | None) -> MetricValue:
    """An indicator that no data of the school give: the newest value that stands in the programme."""
    known = (typed.reached_second, typed.reached_first, typed.base) if typed is not None else ()
    reached = next((one for one in known if one is not None), None)
    if typed is not None and reached is not None:
        return MetricValue(reached, rows=refs([typed]))
    words = "Показатель вписывают вручную: откройте его в программе"
    row = typed.id if typed is not None else ""
    return MetricValue(None, missing=(Missing("programme", "target_indicator", words, row, "base"),))


def _base_named(day: date | None) -> str:
    return f"база на {short_date(day)}" if day is not None else "база"


def _target_words(target: Decimal | None, unit: str) -> str:
    if target is None:
        return ""
    if unit == YES_NO:
        return "да" if target else "нет"
    return percent(target) if unit == "%" else f"{number(target)} {unit}".strip()


def _judged(line: IndicatorLine, before: MetricValue | None) -> IndicatorLine:
    """The level of the difference. A change of a small group is told and not judged."""
    value, earlier = line.value.value, before.value if before is not None else None
    if value is None or line.polarity is Polarity.NONE:
        return replace(line, level=Level.UNKNOWN, judged="")
    sign = 1 if line.polarity is Polarity.HIGHER_BETTER else -1
    gain = (value - earlier) * sign if earlier is not None else None
    moved = _moved(gain)
    is_small = bool(line.value.warning or (before is not None and before.warning))
    if line.target is not None:
        gap = (line.target - value) * sign
        if gap <= 0:
            return replace(line, level=Level.LOW, judged=_joined("цель достигнута", moved))
        words = _joined(f"до цели {_amount(gap, line.unit)}", moved)
        worse = gain is not None and gain < 0 and not is_small
        return replace(line, level=Level.HIGH if worse else Level.MEDIUM, judged=words)
    if gain is None:
        return replace(line, level=Level.UNKNOWN, judged="")
    words = f"{moved}: {_signed(value - (earlier or Decimal(0)), line.unit)}" if gain else moved
    if is_small:
        return replace(line, level=Level.UNKNOWN, judged=f"{words}; группа мала, разницу не оценивают")
    if gain and abs(gain) < _one_person(line, before):
        return replace(line, level=Level.MEDIUM, judged=f"{words}: меньше одного человека")
    level = Level.HIGH if gain < 0 else Level.LOW if gain > 0 else Level.MEDIUM
    return replace(line, level=level, judged=words)


def _one_person(line: IndicatorLine, before: MetricValue | None) -> Decimal:
    """By how much one person moves the share, in the smaller of both groups; zero for what is no share."""
    counts = [one.denominator for one in (line.value, before) if one is not None and one.denominator]
    return Decimal(100) / min(counts) if line.unit == "%" and counts else Decimal(0)


def _moved(gain: Decimal | None) -> str:
    if gain is None:
        return ""
    return "стало лучше" if gain > 0 else "стало хуже" if gain < 0 else "без изменений"


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _amount(value: Decimal, unit: str) -> str:
    if unit == "%":
        return f"{number(value, 1)}{NBSP}п.{NBSP}п."
    return f"{number(value)} {'' if unit == YES_NO else unit}".strip()


def _signed(value: Decimal, unit: str) -> str:
    return f"{_PLUS if value > 0 else _MINUS}{_amount(abs(value), unit)}"


# ---------------------------------------------------------------------------------------------------------- the centre
@dataclass(frozen=True, slots=True)
class KnownSchool:
    """What one school gives for every metric."""

    school: str
    code: str
    name: str
    values: Mapping[str, MetricValue]


def _school_values(workspace: Workspace, names: tuple[str, ...]) -> list[KnownSchool]:
    found = []
    for school in school_ids(workspace):
        with workspace.reading() as reader:
            digest = reader.projection_digest(school)
        found.append(_known_of(registry.StoreKey(workspace), school, digest, names))
    return sorted(found, key=lambda one: (one.name.casefold(), one.code))


@lru_cache(maxsize=512)
def _known_of(key: registry.StoreKey, school: str, digest: str, names: tuple[str, ...]) -> KnownSchool:
    """Kept until the data of the school change (`digest`)."""
    facts = read_facts(key.workspace, school)
    card = facts.school
    of_school = [name for name in names if name in METRICS and not METRICS[name].is_municipal]
    return KnownSchool(
        school,
        (card.code if card else None) or "",
        card.label if card else "",
        {name: compute(name, facts) for name in of_school},
    )


def over_schools(
    indicator: Indicator, known: Sequence[KnownSchool], sizes: SampleSizes = DEFAULT_SIZES
) -> CentreIndicator:
    """An indicator over schools, with those behind it, those without data and those that it does not concern."""
    described = METRICS[indicator.metric]
    figures = [
        SchoolFigure(
            one.school,
            one.code,
            one.name or "без названия",
            one.values[indicator.metric],
            shown_value(one.values[indicator.metric], indicator.unit),
        )
        for one in known
    ]
    counted = tuple(one for one in figures if one.value.value is not None)
    absent = tuple(one for one in figures if one.value.value is None and not one.value.not_applicable)
    value = weighted(described, [one.value for one in counted], sizes)
    rows = tuple(RowRef("school", one.school, one.name, True, one.shown) for one in counted)
    missing = (_without_data(absent),) if absent and not counted else ()
    if not counted and not absent:
        value = replace(value, not_applicable="Показатель не касается ни одной школы центра" if figures else "")
        missing = () if figures else (Missing("schools", "school", "Ни одна школа ещё не прислала пакет"),)
    line = worded(indicator, replace(value, rows=rows, missing=missing), None, "", of_schools=True)
    unconcerned = tuple(one for one in figures if one.value.not_applicable)
    return CentreIndicator(line, counted, absent, unconcerned)


def _without_data(figures: Sequence[SchoolFigure]) -> Missing:
    words = f"Нет данных: {plural(len(figures), 'школа', 'школы', 'школ')}. Попросите заполнить их и прислать пакет"
    return Missing("schools", "school", words, figures[0].school)
