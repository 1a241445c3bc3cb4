"""A methodology in another year: stages, tasks, waves, measures and reports keep their days and months.

What happened stays where it was: orders, the history of the project, results of earlier years. A deadline whose words
name a year («январь 2018 г.») names the year that it moved to.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import Any

from shnor_desktop.domain.methodology.pack import Pack

_STAYS = frozenset({"legal_basis", "history", "baselines", "source_defects", "source", "hash", "moved_years"})
_PHRASES = frozenset({"deadline", "stages.title", "monitoring_waves.title"})
"""Texts whose years name days of the plan; a list before the point, where only its items do so."""
_YEARS = range(2000, 2100)
"""Another year is no year of a project: a foreign program wrote it."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def moved_to(pack: Pack, year: int | None) -> Pack:
    """The pack with its period beginning in `year`; the pack itself where that is None, its own year or none at all.

    The hash stays that of the source: it names what the years were moved in.
    """
    years = 0 if year is None or year not in _YEARS else year - pack.period_start.year
    return dataclasses.replace(_moved(pack, years), moved_years=pack.moved_years + years) if years else pack


def _moved(value: Any, years: int, name: str = "", part: str = "") -> Any:
    if name in _STAYS:
        return value
    if isinstance(value, date):
        return moved_day(value, years)
    if isinstance(value, str):
        return (
            _YEAR.sub(lambda found: str(int(found.group()) + years), value)
            if {name, f"{part}.{name}"} & _PHRASES
            else value
        )
    if isinstance(value, tuple):
        return tuple(_moved(item, years, "", name) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        changed = {key: moved for key, old in fields.items() if (moved := _moved(old, years, key, part)) is not old}
        changed = {key: moved for key, moved in changed.items() if moved != fields[key]}
        return dataclasses.replace(value, **changed) if changed else value
    return value


def moved_day(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
