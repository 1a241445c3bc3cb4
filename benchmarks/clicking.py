"""The window of the program, its pages opened one after another; the longest gap of its event loop at each click.

`python -m benchmarks.clicking STORE` prints milliseconds by what was clicked.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from benchmarks.windows import when_school_is_shown
from shnor_desktop.app import WindowOptions, run_window

TICK_MS, QUIET_MS, PATIENCE_S = 5, 120, 60.0


class Watch(QObject):
    """The longest gap between two ticks since `begin`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self._last = time.perf_counter()
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._on_ticked)
        timer.start(TICK_MS)

    def begin(self) -> None:
        """Count from here."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _on_ticked(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


def main() -> None:
    """Open the school and click."""

    def on_shown(window: Any) -> None:
        QTimer.singleShot(1500, window, lambda: _click(window))

    run_window(WindowOptions(store=sys.argv[1]), lambda: when_school_is_shown(on_shown))


def _click(window: Any) -> None:
    from shnor_desktop.domain.findings import PAGES
    from shnor_desktop.ui.pages import Desk
    from shnor_desktop.ui.widgets.table import RecordTable

    tasks = window.findChild(Desk).tasks
    watch = Watch(window)
    found: dict[str, float] = {}

    def settle(name: str) -> None:
        began = time.perf_counter()
        _pause(2 * TICK_MS)
        while tasks.is_busy() and time.perf_counter() - began < PATIENCE_S:
            _pause(TICK_MS)
        shown = (time.perf_counter() - began) * 1000
        _pause(QUIET_MS)
        found[name] = watch.longest
        if name.endswith("again"):
            found[name.replace("again", "until shown")] = shown

    watch.begin()
    _pause(1000)
    found["idle"] = watch.longest
    for page_id in PAGES:
        for name in (f"{page_id} first", f"{page_id} again"):
            window.open_page("today" if page_id != "today" else "check")
            _pause(QUIET_MS)
            while tasks.is_busy():
                _pause(TICK_MS)
            _pause(QUIET_MS)
            watch.begin()
            window.open_page(page_id)
            settle(name)
        tables = [one for one in window.page(page_id).findChildren(RecordTable) if one.isVisible()]
        if tables:
            watch.begin()
            model = tables[0].model()
            if model is not None and model.rowCount() > 1:
                tables[0].setCurrentIndex(model.index(model.rowCount() - 1, 0))
            settle(f"{page_id} a row")
    print(json.dumps(found))
    window.close()


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
