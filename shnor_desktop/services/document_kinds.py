"""The documents of a school: how each is called, where it is printed from, and in which formats it comes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.register_looks import registers


class DocumentKind(StrEnum):
    """The documents of a school."""

    PROGRAMME = "programme"
    DIAGNOSTIC_MAP = "diagnostic_map"
    ROAD_MAP = "roadmap"
    ROAD_MAP_STATUS = "roadmap_status"
    IDENTIFICATION = "identification"
    PASSPORT = "passport"
    SCHOOL_PLAN = "school_plan"
    DEVELOPMENT_PLANS = "development_plans"
    RESULTS_NOTE = "results_note"
    COUNCIL_SUMMARY = "council_summary"
    FOUNDER_SUMMARY = "founder_summary"
    SITE_SUMMARY = "site_summary"
    FINAL_REPORT = "final_report"
    PRESENTATION = "presentation"
    BLANK_MAP = "blank_map"
    REPORT_PERIOD = "report_period"
    WAVE_COMPARISON = "wave_comparison"
    MONITORING_REPORT = "monitoring_report"
    QUALITY_PLAN = "quality_plan"
    QUALITY_NOTE = "quality_note"
    PROTOCOL = "protocol"
    PROTOCOL_EXTRACT = "protocol_extract"
    REQUEST = "request"
    ALL_REQUESTS = "all_requests"
    ORDER = "order"
    DOCUMENT_LIST = "document_list"
    PROGRAMME_CHANGES = "programme_changes"
    LESSON_CARD = "lesson_card"
    BLANK_LESSON_CARD = "blank_lesson_card"
    FEEDBACK_SHEET = "feedback_sheet"
    COURSE_REQUEST = "course_request"
    FEEDBACK_CARD = "feedback_card"
    MENTORS = "mentors"
    AGREEMENT = "agreement"
    JOINT_PLAN = "joint_plan"
    PREVENTION_PLAN = "prevention_plan"
    PREVENTION_BY_CLASS = "prevention_by_class"
    RISK_GROUP = "risk_group"
    PROGRESS_SHEET = "progress_sheet"
    REHEARSALS = "rehearsals"
    SURVEYS = "surveys"
    DELIVERY_PROOF = "delivery_proof"


class DocumentFormat(StrEnum):
    """What kind of file a document becomes; the code is the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def caption(self) -> str:
        """The words of a menu."""
        return {"pdf": "PDF", "docx": "Word (DOCX)", "xlsx": "Excel (XLSX)", "html": "страница сайта (HTML)"}[
            self.value
        ]


