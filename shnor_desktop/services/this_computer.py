"""What the computer gives to a command: its clock, the folder of the user, and the log file of the program."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.system.clock import SystemClock
from shnor_desktop.system.paths import data_folder

LOGGER = "shnor_desktop"
_LOG_BYTES, _LOG_FILES = 1_000_000, 3


def system_clock() -> Clock:
    """The clock of the computer."""
    return SystemClock()


def user_folder() -> Path:
    """The folder of this user's profile, stores and log; it may not exist yet."""
    return data_folder()


def begin_log() -> Path:
    """Let failures be written to a file of the user and nowhere else; returns the file.

    Where it cannot be written, the program works on without a log: no failure may come from noting another one.
    """
    file = data_folder() / "log" / "shnor.log"
    logger = logging.getLogger(LOGGER)
    for known in [handler for handler in logger.handlers if isinstance(handler, _UserLog)]:
        if Path(known.baseFilename) == file.absolute():
            return file
        logger.removeHandler(known)
        known.close()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = _UserLog(
            file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", errors="backslashreplace", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Impersonal("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    return file


class _Impersonal(logging.Formatter):
    """Says where it failed, not with which value: the words of an exception may hold what a person typed."""

    def formatException(self, ei: Any) -> str:
        """Frames and kinds of the exception and of those behind it, without their words."""
        lines = []
        error: BaseException | None = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
            code = f" {error.code}" if isinstance(error, KnownError) else ""
            lines.append(f"{type(error).__qualname__}{code}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class _UserLog(RotatingFileHandler):
    """The log file; a disk that refuses it is no reason to trouble anybody."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing."""
