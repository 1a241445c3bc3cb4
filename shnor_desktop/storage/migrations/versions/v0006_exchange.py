"""Revision 0006: threads of remarks, orders of erasure, and what a copy keeps for itself about its exchange."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, String, Text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_DAYS = {"ordered_on", "due_on"}
TABLES = {
    "erasure": ("target_entity", "target_row", "reason", "document", "ordered_on"),
    "remark_message": ("remark", "body", "author", "side", "made_at", "moved_to"),
}


def upgrade() -> None:
    for table, names in TABLES.items():
        columns = [Column(name, String(10) if name in _DAYS else Text()) for name in names]
        row = [Column("id", Text(), primary_key=True), Column("school_id", Text(), primary_key=True)]
        op.create_table(table, *columns, *row, Column("hidden", Boolean(create_constraint=False), nullable=False))
        op.create_index(f"ix_{table}_school_id", table, ["school_id"])
    op.add_column("remark", Column("quoted", Text()))
    op.add_column("remark", Column("due_on", String(10)))
    op.create_table(
        "kept",
        Column("kind", Text(), primary_key=True),
        Column("id", Text(), primary_key=True),
        Column("body", Text(), nullable=False),
        Column("digest", Text(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("kept")
    op.drop_column("remark", "due_on")
    op.drop_column("remark", "quoted")
    for table in reversed(TABLES):
        op.drop_table(table)
