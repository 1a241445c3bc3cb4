"""The desk that pages share: the open workspace, the lanes of work, and the window that says what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import records
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.errors import UNEXPECTED, Failures
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.shell import MainWindow
from shnor_desktop.ui.tasks import Task, Tasks

_STATE_DELAY_MS = 250
Refused = Callable[[Worded], None]


@dataclass(frozen=True, slots=True)
class DeskState:
    """What stands around the pages: numbers that wait on each, and the words at the right of the status line."""

    badges: Mapping[str, int] = field(default_factory=dict)
    stage: str = ""


@dataclass(frozen=True, slots=True)
class _Written:
    result: Any
    undo: str


class Desk(QObject):
    """One open store in one window. A page reads by `read`, changes by `write`, and is told of changes by `changed`.

    `leave_requested` asks for the first screen, `theme_requested` for the other theme, `protection_requested` for
    «Пароль на данные», `place_given` tells that a desk that waited for its centre may be opened with its pages.
    `school` is the school that the pages show. A centre shows a school through `viewing(...)`: the same window and
    lanes with `read_only` words, so that the pages of a school serve both. Signals arrive on the interface thread.
    """

    changed = Signal()
    leave_requested = Signal()
    protection_requested = Signal()
    theme_requested = Signal()
    place_given = Signal()

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        tasks: Tasks,
        failures: Failures,
        school: str = "",
        read_only: tuple[str, str] = ("", ""),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent or window)
        self.window = window
        self.workspace = workspace
        self.tasks = tasks
        self.failures = failures
        self.school = school
        self.why_read_only, self.who_may_change = read_only
        self._saved = ""
        self._undo = ""
        self._state = DeskState()
        self._read_state: Callable[[], DeskState] | None = None
        self._state_timer = QTimer(self)
        self._state_timer.setSingleShot(True)
        self._state_timer.setInterval(_STATE_DELAY_MS)
        self._state_timer.timeout.connect(self.refresh_state)

    @property
    def is_read_only(self) -> bool:
        """Whether the pages of this desk only show."""
        return bool(self.why_read_only)

    def viewing(self, school: str, why: str, who: str = "") -> Desk:
        """The desk for looking at another school: `why` it cannot be changed here and `who` may."""
        desk = Desk(self.window, self.workspace, self.tasks, self.failures, school, (why, who), self)
        self.changed.connect(desk.changed)
        return desk

    def read(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> Task:
        """Read off the interface thread; the result comes back to it."""
        return self.tasks.read(work, done, failed)

    def write(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Refused | None = None,
    ) -> Task:
        """Do one use case on the writer's lane: `desk.write(lambda: records.edit(...))`.

        Afterwards the status line says when it was saved and what can be undone, and `changed` is told. `done` gets
        what the use case gave. A KnownError goes in words to `refused`, else to the bar over the page.
        """

        def work_and_name() -> _Written:
            result = work()
            return _Written(result, records.undoable(self.workspace))

        def on_written(written: _Written) -> None:
            self._on_written(written.undo)
            if done is not None:
                done(written.result)
            self.changed.emit()

        def on_failed(error: Exception) -> None:
            if refused is not None and isinstance(error, KnownError):
                refused(explain(error))
            else:
                self.failures.report(error)

        return self.tasks.write(work_and_name, on_written, on_failed)

    def long(
        self,
        work: Callable[[Task], Any],
        done: Callable[[Any], None] | None = None,
        refused: Refused | None = None,
    ) -> Task:
        """Like `write` for work that tells its progress by `task.report(done, total, words)` and can be stopped."""

        def on_done(result: Any) -> None:
            self._read_undo()
            if done is not None:
                done(result)
            self.changed.emit()

        def on_failed(error: Exception) -> None:
            if refused is not None and isinstance(error, KnownError):
                refused(explain(error))
            else:
                self.failures.report(error)

        return self.tasks.long(work, on_done, on_failed)

    def undo(self) -> None:
        """Ctrl+Z: take back the newest step."""
        self._step(
            records.undo, "Отменять нечего.", "Шаги этого сеанса уже отменены, либо поверх них есть новые правки."
        )

    def redo(self) -> None:
        """Ctrl+Y: do again what was taken back."""
        self._step(records.redo, "Повторять нечего.", "После отмены были новые правки, либо отмен не было.")

    def open(self, page: str, target: Target | str = "") -> None:
        """Show another page, at a place of it."""
        self.window.open_page(page, str(target) or None)

    def say(
        self,
        message: Worded,
        level: MessageLevel = MessageLevel.INFO,
        action_text: str = "",
        action: Callable[[], None] | None = None,
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a message over the page."""
        self.window.show_message(message, level, action_text, action, other)

    def leave_form(self, form: RecordForm | None) -> None:
        """Keep what is being typed in a form before another record is shown in it; say what could not be kept."""
        unread = form.leave() if form is not None else []
        if unread:
            fields = ", ".join(f"«{caption}»" for caption in unread)
            self.say(
                Notice(f"Не записано: {fields}.", "Введённое не подошло к полю.", "Откройте запись и введите снова.")
            )

    def set_state_reader(self, read: Callable[[], DeskState]) -> None:
        """Who counts what waits on the pages; it is asked off the interface thread after changes."""
        self._read_state = read
        self.refresh_state()

    def refresh_state(self) -> None:
        """Count anew what waits on the pages."""
        if self._read_state is not None:
            self.tasks.read(self._read_state, self._on_state_read)

    def _step(self, take: Callable[[Workspace], Any], nothing: str, why: str) -> None:
        def on_done(done: records.Done | None) -> None:
            if done is None:
                self.say(Notice(nothing, why))
            else:
                self.window.messages.leave_page()  # what it told may be undone by now

        self.write(lambda: take(self.workspace), on_done)

    def _read_undo(self) -> None:
        self.tasks.write(lambda: records.undoable(self.workspace), self._on_written)

    def _on_written(self, undo: str) -> None:
        moment = self.workspace.clock.now().astimezone()
        self._saved = f"Сохранено в {moment:%H:%M}"
        self._undo = undo
        self._show_status()
        self._state_timer.start()

    def _on_state_read(self, state: DeskState) -> None:
        for page, number in state.badges.items():
            if self._state.badges.get(page, 0) != number:
                self.window.set_badge(page, number)
        self._state = state
        self._show_status()

    def _show_status(self) -> None:
        self.window.set_status(self._saved or "Всё сохранено", self._undo, self._state.stage)


def words_of_failure(error: Exception) -> Worded:
    """The words of a failure of either kind."""
    return explain(error) if isinstance(error, KnownError) else UNEXPECTED
