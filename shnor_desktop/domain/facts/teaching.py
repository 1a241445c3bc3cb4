"""Facts of what is done with teachers beside their plans: visits, cross-checks, programmes, courses, mentors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from shnor_desktop.domain.facts.base import Fact
from shnor_desktop.domain.facts.school import StaffFact


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFact(Fact):
    """A lesson that was visited, or is to be."""

    entity = "lesson_visit"
    title_field = "topic"

    visited_on: date | None = None
    lesson: int | None = None
    kind: str | None = None
    teacher: str | None = None
    visitor: str | None = None
    visitor_text: str | None = None
    subject: str | None = None
    school_class: str | None = None
    topic: str | None = None
    purpose: str | None = None
    rubric: str | None = None
    lesson_minutes: int | None = None
    independent_minutes: int | None = None
    strengths: str | None = None
    growth: str | None = None
    advice: str | None = None
    feedback: str | None = None
    discussed_on: date | None = None
    again_on: date | None = None

    def is_planned(self, as_of: date) -> bool:
        """The lesson is still to come."""
        return self.visited_on is not None and self.visited_on > as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonMarkFact(Fact):
    """What was seen at one criterion of the card."""

    entity = "lesson_mark"
    title_field = "criterion"

    visit: str | None = None
    criterion: str | None = None
    score: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheckFact(Fact):
    """Works of a class checked a second time."""

    entity = "cross_check"
    title_field = "work"

    held_on: date | None = None
    work: str | None = None
    subject: str | None = None
    school_class: str | None = None
    checked_by: str | None = None
    checked_by_text: str | None = None
    works: int | None = None
    differing: int | None = None
    conclusion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCheckFact(Fact):
    """How far the work programme of a subject is taught in a class by the end of a month."""

    entity = "work_programme_check"

    month: date | None = None
    teacher: str | None = None
    subject: str | None = None
    school_class: str | None = None
    planned: int | None = None
    held: int | None = None
    reason: str | None = None
    correction: str | None = None

    @property
    def lag(self) -> int:
        """Lessons that were planned and not held; 0 while a number is missing."""
        return max(0, (self.planned or 0) - self.held) if self.held is not None else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityEntryFact(Fact):
    """An entry of the activity log."""

    entity = "teacher_activity"
    title_field = "what"

    teacher: str | None = None
    criterion: str | None = None
    noted_on: date | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFact(Fact):
    """A course of a teacher, from the need to the certificate."""

    entity = "training_course"
    title_field = "title"

    teacher: str | None = None
    title: str | None = None
    audience: str | None = None
    deficit: str | None = None
    provider: str | None = None
    hours: int | None = None
    wanted_by: date | None = None
    requested_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    state: str | None = None
    certificate: str | None = None

    @property
    def is_open(self) -> bool:
        """Needed, asked for or under way."""
        return self.state not in ("finished", "refused")

    def is_over(self, as_of: date) -> bool:
        """Finished, on a day that has come."""
        return self.state == "finished" and self.ends_on is not None and self.ends_on <= as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorMeetingFact(Fact):
    """A meeting of a mentor with a teacher."""

    entity = "mentor_meeting"
    title_field = "topic"

    plan: str | None = None
    held_on: date | None = None
    topic: str | None = None
    again_on: date | None = None


def with_finished_courses(
    staff: Iterable[StaffFact], courses: Iterable[CourseFact], as_of: date
) -> tuple[StaffFact, ...]:
    """The staff whose last training is the later of what the list says and the courses that are over."""
    newest: dict[str, date] = {}
    for course in courses:
        if course.teacher and course.ends_on is not None and course.is_over(as_of):
            newest[course.teacher] = max(course.ends_on, newest.get(course.teacher, date.min))
    return tuple(_trained(person, newest.get(person.id)) for person in staff)


def _trained(person: StaffFact, day: date | None) -> StaffFact:
    is_later = day is not None and (person.last_training is None or person.last_training < day)
    return replace(person, last_training=day) if is_later else person
