"""What the revisions make is what the models say, and they make it from nothing and take it back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from shnor_desktop.models.base import METADATA
from shnor_desktop.models.registry import entities
from shnor_desktop.storage.engine import migration_engine
from shnor_desktop.storage.form import RELEASED

VERSIONS = RELEASED.versions[0]


def description(engine: Engine) -> dict[str, object]:
    """Tables by name with their columns (a column that was added later stands last), indexes with their statements."""
    with engine.connect() as connection, connection.begin():
        rows = list(connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        found: dict[str, object] = {}
        for kind, name, sql in rows:
            columns = connection.exec_driver_sql(f'PRAGMA table_xinfo("{name}")') if kind == "table" else ()
            found[name] = {tuple(column[1:]) for column in columns} if kind == "table" else " ".join(sql.split())
        return {name: one for name, one in found.items() if name != "alembic_version"}


def configured(connection: Connection) -> Config:
    """Alembic over one connection."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def run(engine: Engine, target: str) -> None:
    """Go to a revision, up or down."""
    with engine.connect() as connection, connection.begin():
        (command.downgrade if target == "base" else command.upgrade)(configured(connection), target)


def test_that_the_revisions_make_the_tables_of_the_models(tmp_path: Path) -> None:
    assert entities()
    made, said = migration_engine(tmp_path / "made.db"), migration_engine(tmp_path / "said.db")
    run(made, RELEASED.revision)
    METADATA.create_all(said)
    assert description(made) == description(said)


def test_that_each_revision_goes_down_and_up_again(tmp_path: Path) -> None:
    engine = migration_engine(tmp_path / "school.db")
    run(engine, RELEASED.revision)
    made = description(engine)
    run(engine, "base")
    assert description(engine) == {}
    run(engine, RELEASED.revision)
    assert description(engine) == made


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("v*.py")), ids=lambda path: path.stem)
def test_that_a_revision_imports_nothing_of_ours(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not [name for name in imported if name and name.startswith(("shnor_desktop", "tests"))]


def test_that_the_last_revision_is_the_released_minor_version() -> None:
    assert [int(path.stem[1:5]) for path in sorted(VERSIONS.glob("v*.py"))] == list(range(1, RELEASED.minor + 1))
