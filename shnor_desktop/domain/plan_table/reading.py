"""From the tables of a file to a plan: measures with what they inherit and what looks wrong in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from shnor_desktop.domain.plan_table.columns import find_layout
from shnor_desktop.domain.plan_table.duplicates import near_duplicates
from shnor_desktop.domain.plan_table.executors import glued_parts, split_executors
from shnor_desktop.domain.plan_table.lanes import read_lanes
from shnor_desktop.domain.plan_table.noise import (
    Vocabulary,
    doubts_of,
    mended,
    soft_hyphens_out,
)
from shnor_desktop.domain.plan_table.numbering import plain_number
from shnor_desktop.domain.plan_table.plain_words import folded, one_line
from shnor_desktop.domain.plan_table.rows import Found, read_rows
from shnor_desktop.domain.plan_table.terms import (
    ColumnKind,
    Doubt,
    DoubtCode,
    PlanRow,
    PlanSection,
    PlanTable,
    SourceTable,
    TableLayout,
)

_FIELDS = {"title": "title", "executors": "executors_text", "result": "result", "evidence": "evidence", "note": "note"}
"""The field that a doubt names, and where its words stand in a row."""
_FEW_SMALL = 8
_MOST_NAMES = 500


def find_layouts(tables: Sequence[SourceTable]) -> tuple[TableLayout, ...]:
    """How each table is to be read; once one has a plan's heading, those that were only guessed are left out."""
    found: list[TableLayout] = []
    for table in tables:
        found.append(find_layout(table, found[-1] if found else None))
    if any(layout.header >= 0 for layout in found):
        sure = {layout.columns for layout in found if layout.header >= 0}
        found = [
            layout if layout.header >= 0 or layout.columns in sure else replace(layout, is_taken=False)
            for layout in found
        ]
    return tuple(found)


def read_plan(tables: Sequence[SourceTable], layouts: Sequence[TableLayout] | None = None) -> PlanTable:
    """The plan that the tables hold; `layouts` are those that a person confirmed, else they are found."""
    chosen = tuple(layouts) if layouts is not None else find_layouts(tables)
    found = Found()
    for table, layout in zip(tables, chosen, strict=True):
        if not layout.is_taken:
            continue
        if layout.header < 0 and layout == find_layout(table) and layout.first < len(table.rows):
            found.doubts.append(Doubt(DoubtCode.HEADER_ABSENT, "", table.place))
        found.doubts += _unread_columns(table, layout)
        read = read_lanes if ColumnKind.LANE in layout.kinds else read_rows
        read(table, layout, found)
    rows = _with_doubts(found.rows)
    empty = _empty_sections(found.sections, rows)
    doubts = (*found.doubts, *(Doubt(DoubtCode.SECTION_EMPTY, "", f"{one.place}: {one.label[:80]}") for one in empty))
    return PlanTable(tuple(found.sections), tuple(rows), chosen, doubts)


def _unread_columns(table: SourceTable, layout: TableLayout) -> list[Doubt]:
    """Columns with words that are not read: they are said, for a person may want them."""
    rows = range(layout.first, len(table.rows))
    return [
        Doubt(DoubtCode.COLUMN_IGNORED, "", f"{table.place}, «{column.heading[:60]}»")
        for at, column in enumerate(layout.columns)
        if column.kind is ColumnKind.IGNORED and column.heading and any(table.cell(row, at).strip() for row in rows)
    ]


def settled(row: PlanRow, accepted: Collection[int] | None = None) -> PlanRow:
    """The row with the repairs made that were accepted, named by their place in `doubts`; None: the safe ones."""
    chosen = [
        doubt
        for at, doubt in enumerate(row.doubts)
        if doubt.is_repair and (doubt.is_safe if accepted is None else at in accepted)
    ]
    words = {
        place: mended(getattr(row, place), [doubt for doubt in chosen if doubt.field == field])
        for field, place in _FIELDS.items()
    }
    number = next((doubt.after for doubt in reversed(chosen) if doubt.field == "number" and doubt.after), row.number)
    return replace(
        row,
        number=number,
        title=one_line(words["title"]),
        deadline=one_line(soft_hyphens_out(row.deadline)),
        executors=split_executors(words["executors_text"]),
        result=one_line(words["result"]),
        evidence=one_line(words["evidence"]),
        note=one_line(words["note"]),
    )


