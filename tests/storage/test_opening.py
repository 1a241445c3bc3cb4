"""Making and opening stores: what is refused, in which words, and that nothing of a foreign file is touched."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.storage.check import check_store, quick_check
from shnor_desktop.storage.form import RELEASED
from shnor_desktop.storage.opening import StoreKind, create_store, identity, open_store
from tests.clock import FixedClock
from tests.storage.damaged_stores import is_refused_or_reported
from tests.storage.sample_store import SCHOOL, append, new_store, person


def refusal(path: Path, **options: bool) -> KnownError:
    """The failure with which opening ends."""
    with pytest.raises(KnownError) as caught:
        open_store(path, clock=FixedClock(), **options)
    return caught.value


def test_that_a_new_store_says_what_it_is_and_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "новая папка" / "школа.db"
    with create_store(path, kind=StoreKind.MUNICIPAL, clock=FixedClock(), is_demo=True) as store:
        said = identity(store)
        assert check_store(store).is_clean
        assert quick_check(store).is_clean
    assert (said.kind, said.is_demo, said.restored_at) == (StoreKind.MUNICIPAL, True, "")
    assert said.created_at == "2024-09-02T08:00:00Z"
    with open_store(path, clock=FixedClock()) as store:
        assert identity(store) == said


def test_that_a_closed_store_is_one_file(tmp_path: Path) -> None:
    with new_store(tmp_path / "school.db") as store:
        append(store, *person("teacher-1", "Педагог"))
    assert [path.name for path in tmp_path.iterdir()] == ["school.db"]


def test_that_making_a_store_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    path.write_bytes(b"mine")
    with pytest.raises(KnownError, match=r"store\.exists"):
        create_store(path, kind=StoreKind.SCHOOL, clock=FixedClock())
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"school.db": b"mine"}


def test_that_a_missing_store_stays_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "school.db").code == "store.missing"
    assert refusal(tmp_path / "school.db", read_only=True).code == "store.missing"
    assert list(tmp_path.iterdir()) == []


def foreign_database(path: Path) -> None:
    """A database of another program."""
    with closing(driver.connect(str(path))) as connection:
        connection.executescript("CREATE TABLE books (title TEXT); INSERT INTO books VALUES ('Азбука');")


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("Список педагогов\n" * 50, encoding="utf-8"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\x00"),
        foreign_database,
    ],
    ids=["text", "empty", "begun", "other database"],
)
def test_that_a_file_of_another_kind_is_refused_and_not_touched(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "school.db"
    make(path)
    before = path.read_bytes()
    assert refusal(path).code == "store.not_a_store"
    assert refusal(path, read_only=True).code == "store.not_a_store"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"school.db": before}


def test_that_a_store_of_a_newer_major_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    with closing(driver.connect(str(path))) as connection:
        connection.execute(f"PRAGMA user_version={(RELEASED.major + 1) * 65536 + 3}")
    before = path.read_bytes()
    for read_only in (False, True):
        error = refusal(path, read_only=read_only)
        assert error.code == "store.newer_version"
        assert error.params == {"path": "school.db", "found": "2.3", "supported": RELEASED.text}
    assert path.read_bytes() == before


def test_that_a_newer_minor_version_opens(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    with closing(driver.connect(str(path))) as connection:
        connection.execute(f"PRAGMA user_version={RELEASED.user_version + 1}")
    with open_store(path, clock=FixedClock()) as store:
        assert append(store, *person("teacher-1", "Педагог"))


def test_that_a_cut_store_is_refused_or_reported(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    new_store(path).close()
    whole = path.read_bytes()
    for length in range(0, len(whole), 8192):
        path.write_bytes(whole[:length])
        assert is_refused_or_reported(path), length


def test_that_reading_and_writing_go_on_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "school.db"
    with new_store(path) as store, open_store(path, clock=FixedClock(), read_only=True) as reader:
        append(store, Set("school", SCHOOL, "short_name", "Школа № 1"))
        with reader.reading() as seen:
            assert seen.schools() == [SCHOOL]
        with pytest.raises(KnownError, match=r"store\.read_only"), reader.writing():
            pass


def test_that_opening_does_not_load_alembic(tmp_path: Path) -> None:
    new_store(tmp_path / "school.db").close()
    code = (
        "import sys; from pathlib import Path; from tests.clock import FixedClock\n"
        "from shnor_desktop.storage.opening import open_store\n"
        "open_store(Path(sys.argv[1]), clock=FixedClock()).close()\n"
        "assert not [name for name in sys.modules if name.startswith('alembic')]"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "school.db")], check=True)


# A user without rights: root may write everywhere, so that the child gives its rights up.
_UNPRIVILEGED = """
import os, sys
from pathlib import Path
from tests.clock import FixedClock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.storage.check import quick_check
from shnor_desktop.storage.opening import open_store
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    with open_store(Path(sys.argv[1]), clock=FixedClock()) as store, store.reading() as reader:
        print("read-only" if store.read_only else "writable", *reader.schools(), quick_check(store).is_clean)
except KnownError as error:
    print(error.code)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def without_rights(path: Path) -> str:
    """What opening says to a user who may not write there."""
    done = subprocess.run(
        [sys.executable, "-c", _UNPRIVILEGED, str(path)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


if sys.platform != "win32":

    def test_that_a_store_in_a_folder_without_rights_opens_for_reading(open_folder: Path) -> None:
        path = open_folder / "school.db"
        with new_store(path) as store:
            append(store, *person("teacher-1", "Педагог"))
        path.chmod(0o444)
        open_folder.chmod(0o555)
        assert without_rights(path) == f"read-only {SCHOOL} True"

    def test_that_a_store_that_may_not_be_read_is_refused_in_words(open_folder: Path) -> None:
        path = open_folder / "school.db"
        new_store(path).close()
        path.chmod(0o000)
        assert without_rights(path) == "store.no_rights"

    def test_that_edits_beside_a_store_on_a_read_only_medium_are_not_passed_over(open_folder: Path) -> None:
        path = open_folder / "school.db"
        copy = open_folder / "copy"
        copy.mkdir()
        with new_store(path) as store:
            append(store, *person("teacher-1", "Педагог"))
            for name in ("school.db", "school.db-wal"):
                (copy / name).write_bytes((open_folder / name).read_bytes())
        for file in copy.iterdir():
            file.chmod(0o444)
        copy.chmod(0o555)
        assert without_rights(copy / "school.db") == "store.unfinished_read_only"
        copy.chmod(0o755)


def test_that_what_a_killed_program_had_begun_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".school.db.0a1b2c3d.part").write_bytes(b"begun")
    (tmp_path / ".school.db.0a1b2c3d.part-wal").write_bytes(b"begun")
    new_store(tmp_path / "school.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["school.db"]
