"""A log that was written under schema 1 is read under schema 2: a field has another name, and one is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Index, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import Delete, Set
from shnor_desktop.models.log_schema import LogSchema, Named
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.storage.check import check_store, repair_projection
from shnor_desktop.storage.form import StoreForm
from shnor_desktop.storage.opening import open_store
from shnor_desktop.storage.store import Store
from tests.clock import FixedClock
from tests.migrations.later_forms import RENAMED_FIELD, later_form
from tests.storage.sample_store import SCHOOL, append, put_sample

OLD, NEW, GONE = "experience", "years_of_work", "retired"
COMMON = ("id", "school_id", "hidden")


def later_table() -> Table:
    """The table of teachers as schema 2 has it."""
    fields = [c for c in StaffMember.__table__.columns if c.name not in (*COMMON, GONE)]
    return Table(
        "staff_member",
        MetaData(),
        Column("id", Text, primary_key=True),
        Column("school_id", Text, primary_key=True),
        Column("hidden", Boolean(create_constraint=False), nullable=False),
        *(Column(NEW if c.name == OLD else c.name, c.type, nullable=True, info=c.info) for c in fields),
        Index("ix_staff_member_school_id", "school_id"),
    )


class LaterBase(DeclarativeBase):
    """A registry of its own, so that nothing of it reaches the models of today."""


class LaterStaffMember(LaterBase):
    """The teacher of schema 2."""

    __table__ = later_table()
    log_name = "staff_member"


def renamed(entity: str, field: str, value: WireValue) -> Named | None:
    """Schema 1 in the names of schema 2; years are counted from the half on."""
    if entity != "staff_member":
        return entity, field, value
    if field == GONE:
        return None
    if field == OLD:
        return entity, NEW, value + 1 if isinstance(value, int) else value
    return entity, field, value


def later_schema() -> LogSchema:
    """Schema 2."""
    today = entities()["staff_member"]
    fields = {name: info for name, info in today.fields.items() if name not in (OLD, GONE)}
    fields[NEW] = replace(today.fields[OLD], name=NEW)
    info: Any = replace(today, cls=LaterStaffMember, fields=MappingProxyType(fields))  # type: ignore[arg-type]
    known: dict[str, EntityInfo] = {**entities(), "staff_member": info}
    return LogSchema(version=2, entities=known, upcasters={1: renamed})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of schema 1, with a conflict, deletions and values in both fields."""
    path = put_sample(tmp_path / "store" / "school.db")
    with open_store(path, clock=FixedClock()) as store:
        append(store, Set("staff_member", "teacher-3", GONE, True), Set("staff_member", "teacher-3", OLD, 30))
        append(store, Set("staff_member", "teacher-3", OLD, 31))
    return path


@pytest.fixture
def form(tmp_path: Path) -> StoreForm:
    """The form that schema 2 needs."""
    return later_form(tmp_path / "revisions", RENAMED_FIELD)


def teachers(store: Store, cls: Any) -> dict[str, Any]:
    """Rows by id."""
    with store.reading() as reader:
        return {row.id: row for row in reader.rows(cls, SCHOOL, hidden=True)}


def test_that_an_older_log_is_projected_in_the_names_of_the_later_schema(path: Path, form: StoreForm) -> None:
    with open_store(path, clock=FixedClock()) as store:
        before = teachers(store, StaffMember)
        with store.reading() as reader:
            conflicts = [conflict.key for conflict in reader.conflicts(SCHOOL)]
    with open_store(path, clock=FixedClock(), schema=later_schema(), form=form) as store:
        after = teachers(store, LaterStaffMember)
        assert {row: getattr(found, NEW) for row, found in after.items()} == {
            row: None if found.experience is None else found.experience + 1 for row, found in before.items()
        }
        assert {row: found.full_name for row, found in after.items()} == {
            row: found.full_name for row, found in before.items()
        }
        assert {row for row, found in after.items() if found.hidden} == {"teacher-11"}
        with store.reading() as reader:
            assert [conflict.key for conflict in reader.conflicts(SCHOOL)] == conflicts
        report = check_store(store)
        assert report.is_clean, report.findings


def test_that_an_edit_under_the_later_schema_replaces_the_older_one(path: Path, form: StoreForm) -> None:
    with open_store(path, clock=FixedClock(), schema=later_schema(), form=form) as store:
        append(store, Set("staff_member", "teacher-3", NEW, 40), Delete("staff_member", "teacher-4"))
        assert getattr(teachers(store, LaterStaffMember)["teacher-3"], NEW) == 40
        with store.reading() as reader:
            lines = reader.history(SCHOOL, "staff_member", "teacher-3", NEW)
            assert [line.is_head for line in lines] == [True, False, False, False]
        repair_projection(store)
        assert getattr(teachers(store, LaterStaffMember)["teacher-3"], NEW) == 40
        assert check_store(store).is_clean


def test_that_no_batch_changes_a_byte_by_the_upgrade(path: Path, form: StoreForm) -> None:
    with open_store(path, clock=FixedClock()) as store, store.writing() as work:
        before = {sent.batch.data: sent.values for sent in work.log.since(SCHOOL, {})}
    with open_store(path, clock=FixedClock(), schema=later_schema(), form=form) as store, store.writing() as work:
        assert {sent.batch.data: sent.values for sent in work.log.since(SCHOOL, {})} == before
