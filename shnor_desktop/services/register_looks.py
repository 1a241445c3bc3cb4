"""Which registers and journals are printed from the metadata of their entities, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shnor_desktop.models.registry import EntityInfo, entities, entity

PREFIX = "register."
"""A kind of document «register.<log name>» is the register of that entity."""


@dataclass(frozen=True, slots=True)
class RegisterLook:
    """How a register is printed where the order of its fields is not good enough: `columns` and a column to sign in."""

    page: str
    columns: tuple[str, ...] = ()
    signed: bool = False
    blank_rows: int = 0
    title: str = ""


LOOKS: Mapping[str, RegisterLook] = {
    "risk_pupil": RegisterLook("pupils", ("code", "school_class", "risks", "subjects", "since", "curator", "state")),
    "pupil_step": RegisterLook("pupils", ("pupil", "title", "subject", "owner", "due_on", "state", "result")),
    "failure_cause": RegisterLook("pupils", ("pupil", "cause", "subject", "seen_in", "advice")),
    "pupil_progress": RegisterLook("pupils"),
    "rehearsal_exam": RegisterLook("pupils"),
    "parent_consultation": RegisterLook(
        "pupils", ("held_on", "school_class", "form", "topic", "given_by", "advice"), signed=True, blank_rows=5
    ),
    "parent_event": RegisterLook("pupils", ("held_on", "direction", "topic", "parents", "lead", "outcome")),
    "governance_meeting": RegisterLook("pupils"),
    "contest": RegisterLook("pupils", ("held_on", "title", "who", "level", "participants", "winners", "result")),
    "subject_group": RegisterLook("pupils"),
    "group_lesson": RegisterLook("pupils"),
    "support_record": RegisterLook("pupils", ("held_on", "form", "topic", "grade", "participants", "specialist")),
    "parent_survey": RegisterLook("pupils"),
    "lesson_visit": RegisterLook(
        "development", ("visited_on", "kind", "teacher", "subject", "school_class", "topic", "discussed_on", "again_on")
    ),
    "cross_check": RegisterLook("development"),
    "work_programme_check": RegisterLook("development"),
    "teacher_activity": RegisterLook("development"),
    "training_course": RegisterLook(
        "development", ("teacher", "title", "provider", "hours", "starts_on", "ends_on", "state", "certificate")
    ),
    "mentor_meeting": RegisterLook("development"),
    "partner_school": RegisterLook(
        "partners", ("name", "municipality", "agreement_number", "agreement_date", "agreement_until", "topics")
    ),
    "partner_event": RegisterLook(
        "partners", ("held_on", "partner", "form", "topic", "own_participants", "outcome", "taken_into_work")
    ),
    "joint_plan_item": RegisterLook("partners"),
    "practice": RegisterLook("partners", ("title", "description", "author", "subjects", "used_by", "result")),
    "learning_difficulty": RegisterLook(
        "results", ("subject", "grade", "skill", "tasks", "percent", "action", "owner", "due_on", "state")
    ),
    "quality_control": RegisterLook(
        "quality", ("title", "area", "method", "classes", "due_on", "owner", "reviewed_at", "state")
    ),
    "quality_report": RegisterLook("quality", ("number", "made_on", "title", "author", "conclusions")),
    "meeting": RegisterLook("quality", ("held_on", "kind", "number", "agenda", "chair", "present")),
    "decision": RegisterLook(
        "quality", ("title", "meeting", "owner", "due_on", "state", "done_on", "outcome", "checked_on")
    ),
    "resource_request": RegisterLook(
        "quality", ("title", "kind", "quantity", "unit", "cost", "funding", "to_whom", "state", "decision")
    ),
    "school_order": RegisterLook("quality", ("number", "made_on", "title", "control", "state")),
    "staff_member": RegisterLook(
        "staff", ("full_name", "position", "subjects", "education", "experience", "category", "last_training")
    ),
    "school_class": RegisterLook("passport"),
    "result_sheet": RegisterLook("results"),
    "problem_field": RegisterLook("map", ("rank", "title", "factors", "causes", "facts", "is_active")),
    "assignment": RegisterLook("passport", ("role", "person", "organisation", "since", "first_contact_on", "agreed")),
}


def register_of(kind: str) -> EntityInfo | None:
    """The entity of a kind «register.…»; None when it is no such kind, or one that nobody may print as a list."""
    name = kind.removeprefix(PREFIX)
    if not kind.startswith(PREFIX) or name not in LOOKS or name not in entities() or entity(name).stays:
        return None
    return entity(name)


def registers() -> tuple[tuple[str, EntityInfo, RegisterLook], ...]:
    """Kind, entity and look of every register that is printed."""
    return tuple((f"{PREFIX}{name}", entity(name), look) for name, look in LOOKS.items() if not entity(name).stays)
