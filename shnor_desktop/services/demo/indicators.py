"""What the indicators of a demo school are computed from: teaching, parents, offers, graduates, literacy.

The numbers are drawn apart from those of the other steps, so that these stay as they were.
"""

from __future__ import annotations

from datetime import date
from random import Random

from shnor_desktop.domain.facts.education import GRADES_OF
from shnor_desktop.domain.facts.school import CONDITIONS
from shnor_desktop.models.education import (
    SATISFACTION,
    EducationLevel,
    ExtraOffer,
    Graduation,
    LiteracyCheck,
    ParentSurvey,
    StudyDirection,
)
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.facts import read_facts

_OFFERS = (
    ("Робототехника", "technical", False),
    ("Шахматный клуб", "sport", False),
    ("Волейбол", "sport", False),
    ("Театральная студия", "art", False),
    ("Школьное лесничество", "natural", False),
    ("Хор дома творчества", "art", True),
)
_DIRECTIONS = (("математика", "8–9"), ("русский язык", "9"))
_HOURS_9, _ELECTIVE_HOURS = 1122, (34, 68)
_LESSON = 40


def write_teaching(draft: SchoolDraft) -> None:
    """How the school teaches, and what its parents say: the passport's later parts."""
    random = _random(draft, "teaching")
    level = draft.profile.target("failure_risk")
    _passport(draft, random)
    for person in draft.staff:
        answers = {"project_technology": random.random() < 0.45, "trained_for_categories": random.random() < 0.6}
        draft.change(StaffMember, person.id, answers)
    for title, sphere, is_outside in _OFFERS[: {"high": 3, "medium": 4, "low": 6}[level]]:
        values = {"title": title, "sphere": sphere, "is_outside": is_outside, "pupils": random.randint(8, 16)}
        draft.add(ExtraOffer, values)
    if level != "high":
        for title, grades in _DIRECTIONS:
            draft.add(StudyDirection, {"title": title, "kind": "in_depth", "grades": grades})
    for year in (draft.as_of.year - 1, draft.as_of.year):
        _levels(draft, random, year)
        _survey(draft, random, year)
    draft.write("заполнены сведения об учебном процессе и родителях", date(2024, 1, 22))


def write_graduates(draft: SchoolDraft, year: int) -> None:
    """The graduates of grade 9 after the exams of a summer, in keeping with their results; a check of literacy."""
    random = _random(draft, f"graduates {year}")
    exams = [item for item in read_facts(draft.workspace).results if item.procedure == "oge" and item.year == year]
    graduates = max((item.participants or 0 for item in exams), default=0)
    failed = max((item.mark_2 or 0 for item in exams), default=0)
    values = {
        "year": year,
        "level": "9",
        "graduates": graduates,
        "passed_both": graduates - failed,
        "certificates": graduates - failed // 2,
    }
    draft.add(Graduation, values)
    for kind in ("reading", "mathematical"):
        pupils = draft.class_sizes[7]
        below = round(pupils * random.randint(15, 38) / 100)
        draft.add(LiteracyCheck, {"year": year, "kind": kind, "grade": 8, "participants": pupils, "below_base": below})
    draft.write(f"внесены сведения о выпускниках {year} года", date(year, 7, 4))


def _passport(draft: SchoolDraft, random: Random) -> None:
    pupils = draft.profile.pupils
    has_courses = random.random() < 0.5
    lacking = set(
        random.sample(list(CONDITIONS), {"high": 5, "medium": 3, "low": 1}[draft.profile.target("equipment")])
    )
    values = {
        "grade9_hours": _HOURS_9,
        "grade9_elective_hours": random.choice(_ELECTIVE_HOURS),
        "distance_courses": has_courses,
        "distance_courses_for_others": False if has_courses else None,
        "pupils_extra": round(pupils * random.randint(52, 84) / 100),
        "parents": round(pupils * 1.3),
        "parents_in_governance": max(3, pupils // 12),
        "conditions": [code for code in CONDITIONS if code not in lacking],
    }
    draft.change(School, draft.workspace.school, values)


def _levels(draft: SchoolDraft, random: Random, year: int) -> None:
    has_depth = draft.profile.target("failure_risk") != "high"
    for level in ("primary", "basic"):
        lessons = random.randint(5, 9) * _LESSON
        size = sum(draft.class_sizes[grade - 1] for grade in GRADES_OF[level])
        values = {
            "year": year,
            "level": level,
            "pupils_in_depth": size // 6 if has_depth and level == "basic" else 0,
            "lesson_minutes": lessons,
            "independent_minutes": round(lessons * random.randint(18, 36) / 100),
        }
        draft.add(EducationLevel, values)


def _survey(draft: SchoolDraft, random: Random, year: int) -> None:
    day = date(year, 4, 18)
    if day > draft.as_of:
        return
    asked = max(7, round(draft.profile.pupils * random.randint(45, 70) / 100))
    satisfied = round(asked * random.randint(58, 83) / 100)
    values = {"held_on": day, "question": SATISFACTION, "asked": asked, "satisfied": satisfied}
    draft.add(ParentSurvey, values)


def _random(draft: SchoolDraft, step: str) -> Random:
    return Random(f"{step} {draft.profile.code}")
