"""The counts of one result sheet, read with distrust: what contradicts itself or waits for a year to come is said so.

Identification and the reading of results start from here, so that both say the same of the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts import ResultFact
from shnor_desktop.domain.metrics import Missing
from shnor_desktop.domain.russian import NBSP, percent

SheetKey = tuple[str, str, int, int]
"""Procedure, subject, grade, year: what a school has one sheet of."""


@dataclass(frozen=True, slots=True)
class SheetCounts:
    """A sheet as it can be counted; with a `problem` there is no share."""

    sheet: ResultFact
    participants: int = 0
    below: int = 0
    problem: str = ""
    """What is wrong, as a clause: «не указано число участников»; empty where all is well."""
    field: str = ""
    is_future: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether there is a share to speak of."""
        return not self.problem

    @property
    def share(self) -> Decimal:
        """Exact percent of participants below the minimum."""
        return Decimal(100 * self.below) / self.participants

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the sheet waits for, with its place; empty where all is well."""
        if not self.problem:
            return ()
        label = self.sheet.label or "Результат без названия"
        return (Missing("results", "result_sheet", f"{label}: {self.problem}", self.sheet.id, self.field),)


def counts_of(sheet: ResultFact, as_of: date) -> SheetCounts:
    """The counts of a sheet, or what keeps them from being counted."""
    problem, field = _problem(sheet, as_of)
    if problem:
        is_future = sheet.year is not None and sheet.year > as_of.year
        return SheetCounts(sheet, sheet.participants or 0, sheet.mark_2 or 0, problem, field, is_future)
    return SheetCounts(sheet, sheet.participants or 0, sheet.mark_2 or 0)


def all_counts(sheets: Iterable[ResultFact], as_of: date) -> tuple[SheetCounts, ...]:
    """Every sheet once: twins with equal counts are one, twins that differ cannot be counted until one is removed."""
    by_key: dict[object, list[ResultFact]] = {}
    for sheet in sheets:
        by_key.setdefault(key_of(sheet) or sheet.id, []).append(sheet)
    found = []
    for twins in by_key.values():
        counts = counts_of(twins[0], as_of)
        if len({(twin.participants, twin.marks) for twin in twins}) > 1:
            counts = SheetCounts(twins[0], problem=_TWICE, field="participants", is_future=counts.is_future)
        found.append(counts)
    return tuple(sorted(found, key=_order))


def key_of(sheet: ResultFact) -> SheetKey | None:
    """What the sheet is of; None while a part of it is not said."""
    if not sheet.procedure or not sheet.subject or sheet.grade is None or sheet.year is None:
        return None
    return sheet.procedure, sheet.subject, sheet.grade, sheet.year


def one_work_words(participants: int) -> str:
    """How much one work weighs: «одна работа меняет долю на 12,5 %»."""
    return f"одна работа меняет долю на{NBSP}{percent(Decimal(100) / participants)}"


_TWICE = "внесён дважды с разными числами, лишний результат нужно удалить"


def _problem(sheet: ResultFact, as_of: date) -> tuple[str, str]:
    if key_of(sheet) is None:
        field = next(name for name in ("procedure", "subject", "grade", "year") if not getattr(sheet, name))
        words = {"procedure": "процедура", "subject": "предмет", "grade": "класс", "year": "год"}
        return f"не указано, что это за {words[field]}", field
    if sheet.year is not None and sheet.year > as_of.year:
        return f"год ещё не наступил (сегодня {as_of.year})", "year"
    if sheet.participants is None:
        return "не указано число участников", "participants"
    if sheet.participants <= 0:
        return "участников 0, доли нет", "participants"
    if sheet.mark_2 is None:
        return "не указано, сколько участников ниже минимального уровня", "mark_2"
    return _contradiction(sheet, sheet.participants)


def _contradiction(sheet: ResultFact, participants: int) -> tuple[str, str]:
    marks = [count for count in sheet.marks if count is not None]
    if any(count < 0 for count in marks):
        return "число отметок меньше нуля", "mark_2"
    if sum(marks) > participants:
        return f"отметок {sum(marks)}, а участников {participants}", "participants"
    return "", ""


def _order(counts: SheetCounts) -> tuple[int, str, str, int, str]:
    sheet = counts.sheet
    return -(sheet.year or 0), sheet.subject or "", sheet.procedure or "", sheet.grade or 0, sheet.id
