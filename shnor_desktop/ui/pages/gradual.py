"""Making many widgets without holding up the window: the first at once, the others between its events."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

_SLICE_SECONDS = 0.012


class Gradual(QObject):
    """Does steps in order, a slice of time at each turn of the event loop; `finish` does those that are left."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self, steps: Sequence[Callable[[], None]], at_once: int) -> None:
        """Do the first steps now and the others later; steps of an earlier beginning are done first."""
        self.finish()
        self._steps = list(steps)
        while self._steps and at_once > 0:
            self._steps.pop(0)()
            at_once -= 1
        if self._steps:
            self._timer.start()

    def finish(self) -> None:
        """Do everything that is left now: somebody needs the last of it."""
        self._timer.stop()
        while self._steps:
            self._steps.pop(0)()

    def _on_turn(self) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        while self._steps and time.monotonic() < until:
            self._steps.pop(0)()
        if not self._steps:
            self._timer.stop()
