"""The channels begin to work a while after a desk was opened; their libraries are loaded off the interface thread."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from shnor_desktop.ui.pages.desk import Desk

_AFTER_MS = 15_000
_RUNNER = "shnor_desktop.ui.pages.channels_runner"


def begin_channels(desk: Desk) -> None:
    """Let the channels of a desk work while it is open; a desk without any never talks to anybody."""
    if not desk.is_read_only:
        QTimer.singleShot(_AFTER_MS, desk, lambda: _load(desk))


def _load(desk: Desk) -> None:
    desk.tasks.read(lambda: import_module(_RUNNER), lambda _module: _begin(desk))


def _begin(desk: Desk) -> None:
    from shnor_desktop.ui.pages.channels_runner import runner_of  # loaded by now

    if isValid(desk):
        runner_of(desk).begin()
