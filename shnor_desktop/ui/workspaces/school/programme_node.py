"""A goal, a task, an indicator or an antirisk programme in a form, with what it misses and the button that adds it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shnor_desktop.domain.positions import between
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.programme import AntiriskProgramme, Goal, TargetIndicator
from shnor_desktop.models.registry import entity as entity_info
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.services.deadlines import edit_phrase
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.programme_data import GOALS, TASKS, ProgrammeData
from shnor_desktop.ui.workspaces.school.programme_gaps import STEPS, Mending
from shnor_desktop.ui.workspaces.school.programme_offers import TaskOffers

_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    Goal.log_name: {"goal": ("title", "problem"), "task": ("title", "goal", "problem")},
    TargetIndicator.log_name: {
        "": ("title", "unit", "base", "base_date", "target", "goal", "reached_first", "reached_second", "code")
    },
    AntiriskProgramme.log_name: {"": ("title", "factor", "aim", "tasks", "expected")},
    Measure.log_name: {
        "": ("title", "task", "owner", "owner_text", "deadline", "due_on", "expected", "evidence", "antirisk")
    },
    ProblemField.log_name: {"": ("title", "facts", "causes")},
}
_PAGES = {Measure.log_name: ("roadmap", "Открыть в дорожной карте"), ProblemField.log_name: ("map", "Открыть в ДТК")}
_KINDS = {"goal": "Цель", "task": "Задача"}


class NodePage(ScrollColumn):
    """The form of one row of the programme; every field is saved when it is left."""

    closed = Signal()
    node_begun = Signal(str, str)
    measure_wanted = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.entity = ""
        self.row = ""
        self.form: RecordForm | None = None
        self._kind = ""
        self._data: ProgrammeData | None = None
        self.title = label("", TextStyle.SECTION)
        self.hanging = SignText(self)
        self.hanging.hide()
        self.remove = Button("Удалить", ButtonKind.QUIET, "trash-2", "Удалить; вернуть можно по Ctrl+Z")
        self.remove.clicked.connect(self._on_removed)
        self.task = Button("Добавить задачу", icon="plus")
        self.task.clicked.connect(lambda: self._begin_goal("task"))
        self.indicator = Button("Добавить показатель", icon="plus")
        self.indicator.clicked.connect(self._begin_indicator)
        self.measure = Button("Добавить мероприятие", icon="plus")
        self.measure.clicked.connect(lambda: self.measure_wanted.emit(self.row, self._value("problem")))
        self.elsewhere = Button("", ButtonKind.LINK, "arrow-right")
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.offers = TaskOffers(desk)
        top = QWidget(self)
        row = QHBoxLayout(top)
        set_gaps(row, 0.5)
        row.addWidget(self.title, 1)
        row.addWidget(self.remove)
        actions = QWidget(self)
        flow = FlowLayout(actions)
        set_gaps(flow, 0.5)
        for button in (self.task, self.indicator, self.measure, self.elsewhere):
            flow.addWidget(button)
        self._actions = actions
        for widget in (top, self.hanging, actions, self.offers):
            self.add(widget)

    def show_node(self, entity: str, row: str, data: ProgrammeData) -> bool:
        """Show a row; False if it is not there any more."""
        values = data.rows.values.get((entity, row))
        if values is None:
            return False
        self._data = data
        kind = str(values.get("kind") or "") if entity == Goal.log_name else ""
        if (entity, kind) != (self.entity, self._kind) or self.form is None:
            self._make_form(entity, kind, data)
        if row != self.row and self.form is not None:
            self.form.forget()
        self.entity, self.row, self._kind = entity, row, kind
        self._fill(values, data)
        return True

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        if self.form is not None:
            self.form.focus_field(name if name in self.form.editors else next(iter(self.form.editors)))

    def _make_form(self, entity: str, kind: str, data: ProgrammeData) -> None:
        if self.form is not None:
            self.column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        fields = data.rows.fields[entity]
        by_kind = _FIELDS[entity]
        names = by_kind.get(kind) or next(iter(by_kind.values()))
        self.form = RecordForm([fields[name] for name in names], parse)
        self.form.field_edited.connect(self._on_field_edited)
        self.add(self.form)

    def _fill(self, values: Mapping[str, object], data: ProgrammeData) -> None:
        assert self.form is not None
        for name, editor in self.form.editors.items():
            if editor.field.kind is FieldKind.REFERENCE:
                self.form.set_options(name, data.rows.options.get(self._target(name, editor.field.target), ()))
        errors = data.words(self.entity, self.row, is_error=True)
        warnings = data.words(self.entity, self.row, is_error=False)
        self.form.set_record(values, errors, self.desk.why_read_only, warnings=warnings)
        self.title.setText(_KINDS.get(self._kind) or entity_info(self.entity).caption)
        node = data.node(self.entity, self.row)
        missing = [*(node.hanging if node else ())]
        words = errors.get("") or (f"Здесь {', '.join(missing)}." if missing else "")
        self.hanging.set_words(words, "triangle-alert", Tone.MEDIUM)
        editable = not self.desk.is_read_only
        self.remove.setVisible(editable and self.entity != ProblemField.log_name)
        self.task.setVisible(editable and self._kind == "goal")
        self.indicator.setVisible(editable and self._kind in _KINDS)
        self.measure.setVisible(editable and self._kind == "task")
        page, words = _PAGES.get(self.entity, ("", ""))
        self.elsewhere.setText(words)
        self.elsewhere.setVisible(bool(page))
        self._actions.setVisible(bool(page) or (editable and self._kind in _KINDS))
        is_task = editable and self._kind == "task"
        self.offers.setVisible(is_task)
        if is_task:
            self.offers.show_task(self.row, self._value("problem"), data)

    def mend(self, gap: str) -> None:
        """Do what makes the missing thing of the row that is shown."""
        step = STEPS[gap]
        if step.mending is Mending.TASK:
            self._begin_goal("task")
        elif step.mending is Mending.INDICATOR:
            self._begin_indicator()
        elif step.mending is Mending.MEASURE:
            self.offers.open()
            self.show_widget(self.offers)
        elif step.mending is Mending.FIELD:
            self.focus_field(step.field)

    def _target(self, name: str, target: str) -> str:
        """A task belongs to a goal, a measure to a task."""
        if target != Goal.log_name or self.entity == TargetIndicator.log_name:
            return target
        return TASKS if name == "task" else GOALS

    def _on_elsewhere(self) -> None:
        self.desk.open(_PAGES[self.entity][0], Target(self.entity, self.row))

    def _value(self, name: str) -> str:
        values = self._data.rows.values.get((self.entity, self.row), {}) if self._data else {}
        return str(values.get(name) or "")

    def _on_field_edited(self, name: str, value: object) -> None:
        workspace, entity, row = self.desk.workspace, self.entity, self.row

        def on_refused(message: Worded) -> None:
            if self.row == row and self.form is not None:
                self.form.editors[name].set_error(f"{message.what} {message.do}")

        def work() -> records.Done:
            if (entity, name) == (Measure.log_name, "deadline"):
                return edit_phrase(workspace, row, value)
            return records.edit(workspace, entity, row, name, value)

        self.desk.write(work, refused=on_refused)

    def _on_removed(self) -> None:
        workspace, entity, row = self.desk.workspace, self.entity, self.row
        self.row = ""
        self.desk.write(lambda: records.remove(workspace, entity, row), lambda _done: self.closed.emit())

    def _begin_goal(self, kind: str) -> None:
        if self._data is None or self._data.programme is None:
            return
        values = new_goal(self._data, kind, self._value("problem"), self.row)
        workspace = self.desk.workspace
        self.desk.write(
            lambda: records.begin(workspace, Goal, values), lambda done: self.node_begun.emit(Goal.log_name, done.row)
        )

    def _begin_indicator(self) -> None:
        if self._data is None or self._data.programme is None:
            return
        values = {"programme": self._data.programme.id, "goal": self.row, "title": "Новый показатель", "unit": "%"}
        workspace = self.desk.workspace
        name = TargetIndicator.log_name
        self.desk.write(
            lambda: records.begin(workspace, TargetIndicator, values), lambda done: self.node_begun.emit(name, done.row)
        )


def new_goal(data: ProgrammeData, kind: str, problem: str = "", goal: str = "") -> dict[str, object]:
    """The values of a goal or task that is begun, after all that are there."""
    assert data.programme is not None
    last = max((str(values.get("position") or "") for _, values in data.rows.of(Goal.log_name)), default="")
    values: dict[str, object] = {
        "programme": data.programme.id,
        "kind": kind,
        "title": "Новая задача" if kind == "task" else "Новая цель",
        "position": between(last or None, None),
    }
    if problem:
        values["problem"] = problem
    if goal:
        values["goal"] = goal
    return values