def _with_doubts(rows: Sequence[PlanRow]) -> list[PlanRow]:
    vocabulary = Vocabulary(getattr(row, place) for row in rows for place in _FIELDS.values())
    found = []
    for row in rows:
        doubts = [*row.doubts]
        for field, place in _FIELDS.items():
            doubts += [
                doubt
                for doubt in doubts_of(field, getattr(row, place), vocabulary)
                if field != "executors" or doubt.code is not DoubtCode.LINE_BREAKS
            ]
        found.append(replace(row, doubts=tuple(doubts)))
    found = _usual_beginnings([replace(row, executors=row.executors or settled(row).executors) for row in found])
    return _numbered(_repeated(_glued(found)))


def _usual_beginnings(rows: list[PlanRow]) -> list[PlanRow]:
    """Where many titles begin without a capital, as in lists, that is no sign of a lost beginning."""
    small = sum(1 for row in rows for doubt in row.doubts if doubt.code is DoubtCode.LOWER_START)
    if small * _FEW_SMALL <= len(rows):
        return rows
    return [
        replace(row, doubts=tuple(doubt for doubt in row.doubts if doubt.code is not DoubtCode.LOWER_START))
        for row in rows
    ]


def _glued(rows: list[PlanRow]) -> list[PlanRow]:
    """Executors written one after another without a comma, as other rows show."""
    known = {name for row in rows for name in row.executors}
    by_length = sorted(known, key=lambda name: (-len(name), name))[:_MOST_NAMES]
    parts = {name: glued_parts(name, by_length) for name in known}
    found = []
    for row in rows:
        said = tuple(
            Doubt(DoubtCode.GLUED_EXECUTORS, "executors", name, ", ".join(parts[name]))
            for name in row.executors
            if parts[name]
        )
        found.append(replace(row, doubts=(*row.doubts, *said)))
    return found


def _repeated(rows: list[PlanRow]) -> list[PlanRow]:
    for later, earlier in near_duplicates([row.title for row in rows]):
        first = rows[earlier]
        where = " ".join(part for part in (first.number, one_line(first.title)[:60]) if part)
        code = DoubtCode.REPEATED if _essence(rows[later]) == _essence(first) else DoubtCode.DUPLICATE
        said = Doubt(code, "", f"{where} ({first.place})")
        rows[later] = replace(rows[later], doubts=(*rows[later].doubts, said))
    return rows


def _essence(row: PlanRow) -> tuple[str, ...]:
    """What two rows have in common that are one row written twice."""
    return folded(row.title), folded(row.deadline), folded(row.result), *(folded(name) for name in row.executors)


def _numbered(rows: list[PlanRow]) -> list[PlanRow]:
    """Numbers that stand twice: «1.1» after «1.9» is the «1.10» of a spreadsheet that keeps no last zero."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    before = ""
    for row in rows:
        key = (row.section, row.number)
        if row.number and seen[key]:
            wanted = f"{row.number}0"
            is_zero = before == _one_less(wanted)
            after = wanted if is_zero else None
            code = DoubtCode.NUMBER_ZERO if is_zero else DoubtCode.NUMBER_TWICE
            row = replace(row, doubts=(*row.doubts, Doubt(code, "number", row.number, after)))
        seen[key] += 1
        before = plain_number(row.number)
        found.append(row)
    return found


def _one_less(number: str) -> str:
    head, _, last = number.rpartition(".")
    return f"{head}.{int(last) - 1}" if head and last.isdigit() else ""


def _empty_sections(sections: Iterable[PlanSection], rows: Iterable[PlanRow]) -> list[PlanSection]:
    filled = {row.section for row in rows}
    known = list(sections)
    parents = {one.number for one in known if any(other.number.startswith(f"{one.number}.") for other in known)}
    inside = [one for one in known if ", строка" in one.place]  # a heading over the table may be its title
    return [one for one in inside if one.label not in filled and not (one.number and one.number in parents)]
