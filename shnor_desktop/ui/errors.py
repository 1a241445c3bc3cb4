"""Failures as people see them: a known one in its own words, an unknown one without a traceback but with a log."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.ui.messages import Notice, Worded

_log = logging.getLogger(__name__)
Explain = Callable[[KnownError], Worded]

UNEXPECTED = Notice(
    "Программа ошиблась.",
    "Всё, что было введено до этого, сохранено.",
    "Повторите действие. Если не поможет, передайте журнал работы в поддержку.",
    "bug",
)


class Failures(QObject):
    """Takes errors from any thread and tells their words on the main one; connect `worded` to the message bar."""

    worded = Signal(object)
    _raised = Signal(object)

    def __init__(self, explain: Explain, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._explain = explain
        self._raised.connect(self._on_raised, Qt.ConnectionType.QueuedConnection)

    def message(self, error: BaseException) -> Worded:
        """The words for an error; one that nobody foresaw is logged."""
        if isinstance(error, KnownError):
            return self._explain(error)
        _log.error("unexpected failure", exc_info=error)
        return UNEXPECTED

    def report(self, error: BaseException) -> None:
        """Show an error; fits as `failed` of a task."""
        self._raised.emit(error)

    def install(self) -> None:
        """Report what nobody caught, on every thread."""

        def of_main(_type: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
            if isinstance(error, KeyboardInterrupt):
                return
            try:
                self.report(error)
            except RuntimeError:  # the window is gone already
                _log.error("unexpected failure at the end", exc_info=error)

        def of_thread(args: threading.ExceptHookArgs) -> None:
            if args.exc_value is not None:
                self.report(args.exc_value)

        sys.excepthook = of_main
        threading.excepthook = of_thread

    def _on_raised(self, error: BaseException) -> None:
        self.worded.emit(self.message(error))
