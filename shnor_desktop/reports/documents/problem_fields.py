"""The problem fields of a school as they stand in its map and in its programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.reports.content import Align, Column, Row, Table
from shnor_desktop.reports.documents.requisites import stated


@dataclass(frozen=True, slots=True)
class ProblemFieldFacts:
    """One problem: in a sentence, what it rests on, its causes, the measures that answer it."""

    title: str
    facts: str = ""
    causes: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


_COLUMNS = (
    Column("№", 5, Align.CENTER),
    Column("Проблемное поле", 28),
    Column("На чём основано", 27),
    Column("Причины", 26),
    Column("Мероприятия", 28),
)


def problem_field_table(fields: Sequence[ProblemFieldFacts]) -> Table:
    """The fields in the order of their urgency."""
    rows = tuple(
        Row((str(number), field.title, _grounds(field), _in_lines(field.causes), _in_lines(field.measures)))
        for number, field in enumerate(fields, start=1)
    )
    return Table(_COLUMNS, rows, empty="Проблемные поля не определены.")


def _grounds(field: ProblemFieldFacts) -> str:
    factors = "; ".join(field.factors)
    return stated("\n".join(part for part in (field.facts, f"Факторы риска: {factors}" if factors else "") if part))


def _in_lines(items: Sequence[str]) -> str:
    if len(items) < 2:
        return stated("".join(items))
    return "\n".join(f"– {item}" for item in items)
