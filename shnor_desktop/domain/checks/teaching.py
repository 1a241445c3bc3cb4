"""What is done with teachers beside their plans: visits, cross-checks, work programmes, courses."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import CourseFact, CrossCheckFact, VisitFact
from shnor_desktop.domain.findings import DEVELOPMENT, CheckCode, Finding, about, short_label
from shnor_desktop.domain.russian import month_word, plural, short_date

FEEDBACK_DAYS = 7
"""How long after a visited lesson the talk with the teacher may wait."""


def teaching_findings(case: Case) -> Iterator[Finding]:
    """Visits, cross-checks, work programmes, courses."""
    people = {person.id: short_label(person.label) for person in case.facts.staff}
    for visit in case.facts.visits:
        yield from _visit(case, visit, people)
    for check in case.facts.cross_checks:
        yield from _cross_check(check)
    yield from _programmes(case, people)
    for course in case.facts.courses:
        yield from _course(case, course, people)


def _visit(case: Case, visit: VisitFact, people: dict[str, str]) -> Iterator[Finding]:
    teacher = people.get(visit.teacher or "", "педагог не указан")
    if visit.visitor is not None and visit.visitor == visit.teacher:
        yield about(visit, CheckCode.VISIT_BY_TEACHER, DEVELOPMENT, "visitor", teacher=teacher)
    if (
        visit.independent_minutes is not None
        and visit.lesson_minutes is not None
        and visit.independent_minutes > visit.lesson_minutes
    ):
        yield about(visit, CheckCode.VISIT_MINUTES_EXCEED, DEVELOPMENT, "independent_minutes", teacher=teacher)
    day = visit.visited_on
    if day is not None and visit.discussed_on is None and (case.as_of - day).days > FEEDBACK_DAYS:
        yield about(
            visit, CheckCode.VISIT_WITHOUT_FEEDBACK, DEVELOPMENT, "discussed_on", teacher=teacher, day=short_date(day)
        )


def _cross_check(check: CrossCheckFact) -> Iterator[Finding]:
    if check.works is not None and check.differing is not None and check.differing > check.works:
        yield about(check, CheckCode.CROSS_CHECK_EXCEEDS, DEVELOPMENT, "differing")


def _programmes(case: Case, people: dict[str, str]) -> Iterator[Finding]:
    """A lag without its reason row by row; a month whose lessons nobody counted is told once."""
    unfilled: dict[str, list[str]] = {}
    for row in case.facts.programme_checks:
        if row.month is not None and row.month <= case.as_of and (row.planned is None or row.held is None):
            unfilled.setdefault(f"{month_word(row.month.month)} {row.month.year} г.", []).append(row.id)
        if row.lag and is_blank(row.reason):
            teacher = people.get(row.teacher or "", "педагог не указан")
            lag = plural(row.lag, "урок", "урока", "уроков")
            yield about(row, CheckCode.PROGRAMME_LAG_UNEXPLAINED, DEVELOPMENT, "reason", teacher=teacher, lag=lag)
    for month, rows in unfilled.items():
        words = plural(len(rows), "строка", "строки", "строк")
        params = {"month": month, "rows": words}
        yield Finding(CheckCode.PROGRAMME_CHECK_UNFILLED, DEVELOPMENT, "work_programme_check", rows[0], "held", params)


def _course(case: Case, course: CourseFact, people: dict[str, str]) -> Iterator[Finding]:
    teacher = people.get(course.teacher or "", "педагог не указан")
    starts, ends = course.starts_on, course.ends_on
    if starts is not None and ends is not None and ends < starts:
        yield about(course, CheckCode.COURSE_DATES_REVERSED, DEVELOPMENT, "ends_on", teacher=teacher)
    if course.state == "finished":
        if ends is None or ends > case.as_of:
            yield about(course, CheckCode.COURSE_END_UNKNOWN, DEVELOPMENT, "ends_on", teacher=teacher)
        if is_blank(course.certificate):
            yield about(course, CheckCode.COURSE_WITHOUT_CERTIFICATE, DEVELOPMENT, "certificate", teacher=teacher)
    elif course.state in ("enrolled", "studying") and ends is not None and ends < case.as_of:
        yield about(course, CheckCode.COURSE_STILL_OPEN, DEVELOPMENT, "state", teacher=teacher, day=short_date(ends))
