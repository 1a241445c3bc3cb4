"""`identification`: the categories of the schools of a store, with the figures that they rest on."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.identification import SheetJudgement, short_words
from shnor_desktop.domain.social_index import Expectation, IndexValue, index_words
from shnor_desktop.services.identification import (
    CentreIdentification,
    SchoolIdentification,
    centre_identification,
    comparison_note,
    school_identification,
)
from shnor_desktop.services.workspace import StoreKind


def add_commands(commands: Commands) -> None:
    """`identification`."""
    found = commands.add("identification", _identification, "к каким категориям относятся школы и почему")
    found.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища школы или центра")
    found.add_argument("--school", metavar="КОД", help="одна школа, с пояснением; в хранилище школы не нужен")


def _identification(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        note = comparison_note(workspace.pack)
        head = {"methodology": workspace.pack.id, "version": workspace.pack.version}
        if workspace.kind is StoreKind.SCHOOL or args.school:
            school = school_of(workspace, args.school)
            is_centre = workspace.kind is StoreKind.MUNICIPAL
            centre = centre_identification(workspace) if is_centre else None
            item = school_identification(workspace, school)
            return Answer({**head, **_content(item, centre)}, _lines(item, centre, note))
        found = centre_identification(workspace)
    content = {
        **head,
        "parameters": dict(found.parameters),
        "unconfirmed": found.is_unconfirmed,
        "schools": [_content(item, found) for item in found.schools],
        "groups": list(found.group_lines),
        "no_expectation": found.comparison.why_not,
        "note": found.note,
    }
    lines = [f"{item.code}  {item.name}: {short_words(item.result)}" for item in found.schools]
    if found.comparison.why_not:
        lines += ["", found.comparison.why_not]
    return Answer(content, [*lines, note] if lines else ["Школы ещё не присылали данных."])


def _content(item: SchoolIdentification, centre: CentreIdentification | None) -> dict[str, object]:
    low = item.result.low
    return {
        "code": item.code,
        "name": item.name,
        "categories": [
            {
                "code": judged.category.code,
                "title": judged.category.title,
                "verdict": judged.verdict.value,
                "rules": [
                    {"code": rule.rule.code, "title": rule.rule.title, "verdict": rule.verdict.value, "text": rule.text}
                    for rule in judged.rules
                ],
            }
            for judged in item.result.categories
        ],
        "low_results": {
            "years": [low.first_year, low.last_year],
            "low": len(low.low),
            "counted": len(low.counted),
            "needed": low.needed,
            "sheets": [_sheet(judged) for judged in low.sheets],
        },
        "explanation": list(item.paragraphs),
        "missing": [missing.sentence for missing in item.missing],
        "index": _index(item.index),
        "expectation": _expectation(centre.expectation(item.id)) if centre is not None else None,
    }


def _sheet(judged: SheetJudgement) -> dict[str, object]:
    counts = judged.counts
    return {
        "title": judged.sheet.label,
        "status": judged.status.value,
        "participants": counts.participants,
        "below_minimum": counts.below,
        "share": _number(counts.share) if counts.is_sound else None,
        "note": judged.reason or judged.caution,
    }


def _index(index: IndexValue | None) -> dict[str, object] | None:
    if index is None:
        return None
    return {
        "version": index.table.version,
        "value": _number(index.value),
        "known_weight": _number(index.known),
        "items": [
            {
                "code": line.item.code,
                "title": line.item.title,
                "value": _number(line.figure.value),
                "numerator": _number(line.figure.numerator),
                "denominator": line.figure.denominator,
                "scaled": _number(line.scaled),
                "weight": _number(line.weight) if line.is_known else None,
                "contribution": _number(line.contribution),
            }
            for line in index.lines
        ],
    }


def _expectation(found: Expectation | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "reached": round(found.point.reached, 1),
        "participants": found.point.participants,
        "expected": None if found.expected is None else round(found.expected, 1),
        "margin": None if found.expected is None else round(found.margin, 1),
        "band": found.band.value,
        "resilient": found.is_resilient,
    }


def _number(value: Decimal | int | None) -> float | int | None:
    if value is None or isinstance(value, int):
        return value
    return float(round(value, 1))


def _lines(item: SchoolIdentification, centre: CentreIdentification | None, note: str) -> list[str]:
    lines = [f"{item.name} ({item.code})", "", *item.paragraphs]
    if item.index is not None:
        lines += ["", f"{item.index.table.title}, версия {item.index.table.version}: {index_words(item.index)}"]
    if centre is not None:
        lines += [centre.comparison_words(item.id), note]
    missing = [f"  {missing.sentence}" for missing in item.missing]
    return [*lines, "", "Чего не хватает:", *missing] if missing else lines
