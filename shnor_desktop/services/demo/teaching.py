"""Work with the teachers of a demo school: lessons, cross-checks, work programmes, activity, courses, mentors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shnor_desktop.domain.checks.teaching import FEEDBACK_DAYS
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.metrics.staff import is_training_overdue
from shnor_desktop.models.teaching import (
    CrossCheck,
    LessonMark,
    LessonVisit,
    MentorMeeting,
    TeacherActivity,
    TrainingCourse,
    WorkProgrammeCheck,
)
from shnor_desktop.services.demo.drafting import SchoolDraft, Teacher
from shnor_desktop.services.demo.library import words
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.lesson_visits import rubric_of

_BEGINS = (9, 1)


def write_work_with_teachers(draft: SchoolDraft) -> None:
    """The first weeks of the school year; nothing before September or without teachers of Russian and mathematics."""
    core = [item for item in draft.staff if {"russian", "math"} & set(item.subjects)]
    others = [item for item in draft.staff if item not in core and item.position == "teacher"]
    if draft.as_of < date(draft.as_of.year, *_BEGINS) or len(core) < 2 or not others:
        return
    found, facts = words("teaching"), read_facts(draft.workspace)
    classes = {item.grade: item.id for item in facts.classes}
    for place, item in enumerate(found["visits"]):
        _visit(draft, item, core[place % len(core)] if item["core"] else others[0], classes)
    for item in found["cross_checks"]:
        _cross_check(draft, item, core, classes)
    for item in found["programmes"]:
        _programme(draft, item, core, classes)
    everyone = [*core, *others]
    for place, item in enumerate(found["activity"]):
        if _day(draft, item["on"]) <= draft.as_of:
            values = {"teacher": everyone[place % len(everyone)].id, "noted_on": _day(draft, item["on"])}
            own = {name: item[name] for name in ("criterion", "what", "proof")}
            draft.add(TeacherActivity, {**values, **own, "confirmed": True})
    _courses(draft, found["courses"], facts, core)
    _meetings(draft, found["meetings"], facts)
    draft.write("внесена работа с педагогами", draft.as_of)


def _visit(draft: SchoolDraft, item: Mapping[str, Any], teacher: Teacher, classes: Mapping[int | None, str]) -> None:
    subject = next(
        (code for code in teacher.subjects if code in ("russian", "math")), (*teacher.subjects, "biology")[0]
    )
    visitor = next(one for one in (draft.staff[1], draft.staff[0]) if one.id != teacher.id)
    day = _day(draft, item["on"])
    values: dict[str, object] = {
        "visited_on": day,
        "kind": item["kind"],
        "teacher": teacher.id,
        "visitor": visitor.id,
        "subject": subject,
        "school_class": classes.get(6) or next(iter(classes.values())),
        "topic": item["topic"],
        "purpose": item["purpose"],
        "rubric": item["rubric"],
    }
    if day > draft.as_of:
        draft.add(LessonVisit, values)
        return
    said = {"lesson_minutes": "minutes", "independent_minutes": "independent", "taken_away": "taken"}
    said |= {name: name for name in ("strengths", "growth", "advice")}
    values |= {field: item[name] for field, name in said.items() if name in item}
    values |= {f"{name}_on": _day(draft, item[name]) for name in ("discussed", "again") if name in item}
    if (draft.as_of - day).days > FEEDBACK_DAYS:
        values.setdefault("discussed_on", day + timedelta(days=1))
    visit = draft.add(LessonVisit, values)
    rubric = rubric_of(draft.pack, item["rubric"])
    codes = [criterion.code for criterion in rubric.criteria] if rubric else []
    for criterion, score in zip(codes, str(item.get("marks", "")).split(), strict=False):
        draft.add(LessonMark, {"visit": visit, "criterion": criterion, "score": score})


def _cross_check(
    draft: SchoolDraft, item: Mapping[str, Any], core: list[Teacher], classes: Mapping[int | None, str]
) -> None:
    if _day(draft, item["on"]) > draft.as_of or item["grade"] not in classes:
        return
    values = {name: item[name] for name in ("work", "subject", "works", "differing", "conclusion", "decided")}
    values |= {"held_on": _day(draft, item["on"]), "school_class": classes[item["grade"]]}
    draft.add(CrossCheck, {**values, "checked_by": core[-1].id})


def _programme(
    draft: SchoolDraft, item: Mapping[str, Any], core: list[Teacher], classes: Mapping[int | None, str]
) -> None:
    teacher = next((one for one in core if item["subject"] in one.subjects), None)
    if teacher is None or item["grade"] not in classes:
        return
    values = {name: item[name] for name in ("subject", "planned", "held", "reason", "correction") if name in item}
    values |= {"month": date(draft.as_of.year, *_BEGINS), "teacher": teacher.id}
    draft.add(WorkProgrammeCheck, {**values, "school_class": classes[item["grade"]]})


def _courses(draft: SchoolDraft, found: list[Mapping[str, Any]], facts: SchoolFacts, core: list[Teacher]) -> None:
    """Only teachers whose courses are not overdue: who needs new ones is for the page to find."""
    in_time = {person.id for person in facts.staff if not is_training_overdue(person, facts.as_of)}
    people = [teacher for teacher in (*core, *draft.staff) if teacher.id in in_time]
    if not people:
        return
    for place, item in enumerate(found):
        values = {
            name: item[name] for name in ("title", "audience", "provider", "hours", "state", "used") if name in item
        }
        days = {"starts_on": "starts", "ends_on": "ends", "requested_on": "requested", "wanted_by": "wanted"}
        values |= {field: _day(draft, item[name]) for field, name in days.items() if name in item}
        ends = values.get("ends_on", date.max)
        if ends < draft.as_of:
            values |= {"state": "finished", "certificate": f"{item['hours']:04}-{place + 11}", "certificate_on": ends}
        elif item["state"] == "finished":
            continue
        draft.add(TrainingCourse, {"teacher": people[place % len(people)].id, **values})


def _meetings(draft: SchoolDraft, found: list[Mapping[str, Any]], facts: SchoolFacts) -> None:
    plan = next((item for item in facts.plans if item.mentoring == "has" and item.state == "running"), None)
    for item in found if plan is not None else ():
        if plan is not None and _day(draft, item["on"]) <= draft.as_of:
            values = {"plan": plan.id, "held_on": _day(draft, item["on"]), "topic": item["topic"]}
            again = {"again_on": _day(draft, item["again"])} if "again" in item else {}
            draft.add(MentorMeeting, {**values, "agreed": item["agreed"], **again})


def _day(draft: SchoolDraft, text: str) -> date:
    return date.fromisoformat(f"{draft.as_of.year}-{text}")
