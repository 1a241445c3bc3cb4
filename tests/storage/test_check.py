"""The check: every damage that changes what a store says is found, and a sound store is never accused."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shnor_desktop.storage.check import check_store, quick_check, repair_projection
from shnor_desktop.storage.findings import DamageKind
from shnor_desktop.storage.opening import open_store
from shnor_desktop.system.wording import has_words
from tests.clock import FixedClock
from tests.storage.damaged_stores import content, flipped, hurt_pages, judge
from tests.storage.sample_store import OTHER_SCHOOL, SCHOOL, fill, new_store, sample_bytes

SHARES = 2
FLIPS, PAGES = 400, 60
"""Per share; most flips hit empty space or an index and change nothing that the store says."""


def test_that_a_sound_store_is_clean_in_all_parts(tmp_path: Path) -> None:
    with new_store(tmp_path / "school.db") as store:
        fill(store, tmp_path / "other.db")
        report = check_store(store, verify_seal=lambda seal: seal.signature in {b"signature", b"s"})
        assert report.is_clean, report.findings
        assert report.schools == (SCHOOL, OTHER_SCHOOL)
        assert report.batches > 20
        assert report.values > report.batches
        assert quick_check(store).is_clean
        assert check_store(store, school=OTHER_SCHOOL).schools == (OTHER_SCHOOL,)


@pytest.mark.parametrize("share", range(SHARES))
def test_that_no_flipped_bit_that_changes_the_content_is_missed(tmp_path: Path, share: int) -> None:
    data, path = sample_bytes(), tmp_path / "school.db"
    path.write_bytes(data)
    original = content(path)
    verdicts = {
        (offset, bit): judge(damaged, path, original)
        for offset, bit, damaged in islice(flipped(data, seed=share), FLIPS)
    }
    assert [place for place, verdict in verdicts.items() if verdict.is_missed] == []
    assert sum(verdict.changes_content for verdict in verdicts.values()) >= 60


@pytest.mark.parametrize("share", range(SHARES))
def test_that_no_hurt_page_and_no_cut_is_missed(tmp_path: Path, share: int) -> None:
    data, path = sample_bytes(), tmp_path / "school.db"
    path.write_bytes(data)
    original = content(path)
    verdicts = {what: judge(damaged, path, original) for what, damaged in islice(hurt_pages(data, seed=share), PAGES)}
    assert [what for what, verdict in verdicts.items() if verdict.is_missed] == []
    assert any(verdict.changes_content for verdict in verdicts.values())


def kinds_after(path: Path, statement: str) -> set[DamageKind]:
    """What the check finds after somebody wrote into the file past the program."""
    path.write_bytes(sample_bytes())
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        assert connection.execute(statement).rowcount != 0, statement
    with open_store(path, clock=FixedClock()) as store:
        return {finding.kind for finding in check_store(store).findings}


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE staff_member SET full_name = 'Другое имя' WHERE id = 'teacher-3'", DamageKind.PROJECTION),
        ("UPDATE staff_member SET birth_year = '1963' WHERE id = 'teacher-3'", None),
        ("UPDATE staff_member SET school_id = 'school-9' WHERE id = 'teacher-3'", DamageKind.PROJECTION),
        ("DELETE FROM log_edge WHERE rowid = 1", DamageKind.PROJECTION),
        ("INSERT INTO log_edge VALUES ('x', 0, 'y', 0)", DamageKind.PROJECTION),
        ("DELETE FROM conflict", DamageKind.PROJECTION),
        ("UPDATE school_state SET lamport = lamport + 1", DamageKind.PROJECTION),
        ("UPDATE log_change SET is_head = 2 WHERE is_head = 1", DamageKind.PROJECTION),
        ("UPDATE log_value SET salt = upper(salt)", DamageKind.LOG),
        ("UPDATE log_value SET value = CAST(value AS TEXT)", DamageKind.LOG),
        ("UPDATE log_value SET state = 'absent' WHERE rowid = 2", DamageKind.LOG),
        ("DELETE FROM log_value WHERE rowid = 3", DamageKind.LOG),
        ("DELETE FROM log_batch WHERE replica = 'replica-there'", DamageKind.LOG),
        ("UPDATE log_batch SET time = '2023-01-01T00:00:00+00:00' WHERE rowid = 4", DamageKind.LOG),
        ("DELETE FROM log_seal WHERE replica = 'replica-there'", DamageKind.LOG),
        ("UPDATE package SET state = 'sent' WHERE id = 'p-2'", DamageKind.LOCAL),
        ("DELETE FROM package WHERE id = 'p-2'", DamageKind.LOCAL),
        ("DELETE FROM blob WHERE rowid = 2", DamageKind.LOCAL),
        ("UPDATE blob SET kind = 'scan' WHERE rowid = 2", DamageKind.LOCAL),
        ("UPDATE blob SET data = x'00' WHERE rowid = 2", DamageKind.BLOB),
        ("UPDATE replica SET is_local = 0 WHERE is_local = 1", DamageKind.LOCAL),
        ("UPDATE local_digest SET rows = rows + 1", DamageKind.LOCAL),
        ("DELETE FROM local_digest", DamageKind.LOCAL),
        ("ALTER TABLE staff_member ADD COLUMN extra TEXT", DamageKind.FORM),
        ("UPDATE alembic_version SET version_num = '0002'", DamageKind.FORM),
        ("CREATE TRIGGER lost AFTER INSERT ON staff_member BEGIN DELETE FROM staff_member; END", DamageKind.FORM),
    ],
)
def test_that_a_row_changed_past_the_program_is_named_by_what_it_hurts(
    tmp_path: Path, statement: str, kind: DamageKind | None
) -> None:
    found = kinds_after(tmp_path / "school.db", statement)
    assert kind in found if kind else not found  # SQLite itself turns '1963' back into the number


def test_that_a_seal_whose_signature_does_not_hold_is_found(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    path.write_bytes(sample_bytes())
    with open_store(path, clock=FixedClock()) as store:
        findings = check_store(store, verify_seal=lambda seal: seal.signature == b"s").findings
    assert {finding.table for finding in findings} == {"log_seal", "log_vector"}


def damaged_at(path: Path, statements: str) -> None:
    """Write into the file past the program."""
    path.write_bytes(sample_bytes())
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        connection.executescript(statements)


@pytest.mark.parametrize(
    "statements",
    [
        "DELETE FROM staff_member WHERE id = 'teacher-3'",
        "UPDATE row_state SET digest = (SELECT digest FROM row_state LIMIT 1) WHERE row = 'teacher-4'",
        "DELETE FROM school_state",
        "DELETE FROM log_batch WHERE name = (SELECT name FROM log_vector WHERE replica = 'replica-here')",
        "UPDATE log_vector SET sequence = sequence - 1",
    ],
)
def test_that_the_check_at_start_sees_a_head_or_a_projection_that_is_not_what_it_was(
    tmp_path: Path, statements: str
) -> None:
    damaged_at(tmp_path / "school.db", statements)
    with open_store(tmp_path / "school.db", clock=FixedClock()) as store:
        assert not quick_check(store).is_clean


def test_that_a_hurt_projection_is_made_again_from_the_log(tmp_path: Path) -> None:
    damaged_at(tmp_path / "school.db", "DELETE FROM staff_member; UPDATE log_change SET is_head = 1")
    with open_store(tmp_path / "school.db", clock=FixedClock()) as store:
        assert check_store(store).can_be_projected_again
        repair_projection(store)
        assert check_store(store).is_clean
        with store.writing() as work:
            assert work.records.meta("log_schema") == "1"


def test_that_every_kind_of_damage_has_its_words() -> None:
    assert [kind for kind in DamageKind if not has_words(f"store.check_{kind}")] == []


def passes_sqlite(damaged: bytes, path: Path) -> bool:
    """What SQLite's own check says."""
    path.write_bytes(damaged)
    try:
        with closing(driver.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except (driver.Error, UnicodeDecodeError):
        return False


def test_that_the_damages_are_such_that_sqlite_alone_misses_many(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    path.write_bytes(sample_bytes())
    original = content(path)
    changing = [
        hurt for _, _, hurt in islice(flipped(sample_bytes(), seed=99), FLIPS) if is_changing(hurt, path, original)
    ]
    missed = [hurt for hurt in changing if passes_sqlite(hurt, path)]
    assert len(missed) > len(changing) // 5


def is_changing(damaged: bytes, path: Path, original: object) -> bool:
    """Whether the store says something else."""
    path.write_bytes(damaged)
    return content(path) != original
