"""Revision 0002: what the indicators are computed from, and the centre's registry of schools.

A column is `name:type`; `*` marks the primary key, `!` a column that is never NULL.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, Integer, String, Text
from sqlalchemy.types import JSON, TypeEngine

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TYPES: dict[str, TypeEngine[Any]] = {
    "boolean": Boolean(create_constraint=False),
    "date": String(10),
    "integer": Integer(),
    "json": JSON(),
    "text": Text(),
}
ROW = "id:text* school_id:text* hidden:boolean!"

TABLES = {
    "education_level": (
        "year:integer level:text pupils_in_depth:integer lesson_minutes:integer independent_minutes:integer"
    ),
    "extra_offer": "title:text sphere:text is_outside:boolean pupils:integer",
    "graduation": (
        "year:integer level:text graduates:integer passed_both:integer certificates:integer profile_pupils:integer "
        "profile_chose:integer profile_passed:integer"
    ),
    "literacy_check": "year:integer kind:text grade:integer participants:integer below_base:integer",
    "parent_survey": "held_on:date question:text asked:integer satisfied:integer",
    "registered_school": (
        "year:integer code:text name:text categories:json included_since:integer is_analysed:boolean "
        "in_events:boolean trained_staff:integer realises:boolean has_succeeded:boolean basis:text "
        "disseminates:boolean is_practice_site:boolean note:text"
    ),
    "study_direction": "title:text kind:text grades:text",
}
COLUMNS = {
    "school": (
        "grade9_hours:integer grade9_elective_hours:integer pupils_individual_plan:integer distance_courses:boolean "
        "distance_courses_for_others:boolean pupils_extra:integer parents:integer parents_in_governance:integer "
        "conditions:json"
    ),
    "staff_member": "project_technology:boolean trained_for_categories:boolean",
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
