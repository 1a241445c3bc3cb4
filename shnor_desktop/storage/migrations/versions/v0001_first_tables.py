"""Revision 0001: the tables of the first release.

A column is `name:type`; `*` marks the primary key, `!` a column that is never NULL.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Text
from sqlalchemy.types import JSON, TypeEngine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TYPES: dict[str, TypeEngine[Any]] = {
    "boolean": Boolean(create_constraint=False),
    "bytes": LargeBinary(),
    "date": String(10),
    "decimal": String(),
    "integer": Integer(),
    "json": JSON(),
    "text": Text(),
}

TABLES = {
    "antirisk_programme": (
        "programme:text factor:text title:text aim:text tasks:text expected:text id:text* school_id:text* "
        "hidden:boolean!"
    ),
    "assignment": (
        "role:text staff:text person:text organisation:text phone:text since:date until:date first_contact_on:date "
        "agreed:text id:text* school_id:text* hidden:boolean!"
    ),
    "blob": "sha256:text* school:text* kind:text! data:bytes! digest:text!",
    "building": "name:text address:text is_branch:boolean pupils:integer id:text* school_id:text* hidden:boolean!",
    "check_reason": "finding:text reason:text id:text* school_id:text* hidden:boolean!",
    "conflict": "entity:text* row:text* field:text* school:text* refs:text!",
    "development_activity": (
        "plan:text deficit:text form:text title:text place:text hours:integer due_on:date expected:text "
        "presented_as:text state:text done_on:date result:text id:text* school_id:text* hidden:boolean!"
    ),
    "development_deficit": "plan:text kind:text description:text level:text id:text* school_id:text* hidden:boolean!",
    "development_plan": (
        "teacher:text goal:text starts_on:date ends_on:date mentoring:text mentor:text mentor_text:text "
        "mentoring_reason:text diagnostics_in:decimal diagnostics_in_on:date diagnostics_out:decimal "
        "diagnostics_out_on:date state:text reflection:text id:text* school_id:text* hidden:boolean!"
    ),
    "diagnostic_answer": (
        "form:text wave:text question:text value:text numerator:integer denominator:integer not_applicable:boolean "
        "evidence:text comment:text id:text* school_id:text* hidden:boolean!"
    ),
    "factor_level": "wave:text factor:text level:text reason:text id:text* school_id:text* hidden:boolean!",
    "goal": (
        "programme:text kind:text title:text problem:text goal:text position:text id:text* school_id:text* "
        "hidden:boolean!"
    ),
    "local_digest": "table:text* rows:integer! digest:text!",
    "log_batch": (
        "name:text* replica:text! school:text! sequence:integer! previous:text! lamport:integer! time:text! data:bytes!"
    ),
    "log_change": (
        "batch:text* place:integer* school:text! entity:text! row:text! field:text! schema:integer! lamport:integer! "
        "replica:text! is_head:boolean!"
    ),
    "log_edge": "replaced_batch:text* replaced_place:integer* batch:text* place:integer*",
    "log_seal": (
        "replica:text* school:text* sequence:integer* name:text* sealed_at:text! certificate:bytes! signature:bytes! "
        "digest:text!"
    ),
    "log_value": "batch:text* place:integer* state:text! salt:text! value:bytes!",
    "log_vector": "replica:text* school:text* sequence:integer! name:text! digest:text!",
    "measure": (
        "programme:text position:text title:text stage:text task:text problem:text antirisk:text library_code:text "
        "owner:text owner_text:text deadline:text starts_on:date due_on:date expected:text evidence:text "
        "is_optional:boolean state:text done_on:date evidence_given:text note:text id:text* school_id:text* "
        "hidden:boolean!"
    ),
    "package": (
        "id:text* direction:text! kind:text! file_name:text! number:integer! school:text! peer:text! made_at:text! "
        "state:text! details:text! digest:text!"
    ),
    "partner_event": (
        "partner:text held_on:date form:text topic:text own_participants:integer partner_participants:integer "
        "outcome:text taken_into_work:text measure:text id:text* school_id:text* hidden:boolean!"
    ),
    "partner_school": (
        "name:text municipality:text contact:text agreement_number:text agreement_date:date agreement_until:date "
        "topics:text promised_events:integer id:text* school_id:text* hidden:boolean!"
    ),
    "peer_vector": "peer:text* replica:text* school:text* sequence:integer! name:text! digest:text!",
    "problem_field": (
        "title:text factors:json causes:text facts:text rank:integer is_active:boolean id:text* school_id:text* "
        "hidden:boolean!"
    ),
    "programme": (
        "title:text period:text starts_on:date ends_on:date state:text basis:text developers:text expected:text "
        "council_protocol:text council_date:date order_number:text order_date:date agreed_by:text agreed_on:date "
        "id:text* school_id:text* hidden:boolean!"
    ),
    "programme_paragraph": (
        "programme:text section:text position:text body:text generated:boolean id:text* school_id:text* hidden:boolean!"
    ),
    "remark": (
        "kind:text target_entity:text target_row:text target_field:text target_caption:text body:text author:text "
        "made_on:date state:text answer:text id:text* school_id:text* hidden:boolean!"
    ),
    "replica": "replica:text* role:text! name:text! fingerprint:text! is_local:boolean! digest:text!",
    "result_sheet": (
        "procedure:text subject:text grade:integer year:integer held_on:date participants:integer mark_2:integer "
        "mark_3:integer mark_4:integer mark_5:integer lowered:integer confirmed:integer raised:integer "
        "mean_score:decimal max_score:integer dataset:text source:text id:text* school_id:text* hidden:boolean!"
    ),
    "result_task": (
        "sheet:text code:text difficulty:text max_score:integer attempts:integer percent:decimal id:text* "
        "school_id:text* hidden:boolean!"
    ),
    "review_decision": (
        "package:text package_name:text package_number:integer received_on:date decision:text due_on:date "
        "comment:text id:text* school_id:text* hidden:boolean!"
    ),
    "row_state": "entity:text* row:text* school:text* parent:text! is_deleted:boolean! is_hidden:boolean! digest:text!",
    "school": (
        "code:text short_name:text full_name:text kind:text municipality:text locality:text territory:text "
        "address:text founder:text director:text responsible:text phone:text email:text website:text "
        "support_level:text history:text pupils:integer pupils_as_of:date pupils_sen:integer "
        "pupils_not_native:integer pupils_single_parent:integer pupils_low_income:integer pupils_large_family:integer "
        "pupils_unemployed:integer pupils_on_register:integer pupils_guardianship:integer "
        "parents_higher_education:integer pupils_at_risk:integer pupils_bussed:integer distance_km:decimal "
        "is_small:boolean computers:integer internet_mbps:decimal vacancies:integer psychologist:boolean "
        "speech_therapist:boolean social_teacher:boolean id:text* school_id:text* hidden:boolean!"
    ),
    "school_class": "grade:integer letter:text pupils:integer building:text id:text* school_id:text* hidden:boolean!",
    "school_state": "school:text* lamport:integer! digest:text!",
    "signer": "fingerprint:text* code:text! role:text! name:text! certificate:bytes! trusted_at:text! digest:text!",
    "staff_member": (
        "full_name:text position:text subjects:json birth_year:integer education:text experience:integer "
        "category:text last_training:date training_hours:integer workload:decimal is_external:boolean retired:boolean "
        "id:text* school_id:text* hidden:boolean!"
    ),
    "stage_task_mark": "task:text state:text done_on:date comment:text id:text* school_id:text* hidden:boolean!",
    "store_meta": "name:text* value:text! digest:text!",
    "target_indicator": (
        "programme:text goal:text code:text title:text unit:text base:decimal base_date:date target:decimal "
        "reached_first:decimal reached_second:decimal id:text* school_id:text* hidden:boolean!"
    ),
}
INDEXES = {
    "ix_antirisk_programme_school_id": ("antirisk_programme", "school_id"),
    "ix_assignment_school_id": ("assignment", "school_id"),
    "ix_building_school_id": ("building", "school_id"),
    "ix_check_reason_school_id": ("check_reason", "school_id"),
    "ix_development_activity_school_id": ("development_activity", "school_id"),
    "ix_development_deficit_school_id": ("development_deficit", "school_id"),
    "ix_development_plan_school_id": ("development_plan", "school_id"),
    "ix_diagnostic_answer_school_id": ("diagnostic_answer", "school_id"),
    "ix_factor_level_school_id": ("factor_level", "school_id"),
    "ix_goal_school_id": ("goal", "school_id"),
    "log_batch_chain": ("log_batch", "school replica sequence"),
    "log_change_key": ("log_change", "school entity row is_head field"),
    "log_edge_by": ("log_edge", "batch place"),
    "ix_measure_school_id": ("measure", "school_id"),
    "package_made": ("package", "made_at"),
    "ix_partner_event_school_id": ("partner_event", "school_id"),
    "ix_partner_school_school_id": ("partner_school", "school_id"),
    "ix_problem_field_school_id": ("problem_field", "school_id"),
    "ix_programme_school_id": ("programme", "school_id"),
    "ix_programme_paragraph_school_id": ("programme_paragraph", "school_id"),
    "ix_remark_school_id": ("remark", "school_id"),
    "ix_result_sheet_school_id": ("result_sheet", "school_id"),
    "ix_result_task_school_id": ("result_task", "school_id"),
    "ix_review_decision_school_id": ("review_decision", "school_id"),
    "row_state_parent": ("row_state", "parent"),
    "row_state_school": ("row_state", "school is_hidden"),
    "ix_school_school_id": ("school", "school_id"),
    "ix_school_class_school_id": ("school_class", "school_id"),
    "ix_staff_member_school_id": ("staff_member", "school_id"),
    "ix_stage_task_mark_school_id": ("stage_task_mark", "school_id"),
    "ix_target_indicator_school_id": ("target_indicator", "school_id"),
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(table, *(_column(words) for words in columns.split()))
    for index, (table, columns) in INDEXES.items():
        op.create_index(index, table, columns.split())


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _column(words: str) -> Column[object]:
    name, kind = words.rstrip("*!").split(":")
    is_key = words.endswith("*")
    return Column(name, TYPES[kind], primary_key=is_key, nullable=not words.endswith(("*", "!")), autoincrement=False)
