"""Sends and fetches quietly while a desk is open: no dialog, no thread of the interface, nothing that holds the close.

The network is talked to by a thread that the process does not wait for; it holds no store. What was under way when the
program ends is found by the next start: what lies there already is not sent again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import inbox, outbox
from shnor_desktop.services.channels import channels
from shnor_desktop.services.delivery import Delivery
from shnor_desktop.services.inbox import Haul, Taken, Visit
from shnor_desktop.services.outbox import Job, Outcome
from shnor_desktop.ui.pages.desk import Desk

_FIRST_MS, _TICK_MS, _AFTER_CHANGE_MS = 1_000, 60_000, 4_000
_FETCH_EVERY_S = 300.0
"""Between two looks into the inboxes."""


class Aside(QObject):
    """Work on a thread of its own that nobody waits for; the result comes to the interface unless its owner is gone."""

    _came = Signal(object)

    def __init__(self, work: Callable[[], Any], done: Callable[[Any], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._done = done
        self._came.connect(self._on_came)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            result: Any = self._work()
        except Exception as error:  # noqa: BLE001  (told on the interface like any other)
            result = error
        with suppress(RuntimeError):  # the desk was left meanwhile
            self._came.emit(result)

    def _on_came(self, result: object) -> None:
        self._done(result)
        self.deleteLater()


@dataclass(frozen=True, slots=True)
class _Plan:
    jobs: list[Job]
    visits: list[Visit]


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did: packages that went or did not, files that came, channels that could not be looked into."""

    noted: tuple[Delivery, ...] = ()
    taken: tuple[Taken, ...] = ()
    failed: tuple[tuple[str, KnownError], ...] = ()
    awaited: tuple[str, ...] = ()
    """Packages of which not all letters have come, in words."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.noted or self.taken or self.failed or self.awaited)


class ChannelsRunner(QObject):
    """One a desk. `done` tells what a round did; `round(force=True)` is «Отправить сейчас»."""

    done = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._is_busy = False
        self._again: tuple[bool, str] | None = None
        self._fetched = float("-inf")
        self._stop = threading.Event()
        self.destroyed.connect(self._stop.set)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.round)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.round)
        desk.changed.connect(lambda: self._soon.start(_AFTER_CHANGE_MS))

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._is_busy

    def begin(self) -> None:
        """Look for work from now on; nothing happens until a channel is on."""
        if not self._desk.is_read_only:
            self._timer.start()
            self._soon.start(_FIRST_MS)

    def round(self, force: bool = False, only: str = "") -> None:
        """Send what is due and, now and then or when it is forced, look into the inboxes."""
        if self._is_busy:
            if force:
                self._again = (force, only)
            return
        now = time.monotonic()
        fetches = force or now - self._fetched > _FETCH_EVERY_S
        self._fetched = now if fetches else self._fetched
        self._set_busy(True)
        workspace = self._desk.workspace

        def plan() -> _Plan:
            if not any(one.is_on for one in channels(workspace)):
                return _Plan([], [])
            outbox.enqueue_prepared(workspace)
            visits = inbox.visits(workspace) if fetches else []
            return _Plan(outbox.due(workspace, force=force, only=only), visits)

        self._desk.tasks.write(plan, self._on_planned, self._on_failed)

    def _on_planned(self, plan: _Plan) -> None:
        if not plan.jobs and not plan.visits:
            self._finish(Report())
            return
        stop = self._stop.is_set

        def work() -> tuple[list[Outcome], list[Haul]]:
            outcomes = [outbox.carry_out(job, stop) for job in plan.jobs]
            return outcomes, [inbox.collect(visit, stop) for visit in plan.visits]

        Aside(work, self._on_came, self)

    def _on_came(self, came: tuple[list[Outcome], list[Haul]] | Exception) -> None:
        if isinstance(came, Exception):
            self._on_failed(came)
            return
        outcomes, hauls = came
        workspace = self._desk.workspace
        failed = [(haul.settings.title, haul.failure) for haul in hauls if haul.failure is not None]
        awaited = tuple(f"{one.name}: {one.came} из {one.count}" for haul in hauls for one in haul.unfinished)
        files = [replace(haul, brought=(one,)) for haul in hauls for one in haul.brought]

        def note() -> Report:
            noted = [outbox.note(workspace, outcome) for outcome in outcomes]
            return Report(tuple(one for one in noted if one is not None), (), tuple(failed), awaited)

        self._desk.tasks.write(note, partial(self._take_next, files), self._on_failed)

    def _take_next(self, files: list[Haul], report: Report) -> None:
        """File by file, so that what a person types is written between two of them."""
        if not files:
            self._finish(report)
            return
        workspace, haul = self._desk.workspace, files.pop(0)

        def take() -> Report:
            return replace(report, taken=(*report.taken, *inbox.take_in(workspace, haul)))

        self._desk.tasks.write(take, partial(self._take_next, files), self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._desk.failures.report(error)

    def _finish(self, report: Report) -> None:
        self._set_busy(False)
        self.done.emit(report)
        if report.noted or report.taken:
            self._desk.changed.emit()
            self._soon.stop()  # it was our own change
        again, self._again = self._again, None
        if again is not None:
            self.round(*again)
        self._desk.refresh_state()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)


def runner_of(desk: Desk) -> ChannelsRunner:
    """The runner of a desk; it is made when it is first asked for."""
    found = desk.findChild(ChannelsRunner)
    return found if isinstance(found, ChannelsRunner) else ChannelsRunner(desk)
