"""Pupils and parents: codes instead of names, a plan for each pupil at risk, informed parents, counts that agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.facts import Fact, PupilStepFact, RiskPupilFact
from shnor_desktop.domain.findings import PUPILS, CheckCode, Finding, about
from shnor_desktop.domain.personal_words import diagnosis_in, looks_like_name, name_in, names_in_codes
from shnor_desktop.domain.russian import long_date, plural

_NAMELESS = {
    "risk_pupil": ("outcome",),
    "failure_cause": ("seen_in", "advice"),
    "pupil_step": ("title", "result"),
    "pupil_progress": ("note",),
    "rehearsal_exam": ("analysis", "correction"),
    "parent_consultation": ("topic", "advice"),
    "support_record": ("topic", "advice"),
}
"""Texts about pupils, in which neither a name nor a diagnosis belongs."""
_DAYS = {
    "pupil_progress": "measured_on",
    "rehearsal_exam": "held_on",
    "parent_consultation": "held_on",
    "parent_event": "held_on",
    "governance_meeting": "held_on",
    "group_lesson": "held_on",
    "support_record": "held_on",
}
"""Journals of what took place: a coming day is a slip."""


def pupils_findings(case: Case) -> Iterator[Finding]:
    """Each pupil at risk, then the counts of the journals, then words that do not belong there."""
    steps: dict[str | None, list[PupilStepFact]] = {}
    for step in case.facts.pupil_steps:
        if step.state != "cancelled":
            steps.setdefault(step.pupil, []).append(step)
    for pupil in case.facts.risk_pupils:
        yield from _pupil(case, pupil, steps.get(pupil.id, []))
    yield from _counts(case)
    for entity, fields in _NAMELESS.items():
        for row in case.facts.rows(entity):
            for field in fields:
                yield from _words(row, field)
    for entity, field in _DAYS.items():
        for row in case.facts.rows(entity):
            day: date | None = getattr(row, field)
            if day is not None and day > case.as_of:
                yield about(row, CheckCode.PUPILS_ROW_AHEAD, PUPILS, field, day=long_date(day))


def _pupil(case: Case, pupil: RiskPupilFact, steps: Sequence[PupilStepFact]) -> Iterator[Finding]:
    code = pupil.code or ""
    if looks_like_name(code):
        yield about(pupil, CheckCode.PUPIL_CODE_IS_NAME, PUPILS, "code", word=code)
    if pupil.since is not None and pupil.until is not None and pupil.until < pupil.since:
        yield about(pupil, CheckCode.PUPIL_DATES_REVERSED, PUPILS, "until")
    if not pupil.is_at_risk(case.as_of):
        return
    if not steps:
        yield about(pupil, CheckCode.PUPIL_WITHOUT_PLAN, PUPILS, "state")
    if pupil.parents_informed_on is None:
        yield about(pupil, CheckCode.PUPIL_PARENTS_UNINFORMED, PUPILS, "parents_informed_on")
    late = sum(1 for step in steps if step.state != "done" and step.due_on is not None and step.due_on < case.as_of)
    if late:
        words = plural(late, "шаг", "шага", "шагов")
        yield about(pupil, CheckCode.PUPIL_STEPS_OVERDUE, PUPILS, "outcome", steps=words)


def _counts(case: Case) -> Iterator[Finding]:
    facts = case.facts
    for exam in facts.rehearsals:
        if _exceeds(exam.below_minimum, exam.participants):
            yield about(exam, CheckCode.REHEARSAL_BELOW_EXCEEDS, PUPILS, "below_minimum")
        if exam.parents_informed_on is None and exam.held_on is not None and exam.held_on <= case.as_of:
            yield about(exam, CheckCode.REHEARSAL_UNINFORMED, PUPILS, "parents_informed_on")
    for survey in facts.surveys:
        if _exceeds(survey.satisfied, survey.asked):
            yield about(survey, CheckCode.SURVEY_EXCEEDS_ASKED, PUPILS, "satisfied")
    for contest in facts.contests:
        if _exceeds(contest.winners, contest.participants):
            yield about(contest, CheckCode.WINNERS_EXCEED_PARTICIPANTS, PUPILS, "winners")
    sizes = {group.id: group.pupils for group in facts.subject_groups}
    for group in facts.subject_groups:
        for word in list(names_in_codes(group.codes or ""))[:1]:
            yield about(group, CheckCode.PUPIL_CODE_IS_NAME, PUPILS, "codes", word=word)
    for lesson in facts.group_lessons:
        if _exceeds(lesson.attended, sizes.get(lesson.subject_group or "")):
            yield about(lesson, CheckCode.ATTENDANCE_EXCEEDS_GROUP, PUPILS, "attended")


def _words(row: Fact, field: str) -> Iterator[Finding]:
    text: str = getattr(row, field) or ""
    name, diagnosis = name_in(text), diagnosis_in(text)
    if name:
        yield about(row, CheckCode.PUPIL_NAME_IN_TEXT, PUPILS, field, word=name)
    elif diagnosis:
        yield about(row, CheckCode.PUPIL_DIAGNOSIS_IN_TEXT, PUPILS, field, word=diagnosis)


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole
