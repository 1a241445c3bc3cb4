"""The report dates of a methodology: when a report is due, which days it tells of, and whether it was handed in.

A methodology that names no reports has one for each day on which a wave of monitoring ends, else for each stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shnor_desktop.domain.document_set import HANDED_IN
from shnor_desktop.domain.facts import DocumentMarkFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import plan_of
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.quality import DOCUMENT_STATES, DocumentMark
from shnor_desktop.services import records
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

BEFORE = timedelta(days=10)
"""How long before the report its data are wanted where nobody names a day."""
_STATES = dict(DOCUMENT_STATES)


@dataclass(frozen=True, slots=True)
class ReportDate:
    """One report: its day, the inner day by which the school has its data, the first and last day it tells of."""

    code: str
    title: str
    to: str
    due: date
    inner: date
    starts: date
    ends: date
    phrase: str = ""
    is_own: bool = True
    """Whether the school itself hands it in; else it gives its data to the one who does."""
    is_named: bool = True
    """Whether the methodology names the report; else its day comes from the monitoring or the stages."""
    mark: DocumentMarkFact | None = None

    @property
    def is_handed_in(self) -> bool:
        """Nothing is to be done about it any more."""
        return self.mark is not None and self.mark.state in HANDED_IN

    @property
    def wanted(self) -> date:
        """The day that the school has to keep: that of the report, or of its data."""
        return self.due if self.is_own else self.inner

    def is_overdue(self, on: date) -> bool:
        """Its day has passed, and it was not handed in."""
        return self.wanted < on and not self.is_handed_in

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return _STATES.get((self.mark.state if self.mark else "") or "missing", "нет")

    def countdown(self, on: date) -> str:
        """«осталось 12 дней», «сегодня», «просрочено на 3 дня», «сдан 20.01.2026»."""
        if self.is_handed_in:
            day = self.mark.handed_on if self.mark is not None else None
            return f"{self.state} {short_date(day)}" if day else self.state
        left = (self.wanted - on).days
        if left < 0:
            return f"просрочено на {plural(-left, 'день', 'дня', 'дней')}"
        return f"осталось {plural(left, 'день', 'дня', 'дней')}" if left else "сегодня"


def report_dates(pack: Pack, facts: SchoolFacts) -> tuple[ReportDate, ...]:
    """The reports by their days, each telling of the time since the one before."""
    plan = plan_of(pack, facts)
    marks = {item.document: item for item in facts.document_marks if (item.ordinal or 1) == 1}
    own = pack.school_lanes()
    made: list[ReportDate] = []
    starts = plan.start
    for code, title, to, due, inner, phrase, by in sorted(_named(pack) or _derived(pack), key=lambda one: one[3]):
        mark = marks.get(code)
        is_own = not by or by in own
        wanted = (mark.due_on if mark is not None else None) or inner or due - BEFORE
        begin = min(starts, due)
        made.append(
            ReportDate(code, title, to, due, min(wanted, due), begin, due, phrase, is_own, bool(pack.reports), mark)
        )
        starts = due + timedelta(days=1)
    return tuple(made)


def current_report(reports: tuple[ReportDate, ...], on: date) -> ReportDate | None:
    """The one to work on: the first that is not handed in, else the last."""
    waiting = (item for item in reports if not item.is_handed_in)
    return next(waiting, None) or (reports[-1] if reports else None)


def mark_report(workspace: Workspace, report: ReportDate, state: str, on: date | str | None = None) -> Done:
    """Say how a report stands: being made, ready, handed in on a day. KnownError `value.*`."""
    values: dict[str, object] = {"state": state}
    if state in HANDED_IN:
        values["handed_on"] = on
    if report.mark is not None:
        return records.edit_many(workspace, DocumentMark.log_name, report.mark.id, values)
    return records.begin(workspace, DocumentMark, {"document": report.code, "ordinal": 1, **values})


def set_inner_day(workspace: Workspace, report: ReportDate, day: date | str) -> Done:
    """The day by which the school wants to have the data of a report."""
    if report.mark is not None:
        return records.edit(workspace, DocumentMark.log_name, report.mark.id, "due_on", day)
    values = {"document": report.code, "ordinal": 1, "state": "missing", "due_on": day}
    return records.begin(workspace, DocumentMark, values)


_Named = tuple[str, str, str, date, date | None, str, str]


def _named(pack: Pack) -> list[_Named]:
    return [
        (report.code, report.title, report.to, report.due, report.inner_due, report.deadline, report.by)
        for report in pack.reports
    ]


def _derived(pack: Pack) -> list[_Named]:
    """One report for all waves that end on a day; without waves one for each stage."""
    by_day: dict[date, list[str]] = {}
    for wave in sorted(pack.monitoring_waves, key=lambda one: (one.due, one.id)):
        by_day.setdefault(wave.due, []).append(wave.id)
    if by_day:
        return [
            (f"wave:{ids[0]}", f"Отчёт о ходе дорожной карты на {short_date(day)}", "", day, None, "", "")
            for day, ids in by_day.items()
        ]
    return [
        (f"stage:{stage.id}", f"Отчёт об этапе {stage.number}. {stage.title}", "", stage.end, None, stage.phrase, "")
        for stage in pack.stages
    ]
