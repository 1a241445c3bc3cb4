"""The stages as a strip, and the tasks of the chosen one by participants; the school marks its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.monitoring import TASK_STATES
from shnor_desktop.services.stages import LaneTasks, StagesView, StageView, TaskView
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.stages import Stage, StageStrip

_TWO_COLUMNS = 118


class TaskLine(QWidget):
    """A task with its state; the words open the page where it is done."""

    marked = Signal(str, str)
    page_wanted = Signal(str)

    def __init__(self, task: TaskView, can_mark: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self.state: QuietCombo | None = None
        words = QVBoxLayout()
        set_gaps(words, 0.1)
        words.addWidget(label(task.task.text, TextStyle.BODY, None if task.is_open else Tone.MUTED))
        notes = [task.task.condition or ("при необходимости" if task.task.optional else ""), task.task.frequency]
        notes.append(f"выполнено {short_date(task.done_on)}" if task.done_on and not task.is_open else "")
        shown = " · ".join(note for note in notes if note)
        if shown:
            words.addWidget(label(shown, TextStyle.SMALL, Tone.MUTED))
        row = QHBoxLayout(self)
        set_gaps(row, 0.75, (0, 0.35, 0, 0.35))
        row.addLayout(words, 1)
        if can_mark and task.page and task.page != "monitoring" and task.is_open:
            go = Button("", ButtonKind.QUIET, "arrow-right", f"Открыть страницу, где это делается: {task.task.text}")
            go.clicked.connect(lambda: self.page_wanted.emit(task.page))
            row.addWidget(go)
        if can_mark:
            row.addWidget(self._make_state(task))
        else:
            row.addWidget(
                label(task.state_caption if not task.is_open else "", TextStyle.SMALL, Tone.MUTED, wraps=False)
            )

    def _make_state(self, task: TaskView) -> QuietCombo:
        state = QuietCombo(self)
        state.setMinimumContentsLength(10)
        set_chars(state, 14, 18)
        state.setAccessibleName(f"Состояние: {task.task.text}")
        for code, caption in TASK_STATES:
            state.addItem(caption, code)
        state.setCurrentIndex(max(0, state.findData(task.state)))
        state.activated.connect(lambda at: self.marked.emit(task.task.id, str(state.itemData(at))))
        self.state = state
        return state


class LaneCard(QWidget):
    """The tasks of one participant at one stage."""

    def __init__(self, lane: LaneTasks, tasks: list[TaskLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        set_gaps(column, 0, (1, 0.7, 0.9, 0.7))
        own = lane.lane is not None and lane.lane.at_school
        title = lane.lane.full_title if lane.lane is not None else lane.title
        column.addWidget(label(title, TextStyle.STRONG))
        if own:
            column.addWidget(label("Отмечает школа", TextStyle.SMALL, Tone.MUTED))
        for task in tasks:
            column.addWidget(task)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet with a quiet border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("border"))
        painter.setBrush(look().colour("surface_raised"))
        radius = lines(0.25)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


class StagesBoard(QWidget):
    """All stages above, the tasks of one below: the school's own first."""

    task_marked = Signal(str, str)
    page_wanted = Signal(str)

    def __init__(self, is_read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = is_read_only
        self._view: StagesView | None = None
        self.current = ""
        self.strip = StageStrip(self)
        self.strip.stage_chosen.connect(self.show_stage)
        self.title = label("", TextStyle.SECTION)
        self.lines: dict[str, TaskLine] = {}
        self._lanes = QWidget()
        self._sides = QHBoxLayout(self._lanes)
        set_gaps(self._sides, 1)
        self.area = ScrollColumn(gap=0.6)
        self.area.add(self.title)
        self.area.add(self._lanes)
        top = QVBoxLayout()
        set_gaps(top, 0, (1, 0.8, 1, 0))
        top.addWidget(self.strip)
        column = QVBoxLayout(self)
        set_gaps(column, 0.25)
        column.addLayout(top)
        column.addWidget(self.area, 1)

    def show_stages(self, view: StagesView) -> None:
        """Show the stages; nothing is drawn anew when nothing differs."""
        if view == self._view:
            return
        self._view = view
        known = [one.stage.id for one in view.stages]
        if self.current not in known:
            self.current = view.current.stage.id if view.current else known[0] if known else ""
        self._draw()

    def show_stage(self, stage: str) -> None:
        """Open a stage."""
        self.current = stage
        self._draw()
        self.area.verticalScrollBar().setValue(0)

    def show_task(self, task: str) -> None:
        """Open the stage of a task, with the task in sight."""
        for view in self._view.stages if self._view else ():
            if any(one.task.id == task for lane in view.lanes for one in lane.tasks):
                self.show_stage(view.stage.id)
        line = self.lines.get(task)
        if line is not None:
            self.area.show_widget(line)
            if line.state is not None:
                line.state.setFocus()

    def show_first_open(self) -> None:
        """Go to the next task of the school."""
        if self._view is not None and self._view.next_task is not None:
            self.show_task(self._view.next_task.task.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The others stand beside the school where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= chars(_TWO_COLUMNS)
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != wanted:
            self._sides.setDirection(wanted)

    def _draw(self) -> None:
        view = self._view
        if view is None:
            return
        self.strip.set_stages([_stage(one, one.stage.id == self.current) for one in view.stages])
        chosen = next((one for one in view.stages if one.stage.id == self.current), None)
        if chosen is None:
            return
        now = "идёт сейчас" if chosen.is_current else "завершён" if chosen.is_over else "ещё не начался"
        self.title.setText(f"Этап {chosen.stage.number}. {chosen.stage.title} · {now}")
        self._draw_lanes(chosen)

    def _draw_lanes(self, stage: StageView) -> None:
        while self._sides.count():
            item = self._sides.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.lines = {}
        own = [lane for lane in stage.lanes if lane.lane is not None and lane.lane.at_school]
        others = [lane for lane in stage.lanes if lane not in own]
        for side in (own, others):
            holder = QWidget(self._lanes)
            column = QVBoxLayout(holder)
            set_gaps(column, 0.75)
            for lane in side:
                column.addWidget(self._make_lane(lane))
            column.addStretch(1)
            self._sides.addWidget(holder, 1)
        self._arrange()

    def _make_lane(self, lane: LaneTasks) -> LaneCard:
        can_mark = not self._is_read_only and lane.lane is not None and lane.lane.at_school
        made = []
        for task in lane.tasks:
            line = TaskLine(task, can_mark)
            line.marked.connect(self.task_marked)
            line.page_wanted.connect(self.page_wanted)
            self.lines[task.task.id] = line
            made.append(line)
        return LaneCard(lane, made)


def _stage(view: StageView, is_chosen: bool) -> Stage:
    tasks = [task for task in view.own_tasks if not task.task.optional]
    share = sum(1 for task in tasks if not task.is_open) / len(tasks) if tasks else 0.0
    start, end = view.stage.start, view.stage.end
    dates = f"{short_date(start)[:5] if start.year == end.year else short_date(start)} – {short_date(end)}"
    if view.is_current:
        dates += " · сейчас"
    return Stage(view.stage.id, f"{view.stage.number}. {view.stage.title}", dates, share, is_chosen)
