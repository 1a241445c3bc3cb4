"""Forms of a store that do not exist yet, with the revisions that would lead to them: to test the way, not the goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.form import RELEASED, StoreForm

HEADER = '''"""A revision of a form that does not exist."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
'''

PARENTS = """
def upgrade():
    op.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    op.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL"
               " REFERENCES parent (id) ON DELETE CASCADE, name TEXT)")
    op.execute("INSERT INTO parent VALUES (1, 'Первый'), (2, 'Второй')")
    op.execute("INSERT INTO child VALUES (10, 1, 'Ребёнок'), (11, 1, NULL), (12, 2, 'Ещё один')")
"""

ALTERED_PARENT = """
def upgrade():
    with op.batch_alter_table("parent") as table:
        table.alter_column("name", new_column_name="title")
        table.add_column(sa.Column("note", sa.Text()))
"""

LOST_PARENT = """
def upgrade():
    op.execute("DELETE FROM parent WHERE id = 2")
"""

LOST_ROWS = """
def upgrade():
    op.execute("DELETE FROM package WHERE id = 'p-2'")
"""

DECLARED_LOSS = """
changes_rows = ("parent", "child")

def upgrade():
    op.execute("DELETE FROM child WHERE parent = 2")
    op.execute("DELETE FROM parent WHERE id = 2")
"""

HALF_WAY = """
def upgrade():
    op.add_column("staff_member", sa.Column("nickname", sa.Text()))
    op.execute("UPDATE staff_member SET nickname = full_name")
    op.execute("DELETE FROM log_batch")
    op.execute("UPDATE no_such_table SET x = 1")
"""

STOPS = """
import os, signal

def upgrade():
    op.add_column("staff_member", sa.Column("nickname", sa.Text()))
    op.execute("DELETE FROM log_batch")
    op.execute("DELETE FROM staff_member")
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""

ANOTHER_LOCAL_COLUMN = """
def upgrade():
    op.add_column("package", sa.Column("channel", sa.Text()))
"""

RENAMED_FIELD = """
def upgrade():
    with op.batch_alter_table("staff_member") as table:
        table.alter_column("experience", new_column_name="years_of_work")
        table.drop_column("retired")
"""


def later_form(folder: Path, *bodies: str, major: int = RELEASED.major) -> StoreForm:
    """The released form and one revision more per body."""
    folder.mkdir(exist_ok=True)
    minor = RELEASED.minor
    for body in bodies:
        names: Mapping[str, str] = {"revision": f"{minor + 1:04d}", "before": f"{minor:04d}"}
        (folder / f"v{minor + 1:04d}.py").write_text(HEADER.format(**names) + body, encoding="utf-8")
        minor += 1
    return replace(RELEASED, major=major, minor=minor, versions=(*RELEASED.versions, folder))


def later_schema(version: int = 2) -> LogSchema:
    """The schema of today under a later number."""
    return LogSchema(version=version)
