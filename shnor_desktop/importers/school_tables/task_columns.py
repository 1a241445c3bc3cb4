"""The tasks of a paper out of a report: from the columns of a row, or from the rows under a school's column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.f1_layout import difficulty as difficulty_letter
from shnor_desktop.importers.f1_layout import task_heading
from shnor_desktop.importers.school_tables.cells import number_of, plain, whole_of
from shnor_desktop.importers.school_tables.found import Doubt, FoundRecord, FoundValue
from shnor_desktop.importers.school_tables.kinds import LABELS, TASK
from shnor_desktop.importers.school_tables.layouts import ListLayout, difficulty_row, task_code

_DIFFICULTY = {"Б": "basic", "П": "advanced", "В": "high"}
_LEADING = re.compile(r"\s*(\d{1,2}(?:[.,]\d{1,2}){0,2}(?:\s*[КкKk]\s*\d{1,2})?)[.)]?(?:\s|$)")
_MOST_TASKS = 500
_LONGEST_SKILL = 400
_MAX_POINTS = 1_000


def row_tasks(table: SourceTable, layout: ListLayout, weights: Mapping[int, int | None]) -> list[FoundRecord]:
    """The tasks by the figures of one row, or of several weighed by their people."""
    columns = layout.columns(TASK)[:_MOST_TASKS]
    maxima = _maxima(table, layout)
    letters = difficulty_row(table, columns, range(max(0, layout.header - 2), min(len(table.rows), layout.first + 4)))
    people = sum(count or 0 for count in weights.values())
    percents = {at: _weighed(table, at, weights) for at in columns}
    are_fractions = _are_fractions([one for one in percents.values() if one is not None])
    found, seen = [], set()
    for at in columns:
        heading = layout.headings[at]
        code, marked = task_code(heading), task_heading(heading)
        if not code or code in seen:
            continue
        seen.add(code)
        most = marked.max_score if marked is not None else maxima.get(at)
        place = f"{table.place}, столбец «{heading[:40]}»"
        found.append(_task(code, place, percents[at], most, letters.get(at, ""), people, are_fractions=are_fractions))
    return found


def own_column_tasks(table: SourceTable, layout: ListLayout, column: int) -> list[FoundRecord]:
    """The tasks by the rows of a table whose columns are schools."""
    worded = layout.column("planned")
    rows = _coded_rows(table, layout)
    percents = {row: number_of(table.cell(row, column)) for _code, row in rows}
    are_fractions = _are_fractions([one for one in percents.values() if one is not None])
    most, level = layout.column("max_score"), layout.column("difficulty")
    tasks = [
        _task(
            code,
            f"{table.place}, строка {table.numbers[row]}",
            percents[row],
            whole_of(table.cell(row, most)) if most >= 0 else None,
            difficulty_letter(table.cell(row, level)[:1]) if level >= 0 else "",
            0,
            are_fractions=are_fractions,
        )
        for code, row in rows[:_MOST_TASKS]
    ]
    words = [skill_words(table.cell(row, worded)) if worded >= 0 else "" for _code, row in rows[:_MOST_TASKS]]
    return [_with_skill(task, skill) for task, skill in zip(tasks, words, strict=True)]


def skill_words(text: str) -> str:
    """The wording of a planned result without the number of its task, cut to what is kept."""
    match = _LEADING.match(text[:60])
    bare = text[match.end() :] if match and task_code(match[1]) else text
    words = " ".join(bare.split()).strip(" .;")
    return words if len(words) <= _LONGEST_SKILL else f"{words[: _LONGEST_SKILL - 1].rstrip()}…"


def _with_skill(task: FoundRecord, skill: str) -> FoundRecord:
    return replace(task, values={**task.values, "skill": FoundValue(skill)}) if skill else task


def _task(
    code: str, place: str, percent: Decimal | None, most: int | None, letter: str, people: int, *, are_fractions: bool
) -> FoundRecord:
    values = {"code": FoundValue(code)}
    if percent is not None:
        whole = percent * 100 if are_fractions else percent
        rounded = whole.quantize(Decimal("0.01"), ROUND_HALF_UP)
        is_possible = 0 <= rounded <= 100
        doubt = None if is_possible else Doubt("percent_impossible", {"value": str(percent)[:20].replace(".", ",")})
        values["percent"] = FoundValue(rounded if is_possible else None, is_possible, doubt)
    if most is not None and 0 < most <= _MAX_POINTS:
        values["max_score"] = FoundValue(most)
    if letter:
        values["difficulty"] = FoundValue(_DIFFICULTY.get(letter, ""))
    if people > 0 and percent is not None:
        values["attempts"] = FoundValue(people)
    return FoundRecord("result_task", f"Задание {code}", place, values)


def _weighed(table: SourceTable, column: int, weights: Mapping[int, int | None]) -> Decimal | None:
    found = {row: number_of(table.cell(row, column)) for row in weights if row >= 0}
    known = [(value, weights[row]) for row, value in found.items() if value is not None]
    if len(known) == 1 and len(weights) == 1:
        return known[0][0]
    whole = sum(count or 0 for _value, count in known)
    if not whole or len(known) < len([count for count in weights.values() if count]):
        return None
    return sum((value * (count or 0) for value, count in known), Decimal(0)) / whole


def _are_fractions(values: list[Decimal]) -> bool:
    """Whether shares are written as parts of one: none above it, and some between."""
    return bool(values) and max(values) <= 1 and any(0 < value < 1 for value in values)


def _maxima(table: SourceTable, layout: ListLayout) -> dict[int, int]:
    """The row «Макс балл», by column."""
    labels = layout.columns(*LABELS) or [0]
    for row in range(max(0, layout.header - 2), min(len(table.rows), layout.first + 6)):
        if any(plain(table.cell(row, at)).startswith(("макс", "мах")) for at in labels):
            found = {at: whole_of(table.cell(row, at)) for at in layout.columns(TASK)}
            return {at: value for at, value in found.items() if value is not None}
    return {}


def passed_over(table: SourceTable, layout: ListLayout, column: int) -> int:
    """How many rows have a figure for the school but no number of a task, or one that was named above."""
    figures = [row for row in range(layout.first, len(table.rows)) if number_of(table.cell(row, column)) is not None]
    return len(figures) - len([row for _code, row in _coded_rows(table, layout) if row in set(figures)])


def _coded_rows(table: SourceTable, layout: ListLayout) -> list[tuple[str, int]]:
    """The rows of tasks, each number once."""
    labels = [at for at in (layout.column("task_label"), layout.column("planned")) if at >= 0]
    rows: dict[str, int] = {}
    for row in range(layout.first, len(table.rows)):
        code = next((code for at in labels if (code := _leading_code(table.cell(row, at)))), "")
        if code:
            rows.setdefault(code, row)
    return list(rows.items())


def _leading_code(text: str) -> str:
    whole = task_code(text[:40])
    if whole:
        return whole
    match = _LEADING.match(text[:60])
    return task_code(match[1]) if match else ""
