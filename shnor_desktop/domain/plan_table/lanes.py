"""A plan whose columns are participants and whose rows are stages: each task in a cell is a measure."""

from __future__ import annotations

import re

from shnor_desktop.domain.plan_table.columns import STAGE, is_service_row, lone_cell, looks_like_time, stage_above
from shnor_desktop.domain.plan_table.noise import boxes_out
from shnor_desktop.domain.plan_table.numbering import split_leading
from shnor_desktop.domain.plan_table.plain_words import one_line
from shnor_desktop.domain.plan_table.rows import Found
from shnor_desktop.domain.plan_table.terms import (
    ColumnKind,
    Doubt,
    DoubtCode,
    PlanRow,
    PlanSection,
    SourceTable,
    TableLayout,
)

_BULLET = re.compile(r"^\s*(?:[-–—•·*\u25aa\u25cf\u25a1\uf0b7]\s*|\d{1,2}[.)]\s+)")
_IN_BRACKETS = re.compile(r"\(([^()]{3,60})\)\s*\.?\s*$")


def read_lanes(table: SourceTable, layout: TableLayout, found: Found) -> None:
    """Add the tasks of every stage; those in a cell over several participants have no executor."""
    stage: PlanSection | None = None
    if ColumnKind.SECTION not in layout.kinds:
        words = stage_above(table, layout.header) if layout.header >= 0 else table.heading
        if words and words != lone_cell(table, layout.header + 1):
            stage = _stage_of(words, "", table.place)
            found.sections.append(stage)
    lanes = [at for at, told in enumerate(layout.columns) if told.kind is ColumnKind.LANE]
    shared = {
        (span.top, span.left): span.right
        for span in table.spans
        if span.right > span.left and layout.columns[min(span.left, len(layout.columns) - 1)].kind is ColumnKind.LANE
    }
    for at in range(layout.first, len(table.rows)):
        if not any(cell.strip() for cell in table.rows[at]) or is_service_row(table, at, layout):
            continue
        where = f"{table.place}, строка {table.numbers[at]}"
        named = _stage(table, layout, at, where)
        if named is not None and (stage is None or named != stage):
            stage = named
            found.sections.append(stage)
            if ColumnKind.SECTION not in layout.kinds:
                continue
        for column in lanes:
            last = shared.get((at, column), column)
            names = [layout.columns[one].heading for one in lanes if column <= one <= last]
            whose = names if len(names) < len(lanes) else []
            for task in split_tasks(table.cell(at, column)):
                found.rows.append(_task(task, stage, whose, where))
    if stage is None:
        found.doubts.append(Doubt(DoubtCode.HEADER_ABSENT, "", table.place))


def split_tasks(text: str) -> list[str]:
    """The tasks that a cell lists: by bullets, else by lines that begin with a capital."""
    lines = [line for line in text.split("\n") if line.strip()]
    has_bullets = any(_BULLET.match(line) for line in lines)
    found: list[str] = []
    for line in lines:
        words = one_line(boxes_out(_BULLET.sub("", line)))
        if not words:
            continue
        is_new = bool(_BULLET.match(line)) if has_bullets else not words[0].islower()
        if found and not is_new:
            found[-1] = f"{found[-1]} {words}"
        else:
            found.append(words)
    return found


def _stage(table: SourceTable, layout: TableLayout, at: int, where: str) -> PlanSection | None:
    if ColumnKind.SECTION not in layout.kinds:
        alone = lone_cell(table, at)
        if STAGE.search(alone):
            return _stage_of(alone, "", where)
    by_kind = {told.kind: table.cell(at, column) for column, told in enumerate(layout.columns)}
    title = one_line(by_kind.get(ColumnKind.SECTION, ""))
    deadline = by_kind.get(ColumnKind.DEADLINE, "").strip()
    if not title and not deadline:
        return None
    return _stage_of(title, deadline, where)


def _stage_of(words: str, deadline: str, where: str) -> PlanSection:
    """«I ЭТАП. ВЫБОР ОО (ЯНВАРЬ-ФЕВРАЛЬ)»: the time in the brackets is the deadline of its tasks."""
    title = one_line(words)
    inside = _IN_BRACKETS.search(title)
    if not deadline and inside and looks_like_time(inside[1]):
        deadline, title = inside[1].strip(), title[: inside.start()].strip(" .")
    number, rest = split_leading(title)
    return PlanSection(number, rest or one_line(deadline), deadline, "", where)


def _task(task: str, stage: PlanSection | None, lanes: list[str], where: str) -> PlanRow:
    return PlanRow(
        number="",
        title=task,
        deadline=stage.deadline if stage else "",
        deadline_inherited=bool(stage and stage.deadline),
        executors=tuple(lanes),
        executors_text="; ".join(lanes),
        section=stage.label if stage else "",
        place=where,
    )
