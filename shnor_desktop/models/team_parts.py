"""Which entities belong to which part of the work that a colleague may take home, and what goes along to be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from shnor_desktop.domain.log import DELETED, ChangeKey
from shnor_desktop.models.attachments import Attachment, owner_of
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.registry import entities
from shnor_desktop.models.teamwork import PARTS, Delegation

PART_ENTITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "staff": ("staff_member",),
        "results": (
            "result_sheet",
            "result_task",
            "result_score",
            "result_group",
            "learning_difficulty",
            "graduation",
            "literacy_check",
        ),
        "map": ("diagnostic_answer", "factor_level", "problem_field", "cause_mark"),
        "programme": (
            "programme",
            "programme_paragraph",
            "goal",
            "target_indicator",
            "antirisk_programme",
            "programme_version",
            "stamp_block",
        ),
        "roadmap": ("measure", "measure_occurrence", "deadline_reading"),
        "partners": ("partner_school", "partner_event", "event_participant", "joint_plan_item", "practice"),
        "development": (
            "development_plan",
            "development_deficit",
            "development_activity",
            "lesson_visit",
            "lesson_mark",
            "cross_check",
            "work_programme_check",
            "teacher_activity",
            "training_course",
            "mentor_meeting",
        ),
        "pupils": (
            "risk_pupil",
            "failure_cause",
            "pupil_step",
            "pupil_progress",
            "rehearsal_exam",
            "parent_consultation",
            "parent_event",
            "parent_survey",
            "governance_meeting",
            "contest",
            "subject_group",
            "group_lesson",
            "support_record",
        ),
        "quality": (
            "quality_control",
            "quality_report",
            "meeting",
            "decision",
            "resource_request",
            "school_order",
            "document_mark",
        ),
        "monitoring": ("stage_task_mark", "indicator_value"),
    }
)
"""A part has the name of its page; an entity belongs to one part at most."""

NO_PART = (
    "school",
    "building",
    "school_class",
    "assignment",
    "education_level",
    "study_direction",
    "extra_offer",
    "check_reason",
    "expert_answer",
    "remark",
    "remark_message",
    "erasure",
    "review_decision",
    "registered_school",
    "report_date",
    "feedback_card",
    "delegation",
    "attachment",
)
"""The passport and what answers for the school stay with the director; a file goes with the row it stands beside."""

_READ_EVERYWHERE = ("school", "building", "school_class", "education_level")
_READ_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "map": ("result_sheet", "parent_survey", "study_direction", "extra_offer"),
        "programme": ("diagnostic_answer", "factor_level", "problem_field", "measure"),
        "roadmap": ("programme", "goal", "problem_field", "target_indicator"),
        "monitoring": ("programme", "goal", "target_indicator", "measure", "measure_occurrence"),
        "development": ("problem_field",),
    }
)
"""What a part is worked out from, besides what its rows name."""


def part_of(key: ChangeKey) -> str:
    """The part to which a change belongs; empty for what no colleague may write."""
    name = owner_of(key.row) if key.entity == Attachment.log_name else key.entity
    return _parts_by_entity().get(name, "")


def is_in_some_part(entity: str) -> bool:
    """Whether a colleague may have a say in an entity at all; a file is judged by its row, which is not asked here."""
    return entity == Attachment.log_name or entity in _parts_by_entity()


def is_read(key: ChangeKey, parts: Collection[str]) -> bool:
    """Whether a value goes along to a colleague with these parts: all of the part, and of what is beside it the names
    and what is not personal."""
    name = owner_of(key.row) if key.entity == Attachment.log_name else key.entity
    info = entities().get(name)
    if info is None or info.stays:
        return False
    if _parts_by_entity().get(name, "") in parts:
        return True
    if name not in _context(frozenset(parts)) or key.entity == Attachment.log_name:
        return False
    field = info.fields.get(key.field)
    return key.field in (DELETED, info.title_field) or (field is not None and not field.personal)


def part_titles(parts: Collection[str]) -> str:
    """«Кадры, ДТК»."""
    return ", ".join(title for code, title in PARTS if code in parts)


def is_grant(key: ChangeKey, delegation: str) -> bool:
    """Whether a change is about the row that gives this colleague the parts: it goes along, others' do not."""
    return key.entity == Delegation.log_name and key.row == delegation


@cache
def _parts_by_entity() -> Mapping[str, str]:
    return {name: part for part, names in PART_ENTITIES.items() for name in names}


@cache
def _context(parts: frozenset[str]) -> frozenset[str]:
    """The entities that go along to be read: what the rows of the parts name, and what the parts are made from."""
    found = set(_READ_EVERYWHERE)
    for part in parts:
        found.update(_READ_ALSO.get(part, ()))
    named = {name for part in parts for name in PART_ENTITIES.get(part, ())} | found
    for name in named:
        fields = entities()[name].fields.values()
        found.update(field.target for field in fields if field.kind is FieldKind.REFERENCE)
    return frozenset(found)
