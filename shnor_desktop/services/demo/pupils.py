"""Pupils of the demo school by code, its parents, rehearsals, contests and support; nobody has a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shnor_desktop.models.base import Entity
from shnor_desktop.models.education import SATISFACTION, ParentSurvey
from shnor_desktop.models.pupils import (
    Contest,
    FailureCause,
    GovernanceMeeting,
    GroupLesson,
    ParentConsultation,
    ParentEvent,
    PupilProgress,
    PupilStep,
    RehearsalExam,
    RiskPupil,
    SubjectGroup,
    SupportRecord,
)
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import words
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.pupils import advice_of


def write_pupils(draft: SchoolDraft) -> None:
    """The registers of pupils and parents, of the main school alone; what lies ahead of the demo's day is left out."""
    if not draft.profile.is_main:
        return
    classes = {item.grade: item.id for item in read_facts(draft.workspace).classes}
    told = words("pupils")
    codes = {}
    for place, pupil in enumerate(_past(draft, told["pupils"], "since")):
        codes[pupil["code"]] = _pupil(draft, pupil, classes, draft.staff[2 + place].id)
    _exams(draft, told["rehearsals"])
    for place, item in enumerate(_past(draft, told["consultations"])):
        values = {
            "held_on": _day(item["on"]),
            "school_class": classes.get(item["grade"]),
            "pupil": codes.get(item.get("pupil", "")),
            "form": item["form"],
            "topic": item["topic"],
            "parents": item.get("parents", 1),
            "given_by": draft.staff[3 + place].id,
            "advice": item["advice"],
            "is_signed": item.get("signed", False),
        }
        draft.add(ParentConsultation, values)
    _journals(draft, told)
    _survey(draft, told["survey"])
    draft.write("внесены группа риска и журналы работы с родителями", date(2024, 10, 14))


def _pupil(draft: SchoolDraft, pupil: Mapping[str, Any], classes: Mapping[int | None, str], curator: str) -> str:
    values: dict[str, object] = {
        "code": pupil["code"],
        "school_class": classes.get(pupil["grade"]),
        "risks": pupil["risks"],
        "subjects": pupil["subjects"],
        "since": _day(pupil["since"]),
        "until": _optional_day(pupil.get("until")),
        "curator": curator,
        "parents_informed_on": _optional_day(pupil.get("informed")),
        "state": pupil["state"],
        "outcome": pupil.get("outcome"),
    }
    row = draft.add(RiskPupil, values)
    for cause in pupil["causes"]:
        code = cause["cause"]
        draft.add(
            FailureCause,
            {
                "pupil": row,
                "cause": code,
                "subject": cause.get("subject"),
                "seen_in": cause["seen"],
                "advice": advice_of(draft.pack, code),
                "is_removed": cause.get("removed", False),
            },
        )
    for step in pupil["steps"]:
        done = _optional_day(step.get("done"))
        is_done = done is not None and done <= draft.as_of
        values = {
            "pupil": row,
            "title": step["title"],
            "subject": step.get("subject"),
            "owner": curator,
            "due_on": _day(step["due"]),
            "state": "done" if is_done else "planned",
            "done_on": done if is_done else None,
            "result": step.get("result") if is_done else None,
        }
        draft.add(PupilStep, values)
    for point in _past(draft, pupil["progress"]):
        values = {"pupil": row, "measured_on": _day(point["on"])}
        draft.add(PupilProgress, values | {name: point.get(name) for name in ("subject", "kind", "percent", "note")})
    return row


def _exams(draft: SchoolDraft, exams: Sequence[Mapping[str, Any]]) -> None:
    for exam in _past(draft, exams):
        informed = _optional_day(exam.get("informed"))
        participants = draft.class_sizes[exam["grade"] - 1]
        values = {
            "exam": exam["exam"],
            "subject": exam["subject"],
            "grade": exam["grade"],
            "held_on": _day(exam["on"]),
            "participants": participants,
            "below_minimum": round(participants * exam["share_below"] / 100),
            "mean_score": exam["score"],
            "analysis": exam["analysis"],
            "correction": exam["correction"] or None,
            "parents_informed_on": informed,
            "informed_how": exam.get("how"),
        }
        draft.add(RehearsalExam, values)


def _journals(draft: SchoolDraft, told: Mapping[str, Any]) -> None:
    """Events, meetings, contests, support and the subject school."""
    psychologist = next((item.id for item in draft.staff if item.position == "psychologist"), draft.staff[1].id)
    extra: Mapping[type[Entity], Mapping[str, object]] = {
        ParentEvent: {"lead": draft.staff[1].id},
        GovernanceMeeting: {},
        Contest: {"teacher": draft.staff[4].id},
        SupportRecord: {"specialist": psychologist},
    }
    for cls, name in (
        (ParentEvent, "events"),
        (GovernanceMeeting, "governance"),
        (Contest, "contests"),
        (SupportRecord, "support"),
    ):
        for item in _past(draft, told[name]):
            typed = {key: value for key, value in item.items() if key != "on"}
            draft.add(cls, {"held_on": _day(item["on"]), **typed, **extra[cls]})
    group = told["group"]
    row = draft.add(SubjectGroup, {key: value for key, value in group.items() if key != "lessons"})
    for lesson in _past(draft, group["lessons"]):
        values = {"subject_group": row, "held_on": _day(lesson["on"])}
        draft.add(GroupLesson, values | {"topic": lesson["topic"], "attended": lesson["attended"]})


def _survey(draft: SchoolDraft, survey: Mapping[str, Any]) -> None:
    """The second survey with the same wording, so that there is something to compare."""
    day = _day(survey["on"])
    if day > draft.as_of:
        return
    asked = round(draft.profile.pupils * survey["share"] / 100)
    satisfied = round(asked * survey["satisfied"] / 100)
    draft.add(ParentSurvey, {"held_on": day, "question": SATISFACTION, "asked": asked, "satisfied": satisfied})


def _past(draft: SchoolDraft, items: Sequence[Mapping[str, Any]], name: str = "on") -> list[Mapping[str, Any]]:
    return [item for item in items if _day(item[name]) <= draft.as_of]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _optional_day(text: str | None) -> date | None:
    return _day(text) if text else None
