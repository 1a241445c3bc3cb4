"""How far the road map is: by stage, by month against the plan, and what is under threat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.forecast import Threat, threats_of
from shnor_desktop.services.indicator_values import TargetView, target_views_of
from shnor_desktop.services.report_dates import ReportDate, report_dates
from shnor_desktop.services.roadmap import MeasureRow, RoadMapView


@dataclass(frozen=True, slots=True)
class StageProgress:
    """The measures of a group: how many of them are done, begun, late, not begun."""

    title: str
    total: int
    done: int
    begun: int
    late: int


@dataclass(frozen=True, slots=True)
class MonthProgress:
    """By the end of a month: how many days were due, and how many were done; `done` is None for months ahead."""

    end: date
    due: int
    done: int | None


@dataclass(frozen=True, slots=True)
class RoadMapProgress:
    """What stands on «Ход и риски», «Показатели» and «Отчёты»."""

    stages: tuple[StageProgress, ...]
    months: tuple[MonthProgress, ...]
    threats: tuple[Threat, ...]
    targets: tuple[TargetView, ...]
    reports: tuple[ReportDate, ...]
    on: date


def progress_of(pack: Pack, facts: SchoolFacts, view: RoadMapView) -> RoadMapProgress:
    """From what was read already."""
    targets = target_views_of(pack, facts)
    return RoadMapProgress(
        stages=tuple(_stages(view)),
        months=months_of(view.rows, facts.as_of),
        threats=threats_of(pack, facts, view, targets),
        targets=targets,
        reports=report_dates(pack, facts),
        on=facts.as_of,
    )


def months_of(rows: Sequence[MeasureRow], on: date) -> tuple[MonthProgress, ...]:
    """Days due and done by the end of each month; cancelled days and those without a date are in neither."""
    due: list[date] = []
    done: list[date] = []
    for row in rows:
        for item in row.days.items:
            if item.state == "cancelled":
                continue
            due.append(item.due)
            if item.state == "done":
                told = item.mark.done_on if item.mark is not None else None
                done.append(told or (row.measure.done_on if row.occurrences == 1 else None) or min(item.due, on))
    if not due:
        return ()
    found: list[MonthProgress] = []
    month = min(due).replace(day=1)
    while month <= max(due) and len(found) < 120:
        end = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        counted = sum(1 for day in done if day <= end) if month <= on else None
        found.append(MonthProgress(end, sum(1 for day in due if day <= end), counted))
        month = end + timedelta(days=1)
    return tuple(found)


def _stages(view: RoadMapView) -> list[StageProgress]:
    found = []
    for group in view.groups:
        own = [row for row in group.rows if row.measure.state != "cancelled"]
        if own:
            done = sum(1 for row in own if row.measure.state == "done")
            begun = sum(1 for row in own if row.measure.state in ("in_progress", "partly"))
            found.append(StageProgress(group.title, len(own), done, begun, sum(1 for row in own if row.is_overdue)))
    return found
