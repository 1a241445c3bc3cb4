"""Write the first revision anew from the models: allowed until the first release, and never after it.

python -m tests.migrations.write_first_revision
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Boolean, Integer, LargeBinary, String, Table, Text
from sqlalchemy.types import JSON

import shnor_desktop.storage.tables
from shnor_desktop.models.base import METADATA
from shnor_desktop.models.fields import DecimalText
from shnor_desktop.models.registry import entities

TARGET = Path(__file__).parents[2] / "shnor_desktop/storage/migrations/versions/v0001_first_tables.py"
WIDTH = 120
TYPES = ((Boolean, "boolean"), (Integer, "integer"), (LargeBinary, "bytes"), (JSON, "json"), (Text, "text"))
HEADER = '''"""Revision 0001: the tables of the first release.

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
'''
FOOTER = """

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
"""


def kind_of(column_type: object) -> str:
    """The word for a column's type."""
    if isinstance(column_type, DecimalText):
        return "decimal"
    for cls, word in TYPES:
        if isinstance(column_type, cls):
            return word
    assert isinstance(column_type, String)
    assert column_type.length == 10
    return "date"


def table_words(table: Table) -> list[str]:
    """The columns of a table in words."""
    marks = {column.name: "*" if column.primary_key else "" if column.nullable else "!" for column in table.columns}
    return [f"{column.name}:{kind_of(column.type)}{marks[column.name]}" for column in table.columns]


def wrapped(words: list[str]) -> list[str]:
    """Words in lines of the permitted width."""
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) + 12 > WIDTH:
            lines.append("")
        lines[-1] += f"{word} "
    lines[-1] = lines[-1].rstrip()
    return lines


def main() -> None:
    """Write the file."""
    assert shnor_desktop.storage.tables.DERIVED
    assert entities()
    out = [HEADER, "TABLES = {"]
    indexes = []
    for table in sorted(METADATA.tables.values(), key=lambda found: found.name):
        lines = wrapped(table_words(table))
        if len(lines) == 1 and len(lines[0]) + len(table.name) + 11 <= WIDTH:
            out.append(f'    "{table.name}": "{lines[0]}",')
        else:
            out += [f'    "{table.name}": (', *(f'        "{line}"' for line in lines), "    ),"]
        for index in sorted(table.indexes, key=lambda found: str(found.name)):
            columns = " ".join(column.name for column in index.columns)
            indexes.append(f'    "{index.name}": ("{table.name}", "{columns}"),')
    out += ["}", "INDEXES = {", *indexes, "}", FOOTER]
    TARGET.write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
