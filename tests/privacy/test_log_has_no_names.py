"""The log holds places and kinds of failures, whatever stood in their words."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.services.desks import SchoolCard, create_school_desk, open_desk
from shnor_desktop.services.this_computer import begin_log
from shnor_desktop.storage.engine import make_engine
from shnor_desktop.system import impersonal
from shnor_desktop.system.settings import Settings, load_settings, save_settings
from tests.clock import FixedClock
from tests.conftest import LoggedWarnings
from tests.privacy.canaries import CANARIES, FOLDER, MAIL, NAME, PHONE, SNILS, files_in, found_in, leaks

_log = logging.getLogger("shnor_desktop.of_a_test")


@pytest.fixture
def log(own_folders: Path, logged_warnings: LoggedWarnings) -> Iterator[Callable[[], str]]:
    """Reads the log as it stands; what the test logs is expected."""
    file = begin_log()

    def read() -> str:
        return file.read_text("utf-8") if file.exists() else ""

    yield read
    logged_warnings.records.clear()


def raise_values() -> None:
    """A failure with values in its words, raised from others."""
    try:
        try:
            int(SNILS)
        except ValueError as error:
            raise KnownError("value.not_a_number", field=NAME, text=PHONE) from error
    except KnownError as error:
        raise BugError(f"{NAME} {MAIL}") from error


def raise_rows(path: Path) -> None:
    """A statement with a person's values that the database refuses."""
    engine = make_engine(path)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("INSERT INTO school (nothing) VALUES (:name)"), {"name": NAME})


def raise_unique(path: Path) -> None:
    """The same for a row that is there already."""
    engine = make_engine(path)
    with engine.connect() as connection, connection.begin():
        for _ in range(2):
            connection.execute(text("CREATE TABLE IF NOT EXISTS one (name TEXT PRIMARY KEY)"))
            connection.execute(text("INSERT INTO one VALUES (:name)"), {"name": NAME})


def raise_path(path: Path) -> None:
    """A path with a name in it."""
    (path / NAME / FOLDER).read_bytes()


def raise_group(_: Path) -> None:
    """Several at once."""
    raise ExceptionGroup(NAME, [ValueError(PHONE), KeyError(SNILS)])


@pytest.mark.parametrize("fail", [lambda _: raise_values(), raise_rows, raise_unique, raise_path, raise_group])
def test_that_a_failure_is_logged_without_its_words(
    log: Callable[[], str], tmp_path: Path, fail: Callable[[Path], None]
) -> None:
    caught = _caught(fail, tmp_path / f"{NAME}.shnor-db")
    _log.error("a failure", exc_info=caught)
    assert type(caught).__name__ in log()
    assert "test_log_has_no_names.py" in log()
    assert found_in(log()) == []


def _caught(fail: Callable[[Path], None], path: Path) -> Exception:
    try:
        fail(path)
    except Exception as error:  # noqa: BLE001
        return error
    raise AssertionError("it did not fail")


def test_that_what_another_handler_wrote_of_a_failure_does_not_come_into_the_log(log: Callable[[], str]) -> None:
    record = logging.LogRecord("shnor_desktop.x", logging.ERROR, "x.py", 1, "a failure", (), None)
    error = _caught(lambda _: raise_values(), Path())
    record.exc_info = (type(error), error, error.__traceback__)
    assert NAME in logging.Formatter().format(record)
    logging.getLogger().handle(record)
    assert "BugError" in log()
    assert found_in(log()) == []


def test_that_other_libraries_may_say_where_and_not_what(log: Callable[[], str]) -> None:
    for name in ("sqlalchemy.pool", "openpyxl", "httpx", "py.warnings"):
        logging.getLogger(name).warning(
            "cell %s of %s", NAME, PHONE, exc_info=_caught(lambda _: raise_values(), Path())
        )
    assert log().count(impersonal.LEFT_OUT) == 4
    assert found_in(log()) == []


def test_that_what_nobody_catches_is_silent_on_the_error_stream(
    log: Callable[[], str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    monkeypatch.setattr(logging, "lastResort", logging.lastResort)
    impersonal.guard_streams()
    error = _caught(lambda _: raise_values(), Path())
    sys.excepthook(type(error), error, error.__traceback__)
    threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, None)))
    sys.unraisablehook(type("Unraisable", (), {"exc_value": error})())  # type: ignore[arg-type]
    warnings.showwarning(UserWarning(NAME), UserWarning, f"/home/{NAME}/x.py", 1)
    impersonal.qt_message("warning", f"QFile::open: /home/{NAME}/{FOLDER}: no such file")
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
    assert log().count("BugError") == 3
    assert found_in(log()) == []


def test_that_a_failure_before_the_log_is_there_tells_its_place_alone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], logged_warnings: LoggedWarnings
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    impersonal.note("early", _caught(lambda _: raise_values(), Path()))
    said = capfd.readouterr().err
    assert "BugError" in said
    assert found_in(said) == []
    logged_warnings.records.clear()


def test_that_the_folder_of_the_user_holds_no_names_outside_the_stores(
    own_folders: Path, log: Callable[[], str]
) -> None:
    path = own_folders / "stores" / "school-7201.shnor-db"
    card = SchoolCard("7201", "Школа", director=NAME, responsible=f"{NAME}, {PHONE}")
    workspace = create_school_desk(path, card, FixedClock())
    workspace.close()
    assert leaks([path])
    for bad in (path.with_name(f"{NAME}.shnor-db"), path):
        if bad != path:
            bad.write_bytes(NAME.encode() * 300)
            _log.error("a failure", exc_info=_caught(lambda _, bad=bad: open_desk(bad, FixedClock()), Path()))  # type: ignore[misc]
    save_settings(Settings(store=str(path)))
    assert load_settings().store == str(path)
    assert str(own_folders) not in (own_folders / "settings.json").read_text("utf-8")
    assert leaks(files_in(own_folders, "stores")) == {}


def test_that_a_canary_is_seen_in_every_guise() -> None:
    for canary in CANARIES:
        assert found_in(f"x {canary.upper()} y")
    assert found_in("tel:+70000001793")
    assert found_in(NAME.encode("unicode_escape").decode())
