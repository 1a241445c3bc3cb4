"""Development plans: what a teacher lacks, what is done about it, and who helps."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import PlanFact, StaffFact
from shnor_desktop.domain.findings import DEVELOPMENT, CheckCode, Finding, about, short_label
from shnor_desktop.domain.russian import plural


def development_findings(case: Case) -> Iterator[Finding]:
    """Plan by plan, then the teachers whom the model wants to have a mentor."""
    plans = case.facts.plans
    if not plans:
        yield Finding(CheckCode.PLANS_ABSENT, DEVELOPMENT, "development_plan")
    people = {person.id: person for person in case.facts.staff}
    core = {person.id for person in _core_teachers(case)}
    for plan in plans:
        named = short_label(people[plan.teacher].label) if plan.teacher in people else "педагог не указан"
        if plan.teacher not in people:
            yield about(plan, CheckCode.PLAN_WITHOUT_TEACHER, DEVELOPMENT, "teacher")
        yield from _mentor(case, plan, named, plan.teacher in core)
        yield from _content(case, plan, named)
    planned = {plan.teacher for plan in plans}
    for person in _core_teachers(case) if plans else ():
        if person.id not in planned:
            yield about(person, CheckCode.CORE_TEACHER_WITHOUT_PLAN, DEVELOPMENT)


def _core_teachers(case: Case) -> tuple[StaffFact, ...]:
    subjects = frozenset(case.pack.mentor_rule.subjects)
    return tuple(person for person in case.facts.staff if not subjects.isdisjoint(person.subjects))


def _mentor(case: Case, plan: PlanFact, teacher: str, is_core: bool) -> Iterator[Finding]:
    """A mentor is named; where there is none, the model asks teachers of its subjects why."""
    if plan.mentoring == "has":
        if plan.mentor is None and is_blank(plan.mentor_text):
            yield about(plan, CheckCode.MENTOR_UNNAMED, DEVELOPMENT, "mentor", teacher=teacher)
        elif plan.mentor is not None and plan.mentor == plan.teacher:
            yield about(plan, CheckCode.MENTOR_IS_TEACHER, DEVELOPMENT, "mentor", teacher=teacher)
        return
    state = next((item for item in case.pack.mentor_rule.states if item.code == plan.mentoring), None)
    if is_core and state is not None and state.needs_reason and is_blank(plan.mentoring_reason):
        caption = state.caption.lower()
        yield about(
            plan, CheckCode.MENTORING_UNEXPLAINED, DEVELOPMENT, "mentoring_reason", teacher=teacher, state=caption
        )


def _content(case: Case, plan: PlanFact, teacher: str) -> Iterator[Finding]:
    starts, ends = plan.starts_on, plan.ends_on
    if starts is not None and ends is not None and ends < starts:
        yield about(plan, CheckCode.PLAN_DATES_REVERSED, DEVELOPMENT, "ends_on", teacher=teacher)
    if not any(deficit.plan == plan.id for deficit in case.facts.deficits):
        yield about(plan, CheckCode.PLAN_WITHOUT_DEFICITS, DEVELOPMENT, teacher=teacher)
    activities = [activity for activity in case.facts.activities if activity.plan == plan.id]
    if not any(activity.state != "cancelled" for activity in activities):
        yield about(plan, CheckCode.PLAN_WITHOUT_ACTIVITIES, DEVELOPMENT, teacher=teacher)
    if plan.state == "done" and plan.diagnostics_out is None:
        yield about(plan, CheckCode.PLAN_WITHOUT_DIAGNOSTICS, DEVELOPMENT, "diagnostics_out", teacher=teacher)
    overdue = 0
    for activity in activities:
        due = activity.due_on
        if due is None or activity.state == "cancelled":
            continue
        if starts is not None and ends is not None and starts <= ends and not starts <= due <= ends:
            yield about(activity, CheckCode.PLAN_ACTIVITY_OUTSIDE, DEVELOPMENT, "due_on", teacher=teacher)
        overdue += activity.state != "done" and due < case.as_of
    if overdue:
        steps = plural(overdue, "шаг", "шага", "шагов")
        yield about(plan, CheckCode.PLAN_ACTIVITIES_OVERDUE, DEVELOPMENT, "state", teacher=teacher, steps=steps)
