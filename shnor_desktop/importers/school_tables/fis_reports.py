"""The reports of ФИС ОКО beside «Ф1»: marks, journal, scores, tasks, planned results, groups (field notes 2.5).

Their layouts are not confirmed, so the rows of the school are found by login or name and the columns by headings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.f1_layout import LOGIN
from shnor_desktop.importers.school_tables.cells import is_error, number_of, whole_of
from shnor_desktop.importers.school_tables.found import (
    Asked,
    Doubt,
    FoundRecord,
    FoundValue,
    OwnSchool,
    Question,
    Reading,
)
from shnor_desktop.importers.school_tables.kinds import MARK_COLUMNS, PERCENT_COLUMNS, SCORE, TableKind
from shnor_desktop.importers.school_tables.layouts import ListLayout
from shnor_desktop.importers.school_tables.own_rows import Block, blocks_of, choose_own
from shnor_desktop.importers.school_tables.result_heads import Head, row_head, title_head
from shnor_desktop.importers.school_tables.shares import Counts, counts_of
from shnor_desktop.importers.school_tables.task_columns import own_column_tasks, passed_over, row_tasks

_CHANGES = ("lowered", "confirmed", "raised")
_MOST_RECORDS = 500
Values = dict[str, FoundValue]
Parts = tuple[Values, list[FoundRecord], list[FoundRecord]]
"""What a report says of a paper: the fields of the result, its tasks, its scores or groups."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table with the way it is read."""

    table: SourceTable
    layout: ListLayout

    def number(self, row: int, column: int) -> Decimal | None:
        """The number of a cell; None where there is none."""
        return number_of(self.table.cell(row, column)) if row >= 0 and column >= 0 else None

    def people(self, row: int) -> int | None:
        """How many took part by a row."""
        at = self.layout.column("participants")
        return whole_of(self.table.cell(row, at)) if row >= 0 and at >= 0 else None

    def errors(self, rows: Sequence[int]) -> tuple[Doubt, ...]:
        """A doubt if a formula of these rows shows an error."""
        bad = [cell for row in rows if row >= 0 for cell in self.table.rows[row] if is_error(cell)]
        return (Doubt("formula_error", {"cell": bad[0][:20], "count": len(bad)}),) if bad else ()


def read_report(table: SourceTable, layout: ListLayout, own: OwnSchool, asked: Asked, file: str) -> Reading:
    """The school's own figures of a report, or the questions that have to be answered before."""
    source = Source(table, layout)
    head = title_head(table, layout, file)
    is_by_columns = layout.kind is TableKind.PLANNED and bool(layout.columns("own", "other"))
    if is_by_columns:
        return _by_columns(source, own, asked, head)
    chosen = choose_own(blocks_of(table, layout), own, asked.own)
    questions = [Question("own", chosen.options)] if not chosen.blocks else []
    records = []
    for block in chosen.blocks[:_MOST_RECORDS]:
        found = row_head(table, layout, block.first, head, asked)
        lacking = questions_of(found)
        questions += [question for question in lacking if question not in questions]
        if not lacking:
            records.append(_record(source, block, found, own, chosen.stops))
    return Reading(tuple(records), tuple(questions), (), chosen.label)


def questions_of(head: Head, *, asks_procedure: bool = False) -> list[Question]:
    """What of a paper is not known yet."""
    parts = (("subject", head.subject), ("grade", head.grade), ("year", head.year))
    found = [Question(name) for name, value in parts if not value]
    return [Question("procedure"), *found] if asks_procedure and not head.procedure else found


def key_values(head: Head) -> Values:
    """The natural key of a result."""
    return {
        "procedure": FoundValue(head.procedure or "vpr"),
        "subject": FoundValue(head.subject),
        "grade": FoundValue(head.grade),
        "year": FoundValue(head.year),
    }


def _record(source: Source, block: Block, head: Head, own: OwnSchool, stops: Doubt | None) -> FoundRecord:
    values, children, details = _READERS[source.layout.kind](source, block)
    if head.year is not None and head.year > own.year:
        stops = stops or Doubt("year_ahead", {"year": head.year, "today": own.year})
    rows = [block.row, *block.parts.values()]
    return FoundRecord(
        entity="result_sheet",
        title=head.title,
        place=f"{source.table.place}, строка {source.table.numbers[block.first]}",
        values={**key_values(head), **values},
        doubts=source.errors(rows),
        stops=stops,
        children=tuple(children),
        details=tuple(details),
    )


def _people_value(people: int | None) -> Values:
    if people is None:
        return {}
    if people < 0:
        return {"participants": FoundValue(None, False, Doubt("negative"))}
    return {"participants": FoundValue(people)}


def spread(names: Sequence[str], counts: Counts) -> Values:
    """Counts under the names of their fields; what is not sure is said once."""
    values = {}
    doubt = counts.doubt
    for name, part in zip(names, counts.parts, strict=True):
        if part is not None or doubt is not None:
            values[name] = FoundValue(part, counts.is_sure, doubt)
            doubt = None
    return values


def _marks(source: Source, block: Block) -> Parts:
    people = source.people(block.row)
    layout = source.layout
    plain = [source.number(block.row, layout.column(name)) for name in MARK_COLUMNS]
    percents = [source.number(block.row, layout.column(name)) for name in PERCENT_COLUMNS]
    counts = counts_of(plain, people)
    if all(part is None for part in counts.parts) and any(one is not None for one in percents):
        counts = counts_of(percents, people, percents=True)
    if people is None and counts.is_sure and all(part is not None for part in counts.parts):
        people = sum(part or 0 for part in counts.parts)
    return {**_people_value(people), **spread(MARK_COLUMNS, counts)}, [], []


