"""The draft of a report for a period, assembled from the data: what was done, moved and not done, and what it gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import Occurrence, change_words, plan_of
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.quality import DECISION_STATES
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.period_report import PeriodFacts, ReachedLine, WorkLine, period_document
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.indicator_values import Pace, TargetView, target_views_of, value_on
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.report_dates import ReportDate, current_report, report_dates
from shnor_desktop.services.roadmap import MeasureRow, road_map_of

_RANGE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
DONE, PARTLY, MOVED, CANCELLED, NOT_DONE, AHEAD = "done", "partly", "moved", "cancelled", "not_done", "ahead"
_WORDS = {
    PARTLY: "выполнено частично",
    MOVED: "перенесено",
    CANCELLED: "снято с плана",
    NOT_DONE: "не выполнено",
    AHEAD: "срок впереди",
}
_FEW_DAYS = 3
_ORDER = (PARTLY, MOVED, NOT_DONE, CANCELLED, AHEAD)


@dataclass(frozen=True, slots=True)
class PeriodDay:
    """A day of a measure that the report tells of, and how it stands in the period."""

    row: MeasureRow
    item: Occurrence
    state: str


def make_period_report(source: DraftSource, which: str = "") -> Document:
    """The document of a report by its code, of two dates «2026-01-01..2026-05-31», or of the next report.

    KnownError programme.not_begun, report.no_such_date, report.no_dates.
    """
    return period_document(period_facts(source, which))


def period_facts(source: DraftSource, which: str = "") -> PeriodFacts:
    """Everything of the report; errors as above."""
    pack, facts = source.pack, source.facts
    report = named_report(pack, facts, which)
    days = period_days(pack, facts, report.starts, report.ends)
    targets = target_views_of(pack, facts)
    events = tuple(_events(pack, facts, report))
    courses = tuple(_courses(facts, report))
    decisions = tuple(_decisions(facts, report))
    return PeriodFacts(
        title=report.title,
        school=full_name(source),
        to=report.to,
        starts=report.starts,
        ends=report.ends,
        as_of=facts.as_of,
        summary=tuple(_summary(days, events, courses, decisions)),
        done=_lines([one for one in days if one.state == DONE]),
        open=tuple(line for state in _ORDER for line in _lines([one for one in days if one.state == state])),
        indicators=tuple(_reached(view, targets, facts, report.ends) for view in targets),
        events=events,
        courses=courses,
        decisions=decisions,
        conclusions=tuple(_conclusions(days, targets, report, facts)),
        signatory=draft_values(source)["director_name"],
    )


def named_report(pack: Pack, facts: SchoolFacts, which: str = "") -> ReportDate:
    """The report that was asked for: by its code, by two dates, else the one to work on."""
    reports = report_dates(pack, facts)
    asked = _RANGE.fullmatch(which.strip())
    if asked:
        starts, ends = _day(asked.group(1), which), _day(asked.group(2), which)
        if starts > ends:
            raise KnownError("report.dates_reversed", asked=which)
        return ReportDate(which, "", "", ends, ends, starts, ends, is_named=False)
    if which:
        found = next((one for one in reports if one.code == which), None)
        if found is None:
            raise KnownError("report.no_such_date", asked=which, known=", ".join(one.code for one in reports) or "—")
        return found
    current = current_report(reports, facts.as_of)
    if current is None:
        plan = plan_of(pack, facts)
        return ReportDate("", "", "", plan.end, plan.end, plan.start, plan.end, is_named=False)
    return current


def period_days(pack: Pack, facts: SchoolFacts, starts: date, ends: date) -> tuple[PeriodDay, ...]:
    """The days of all measures that belong into a period; work without a day belongs where it was done."""
    found = []
    for row in sorted(road_map_of(pack, facts).rows, key=lambda one: one.number):
        for item in row.days.items:
            state = _state_in(row, item, starts, ends, facts.as_of)
            if state:
                found.append(PeriodDay(row, item, state))
        done_on = row.measure.done_on
        if not row.days.items and row.measure.state == "done" and done_on is not None and starts <= done_on <= ends:
            found.append(PeriodDay(row, Occurrence(1, None, done_on, True, done_on, DONE), DONE))
    return tuple(found)


def _state_in(row: MeasureRow, item: Occurrence, starts: date, ends: date, on: date) -> str:
    """How a day stands in the period; empty where it is of another one."""
    if item.state == DONE:
        told = item.mark.done_on if item.mark is not None else None
        day = told or (row.measure.done_on if row.occurrences == 1 else None) or item.due
        return DONE if starts <= day <= ends else ""
    if item.is_moved and starts <= item.planned <= ends and item.due > ends:
        return MOVED
    if not starts <= item.due <= ends:
        return ""
    if item.state in (PARTLY, CANCELLED):
        return item.state
    return AHEAD if item.due >= on and not item.is_closed else NOT_DONE


def _lines(days: Sequence[PeriodDay]) -> tuple[WorkLine, ...]:
    """A line a measure, with its days joined."""
    by_measure: dict[str, list[PeriodDay]] = {}
    for day in days:
        by_measure.setdefault(day.row.measure.id, []).append(day)
    return tuple(_line(found) for found in by_measure.values())


def _line(found: Sequence[PeriodDay]) -> WorkLine:
    first = found[0]
    is_moved = first.state == MOVED
    named = [one.item.planned if is_moved else one.item.due for one in found]
    days = ", ".join(short_date(day) for day in named)
    if len(named) > _FEW_DAYS:
        count = plural(len(named), "срок", "срока", "сроков")
        days = f"{count}: {short_date(named[0])} — {short_date(named[-1])}"
    told = [_told(one) for one in found]
    return WorkLine(
        title=first.row.measure.label,
        days=days,
        owner=first.row.owner,
        state=_WORDS.get(first.state, "выполнено"),
        words="; ".join(dict.fromkeys(words for words in told if words)),
    )


def _told(day: PeriodDay) -> str:
    mark, measure = day.item.mark, day.row.measure
    own = mark is not None and bool(mark.evidence_given)
    given = mark.evidence_given if own and mark is not None else ""
    if day.state == DONE:
        return given or measure.evidence_given or ""
    if day.state == NOT_DONE:
        return "отметки о выполнении нет" if day.item.is_lapsed else given or ""
    if day.state == CANCELLED and day.item.mark is None:
        return measure.note or ""
    return "; ".join(part for part in (given, change_words(day.item)) if part)


def _summary(
    days: Sequence[PeriodDay],
    events: Sequence[object],
    courses: Sequence[object],
    decisions: Sequence[object],
) -> Iterator[str]:
    counts = {state: sum(1 for one in days if one.state == state) for state in (DONE, *_ORDER)}
    due = sum(count for state, count in counts.items() if state != AHEAD)
    if not due:
        yield "В отчётном периоде сроков мероприятий дорожной карты не было."
    else:
        measures = len({one.row.measure.id for one in days if one.state != AHEAD})
        parts = [f"выполнено — {counts[DONE]}"]
        parts += [f"{_WORDS[state]} — {counts[state]}" for state in _ORDER[:-1] if counts[state]]
        yield (
            f"На отчётный период приходится {plural(due, 'срок', 'срока', 'сроков')} по "
            f"{plural(measures, 'мероприятию', 'мероприятиям', 'мероприятиям')} дорожной карты: {', '.join(parts)}."
        )
    if counts[AHEAD]:
        yield f"До конца периода остаётся {plural(counts[AHEAD], 'срок', 'срока', 'сроков')}."
    done = []
    if events:
        done.append(f"проведено {plural(len(events), 'событие', 'события', 'событий')} со школами-партнёрами")
    if courses:
        done.append(f"завершено {plural(len(courses), 'обучение', 'обучения', 'обучений')} педагогов на курсах")
    if decisions:
        nouns = ("управленческое решение", "управленческих решения", "управленческих решений")
        done.append(f"на контроле {plural(len(decisions), *nouns)}")
    if done:
        words = "; ".join(done)
        yield f"{words[:1].upper()}{words[1:]}."


def _reached(view: TargetView, views: Sequence[TargetView], facts: SchoolFacts, ends: date) -> ReachedLine:
    value = value_on(views, facts, view.id, ends)
    return ReachedLine(
        view.title,
        view.shown(view.base),
        "нет данных" if value is None else view.shown(value),
        view.shown(view.target),
        view.pace_words if view.newest is not None else "не измерен",
    )


def _events(pack: Pack, facts: SchoolFacts, report: ReportDate) -> Iterator[tuple[str, str, str, str]]:
    forms = dict(pack.code_list("event_forms"))
    partners = {item.id: item.label for item in facts.partners}
    held = (item for item in facts.events if item.is_meant_held and item.held_on is not None)
    for event in sorted(held, key=lambda item: (str(item.held_on), item.id)):
        day = event.held_on
        if day is None or not report.starts <= day <= min(report.ends, facts.as_of):
            continue
        named = [forms.get(event.form or "", event.form or ""), event.label]
        partner = partners.get(event.partner or "", "")
        what = ": ".join(word for word in named if word) + (f" ({partner})" if partner else "")
        people = f"{event.own_participants or 0}, {event.partner_participants or 0}"
        yield short_date(day), what, people, event.taken_into_work or event.outcome or "—"


def _courses(facts: SchoolFacts, report: ReportDate) -> Iterator[tuple[str, str, str, str]]:
    people = {item.id: item.label for item in facts.staff}
    for course in sorted(facts.courses, key=lambda item: (str(item.ends_on), item.id)):
        day = course.ends_on
        if course.state != "finished" or day is None or not report.starts <= day <= report.ends:
            continue
        begun = f"{short_date(course.starts_on)} — " if course.starts_on else ""
        hours = str(course.hours) if course.hours is not None else "—"
        yield people.get(course.teacher or "", "—"), course.label, hours, f"{begun}{short_date(day)}"


def _decisions(facts: SchoolFacts, report: ReportDate) -> Iterator[tuple[str, str, str, str]]:
    people, states = {item.id: item.label for item in facts.staff}, dict(DECISION_STATES)
    for item in sorted(facts.decisions, key=lambda one: (str(one.due_on), one.id)):
        day = item.due_on
        if day is None or not report.starts <= day <= report.ends or item.state == "cancelled":
            continue
        owner = people.get(item.owner or "", "") or item.owner_text or "—"
        done = f" {short_date(item.done_on)}" if item.state == "done" and item.done_on else ""
        yield item.label, owner, short_date(day), f"{states.get(item.state or '', 'не начато')}{done}"


def _conclusions(
    days: Sequence[PeriodDay], targets: Sequence[TargetView], report: ReportDate, facts: SchoolFacts
) -> Iterator[str]:
    behind = [view for view in targets if view.pace in (Pace.BEHIND, Pace.WORSE)]
    reached = [view for view in targets if view.pace is Pace.REACHED]
    missing = [
        view for view in targets if view.newest is None or value_on(targets, facts, view.id, report.ends) is None
    ]
    late = {one.row.measure.label for one in days if one.state == NOT_DONE}
    if reached:
        yield f"Цель достигнута: {_titles([view.title for view in reached])}."
    if behind:
        yield f"Отстают от плана: {_titles([view.title for view in behind])}; требуются дополнительные меры."
    if missing:
        yield f"Не измерены на конец периода: {_titles([view.title for view in missing])}."
    if late:
        yield f"Не выполнено в срок: {_titles(sorted(late))}; назначить новые сроки с указанием причины."


def _titles(titles: Sequence[str]) -> str:
    shown = "; ".join(f"«{title}»" for title in titles[:5])
    return shown if len(titles) <= 5 else f"{shown} и ещё {len(titles) - 5}"


def _day(text: str, asked: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KnownError("report.bad_dates", asked=asked) from None
