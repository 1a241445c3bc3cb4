"""«ИОМ»: teachers at the left with who has no plan or mentor; the card of one at the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult, check_facts
from shnor_desktop.services.development import DevelopmentView, TeacherCard, begin_plan, development_of
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import person_menu, print_document
from shnor_desktop.ui.pages.record_rows import counted
from shnor_desktop.ui.theme import Tone
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.workspaces.school.development_card import PlanCard, PlanLists, read_lists

_OWN = (DevelopmentPlan.log_name, DevelopmentDeficit.log_name, DevelopmentActivity.log_name)


@dataclass(frozen=True, slots=True)
class DevelopmentData:
    """All teachers, and the plan of the chosen one with its lists."""

    view: DevelopmentView
    teacher: str
    fields: Mapping[str, FieldInfo]
    values: Mapping[str, WireValue]
    people: Options
    lists: PlanLists | None
    findings: CheckResult


class DevelopmentPage(DeskPage):
    """Plans of professional development; results of pupils do not enter them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, "ИОМ", "Планы развития педагогов: дефициты, шаги и результат. Результаты учеников сюда не входят."
        )
        self.current = ""
        self._data: DevelopmentData | None = None
        self.teachers = CardList("Педагоги", title_lines=2, text_lines=1)
        self.teachers.card_chosen.connect(self._on_teacher_chosen)
        self._right = QStackedWidget()
        self.card = PlanCard(desk)
        self.card.row_chosen.connect(self.refresh_history)
        self._right.addWidget(self.card)
        self.no_plan: EmptyState | None = None
        self._split = MasterDetail(self.teachers, self._right, 0.3, "К педагогам")
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(person_menu(self, DocumentKind.DEVELOPMENT_PLANS, printing, lambda: self.current))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self._split))

    def load(self) -> DevelopmentData:
        """Teachers and the chosen plan."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        view = development_of(workspace.pack, facts)
        chosen = view.card(self.current) or next((card for card in view.cards if card.plan), None)
        chosen = chosen or next(iter(view.cards), None)
        found = check_facts(workspace, facts, school)
        plan = chosen.plan if chosen else None
        row = records.row(workspace, DevelopmentPlan, plan.id) if plan else None
        return DevelopmentData(
            view,
            chosen.teacher.id if chosen else "",
            records.fields_of(workspace, DevelopmentPlan),
            records.wire_values(row) if row is not None else {},
            records.reference_choices(workspace, "staff_member", school),
            read_lists(workspace, school, plan.id, found.lines) if plan else None,
            found,
        )

    def show_data(self, snapshot: DevelopmentData) -> None:
        """Fill the list and the card."""
        self._data = snapshot
        self.teachers.set_cards([_card(card, at, snapshot.view) for at, card in enumerate(_ordered(snapshot.view))])
        if not snapshot.view.cards:
            self._show_no_teachers()
            return
        self.show_body()
        self._show_progress(snapshot)
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

    def show_target(self, target: Target) -> None:
        """Open a teacher's plan, or a row of it."""
        view = self._data.view if self._data else None
        wanted = _teacher_of(view, target) if view else ""
        if not wanted:
            return
        if wanted != self.current:
            self.current = wanted
            self.open_target(str(target))
            return
        self.teachers.select(wanted)
        self._split.show_detail()
        if target.entity in _OWN:
            self.card.show_target(target)

    def history_of(self) -> tuple[str, str]:
        """The plan, or the chosen row of it."""
        return self.card.history_of()

    def print_page(self) -> None:
        """Ctrl+P: the plans of all teachers as a document."""
        print_document(self, DocumentKind.DEVELOPMENT_PLANS)

    def _show_progress(self, data: DevelopmentData) -> None:
        lines = data.findings.by_page.get(findings.DEVELOPMENT, ())
        errors, warnings = counted(lines)
        cards = data.view.cards
        extra = f"без наставника: {len(data.view.without_mentor)}" if data.view.without_mentor else ""
        with_plan = len(cards) - len(data.view.without_plan)
        people = plural(len(cards), "педагога", "педагогов", "педагогов")
        words = f"{plural(with_plan, 'план', 'плана', 'планов')} на {people}"
        self.header.set_progress(Progress(0, 0, errors, warnings, " · ".join(filter(None, (words, extra)))))

    def _show_no_teachers(self) -> None:
        self.header.set_progress(None)
        empty = EmptyState(
            "Сначала список педагогов",
            "Планы развития составляют для педагогов из списка «Кадры». Внесите его, и здесь появится каждый.",
            "Открыть «Кадры»",
            "users",
        )
        empty.begin_requested.connect(lambda: self.desk.open(findings.STAFF))
        empty.help_requested.connect(lambda: self.ask_help(findings.DEVELOPMENT))
        self.show_empty(empty)

    def _show_no_plan(self, card: TeacherCard | None) -> None:
        if self.no_plan is not None:
            self._right.removeWidget(self.no_plan)
            self.no_plan.deleteLater()
        name = card.teacher.label if card else ""
        button = "" if self.desk.is_read_only else "Начать план"
        self.no_plan = EmptyState(
            name, "Плана развития ещё нет. Он начнётся сегодняшним днём; цель, дефициты и шаги впишете следом.", button
        )
        self.no_plan.begin_requested.connect(self._on_plan_wanted)
        self.no_plan.help_requested.connect(lambda: self.ask_help(findings.DEVELOPMENT))
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
        self.refresh()

    def _on_progress_chosen(self, part: str) -> None:
        data = self._data
        if data is None:
            return
        if part == "extra":
            first = next(iter(data.view.without_plan), None)
            if first is not None:
                self.teachers.select(first.teacher.id)
            return
        self.card.mark_missing()
        lines = data.findings.by_page.get(findings.DEVELOPMENT, ())
        wanted = [line for line in lines if line.is_error != (part == "warnings")]
        if wanted:
            self.open_target(str(Target(wanted[0].entity, wanted[0].row, wanted[0].field)))


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


def _teacher_of(view: DevelopmentView, target: Target) -> str:
    for card in view.cards:
        own = {card.teacher.id, *(one.id for one in (*card.deficits, *card.activities))}
        if card.plan is not None:
            own.add(card.plan.id)
        if target.row in own:
            return card.teacher.id
    return ""
