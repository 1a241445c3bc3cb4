"""Failures without what a person typed: for the log, and for the error stream, which others may read.

The words of an exception may hold a name, a value or a path with the name of the user. What stays is where it failed
and of which kind it was. Of other people's libraries even the message is left out: it may quote a cell.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from shnor_desktop.domain.errors import KnownError

LOGGER = "shnor_desktop"
OUTSIDE = "outside"
LEFT_OUT = "(words left out)"
_MOST_BEHIND = 10
_log = logging.getLogger(f"{LOGGER}.{OUTSIDE}")


class Impersonal(logging.Formatter):
    """A line of the log: our own message, the places and kinds of the exceptions, nothing of their words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s")

    def format(self, record: logging.LogRecord) -> str:
        """Never from `exc_text`: another handler may have put the whole of the traceback there."""
        record.asctime = self.formatTime(record, self.datefmt)
        lines = [f"{self.formatMessage(record)}: {record.getMessage() if is_ours(record) else LEFT_OUT}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += places(record.exc_info[1])
        return "\n".join(lines)


def is_ours(record: logging.LogRecord) -> bool:
    """Whether the program itself says it: its messages are constants and kinds of failures."""
    return record.name == LOGGER or record.name.startswith(f"{LOGGER}.")


def places(error: BaseException) -> Iterator[str]:
    """Frames and kinds of an exception and of those behind it."""
    behind: BaseException | None = error
    for _ in range(_MOST_BEHIND):
        if behind is None:
            return
        for frame in traceback.extract_tb(behind.__traceback__):
            yield f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        code = f" {behind.code}" if isinstance(behind, KnownError) else ""
        yield f"{type(behind).__qualname__}{code}"
        behind = behind.__cause__ or behind.__context__


def place(error: BaseException) -> str:
    """The kind of an exception and where it was raised, in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__qualname__}{where}"


def guard_streams() -> None:
    """Let what nobody caught, warnings and messages without a handler go to the log and not to the error stream."""
    sys.excepthook = _of_main
    threading.excepthook = _of_thread
    sys.unraisablehook = _of_nowhere
    warnings.showwarning = _of_warning
    logging.lastResort = logging.NullHandler()


def qt_message(kind: str, words: str) -> None:
    """Note a message of Qt by the name that it begins with («QPainter::begin»): the rest may hold a path."""
    name = re.match(r"[A-Za-z_:]*", words)
    _log.info("Qt %s %s", kind, name[0][:60] if name else "")


def _of_main(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        note("nobody caught", error)


def _of_thread(args: Any) -> None:
    if args.exc_value is not None:
        note("nobody caught in a thread", args.exc_value)


def _of_nowhere(unraisable: Any) -> None:
    if unraisable.exc_value is not None:
        note("nobody could catch", unraisable.exc_value)


def _of_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _log.info("%s at %s:%s", category.__name__, Path(filename).name, lineno)


def note(what: str, error: BaseException) -> None:
    """Log a failure; no failure may come from noting another one. The error stream gets the places alone."""
    _log.error(what, exc_info=error)
    if not _has_log() and sys.stderr is not None:
        print("\n".join(places(error)), file=sys.stderr)


def _has_log() -> bool:
    return any(isinstance(one, logging.FileHandler) for one in logging.getLogger().handlers)
