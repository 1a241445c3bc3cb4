"""Dates that contradict each other: a measure before its basis, stages outside of the period, slots on other days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shnor_desktop.domain.deadlines import DeadlineKind, read_deadline
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint.finding import LintCode, LintFinding, LintKind, Part
from shnor_desktop.domain.methodology_lint.readings import PlanLine, period_of
from shnor_desktop.domain.russian import short_date

_ON_A_DAY = (DeadlineKind.DATE, DeadlineKind.WINDOW)


def lint_chronology(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """The order of measures, the stages, single dates, interviews, documents."""
    yield from _order(lines)
    yield from _stages(pack)
    for line in lines:
        yield from _dates(line)
    yield from _interviews(pack)
    yield from _documents(pack, lines)
    if pack.period_unconfirmed:
        yield LintFinding(LintCode.PERIOD_UNCONFIRMED, LintKind.DATES, Part.PACK, place="период")


def _order(lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """A measure that is due before what it stands on is due."""
    by_id = {line.measure.id: line for line in lines}
    for line in lines:
        for name in line.measure.after:
            basis = by_id.get(name)
            if basis is None or line.first_due is None or basis.first_due is None:
                continue
            if line.first_due < basis.first_due:
                params = {
                    "title": line.measure.title,
                    "due": short_date(line.first_due),
                    "basis": basis.place,
                    "basis_title": basis.measure.title,
                    "basis_due": short_date(basis.first_due),
                }
                yield LintFinding(
                    LintCode.BEFORE_ITS_BASIS,
                    LintKind.CHRONOLOGY,
                    Part.MEASURES,
                    line.measure.id,
                    line.place,
                    params,
                )


def _stages(pack: Pack) -> Iterator[LintFinding]:
    for index, stage in enumerate(pack.stages):
        place = f"этап {stage.number}"
        if stage.start < pack.period_start or stage.end > pack.period_end:
            params = {
                "stage": f"{short_date(stage.start)} — {short_date(stage.end)}",
                "period": f"{short_date(pack.period_start)} — {short_date(pack.period_end)}",
            }
            yield LintFinding(LintCode.STAGE_OUTSIDE_PERIOD, LintKind.CHRONOLOGY, Part.STAGES, stage.id, place, params)
        for other in pack.stages[:index]:
            if stage.start <= other.end and other.start <= stage.end:
                until = min(stage.end, other.end)
                params = {"other": other.number, "until": short_date(until)}
                yield LintFinding(LintCode.STAGES_OVERLAP, LintKind.CHRONOLOGY, Part.STAGES, stage.id, place, params)


def _dates(line: PlanLine) -> Iterator[LintFinding]:
    reading, measure = line.reading, line.measure
    if reading is None:
        return
    params = {"title": measure.title, "phrase": line.phrase}
    if reading.kind in _ON_A_DAY and not reading.windows:
        yield LintFinding(
            LintCode.DEADLINE_OUTSIDE_PERIOD, LintKind.DATES, Part.MEASURES, measure.id, line.place, params
        )
    is_dated = reading.kind in _ON_A_DAY and bool(reading.windows)
    if is_dated and measure.due is not None and measure.due not in reading.due_dates():
        told = {**params, "due": short_date(measure.due), "read": short_date(reading.windows[-1].end)}
        yield LintFinding(LintCode.DUE_DIFFERS, LintKind.DATES, Part.MEASURES, measure.id, line.place, told)


def _interviews(pack: Pack) -> Iterator[LintFinding]:
    """Slots on days that the heading of the series does not name."""
    for session in pack.interviews:
        windows = read_deadline(session.deadline, period_of(pack)).windows
        outside = sorted({s.day for s in session.slots if not any(w.start <= s.day <= w.end for w in windows)})
        if windows and outside:
            days = ", ".join(short_date(day) for day in outside)
            params = {"title": session.title, "phrase": session.deadline, "days": days}
            yield LintFinding(
                LintCode.SLOT_OUTSIDE_SESSION, LintKind.DATES, Part.INTERVIEWS, session.code, session.title, params
            )


def _documents(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """A document that is handed in after the measure that makes it is over."""
    by_id = {line.measure.id: line for line in lines}
    for document in pack.documents:
        for line in (by_id[name] for name in document.made_by if name in by_id):
            last = line.reading.windows[-1].end if line.reading and line.reading.windows else None
            if document.due is not None and last is not None and last < document.due:
                params = {
                    "title": document.title,
                    "due": short_date(document.due),
                    "measure": line.place,
                    "measure_due": short_date(last),
                }
                yield LintFinding(
                    LintCode.DOCUMENT_AFTER_MEASURE,
                    LintKind.DATES,
                    Part.DOCUMENTS,
                    document.code,
                    document.title,
                    params,
                )
