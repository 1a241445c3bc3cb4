"""The window of the program with long work beside it, and how evenly its event loop ticks meanwhile.

`python -m benchmarks.busy_window STORE CENTRE PACKAGE FINGERPRINT FOLDER OTHER-CENTRE PACKAGES` prints, per work, the
longest gap between two ticks and the gap below which 99 % of them lie, in milliseconds. The works run in the lane of
the window's own tasks.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.figures import share
from benchmarks.windows import when_school_is_shown
from shnor_desktop.app import WindowOptions, run_window

_MANY = 1000
TICK_MS, IDLE_SECONDS, SETTLED_MS = 5, 2.0, 1500


class Ticks(QObject):
    """Gaps between ticks, kept apart by what goes on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: dict[str, list[float]] = {}
        self._work = ""
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_ticked)
        self._timer.start(TICK_MS)

    def begin(self, work: str) -> None:
        """From here on the gaps belong to this work."""
        self._work, self._last = work, time.perf_counter()

    def _on_ticked(self) -> None:
        now = time.perf_counter()
        if self._work:
            self.gaps.setdefault(self._work, []).append((now - self._last) * 1000)
        self._last = now


class Journey(QObject):
    """One work after the other; a tick of the loop lies between them."""

    def __init__(self, window: Any, ticks: Ticks, works: Iterator[tuple[str, Callable[[], object]]]) -> None:
        super().__init__(window)
        from shnor_desktop.ui.pages import Desk

        self._window = window
        self._ticks = ticks
        self._works = works
        self._tasks = window.findChild(Desk).tasks

    def go_on(self, _: object = None) -> None:
        """The next work, or the end."""
        following = next(self._works, None)
        if following is None:
            told = {work: {"longest": max(gaps), "p99": share(gaps, 99)} for work, gaps in self._ticks.gaps.items()}
            print(json.dumps(told))
            self._window.close()
            return
        name, work = following
        self._ticks.begin(name)
        self._tasks.write(work, self._on_done)

    def _on_done(self, _: object) -> None:
        QTimer.singleShot(2 * TICK_MS, self.go_on)  # so that the gap of the end is told too


def main() -> None:
    """Open the school, let the window settle, then the works."""
    store, centre, package, fingerprint, folder, other, many = sys.argv[1:]

    def on_shown(window: Any) -> None:
        works = _works(window, Path(centre), Path(package), fingerprint, Path(folder), (Path(other), Path(many)))
        journey = Journey(window, Ticks(window), works)
        QTimer.singleShot(SETTLED_MS, window, journey.go_on)

    run_window(WindowOptions(store=store), lambda: when_school_is_shown(on_shown))


def _works(
    window: Any, centre: Path, package: Path, fingerprint: str, folder: Path, many: tuple[Path, Path]
) -> Iterator[tuple[str, Callable[[], object]]]:
    from shnor_desktop.services import import_bench
    from shnor_desktop.services.arrivals import import_package  # after the first paint, like the program itself
    from shnor_desktop.services.demo import make_demo_school
    from shnor_desktop.services.desks import open_desk
    from shnor_desktop.services.packages import export_package
    from shnor_desktop.services.this_computer import system_clock
    from shnor_desktop.services.workspace import Profile
    from shnor_desktop.ui.pages import Desk

    school = window.findChild(Desk).workspace
    clock = system_clock()

    def take_in() -> None:
        with closing(open_desk(centre, clock)) as workspace:
            import_package(workspace, package, trust=fingerprint)

    def make_demo() -> None:
        make_demo_school(folder / "made.shnor-db", clock, profile=Profile(folder / "profile")).close()

    def take_in_a_folder() -> None:
        with closing(open_desk(many[0], clock)) as workspace:
            import_bench.run(workspace, sorted(many[1].iterdir())[:_MANY])

    folder.mkdir(parents=True, exist_ok=True)
    yield "idle", lambda: time.sleep(IDLE_SECONDS)
    yield "export", lambda: export_package(school, folder, full=True)
    yield "import", take_in
    yield "folder", take_in_a_folder
    yield "demo", make_demo


if __name__ == "__main__":
    main()
