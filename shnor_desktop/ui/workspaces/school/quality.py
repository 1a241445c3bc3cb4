"""«Управление»: ВСОКО as a cycle, meetings, charges, requests, orders, the set of documents."""

from __future__ import annotations

from shnor_desktop.domain import findings
from shnor_desktop.models.quality import (
    Decision,
    DocumentMark,
    Meeting,
    QualityControl,
    QualityReport,
    ResourceRequest,
    SchoolOrder,
)
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import Part, RegisterPane
from shnor_desktop.ui.pages.registers_page import RegistersPage
from shnor_desktop.ui.workspaces.school.quality_cycle import CyclePane
from shnor_desktop.ui.workspaces.school.quality_panes import ChargesPane, OrdersPane, RequestsPane
from shnor_desktop.ui.workspaces.school.quality_papers import PapersPane

CONTROLS = RecordSpec(
    cls=QualityControl,
    columns=("title", "due_on", "held_on", "reviewed_at", "owner", "state"),
    add="Добавить контроль",
    empty_title="Здесь будет план ВСОКО",
    empty_text=(
        "Нажмите «Предложить план»: программа составит его из основы методики и прошлогоднего плана. "
        "Дальше у каждого контроля есть кнопка следующего шага: провести, составить справку, решить, проверить."
    ),
    first=("title", "area", "due_on", "owner"),
    begun_with={"state": "planned"},
    titles={
        "title": "Контроль",
        "due_on": "План",
        "held_on": "Проведён",
        "reviewed_at": "Справка",
        "owner": "Решение",
        "state": "Проверено",
    },
    widths={"title": 30, "due_on": 9, "held_on": 11, "reviewed_at": 11, "owner": 11, "state": 11},
    row_lines=2,
)
NOTES = RecordSpec(
    cls=QualityReport,
    columns=("made_on", "title", "author"),
    add="Добавить справку",
    empty_title="Справок ещё нет",
    empty_text="Кнопка «Составить справку» над списком готовит черновик по данным школы.",
    first=("title", "made_on", "author"),
    takes_files=True,
)
MEETINGS = RecordSpec(
    cls=Meeting,
    columns=("held_on", "kind", "agenda"),
    add="Записать совещание",
    empty_title="Здесь будут совещания и протоколы",
    empty_text="Запишите повестку и кого слушали, добавьте решения: протокол и выписка печатаются отсюда.",
    first=("held_on", "kind", "agenda"),
    newest_first="held_on",
    widths={"held_on": 11, "kind": 22, "agenda": 30},
    stretching=("agenda",),
    row_lines=2,
    takes_files=True,
)
MEETING_DECISIONS = RecordSpec(
    cls=Decision,
    columns=("title", "owner", "due_on"),
    add="Добавить решение",
    empty_title="Решений ещё нет",
    empty_text="Что сделать, кому поручено и к какому дню: решение сразу видно в поручениях и в «Сегодня».",
    first=("title", "owner", "due_on"),
    begun_with={"state": "open"},
)
CHARGES = RecordSpec(
    cls=Decision,
    columns=("title", "owner", "due_on", "state"),
    add="Дать поручение",
    empty_title="Поручений нет",
    empty_text="Сюда попадают решения совещаний и справок. Поручение можно дать и без них.",
    first=("title", "owner", "due_on"),
    begun_with={"state": "open"},
    titles={"owner": "Кому", "due_on": "Срок"},
    widths={"title": 26, "owner": 17, "due_on": 11, "state": 12},
    row_lines=2,
    takes_files=True,
)
REQUESTS = RecordSpec(
    cls=ResourceRequest,
    columns=("title", "kind", "cost", "state"),
    add="Добавить заявку",
    empty_title="Здесь будут заявки учредителю",
    empty_text="Оборудование, ставки специалистов, подвоз, муниципальное задание — с обоснованием по карте.",
    first=("title", "kind", "to_whom"),
    begun_with={"state": "draft"},
    widths={"title": 26, "kind": 16, "cost": 11, "state": 14},
    row_lines=2,
    takes_files=True,
)
ORDERS = RecordSpec(
    cls=SchoolOrder,
    columns=("number", "made_on", "title", "state"),
    add="Новый приказ",
    empty_title="Здесь будут приказы",
    empty_text="«Составить из шаблона» заполнит черновик данными школы; подписывают его на бумаге.",
    first=("kind", "title"),
    begun_with={"state": "draft"},
    widths={"number": 8, "made_on": 11, "title": 30, "state": 11},
    stretching=("title",),
    row_lines=2,
    takes_files=True,
)

PARTS = (
    Part(
        QualityControl.log_name,
        "ВСОКО",
        lambda desk: CyclePane(desk, CONTROLS, NOTES),
        (QualityControl.log_name, QualityReport.log_name),
        ("quality_plan", "quality_note", "register.quality_report"),
    ),
    Part(
        Meeting.log_name,
        "Совещания",
        lambda desk: RegisterPane(desk, MEETINGS, (MEETING_DECISIONS,)),
        (Meeting.log_name,),  # a charge is opened among all charges
        ("protocol", "protocol_extract", "register.meeting"),
    ),
    Part(
        Decision.log_name,
        "Поручения",
        lambda desk: ChargesPane(desk, CHARGES),
        (Decision.log_name,),
        ("register.decision",),
    ),
    Part(
        ResourceRequest.log_name,
        "Заявки",
        lambda desk: RequestsPane(desk, REQUESTS),
        (ResourceRequest.log_name,),
        ("request", "all_requests"),
    ),
    Part(
        SchoolOrder.log_name,
        "Приказы",
        lambda desk: OrdersPane(desk, ORDERS),
        (SchoolOrder.log_name,),
        ("order", "register.school_order"),
    ),
    Part(
        DocumentMark.log_name,
        "Документы",
        PapersPane,
        (DocumentMark.log_name,),
        ("document_list",),
    ),
)


class QualityPage(RegistersPage):
    """The parts of «Управление»."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            findings.QUALITY,
            "Управление",
            "Контроль качества, решения, заявки, приказы и документы.",
            PARTS,
        )
