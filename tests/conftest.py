"""What every test gets: no screen, no folder or key store of the user, a standing clock, no unexpected warning."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

# Qt reads these when it is loaded, and the plugin for pytest loads it before the first test.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("QT_SCALE_FACTOR", None)
os.environ.pop("QT_AUTO_SCREEN_SCALE_FACTOR", None)
os.environ.pop("QT_FONT_DPI", None)
os.environ.pop("QT_STYLE_OVERRIDE", None)
# The key store of whoever runs the tests is not theirs; one in memory stands in where it is meant.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

import pytest
from hypothesis import HealthCheck, settings

from tests.blank_store import lay_by_copy
from tests.clock import FixedClock

LOGGERS = ("shnor", "shnor_desktop")

# The same examples each time, so that a red test is a changed program; `explore` looks for new ones.
settings.register_profile(
    "same", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture
def fixed_clock() -> FixedClock:
    """A clock at 2 September 2024, 8:00 UTC."""
    return FixedClock()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every folder of the user at a new one, for this process and for those it starts; return the data folder."""
    home = tmp_path_factory.mktemp("home")
    data = home / "shnor-data"
    monkeypatch.setenv("SHNOR_DATA_DIR", str(data))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in {
        "XDG_DATA_HOME": "share",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "APPDATA": "roaming",
        "LOCALAPPDATA": "local",
    }.items():
        monkeypatch.setenv(name, str(home / folder))
    return data


@pytest.fixture(autouse=True)
def tables_laid_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of a test begins as a copy of the first one of the run; tests of the revisions have their own fixture."""
    from shnor_desktop.storage import opening  # heavy: pytest reads this file before anything else

    monkeypatch.setattr(opening, "lay_tables", lay_by_copy)


class LoggedWarnings(logging.Handler):
    """Collects what the program logs at WARNING and above; a test takes out what it expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)

    def take(self, fragment: str) -> logging.LogRecord:
        """Remove and return the first record whose message has this fragment; fail when there is none."""
        for record in self.records:
            if fragment in record.getMessage():
                self.records.remove(record)
                return record
        raise AssertionError(f"no warning with {fragment!r} in the log: {self.messages()}")

    def messages(self) -> list[str]:
        """List what is still there, as it would stand in the log."""
        return [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.records]


@pytest.fixture(autouse=True)
def logged_warnings() -> Iterator[LoggedWarnings]:
    """Fail the test on a warning of the program that it did not take out with `logged_warnings.take(fragment)`."""
    handler = LoggedWarnings()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)
    if handler.records:
        pytest.fail("unexpected warnings in the log:\n  " + "\n  ".join(handler.messages()), pytrace=False)
