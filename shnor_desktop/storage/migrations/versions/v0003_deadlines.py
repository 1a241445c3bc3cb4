"""Revision 0003: corrected readings of deadlines, inner dates of reports.

A column is `name:type`; `*` marks the primary key, `!` a column that is never NULL.
"""

from __future__ import annotations

from typing import Any

from alembic import op
from sqlalchemy import Boolean, Column, String, Text
from sqlalchemy.types import TypeEngine

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TYPES: dict[str, TypeEngine[Any]] = {"boolean": Boolean(create_constraint=False), "date": String(10), "text": Text()}
ROW = "id:text* school_id:text* hidden:boolean!"

TABLES = {
    "deadline_reading": (
        "pack:text phrase:text kind:text windows:text times:text event:text is_optional:boolean note:text"
    ),
    "report_date": "pack:text report:text inner_due:date",
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(table, *(_column(words) for words in f"{columns} {ROW}".split()))
        op.create_index(f"ix_{table}_school_id", table, ["school_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _column(words: str) -> Column[object]:
    name, kind = words.rstrip("*!").split(":")
    is_key = words.endswith("*")
    return Column(name, TYPES[kind], primary_key=is_key, nullable=not words.endswith(("*", "!")), autoincrement=False)
