"""The plan of one teacher: the plan itself with diagnostics in and out, its deficits, its steps, its mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.russian import number
from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.teaching import MentorMeeting
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.development import TeacherCard
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import Problems, RecordRows, RecordSpec, problems_of, read_rows
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, set_chars, set_gaps
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.segments import SegmentBar

_PLAN = "plan"
PLAN_ENTITIES = (
    DevelopmentPlan.log_name,
    DevelopmentDeficit.log_name,
    DevelopmentActivity.log_name,
    MentorMeeting.log_name,
)
"""A plan and the rows of its lists."""


def deficits_of(plan: str) -> RecordSpec:
    """The deficits of a plan."""
    return RecordSpec(
        cls=DevelopmentDeficit,
        columns=("description", "level"),
        add="Добавить дефицит",
        empty_title="Дефициты",
        empty_text="Что показала диагностика: чего педагогу не хватает и насколько это выражено.",
        first=("kind", "description"),
        fixed={"plan": plan},
        widths={"description": 26, "level": 14},
        row_lines=2,
    )


def steps_of(plan: str) -> RecordSpec:
    """The activities of a plan."""
    return RecordSpec(
        cls=DevelopmentActivity,
        columns=("title", "due_on", "state"),
        add="Добавить шаг",
        empty_title="Шаги плана",
        empty_text="Курсы, наставничество, открытые уроки: что делает педагог, до какого числа и чем это закончится.",
        first=("form", "title", "due_on"),
        fixed={"plan": plan},
        begun_with={"state": "planned"},
        widths={"title": 26, "due_on": 11, "state": 14},
        row_lines=2,
    )


def meetings_of(plan: str) -> RecordSpec:
    """The meetings with the mentor."""
    return RecordSpec(
        cls=MentorMeeting,
        columns=("held_on", "topic", "again_on"),
        add="Добавить встречу",
        empty_title="Встречи с наставником",
        empty_text="Когда встречались и о чём договорились; день следующей встречи попадёт в «Сегодня».",
        first=("held_on", "topic"),
        fixed={"plan": plan},
        widths={"held_on": 14, "topic": 22, "again_on": 11},
        titles={"again_on": "Следующая"},
        stretching=("topic",),
        newest_first="held_on",
        row_lines=2,
    )


@dataclass(frozen=True, slots=True)
class PlanLists:
    """The rows of a plan's lists and the words of the check for the plan itself."""

    plan: str
    deficits: RecordRows
    steps: RecordRows
    meetings: RecordRows
    problems: Problems

    @property
    def by_entity(self) -> dict[str, RecordRows]:
        """The lists by the log names of their rows, in order."""
        return {
            DevelopmentDeficit.log_name: self.deficits,
            DevelopmentActivity.log_name: self.steps,
            MentorMeeting.log_name: self.meetings,
        }


_SPECS = {
    DevelopmentDeficit.log_name: deficits_of,
    DevelopmentActivity.log_name: steps_of,
    MentorMeeting.log_name: meetings_of,
}
_TITLES = {
    DevelopmentDeficit.log_name: "Дефициты",
    DevelopmentActivity.log_name: "Шаги",
    MentorMeeting.log_name: "Встречи",
}


def read_lists(workspace: Workspace, school: str, plan: str, lines: Sequence[CheckLine]) -> PlanLists:
    """Read the lists of a plan; called off the interface thread."""
    deficits, steps, meetings = (read_rows(workspace, make(plan), school, lines) for make in _SPECS.values())
    return PlanLists(plan, deficits, steps, meetings, problems_of(lines, DevelopmentPlan.log_name))


