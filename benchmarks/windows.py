"""A window in a fresh process: bare PySide6, or ours with a school; says when it was painted and what it weighs.

`python -m benchmarks.windows bare` · `python -m benchmarks.windows school STORE` prints one line of JSON with moments
of the system's monotonic clock, which its parent reads too: the start of the process is part of every figure.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_SETTLED_MS = 1500
_ROLLUP = Path("/proc/self/smaps_rollup")


def _show_bare() -> None:
    """The least that Qt needs to show a window with words in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    moments: dict[str, float] = {}

    class Body(QLabel):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not moments:
                QTimer.singleShot(0, on_painted)

    def on_painted() -> None:
        moments.setdefault("painted", time.monotonic())
        QTimer.singleShot(_SETTLED_MS, lambda: _tell(moments, app.quit))

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(1180, 700)
    window.setCentralWidget(Body("Школа", window))
    window.show()
    app.exec()


def _show_school(store: str) -> None:
    """The program as it starts, with a store to open."""
    from shnor_desktop.app import WindowOptions, run_window

    moments: dict[str, float] = {}

    def on_first_painted() -> None:
        moments["painted"] = time.monotonic()
        when_school_is_shown(on_shown)

    def on_shown(window: Any) -> None:
        from PySide6.QtCore import QTimer

        moments["shown"] = time.monotonic()
        QTimer.singleShot(_SETTLED_MS, lambda: _tell(moments, window.close))

    run_window(WindowOptions(store=store), on_first_painted)


def when_school_is_shown(then: Callable[[Any], None]) -> None:
    """Call `then` with the window of the program once its first page is painted with the data of the school."""
    from PySide6.QtWidgets import QApplication

    from shnor_desktop.ui.shell import MainWindow

    window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    awaited: list[Any] = []

    def on_page_opened(page_id: str) -> None:
        page: Any = window.page(page_id)
        if not awaited and hasattr(page, "loaded"):
            awaited.append(page)
            page.loaded.connect(on_loaded)

    def on_loaded() -> None:
        awaited[0].loaded.disconnect(on_loaded)
        window.repaint()
        then(window)

    window.page_opened.connect(on_page_opened)


def _tell(moments: dict[str, float], leave: Callable[[], object]) -> None:
    print(json.dumps({**moments, **_weights_kb()}))
    leave()


def _weights_kb() -> dict[str, int | None]:
    """Memory of this process in kB: all of it, and with what it shares counted in its share; None where untold."""
    try:
        lines = _ROLLUP.read_text("ascii").splitlines()
    except OSError:
        return {"Rss": None, "Pss": None}
    told = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines)}
    return {"Rss": int(told["Rss"]), "Pss": int(told["Pss"])}


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        _show_bare()
    else:
        _show_school(sys.argv[2])
