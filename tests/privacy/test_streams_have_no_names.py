"""The window and the commands in processes of their own, at a user whose folder bears a name, with failing work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from shnor_desktop.services.desks import SchoolCard, create_school_desk
from tests.clock import FixedClock
from tests.privacy.canaries import NAME, PASSPHRASE, PHONE, SNILS, USER, files_in, found_in, leaks

ROOT = Path(__file__).parents[2]
BROKEN = (
    "import sys\nfrom tests.privacy.failing_window import fail\nfrom shnor_desktop.cli import stores\n"
    "stores.check_store_file = fail\nfrom shnor_desktop.app import main\nsys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a user, in which nothing but the stores may hold a canary."""
    home = tmp_path / USER
    for name in ("data", "tmp"):
        (home / name).mkdir(parents=True)
    return home


@pytest.fixture
def surroundings(home: Path) -> dict[str, str]:
    """The environment of this user."""
    own = {
        "SHNOR_DATA_DIR": "data",
        "TMPDIR": "tmp",
        "TEMP": "tmp",
        "TMP": "tmp",
        "HOME": ".",
        "XDG_CONFIG_HOME": "conf",
    }
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    own_paths = {name: str(home / part) for name, part in own.items()}
    return {
        **kept,
        **own_paths,
        "USER": USER,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SHNOR_STORE_PASSPHRASE": PASSPHRASE,
    }


def run(words: list[str], surroundings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python as this user."""
    return subprocess.run(
        [sys.executable, *words],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=110,
    )


def bad_files(home: Path) -> list[Path]:
    """Files that no command can take, named after a person and full of one."""
    folder = home / "data" / "stores" / NAME
    folder.mkdir(parents=True)
    book = openpyxl.Workbook()
    for row in range(1, 30):
        book.active.append([NAME, PHONE, SNILS, row])  # type: ignore[union-attr]
    book.save(folder / f"{NAME}.xlsx")
    bad = [folder / f"{NAME}{ending}" for ending in (".shnor-db", ".shnor", ".xlsx", ".csv", ".shnor.age")]
    for path in bad:
        if not path.exists():
            path.write_bytes(f"{NAME};{PHONE};{SNILS}\n".encode() * 500)
    return bad


def test_that_a_window_whose_work_fails_tells_no_name_to_any_stream_or_file(
    home: Path, surroundings: dict[str, str]
) -> None:
    path = home / "data" / "stores" / "school-7201.shnor-db"
    create_school_desk(path, SchoolCard("7201", "Школа", director=NAME, responsible=PHONE), FixedClock()).close()
    bad = [str(one) for one in bad_files(home)]
    done = run(["-m", "tests.privacy.failing_window", *bad], surroundings)
    log = (home / "data" / "log" / "shnor.log").read_text("utf-8")
    assert log.count("RuntimeError") >= 6
    assert "Dying" in log or "__del__" in log
    assert found_in(log) == []
    assert found_in(done.stdout + done.stderr) == []
    assert leaks(files_in(home / "data", "stores")) == {}
    assert leaks(files_in(home / "tmp")) == {}


def test_that_commands_that_fail_write_no_name_into_any_file(home: Path, surroundings: dict[str, str]) -> None:
    path = home / "data" / "stores" / "school-7201.shnor-db"
    create_school_desk(path, SchoolCard("7201", "Школа", director=NAME, responsible=PHONE), FixedClock()).close()
    store, part, book, table, sealed = (str(one) for one in bad_files(home))
    for words in (
        ["check", store],
        ["history", store],
        ["results", "import", str(path), book],
        ["staff", "import", str(path), table],
        ["package", "verify", part],
        ["package", "verify", sealed],
        ["store", "unprotect", str(path)],
        ["guide", "--out", str(home / NAME / "нет" / "x.pdf")],
    ):
        done = run(["-m", "shnor_desktop", *words, "--json"], surroundings)
        assert done.returncode in (1, 2), (words, done.stderr)
        assert done.stderr == ""
    broken = run(["-c", BROKEN, "check", str(path), "--json"], surroundings)
    assert broken.returncode == 3
    assert broken.stderr == ""
    log = (home / "data" / "log" / "shnor.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert found_in(log) == []
    assert leaks(files_in(home / "data", "stores")) == {}
    assert leaks(files_in(home / "tmp")) == {}
