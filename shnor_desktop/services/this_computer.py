"""What the computer gives to a command: its clock, the folder of the user, and the log file of the program."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.system.clock import SystemClock
from shnor_desktop.system.impersonal import Impersonal, is_ours
from shnor_desktop.system.paths import data_folder

_LOG_BYTES, _LOG_FILES = 1_000_000, 3


def system_clock() -> Clock:
    """The clock of the computer."""
    return SystemClock()


def user_folder() -> Path:
    """The folder of this user's profile, stores and log; it may not exist yet."""
    return data_folder()


def begin_log() -> Path:
    """Let failures be written to a file of the user and nowhere else; returns the file.

    Ours, and from WARNING on those of the libraries: where they failed, never with which words (`system.impersonal`).
    Where it cannot be written, the program works on without a log: no failure may come from noting another one.
    """
    file = data_folder() / "log" / "shnor.log"
    everything = logging.getLogger()
    for known in [handler for handler in everything.handlers if isinstance(handler, _UserLog)]:
        if Path(known.baseFilename) == file.absolute():
            return file
        everything.removeHandler(known)
        known.close()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _UserLog(
            file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", errors="backslashreplace", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Impersonal())
    handler.addFilter(_is_wanted)
    everything.addHandler(handler)
    return file


class _UserLog(RotatingFileHandler):
    """The log file; a disk that refuses it is no reason to trouble anybody."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""


def _is_wanted(record: logging.LogRecord) -> bool:
    """All of ours; of the others what is no mere talk."""
    return is_ours(record) or record.levelno >= logging.WARNING
