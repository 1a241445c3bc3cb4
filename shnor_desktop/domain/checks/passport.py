"""The passport: counts that agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.facts import SchoolContext
from shnor_desktop.domain.findings import PASSPORT, CheckCode, Finding, about
from shnor_desktop.domain.metrics.pupils import GROUP_FIELDS


def passport_findings(case: Case) -> Iterator[Finding]:
    """The school is described, its groups of pupils are not greater than all, its classes make the whole."""
    facts = case.facts
    if not facts.classes:
        yield Finding(CheckCode.CLASSES_ABSENT, PASSPORT, "school_class")
    if facts.school is None:
        yield Finding(CheckCode.PASSPORT_ABSENT, PASSPORT, "school")
        return
    if facts.school.pupils is not None:
        yield from _groups(facts.school, facts.school.pupils)
        yield from _parts(case, facts.school, facts.school.pupils)
    if facts.school.pupils_as_of is not None and facts.school.pupils_as_of > case.as_of:
        yield about(facts.school, CheckCode.PUPILS_DATE_AHEAD, PASSPORT, "pupils_as_of")
    for assignment in facts.assignments:
        if not assignment.staff and not (assignment.person or "").strip():
            yield about(
                assignment, CheckCode.ASSIGNMENT_WITHOUT_PERSON, PASSPORT, "person", role=_role(case, assignment.role)
            )


def _groups(school: SchoolContext, total: int) -> Iterator[Finding]:
    for field, caption in GROUP_FIELDS:
        group: int | None = getattr(school, field)
        if group is not None and group > total:
            yield about(
                school, CheckCode.GROUP_EXCEEDS_TOTAL, PASSPORT, field, caption=caption, count=group, total=total
            )


def _parts(case: Case, school: SchoolContext, total: int) -> Iterator[Finding]:
    sizes = [item.pupils for item in case.facts.classes]
    known = [size for size in sizes if size is not None]
    if sizes and len(known) == len(sizes) and sum(known) != total:
        yield about(school, CheckCode.CLASSES_DIFFER, PASSPORT, "pupils", count=sum(known), total=total)
    in_buildings = sum(item.pupils or 0 for item in case.facts.buildings)
    if in_buildings > total:
        yield about(school, CheckCode.BUILDINGS_EXCEED_TOTAL, PASSPORT, "pupils", count=in_buildings, total=total)


def _role(case: Case, code: str | None) -> str:
    return dict(case.pack.code_list("roles")).get(code or "", code or "не указана")