PAPER = (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.XLSX)
"""What every document comes in unless its kind says otherwise."""
_MARKED = (DocumentFormat.PDF, DocumentFormat.DOCX)
TITLED, PLAIN, SHEET = "programme.docx", "document.docx", "sheet.docx"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document as a menu offers it; `page` is the page that prints it with Ctrl+P.

    `template` is the built-in template of Word that it is set in.
    """

    kind: str
    title: str
    page: str
    file_name: str
    template: str = PLAIN
    formats: tuple[DocumentFormat, ...] = PAPER


_KINDS = (
    DocumentInfo(DocumentKind.DIAGNOSTIC_MAP, "Диагностическая карта", "map", "diagnosticheskaya-karta", SHEET),
    DocumentInfo(DocumentKind.PROGRAMME, "Программа перехода", "programme", "programma-perehoda", TITLED),
    DocumentInfo(DocumentKind.ROAD_MAP, "Дорожная карта", "roadmap", "dorozhnaya-karta"),
    DocumentInfo(
        DocumentKind.ROAD_MAP_STATUS, "Дорожная карта с отметками о выполнении", "roadmap", "dorozhnaya-karta-otmetki"
    ),
    DocumentInfo(DocumentKind.REPORT_PERIOD, "Отчёт о реализации дорожной карты", "roadmap", "otchet-dorozhnaya-karta"),
    DocumentInfo(DocumentKind.IDENTIFICATION, "Почему школа попала в проект", "results", "vyyavlenie"),
    DocumentInfo(DocumentKind.PASSPORT, "Паспорт школы", "passport", "pasport", SHEET),
    DocumentInfo(DocumentKind.SCHOOL_PLAN, "План работы по разделам", "roadmap", "plan-po-razdelam"),
    DocumentInfo(
        DocumentKind.DEVELOPMENT_PLANS, "Индивидуальные маршруты педагогов (ИОМ)", "development", "iom", SHEET
    ),
    DocumentInfo(DocumentKind.RESULTS_NOTE, "Справка о результатах", "results", "spravka-o-rezultatah"),
    DocumentInfo(DocumentKind.COUNCIL_SUMMARY, "Сводка для педагогического совета", "programme", "pedsovet", SHEET),
    DocumentInfo(DocumentKind.FOUNDER_SUMMARY, "Сводка для учредителя", "programme", "uchreditel", SHEET),
    DocumentInfo(
        DocumentKind.SITE_SUMMARY,
        "Сведения для сайта школы",
        "programme",
        "sajt",
        SHEET,
        (*PAPER, DocumentFormat.HTML),
    ),
    DocumentInfo(DocumentKind.FINAL_REPORT, "Итоговый отчёт о программе", "programme", "itogovyj-otchet"),
    DocumentInfo(
        DocumentKind.PRESENTATION, "План выступления на семинаре", "programme", "plan-vystupleniya", formats=_MARKED
    ),
    DocumentInfo(DocumentKind.BLANK_MAP, "Бланк диагностической карты", "map", "blank-karty", SHEET),
    DocumentInfo(DocumentKind.MONITORING_REPORT, "Отчёт о мониторинге", "monitoring", "otchet-o-monitoringe", SHEET),
    DocumentInfo(DocumentKind.WAVE_COMPARISON, "Сравнение волн", "monitoring", "sravnenie-voln", SHEET),
    DocumentInfo(DocumentKind.QUALITY_PLAN, "План ВСОКО", "quality", "plan-vsoko"),
    DocumentInfo(DocumentKind.QUALITY_NOTE, "Справка по итогам контроля", "quality", "spravka-vsoko"),
    DocumentInfo(DocumentKind.PROTOCOL, "Протокол совещания", "quality", "protokol"),
    DocumentInfo(DocumentKind.PROTOCOL_EXTRACT, "Выписка из протокола", "quality", "vypiska-iz-protokola"),
    DocumentInfo(DocumentKind.REQUEST, "Заявка учредителю", "quality", "zayavka"),
    DocumentInfo(DocumentKind.ALL_REQUESTS, "Сводная заявка", "quality", "svodnaya-zayavka"),
    DocumentInfo(DocumentKind.ORDER, "Приказ", "quality", "prikaz"),
    DocumentInfo(DocumentKind.DOCUMENT_LIST, "Опись документов", "quality", "opis-dokumentov"),
    DocumentInfo(
        DocumentKind.PROGRAMME_CHANGES, "Изменения в программе", "programme", "izmeneniya-programmy", formats=_MARKED
    ),
    DocumentInfo(DocumentKind.FEEDBACK_SHEET, "Лист обратной связи по уроку", "development", "obratnaya-svyaz", SHEET),
    DocumentInfo(DocumentKind.LESSON_CARD, "Карта посещения урока", "development", "karta-uroka", SHEET),
    DocumentInfo(
        DocumentKind.BLANK_LESSON_CARD, "Бланк карты посещения урока", "development", "blank-karty-uroka", SHEET
    ),
    DocumentInfo(DocumentKind.MENTORS, "Наставники педагогов", "development", "nastavniki", SHEET),
    DocumentInfo(DocumentKind.COURSE_REQUEST, "Заявка на курсы", "development", "zayavka-na-kursy", SHEET),
    DocumentInfo(
        DocumentKind.FEEDBACK_CARD,
        "Личная карточка обратной связи",
        "development",
        "lichnaya-kartochka",
        SHEET,
        (DocumentFormat.PDF,),
    ),
    DocumentInfo(DocumentKind.AGREEMENT, "Договор о сотрудничестве (проект)", "partners", "dogovor-s-partnerom"),
    DocumentInfo(DocumentKind.JOINT_PLAN, "План совместной работы", "partners", "sovmestnyj-plan", SHEET),
    DocumentInfo(
        DocumentKind.PREVENTION_PLAN, "План профилактики неуспешности: ученик", "pupils", "plan-profilaktiki", SHEET
    ),
    DocumentInfo(
        DocumentKind.PREVENTION_BY_CLASS, "План профилактики неуспешности: класс", "pupils", "plan-po-klassam", SHEET
    ),
    DocumentInfo(DocumentKind.RISK_GROUP, "Сводка по группе риска", "pupils", "gruppa-riska", SHEET),
    DocumentInfo(DocumentKind.PROGRESS_SHEET, "Индивидуальный лист прогресса", "pupils", "list-progressa", SHEET),
    DocumentInfo(DocumentKind.REHEARSALS, "Репетиционные экзамены: для собрания", "pupils", "repeticii", SHEET),
    DocumentInfo(DocumentKind.SURVEYS, "Итоги опросов родителей", "pupils", "itogi-oprosov", SHEET),
    DocumentInfo(DocumentKind.DELIVERY_PROOF, "Подтверждение передачи", "exchange", "podtverzhdenie-peredachi", SHEET),
)


def list_kinds() -> tuple[DocumentInfo, ...]:
    """The documents that can be written: those of their own, then the registers."""
    return (*_KINDS, *_registers())


@cache
def _registers() -> tuple[DocumentInfo, ...]:
    return tuple(
        DocumentInfo(kind, look.title or info.plural, look.page, info.log_name.replace("_", "-"), SHEET)
        for kind, info, look in registers()
    )


def info_of(kind: DocumentKind | str) -> DocumentInfo:
    """What is known of a kind; KnownError document.no_such_kind."""
    found = next((item for item in list_kinds() if item.kind == kind), None)
    if found is None:
        raise KnownError("document.no_such_kind", kind=kind)
    return found


def check_format(kind: DocumentKind | str, form: DocumentFormat) -> None:
    """Refuse a format that the document does not come in; KnownError document.no_such_format."""
    info = info_of(kind)
    if form not in info.formats:
        known = ", ".join(item.caption for item in info.formats)
        raise KnownError("document.no_such_format", title=info.title, format=form.caption, known=known)
