"""Which grades and levels a school has: a figure about grades that are not there does not concern it."""

from __future__ import annotations

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.facts.education import GRADES_OF, LEVELS

SENIOR = GRADES_OF["secondary"]
NINTH = range(9, 10)
_TOP_GRADE = {"primary": 4, "basic": 9, "secondary": 11}
_WORDS = {SENIOR: "10–11 классов", NINTH: "9 класса"}
_SUMMER = 7
"""July: the exams of the year are over."""


def absence_of(facts: SchoolFacts, grades: range) -> str:
    """Why figures about these grades do not concern the school; empty where they do, or where it is not known.

    A school has the grades that its kind says, unless its list of classes, complete to the last pupil, says otherwise.
    """
    if any(item.grade in grades for item in facts.classes):
        return ""
    school = facts.school
    top = _TOP_GRADE.get(school.kind or "") if school is not None else None
    words = _WORDS.get(grades, f"{grades[0]}–{grades[-1]} классов")
    if top is not None and top < grades[0]:
        return f"В школе нет {words}"
    return f"В этом году в школе нет {words}" if _is_complete(facts) else ""


def levels_of(facts: SchoolFacts) -> tuple[str, ...]:
    """Codes of the levels of education that the school has; those that are not known to be absent."""
    return tuple(level for level in LEVELS if not absence_of(facts, GRADES_OF[level]))


def pupils_in(facts: SchoolFacts, grades: range) -> int | None:
    """How many pupils these grades have by the list of classes; None while a class has no number, or there is none."""
    sizes = [item.pupils for item in facts.classes if item.grade in grades]
    known = [size for size in sizes if size is not None]
    return sum(known) if sizes and len(known) == len(sizes) else None


def last_exams(facts: SchoolFacts) -> int:
    """The year of the last summer's exams."""
    return facts.as_of.year if facts.as_of.month >= _SUMMER else facts.as_of.year - 1


def _is_complete(facts: SchoolFacts) -> bool:
    sizes = [item.pupils for item in facts.classes]
    known = [size for size in sizes if size is not None]
    total = facts.school.pupils if facts.school is not None else None
    return bool(sizes) and len(known) == len(sizes) and sum(known) == total
