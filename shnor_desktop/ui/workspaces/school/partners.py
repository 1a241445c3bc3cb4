"""«Партнёры»: the journal of events, partner schools, the joint plan, promised against held, the bank of practices."""

from __future__ import annotations

from shnor_desktop.domain import findings
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.partners import partners_of
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.register_panes import Part, register_part
from shnor_desktop.ui.pages.registers_page import RegistersPage
from shnor_desktop.ui.workspaces.school import partners_specs as specs
from shnor_desktop.ui.workspaces.school.partners_panes import EventsPane, JointPlanPane, PromisesPane
from shnor_desktop.ui.workspaces.school.partners_projects import ProjectsPane
from shnor_desktop.ui.workspaces.school.register_notes import Remark, noted_part, sentence

PROMISES, PROJECTS = "promises", "projects"


class PartnersPage(RegistersPage):
    """The parts in the order in which they are used most."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Что было с партнёрами и что из этого взяли в работу."
        shown = parts(has_projects=bool(desk.workspace.pack_of(desk.school).projects))
        super().__init__(desk, findings.PARTNERS, "Партнёры", purpose, shown)


def parts(*, has_projects: bool) -> tuple[Part, ...]:
    """Every part of the page; projects only where the methodology names some."""
    events, plan = specs.EVENTS.log_name, specs.PLAN.log_name
    projects = (Part(PROJECTS, "Сетевые проекты", ProjectsPane),) if has_projects else ()
    return (
        Part(
            events,
            "Журнал событий",
            lambda desk: EventsPane(desk, event_remarks),
            (events, specs.PARTICIPANTS.log_name),
            (f"register.{events}",),
        ),
        noted_part(
            specs.PARTNERS,
            partner_remarks,
            title="Школы-партнёры",
            kinds=(DocumentKind.AGREEMENT, DocumentKind.JOINT_PLAN),
        ),
        Part(
            plan,
            "Совместный план",
            lambda desk: JointPlanPane(desk, plan_remarks),
            (plan,),
            (DocumentKind.JOINT_PLAN, f"register.{plan}"),
        ),
        Part(PROMISES, "Обещано и проведено", PromisesPane),
        register_part(specs.PRACTICES, title="Банк практик"),
        *projects,
    )


def event_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """How many of the promised, and what was taken into work but not looked at again."""
    view = partners_of(facts)
    found = []
    if view.promised:
        found.append(Remark(f"За последний год проведено {view.held} из {view.promised}, обещанных партнёрами."))
    unchecked = sum(
        1 for item in facts.events if item.is_held(facts.as_of) and item.taken_into_work and item.used_on is None
    )
    if unchecked:
        count = plural(unchecked, "событию", "событиям", "событиям")
        found.append(Remark(f"По {count} не проверено, применяется ли изученное: поле «Применение проверено»."))
    return found


def partner_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """Agreements that end soon or have ended, and promises that are not kept."""
    found = []
    for one in partners_of(facts).partners:
        name = one.partner.label or "Без названия"
        if one.term_words:
            found.append(Remark(sentence(f"{name}. {one.term_words}"), is_open=True))
        if one.promise.lacking:
            found.append(Remark(sentence(f"{name}. {one.promise_words}"), is_open=True))
    return found[:4]


def plan_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """How far the joint plan is."""
    items = [item for item in facts.plan_items if item.state != "cancelled"]
    if not items:
        return []
    held = sum(1 for item in items if item.state == "held")
    open_items = [item for item in items if item.state != "held" and item.due_on is not None]
    late = sum(1 for item in open_items if item.due_on is not None and item.due_on < facts.as_of)
    words = f"Проведено {held} из {len(items)}."
    return [Remark(f"{words} Срок прошёл: {late}.", is_open=True)] if late else [Remark(words)]
