"""`shnor indicators`: the indicators of the methodology as they stand, for one school or over a municipality."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.canonical import decimal_text
from shnor_desktop.domain.metrics import MetricValue
from shnor_desktop.services.indicators import (
    CentreIndicator,
    IndicatorLine,
    SchoolFigure,
    centre_indicators,
    indicator_lines,
)
from shnor_desktop.services.workspace import StoreKind


def add_commands(commands: Commands) -> None:
    """`indicators`."""
    found = commands.add("indicators", _indicators, "показатели методики: значения, цели, чего не хватает")
    found.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    found.add_argument("--school", metavar="КОД", help="одна школа центра; без этого — все школы вместе")


def _indicators(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        if workspace.kind is StoreKind.MUNICIPAL and not args.school:
            over_all = centre_indicators(workspace)
            lines = [words for one in over_all for words in _centre_words(one)]
            return Answer([_centre_content(one) for one in over_all], lines or _NOTHING)
        found = indicator_lines(workspace, school_of(workspace, args.school))
    lines = [words for line in found for words in _words(line)]
    return Answer([_content(line) for line in found], lines or _NOTHING)


_NOTHING = ["В методике нет показателей, которые вычисляет программа."]


def _words(line: IndicatorLine) -> list[str]:
    number = f"{line.number}. " if line.number else ""
    made = [f"{number}{line.title}: {line.shown}"]
    made += [f"    {part.caption}: {part.shown}" for part in line.parts]
    told = (f"цель {line.target_words}" if line.target_words else "", line.judged, line.previous)
    told_words = "; ".join(word for word in told if word)
    if told_words:
        made.append(f"    {told_words}")
    if line.value.not_applicable:
        made.append(f"    {line.value.not_applicable}.")
    if line.value.warning:
        made.append(f"    {line.value.warning}")
    made += [f"    Не хватает: {one.sentence}" for one in line.missing]
    return made


def _centre_words(found: CentreIndicator) -> list[str]:
    made = _words(found.line)
    if found.schools:
        made.append(f"    Школ в расчёте: {len(found.schools)}, без данных: {len(found.without_data)}.")
    if found.without_data:
        made.append(f"    Нет данных: {', '.join(one.name for one in found.without_data)}")
    return made


def _content(line: IndicatorLine) -> dict[str, object]:
    return {
        "id": line.id,
        "number": line.number,
        "title": line.title,
        "metric": line.metric,
        "unit": line.unit,
        "polarity": line.polarity.value,
        **_value(line.value),
        "shown": line.shown,
        "parts": [{"code": one.code, "caption": one.caption, **_value(one.value)} for one in line.parts],
        "target": decimal_text(line.target) if line.target is not None else None,
        "target_words": line.target_words,
        "previous": line.previous,
        "level": line.level.value,
        "judged": line.judged,
        "missing": [
            {"page": one.page, "entity": one.entity, "row": one.row, "field": one.field, "message": one.sentence}
            for one in line.missing
        ],
        "rows": [
            {"entity": row.entity, "row": row.id, "label": row.label, "counted": row.counted, "note": row.note}
            for row in line.rows
        ],
    }


def _centre_content(found: CentreIndicator) -> dict[str, object]:
    return {
        **_content(found.line),
        "schools": [_school(one) for one in found.schools],
        "without_data": [_school(one) for one in found.without_data],
        "not_concerned": [_school(one) for one in found.not_concerned],
    }


def _school(one: SchoolFigure) -> dict[str, object]:
    return {"code": one.code, "name": one.name, **_value(one.value), "shown": one.shown}


def _value(value: MetricValue) -> dict[str, object]:
    numerator = value.numerator
    return {
        "value": decimal_text(value.value) if value.value is not None else None,
        "numerator": numerator if isinstance(numerator, int) or numerator is None else decimal_text(numerator),
        "denominator": value.denominator,
        "year": value.year,
        "not_applicable": value.not_applicable,
        "warning": value.warning,
    }
