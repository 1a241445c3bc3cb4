"""One maker for each kind of document: facts of the store become neutral content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shnor_desktop.models.school import School
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.blank_map import blank_document
from shnor_desktop.reports.documents.courses import course_request_document, mentors_document
from shnor_desktop.reports.documents.development_plan import development_document
from shnor_desktop.reports.documents.diagnostic_map import diagnostic_map_document
from shnor_desktop.reports.documents.feedback import feedback_card_document
from shnor_desktop.reports.documents.identification import identification_document
from shnor_desktop.reports.documents.lesson_visit import feedback_sheet_document, lesson_card_document
from shnor_desktop.reports.documents.monitoring import monitoring_document
from shnor_desktop.reports.documents.passport import passport_document
from shnor_desktop.reports.documents.programme import programme_document
from shnor_desktop.reports.documents.results_note import results_note
from shnor_desktop.reports.documents.road_map import road_map_document
from shnor_desktop.reports.documents.school_plan import school_plan_document
from shnor_desktop.reports.documents.summary import Audience, summary_document
from shnor_desktop.services import records
from shnor_desktop.services.delivery_proof import proof_document
from shnor_desktop.services.diagnosis import MAP, form_view_of, waves_of
from shnor_desktop.services.document_facts import diagnostic_map_facts, full_name, programme_facts, road_map_facts
from shnor_desktop.services.document_kinds import DocumentKind, info_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.final_report import make_final_report, make_presentation
from shnor_desktop.services.identification_facts import school_facts_of
from shnor_desktop.services.monitoring_documents import monitoring_facts
from shnor_desktop.services.parents_documents import make_rehearsals, make_surveys
from shnor_desktop.services.partners_documents import make_agreement, make_joint_plan
from shnor_desktop.services.people_documents import development_facts, summary_facts
from shnor_desktop.services.period_report import make_period_report
from shnor_desktop.services.plan_documents import blank_form, passport_facts, school_plan_facts
from shnor_desktop.services.programme_documents import make_changes
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.pupils_documents import (
    make_class_plans,
    make_prevention_plan,
    make_progress_sheets,
    make_risk_group,
)
from shnor_desktop.services.quality_documents import QUALITY_MAKERS
from shnor_desktop.services.register_documents import make_register
from shnor_desktop.services.register_looks import register_of
from shnor_desktop.services.result_documents import results_note_with_analysis
from shnor_desktop.services.teaching_documents import (
    blank_card_facts,
    course_request_facts,
    feedback_card_facts,
    feedback_sheet_facts,
    lesson_card_facts,
    mentors_facts,
)
from shnor_desktop.services.waves_documents import make_wave_comparison
from shnor_desktop.services.workspace import Workspace


def source_of(workspace: Workspace, school: str | None) -> DraftSource:
    """What documents are made of, read in one view."""
    facts = read_facts(workspace, school)
    card = records.row(workspace, School, facts.school.id, school) if facts.school else None
    pack = workspace.pack_of(school)
    return DraftSource(pack, facts, form_view_of(pack, facts).profile, card)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document of which school; `which` is the row or person that it is about, where it is about one."""

    workspace: Workspace
    source: DraftSource
    school: str | None
    which: str = ""


def make(workspace: Workspace, kind: str, school: str | None, which: str = "") -> Document:
    """The neutral content; KnownError programme.not_begun, document.no_such_teacher, .no_plan_of_teacher."""
    source = source_of(workspace, school)
    if register_of(kind) is not None:
        return make_register(workspace, kind, source, school)
    wanted = DocumentKind(info_of(kind).kind)
    if wanted in QUALITY_MAKERS:
        return QUALITY_MAKERS[wanted](workspace, source, school, which)
    return _MAKERS[wanted](Asked(workspace, source, school, which))


def _map(asked: Asked) -> Document:
    source = asked.source
    wave = asked.which if asked.which in waves_of(source.pack, MAP) else ""
    view = form_view_of(source.pack, source.facts, MAP, wave)
    return diagnostic_map_document(diagnostic_map_facts(source, view))


def _identification(asked: Asked) -> Document:
    source = asked.source
    return identification_document(school_facts_of(source.pack, source.facts, source.card))


def _development(asked: Asked) -> Document:
    plans = development_facts(asked.workspace, asked.source, asked.school, asked.which)
    return development_document(full_name(asked.source), plans, draft_values(asked.source)["director_name"])


