"""The stages of the project: who does what, how far the school is, what is the current one and how long it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain import findings
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import SchoolFacts, StageTaskFact
from shnor_desktop.domain.log import Restore, Set
from shnor_desktop.domain.methodology import Lane, Pack, Page, Stage, StageTask
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.monitoring import TASK_STATES, StageTaskMark
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

PAGE_OF_ACTION: Mapping[Page, str] = {
    Page.TODAY: findings.TODAY,
    Page.PASSPORT: findings.PASSPORT,
    Page.STAFF: findings.STAFF,
    Page.RESULTS: findings.RESULTS,
    Page.DIAGNOSTIC_MAP: findings.MAP,
    Page.PROBLEM_FIELDS: findings.MAP,
    Page.PROGRAMME: findings.PROGRAMME,
    Page.ROADMAP: findings.ROADMAP,
    Page.PARTNERS: findings.PARTNERS,
    Page.DEVELOPMENT: findings.DEVELOPMENT,
    Page.MONITORING: findings.MONITORING,
    Page.VALIDATION: findings.CHECK,
    Page.EXCHANGE: findings.EXCHANGE,
}
"""The page of the school's desk where a task of the methodology is done; the others are done outside of it."""
_CLOSED = ("done", "not_needed")
_CAPTIONS = dict(TASK_STATES)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of a stage with the school's mark; `page` is empty for what is done outside of the program."""

    task: StageTask
    lane: str
    page: str
    state: str
    state_caption: str
    done_on: date | None
    row: str
    """The mark's row; empty while nobody has marked the task."""

    @property
    def is_open(self) -> bool:
        """Not done, and needed."""
        return self.state not in _CLOSED


@dataclass(frozen=True, slots=True)
class LaneTasks:
    """The tasks of one participant at one stage; `lane` is None for tasks that the source gives to nobody."""

    lane: Lane | None
    title: str
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage with its lanes; `days_left` counts today, and is None for a stage that is not the current one."""

    stage: Stage
    is_current: bool
    is_over: bool
    days_left: int | None
    lanes: tuple[LaneTasks, ...]

    @property
    def own_tasks(self) -> tuple[TaskView, ...]:
        """The checklist of the school itself."""
        return tuple(task for lane in self.lanes if lane.lane and lane.lane.at_school for task in lane.tasks)


@dataclass(frozen=True, slots=True)
class StagesView:
    """All stages; `current` is None before the first and after the last."""

    stages: tuple[StageView, ...]
    current: StageView | None

    @property
    def caption(self) -> str:
        """For the status line: «этап II · 24 дня», «проект завершён»."""
        if self.current is None:
            return "проект завершён" if self.stages and self.stages[-1].is_over else "проект ещё не начался"
        left = self.current.days_left or 0
        return f"этап {self.current.stage.number} · {plural(left, 'день', 'дня', 'дней')}"

    @property
    def next_task(self) -> TaskView | None:
        """The first open task of the school up to the current stage; what is optional comes last."""
        begun = [view for view in self.stages if view.is_current or view.is_over]
        tasks = [task for view in begun for task in view.own_tasks if task.is_open]
        return min(tasks, key=lambda task: task.task.optional, default=None)


def stages_view(workspace: Workspace, school: str | None = None) -> StagesView:
    """The plan of the project with the marks of the school."""
    return stages_of(workspace.pack_of(school), read_facts(workspace, school))


def stages_of(pack: Pack, facts: SchoolFacts) -> StagesView:
    """The same from facts that were read already."""
    marks = {mark.task: mark for mark in facts.stage_tasks}
    current = pack.stage_on(facts.as_of)
    views = tuple(_stage(pack, stage, marks, facts.as_of, is_current=stage == current) for stage in pack.stages)
    return StagesView(views, next((view for view in views if view.is_current), None))


def mark_task(
    workspace: Workspace, task: str, state: str, done_on: date | str | None = None, comment: str = ""
) -> Done:
    """Say how a task of a stage stands: open, in_progress, done (today unless a day is given), not_needed."""
    if task not in dict(workspace.pack.code_list("stage_tasks")):
        raise BugError(f"no task {task!r}")
    info = info_of(StageTaskMark)
    row = records.row_id_for(workspace, info, {"task": task})
    day = (done_on or today(workspace)) if state == "done" else None
    typed = {"task": task, "state": state, "done_on": day}
    if comment:
        typed["comment"] = comment
    values = {name: parse_value(info.fields[name], value) for name, value in typed.items()}
    operation = f"задача этапа: {_CAPTIONS.get(state, state)}"
    requests = [Set(info.log_name, row, name, value) for name, value in values.items()]
    batch = workspace.write([Restore(info.log_name, row), *requests], operation)
    return Done(operation, row, batch.name if batch else "")


def _stage(
    pack: Pack, stage: Stage, marks: Mapping[str | None, StageTaskFact], as_of: date, *, is_current: bool
) -> StageView:
    lanes = [LaneTasks(lane, lane.title, _tasks(pack, stage, lane.id, marks)) for lane in pack.lanes]
    lanes.append(LaneTasks(None, "Исполнитель не назван", _tasks(pack, stage, None, marks)))
    return StageView(
        stage=stage,
        is_current=is_current,
        is_over=stage.end < as_of,
        days_left=(stage.end - as_of).days + 1 if is_current else None,
        lanes=tuple(lane for lane in lanes if lane.tasks),
    )


def _tasks(
    pack: Pack, stage: Stage, lane: str | None, marks: Mapping[str | None, StageTaskFact]
) -> tuple[TaskView, ...]:
    views = []
    for task in pack.tasks_of(stage.id, lane):
        mark = marks.get(task.id)
        state = (mark and mark.state) or "open"
        views.append(
            TaskView(
                task=task,
                lane=lane or "",
                page=PAGE_OF_ACTION.get(task.action, ""),
                state=state,
                state_caption=_CAPTIONS.get(state, state),
                done_on=mark.done_on if mark else None,
                row=mark.id if mark else "",
            )
        )
    return tuple(views)