class PlanCard(QWidget):
    """Four parts: the plan, the deficits, the steps, the meetings with the mentor."""

    row_chosen = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.plan = ""
        self.marks_missing = False
        self.form: RecordForm | None = None
        self._lists: PlanLists | None = None
        self.panels: dict[str, RecordPanel] = {}
        self.name = label("", TextStyle.SECTION)
        self.parts = SegmentBar("Части плана")
        self.parts.set_segments(((_PLAN, "План"), *_TITLES.items()))
        self.parts.chosen.connect(self._show_part)
        self.diagnostics = ChartPanel("Диагностика до и после")
        set_chars(self.diagnostics, 30, 90)
        self.area = ScrollColumn()
        self.area.add(self.diagnostics)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.area)
        top = QVBoxLayout()
        set_gaps(top, 0.1, (1, 0.5, 1, 0))
        top.addWidget(self.name)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2)
        column.addLayout(top)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)

    def show_plan(
        self,
        card: TeacherCard,
        fields: Mapping[str, FieldInfo],
        values: Mapping[str, WireValue],
        people: Options,
        lists: PlanLists,
        is_other: bool,
    ) -> None:
        """Show a plan; `is_other` when another one was shown before."""
        self.name.setText(card.teacher.label)
        if self.plan != lists.plan:
            self._forget_lists()
        self.plan = lists.plan
        self._lists = lists
        self._fill_form(fields, values, people, lists)
        self._show_diagnostics(card)
        counts = {name: len(rows.rows) for name, rows in lists.by_entity.items()}
        words = [(name, f"{title} · {counts[name]}" if counts[name] else title) for name, title in _TITLES.items()]
        self.parts.set_segments(((_PLAN, "План"), *words))
        self._show_part(self.parts.current())
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def mark_missing(self) -> None:
        """Say from now on under each required field that it is empty."""
        self.marks_missing = True
        for panel in self.panels.values():
            panel.mark_missing()

    def show_target(self, target: Target) -> None:
        """Open the part with the row or field."""
        if target.entity in _SPECS:
            self._show_part(target.entity)
            self._panel(target.entity).select(target.row, target.field)
        elif self.form is not None:
            self._show_part(_PLAN)
            self.form.focus_field(target.field)

    def history_of(self) -> tuple[str, str]:
        """The chosen row of the part that is shown, else the plan."""
        part = self.parts.current()
        panel = self.panels.get(part)
        return (part, panel.current) if panel is not None and panel.current else (DevelopmentPlan.log_name, self.plan)

    def forget(self) -> None:
        """Another teacher comes."""
        if self.form is not None:
            self.form.forget()

    def leave_field(self) -> None:
        """What is being typed belongs to the plan that is left."""
        for form in (self.form, *(panel.form for panel in self.panels.values())):
            self.desk.leave_form(form)

    def _fill_form(
        self,
        fields: Mapping[str, FieldInfo],
        values: Mapping[str, WireValue],
        people: Options,
        lists: PlanLists,
    ) -> None:
        if self.form is None:
            self.form = RecordForm([field for name, field in fields.items() if name != "teacher"], parse)
            self.form.field_edited.connect(self._on_field_edited)
            self.area.add(self.form)
        if self.form.editors["mentor"].property("people") != people:
            self.form.set_options("mentor", people)
            self.form.editors["mentor"].setProperty("people", people)
        errors = lists.problems.shown_errors(lists.plan, self.marks_missing)
        warnings = lists.problems.warnings.get(lists.plan, {})
        self.form.set_record(values, errors, self.desk.why_read_only, warnings=warnings)

    def _show_diagnostics(self, card: TeacherCard) -> None:
        plan = card.plan
        known = plan is not None and plan.diagnostics_in is not None
        self.diagnostics.setVisible(known)
        if plan is None or plan.diagnostics_in is None:
            return
        bars = [Bar("входная", float(plan.diagnostics_in), f"{number(plan.diagnostics_in)} %")]
        after = plan.diagnostics_out
        bars.append(Bar("итоговая", float(after or 0), "ещё не проведена" if after is None else f"{number(after)} %"))
        self.diagnostics.set_bars(bars, 100, card.change or "Итоговая появится после второй диагностики.")

    def _forget_lists(self) -> None:
        """Another plan has lists of its own."""
        for old in self.panels.values():
            self._stack.removeWidget(old)
            old.deleteLater()
        self.panels = {}

    def _panel(self, log_name: str) -> RecordPanel:
        if log_name not in self.panels:
            panel = RecordPanel(self.desk, _SPECS[log_name](self.plan), 0.5, has_add=True)
            panel.marks_missing = self.marks_missing
            panel.row_chosen.connect(lambda _row: self.row_chosen.emit())
            panel.help_requested.connect(lambda: self.desk.window.help_requested.emit("development"))
            self._stack.addWidget(panel)
            self.panels[log_name] = panel
        return self.panels[log_name]

    def _show_part(self, part: str) -> None:
        self.parts.select(part)
        lists = self._lists
        if part in _SPECS and lists is not None:
            self._panel(part).show_rows(lists.by_entity[part])
            self._stack.setCurrentWidget(self._panel(part))
        else:
            self._stack.setCurrentWidget(self.area)
        self.row_chosen.emit()

    def _on_field_edited(self, name: str, value: object) -> None:
        desk, plan = self.desk, self.plan

        def on_refused(message: Worded) -> None:
            if self.form is not None and self.plan == plan:
                self.form.editors[name].set_error(f"{message.what} {message.do}")

        log_name = DevelopmentPlan.log_name
        desk.write(lambda: records.edit(desk.workspace, log_name, plan, name, value, desk.school), refused=on_refused)
