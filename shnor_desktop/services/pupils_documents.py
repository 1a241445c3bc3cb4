"""What the plans of preventing failure, the sheets of progress and the summary of the risk group print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SUBJECTS, PupilStepFact, RiskPupilFact, SchoolFacts
from shnor_desktop.domain.russian import long_date, number, percent, share, short_date
from shnor_desktop.models.pupils import PROGRESS_KINDS, PUPIL_STATES
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.prevention_plan import (
    REQUISITES,
    ClassLine,
    ClassPlanFacts,
    PupilPlanFacts,
    RiskGroupFacts,
    class_plans_document,
    prevention_document,
    risk_group_document,
)
from shnor_desktop.reports.documents.progress_sheet import ProgressSheetFacts, SubjectProgress, progress_document
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.pupils import (
    SMALLEST_GROUP,
    ProgressLine,
    advice_of,
    is_broken_down,
    printed_counts,
    progress_of,
    risk_summary_of,
)

_STATES = dict(PUPIL_STATES)
_KINDS = dict(PROGRESS_KINDS)
_ENTITIES_OF_PUPIL = ("failure_causes", "pupil_steps", "progress")


def make_prevention_plan(source: DraftSource, which: str) -> Document:
    """The plan of one pupil (an id or a code), else of everybody who is at risk today."""
    plans = [_pupil_plan(source, pupil) for pupil in _pupils(source.facts, which)]
    return prevention_document(full_name(source), plans, draft_values(source)["director_name"])


def make_class_plans(source: DraftSource, which: str) -> Document:
    """The risk group by classes; with `which`, the class of that pupil."""
    facts = source.facts
    classes = {item.id: item.label for item in facts.classes}
    pupils = [pupil for pupil in facts.risk_pupils if pupil.is_at_risk(facts.as_of)]
    if which:
        own = {pupil.school_class for pupil in _pupils(facts, which)}
        pupils = [pupil for pupil in pupils if pupil.school_class in own]
    found: dict[str, list[RiskPupilFact]] = {}
    for pupil in pupils:
        found.setdefault(classes.get(pupil.school_class or "") or "класс не указан", []).append(pupil)
    lines = [
        ClassPlanFacts(title, tuple(_class_line(source, pupil) for pupil in sorted(own, key=lambda item: item.label)))
        for title, own in sorted(found.items(), key=lambda pair: (len(pair[0]), pair[0]))
    ]
    return class_plans_document(full_name(source), lines, draft_values(source)["director_name"])


def make_risk_group(source: DraftSource) -> Document:
    """The risk group in numbers that name nobody."""
    summary = risk_summary_of(source.pack, source.facts)
    tables = (
        ("По классам", printed_counts(summary.by_class)),
        ("В чём риск", printed_counts(summary.by_risk)),
        ("Причины неуспешности", printed_counts(summary.by_cause)),
    )
    is_large = is_broken_down(summary.pupils)
    note = (
        f"Меньше {SMALLEST_GROUP} учеников в строке не показано числом: иначе ученика узнают. "
        "Один ученик может стоять в нескольких строках."
    )
    if not is_large:
        note = (
            f"В группе меньше {SMALLEST_GROUP} учеников: по классам и причинам она не раскрыта, иначе ученика узнают."
        )
    totals = (
        ("Учеников в группе риска", number(summary.pupils)),
        ("Есть план профилактики", share(summary.with_plan, summary.pupils)),
        ("Родители извещены", share(summary.informed, summary.pupils)),
        ("Шаги планов выполнены", share(summary.steps_done, summary.steps)),
    )
    return risk_group_document(
        RiskGroupFacts(
            school=full_name(source),
            as_of=f"на {long_date(source.facts.as_of)}",
            words=summary.words,
            totals=totals,
            tables=tuple((title, rows) for title, rows in tables if rows) if is_large else (),
            history=tuple((short_date(point.day), number(point.pupils)) for point in summary.history),
            note=note,
            signatory=draft_values(source)["director_name"],
        )
    )


def make_progress_sheets(source: DraftSource, which: str) -> Document:
    """The sheet of one pupil, else of everybody at risk who was measured."""
    facts = source.facts
    classes = {item.id: item.label for item in facts.classes}
    people = {person.id: person.label for person in facts.staff}
    sheets = []
    for pupil in _pupils(facts, which):
        lines = progress_of(facts, pupil.id, SUBJECTS)
        if lines or which:
            sheets.append(
                ProgressSheetFacts(
                    pupil.label,
                    classes.get(pupil.school_class or "", ""),
                    people.get(pupil.curator or "", ""),
                    tuple(_subject(line) for line in lines),
                )
            )
    return progress_document(full_name(source), sheets)


def _subject(line: ProgressLine) -> SubjectProgress:
    rows, before = [], None
    for point in line.points:
        change = ""
        if point.percent is not None and before is not None:
            gained = point.percent - before
            change = f"{'+' if gained > 0 else ''}{number(gained)} п. п."
        before = point.percent if point.percent is not None else before
        shown = percent(point.percent) if point.percent is not None else "—"
        day = short_date(point.measured_on) if point.measured_on else ""
        rows.append((day, _KINDS.get(point.kind or "", ""), shown, change, point.note or ""))
    return SubjectProgress(line.title[:1].upper() + line.title[1:], line.words, tuple(rows))


def _pupil_plan(source: DraftSource, pupil: RiskPupilFact) -> PupilPlanFacts:
    facts, pack = source.facts, source.pack
    classes = {item.id: item.label for item in facts.classes}
    people = {person.id: person.label for person in facts.staff}
    causes = dict(pack.code_list("failure_causes"))
    informed = short_date(pupil.parents_informed_on) if pupil.parents_informed_on else ""
    since = short_date(pupil.since) if pupil.since else ""
    said = (
        _risks(source, pupil),
        _subjects(pupil.subjects),
        since,
        people.get(pupil.curator or "", ""),
        informed,
        _STATES.get(pupil.state or "", ""),
    )
    return PupilPlanFacts(
        code=pupil.label,
        school_class=classes.get(pupil.school_class or "", ""),
        requisites=tuple(zip(REQUISITES, said, strict=True)),
        causes=tuple(
            (
                causes.get(item.cause or "", item.cause or ""),
                item.seen_in or "",
                item.advice or advice_of(pack, item.cause or ""),
            )
            for item in facts.failure_causes
            if item.pupil == pupil.id and not item.is_removed
        ),
        steps=tuple(
            (
                step.label,
                _subjects((step.subject,) if step.subject else ()),
                people.get(step.owner or "", ""),
                short_date(step.due_on) if step.due_on else "",
                _mark(step),
            )
            for step in _steps(facts, pupil)
        ),
        progress=tuple((line.title, line.words) for line in progress_of(facts, pupil.id, SUBJECTS)),
        curator=people.get(pupil.curator or "", ""),
    )


def _class_line(source: DraftSource, pupil: RiskPupilFact) -> ClassLine:
    facts = source.facts
    people = {person.id: person.label for person in facts.staff}
    causes = dict(source.pack.code_list("failure_causes"))
    own = [item for item in facts.failure_causes if item.pupil == pupil.id and not item.is_removed]
    steps = []
    for step in _steps(facts, pupil):
        who = ", ".join(
            part
            for part in (people.get(step.owner or "", ""), f"до {short_date(step.due_on)}" if step.due_on else "")
            if part
        )
        steps.append(f"{step.label} ({who})" if who else step.label)
    return ClassLine(
        code=pupil.label,
        risks=_risks(source, pupil),
        subjects=_subjects(pupil.subjects),
        causes="; ".join(causes.get(item.cause or "", item.cause or "") for item in own),
        steps="\n".join(steps),
        informed=short_date(pupil.parents_informed_on) if pupil.parents_informed_on else "",
    )


def _pupils(facts: SchoolFacts, which: str) -> list[RiskPupilFact]:
    """One by its id, its code, or the id of a row that belongs to it, else all who are at risk today.

    KnownError document.no_such_pupil.
    """
    if not which:
        found = [pupil for pupil in facts.risk_pupils if pupil.is_at_risk(facts.as_of)]
        return sorted(found, key=lambda item: item.label)
    rows = (row for member in _ENTITIES_OF_PUPIL for row in getattr(facts, member))
    parent = next((row.pupil for row in rows if row.id == which), which)
    found = [pupil for pupil in facts.risk_pupils if parent in (pupil.id, pupil.code)]
    if not found:
        raise KnownError("document.no_such_pupil", pupil=which)
    return found


def _steps(facts: SchoolFacts, pupil: RiskPupilFact) -> list[PupilStepFact]:
    own = [step for step in facts.pupil_steps if step.pupil == pupil.id and step.state != "cancelled"]
    return sorted(own, key=lambda step: (step.due_on or date.max, step.id))


def _mark(step: PupilStepFact) -> str:
    """What became of a step; an open one leaves room to write."""
    done = "выполнено" if step.state == "done" else ""
    day = short_date(step.done_on) if step.done_on and done else ""
    return ", ".join(part for part in (f"{done} {day}".strip(), step.result or "") if part)


def _risks(source: DraftSource, pupil: RiskPupilFact) -> str:
    captions = dict(source.pack.code_list("pupil_risks"))
    return ", ".join(captions.get(risk, risk) for risk in pupil.risks)


def _subjects(codes: Sequence[str]) -> str:
    return ", ".join(SUBJECTS.get(code, code) for code in codes)
