"""Revision 0005: the rest of the school's workspace: registers, journals, ВСОКО, files, versions of the programme.

A column is `name:type`; `*` marks the primary key, `!` a column that is never NULL.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, Integer, String, Text
from sqlalchemy.types import JSON, TypeEngine

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TYPES: dict[str, TypeEngine[Any]] = {
    "boolean": Boolean(create_constraint=False),
    "date": String(10),
    "decimal": String(),
    "integer": Integer(),
    "json": JSON(),
    "text": Text(),
}
ROW = "id:text* school_id:text* hidden:boolean!"

TABLES = {
    "attachment": (
        "owner_entity:text owner_row:text owner_field:text file_name:text note:text media_type:text "
        "size:integer added_on:date digest:text"
    ),
    "cause_mark": "wave:text cause:text level:text facts:text problem:text",
    "contest": (
        "held_on:date title:text who:text level:text participants:integer winners:integer result:text teacher:text"
    ),
    "cross_check": (
        "held_on:date work:text subject:text school_class:text checked_by:text checked_by_text:text "
        "works:integer differing:integer conclusion:text decided:text"
    ),
    "decision": (
        "title:text meeting:text report:text owner:text owner_text:text due_on:date state:text done_on:date "
        "outcome:text checked_on:date checked_by:text"
    ),
    "delegation": "colleague:text parts:json given_on:date wanted_by:date fingerprint:text state:text returned_on:date",
    "document_mark": (
        "document:text ordinal:integer state:text number:text made_on:date due_on:date handed_on:date report:text "
        "note:text"
    ),
    "event_participant": "event:text staff:text role:text used:text",
    "expert_answer": (
        "form:text wave:text question:text value:text numerator:integer denominator:integer comment:text "
        "expert:text made_on:date"
    ),
    "failure_cause": "pupil:text cause:text subject:text seen_in:text advice:text is_removed:boolean",
    "feedback_card": (
        "teacher:text given_on:date given_by:text strengths:text growth:text support:text agreed:text again_on:date"
    ),
    "governance_meeting": "held_on:date body:text question:text parents:integer pupils:integer decided:text",
    "group_lesson": "subject_group:text held_on:date topic:text attended:integer",
    "indicator_value": "indicator:text measured_on:date value:decimal source:text note:text",
    "joint_plan_item": (
        "partner:text title:text form:text deadline:text due_on:date owner:text partner_owner:text "
        "expected:text state:text"
    ),
    "learning_difficulty": (
        "subject:text grade:integer year:integer skill:text sheet:text tasks:text percent:decimal "
        "pupils:integer cause:text cause_note:text action:text owner:text due_on:date training_need:text "
        "measure:text state:text checked_on:date percent_after:decimal"
    ),
    "lesson_mark": "visit:text criterion:text score:text note:text",
    "lesson_visit": (
        "visited_on:date lesson:integer kind:text teacher:text visitor:text visitor_text:text subject:text "
        "school_class:text pupils:integer topic:text purpose:text rubric:text lesson_minutes:integer "
        "independent_minutes:integer strengths:text growth:text advice:text feedback:text taken_away:text level:text "
        "discussed_on:date again_on:date"
    ),
    "measure_occurrence": (
        "measure:text due_on:date state:text moved_to:date reason:text done_on:date evidence_given:text"
    ),
    "meeting": (
        "held_on:date kind:text number:text agenda:text chair:text secretary:text present:integer "
        "invited:text heard:text"
    ),
    "mentor_meeting": "plan:text held_on:date topic:text agreed:text again_on:date",
    "parent_consultation": (
        "held_on:date school_class:text pupil:text form:text topic:text parents:integer given_by:text "
        "advice:text is_signed:boolean"
    ),
    "parent_event": (
        "held_on:date direction:text topic:text parents:integer lead:text lead_text:text outcome:text measure:text"
    ),
    "practice": (
        "title:text description:text author:text subjects:json event:text used_by:integer result:text published:text"
    ),
    "programme_version": "programme:text number:integer state:text made_on:date note:text content:text",
    "pupil_progress": "pupil:text subject:text measured_on:date kind:text percent:decimal note:text",
    "pupil_step": "pupil:text title:text subject:text owner:text due_on:date state:text done_on:date result:text",
    "quality_control": (
        "year:integer title:text area:text method:text classes:text due_on:date owner:text reviewed_at:text "
        "state:text held_on:date reason:text"
    ),
    "quality_report": (
        "control:text number:text title:text made_on:date author:text looked_at:text found:text "
        "conclusions:text advice:text generated:boolean"
    ),
    "rehearsal_exam": (
        "exam:text subject:text grade:integer held_on:date participants:integer below_minimum:integer "
        "mean_score:decimal analysis:text correction:text parents_informed_on:date informed_how:text"
    ),
    "resource_request": (
        "title:text kind:text quantity:decimal unit:text cost:decimal funding:text question:text problem:text "
        "justification:text to_whom:text number:text sent_on:date state:text decision:text decided_on:date"
    ),
    "result_group": "sheet:text cohort:text code:text pupils:integer percent:decimal",
    "result_score": "sheet:text score:integer pupils:integer",
    "risk_pupil": (
        "code:text school_class:text risks:json subjects:json since:date until:date curator:text "
        "parents_informed_on:date state:text outcome:text"
    ),
    "school_order": (
        "kind:text number:text made_on:date title:text preamble:text body:text basis:text annexes:text control:text "
        "state:text"
    ),
    "stamp_block": "programme:text position:integer heading:text lines:text is_hidden:boolean",
    "subject_group": "title:text subject:text host:text schedule:text pupils:integer codes:text",
    "support_record": (
        "held_on:date form:text topic:text grade:integer participants:integer specialist:text "
        "specialist_text:text advice:text"
    ),
    "teacher_activity": "teacher:text criterion:text noted_on:date what:text proof:text confirmed:boolean",
    "training_course": (
        "teacher:text title:text audience:text deficit:text provider:text hours:integer wanted_by:date "
        "requested_on:date starts_on:date ends_on:date state:text certificate:text certificate_on:date "
        "used:text"
    ),
    "work_programme_check": (
        "month:date teacher:text subject:text school_class:text planned:integer held:integer reason:text "
        "correction:text"
    ),
}
COLUMNS = {
    "partner_event": "state:text mode:text place:text subjects:json plan_item:text used_on:date used_note:text",
    "partner_school": "agreement_subject:text director:text frequency:text",
    "programme_paragraph": "drafted:text",
    "result_sheet": "mark_3_from:integer mark_4_from:integer mark_5_from:integer",
    "result_task": "skill:text",
    "school": "project_year:integer",
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(table, *(_column(words) for words in f"{columns} {ROW}".split()))
        op.create_index(f"ix_{table}_school_id", table, ["school_id"])
    for table, columns in COLUMNS.items():
        for words in columns.split():
            op.add_column(table, _column(words))


def downgrade() -> None:
    for table, columns in COLUMNS.items():
        for words in columns.split():
            op.drop_column(table, words.split(":")[0])
    for table in reversed(TABLES):
        op.drop_table(table)


def _column(words: str) -> Column[object]:
    name, kind = words.rstrip("*!").split(":")
    is_key = words.endswith("*")
    return Column(name, TYPES[kind], primary_key=is_key, nullable=not words.endswith(("*", "!")), autoincrement=False)
