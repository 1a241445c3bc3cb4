"""«Наставники»: whom the methodology wants to have a mentor, who has none and why, the meetings of each pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.models.development_plans import DevelopmentPlan
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.development import begin_plan
from shnor_desktop.services.mentoring import MentoredTeacher, MentoringView, mentoring_view
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.offer_strip import OfferStrip
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import Problems, RecordRows, problems_of, read_rows
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps, set_lines
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState, ScrollColumn
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.development_card import meetings_of

_FIELDS = ("mentoring", "mentor", "mentor_text", "mentoring_reason")
_WHO, _MEETINGS = "who", "meetings"
_LEAST_LINES = 11


@dataclass(frozen=True, slots=True)
class MentorsData:
    """The coverage, and what is said of the chosen teacher."""

    view: MentoringView
    teacher: MentoredTeacher | None
    fields: Mapping[str, FieldInfo]
    values: Mapping[str, WireValue]
    people: Options
    meetings: RecordRows | None
    problems: Problems


class MentorsPane(PartPane):
    """Teachers at the left, the mentor and the meetings at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current = ""
        self._plan = ""
        self.form: RecordForm | None = None
        self.meetings: RecordPanel | None = None
        self.no_plan: EmptyState | None = None
        self.strip = OfferStrip()
        self.list = CardList("Учителя и их наставники", title_lines=2, text_lines=2)
        self.list.card_chosen.connect(self._on_teacher_chosen)
        self.name = label("", TextStyle.SECTION)
        self.parts = SegmentBar("Части")
        self.parts.set_segments(((_WHO, "Наставник"), (_MEETINGS, "Встречи")))
        self.parts.chosen.connect(self._on_part_chosen)
        self.area = ScrollColumn()
        self._inner = QStackedWidget()
        self._inner.addWidget(self.area)
        self._right = QStackedWidget()
        self._right.addWidget(self._make_detail())
        set_lines(self._right, _LEAST_LINES)
        words = "Учителей, которым методика предлагает наставника, в списке нет. Предметы педагогов — на «Кадрах»."
        self.empty = EmptyState("Здесь будут наставники", words, "" if desk.is_read_only else "К кадрам", "users")
        self.empty.begin_requested.connect(lambda: desk.open("staff"))
        self.empty.help_requested.connect(self.help_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(MasterDetail(self.list, self._right, 0.32, "К учителям"))
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)

    def load(self, found: CheckResult) -> MentorsData:
        """The coverage and the chosen teacher."""
        workspace, school = self.desk.workspace, self.desk.school
        view = mentoring_view(workspace, school)
        teacher = view.teacher(self.current) or next(iter((*view.wanted, *view.others)), None)
        plan = teacher.card.plan if teacher else None
        row = records.row(workspace, DevelopmentPlan, plan.id, school) if plan else None
        return MentorsData(
            view,
            teacher,
            records.fields_of(workspace, DevelopmentPlan),
            records.wire_values(row) if row is not None else {},
            records.reference_choices(workspace, "staff_member", school),
            read_rows(workspace, meetings_of(plan.id), school, found.lines) if plan else None,
            problems_of(found.lines, DevelopmentPlan.log_name),
        )

    def show_data(self, snapshot: MentorsData) -> None:
        """Fill the list and the chosen teacher."""
        view = snapshot.view
        self.strip.show_offer("\n".join(filter(None, (view.words, view.rule))))
        self.list.blockSignals(True)
        self.list.set_cards(_cards(view))
        if snapshot.teacher is not None and not self.list.current_id():
            self.list.select(snapshot.teacher.card.teacher.id)
        self.list.blockSignals(False)
        self._stack.setCurrentIndex(0 if snapshot.teacher is not None else 1)
        if snapshot.teacher is None:
            return
        self.current = snapshot.teacher.card.teacher.id
        plan = snapshot.teacher.card.plan
        if plan is None or snapshot.meetings is None:
            self._show_no_plan(snapshot.teacher)
            return
        self.name.setText(snapshot.teacher.card.teacher.label)
        if plan.id != self._plan:
            self._forget_meetings()
        self._plan = plan.id
        self._fill_form(snapshot)
        self._panel().show_rows(snapshot.meetings)
        count = len(snapshot.meetings.rows)
        self.parts.set_segments(((_WHO, "Наставник"), (_MEETINGS, f"Встречи · {count}" if count else "Встречи")))
        self._right.setCurrentIndex(0)

    def count(self, snapshot: MentorsData) -> int | None:
        """Of how many teachers it is still to be decided."""
        return sum(1 for item in snapshot.view.wanted if not item.is_settled)

    def history_of(self) -> tuple[str, str]:
        """The plan that holds the mentor."""
        return DevelopmentPlan.log_name, self._plan

    def _make_detail(self) -> QWidget:
        whole = QWidget()
        top = QVBoxLayout()
        set_gaps(top, 0, (1, 0.5, 1, 0))
        top.addWidget(self.name)
        column = QVBoxLayout(whole)
        set_gaps(column, 0.2)
        column.addLayout(top)
        column.addWidget(self.parts)
        column.addWidget(self._inner, 1)
        return whole

    def _fill_form(self, snapshot: MentorsData) -> None:
        if self.form is None:
            self.form = RecordForm([snapshot.fields[name] for name in _FIELDS], parse)
            self.form.field_edited.connect(self._on_field_edited)
            self.area.add(self.form)
        if self.form.editors["mentor"].property("rows") != snapshot.people:
            self.form.set_options("mentor", snapshot.people)
            self.form.editors["mentor"].setProperty("rows", snapshot.people)
        errors = snapshot.problems.shown_errors(self._plan, False)
        warnings = snapshot.problems.warnings.get(self._plan, {})
        self.form.set_record(snapshot.values, errors, self.desk.why_read_only, warnings=warnings)

    def _panel(self) -> RecordPanel:
        if self.meetings is None:
            self.meetings = RecordPanel(self.desk, meetings_of(self._plan), 0.5, has_add=True)
            self.meetings.help_requested.connect(self.help_requested)
            self._inner.addWidget(self.meetings)
            self._on_part_chosen(self.parts.current())
        return self.meetings

    def _forget_meetings(self) -> None:
        if self.meetings is not None:
            self._inner.removeWidget(self.meetings)
            self.meetings.deleteLater()
            self.meetings = None
        if self.form is not None:
            self.form.forget()

    def _show_no_plan(self, teacher: MentoredTeacher) -> None:
        if self.no_plan is not None:
            self._right.removeWidget(self.no_plan)
            self.no_plan.deleteLater()
        words = "Наставник называется в ИОМ. План начнётся с сегодняшнего дня, цель и шаги впишете в части «ИОМ»."
        button = "" if self.desk.is_read_only else "Начать ИОМ и назвать наставника"
        self.no_plan = EmptyState(teacher.card.teacher.label, words, button)
        self.no_plan.begin_requested.connect(self._on_plan_wanted)
        self.no_plan.help_requested.connect(self.help_requested)
        self._right.addWidget(self.no_plan)
        self._right.setCurrentWidget(self.no_plan)

    def _on_plan_wanted(self) -> None:
        teacher = self.current
        self.desk.write(lambda: begin_plan(self.desk.workspace, teacher))

    def _on_part_chosen(self, part: str) -> None:
        if self.meetings is not None:
            self._inner.setCurrentWidget(self.meetings if part == _MEETINGS else self.area)

    def _on_teacher_chosen(self, teacher: str) -> None:
        if teacher != self.current:
            self.desk.leave_form(self.form)
            self.current = teacher
            self.row_chosen.emit()
            self.wants_reading.emit()

    def _on_field_edited(self, name: str, value: object) -> None:
        desk, plan = self.desk, self._plan

        def on_refused(message: Worded) -> None:
            if self.form is not None and self._plan == plan:
                self.form.editors[name].set_error(f"{message.what} {message.do}")

        log_name = DevelopmentPlan.log_name
        desk.write(lambda: records.edit(desk.workspace, log_name, plan, name, value, desk.school), refused=on_refused)


def _cards(view: MentoringView) -> list[Card]:
    made = []
    for heading, teachers in (("Методика предлагает наставника", view.wanted), ("Ещё с наставником", view.others)):
        for at, item in enumerate(teachers):
            title = f"{heading} · {len(teachers)}" if at == 0 else ""
            tone = Tone.LOW if item.is_settled else Tone.MEDIUM
            text = " · ".join(filter(None, (item.words, item.met)))
            icon = "circle-check" if item.is_settled else "triangle-alert"
            card = Card(item.card.teacher.id, item.card.teacher.label, text, icon=icon, icon_tone=tone, heading=title)
            made.append(card)
    return made