def _summary(audience: Audience) -> Callable[[Asked], Document]:
    return lambda asked: summary_document(summary_facts(asked.source, audience), audience)


_MAKERS: Mapping[DocumentKind, Callable[[Asked], Document]] = {
    DocumentKind.PROGRAMME: lambda asked: programme_document(programme_facts(asked.source)),
    DocumentKind.DIAGNOSTIC_MAP: _map,
    DocumentKind.ROAD_MAP: lambda asked: road_map_document(road_map_facts(asked.source)),
    DocumentKind.ROAD_MAP_STATUS: lambda asked: road_map_document(road_map_facts(asked.source, with_status=True)),
    DocumentKind.IDENTIFICATION: _identification,
    DocumentKind.PASSPORT: lambda asked: passport_document(passport_facts(asked.workspace, asked.source, asked.school)),
    DocumentKind.SCHOOL_PLAN: lambda asked: school_plan_document(school_plan_facts(asked.source)),
    DocumentKind.DEVELOPMENT_PLANS: _development,
    DocumentKind.RESULTS_NOTE: lambda asked: results_note(
        results_note_with_analysis(asked.workspace, asked.source, asked.school)
    ),
    DocumentKind.COUNCIL_SUMMARY: _summary(Audience.COUNCIL),
    DocumentKind.FOUNDER_SUMMARY: _summary(Audience.FOUNDER),
    DocumentKind.SITE_SUMMARY: _summary(Audience.SITE),
    DocumentKind.FINAL_REPORT: lambda asked: make_final_report(asked.source),
    DocumentKind.PRESENTATION: lambda asked: make_presentation(asked.source),
    DocumentKind.PROGRAMME_CHANGES: lambda asked: make_changes(
        asked.workspace, asked.source, asked.school, asked.which
    ),
    DocumentKind.BLANK_MAP: lambda asked: blank_document(blank_form(asked.source)),
    DocumentKind.MONITORING_REPORT: lambda asked: monitoring_document(monitoring_facts(asked.source, asked.which)),
    DocumentKind.REPORT_PERIOD: lambda asked: make_period_report(asked.source, asked.which),
    DocumentKind.WAVE_COMPARISON: lambda asked: make_wave_comparison(asked.source, asked.which),
    DocumentKind.LESSON_CARD: lambda asked: lesson_card_document(
        lesson_card_facts(asked.workspace, asked.source, asked.school, asked.which)
    ),
    DocumentKind.BLANK_LESSON_CARD: lambda asked: lesson_card_document(
        blank_card_facts(asked.workspace, asked.source, asked.which)
    ),
    DocumentKind.FEEDBACK_SHEET: lambda asked: feedback_sheet_document(
        feedback_sheet_facts(asked.workspace, asked.source, asked.school, asked.which)
    ),
    DocumentKind.MENTORS: lambda asked: mentors_document(mentors_facts(asked.source)),
    DocumentKind.COURSE_REQUEST: lambda asked: course_request_document(
        course_request_facts(asked.workspace, asked.source)
    ),
    DocumentKind.FEEDBACK_CARD: lambda asked: feedback_card_document(
        feedback_card_facts(asked.workspace, asked.source, asked.school, asked.which)
    ),
    DocumentKind.AGREEMENT: lambda asked: make_agreement(asked.workspace, asked.source, asked.school, asked.which),
    DocumentKind.JOINT_PLAN: lambda asked: make_joint_plan(asked.workspace, asked.source, asked.school, asked.which),
    DocumentKind.PREVENTION_PLAN: lambda asked: make_prevention_plan(asked.source, asked.which),
    DocumentKind.PREVENTION_BY_CLASS: lambda asked: make_class_plans(asked.source, asked.which),
    DocumentKind.RISK_GROUP: lambda asked: make_risk_group(asked.source),
    DocumentKind.PROGRESS_SHEET: lambda asked: make_progress_sheets(asked.source, asked.which),
    DocumentKind.REHEARSALS: lambda asked: make_rehearsals(asked.source),
    DocumentKind.SURVEYS: lambda asked: make_surveys(asked.source),
    DocumentKind.DELIVERY_PROOF: lambda asked: proof_document(asked.workspace, asked.which, asked.school),
}
