"""Development plans of teachers (ИОМ): who has none, who lacks a mentor, what came of the activities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import ActivityFact, DeficitFact, PlanFact, SchoolFacts, StaffFact
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import number
from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentPlan
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TeacherCard:
    """A teacher with the plan, if there is one. `difference` is the final diagnostics less the entrance one."""

    teacher: StaffFact
    plan: PlanFact | None
    deficits: tuple[DeficitFact, ...]
    activities: tuple[ActivityFact, ...]
    overdue: int
    mentor: str
    """The mentor's name, or the words of the state («не требуется»); empty while nothing is said."""
    is_core: bool
    """Teaches a subject whose every teacher the methodology wants to have a mentor."""
    difference: Decimal | None

    @property
    def lacks_plan(self) -> bool:
        """No development plan yet."""
        return self.plan is None

    @property
    def lacks_mentor(self) -> bool:
        """A teacher of such a subject of whom nothing is said about a mentor."""
        return self.is_core and not self.mentor

    @property
    def done(self) -> int:
        """Activities that are done."""
        return sum(1 for activity in self.activities if activity.state == "done")

    @property
    def progress(self) -> str:
        """«2 из 5 шагов»; empty without steps."""
        planned = [item for item in self.activities if item.state != "cancelled"]
        return f"{self.done} из {len(planned)} шагов" if planned else ""

    @property
    def change(self) -> str:
        """«42 % → 61 % (+19)»; empty without both diagnostics."""
        if self.plan is None or self.difference is None:
            return ""
        before, after = self.plan.diagnostics_in or Decimal(0), self.plan.diagnostics_out or Decimal(0)
        sign = "+" if self.difference >= 0 else ""
        return f"{number(before)} % → {number(after)} % ({sign}{number(self.difference)})"


@dataclass(frozen=True, slots=True)
class DevelopmentView:
    """All teachers: those without a plan and core teachers without a mentor are counted."""

    cards: tuple[TeacherCard, ...]

    @property
    def without_plan(self) -> tuple[TeacherCard, ...]:
        """Teachers who have no plan."""
        return tuple(card for card in self.cards if card.lacks_plan)

    @property
    def without_mentor(self) -> tuple[TeacherCard, ...]:
        """Teachers of Russian and mathematics (as the methodology says) without a mentor."""
        return tuple(card for card in self.cards if card.lacks_mentor)

    def card(self, teacher: str) -> TeacherCard | None:
        """The card of a teacher."""
        return next((card for card in self.cards if card.teacher.id == teacher), None)


def development_view(workspace: Workspace, school: str | None = None) -> DevelopmentView:
    """The staff list with the development plans."""
    return development_of(workspace.pack_of(school), read_facts(workspace, school))


def development_of(pack: Pack, facts: SchoolFacts) -> DevelopmentView:
    """The same from facts that were read already; the newest plan of a teacher counts."""
    plans = {plan.teacher: plan for plan in sorted(facts.plans, key=lambda item: (item.starts_on or date.min, item.id))}
    people = {person.id: person.label for person in facts.staff}
    states = {choice.code: choice.caption.lower() for choice in pack.mentor_rule.states}
    subjects = frozenset(pack.mentor_rule.subjects)
    cards = []
    for teacher in sorted(facts.staff, key=lambda item: item.label.casefold()):
        plan = plans.get(teacher.id)
        activities = tuple(item for item in facts.activities if plan and item.plan == plan.id)
        cards.append(
            TeacherCard(
                teacher=teacher,
                plan=plan,
                deficits=tuple(item for item in facts.deficits if plan and item.plan == plan.id),
                activities=tuple(sorted(activities, key=lambda item: (item.due_on or date.max, item.id))),
                overdue=sum(1 for item in activities if is_overdue(item, facts.as_of)),
                mentor=_mentor(plan, people, states),
                is_core=not subjects.isdisjoint(teacher.subjects),
                difference=_difference(plan),
            )
        )
    return DevelopmentView(tuple(cards))


def begin_plan(workspace: Workspace, teacher: str) -> Done:
    """Begin the plan of a teacher, from today to the end of the project; refused where there is one."""
    facts = read_facts(workspace)
    person = next((item for item in facts.staff if item.id == teacher), None)
    if any(plan.teacher == teacher for plan in facts.plans):
        raise KnownError("development.plan_exists", teacher=person.label if person else "")
    starts = today(workspace)
    values = {
        "teacher": teacher,
        "starts_on": starts,
        "ends_on": max(starts, workspace.pack.period_end),
        "state": "draft",
    }
    return records.begin(workspace, DevelopmentPlan, values)


def mark_activity_done(workspace: Workspace, row: str, result: str = "", done_on: date | str | None = None) -> Done:
    """A step of a plan is done; the day is today unless another is given."""
    values: dict[str, object] = {"state": "done", "done_on": done_on or today(workspace)}
    if result.strip():
        values["result"] = result
    return records.edit_many(workspace, DevelopmentActivity.log_name, row, values)


def is_overdue(activity: ActivityFact, as_of: date) -> bool:
    """The day of an open step has passed."""
    return activity.state not in ("done", "cancelled") and activity.due_on is not None and activity.due_on < as_of


def _mentor(plan: PlanFact | None, people: dict[str, str], states: dict[str, str]) -> str:
    if plan is None:
        return ""
    if plan.mentoring == "has":
        return people.get(plan.mentor or "") or plan.mentor_text or ""
    return states.get(plan.mentoring or "", "")


def _difference(plan: PlanFact | None) -> Decimal | None:
    if plan is None or plan.diagnostics_in is None or plan.diagnostics_out is None:
        return None
    return plan.diagnostics_out - plan.diagnostics_in
