"""The plan of the methodology as the centre works by it: measures by section, tasks, reports, interviews, curators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import ReadingFact, fact_from
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.methodology import Measure, Pack, PlanSection
from shnor_desktop.domain.occurrences import Deadlines, PhraseReading, corrections_of, plan_of_pack, stages_of_pack
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.deadlines import DeadlineReading, ReportDate
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.calendar import CalendarItem, CalendarView, ItemKind
from shnor_desktop.services.facts import today
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap import evidence, executors
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

UNASSIGNED = "Исполнитель не назван"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A measure of the plan with its deadline as it is read in the period of the methodology."""

    measure: Measure
    phrase: str
    reading: PhraseReading
    executors: str
    evidence: str
    nearest: date | None
    """The next due date; None when all have passed or none is known."""


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """The measures of one section, with its number and title."""

    code: str
    title: str
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class PlanTaskLine:
    """A task of a stage; `phrase` is the period of the stage as the source words it."""

    id: str
    text: str
    stage: str
    phrase: str
    due: date
    is_optional: bool


@dataclass(frozen=True, slots=True)
class LaneTasks:
    """The tasks of one participant; those that nobody is named for stand under `is_unassigned`."""

    title: str
    is_unassigned: bool
    tasks: tuple[PlanTaskLine, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report with the days that are left to it and to the day by which the centre wants the data."""

    code: str
    title: str
    to: str
    by: str
    phrase: str
    due: date
    inner_due: date | None
    is_inner_own: bool
    """The centre has set the inner day itself."""
    days_left: int


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One conversation of a series."""

    session: str
    mode: str
    day: date
    starts: str
    ends: str
    invited: str


@dataclass(frozen=True, slots=True)
class CuratorLine:
    """A curator with the territories that the post covers."""

    title: str
    territories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the plan of the methodology asks for."""

    title: str
    groups: tuple[PlanGroup, ...]
    lanes: tuple[LaneTasks, ...]
    reports: tuple[ReportLine, ...]
    slots: tuple[SlotLine, ...]
    curators: tuple[CuratorLine, ...]
    uncovered: tuple[str, ...]
    calendar: CalendarView
    deadlines: Deadlines

    def line(self, measure: str) -> PlanLine | None:
        """A measure of the plan by its id."""
        return next((line for group in self.groups for line in group.lines if line.measure.id == measure), None)


def plan_view(workspace: Workspace) -> PlanView:
    """The plan on the centre's desk, as of today, with what the centre corrected and set."""
    readings = records.rows(workspace, DeadlineReading, workspace.centre)
    corrections = corrections_of(workspace.pack, [fact_from(ReadingFact, row) for row in readings])
    inner = {
        row.report: row.inner_due
        for row in records.rows(workspace, ReportDate, workspace.centre)
        if row.pack == workspace.pack.id and row.report and row.inner_due
    }
    return plan_of_methodology(workspace.pack, today(workspace), corrections, inner)


def plan_of_methodology(
    pack: Pack, on: date, corrections: dict[str, ReadingFact] | None = None, inner: dict[str, str] | None = None
) -> PlanView:
    """The same from a pack alone."""
    deadlines = Deadlines(plan_of_pack(pack), on, stages_of_pack(pack), corrections or {})
    groups = tuple(_groups(pack, deadlines))
    lanes, reports, slots = tuple(_lanes(pack)), tuple(_reports(pack, on, inner or {})), tuple(_slots(pack))
    titles = dict(pack.code_list("territories"))
    curators = tuple(
        CuratorLine(one.title, tuple(titles.get(code, code) for code in one.territories)) for one in pack.curators
    )
    uncovered = tuple(territory.title for territory in pack.uncovered_territories())
    items = [*_measure_days(groups, on), *_task_days(lanes, on), *_report_days(reports, on), *_slot_days(slots, on)]
    dated = tuple(sorted((one for one in items if one.due), key=lambda one: (one.due, one.title, one.id)))
    calendar = CalendarView(dated, tuple(one for one in items if one.due is None), on)
    return PlanView(pack.title, groups, lanes, reports, slots, curators, uncovered, calendar, deadlines)


def set_report_date(workspace: Workspace, report: str, day: date | str | None) -> Done:
    """Set or take away the day by which the centre wants the data. KnownError plan.inner_after_due, `value.*`."""
    found = next((item for item in workspace.pack.reports if item.code == report), None)
    if found is None:
        raise BugError(f"no report {report!r}")
    info = info_of(ReportDate)
    values = {"pack": workspace.pack.id, "report": report, "inner_due": day}
    parsed = {name: parse_value(info.fields[name], value) for name, value in values.items()}
    inner = parsed["inner_due"]
    if isinstance(inner, str) and date.fromisoformat(inner) > found.due:
        raise KnownError("plan.inner_after_due", report=found.title, due=short_date(found.due))
    row = records.row_id_for(workspace, info, parsed, workspace.centre)
    requests: list[ChangeRequest] = [Restore(info.log_name, row)]
    requests += [Set(info.log_name, row, name, value) for name, value in parsed.items()]
    operation = "внутренний срок отчёта"
    batch = workspace.write(requests, operation, workspace.centre)
    return Done(operation, row, batch.name if batch else "")


def _groups(pack: Pack, deadlines: Deadlines) -> Iterator[PlanGroup]:
    """The numbered measures under their sections, in the order of the plan; those without a section last."""
    lines: dict[str, list[PlanLine]] = {}
    known = {section.code for section in pack.plan_sections}
    for measure in pack.plan_measures():
        code = measure.section if measure.section in known else ""
        lines.setdefault(code, []).append(_line(pack, measure, deadlines))
    for section in pack.plan_sections:
        if section.code in lines:
            yield PlanGroup(section.code, _section_title(section), tuple(lines[section.code]))
    if "" in lines:
        yield PlanGroup("", "Без раздела" if known else "Мероприятия плана", tuple(lines[""]))


def _line(pack: Pack, measure: Measure, deadlines: Deadlines) -> PlanLine:
    phrase = pack.deadline_of(measure)
    reading = deadlines.read(phrase, measure.stage)
    nearest = reading.reading.next_due(deadlines.on) or (
        measure.due if measure.due and measure.due >= deadlines.on else None
    )
    return PlanLine(measure, phrase, reading, executors(pack, measure), evidence(pack, measure), nearest)


def _section_title(section: PlanSection) -> str:
    return f"{section.number}. {section.title}" if section.number else section.title


def _lanes(pack: Pack) -> Iterator[LaneTasks]:
    """Participants in the order of the methodology; first what nobody is named for, so that it is seen."""
    stages = {stage.id: stage for stage in pack.stages}
    named = [(lane.id, lane.title) for lane in pack.lanes]
    for code, title in [(None, UNASSIGNED), *named]:
        tasks = tuple(
            PlanTaskLine(
                task.id,
                task.text,
                f"этап {stages[task.stage].number}",
                stages[task.stage].phrase,
                stages[task.stage].end,
                task.optional,
            )
            for task in pack.tasks
            if task.lane == code and task.stage in stages
        )
        if tasks:
            yield LaneTasks(title, code is None, tasks)


def _reports(pack: Pack, on: date, inner: dict[str, str]) -> Iterator[ReportLine]:
    lanes = dict(pack.code_list("lanes"))
    for report in sorted(pack.reports, key=lambda item: (item.due, item.code)):
        own = inner.get(report.code)
        yield ReportLine(
            code=report.code,
            title=report.title,
            to=report.to,
            by=lanes.get(report.by, report.by),
            phrase=report.deadline,
            due=report.due,
            inner_due=_day(own) or report.inner_due,
            is_inner_own=own is not None,
            days_left=(report.due - on).days,
        )


def _slots(pack: Pack) -> Iterator[SlotLine]:
    for session in pack.interviews:
        for slot in sorted(session.slots, key=lambda one: (one.day, one.starts)):
            yield SlotLine(session.title, session.mode, slot.day, slot.starts, slot.ends, slot.invited)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _measure_days(groups: Sequence[PlanGroup], on: date) -> Iterator[CalendarItem]:
    for line in (line for group in groups for line in group.lines):
        windows = sorted(line.reading.reading.windows, key=lambda window: (window.end, window.start))
        title = f"{line.measure.number} {line.measure.title}"
        for at, window in enumerate(windows, start=1):
            part = f"срок {at} из {len(windows)}" if len(windows) > 1 else ""
            yield _day_item(
                f"{line.measure.id}-{at}", ItemKind.MEASURE, title, window.end, on,
                start=window.start, owner=line.executors, part=part, phrase=line.phrase, evidence=line.evidence,
                row=line.measure.id,
            )  # fmt: skip
        if not windows and line.measure.due is not None:
            yield _day_item(
                f"{line.measure.id}-1", ItemKind.MEASURE, title, line.measure.due, on,
                owner=line.executors, phrase=line.phrase, evidence=line.evidence, row=line.measure.id,
            )  # fmt: skip
        elif not windows:
            yield _day_item(
                f"{line.measure.id}-0", ItemKind.MEASURE, title, None, on,
                owner=line.executors, phrase=line.phrase, row=line.measure.id, waits=line.phrase or "срок не указан",
            )  # fmt: skip


def _task_days(lanes: Sequence[LaneTasks], on: date) -> Iterator[CalendarItem]:
    for lane in lanes:
        for task in lane.tasks:
            due = None if task.is_optional else task.due
            yield _day_item(
                f"task-{task.id}", ItemKind.TASK, task.text, due, on,
                owner="" if lane.is_unassigned else lane.title, phrase=task.phrase, note=task.stage,
                waits="при необходимости" if task.is_optional else "",
            )  # fmt: skip


def _report_days(reports: Sequence[ReportLine], on: date) -> Iterator[CalendarItem]:
    for report in reports:
        details = {"owner": report.by, "phrase": report.phrase, "note": f"Куда: {report.to}" if report.to else ""}
        yield _day_item(f"report-{report.code}", ItemKind.REPORT, report.title, report.due, on, **details)
        if report.inner_due is not None:
            title = f"Собрать данные к отчёту: {report.title}"
            yield _day_item(f"inner-{report.code}", ItemKind.REPORT, title, report.inner_due, on, **details)


def _slot_days(slots: Sequence[SlotLine], on: date) -> Iterator[CalendarItem]:
    for at, slot in enumerate(slots, start=1):
        title = f"Собеседование: {slot.invited}, {slot.starts}–{slot.ends}"
        yield _day_item(f"slot-{at}", ItemKind.INTERVIEW, title, slot.day, on, note=f"{slot.session}. {slot.mode}")


def _day_item(item: str, kind: ItemKind, title: str, due: date | None, on: date, **details: object) -> CalendarItem:
    """A day of the plan: what others did is not known at the centre, so nothing here is overdue."""
    is_past = due is not None and due < on
    state = "" if due is None else "срок прошёл" if is_past else "предстоит"
    known = {"state": state, "is_closed": is_past, "is_unmarked": True}
    return CalendarItem(item, kind, title, due, **known, **details)  # type: ignore[arg-type]
