"""Revision 0004: the section of the school plan that a measure belongs to."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measure", Column("direction", Text()))


def downgrade() -> None:
    op.drop_column("measure", "direction")
