"""The staff list: it is there, and nobody is younger than their experience."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.facts import StaffFact
from shnor_desktop.domain.findings import STAFF, CheckCode, Finding, about
from shnor_desktop.domain.metrics.staff import is_training_overdue
from shnor_desktop.domain.russian import plural

YOUNGEST = 17
OLDEST = 95


def staff_findings(case: Case) -> Iterator[Finding]:
    """Facts of one person first; overdue courses are one warning for the whole list."""
    staff = case.facts.staff
    if not staff:
        yield Finding(CheckCode.STAFF_ABSENT, STAFF, "staff_member")
    for person in staff:
        yield from _person(case, person)
    overdue = [person for person in staff if is_training_overdue(person, case.as_of)]
    if overdue:
        people = plural(len(overdue), "педагога", "педагогов", "педагогов")
        yield about(overdue[0], CheckCode.TRAINING_OVERDUE, STAFF, "last_training", people=people)


def _person(case: Case, person: StaffFact) -> Iterator[Finding]:
    if person.birth_year is not None:
        age = case.as_of.year - person.birth_year
        if not YOUNGEST <= age <= OLDEST:
            yield about(person, CheckCode.AGE_IMPOSSIBLE, STAFF, "birth_year", age=_years(age))
        elif person.experience is not None and person.experience > age - YOUNGEST:
            experience = _years(person.experience)
            yield about(
                person, CheckCode.EXPERIENCE_EXCEEDS_AGE, STAFF, "experience", experience=experience, age=_years(age)
            )
    if person.last_training is not None and person.last_training > case.as_of:
        yield about(person, CheckCode.TRAINING_AHEAD, STAFF, "last_training")
    if person.position == "teacher" and not person.subjects:
        yield about(person, CheckCode.TEACHER_WITHOUT_SUBJECTS, STAFF, "subjects")


def _years(count: int) -> str:
    return plural(count, "год", "года", "лет")
