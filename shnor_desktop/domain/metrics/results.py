"""Figures of assessment procedures: shares of participants, the newest year unless another one is asked for.

Below the minimum means «2» in ВПР and ОГЭ and less than the minimal score in ЕГЭ; quality means «4» and «5» in
ВПР and ОГЭ (ЕГЭ gives no marks). All procedures of the year are put together, so that each participant counts
once a procedure and a large grade weighs more than a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from shnor_desktop.domain.facts import ResultFact, SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.grades import NINTH, absence_of, last_exams
from shnor_desktop.domain.metrics.registry import Metric, metric_by_year
from shnor_desktop.domain.metrics.values import UNKNOWN, MetricValue, Missing, count, does_not_apply, ref, share
from shnor_desktop.domain.school_subjects import counted_as

MARKED = frozenset({"vpr", "oge"})
JUDGED = MARKED | {"ege"}
EXAM = frozenset({"oge"})

_results = partial(Metric, page="results", entity="result_sheet", needs="Внесите результаты оценочных процедур")
_below = partial(_results, numerator_caption="Участников ниже минимального уровня", polarity=Polarity.LOWER_BETTER)
_quality = partial(_results, numerator_caption="Участников с отметками «4» и «5»", polarity=Polarity.HIGHER_BETTER)
_journal = partial(
    _results,
    denominator_caption="Участников с отметкой по журналу",
    needs="Внесите сравнение отметок за ВПР с отметками по журналу",
)


def years_of(sheets: Iterable[ResultFact], newest: int) -> tuple[int, ...]:
    """Years that have results, the newest first; years after `newest` (a slip of the hand) are left out."""
    return tuple(
        sorted({sheet.year for sheet in sheets if sheet.year is not None and sheet.year <= newest}, reverse=True)
    )


@metric_by_year(
    _below(
        name="results.share_below_minimum_russian",
        caption="Доля участников ниже минимального уровня: русский язык",
        denominator_caption="Участников процедур по русскому языку",
        needs="Внесите результаты по русскому языку",
    )
)
def below_minimum_russian(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _below_minimum, JUDGED, "russian")


@metric_by_year(
    _below(
        name="results.share_below_minimum_math",
        caption="Доля участников ниже минимального уровня: математика",
        denominator_caption="Участников процедур по математике",
        needs="Внесите результаты по математике",
    )
)
def below_minimum_math(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _below_minimum, JUDGED, "math")


@metric_by_year(
    _below(
        name="results.share_below_minimum_all",
        caption="Доля участников ниже минимального уровня: все предметы",
        denominator_caption="Участников всех процедур",
    )
)
def below_minimum_all(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _below_minimum, JUDGED)


@metric_by_year(
    _quality(
        name="results.quality_russian",
        caption="Качество результатов: русский язык",
        denominator_caption="Участников процедур по русскому языку",
        needs="Внесите результаты ВПР или ОГЭ по русскому языку",
    )
)
def quality_russian(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _good_marks, MARKED, "russian")


@metric_by_year(
    _quality(
        name="results.quality_math",
        caption="Качество результатов: математика",
        denominator_caption="Участников процедур по математике",
        needs="Внесите результаты ВПР или ОГЭ по математике",
    )
)
def quality_math(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _good_marks, MARKED, "math")


@metric_by_year(
    _quality(
        name="results.quality_all",
        caption="Качество результатов: все предметы",
        denominator_caption="Участников всех процедур",
    )
)
def quality_all(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_participants(facts, year, _good_marks, MARKED)


@metric_by_year(
    _quality(
        name="results.oge_quality_russian",
        caption="Качество ОГЭ: русский язык",
        denominator_caption="Участников ОГЭ по русскому языку",
        needs="Внесите результаты ОГЭ по русскому языку",
    )
)
def oge_quality_russian(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _quality_of_exam(facts, year, "russian")


@metric_by_year(
    _quality(
        name="results.oge_quality_math",
        caption="Качество ОГЭ: математика",
        denominator_caption="Участников ОГЭ по математике",
        needs="Внесите результаты ОГЭ по математике",
    )
)
def oge_quality_math(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _quality_of_exam(facts, year, "math")


@metric_by_year(
    _journal(
        name="results.share_confirmed_marks",
        caption="Доля участников, подтвердивших отметку по журналу",
        numerator_caption="Участников, подтвердивших отметку",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def share_confirmed_marks(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_compared(facts, year, lambda sheet: sheet.confirmed)


@metric_by_year(
    _journal(
        name="results.share_lowered_marks",
        caption="Доля участников, понизивших отметку",
        numerator_caption="Участников, понизивших отметку",
        polarity=Polarity.LOWER_BETTER,
    )
)
def share_lowered_marks(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_compared(facts, year, lambda sheet: sheet.lowered)


@metric_by_year(
    _journal(
        name="results.share_raised_marks",
        caption="Доля участников, повысивших отметку",
        numerator_caption="Участников, повысивших отметку",
        polarity=Polarity.LOWER_BETTER,
    )
)
def share_raised_marks(facts: SchoolFacts, year: int | None) -> MetricValue:
    return _share_of_compared(facts, year, lambda sheet: sheet.raised)


@metric_by_year(_results(name="results.participants", caption="Участий в процедурах за год", unit="чел."))
def participants(facts: SchoolFacts, year: int | None) -> MetricValue:
    chosen, sheets = _sheets(facts, year, JUDGED)
    gap = next((sheet for sheet in sheets if sheet.participants is None), None)
    if gap is not None:
        return _incomplete(gap, chosen, "не указано число участников", "participants")
    if not sheets:
        return replace(UNKNOWN, year=chosen)
    total = sum(sheet.participants or 0 for sheet in sheets)
    rows = tuple(ref(sheet, note=f"{sheet.participants} чел.") for sheet in sheets)
    return MetricValue(Decimal(total), total, None, rows, year=chosen)


@metric_by_year(_results(name="results.procedures", caption="Процедур за год", unit="ед."))
def procedures(facts: SchoolFacts, year: int | None) -> MetricValue:
    chosen, sheets = _sheets(facts, year, JUDGED)
    return replace(count(sheets) if sheets else UNKNOWN, year=chosen)


def _below_minimum(sheet: ResultFact) -> int | None:
    return sheet.mark_2


def _good_marks(sheet: ResultFact) -> int | None:
    return None if sheet.mark_4 is None or sheet.mark_5 is None else sheet.mark_4 + sheet.mark_5


def _sheets(
    facts: SchoolFacts, year: int | None, kinds: frozenset[str], subject: str = ""
) -> tuple[int | None, Sequence[ResultFact]]:
    """The sheets of the year, of the newest one where none is asked for."""
    fitting = [
        sheet
        for sheet in facts.results
        if sheet.procedure in kinds and (not subject or counted_as(sheet.subject) == subject)
    ]
    known = years_of(fitting, facts.as_of.year)
    chosen = year if year is not None else next(iter(known), None)
    return chosen, [sheet for sheet in fitting if sheet.year == chosen]


def _share_of_participants(
    facts: SchoolFacts,
    year: int | None,
    part: Callable[[ResultFact], int | None],
    kinds: frozenset[str],
    subject: str = "",
) -> MetricValue:
    chosen, sheets = _sheets(facts, year, kinds, subject)
    total = counted = 0
    rows = []
    for sheet in sheets:
        found = part(sheet)
        if sheet.participants is None:
            return _incomplete(sheet, chosen, "не указано число участников", "participants")
        if found is None:
            return _incomplete(sheet, chosen, "не заполнены отметки", "mark_2")
        counted += found
        total += sheet.participants
        rows.append(ref(sheet, note=f"{found} из {sheet.participants}"))
    return replace(share(counted, total, rows), year=chosen)


def _quality_of_exam(facts: SchoolFacts, year: int | None, subject: str) -> MetricValue:
    """Of ОГЭ alone; a school without grade 9 is told so, unless it held the exam last summer."""
    found = _share_of_participants(facts, year, _good_marks, EXAM, subject)
    if year is None and (found.year is None or found.year < last_exams(facts)):
        reason = absence_of(facts, NINTH)
        if reason:
            return does_not_apply(reason)
    return found


def _share_of_compared(facts: SchoolFacts, year: int | None, part: Callable[[ResultFact], int | None]) -> MetricValue:
    """Only sheets with all three counts are compared with the journal; the others were imported without it."""
    known = [sheet for sheet in facts.results if None not in (sheet.lowered, sheet.confirmed, sheet.raised)]
    chosen, sheets = _sheets(replace(facts, results=tuple(known)), year, frozenset({"vpr"}))
    rows, counted, total = [], 0, 0
    for sheet in sheets:
        found = part(sheet) or 0
        of = (sheet.lowered or 0) + (sheet.confirmed or 0) + (sheet.raised or 0)
        counted += found
        total += of
        rows.append(ref(sheet, note=f"{found} из {of}"))
    return replace(share(counted, total, rows), year=chosen)


def _incomplete(sheet: ResultFact, year: int | None, what: str, field: str) -> MetricValue:
    missing = Missing("results", "result_sheet", f"{sheet.label}: {what}", sheet.id, field)
    return MetricValue(None, missing=(missing,), year=year)
