"""Orders of the school: drafted from the templates of the methodology, with the lists that belong to them."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import AssignmentFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack, fill_template
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.quality import SchoolOrder
from shnor_desktop.services import records
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.quality import cycle_of, year_of
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

TEAM, MENTORS, QUALITY_PLAN, PARTNERSHIP, COURSES = "team", "mentors", "quality_plan", "partnership", "courses"
_ASKED_COURSES = ("requested", "enrolled", "studying")


@dataclass(frozen=True, slots=True)
class Annex:
    """A list that belongs to an order: a title, the heads of its columns, the rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str


def draft_order(workspace: Workspace, kind: str, source: DraftSource) -> Done:
    """Begin an order from its template; number and date wait until it is signed."""
    template = next((item for item in source.pack.order_templates if item.code == kind), None)
    if template is None:
        raise BugError(f"no template of an order {kind!r}")
    values = order_values(source)
    programme = source.facts.programme
    row: dict[str, object] = {
        "kind": kind,
        "title": fill_template(template.title, values),
        "preamble": fill_template(template.preamble, values),
        "body": "\n".join(fill_template(point, values) for point in template.points),
        "state": "draft",
    }
    if programme and programme.council_protocol:
        row["basis"] = f"Протокол педагогического совета № {programme.council_protocol}"
    return records.begin(workspace, SchoolOrder, row)


def order_values(source: DraftSource) -> dict[str, str]:
    """The placeholders of an order: those of the programme, the school year and who answers for the work."""
    facts = source.facts
    year = year_of(facts.as_of)
    return {
        **draft_values(source),
        "school_year": f"{year}/{year + 1}",
        "responsible_name": _responsible(facts),
        "team_count": str(len(team_of(source.pack, facts))) if team_of(source.pack, facts) else "",
    }


def team_of(pack: Pack, facts: SchoolFacts) -> tuple[AssignmentFact, ...]:
    """People who are in a role of the school's own today."""
    own = {role.id for role in pack.roles if role.lane in pack.school_lanes()}
    return tuple(
        item
        for item in facts.assignments
        if (item.role in own) and not (item.until is not None and item.until < facts.as_of)
    )


def annex_of(kind: str, source: DraftSource) -> Annex | None:
    """The list that an order of a kind carries; None for one that carries none."""
    makers = {
        TEAM: _team,
        MENTORS: _mentors,
        QUALITY_PLAN: _controls,
        PARTNERSHIP: _joint_plan,
        COURSES: _courses,
    }
    return makers[kind](source) if kind in makers else None


def _team(source: DraftSource) -> Annex:
    roles = dict(source.pack.code_list("roles"))
    people = {person.id: person.label for person in source.facts.staff}
    rows = tuple(
        (people.get(item.staff or "", "") or item.person or "", roles.get(item.role or "", item.role or ""))
        for item in team_of(source.pack, source.facts)
    )
    return Annex("Состав школьной команды", ("Фамилия, имя, отчество", "Роль"), rows, "Впишите состав команды.")


def _mentors(source: DraftSource) -> Annex:
    people = {person.id: person for person in source.facts.staff}
    rows = []
    for plan in source.facts.plans:
        teacher = people.get(plan.teacher or "")
        mentor = people.get(plan.mentor or "")
        words = mentor.label if mentor else (plan.mentor_text or "")
        if teacher is not None and words:
            period = " — ".join(short_date(day) for day in (plan.starts_on, plan.ends_on) if day)
            rows.append((teacher.label, words, period))
    columns = ("Учитель", "Наставник", "Срок")
    return Annex("Список наставников", columns, tuple(sorted(rows)), "В маршрутах педагогов наставники не названы.")


def _controls(source: DraftSource) -> Annex:
    methods = dict(source.pack.code_list("control_methods"))
    rows = tuple(
        (
            line.control.label,
            methods.get(line.control.method or "", ""),
            line.words_of_day,
            line.owner,
        )
        for line in cycle_of(source.facts).lines
        if line.control.state != "cancelled"
    )
    columns = ("Что проверяется", "Способ", "Срок", "Ответственный")
    return Annex("План внутренней системы оценки качества", columns, rows, "План ВСОКО ещё не составлен.")


def _joint_plan(source: DraftSource) -> Annex:
    partners = {item.id: item.label for item in source.facts.partners}
    rows = tuple(
        (item.label, short_date(item.due_on) if item.due_on else "", partners.get(item.partner or "", ""))
        for item in source.facts.plan_items
    )
    return Annex("План совместной работы", ("Содержание", "Срок", "Школа-партнёр"), rows, "Совместный план не внесён.")


def _courses(source: DraftSource) -> Annex:
    people = {person.id: person.label for person in source.facts.staff}
    rows = tuple(
        (
            people.get(item.teacher or "", ""),
            item.label,
            f"{item.hours} ч" if item.hours else "",
            " — ".join(short_date(day) for day in (item.starts_on, item.ends_on) if day),
        )
        for item in source.facts.courses
        if item.state in _ASKED_COURSES
    )
    columns = ("Педагог", "Тема", "Объём", "Срок")
    return Annex("Список педагогов", columns, tuple(sorted(rows)), "Заявок на курсы нет.")


def _responsible(facts: SchoolFacts) -> str:
    """The first deputy of the staff list."""
    deputies = sorted(person.label for person in facts.staff if person.position == "deputy")
    return deputies[0] if deputies else ""
