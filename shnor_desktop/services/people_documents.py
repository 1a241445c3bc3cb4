"""What the development plans, the note on results and the one-page summaries print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import PROCEDURES, SUBJECTS, ResultFact, SchoolFacts
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.russian import long_date, number, plural, share, short_date
from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teaching import MentorMeeting, TrainingCourse
from shnor_desktop.reports.documents.development_plan import OUTCOME, REQUISITES, DevelopmentFacts, StepFacts
from shnor_desktop.reports.documents.results_note import ResultLine, ResultsNoteFacts
from shnor_desktop.reports.documents.summary import Audience, SummaryFacts
from shnor_desktop.services import records
from shnor_desktop.services.development import TeacherCard, development_of
from shnor_desktop.services.document_facts import full_name, indicator_facts
from shnor_desktop.services.problems import in_order
from shnor_desktop.services.programme import current_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values, results_summary
from shnor_desktop.services.roadmap import MeasureRow, road_map_of
from shnor_desktop.services.workspace import Workspace

_SOMEBODY = "педагог школы"


def development_facts(
    workspace: Workspace, source: DraftSource, school: str | None = None, teacher: str = ""
) -> tuple[DevelopmentFacts, ...]:
    """The plan of one teacher (an id or the beginning of a name), or of all who have one.

    KnownError document.no_such_teacher, .no_plan_of_teacher.
    """
    cards = development_of(source.pack, source.facts).cards
    if teacher:
        wanted = teacher.casefold()
        cards = tuple(
            card for card in cards if card.teacher.id == teacher or card.teacher.label.casefold().startswith(wanted)
        )
        if not cards:
            raise KnownError("document.no_such_teacher", name=teacher)
        if all(card.plan is None for card in cards):
            raise KnownError("document.no_plan_of_teacher", name=cards[0].teacher.label)
    return tuple(_plan(workspace, card, school) for card in cards if card.plan is not None)


def results_note_facts(source: DraftSource) -> ResultsNoteFacts:
    """All results by subject, the newest first, with the change against the year before."""
    facts, small = source.facts, source.pack.identification.small_group
    earlier = {(item.procedure, item.subject, item.grade, item.year): item for item in facts.results}
    subjects: dict[str, list[ResultFact]] = {}
    for item in sorted(facts.results, key=_newest_first):
        subjects.setdefault(item.subject or "", []).append(item)
    years = sorted({item.year for item in facts.results if item.year is not None})
    return ResultsNoteFacts(
        school=full_name(source),
        as_of=facts.as_of,
        years=f"{years[0]}–{years[-1]} годы" if len(years) > 1 else f"{years[0]} год" if years else "годы не указаны",
        subjects=tuple(
            (_capital(SUBJECTS.get(code, code)), tuple(_result(item, earlier, small) for item in items))
            for code, items in sorted(subjects.items(), key=lambda pair: SUBJECTS.get(pair[0], pair[0]))
        ),
        findings=_findings(facts),
        small_below=small,
    )


def summary_facts(source: DraftSource, audience: Audience) -> SummaryFacts:
    """One page about the programme; for the site without names of people. KnownError programme.not_begun."""
    facts, values = source.facts, draft_values(source)
    current_of(facts)
    view = road_map_of(source.pack, facts)
    is_public = audience is Audience.SITE
    coming = [row for row in view.rows if row.nearest is not None and not row.is_overdue and _is_open(row)]
    coming.sort(key=lambda row: row.nearest.due if row.nearest else date.max)
    people = tuple(item.label for item in facts.staff) + ((values["director_name"],) if values["director_name"] else ())

    def told(lines: Sequence[str]) -> tuple[str, ...]:
        return tuple(without_names(line, people) if is_public else line for line in lines)

    goals = [goal for goal in facts.current(facts.goals) if goal.kind != "task"]
    counts = view.counts
    done = f"выполнено {share(counts.done, counts.total)}"
    if not is_public:
        done += f"; выполняется {number(counts.in_progress)}; просрочено {number(counts.overdue)}"
    high = {item.factor for item in source.profile if item.level is Level.HIGH}
    return SummaryFacts(
        school=full_name(source),
        period=values["period"],
        as_of=facts.as_of,
        goals=told([goal.label for goal in sorted(goals, key=lambda item: (item.position or "", item.id))]),
        indicators=indicator_facts(source),
        progress=(("Мероприятия", done),),
        factors=tuple(factor.title for factor in source.pack.factors if factor.code in high),
        problems=tuple(problem.label for problem in in_order(facts.problems) if problem.is_active),
        late=tuple(_with_owner(row) for row in view.rows if row.is_overdue),
        coming=told([_coming(row) for row in coming]),
        partners=tuple(item.label for item in facts.partners),
        signatory=values["director_name"],
    )


def without_names(text: str, people: Sequence[str]) -> str:
    """The text in which people of the school are «педагог школы»: surnames in any case, with initials or names."""
    for person in people:
        surname, *names = person.split()
        if len(surname) < 3:
            continue
        stem = re.escape(surname[:-2] if len(surname) > 4 else surname)
        given = "|".join([*(re.escape(name[: max(3, len(name) - 2)]) + r"[а-яё]*" for name in names), r"[А-ЯЁ]\."])
        around = rf"(?:[А-ЯЁ]\.\s?){{0,2}}\b{stem}[а-яё]{{0,4}}\b(?:\s?(?:{given})){{0,2}}"
        text = re.sub(around, _SOMEBODY, text)
    return text


def _plan(workspace: Workspace, card: TeacherCard, school: str | None) -> DevelopmentFacts:
    assert card.plan is not None
    plan_fields = records.fields_of(workspace, DevelopmentPlan)
    row = records.row(workspace, DevelopmentPlan, card.plan.id, school)
    teacher = card.teacher
    subjects = ", ".join(SUBJECTS.get(code, code) for code in teacher.subjects)
    position = records.shown(records.fields_of(workspace, StaffMember)["position"], teacher.position)
    starts, ends = card.plan.starts_on, card.plan.ends_on
    period = f"{short_date(starts) if starts else '…'} — {short_date(ends) if ends else '…'}"
    years = teacher.experience
    experience = plural(years, "год", "года", "лет") if years is not None else ""
    duty = ", ".join(part for part in (position, subjects) if part)
    said = (teacher.label, duty, experience, card.mentor, period, card.plan.goal or "")
    reached = (
        _diagnostics(card.plan.diagnostics_in, card.plan.diagnostics_in_on),
        _diagnostics(card.plan.diagnostics_out, card.plan.diagnostics_out_on),
        card.change,
        records.shown(plan_fields["reflection"], row.reflection) if row else "",
    )
    return DevelopmentFacts(
        teacher=teacher.label,
        requisites=tuple(zip(REQUISITES, said, strict=True)),
        deficits=_deficits(workspace, card.plan.id, school),
        steps=_steps(workspace, card.plan.id, school),
        meetings=_meetings(workspace, card.plan.id, school),
        courses=_courses(workspace, teacher.id, school),
        outcome=tuple(zip(OUTCOME, reached, strict=True)),
    )


def _deficits(workspace: Workspace, plan: str, school: str | None) -> tuple[tuple[str, str, str], ...]:
    fields = records.fields_of(workspace, DevelopmentDeficit)
    own = [item for item in records.rows(workspace, DevelopmentDeficit, school) if item.plan == plan]
    return tuple(
        (
            records.shown(fields["kind"], item.kind),
            item.description or "",
            records.shown(fields["level"], item.level),
        )
        for item in sorted(own, key=lambda item: item.id)
    )


def _steps(workspace: Workspace, plan: str, school: str | None) -> tuple[StepFacts, ...]:
    fields = records.fields_of(workspace, DevelopmentActivity)
    own = [item for item in records.rows(workspace, DevelopmentActivity, school) if item.plan == plan]

    def said(item: DevelopmentActivity, name: str) -> str:
        return records.shown(fields[name], getattr(item, name))

    return tuple(
        StepFacts(
            title=said(item, "title"),
            form=said(item, "form"),
            place=said(item, "place"),
            due=said(item, "due_on"),
            expected=said(item, "expected"),
            presented_as=said(item, "presented_as"),
            done=", ".join(part for part in (said(item, "done_on"), said(item, "result")) if part),
        )
        for item in sorted(own, key=lambda item: (item.due_on or "9999", item.id))
    )


def _meetings(workspace: Workspace, plan: str, school: str | None) -> tuple[tuple[str, str, str], ...]:
    fields = records.fields_of(workspace, MentorMeeting)
    own = [item for item in records.rows(workspace, MentorMeeting, school) if item.plan == plan]
    return tuple(
        (records.shown(fields["held_on"], item.held_on), item.topic or "", item.agreed or "")
        for item in sorted(own, key=lambda item: (item.held_on or "9999", item.id))
    )


def _courses(workspace: Workspace, teacher: str, school: str | None) -> tuple[tuple[str, str, str, str], ...]:
    fields = records.fields_of(workspace, TrainingCourse)
    own = [item for item in records.rows(workspace, TrainingCourse, school) if item.teacher == teacher]
    made = []
    for item in sorted(own, key=lambda item: (item.ends_on or "9999", item.id)):
        days = [records.shown(fields[name], getattr(item, name)) for name in ("starts_on", "ends_on")]
        state = records.shown(fields["state"], item.state)
        words = f"{state}, удостоверение № {item.certificate}" if item.certificate else state
        hours = number(item.hours) if item.hours is not None else ""
        made.append((item.title or "", hours, " — ".join(filter(None, days)), words))
    return tuple(made)


def _diagnostics(value: Decimal | None, day: date | None) -> str:
    shown = f"{number(value)} %" if value is not None else ""
    return f"{shown}, {long_date(day)}" if shown and day else shown


def _newest_first(item: ResultFact) -> tuple[int, str, int, str]:
    return -(item.year or 0), item.procedure or "", item.grade or 0, item.id


def _result(
    item: ResultFact, earlier: dict[tuple[str | None, str | None, int | None, int | None], ResultFact], small: int
) -> ResultLine:
    before = earlier.get((item.procedure, item.subject, item.grade, (item.year or 0) - 1))
    total = item.participants or 0
    grade = f"{item.grade} класс" if item.grade is not None else ""
    year = f"{item.year} г." if item.year is not None else ""
    procedure = PROCEDURES.get(item.procedure or "", item.procedure or "")
    has_marks = any(mark is not None for mark in item.marks)
    below, good = _below(item), _good(item)
    return ResultLine(
        procedure=", ".join(part for part in (procedure, grade, year) if part),
        participants=number(total),
        marks=" / ".join(number(mark or 0) for mark in item.marks) if has_marks else "",
        below=share(below, total) if below is not None and total else "",
        quality=share(good, total) if good is not None and total else "",
        change=_change(item, before),
        is_small=0 < total < small,
    )


def _below(item: ResultFact) -> int | None:
    return item.mark_2


def _good(item: ResultFact) -> int | None:
    if item.mark_4 is None and item.mark_5 is None:
        return None
    return (item.mark_4 or 0) + (item.mark_5 or 0)


def _change(item: ResultFact, before: ResultFact | None) -> str:
    """How the share below the minimum changed, with both counts."""
    if before is None or not before.participants or not item.participants:
        return ""
    if item.mark_2 is None or before.mark_2 is None:
        return ""
    now, then = item.mark_2 * before.participants, before.mark_2 * item.participants
    word = "не изменилась" if now == then else "выросла" if now > then else "снизилась"
    return f"{word}: было {share(before.mark_2, before.participants)}"


def _findings(facts: SchoolFacts) -> tuple[str, ...]:
    found = []
    summary = results_summary(facts)
    if summary:
        found.append(_capital(summary))
    newest = max((item.year for item in facts.results if item.year is not None), default=None)
    worst = [item for item in facts.results if item.year == newest and item.mark_2 and item.participants]
    worst.sort(key=lambda item: (-(item.mark_2 or 0) / (item.participants or 1), item.id))
    for item in worst[:3]:
        found.append(f"{item.label}: минимума не достигли {share(item.mark_2 or 0, item.participants or 0)}.")
    return tuple(found)


def _is_open(row: MeasureRow) -> bool:
    return row.measure.state not in ("done", "cancelled")


def _coming(row: MeasureRow) -> str:
    day = f", до {short_date(row.nearest.due)}" if row.nearest else ""
    return f"{row.measure.label}{day}"


def _with_owner(row: MeasureRow) -> str:
    owner = f" ({row.owner})" if row.owner else ""
    return f"{row.measure.label}{owner}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
