"""«Ученики и родители»: the risk group by code, exams, support, and the journals of the work with parents."""

from __future__ import annotations

from shnor_desktop.domain import findings
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import compute
from shnor_desktop.domain.russian import plural, share
from shnor_desktop.models.pupils import RiskPupil
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.parents import EVENTS_A_YEAR, parents_of, surveys_of
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.register_panes import Part, register_part
from shnor_desktop.ui.pages.registers_page import RegistersPage
from shnor_desktop.ui.workspaces.school import pupils_specs as specs
from shnor_desktop.ui.workspaces.school.pupils_panes import RiskPane
from shnor_desktop.ui.workspaces.school.pupils_summary import SummaryPane
from shnor_desktop.ui.workspaces.school.register_notes import Remark, noted_part, sentence

SUMMARY = "summary"
_SHARE = 0.52


class PupilsPage(RegistersPage):
    """The parts in the order of the work: pupils, exams, support, parents."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Кому нужна помощь и что знают родители. Ученики только под кодами."
        super().__init__(desk, findings.PUPILS, "Ученики и родители", purpose, parts())


def parts() -> tuple[Part, ...]:
    """Every part of the page."""
    return (
        _risk_part(),
        Part(SUMMARY, "Сводка", SummaryPane, kinds=(DocumentKind.RISK_GROUP,)),
        noted_part(
            specs.REHEARSALS,
            rehearsal_remarks,
            title="Экзамены",
            kinds=(DocumentKind.REHEARSALS,),
            share=_SHARE,
        ),
        register_part(specs.GROUPS, (specs.LESSONS,), title="Предметная школа", share=0.4),
        register_part(specs.SUPPORT, title="Сопровождение", share=_SHARE),
        noted_part(specs.CONSULTATIONS, consultation_remarks, title="Консультации", share=_SHARE),
        noted_part(specs.EVENTS, event_remarks, title="Родители", share=_SHARE),
        noted_part(specs.SURVEYS, survey_remarks, title="Опросы", kinds=(DocumentKind.SURVEYS,), share=_SHARE),
        noted_part(specs.GOVERNANCE, governance_remarks, title="Советы", share=_SHARE),
        register_part(specs.CONTESTS, title="Конкурсы", share=_SHARE),
    )


def rehearsal_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """Who does not know the outcome yet."""
    waiting = [item for item in facts.rehearsals if item.parents_informed_on is None]
    if waiting:
        names = "; ".join(item.label for item in waiting[:3])
        more = f" и ещё {len(waiting) - 3}" if len(waiting) > 3 else ""
        return [Remark(f"Родители не извещены: {names}{more}.", is_open=True)]
    return [Remark("О всех экзаменах родители извещены.")] if facts.rehearsals else []


def consultation_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """How many of the year, and how many signatures are missing."""
    view = parents_of(pack, facts)
    if not facts.consultations:
        return []
    words = plural(view.consultations, "консультация", "консультации", "консультаций")
    found = [Remark(f"За учебный год: {words}.")]
    if view.unsigned:
        found.append(Remark(f"Без подписи родителя: {view.unsigned}. Подпись ставят в печатном журнале.", is_open=True))
    return found


def event_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """Two a year are wanted; which directions had an event."""
    view = parents_of(pack, facts)
    if not facts.parent_events:
        return []
    held = [f"{item.title} {item.events}" for item in view.directions if item.events]
    words = f"За учебный год: {', '.join(held) or 'мероприятий ещё не было'}."
    if view.events < EVENTS_A_YEAR:
        return [Remark(f"{words} Ждут не менее {EVENTS_A_YEAR} за год, проведено {view.events}.", is_open=True)]
    return [Remark(words)]


def survey_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """What changed, question by question, with what must be said of small numbers."""
    found = []
    for series in surveys_of(pack, facts.surveys):
        last = series.points[-1]
        warning = f" {last.warning}" if last.warning else ""
        found.append(Remark(f"{sentence(f'«{series.question}»: {last.words}, {series.change_words}')}{warning}"))
    return found[:4]


def governance_remarks(pack: Pack, facts: SchoolFacts) -> list[Remark]:
    """The figure that the indicators take from here or from the passport."""
    if not facts.governance:
        return []
    found = compute("parents.share_in_governance", facts)
    if found.value is None or found.denominator is None:
        words = "Доля родителей в управлении не считается: укажите в паспорте, сколько всего родителей."
        return [Remark(words, is_open=True)]
    is_typed = facts.school is not None and facts.school.parents_in_governance is not None
    source = "по паспорту" if is_typed else "по журналу: самое большое заседание каждого органа за год"
    numerator = int(found.numerator or 0)
    return [Remark(f"В управлении участвуют {share(numerator, found.denominator)} родителей ({source}).")]


def _risk_part() -> Part:
    entities = tuple(spec.log_name for spec in (specs.RISK, specs.CAUSES, specs.STEPS, specs.PROGRESS))
    kinds = (
        DocumentKind.PREVENTION_PLAN,
        DocumentKind.PREVENTION_BY_CLASS,
        DocumentKind.PROGRESS_SHEET,
        *(f"register.{name}" for name in entities),
    )
    return Part(RiskPupil.log_name, "Группа риска", RiskPane, entities, kinds)
