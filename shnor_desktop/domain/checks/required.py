"""Fields that must not stay empty, as the declaration of each entity says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import Fact
from shnor_desktop.domain.findings import (
    DEVELOPMENT,
    EXCHANGE,
    MAP,
    PARTNERS,
    PASSPORT,
    PROGRAMME,
    PUPILS,
    QUALITY,
    RESULTS,
    ROADMAP,
    STAFF,
    TODAY,
    CheckCode,
    Finding,
    about,
)

PAGE_OF_ENTITY: Mapping[str, str] = {
    "school": PASSPORT,
    "building": PASSPORT,
    "school_class": PASSPORT,
    "assignment": PASSPORT,
    "study_direction": PASSPORT,
    "extra_offer": PASSPORT,
    "education_level": PASSPORT,
    "parent_survey": PASSPORT,
    "staff_member": STAFF,
    "result_sheet": RESULTS,
    "result_task": RESULTS,
    "result_score": RESULTS,
    "result_group": RESULTS,
    "learning_difficulty": RESULTS,
    "graduation": RESULTS,
    "literacy_check": RESULTS,
    "diagnostic_answer": MAP,
    "factor_level": MAP,
    "cause_mark": MAP,
    "expert_answer": MAP,
    "problem_field": MAP,
    "programme": PROGRAMME,
    "programme_paragraph": PROGRAMME,
    "goal": PROGRAMME,
    "target_indicator": PROGRAMME,
    "antirisk_programme": PROGRAMME,
    "stamp_block": PROGRAMME,
    "measure": ROADMAP,
    "measure_occurrence": ROADMAP,
    "indicator_value": ROADMAP,
    "deadline_reading": ROADMAP,
    "partner_school": PARTNERS,
    "partner_event": PARTNERS,
    "event_participant": PARTNERS,
    "joint_plan_item": PARTNERS,
    "practice": PARTNERS,
    "risk_pupil": PUPILS,
    "failure_cause": PUPILS,
    "pupil_step": PUPILS,
    "pupil_progress": PUPILS,
    "rehearsal_exam": PUPILS,
    "parent_consultation": PUPILS,
    "parent_event": PUPILS,
    "governance_meeting": PUPILS,
    "contest": PUPILS,
    "subject_group": PUPILS,
    "group_lesson": PUPILS,
    "support_record": PUPILS,
    "development_plan": DEVELOPMENT,
    "development_deficit": DEVELOPMENT,
    "development_activity": DEVELOPMENT,
    "lesson_visit": DEVELOPMENT,
    "lesson_mark": DEVELOPMENT,
    "cross_check": DEVELOPMENT,
    "work_programme_check": DEVELOPMENT,
    "teacher_activity": DEVELOPMENT,
    "training_course": DEVELOPMENT,
    "mentor_meeting": DEVELOPMENT,
    "quality_control": QUALITY,
    "quality_report": QUALITY,
    "meeting": QUALITY,
    "decision": QUALITY,
    "document_mark": QUALITY,
    "resource_request": QUALITY,
    "stage_task_mark": TODAY,
    "remark": EXCHANGE,
}
"""Where the rows of an entity are edited."""


@dataclass(frozen=True, slots=True)
class RequiredField:
    """A field that the school must fill in every row of an entity."""

    entity: str
    field: str
    caption: str


def required_findings(
    rows: Mapping[str, Sequence[Fact]], required_fields: Iterable[RequiredField]
) -> Iterator[Finding]:
    """One finding for each empty required field of each row; BugError for an entity that has no page."""
    for required in required_fields:
        if required.entity not in PAGE_OF_ENTITY:
            raise BugError(f"no page for {required.entity!r}")
        for row in rows.get(required.entity, ()):
            if is_blank(getattr(row, required.field)):
                page = PAGE_OF_ENTITY[required.entity]
                yield about(row, CheckCode.REQUIRED_EMPTY, page, required.field, caption=required.caption)


def rows_under_check(case: Case) -> dict[str, tuple[Fact, ...]]:
    """All rows by entity; of programmes and their parts only the current one.

    Cancelled measures and visits that are still to come are left out.
    """
    facts = case.facts
    found = {entity: facts.rows(entity) for entity in PAGE_OF_ENTITY}
    for entity in ("programme_paragraph", "goal", "target_indicator", "antirisk_programme"):
        found[entity] = facts.current(found[entity])
    found["measure"] = case.measures
    found["lesson_visit"] = tuple(visit for visit in facts.visits if not visit.is_planned(case.as_of))
    found["partner_event"] = tuple(item for item in facts.events if item.is_meant_held)
    found["programme"] = (facts.programme,) if facts.programme else ()
    return found
