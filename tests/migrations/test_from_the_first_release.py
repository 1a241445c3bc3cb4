"""A store of the first release opens today: every row stays, new fields are empty, what came early finds its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command

from shnor_desktop.domain.log import Set
from shnor_desktop.models.education import Graduation
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.engine import migration_engine
from shnor_desktop.storage.form import RELEASED, StoreForm
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock
from tests.migrations.test_form_is_the_models import configured, description, run
from tests.storage.sample_store import SCHOOL, append, put_sample

FIRST = StoreForm(1, 1)


def back_to_the_first_release(path: Path) -> None:
    """Take the tables back to what revision 0001 made; the log keeps all that it holds."""
    engine = migration_engine(path)
    with engine.connect() as connection, connection.begin():
        command.downgrade(configured(connection), FIRST.revision)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA user_version={FIRST.user_version}")
    engine.dispose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of the first release, to which a newer school has sent its graduates already."""
    path = put_sample(tmp_path / "store" / "school.db")
    with open_store(path, clock=FixedClock()) as store:
        values = (("year", 2024), ("level", "9"), ("graduates", 20), ("passed_both", 17))
        append(store, *(Set("graduation", "g-2024-9", field, value) for field, value in values))
        append(store, Set("school", SCHOOL, "parents", 150))
    back_to_the_first_release(path)
    return path


def test_that_going_back_makes_the_tables_of_the_first_release(path: Path, tmp_path: Path) -> None:
    first = migration_engine(tmp_path / "first.db")
    run(first, FIRST.revision)
    assert description(migration_engine(path)) == description(first)


def test_that_a_store_of_the_first_release_opens_with_all_its_rows(path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store:
        report = check_store(store)
        assert report.is_clean, report.findings
        with store.reading() as reader:
            people = reader.rows(StaffMember, SCHOOL)
            card = reader.row(School, SCHOOL, SCHOOL)
    assert len(people) == 11
    assert {person.project_technology for person in people} == {None}
    assert card is not None
    assert (card.short_name, card.conditions) == ("Школа № 1", None)
    assert [file.name.split("_")[2] for file in (path.parent / "backups").glob("*")] == [RELEASED.text]


def test_that_what_came_before_the_upgrade_is_projected_after_it(path: Path) -> None:
    with open_store(path, clock=FixedClock()) as store, store.reading() as reader:
        found = reader.rows(Graduation, SCHOOL)
        card = reader.row(School, SCHOOL, SCHOOL)
    assert [(row.id, row.graduates, row.passed_both) for row in found] == [("g-2024-9", 20, 17)]
    assert card is not None
    assert card.parents == 150
