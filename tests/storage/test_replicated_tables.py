"""Nothing but the projection writes a replicated table: not the database, not a session, not a row that was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Table, delete, insert, inspect, select, text, update
from sqlalchemy.orm import Session, make_transient

from shnor_desktop.domain.errors import BugError
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import entities
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.storage.check_projection import projected_tables
from shnor_desktop.storage.reading import ReadOnlySession
from shnor_desktop.storage.store import Store
from tests.storage.sample_store import SCHOOL, append, new_store, person

TABLES = projected_tables(LogSchema())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_that_the_database_adds_nothing_to_a_replicated_row(table: Table) -> None:
    for column in table.columns:
        assert column.server_default is None, column
        assert column.server_onupdate is None, column
        assert column.onupdate is None, column
        assert column.default is None, column
        assert not column.foreign_keys, column
        assert not column.unique, column
    assert [type(constraint).__name__ for constraint in table.constraints] == ["PrimaryKeyConstraint"]
    assert not [index for index in table.indexes if index.unique]


@pytest.mark.parametrize("name", list(entities()))
def test_that_an_entity_has_its_id_in_its_school_as_only_key_and_no_cascades(name: str) -> None:
    cls = entities()[name].cls
    assert [column.name for column in inspect(cls).primary_key] == ["id", "school_id"]
    assert list(inspect(cls).relationships) == []


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one teacher."""
    store = new_store(tmp_path / "school.db")
    append(store, *person("teacher-1", "Педагог"))
    return store


def test_that_a_row_that_was_read_is_read_only(store: Store) -> None:
    with store.reading() as reader:
        row = reader.rows(StaffMember, SCHOOL)[0]
    with pytest.raises(BugError, match="read-only"):
        row.full_name = "Другое имя"
    with pytest.raises(BugError, match="read-only"):
        row.hidden = True
    assert row.full_name == "Педагог"
    assert inspect(row).detached
    with pytest.raises(BugError):
        StaffMember(id="teacher-2")
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        update(StaffMember).values(full_name="x"),
        delete(StaffMember),
        insert(StaffMember).values(id="x", school_id="y", hidden=False),
        update(StaffMember.__table__).values(full_name="x"),
        text("UPDATE staff_member SET full_name = 'x'"),
    ],
    ids=["update", "delete", "insert", "table", "text"],
)
def test_that_a_bulk_statement_in_a_session_is_a_bug(store: Store, statement: object) -> None:
    with (
        store.writing_connection() as connection,
        ReadOnlySession(connection) as session,
        pytest.raises(BugError, match="only by the projection"),
    ):
        session.execute(statement)  # type: ignore[call-overload]
    store.close()


def test_that_a_dirty_flush_is_a_bug(store: Store) -> None:
    with store.writing_connection() as connection, ReadOnlySession(connection) as session:
        row = session.scalars(select(StaffMember)).one()
        session.delete(row)
        with pytest.raises(BugError, match="only by the projection"):
            session.flush()
    store.close()


def test_that_a_row_put_into_another_session_is_a_bug(store: Store) -> None:
    with store.reading() as reader:
        row = reader.rows(StaffMember, SCHOOL)[0]
    make_transient(row)
    with store.writing_connection() as connection, ReadOnlySession(connection) as session:
        session.add(row)
        with pytest.raises(BugError, match="only by the projection"):
            session.flush()
        session.expunge_all()
    store.close()


@pytest.mark.parametrize("method", ["bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"])
def test_that_the_old_bulk_methods_are_a_bug(store: Store, method: str) -> None:
    arguments = ([],) if method == "bulk_save_objects" else (StaffMember, [{"id": "teacher-1", "full_name": "x"}])
    with (
        store.writing_connection() as connection,
        ReadOnlySession(connection) as session,
        pytest.raises(BugError, match="only by the projection"),
    ):
        getattr(session, method)(*arguments)
    store.close()


def test_that_the_storage_opens_no_other_session() -> None:
    folder = Path(__file__).parents[2] / "shnor_desktop"
    using = [path.name for path in folder.rglob("*.py") if "Session(" in path.read_text(encoding="utf-8")]
    assert using == ["reading.py"]
    assert issubclass(ReadOnlySession, Session)
