"""The plan of one teacher: the plan itself with diagnostics in and out, its deficits, its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.russian import number
from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.fields import FieldInfo
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

_PLAN, _DEFICITS, _STEPS = "plan", "deficits", "steps"


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


@dataclass(frozen=True, slots=True)
class PlanLists:
    """The rows of a plan's lists and the words of the check for the plan itself."""

    plan: str
    deficits: RecordRows
    steps: RecordRows
    problems: Problems


def read_lists(workspace: Workspace, school: str, plan: str, lines: Sequence[CheckLine]) -> PlanLists:
    """Read the lists of a plan; called off the interface thread."""
    return PlanLists(
        plan,
        read_rows(workspace, deficits_of(plan), school, lines),
        read_rows(workspace, steps_of(plan), school, lines),
        problems_of(lines, DevelopmentPlan.log_name),
    )


class PlanCard(QWidget):
    """Three parts: the plan, the deficits, the steps."""

    row_chosen = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.plan = ""
        self.marks_missing = False
        self.form: RecordForm | None = None
        self._lists: PlanLists | None = None
        self.deficits: RecordPanel | None = None
        self.steps: RecordPanel | None = None
        self.name = label("", TextStyle.SECTION)
        self.parts = SegmentBar("Части плана")
        self.parts.set_segments(((_PLAN, "План"), (_DEFICITS, "Дефициты"), (_STEPS, "Шаги")))
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
        self.parts.set_segments(
            (
                (_PLAN, "План"),
                (_DEFICITS, f"Дефициты · {len(card.deficits)}"),
                (_STEPS, f"Шаги · {len(card.activities)}"),
            )
        )
        self._show_part(self.parts.current())
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def mark_missing(self) -> None:
        """Say from now on under each required field that it is empty."""
        self.marks_missing = True
        for panel in (self.deficits, self.steps):
            if panel is not None:
                panel.mark_missing()

    def show_target(self, target: Target) -> None:
        """Open the part with the row or field."""
        if target.entity == DevelopmentDeficit.log_name:
            self._show_part(_DEFICITS)
            self._deficits_panel().select(target.row, target.field)
        elif target.entity == DevelopmentActivity.log_name:
            self._show_part(_STEPS)
            self._steps_panel().select(target.row, target.field)
        elif self.form is not None:
            self._show_part(_PLAN)
            self.form.focus_field(target.field)

    def history_of(self) -> tuple[str, str]:
        """The chosen row of the part that is shown, else the plan."""
        part = self.parts.current()
        if part == _DEFICITS and self.deficits is not None and self.deficits.current:
            return DevelopmentDeficit.log_name, self.deficits.current
        if part == _STEPS and self.steps is not None and self.steps.current:
            return DevelopmentActivity.log_name, self.steps.current
        return DevelopmentPlan.log_name, self.plan

    def forget(self) -> None:
        """Another teacher comes."""
        if self.form is not None:
            self.form.forget()

    def leave_field(self) -> None:
        """What is being typed belongs to the plan that is left."""
        for form in (self.form, *(panel.form for panel in (self.deficits, self.steps) if panel is not None)):
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
        for old in (self.deficits, self.steps):
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
        self.deficits = self.steps = None

    def _deficits_panel(self) -> RecordPanel:
        if self.deficits is None:
            self.deficits = self._make_panel(deficits_of(self.plan))
        return self.deficits

    def _steps_panel(self) -> RecordPanel:
        if self.steps is None:
            self.steps = self._make_panel(steps_of(self.plan))
        return self.steps

    def _make_panel(self, spec: RecordSpec) -> RecordPanel:
        panel = RecordPanel(self.desk, spec, 0.5)
        panel.marks_missing = self.marks_missing
        panel.row_chosen.connect(lambda _row: self.row_chosen.emit())
        panel.help_requested.connect(lambda: self.desk.window.help_requested.emit("development"))
        self._stack.addWidget(panel)
        return panel

    def _show_part(self, part: str) -> None:
        self.parts.select(part)
        lists = self._lists
        if part == _DEFICITS and lists is not None:
            self._deficits_panel().show_rows(lists.deficits)
            self._stack.setCurrentWidget(self._deficits_panel())
        elif part == _STEPS and lists is not None:
            self._steps_panel().show_rows(lists.steps)
            self._stack.setCurrentWidget(self._steps_panel())
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
