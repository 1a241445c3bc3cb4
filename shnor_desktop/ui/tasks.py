"""Work off the interface thread: a lane for writes, a pool for reads; results and errors come back to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Stopped(Exception):
    """Raised inside a task by `Progress.check` after the person has pressed «Прервать»."""


class Task(QObject):
    """A piece of work under way. Its signals arrive on the thread that started it."""

    progressed = Signal(int, int, str)
    finished = Signal()
    _succeeded = Signal(object)
    _broke = Signal(object)

    def __init__(self, done: Done | None, failed: Failed, parent: QObject) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._stop = threading.Event()
        self._succeeded.connect(self._on_succeeded, Qt.ConnectionType.QueuedConnection)
        self._broke.connect(self._on_broke, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Ask the work to stop at its next `check`."""
        self._stop.set()

    def is_stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int, words: str = "") -> None:
        """Called by the work itself, from its thread: how far it is. Raises Stopped if it was asked to stop."""
        self.progressed.emit(done, total, words)
        self.check()

    def check(self) -> None:
        """Called by the work itself where it can be left safely. Raises Stopped if it was asked to stop."""
        if self._stop.is_set():
            raise Stopped

    @Slot(object)
    def _on_succeeded(self, result: object) -> None:
        self.finished.emit()
        if self._done is not None:
            self._done(result)
        self.deleteLater()

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self.finished.emit()
        if not isinstance(error, Stopped):
            self._failed(error)
        self.deleteLater()


class _Run(QRunnable):
    def __init__(self, task: Task, work: Callable[[], Any]) -> None:
        super().__init__()
        self._task = task
        self._work = work

    def run(self) -> None:
        try:
            self._task.check()
            result = self._work()
        except Exception as error:  # noqa: BLE001  (shown like a failure of the foreground)
            self._task._broke.emit(error)
        else:
            self._task._succeeded.emit(result)


class Tasks(QObject):
    """Starts work. `failed` of the whole is called for the tasks that bring none of their own."""

    busy_changed = Signal(bool)

    def __init__(self, failed: Failed, readers: int = 2, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._failed = failed
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._writer.setExpiryTimeout(-1)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(readers)
        self._running = 0
        self._is_over = False

    def write(self, work: Callable[[], Any], done: Done | None = None, failed: Failed | None = None) -> Task:
        """Run work that changes data: one at a time, in the order in which it was asked for."""
        return self._start(self._writer, self._task(done, failed), work)

    def read(self, work: Callable[[], Any], done: Done | None = None, failed: Failed | None = None) -> Task:
        """Run work that only reads, beside the writes."""
        return self._start(self._readers, self._task(done, failed), work)

    def long(self, work: Callable[[Task], Any], done: Done | None = None, failed: Failed | None = None) -> Task:
        """Run work on the writer's lane that tells its progress by `task.report` and can be stopped."""
        task = self._task(done, failed)
        return self._start(self._writer, task, lambda: work(task))

    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self._running > 0

    def wait(self) -> None:
        """Let everything end, at the close of the program; results are no longer told, nothing more is begun.

        A pool that is destroyed while work runs waits for it without letting it have the interpreter.
        """
        self._is_over = True
        self._writer.waitForDone()
        self._readers.waitForDone()

    def _start(self, pool: QThreadPool, task: Task, work: Callable[[], Any]) -> Task:
        if self._is_over:
            task.finished.emit()
            task.deleteLater()
        else:
            pool.start(_Run(task, work))
        return task

    def _task(self, done: Done | None, failed: Failed | None) -> Task:
        task = Task(done, failed or self._failed, self)
        task.finished.connect(self._on_task_finished)
        self._running += 1
        if self._running == 1:
            self.busy_changed.emit(True)
        return task

    def _on_task_finished(self) -> None:
        self._running -= 1
        if self._running == 0:
            self.busy_changed.emit(False)
