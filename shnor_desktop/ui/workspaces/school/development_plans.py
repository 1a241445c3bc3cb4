"""«ИОМ»: teachers at the left with who has no plan or mentor; the plan of one at the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.models.development_plans import DevelopmentPlan
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.development import DevelopmentView, TeacherCard, begin_plan, development_view
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.workspaces.school.development_card import PLAN_ENTITIES, PlanCard, PlanLists, read_lists


@dataclass(frozen=True, slots=True)
class PlansData:
    """All teachers, and the plan of the chosen one with its lists."""

    view: DevelopmentView
    teacher: str
    fields: Mapping[str, FieldInfo]
    values: Mapping[str, WireValue]
    people: Options
    lists: PlanLists | None


class PlansPane(PartPane):
    """Plans of professional development; results of pupils do not enter them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current = ""
        self._data: PlansData | None = None
        self._target: Target | None = None
        self.teachers = CardList("Педагоги", title_lines=2, text_lines=1)
        self.teachers.card_chosen.connect(self._on_teacher_chosen)
        self._right = QStackedWidget()
        self.card = PlanCard(desk)
        self.card.row_chosen.connect(self.row_chosen)
        self._right.addWidget(self.card)
        self.no_plan: EmptyState | None = None
        self._split = MasterDetail(self.teachers, self._right, 0.3, "К педагогам")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._split)
        self._no_teachers: EmptyState | None = None
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._stack)

    def load(self, found: CheckResult) -> PlansData:
        """Teachers and the chosen plan."""
        workspace, school = self.desk.workspace, self.desk.school
        view = development_view(workspace, school)
        chosen = view.card(self.current) or next((card for card in view.cards if card.plan), None)
        chosen = chosen or next(iter(view.cards), None)
        plan = chosen.plan if chosen else None
        row = records.row(workspace, DevelopmentPlan, plan.id, school) if plan else None
        return PlansData(
            view,
            chosen.teacher.id if chosen else "",
            records.fields_of(workspace, DevelopmentPlan),
            records.wire_values(row) if row is not None else {},
            records.reference_choices(workspace, "staff_member", school),
            read_lists(workspace, school, plan.id, found.lines) if plan else None,
        )

    def show_data(self, snapshot: PlansData) -> None:
        """Fill the list and the card."""
        self._data = snapshot
        self.teachers.set_cards([_card(card, at, snapshot.view) for at, card in enumerate(_ordered(snapshot.view))])
        if not snapshot.view.cards:
            self._show_no_teachers()
            return
        self._stack.setCurrentWidget(self._split)
        is_other = snapshot.teacher != self.current
        self.current = snapshot.teacher
        if not self.teachers.current_id():
            self.teachers.select(snapshot.teacher)
        card = snapshot.view.card(snapshot.teacher)
        if card is None or card.plan is None or snapshot.lists is None:
            self._show_no_plan(card)
            return
        self.card.show_plan(card, snapshot.fields, snapshot.values, snapshot.people, snapshot.lists, is_other=is_other)
        self._right.setCurrentWidget(self.card)
        target, self._target = self._target, None
        if target is not None:
            self.show_target(target)

    def count(self, snapshot: PlansData) -> int | None:
        """How many plans there are."""
        return len(snapshot.view.cards) - len(snapshot.view.without_plan)

    def holds(self, entity: str) -> bool:
        """A plan or a row of it."""
        return entity in PLAN_ENTITIES

    def show_target(self, target: Target) -> None:
        """Open a teacher's plan, or a row of it."""
        wanted = _teacher_of(self._data.view, target, self._data.lists) if self._data else ""
        if not wanted:
            return
        if wanted != self.current:
            self._target = target
            self.teachers.select(wanted)
            return
        self.teachers.select(wanted)
        self._split.show_detail()
        if target.entity in PLAN_ENTITIES:
            self.card.show_target(target)

    def show_first(self, part: str) -> bool:
        """Say in the forms what is missing; the list of findings is on «Проверка»."""
        self.card.mark_missing()
        return False

    def history_of(self) -> tuple[str, str]:
        """The plan, or the chosen row of it."""
        return self.card.history_of()

    def row_to_print(self) -> str:
        """The teacher whose plan is shown."""
        return self.current

    def _show_no_teachers(self) -> None:
        if self._no_teachers is None:
            words = "ИОМ составляют для педагогов из списка. Сначала заполните страницу «Кадры»."
            button = "" if self.desk.is_read_only else "Перейти к кадрам"
            self._no_teachers = EmptyState("Здесь будут планы развития педагогов", words, button, "users")
            self._no_teachers.begin_requested.connect(lambda: self.desk.open("staff"))
            self._no_teachers.help_requested.connect(self.help_requested)
            self._stack.addWidget(self._no_teachers)
        self._stack.setCurrentWidget(self._no_teachers)

    def _show_no_plan(self, card: TeacherCard | None) -> None:
        if self.no_plan is not None:
            self._right.removeWidget(self.no_plan)
            self.no_plan.deleteLater()
        name = card.teacher.label if card else ""
        button = "" if self.desk.is_read_only else "Составить ИОМ"
        words = "Начало и окончание подставятся, цель, дефициты и шаги впишете следом."
        self.no_plan = EmptyState(f"{name}: плана ещё нет", words, button)
        self.no_plan.begin_requested.connect(self._on_plan_wanted)
        self.no_plan.help_requested.connect(self.help_requested)
        self._right.addWidget(self.no_plan)
        self._right.setCurrentWidget(self.no_plan)

    def _on_plan_wanted(self) -> None:
        teacher = self.current
        self.desk.write(lambda: begin_plan(self.desk.workspace, teacher))

    def _on_teacher_chosen(self, teacher: str) -> None:
        if teacher == self.current:
            return
        self.card.leave_field()
        self.current = teacher
        self.card.forget()
        self.wants_reading.emit()


def _ordered(view: DevelopmentView) -> list[TeacherCard]:
    """Those with a plan first, then those without."""
    return [card for card in view.cards if card.plan] + [card for card in view.cards if not card.plan]


def _card(card: TeacherCard, at: int, view: DevelopmentView) -> Card:
    with_plan = len(view.cards) - len(view.without_plan)
    heading = f"С планом · {with_plan}" if at == 0 and with_plan else ""
    if at == with_plan:
        heading = f"Без плана · {len(view.without_plan)}"
    parts = [card.progress, f"наставник: {card.mentor}" if card.mentor else ""]
    note, tone = "", Tone.MUTED
    if card.overdue:
        note, tone = f"просрочено {card.overdue}", Tone.HIGH
    elif card.lacks_mentor:
        note, tone = "нет наставника", Tone.MEDIUM
    return Card(
        card.teacher.id, card.teacher.label, " · ".join(filter(None, parts)), note, tone, heading=heading, icon="user"
    )


def _teacher_of(view: DevelopmentView, target: Target, lists: PlanLists | None) -> str:
    for card in view.cards:
        own = {card.teacher.id, *(one.id for one in (*card.deficits, *card.activities))}
        if card.plan is not None:
            own.add(card.plan.id)
            if lists is not None and lists.plan == card.plan.id:
                own |= {row.id for row in lists.meetings.rows}
        if target.row in own:
            return card.teacher.id
    return ""