def _journal(source: Source, block: Block) -> Parts:
    layout = source.layout
    if block.parts:
        rows = [block.parts.get(name, -1) for name in _CHANGES]
        whole = [source.people(row) for row in rows]
        people = [None if one is None else Decimal(one) for one in whole]
        shares = [source.number(row, layout.column("percent")) for row in rows]
        total = source.people(block.parts.get("total", block.row))
    else:
        people = [source.number(block.row, layout.column(name)) for name in _CHANGES]
        shares, total = [None] * 3, source.people(block.row)
    counts = counts_of(people, total)
    if all(part is None for part in counts.parts) and any(share is not None for share in shares):
        counts = counts_of(shares, total, percents=True)
    return spread(_CHANGES, counts), [], []


def _scores(source: Source, block: Block) -> Parts:
    columns = source.layout.columns(SCORE)
    scores = [int(source.layout.headings[at]) if source.layout.headings[at].isdecimal() else 0 for at in columns]
    parts = [source.number(block.row, at) or Decimal(0) for at in columns]
    people, total = source.people(block.row), sum(parts, Decimal(0))
    if not scores or total <= 0 or min(parts) < 0:
        return _people_value(people), [], []
    mean = sum((score * part for score, part in zip(scores, parts, strict=True)), Decimal(0)) / total
    counts = counts_of(parts, people)
    doubt = counts.doubt if counts.doubt is not None and counts.doubt.code != "percent_alone" else None
    if doubt is not None and doubt.code in ("percent_not_whole", "percent_or_people"):
        doubt = None  # the mean does not need whole people
    rounded = mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
    values = {
        **_people_value(people),
        "mean_score": FoundValue(rounded, doubt is None, doubt),
        "max_score": FoundValue(max(scores)),
    }
    return values, [], _distribution(scores, counts) if counts.is_sure else []


def _distribution(scores: Sequence[int], counts: Counts) -> list[FoundRecord]:
    """Scores that somebody got, where they are whole people."""
    return [
        FoundRecord("result_score", str(score), "", {"score": FoundValue(score), "pupils": FoundValue(pupils)})
        for score, pupils in zip(scores, counts.parts, strict=True)
        if pupils
    ]


def _tasks(source: Source, block: Block) -> Parts:
    people = source.people(block.row)
    return _people_value(people), row_tasks(source.table, source.layout, {block.row: people}), []


def _groups(source: Source, block: Block) -> Parts:
    """The groups by mark give the marks; the tasks come from the school's own row, else from the groups weighed."""
    groups: Mapping[str, int | None] = {mark: source.people(row) for mark, row in block.parts.items()}
    values: Values = {}
    if groups and all(count is not None for count in groups.values()):
        total = source.people(block.row)
        parts = [Decimal(groups.get(mark) or 0) for mark in "2345"]
        values = {**_people_value(total or int(sum(parts))), **spread(MARK_COLUMNS, counts_of(parts, total))}
    has_own = block.row >= 0 and any(source.number(block.row, at) is not None for at in source.layout.columns("task"))
    weights = {block.row: source.people(block.row)} if has_own else {block.parts[one]: groups[one] for one in groups}
    details = [one for mark, row in block.parts.items() for one in _group(source, mark, row, groups[mark])]
    return values, row_tasks(source.table, source.layout, weights), details


def _group(source: Source, mark: str, row: int, pupils: int | None) -> list[FoundRecord]:
    """How those who got one mark did each task; nothing of tasks without a sure share."""
    found = row_tasks(source.table, source.layout, {row: pupils})
    return [
        FoundRecord(
            "result_group",
            task.title,
            task.place,
            {
                "cohort": FoundValue(f"получили «{mark}»"),
                "code": task.values["code"],
                "pupils": FoundValue(pupils),
                "percent": task.values["percent"],
            },
        )
        for task in found
        if "percent" in task.values and task.values["percent"].is_sure
    ]


def _by_columns(source: Source, own: OwnSchool, asked: Asked, head: Head) -> Reading:
    """A report whose rows are tasks and whose columns are territories and schools."""
    columns = source.layout.columns("own", "other")
    names = {at: source.layout.headings[at] or f"столбец {at + 1}" for at in columns}
    blocks = [Block(name, _login_of(name), at) for at, name in names.items()]
    marked = source.layout.column("own")
    wanted = asked.own or (names[marked] if marked >= 0 and not own.login else "")
    chosen = choose_own(blocks, own, wanted)
    found = row_head(source.table, source.layout, max(source.layout.header, 0), head, asked)
    questions = questions_of(found)
    if not chosen.blocks:
        questions.insert(0, Question("own", chosen.options))
    if questions:
        return Reading((), tuple(questions), (), chosen.label)
    stops = chosen.stops
    if found.year is not None and found.year > own.year:
        stops = stops or Doubt("year_ahead", {"year": found.year, "today": own.year})
    children = own_column_tasks(source.table, source.layout, chosen.blocks[0].row)
    place = f"{source.table.place}, столбец «{chosen.label[:80]}»"
    record = FoundRecord("result_sheet", found.title, place, key_values(found), (), stops, tuple(children))
    left = passed_over(source.table, source.layout, chosen.blocks[0].row)
    return Reading((record,), (), (Doubt("no_task_code", {"count": left}),) if left else (), chosen.label)


def _login_of(text: str) -> str:
    match = LOGIN.search(text)
    return match[1].lower() if match else ""


_READERS = {
    TableKind.MARKS: _marks,
    TableKind.JOURNAL: _journal,
    TableKind.SCORES: _scores,
    TableKind.TASKS: _tasks,
    TableKind.PLANNED: _tasks,
    TableKind.GROUPS: _groups,
}
