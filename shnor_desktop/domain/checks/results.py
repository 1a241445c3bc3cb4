"""Results of procedures: marks add up, two years are there, small groups are known as such."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.errors import Param
from shnor_desktop.domain.facts import SUBJECTS, ResultFact
from shnor_desktop.domain.findings import RESULTS, CheckCode, Finding, about
from shnor_desktop.domain.metrics.results import JUDGED, years_of
from shnor_desktop.domain.russian import plural

YEARS_WANTED = 2


def results_findings(case: Case) -> Iterator[Finding]:
    """The set as a whole, then sheet by sheet."""
    sheets = [sheet for sheet in case.facts.results if sheet.procedure in JUDGED]
    years = years_of(sheets, case.as_of.year)
    if not years:
        yield Finding(CheckCode.RESULTS_ABSENT, RESULTS, "result_sheet")
    else:
        yield from _completeness(case, sheets, years)
    for sheet in case.facts.results:
        yield from _sheet(case, sheet)
    limit = case.pack.identification.small_group
    small = [sheet for sheet in sheets if sheet.participants is not None and 0 < sheet.participants < limit]
    if small:
        sheets_words = plural(len(small), "работе", "работах", "работах")
        yield about(small[0], CheckCode.SMALL_GROUPS, RESULTS, "participants", sheets=sheets_words, limit=limit)


def _completeness(case: Case, sheets: list[ResultFact], years: tuple[int, ...]) -> Iterator[Finding]:
    if len(years) < YEARS_WANTED:
        yield Finding(CheckCode.RESULTS_ONE_YEAR, RESULTS, "result_sheet", field="year", params={"year": years[0]})
    for subject in case.pack.identification.subjects:
        if not any(sheet.subject == subject and sheet.year == years[0] for sheet in sheets):
            params: dict[str, Param] = {"subject": SUBJECTS.get(subject, subject), "year": years[0]}
            yield Finding(CheckCode.RESULTS_SUBJECT_ABSENT, RESULTS, "result_sheet", field=subject, params=params)


def _sheet(case: Case, sheet: ResultFact) -> Iterator[Finding]:
    if sheet.year is not None and sheet.year > case.as_of.year:
        yield about(sheet, CheckCode.RESULTS_YEAR_AHEAD, RESULTS, "year")
    if sheet.mean_score is not None and sheet.max_score is not None and sheet.mean_score > sheet.max_score:
        yield about(sheet, CheckCode.SCORE_EXCEEDS_MAXIMUM, RESULTS, "mean_score")
    borders = [least for least in (sheet.mark_3_from, sheet.mark_4_from, sheet.mark_5_from) if least is not None]
    if any(first >= second for first, second in pairwise(borders)):
        yield about(sheet, CheckCode.BORDERS_DISORDERED, RESULTS, "mark_3_from")
    if sheet.participants is None:
        return
    marks = [mark for mark in sheet.marks if mark is not None]
    if sum(marks) > sheet.participants:
        yield _counts(sheet, CheckCode.MARKS_EXCEED_PARTICIPANTS, "participants", sum(marks))
    elif len(marks) == len(sheet.marks) and sum(marks) < sheet.participants:
        yield _counts(sheet, CheckCode.MARKS_BELOW_PARTICIPANTS, "participants", sum(marks))
    compared = (sheet.lowered or 0) + (sheet.confirmed or 0) + (sheet.raised or 0)
    if compared > sheet.participants:
        yield _counts(sheet, CheckCode.JOURNAL_EXCEEDS_PARTICIPANTS, "confirmed", compared)


def _counts(sheet: ResultFact, code: CheckCode, field: str, count: int) -> Finding:
    return about(sheet, code, RESULTS, field, count=count, participants=sheet.participants or 0)
