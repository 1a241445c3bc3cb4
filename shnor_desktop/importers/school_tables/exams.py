"""Tables of exams that a school keeps itself: subject, year, participants, marks or those below the minimum."""

from __future__ import annotations

from decimal import Decimal

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.school_tables.cells import number_of, plain
from shnor_desktop.importers.school_tables.fis_reports import Source, Values, key_values, questions_of, spread
from shnor_desktop.importers.school_tables.found import (
    Asked,
    Doubt,
    FoundRecord,
    FoundValue,
    OwnSchool,
    Question,
    Reading,
)
from shnor_desktop.importers.school_tables.kinds import MARK_COLUMNS, PERCENT_COLUMNS, TableKind
from shnor_desktop.importers.school_tables.layouts import ListLayout
from shnor_desktop.importers.school_tables.result_heads import Head, row_head, title_head
from shnor_desktop.importers.school_tables.shares import counts_of

_TOTALS = ("итог", "всего", "средн", "по школе")
_GRADES = {"oge": 9, "ege": 11}
_MOST_RECORDS = 2_000


def read_exams(table: SourceTable, layout: ListLayout, own: OwnSchool, asked: Asked, file: str) -> Reading:
    """One record a row; a subject or year that stands once over several rows holds for all of them."""
    source = Source(table, layout)
    head = title_head(table, layout, file)
    records: list[FoundRecord] = []
    questions: list[Question] = []
    carried: dict[str, str] = {}
    for row in range(layout.first, len(table.rows)):
        cells = _carried(source, row, carried)
        if cells is None or not _has_figures(source, row):
            continue
        found = _head(cells, row_head(table, layout, row, head, asked), asked)
        lacking = questions_of(found, asks_procedure=True)
        questions += [question for question in lacking if question not in questions]
        if not lacking and len(records) < _MOST_RECORDS:
            records.append(_record(source, row, found, own))
    return Reading(tuple(records), tuple(questions))


def _carried(source: Source, row: int, carried: dict[str, str]) -> dict[str, str] | None:
    """The subject, year and exam of a row, with what holds from the rows above; None for a row of totals."""
    first = next((cell for cell in source.table.rows[row] if cell), "")
    if not first or plain(first).startswith(_TOTALS):
        return None
    for meaning in ("subject", "year", "procedure", "grade"):
        at = source.layout.column(meaning)
        cell = source.table.cell(row, at) if at >= 0 else ""
        if cell:
            carried[meaning] = cell
    if plain(carried.get("subject", "")).startswith(_TOTALS):
        return None
    return dict(carried)


def _head(cells: dict[str, str], head: Head, asked: Asked) -> Head:
    table = SourceTable("", (tuple(cells.values()),), (1,))
    layout = ListLayout(TableKind.EXAMS, -1, 1, tuple(cells), tuple(cells))
    found = row_head(table, layout, 0, head, asked)
    grade = found.grade if asked.grade or "grade" in cells else None
    exam_grade = _GRADES.get(found.procedure)
    return Head(found.procedure, found.subject, grade or exam_grade or found.grade, found.year)


def _has_figures(source: Source, row: int) -> bool:
    names = ("participants", "below", "below_percent", "mean_score", *MARK_COLUMNS, *PERCENT_COLUMNS)
    columns = source.layout.columns(*names)
    return any(number_of(source.table.cell(row, at)) is not None for at in columns)


def _record(source: Source, row: int, head: Head, own: OwnSchool) -> FoundRecord:
    people = source.people(row)
    values: Values = {} if people is None else {"participants": FoundValue(people)}
    if people is not None and people < 0:
        values = {"participants": FoundValue(None, False, Doubt("negative"))}
        people = None
    values.update(_marks(source, row, people, head))
    values.update(_mean(source, row, head))
    is_ahead = head.year is not None and head.year > own.year
    caption = {"oge": "ОГЭ", "ege": "ЕГЭ", "vpr": "ВПР", "diagnostic": "диагностическая работа"}[head.procedure]
    return FoundRecord(
        entity="result_sheet",
        title=f"{caption}: {head.title}",
        place=f"{source.table.place}, строка {source.table.numbers[row]}",
        values={**key_values(head), **values},
        doubts=source.errors([row]),
        stops=Doubt("year_ahead", {"year": head.year or 0, "today": own.year}) if is_ahead else None,
    )


def _marks(source: Source, row: int, people: int | None, head: Head) -> Values:
    layout = source.layout
    below, share = source.number(row, layout.column("below")), source.number(row, layout.column("below_percent"))
    if head.procedure == "ege" and (below is not None or share is not None):
        return _below(below, share, people)
    counted = [source.number(row, layout.column(name)) for name in MARK_COLUMNS]
    shares = [source.number(row, layout.column(name)) for name in PERCENT_COLUMNS]
    if counted[0] is None and below is not None:
        counted[0] = below
    has_all = all(layout.column(name) >= 0 for name in MARK_COLUMNS)
    if not has_all and any(one is not None for one in counted):
        return _single(counted, people)
    if any(one is not None for one in counted):
        return spread(MARK_COLUMNS, counts_of(counted, people))
    return spread(MARK_COLUMNS, counts_of(shares, people, percents=True))


def _single(counted: list[Decimal | None], people: int | None) -> Values:
    """Marks of a table that has not all of them: each stands for itself."""
    values: Values = {}
    for name, count in zip(MARK_COLUMNS, counted, strict=True):
        if count is None:
            continue
        is_count = count == count.to_integral_value() and count >= 0 and (people is None or count <= people)
        values[name] = FoundValue(int(count) if is_count else None, is_count, None if is_count else Doubt("no_count"))
    return values


def _below(below: Decimal | None, share: Decimal | None, people: int | None) -> Values:
    """Those below the minimum, from the count, else from the share and its rest."""
    if below is not None:
        return _single([below, None, None, None], people)
    assert share is not None
    counts = counts_of([share, 100 - share], people, percents=True)
    return {"mark_2": FoundValue(counts.parts[0], counts.is_sure, counts.doubt)}


def _mean(source: Source, row: int, head: Head) -> Values:
    at = source.layout.column("mean_score")
    mean = source.number(row, at)
    if mean is None or mean < 0:
        return {}
    heading = plain(source.layout.headings[at])
    rounded = mean.quantize(Decimal("0.01"))
    if head.procedure == "ege" and mean <= 100:
        return {"mean_score": FoundValue(rounded, True, Doubt("test_score")), "max_score": FoundValue(100)}
    if "первичн" in heading:
        return {"mean_score": FoundValue(rounded)}
    return {"mean_score": FoundValue(rounded, False, Doubt("which_mean"))}
