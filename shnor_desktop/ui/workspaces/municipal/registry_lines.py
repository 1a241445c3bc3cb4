"""The indicators of a municipality as lines of the board: those of the registry, and the schools' put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shnor_desktop.domain.methodology import Indicator, Pack
from shnor_desktop.domain.metrics import METRICS, RowRef
from shnor_desktop.domain.metrics.municipal import compute_municipal, municipal_names
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.indicators import CentreIndicator, SchoolFigure, worded
from shnor_desktop.services.registry import RegistryView
from shnor_desktop.ui.pages.indicator_board import BoardLine


def municipal_lines(view: RegistryView, pack: Pack) -> list[BoardLine]:
    """Every figure of the registry, named by its metric, with the words and target that the methodology gives."""
    own = {item.metric: item for item in pack.indicators}
    made = []
    for name in municipal_names():
        found = METRICS[name]
        named = own.get(name)
        described = (
            replace(named, id=name)
            if named is not None
            else Indicator(id=name, title=found.caption, unit=found.unit, polarity=found.polarity, metric=name)
        )
        value = compute_municipal(name, view.facts, view.year)
        before = compute_municipal(name, view.facts, view.year - 1)
        earlier = before if before.value is not None else None
        made.append(BoardLine(worded(described, value, earlier, str(view.year - 1) if earlier else "")))
    return made


def board_lines(found: Sequence[CentreIndicator]) -> list[BoardLine]:
    """The indicators of the methodology; schools without data stand among the rows, not counted."""
    others = [one for one in found if one.line.metric not in municipal_names()]
    return [BoardLine(one.line, _notes(one), _rows(one.without_data, "нет данных")) for one in others]


def _notes(one: CentreIndicator) -> tuple[str, ...]:
    notes = []
    if one.schools:
        schools = plural(len(one.schools), "школа", "школы", "школ")
        notes.append(f"В расчёте {schools}; доля взвешена по числу участников.")
    if one.without_data:
        notes.append(f"Нет данных: {', '.join(item.name for item in one.without_data)}.")
    if one.not_concerned:
        notes.append(f"Не касается: {', '.join(item.name for item in one.not_concerned)}.")
    return tuple(notes)


def _rows(figures: Sequence[SchoolFigure], words: str) -> tuple[RowRef, ...]:
    return tuple(RowRef("school", one.school, one.name, False, words) for one in figures)
