"""Upgrades with data: a failure, a kill or a loss of rows half-way leaves the store as it was."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.form import RELEASED, StoreForm, version_text
from shnor_desktop.storage.lock import lock_path
from shnor_desktop.storage.opening import open_store
from tests.clock import FixedClock
from tests.migrations import later_forms
from tests.migrations.later_forms import later_form, later_schema
from tests.storage.damaged_stores import content
from tests.storage.sample_store import SCHOOL, put_sample


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store of the released form, with data."""
    return put_sample(tmp_path / "store" / "school.db")


def upgraded(path: Path, form: StoreForm) -> None:
    """Open under a later form, which upgrades, and close."""
    open_store(path, clock=FixedClock(), form=form).close()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """What plain SQLite reads."""
    with closing(driver.connect(str(path))) as connection:
        return list(connection.execute(query))


def later(steps: int) -> str:
    """The form so many revisions after the released one."""
    return version_text(RELEASED.user_version + steps)


def backups(path: Path) -> list[str]:
    """The names of the copies beside the store."""
    return [file.name for file in (path.parent / "backups").glob("*")]


def test_that_an_upgrade_leaves_a_verified_copy_of_what_was_before(path: Path, tmp_path: Path) -> None:
    before = content(path)
    upgraded(path, later_form(tmp_path / "revisions", later_forms.PARENTS))
    assert backups(path) == [f"school_before_{later(1)}_2024-09-02_080000.db"]
    assert content(path.parent / "backups" / backups(path)[0]) == before
    assert rows(path, "PRAGMA user_version") == [(RELEASED.user_version + 1,)]


def test_that_a_second_opening_upgrades_nothing(path: Path, tmp_path: Path) -> None:
    form = later_form(tmp_path / "revisions", later_forms.PARENTS)
    upgraded(path, form)
    after = path.read_bytes()
    upgraded(path, form)
    assert path.read_bytes() == after
    assert len(backups(path)) == 1


def test_that_altering_a_parent_table_keeps_its_children(path: Path, tmp_path: Path) -> None:
    upgraded(path, later_form(tmp_path / "one", later_forms.PARENTS))
    upgraded(path, later_form(tmp_path / "two", later_forms.PARENTS, later_forms.ALTERED_PARENT))
    assert rows(path, "SELECT id, title, note FROM parent") == [(1, "Первый", None), (2, "Второй", None)]
    assert rows(path, "SELECT id, parent FROM child") == [(10, 1), (11, 1), (12, 2)]


@pytest.mark.parametrize(
    "body", [later_forms.HALF_WAY, later_forms.LOST_PARENT, later_forms.LOST_ROWS], ids=["error", "orphans", "rows"]
)
def test_that_an_upgrade_that_fails_half_way_leaves_the_store_as_it_was(path: Path, tmp_path: Path, body: str) -> None:
    upgraded(path, later_form(tmp_path / "one", later_forms.PARENTS))
    before = content(path)
    with pytest.raises(KnownError, match=r"store\.migration_failed") as caught:
        upgraded(path, later_form(tmp_path / "two", later_forms.PARENTS, body))
    assert content(path) == before
    assert caught.value.params["backup"] in backups(path)
    assert (caught.value.params["found"], caught.value.params["supported"]) == (later(1), later(2))
    assert not lock_path(path).exists()
    with open_store(path, clock=FixedClock()) as store, store.reading() as reader:
        assert len(reader.rows(StaffMember, SCHOOL)) == 11


def test_that_rows_may_go_where_a_revision_says_so(path: Path, tmp_path: Path) -> None:
    upgraded(path, later_form(tmp_path / "one", later_forms.PARENTS, later_forms.DECLARED_LOSS))
    assert rows(path, "SELECT id FROM child") == [(10,), (11,)]


def test_that_the_backup_comes_back_when_the_store_itself_is_gone(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(path)

    def ruin(*_: object) -> None:
        path.write_bytes(b"\x00" * 4096)
        raise OSError("the disk is gone")

    monkeypatch.setattr("shnor_desktop.storage.upgrade._upgrade_inside", ruin)
    with pytest.raises(KnownError, match=r"store\.migration_failed"):
        upgraded(path, later_form(tmp_path / "one", later_forms.PARENTS))
    assert content(path) == before


KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.clock import FixedClock
from shnor_desktop.storage.form import RELEASED
from shnor_desktop.storage.opening import open_store
form = replace(RELEASED, minor=RELEASED.minor + 1, versions=(*RELEASED.versions, Path(sys.argv[2])))
open_store(Path(sys.argv[1]), clock=FixedClock(), form=form)
"""


def test_that_a_kill_in_the_middle_of_an_upgrade_loses_nothing(path: Path, tmp_path: Path) -> None:
    before = content(path)
    revisions = tmp_path / "one"
    later_form(revisions, later_forms.STOPS)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(revisions)], check=False)
    assert done.returncode in {-getattr(signal, "SIGKILL", 0), 1, 15}
    with open_store(path, clock=FixedClock()) as store:
        assert check_store(store).is_clean
        with store.reading() as reader:
            assert len(reader.rows(StaffMember, SCHOOL)) == 11
    assert content(path) == before


def test_that_a_local_table_with_a_new_column_is_still_sound(path: Path, tmp_path: Path) -> None:
    form = later_form(tmp_path / "one", later_forms.ANOTHER_LOCAL_COLUMN)
    with open_store(path, clock=FixedClock(), form=form) as store:
        with store.reading() as reader:
            assert len(reader.records.packages()) == 3
        with store.writing() as work:
            work.records.remove_package("p-2")
    assert rows(path, "SELECT rows FROM local_digest WHERE \"table\" = 'package'") == [(2,)]


def test_that_a_store_of_a_later_major_version_is_refused_by_the_program_of_today(path: Path, tmp_path: Path) -> None:
    upgraded(path, later_form(tmp_path / "one", later_forms.PARENTS, major=RELEASED.major + 1))
    with pytest.raises(KnownError, match=r"store\.newer_version"):
        open_store(path, clock=FixedClock())


def test_that_an_older_store_that_may_only_be_read_is_not_upgraded(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    form = later_form(tmp_path / "one", later_forms.PARENTS)
    with pytest.raises(KnownError, match=r"store\.older_read_only"):
        open_store(path, clock=FixedClock(), form=form, read_only=True)
    assert path.read_bytes() == before


def test_that_a_later_schema_projects_every_school_again_and_so_does_an_earlier_one(path: Path) -> None:
    for schema in (later_schema(), None):
        with closing(driver.connect(str(path), isolation_level=None)) as connection:
            connection.executescript("DELETE FROM staff_member; DELETE FROM row_state;")
        with open_store(path, clock=FixedClock(), schema=schema) as store:
            assert check_store(store).is_clean
            with store.reading() as reader:
                assert len(reader.rows(StaffMember, SCHOOL)) == 11
