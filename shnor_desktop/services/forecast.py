"""What of the road map is going to be late, in plain words, with the step that helps: nothing here is late yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shnor_desktop.domain import findings
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services.indicator_values import Pace, TargetView, target_views_of
from shnor_desktop.services.roadmap import MeasureRow, RoadMapView, road_map_of

SOON = timedelta(days=14)
AHEAD = timedelta(days=35)
MOST_A_WEEK = 4
"""So many days of one person in one week are many."""
_OPEN_WORK = ("planned", "moved", None)
_CLOSED = ("done", "cancelled")
_SHOWN = 3


class ThreatKind(StrEnum):
    """Why something is in danger."""

    NOT_BEGUN = "not_begun"
    AFTER = "after"
    LOAD = "load"
    INDICATOR = "indicator"

    @property
    def words(self) -> str:
        """As a list groups them."""
        return {
            "not_begun": "Срок близко, а работа не начата",
            "after": "Держит предыдущее мероприятие",
            "load": "Слишком много сроков на одной неделе",
            "indicator": "Показатель отстаёт от плана",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Threat:
    """One thing that will be late, or will not be reached: what, why, and what helps."""

    kind: ThreatKind
    title: str
    why: str
    do: str
    page: str
    entity: str
    row: str
    due: date | None = None


def threats_of(
    pack: Pack, facts: SchoolFacts, view: RoadMapView | None = None, targets: Sequence[TargetView] | None = None
) -> tuple[Threat, ...]:
    """What is under threat, the nearest first; what is late already is in none of the lists."""
    rows = (view or road_map_of(pack, facts)).rows
    indicators = target_views_of(pack, facts) if targets is None else targets
    found = [
        *_not_begun(rows, facts.as_of),
        *_held_up(pack, rows, facts.as_of),
        *_loaded(rows, facts.as_of),
        *_behind(indicators),
    ]
    order = list(ThreatKind)
    return tuple(sorted(found, key=lambda item: (order.index(item.kind), item.due or date.max, item.title)))


def _not_begun(rows: Sequence[MeasureRow], on: date) -> Iterator[Threat]:
    for row in rows:
        nearest = row.nearest
        if nearest is None or row.is_overdue or row.measure.state not in _OPEN_WORK or nearest.due > on + SOON:
            continue
        left = (nearest.due - on).days
        words = f"через {plural(left, 'день', 'дня', 'дней')}" if left else "сегодня"
        part = f", срок {nearest.number} из {row.occurrences}" if row.occurrences > 1 else ""
        yield Threat(
            ThreatKind.NOT_BEGUN,
            row.measure.label,
            f"Срок {short_date(nearest.due)}, {words}{part}; отметки о начале нет.",
            "Начните работу или перенесите срок с причиной.",
            findings.ROADMAP,
            row.measure.entity,
            row.measure.id,
            nearest.due,
        )


def _held_up(pack: Pack, rows: Sequence[MeasureRow], on: date) -> Iterator[Threat]:
    """Measures that the methodology puts after others which are late, or due later than these."""
    by_code: Mapping[str, MeasureRow] = {row.measure.library_code: row for row in rows if row.measure.library_code}
    for row in rows:
        described = pack.measure(row.measure.library_code or "")
        if described is None or row.nearest is None or row.measure.state in _CLOSED:
            continue
        for code in described.after:
            first = by_code.get(code)
            why = _why_held(first, row, on) if first is not None else ""
            if first is not None and why:
                yield Threat(
                    ThreatKind.AFTER,
                    row.measure.label,
                    f"По методике начинается после «{first.measure.label}», {why}.",
                    "Завершите предыдущее мероприятие, потом перенесите этот срок.",
                    findings.ROADMAP,
                    first.measure.entity,
                    first.measure.id,
                    row.nearest.due,
                )


def _why_held(first: MeasureRow, row: MeasureRow, on: date) -> str:
    if first.measure.state in _CLOSED or first.nearest is None or row.nearest is None:
        return ""
    if first.is_overdue:
        return f"а оно просрочено на {plural((on - first.nearest.due).days, 'день', 'дня', 'дней')}"
    last = max(item.due for item in first.days.items if not item.is_closed)
    if last > row.nearest.due and first.occurrences == 1:
        return f"а его срок позже: {short_date(last)} против {short_date(row.nearest.due)}"
    return ""


def _loaded(rows: Sequence[MeasureRow], on: date) -> Iterator[Threat]:
    """Weeks of a person with many days at once."""
    weeks: dict[tuple[str, date], list[tuple[date, MeasureRow]]] = {}
    for row in rows:
        if not row.owner or row.measure.owner is None:
            continue
        for item in row.days.items:
            if not item.is_closed and on <= item.due <= on + AHEAD:
                monday = item.due - timedelta(days=item.due.weekday())
                weeks.setdefault((row.owner, monday), []).append((item.due, row))
    for (owner, monday), found in sorted(weeks.items(), key=lambda pair: (pair[0][1], pair[0][0])):
        if len(found) < MOST_A_WEEK:
            continue
        sunday = monday + timedelta(days=6)
        titles = sorted({row.measure.label for _, row in found})
        shown = "; ".join(titles[:_SHOWN]) + (f" и ещё {len(titles) - _SHOWN}" if len(titles) > _SHOWN else "")
        _, first = min(found, key=lambda pair: (pair[0], pair[1].number))
        yield Threat(
            ThreatKind.LOAD,
            f"{owner}: {plural(len(found), 'срок', 'срока', 'сроков')} с {short_date(monday)} по {short_date(sunday)}",
            f"{shown}.",
            "Перенесите часть сроков или назначьте другого ответственного.",
            findings.ROADMAP,
            first.measure.entity,
            first.measure.id,
            monday,
        )


def _behind(targets: Sequence[TargetView]) -> Iterator[Threat]:
    for view in targets:
        if view.pace not in (Pace.BEHIND, Pace.WORSE):
            continue
        newest = view.newest
        now = f"Сейчас {view.shown(newest.value)} (на {short_date(newest.day)}), " if newest is not None else ""
        ahead = f" {view.ahead_words[:1].upper()}{view.ahead_words[1:]}." if view.ahead_words else ""
        yield Threat(
            ThreatKind.INDICATOR,
            view.title,
            f"{now}{view.pace_words}.{ahead}",
            "Посмотрите, какие мероприятия на него работают, и усильте их.",
            findings.ROADMAP,
            "target_indicator",
            view.id,
        )
